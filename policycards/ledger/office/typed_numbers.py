"""What a scanner types or a person copies: the address in a card's QR code, or the code under
it.
"""

from __future__ import annotations

from policycards.core.problems import Place, Problem
from policycards.qr import parse_code
from policycards.qr.code import LENGTH


def typed_code(text: str) -> tuple[str | None, bool, list[Problem]]:
    """The code that was typed, whether a scanner typed it (with its whole address), or what is
    wrong with it.

    A scanner set to another keyboard types full-width signs; of what follows # only the code
    counts.

    >>> typed_code("https://card.example/c/2024b/#7F3K9Q2M8ZT18")
    ('7F3K9Q2M8ZT1', True, [])
    >>> typed_code("7f3k-9q2m-8zt1")
    ('7F3K9Q2M8ZT1', False, [])
    """
    address, sign, fragment = text.strip().replace("＃", "#").rpartition("#")
    typed = fragment[:LENGTH] if sign else text.strip()
    code, problems = parse_code(typed, Place("typed"))
    return code, bool(sign and address), problems
