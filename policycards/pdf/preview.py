"""Previews: the pages of a PDF file as pictures."""

from __future__ import annotations

import io
from pathlib import Path


def pages_as_png(path: Path, dpi: int, out_dir: Path) -> list[Path]:
    """Draw each page of a file as ``<name>-<page>.png`` into a folder, which is made where it is missing.

    Page numbers have as many digits as the last one, so that the pictures sort as the pages. Raises OSError where the
    file cannot be read or the folder not written, ValueError where the file is no PDF.
    """
    import pypdfium2  # only previews need it, and printing must start fast

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"{path}: {error}") from error
    out_dir.mkdir(parents=True, exist_ok=True)
    with document:
        digits = len(str(len(document)))
        targets = [out_dir / f"{path.stem}-{number:0{digits}}.png" for number in range(1, len(document) + 1)]
        for page, target in zip(document, targets, strict=True):
            page.render(scale=dpi / 72).to_pil().save(target)
    return targets


def pages_as_pictures(data: bytes, dpi: int) -> list[bytes]:
    """Each page of a file that is in memory as a gray PNG, as a workbook holds it."""
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            picture = io.BytesIO()
            page.render(scale=dpi / 72, grayscale=True).to_pil().quantize(16).save(picture, "PNG", optimize=True)
            pictures.append(picture.getvalue())
    return pictures
