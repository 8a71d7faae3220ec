"""What programs read out of a PDF: the text of each page by poppler, pdfium and MuPDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest


def pdftotext(path: Path) -> list[str]:
    """Poppler's text of each page."""
    return _run("pdftotext", "-q", str(path), "-").split("\f")[:-1]


def pdfium(path: Path) -> list[str]:
    """The text of each page that Chromium's reader selects."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def mutool(path: Path) -> list[str]:
    """MuPDF's text of each page."""
    return _run("mutool", "draw", "-q", "-F", "txt", "-o", "-", str(path)).split("\f")[:-1]


READERS: dict[str, Callable[[Path], list[str]]] = {
    "pdftotext": pdftotext,
    "pdfium": pdfium,
    "mutool": mutool,
}


def type_sizes(page: pikepdf.Page) -> Iterator[float]:
    """pt of each text that a page draws, by its text matrix."""
    scale = 1.0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            scale = float(operands[1])
        elif str(operator) == "Tm":
            yield scale * float(operands[3])


def needed(program: str) -> str:
    """The program's path; skips the test where it is not installed."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed here (Debian: poppler-utils, mupdf-tools)")
    return path


def _run(program: str, *arguments: str) -> str:
    done = subprocess.run([needed(program), *arguments], check=True, capture_output=True)
    return done.stdout.decode("utf-8")
