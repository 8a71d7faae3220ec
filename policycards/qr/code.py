"""Card codes: twelve characters by which a card is known, on paper, in the QR code and in the
ledger.

Eleven come from a keyed hash, so printing needs no counter and no database, and equal input gives
an equal code on every computer; the twelfth is a check character.
"""

from __future__ import annotations

from policycards.core.problems import Place, Problem, problem
from policycards.qr import crockford
from policycards.qr.key import Key

LENGTH = 12
"""Characters of a code, the check character included."""


def card_code(key: Key, area: str, household: str, edition: str, copy: int = 1) -> str:
    """The code of a household's card; ``area`` is where it lived when the card was first printed.

    >>> from policycards.qr.key import DEMO_KEY
    >>> format_code(card_code(DEMO_KEY, "990101001001", "H-0001", "2024b"))
    '4X4Y-TPCB-W31S'
    """
    return _code(key, "card", area, household, edition, str(copy))


def spare_code(key: Key, area: str, edition: str, batch: int, number: int) -> str:
    """The code of a spare card, which gets its household when it is handed over."""
    return _code(key, "spare", area, edition, str(batch), str(number))


def _code(key: Key, *fields: str) -> str:
    # Each field goes in behind its length, so that no two lists of fields give the same bytes; the
    # first field keeps
    # cards and spares apart.
    parts = [field.encode("utf-8") for field in fields]
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return guarded(crockford.encode(int.from_bytes(key.digest(message, 7), "big") >> 1, LENGTH - 1))


def guarded(text: str) -> str:
    """Eleven characters with their check character behind them."""
    return text + crockford.check_character(text)


def format_code(code: str) -> str:
    """A code as it is printed.

    >>> format_code("7F3K9Q2M8ZT1")
    '7F3K-9Q2M-8ZT1'
    """
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def parse_code(text: str, place: Place) -> tuple[str | None, list[Problem]]:
    """The code that somebody typed, or what is wrong with it (E410, E411, E412).

    >>> parse_code("7f3k 9q2m 8zt1", Place("typed"))
    ('7F3K9Q2M8ZT1', [])
    """
    code = crockford.fold(text)
    if strange := [character for character in code if character not in crockford.ALPHABET]:
        return None, [
            problem("E411", place, character=strange[0], number=f"U+{ord(strange[0]):04X}")
        ]
    if len(code) != LENGTH:
        return None, [problem("E410", place, count=len(code))]
    if code != guarded(code[:-1]):
        return None, [problem("E412", place)]
    return code, []
