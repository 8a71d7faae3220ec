"""A face cut to what a web site writes, as WOFF2."""

from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path
from typing import Any

import uharfbuzz as hb

TIBETAN = range(0x0F00, 0x1000)


def web_font(face: Path, characters: Collection[int]) -> bytes:
    """The face with these code points only, and with whatever glyphs they can be shaped into.

    The same bytes for the same face and characters. Raises OSError where the face cannot be read.
    """
    from fontTools.ttLib import TTFont  # not before a site is built

    asked: Any = hb.SubsetInput()
    asked.unicode_set.update(characters)
    cut: Any = hb.subset(hb.Face(hb.Blob(face.read_bytes())), asked)
    font = TTFont(io.BytesIO(cut.blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
