"""Digests of card codes: with them a phone knows a card that it sees, and knows no card that it has
not seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

DIGEST = 16
"""Characters of a digest: 64 bits, so that no two cards of a village ever share one."""
SHORT = 8
"""Characters that tell a neighbouring village's card: a wrong guess in 400,000 looks at ten
thousand cards.
"""


def digest(area: str, code: str) -> str:
    """What the phones of an area know a code by.

    >>> digest("990101001201", "7F3K9Q2M8ZT1")
    '8a0b4e7b37c53061'
    """
    return sha256(f"policycards field {area} {code}".encode()).hexdigest()[:DIGEST]


def is_digest(known: str) -> bool:
    """Whether a phone gives a digest, not a code that it has seen."""
    return len(known) == DIGEST


def by_digest(area: str, codes: Iterable[str]) -> dict[str, str]:
    """Codes by their digests."""
    return {digest(area, code): code for code in codes}
