"""Spots in a text: where one is in its file, and how a message shows the characters that stand
there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from policycards.core.problems import Place


def at(place: Place, offset: int) -> Place:
    """The place of a character of a text; only the line where the text does not stand there letter
    by letter.
    """
    return replace(place, column=place.column + offset) if place.column else place


def shown(text: str) -> str:
    """Characters as a message names them, also those that cannot be seen alone.

    >>> shown("་།")
    "'་།' (U+0F0B U+0F0D)"
    >>> shown("\\u200b")
    'U+200B'
    """
    numbers = " ".join(f"U+{ord(character):04X}" for character in text[:8])
    if unicodedata.category(text[0]) in ("Mn", "Mc", "Cf", "Co", "Cc", "Zs"):
        return numbers
    return f"'{text[:8]}' ({numbers})"
