"""What lies on a sheet: page boxes and crop marks, shapes, inks, bookmarks, and what the file says
of itself.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pieces
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from policycards import pdf
from policycards.core.units import mm
from policycards.design.layout.frames import Bookmark, Box, Page, Piece, Shape, Text

EMPTY = Page(200, 100, ())


def opened(piece: Piece) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.render(piece, pieces.fonts(), tagged=False)))


def picture(*items: Any) -> Image.Image:
    """A page of 200 × 100 pt, a pixel a point."""
    data = pdf.render(pieces.piece(Page(200, 100, items)), pieces.fonts(), tagged=False)
    with pypdfium2.PdfDocument(data) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [round(float(edge), 3) for edge in page.obj[name]]


def test_a_page_without_bleed_is_its_own_trim_box() -> None:
    file = opened(pieces.piece(EMPTY))
    (page,) = file.pages
    assert (
        box(page, "/MediaBox")
        == box(page, "/TrimBox")
        == box(page, "/BleedBox")
        == [0, 0, 200, 100]
    )


def test_bleed_lies_around_the_trimmed_page() -> None:
    file = opened(pieces.piece(EMPTY, bleed=9))
    (page,) = file.pages
    assert box(page, "/TrimBox") == [9, 9, 209, 109]
    assert box(page, "/MediaBox") == box(page, "/BleedBox") == [0, 0, 218, 118]


@pytest.mark.parametrize("bleed", [0, mm(3)])
def test_crop_marks_point_at_the_trimmed_edges_and_stay_out_of_the_bleed(bleed: float) -> None:
    file = opened(pieces.piece(EMPTY, bleed=bleed, crop_marks=True))
    (page,) = file.pages
    left, bottom, right, top = box(page, "/TrimBox")
    spread = box(page, "/BleedBox")
    ends = [
        step.operands
        for step in pikepdf.parse_content_stream(page)
        if str(step.operator) in ("m", "l")
    ]
    places = [(round(float(x), 3), round(float(y), 3)) for x, y in ends]
    lines = list(zip(places[0::2], places[1::2], strict=True))
    assert len(set(lines)) == 8
    for (x1, y1), (x2, y2) in lines:
        assert x1 == x2 in (left, right) or y1 == y2 in (bottom, top)
        assert all(
            x < spread[0] or x > spread[2] or y < spread[1] or y > spread[3]
            for x, y in ((x1, y1), (x2, y2))
        )


def test_places_count_from_the_top_left_corner() -> None:
    shown = picture(Box(10, 20, 30, 5, fill=(1.0, 0.0, 0.0)))
    assert shown.getpixel((12, 22)) == (255, 0, 0)
    assert shown.point(lambda value: 255 - value).getbbox() == (10, 20, 40, 25)


def test_a_shape_is_drawn_where_its_segments_say() -> None:
    leaf = (("M", 50.0, 40.0), ("L", 90.0, 40.0), ("C", 90.0, 60.0, 70.0, 80.0, 50.0, 80.0), ("Z",))
    shown = picture(Shape(leaf, stroke=None, fill=0.0))
    assert shown.convert("L").point(lambda value: 255 - value).getbbox() == (50, 40, 90, 80)


def test_a_radius_rounds_the_corners_of_a_box_and_a_dash_breaks_its_line() -> None:
    shown = picture(
        Box(10, 10, 60, 60, fill=0.0, radius=20),
        Box(100, 20, 80, 60, stroke=0.0, dash=(4, 4), line_width=2),
    )
    assert (shown.getpixel((11, 11)), shown.getpixel((40, 11))) == ((255, 255, 255), (0, 0, 0))
    edge = [shown.getpixel((x, 20)) for x in range(102, 178)]
    assert (0, 0, 0) in edge
    assert (255, 255, 255) in edge


def test_black_is_gray_and_no_mixture_of_colours() -> None:
    text = Text(20, 40, pieces.set_line("བོད་ཡིག་ 中文"))
    items = text, Box(0, 0, 9, 9, 0.0, 0.0), Shape((("M", 1, 1), ("L", 5, 5))), pieces.checkered()
    file = opened(pieces.piece(Page(400, 100, items), crop_marks=True))
    (page,) = file.pages
    colours = {
        (str(step.operator), *(Decimal(value) for value in step.operands))
        for step in pikepdf.parse_content_stream(page)
        if str(step.operator)
        in {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "gs"}
    }
    assert colours == {("g", 0), ("G", 0)}


def test_bookmarks_open_their_page_at_their_place() -> None:
    marks = (
        Bookmark("草原与生态", 0, 30),
        Bookmark("རྩྭ་ཐང་།", 1, 40, level=1),
        Bookmark("社会保障", 1, 60),
    )
    data = pdf.render(pieces.piece(EMPTY, EMPTY, bookmarks=marks), pieces.fonts(), tagged=True)
    with pypdfium2.PdfDocument(data) as document:
        found = [
            (mark.get_title(), mark.level, dest.get_index(), dest.get_view()[1][1])
            for mark in document.get_toc()
            if (dest := mark.get_dest())
        ]
    assert found == [("草原与生态", 0, 0, 70), ("རྩྭ་ཐང་།", 1, 1, 60), ("社会保障", 0, 1, 40)]


def test_a_file_says_what_it_is_called_by_whom_and_of_which_day() -> None:
    file = opened(pieces.piece(EMPTY))
    assert {key: str(value) for key, value in file.docinfo.items()} == {
        "/Title": "明白卡 ཤེས་གསལ་བྱང་བུ།",
        "/Author": "样例县 & 乡",
        "/Creator": "policycards",
        "/Producer": "policycards",
        "/CreationDate": "D:20240701000000Z",
        "/ModDate": "D:20240701000000Z",
    }
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == "明白卡 ཤེས་གསལ་བྱང་བུ།"
        assert metadata["dc:creator"] == ["样例县 & 乡"]
        assert metadata["xmp:CreateDate"] == "2024-07-01T00:00:00Z"
        assert metadata.pdfa_status == "2U"
    assert (str(file.Root.Lang), bool(file.Root.ViewerPreferences.DisplayDocTitle)) == ("bo", True)


def test_the_identity_of_a_piece_decides_that_of_its_file() -> None:
    first, again, other = (opened(pieces.piece(EMPTY, identity=name)) for name in ("a", "a", "b"))
    assert bytes(first.trailer.ID[0]) == bytes(again.trailer.ID[0]) != bytes(other.trailer.ID[0])
