"""Identity numbers: recognised, used once to derive a household id, and never kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from policycards.households.roster.cells import folded

Digest = Callable[[bytes, int], bytes]
"""A keyed hash of a message in so many bytes; nobody without the county's key can find an identity
number from it.
"""

SHAPE = r"^[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]$"
"""GB 11643: six digits of a division, the birth date, three digits of order, a check character."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def identity_of(text: str | None) -> str | None:
    """The eighteen characters of an identity number; None where Excel altered it or a digit is
    wrong.

    The division in this example does not exist.

    >>> identity_of(" 549901195003020018 "), identity_of("5.40121195003020E+17")
    ('549901195003020018', None)
    """
    number = "".join(folded(text or "").split()).upper()
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        return None
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return number if "10X98765432"[total % 11] == number[17] else None


def derived_id(identity: str, digest: Digest) -> str:
    """A household id from its head's identity number: H and twelve characters, the same in every
    year's list.
    """
    number = int.from_bytes(digest(b"household\0" + identity.encode("ascii"), 8), "big") >> 4
    return "H" + "".join(_LETTERS[number >> 5 * place & 31] for place in range(11, -1, -1))


def derived_ids(identities: Iterable[str | None], digest: Digest | None) -> list[str | None]:
    """For each head's identity number the household id, or None where there is no whole number or
    no key.
    """
    whole = map(identity_of, identities)
    return [derived_id(number, digest) if number and digest else None for number in whole]
