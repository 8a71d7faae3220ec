"""Documents: a piece as a finished PDF file, in memory or on disk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pikepdf import Name, ObjectStreamMode, Pdf

from policycards.core.files import atomic_write
from policycards.design.layout.frames import Piece
from policycards.pdf.canvas_writer import draw
from policycards.pdf.font_embedding import embed
from policycards.pdf.font_encoder import FontEncoder
from policycards.pdf.metadata import describe
from policycards.pdf.structure import Structure
from policycards.typeset.fonts import Fonts


def render(piece: Piece, fonts: Fonts, *, tagged: bool) -> bytes:
    """The bytes of a piece: PDF/A-2a and PDF/UA-1 when tagged, else PDF/A-2u. Equal input gives
    equal bytes.

    Raises ValueError for a face without TrueType outlines.
    """
    lettering, structure = FontEncoder(fonts), Structure()
    with Pdf.open(BytesIO(draw(piece, lettering, structure, tagged=tagged))) as pdf:
        resources = pdf.pages[
            0
        ].obj.Resources.Font  # one dictionary, which reportlab gives to all pages
        for name, font in lettering.fonts():
            resources[Name(f"/{name}")] = embed(pdf, font)
        if tagged:
            structure.write(pdf)
        describe(pdf, piece, tagged=tagged)
        finished = BytesIO()
        pdf.save(
            finished,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return finished.getvalue()


def write(piece: Piece, fonts: Fonts, target: Path | BinaryIO, *, tagged: bool) -> None:
    """Write a piece to a stream, or to a path where the file is then whole or not there at all.

    Raises OSError where the path cannot be written, ValueError as ``render``.
    """
    data = render(piece, fonts, tagged=tagged)
    if not isinstance(target, Path):
        target.write(data)
        return
    atomic_write(target, data)
