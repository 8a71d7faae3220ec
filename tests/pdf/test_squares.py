"""QR codes on the page: crisp in every renderer, and read from an office printer's resolution."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pieces
import pypdfium2
import pytest
import qrcode
import zxingcpp
from PIL import Image
from readers import needed

from policycards import pdf
from policycards.core.units import mm
from policycards.design.layout.frames import Page, Squares
from policycards.pdf.preview import pages_as_png

PAYLOAD = "https://policies.example.org/c/2024b/#7F3K9Q2M8ZTW0000000000"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(PAYLOAD)
    rows = tuple(tuple(map(bool, row)) for row in code.get_matrix())
    path = tmp_path_factory.mktemp("squares") / "squares.pdf"
    squares = Squares(mm(10), mm(10), mm(0.5), rows)
    pdf.write(pieces.piece(Page(mm(60), mm(60), (squares,))), pieces.fonts(), path, tagged=False)
    return path


def test_a_code_is_read_from_a_picture_of_150_dpi(page: Path, tmp_path: Path) -> None:
    (picture,) = pages_as_png(page, 150, tmp_path)
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(picture))] == [PAYLOAD]


@pytest.mark.parametrize("renderer", ["pdfium", "poppler", "mupdf"])
def test_squares_are_black_or_white_and_nothing_between(
    renderer: str, page: Path, tmp_path: Path
) -> None:
    picture = rendered(renderer, page, tmp_path / "page").convert("L")
    assert {shade for shade, pixels in enumerate(picture.histogram()) if pixels} == {0, 255}


def rendered(renderer: str, page: Path, out: Path) -> Image.Image:
    """The page at 600 dpi."""
    if renderer == "pdfium":
        with pypdfium2.PdfDocument(page) as document:
            return document[0].render(scale=600 / 72).to_pil()
    command = {
        "poppler": ["pdftoppm", "-r", "600", "-png", "-singlefile", str(page), str(out)],
        "mupdf": ["mutool", "draw", "-q", "-r", "600", "-o", f"{out}.png", str(page)],
    }[renderer]
    subprocess.run([needed(command[0]), *command[1:]], check=True, capture_output=True)
    return Image.open(out.with_suffix(".png"))
