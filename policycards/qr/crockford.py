"""Crockford's base32: the alphabet of everything that people copy by hand, and the check character
that guards it.

The alphabet has no I, L, O and U, so that nobody confuses 1 with I or 0 with O. Crockford's own
check symbol needs five characters more; ours stays inside the alphabet.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_FULL_WIDTH = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
_LOOK_ALIKES = str.maketrans("OIL", "011")
_DASHES = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"))
_LOWER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_REDUCTION = 0b100101
"""x⁵ + x² + 1, primitive over GF(2): α = x has order 31."""


def fold(text: str) -> str:
    """What somebody meant who typed a code: full width, lower case, look-alikes, dashes and spaces
    no longer matter.

    >>> fold("７ｆ3k－9q2m 8zto")
    '7F3K9Q2M8ZT0'
    """
    plain = text.translate(_FULL_WIDTH).translate(_DASHES).translate(_LOWER).translate(_LOOK_ALIKES)
    return "".join(plain.split())


def encode(number: int, width: int) -> str:
    """A number as ``width`` characters, the highest five bits first.

    >>> encode(33, 3)
    '011'
    """
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(width)))


def decode(text: str) -> int:
    """The number that folded text stands for. Raises ValueError for a character outside the
    alphabet.

    >>> decode("011")
    33
    """
    number = 0
    for character in text:
        if character not in _VALUES:
            raise ValueError(character)
        number = number << 5 | _VALUES[character]
    return number


def check_character(text: str) -> str:
    """The character that, written after folded text of up to 30 characters, shows a slip in it or a
    swap.

    A weighted sum over GF(32): s = (s + c)·α for every character, so all weights differ and none is
    zero. One wrong character and two exchanged ones, wherever they stand and also with the check
    character itself, always show.

    >>> check_character("7F3K9Q2M8ZT")
    '1'
    """
    total = 0
    for character in text:
        total = (total ^ _VALUES[character]) << 1
        if total & 32:
            total ^= _REDUCTION
    return ALPHABET[total]
