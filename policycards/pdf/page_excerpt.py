"""Excerpts: some pages of a file as a file of their own, drawn by the very same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from pikepdf import Array, Name, ObjectStreamMode, OutlineItem, Page, Pdf, PdfError

from policycards.core.files import read_file


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
