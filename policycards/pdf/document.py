"""Single pieces as PDF files: drawn on reportlab's canvas page by page, finished with pikepdf.

Nothing is decided here. reportlab draws the shapes and keeps pages and outline. Text is written
past its fonts, as operators: a line is one text object and each of its runs starts at its own
place, so that every reader of the file gets the line back whole.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pikepdf import Name, ObjectStreamMode, Pdf
from reportlab.pdfgen.canvas import Canvas

from policycards.core.files import atomic_write
from policycards.core.units import mm
from policycards.design.layout.frames import (
    Box,
    Item,
    Page,
    Piece,
    Shape,
    Squares,
    Tagged,
    Text,
    Turned,
)
from policycards.pdf import drawing
from policycards.pdf.drawing import extent
from policycards.pdf.font_embedding import FontEncoder, embed, mixes_sizes
from policycards.pdf.metadata import describe
from policycards.pdf.structure import ARTIFACT, Corners, Element, Structure
from policycards.typeset.fonts import Fonts
from policycards.typeset.text_model import Line, Run

_MARK, _MARK_GAP, _MARK_WIDTH = mm(5), mm(2), 0.25


class _Canvas(Canvas):  # type: ignore[misc]
    def _make_preamble(self) -> None:
        self._preamble = ""  # reportlab's would set Helvetica on every page


def draw(piece: Piece, lettering: FontEncoder, structure: Structure, *, tagged: bool) -> bytes:
    """Pages and outline of a piece as a PDF file that still lacks its fonts, its metadata and its
    structure tree.
    """
    canvas = _Canvas(BytesIO(), pageCompression=0, invariant=1, pdfVersion=(1, 7))
    for number, page in enumerate(piece.pages):
        sheet = _Sheet(canvas, piece, page, lettering, structure, tagged)
        sheet.draw()
        for index, bookmark in enumerate(piece.bookmarks):
            if bookmark.page == number:
                left, top = sheet.corner[0], sheet.corner[1] - bookmark.y
                canvas.bookmarkHorizontalAbsolute(str(index), top, left)
                structure.places[bookmark.key] = number, left, top
        canvas.showPage()
    for index, bookmark in enumerate(piece.bookmarks):
        canvas.addOutlineEntry(bookmark.title, str(index), bookmark.level)
    data: bytes = canvas.getpdfdata()
    return data


class _Sheet:
    """One page, with the paper around its trimmed edge; ``corner`` is the page's top left corner on
    it, in pt.
    """

    def __init__(
        self,
        canvas: Canvas,
        piece: Piece,
        page: Page,
        lettering: FontEncoder,
        structure: Structure,
        tagged: bool,
    ) -> None:
        self._canvas, self._lettering, self._structure, self._is_tagged = (
            canvas,
            lettering,
            structure,
            tagged,
        )
        self._page, self._bleed, self._has_marks = page, piece.bleed, piece.crop_marks
        self._mark_gap = piece.bleed + _MARK_GAP
        self._margin = self._mark_gap + _MARK if piece.crop_marks else piece.bleed
        self.corner = self._margin, self._margin + page.height
        self._open: Element | None = None

    def draw(self) -> None:
        """Draw the page and its crop marks, and state its boxes."""
        left, top = self.corner
        right, bottom, bleed = left + self._page.width, self._margin, self._bleed
        self._canvas.setPageSize((right + self._margin, top + self._margin))
        self._canvas.setTrimBox((left, bottom, right, top))
        self._canvas.setBleedBox((left - bleed, bottom - bleed, right + bleed, top + bleed))
        self._structure.begin_page()
        for item in self._page.items:
            self._item(item, self._structure.root)
        if self._has_marks:
            self._crop_marks((left, right), (bottom, top))
        self._leave()

    def _item(self, item: Item, owner: Element) -> None:
        if isinstance(item, Tagged):
            self._tagged(item, owner)
            return
        if isinstance(item, Turned):
            self._turned(item, owner)
            return
        self._enter(owner)
        match item:
            case Text():
                self._text(item)
            case Box():
                drawing.box(self._canvas, self.corner, item)
            case Shape():
                drawing.shape(self._canvas, self.corner, item)
            case Squares():
                drawing.squares(self._canvas, self.corner, item)

    def _tagged(self, tagged: Tagged, owner: Element) -> None:
        element = self._structure.element(tagged, owner)
        if element.role == "Figure":
            element.box = self._corners(tagged)
        for item in tagged.items:
            self._item(item, element)
        if tagged.opens is not None and self._is_tagged:
            self._structure.link(element, self._corners(tagged), tagged.opens, tagged.alt or "")

    def _corners(self, tagged: Tagged) -> Corners:
        """Where an element lies on the sheet."""
        left, top, right, bottom = extent(tagged)
        x, y = self.corner
        return round(x + left, 2), round(y - bottom, 2), round(x + right, 2), round(y - top, 2)

    def _turned(self, turned: Turned, owner: Element) -> None:
        """Draw a page of its own on this one: its corner becomes the origin, and its up what it is
        turned to.
        """
        self._leave()
        self._canvas.saveState()
        self._canvas.translate(self.corner[0] + turned.x, self.corner[1] - turned.y)
        self._canvas.rotate(-turned.angle)
        outer, self.corner = self.corner, (0.0, 0.0)
        for item in turned.items:
            self._item(item, owner)
        self._leave()
        self.corner = outer
        self._canvas.restoreState()

    def _enter(self, owner: Element) -> None:
        """Make what follows content of its owner; what lies in the document itself is an
        artifact.
        """
        owner = ARTIFACT if owner is self._structure.root else owner
        if not self._is_tagged or owner is self._open:
            return
        self._leave()
        mark = (
            "/Artifact BMC"
            if owner is ARTIFACT
            else f"/{owner.role} <</MCID {self._structure.mark(owner)}>> BDC"
        )
        self._canvas.addLiteral(mark)
        self._open = owner

    def _leave(self) -> None:
        if self._open is not None:
            self._canvas.addLiteral("EMC")
        self._open = None

    def _text(self, text: Text) -> None:
        x, y = self.corner[0] + text.x, self.corner[1] - text.y
        drawing.fill_with(self._canvas, text.colour)
        shown = [
            self._text_operators(run, x + run.x, y + run.rise)
            for run in text.line.runs
            if not run.artifact
        ]
        self._canvas.addLiteral(_whole(text.line, "\n".join(["BT", *shown, "ET"])))
        for run in text.line.runs:
            if run.artifact:
                self._enter(ARTIFACT)
                self._inked(run, x + run.x, y + run.rise)

    def _text_operators(self, run: Run, x: float, y: float) -> str:
        font = f"/{self._lettering.resource(run.face)} {drawing.numbers(run.size)} Tf"
        return f"{font} 1 0 0 1 {drawing.numbers(x, y)} Tm <{self._lettering.codes(run)}> Tj"

    def _inked(self, run: Run, x: float, y: float) -> None:
        """Draw a run as paths: readers of a PDF take all text for text, artifact or not."""
        scale = run.size / 1000
        for cluster in run.clusters:
            outline = self._lettering.outline(run.face, cluster)
            drawing.path(self._canvas, outline, (x, y), (scale, scale), fill=True)
            x += cluster.advance * scale

    def _crop_marks(self, xs: tuple[float, float], ys: tuple[float, float]) -> None:
        """Two hairlines at each corner of the trimmed page, clear of the bleed."""
        self._enter(ARTIFACT)
        near, far = self._mark_gap, self._margin
        beside, above = (
            ((low - far, low - near), (high + near, high + far)) for low, high in (xs, ys)
        )
        upright = [(x, start, x, end) for x in xs for start, end in above]
        level = [(start, y, end, y) for y in ys for start, end in beside]
        drawing.lines(self._canvas, upright + level, _MARK_WIDTH)


def _whole(line: Line, operators: str) -> str:
    """The operators of a line, with its text beside them where poppler would read large and small
    as two columns.
    """
    if not mixes_sizes(line):
        return operators
    text = f"\ufeff{line.text}".encode("utf-16-be").hex()
    return f"/Span <</ActualText <{text}>>> BDC\n{operators}\nEMC"


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
