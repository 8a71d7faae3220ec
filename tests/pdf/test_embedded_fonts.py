"""Every font is in the file, and none is there that the piece does not use."""

from __future__ import annotations

from io import BytesIO

import pieces
import pikepdf
import pytest
from specimens import EVERY

from policycards import pdf
from policycards.design.layout.frames import Page, Text


def written(*pages: Page) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.render(pieces.piece(*pages), pieces.fonts(), tagged=True)))


def named(file: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """The objects of the file that say they are of a type."""
    found = (each for each in file.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in found if each.get("/Type") == kind]


@pytest.fixture(scope="module")
def specimens() -> pikepdf.Pdf:
    return written(pieces.stacked(EVERY))


def test_every_font_is_embedded_as_the_cluster_font_of_one_face(specimens: pikepdf.Pdf) -> None:
    fonts = named(specimens, "/Font")
    assert sorted(str(font.Subtype) for font in fonts) == ["/CIDFontType2"] * 2 + ["/Type0"] * 2
    assert {str(font.Encoding) for font in fonts if font.Subtype == "/Type0"} == {"/Identity-H"}
    descriptors = named(specimens, "/FontDescriptor")
    assert {str(each.FontName).split("+")[1] for each in descriptors} == {
        "NotoSerifTibetan-Regular",
        "NotoSansSC-Regular",
    }
    assert all(len(each.FontFile2.read_bytes()) == each.FontFile2.Length1 for each in descriptors)


def test_there_is_no_trace_of_helvetica() -> None:
    file = written(Page(200, 100, ()))
    assert named(file, "/Font") == []
    plain = BytesIO()
    file.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    assert b"Helvetica" not in plain.getvalue()


def test_widths_of_the_pdf_are_those_of_the_line() -> None:
    line = pieces.set_line("每人每年7.50元，2024年起")
    file = written(Page(300, 50, (Text(10, 30, line),)))
    (descendant,) = (font for font in named(file, "/Font") if font.Subtype == "/CIDFontType2")
    start, widths = descendant.W
    shown = next(
        step for step in pikepdf.parse_content_stream(file.pages[0]) if str(step.operator) == "Tj"
    )
    codes = bytes(shown.operands[0])
    numbers = [int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)]
    assert (start, len(numbers)) == (0, len(line.text))
    assert sum(int(widths[number]) for number in numbers) * 12 / 1000 == pytest.approx(line.width)
