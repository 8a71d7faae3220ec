"""Reading files back: the text of a page or a part of it, its picture in grays, pages cut out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2
from pikepdf import Array, Name, ObjectStreamMode, OutlineItem, Page, Pdf, PdfError

from policycards.core.files import read_file

Box = tuple[float, float, float, float]
"""Left, top, width and height, pt from the top left corner of a page of a file."""


@dataclass(frozen=True, slots=True)
class Gray:
    """A picture: a byte for each point, 0 is black, row by row."""

    width: int
    height: int
    points: bytes

    def rows(self) -> memoryview:
        """The points as an array of ``height`` and ``width``."""
        return memoryview(self.points).cast("B", (self.height, self.width))


class Pages:
    """The pages of a PDF, counted from 0. Open until closed; to be used by one thread.

    Raises OSError where the file cannot be read, ValueError where it is no PDF.
    """

    def __init__(self, source: Path | bytes) -> None:
        try:
            # From bytes: Windows lets nobody replace a file that pdfium holds open.
            self._document = pypdfium2.PdfDocument(
                read_file(source) if isinstance(source, Path) else source
            )
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from error

    def __len__(self) -> int:
        return len(self._document)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._document.close()

    def text(self, page: int, box: Box | None = None, *, is_turned: bool = False) -> str:
        """What a reader selects on a page, or in a part of it; ``is_turned`` reads what stands
        upside down there.

        Lines that mix sizes come out of order unless they are read the right way up.
        """
        opened = self._document[page]
        rotation = opened.get_rotation()
        opened.set_rotation((rotation + 180 * is_turned) % 360)
        words = opened.get_textpage()
        try:
            if box is None:
                return str(words.get_text_range())
            left, top, width, height = box
            above = opened.get_height() - top
            return str(words.get_text_bounded(left, above - height, left + width, above))
        finally:
            words.close()
            opened.set_rotation(rotation)
            opened.close()

    def gray(self, page: int, dpi: float, box: Box | None = None) -> Gray:
        """A page, or a part of it, as it is printed at so many dots per inch."""
        opened = self._document[page]
        try:
            picture = opened.render(
                scale=dpi / 72, crop=_crop(opened, box), grayscale=True, may_draw_forms=False
            )
            width, height, stride = picture.width, picture.height, picture.stride
            view = memoryview(picture.buffer).cast("B")
            points = b"".join(view[row * stride : row * stride + width] for row in range(height))
            picture.close()
        finally:
            opened.close()
        return Gray(width, height, points)


def _crop(page: pypdfium2.PdfPage, box: Box | None) -> Box:
    """What is cut off at the left, bottom, right and top; what reaches beyond the page is left out
    of the box.
    """
    if box is None:
        return 0, 0, 0, 0
    left, top, width, height = box
    sides = left, page.get_height() - top - height, page.get_width() - left - width, top
    return tuple(max(0.0, math.floor(side)) for side in sides)  # type: ignore[return-value]


def excerpt(source: Path | bytes, pages: Sequence[int]) -> bytes:
    """The pages of an untagged file that are named, from 0, in the order given; equal input gives
    equal bytes.

    What the file says of itself stays, of its outline what leads to these pages. Raises OSError
    where the file cannot be read, ValueError where it is no PDF, has none of the pages, or is
    tagged.
    """
    try:
        with Pdf.open(BytesIO(read_file(source) if isinstance(source, Path) else source)) as pdf:
            if Name.StructTreeRoot in pdf.Root:
                raise ValueError("the structure of a tagged file cannot be cut")
            if not pages or not 0 <= min(pages) <= max(pages) < len(pdf.pages):
                raise ValueError(f"the file has {len(pdf.pages)} pages")
            kept = [pdf.pages[number] for number in pages]
            if Name.Outlines in pdf.Root:
                _keep_outline(pdf, kept)
            del pdf.pages[:]
            pdf.pages.extend(kept)
            return _saved(pdf)
    except PdfError as error:
        raise ValueError(str(error)) from error


def _keep_outline(pdf: Pdf, pages: list[Page]) -> None:
    objects = {page.obj.objgen for page in pages}
    with pdf.open_outline() as outline:
        outline.root[:] = _leading_to(outline.root, objects)


def _leading_to(items: list[OutlineItem], objects: set[tuple[int, int]]) -> list[OutlineItem]:
    """Entries that lead to some pages; one that leads elsewhere stays for those below it and leads
    where they do.
    """
    kept = []
    for item in items:
        item.children[:] = _leading_to(item.children, objects)
        if _target(item) not in objects and item.children:
            item.destination, item.action = item.children[0].destination, item.children[0].action
        if _target(item) in objects:
            kept.append(item)
    return kept


def _target(item: OutlineItem) -> tuple[int, int] | None:
    """The page to which an entry leads."""
    where: object = item.destination
    if where is None and item.action is not None:
        where = item.action.get("/D")
    return where[0].objgen if isinstance(where, Array) and len(where) else None


def _saved(pdf: Pdf) -> bytes:
    for key in (Name.PageLabels, Name.OpenAction):
        if key in pdf.Root:
            del pdf.Root[key]
    file = BytesIO()
    pdf.save(
        file,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return file.getvalue()
