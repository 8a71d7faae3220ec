"""Previews: the pages of a PDF file as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ALONE = Lock()
"""PDFium works for one thread at a time."""


def pages_as_png(path: Path, dpi: int, out_dir: Path) -> list[Path]:
    """Draw each page of a file as ``<name>-<page>.png`` into a folder, which is made where it is
    missing.

    Page numbers have as many digits as the last one, so that the pictures sort as the pages. Raises
    OSError where the file cannot be read or the folder not written, ValueError where the file is no
    PDF.
    """
    with _opened(path) as document:
        out_dir.mkdir(parents=True, exist_ok=True)
        digits = len(str(len(document)))
        targets = [
            out_dir / f"{path.stem}-{number:0{digits}}.png"
            for number in range(1, len(document) + 1)
        ]
        for page, target in zip(document, targets, strict=True):
            page.render(scale=dpi / 72).to_pil().save(target)
    return targets


def pages_as_pictures(data: bytes, dpi: int) -> list[bytes]:
    """Each page of a file that is in memory as a gray PNG, as a workbook holds it."""
    pictures = []
    with _opened(data) as document:
        for page in document:
            picture = io.BytesIO()
            page.render(scale=dpi / 72, grayscale=True).to_pil().quantize(16).save(
                picture, "PNG", optimize=True
            )
            pictures.append(picture.getvalue())
    return pictures


def page_as_picture(source: Path | bytes, page: int, dpi: int) -> bytes | None:
    """One page of a file, from 0, as a gray PNG; None where it has no such page. Raises as
    ``pages_as_png``.
    """
    with _opened(source) as document:
        if not 0 <= page < len(document):
            return None
        picture = io.BytesIO()
        document[page].render(scale=dpi / 72, grayscale=True).to_pil().save(picture, "PNG")
        return picture.getvalue()


def page_count(path: Path) -> int:
    """How many pages a file has. Raises as ``pages_as_png``."""
    with _opened(path) as document:
        return len(document)


@contextmanager
def _opened(source: Path | bytes) -> Iterator[PdfDocument]:
    import pypdfium2  # only previews need it, and printing must start fast

    with _ALONE:
        try:
            document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            name = source if isinstance(source, Path) else "PDF"
            raise ValueError(f"{name}: {error}") from error
        with document:
            yield document
