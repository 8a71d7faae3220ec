"""Paper as it comes out of a printer: turned about an edge, cut or folded, and then read leaf by
leaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policycards import pdf
from policycards.core.problems import Place
from policycards.core.units import MM, mm
from policycards.design.layout.frames import Box, Page, Piece, Squares, Tagged, Turned
from policycards.design.layout.sheet_plan import (
    A5,
    MOST_SHEETS,
    THICKNESS,
    Duplex,
    Form,
    Placed,
    Sheet,
    Side,
    problems,
    sheets_of,
    sides,
    spots,
)
from policycards.design.layout.tiling import imposed
from policycards.pdf.drawing import extent
from policycards.typeset import Fonts

FORMS: tuple[Form, ...] = ("single", "cut-and-stack", "saddle")
EDGES: tuple[Duplex, ...] = ("long-edge", "short-edge", "two-passes")
WAYS = [Sheet(form, edge) for form in FORMS for edge in EDGES]

Point = tuple[float, float]
Face = dict[Point, tuple[int, int]]
"""What is on a face of a sheet: card and page by the place of the page's top left corner, in mm of
the front.
"""


def corners(placed: Placed) -> tuple[Point, Point]:
    """Top left and bottom right of a page where its side has them, mm."""
    sign = -1 if placed.turn else 1
    return (placed.x / MM, placed.y / MM), (
        placed.x / MM + sign * A5[0] / MM,
        placed.y / MM + sign * A5[1] / MM,
    )


def printed_paper(printed: Sequence[Side], sheet: Sheet) -> list[tuple[list[Placed], list[Placed]]]:
    """The sheets in the pile, the first on top: what a printer leaves on their fronts and backs."""
    if sheet.duplex != "two-passes":
        return [
            (list(front.pages), list(back.pages))
            for front, back in zip(printed[::2], printed[1::2], strict=True)
        ]
    piled, waiting = [], list(printed)
    while waiting:
        part = waiting[0].part
        tray: list[Side] = []
        while waiting and waiting[0].part == part and not waiting[0].is_back:
            tray.append(waiting.pop(0))  # falls face down on those before it
        done = []
        while tray:  # taken from the top, for the stack was not turned over
            done.append((list(tray.pop().pages), list(waiting.pop(0).pages)))
        piled += reversed(done)
    return piled


def seen_from_the_front(point: Point, sheet: Sheet) -> Point:
    """Where a point of the back side lies behind the front, for the edge about which the paper is
    turned.
    """
    width, height = (side / MM for side in sheet.paper())
    x, y = point
    is_across = width > height
    edge = "short-edge" if sheet.duplex == "two-passes" else sheet.duplex
    if (edge == "long-edge") == is_across:  # the edge lies at the top: what was up comes down
        return x, height - y
    return width - x, y


def leaves(printed: Sequence[Side], sheet: Sheet) -> list[list[tuple[object, object]]]:
    """The halves of every sheet from left to right, each as what is upright on its front and on its
    back.

    The back of a leaf must be upright when it is turned like a book's: its page's top left corner
    lies behind the front's top right one.
    """
    width = sheet.paper()[0] / MM
    halves = 1 if sheet.form == "single" else 2
    cells = width / halves
    found = []
    for front, back in printed_paper(printed, sheet):
        row: list[list[object]] = [[None, None] for _ in range(halves)]
        for each in front:
            (left, top), (right, bottom) = corners(each)
            assert left < right and top < bottom
            row[int((left + right) / 2 // cells)][0] = (each.card, each.page)
        for each in back:
            one, other = (seen_from_the_front(corner, sheet) for corner in corners(each))
            assert one[1] < other[1], "the back is upside down"
            assert one[0] > other[0], "the back is mirrored"
            row[int((one[0] + other[0]) / 2 // cells)][1] = (each.card, each.page)
        found.append([(front_page, back_page) for front_page, back_page in row])
    return found


def pile(cards: Sequence[int], sheet: Sheet) -> list[tuple[object, object]]:
    """The leaves in hand after cutting and stacking part by part, or after folding sheet by
    sheet.
    """
    printed = sides(cards, sheet)
    sheets = leaves(printed, sheet)
    if sheet.form == "single":
        return [leaf for (leaf,) in sheets]
    if sheet.form == "cut-and-stack":
        parts = {side.sheet: side.part for side in printed}
        by_part: dict[int, list[int]] = {}
        for number, part in sorted(parts.items()):
            by_part.setdefault(part, []).append(number)
        return [
            sheets[number][half]
            for numbers in by_part.values()
            for half in (0, 1)
            for number in numbers
        ]
    taken, in_hand = 0, []
    for pages in cards:
        own = sheets[taken : taken + -(-pages // 4)]
        taken += len(own)
        # Folded with the fronts outside, one in the other: right halves from outside in, left ones
        # back out again.
        in_hand += [right for _left, right in own]
        in_hand += [(back, front) for (front, back), _right in reversed(own)]
    assert taken == len(sheets)
    return in_hand


def wanted(cards: Sequence[int], sheet: Sheet) -> list[tuple[int, int]]:
    return [(card, page) for card, pages in enumerate(cards) for page in range(pages)]


@pytest.fixture(scope="module")
def fonts(font_folder: Path) -> Fonts:
    return Fonts.open(font_folder)


lengths = st.lists(st.integers(1, 13), max_size=70)


@pytest.mark.parametrize("sheet", WAYS, ids=lambda sheet: f"{sheet.form} {sheet.duplex}")
@given(cards=lengths)
@example(cards=[2] * 230)
@example(cards=[1] * 101)
@example(cards=[3] * 67)
@example(cards=[200, 1, 300])
@example(cards=[])
def test_the_pile_reads_in_walking_order_with_the_right_backs(
    sheet: Sheet, cards: list[int]
) -> None:
    # A blank leaf, the other half of a part's last sheet, is put aside when a pile is cut.
    halves = [
        leaf for leaf in pile(cards, sheet) if sheet.form != "cut-and-stack" or leaf != (None, None)
    ]
    read = [page for leaf in halves for page in leaf]
    assert [page for page in read if page is not None] == wanted(cards, sheet)
    at_once = 4 if sheet.form == "saddle" else 2
    begun = 0
    for card, pages in enumerate(cards):
        assert read[begun] == (card, 0), "every card begins on a leaf of its own"
        begun += -(-pages // at_once) * at_once
    assert all(page is None for page in read[begun:])


@pytest.mark.parametrize("sheet", WAYS, ids=lambda sheet: f"{sheet.form} {sheet.duplex}")
@given(cards=lengths)
@example(cards=[2] * 230)
def test_a_part_has_at_most_fifty_sheets_and_no_card_is_in_two(
    sheet: Sheet, cards: list[int]
) -> None:
    printed = sides(cards, sheet)
    part_of: dict[int, set[int]] = {}
    sheets: dict[int, set[int]] = {}
    for side in printed:
        sheets.setdefault(side.part, set()).add(side.sheet)
        for each in side.pages:
            part_of.setdefault(each.card, set()).add(side.part)
    assert all(len(numbers) <= MOST_SHEETS for numbers in sheets.values())
    assert all(len(parts) == 1 for parts in part_of.values())
    assert sorted(number for numbers in sheets.values() for number in numbers) == list(
        range(len(printed) // 2)
    )


@pytest.mark.parametrize("sheet", WAYS, ids=lambda sheet: f"{sheet.form} {sheet.duplex}")
def test_a_card_is_found_where_its_spot_says(sheet: Sheet) -> None:
    cards = [2, 5, 1, 8, 3] * 30
    printed = sides(cards, sheet)
    for card, spot in enumerate(spots(printed)):
        side = printed[spot.page]
        (placed,) = (each for each in side.pages if each.card == card and each.page == 0)
        assert (side.sheet, side.is_back, placed.slot) == (
            spot.sheet,
            spot.side == "back",
            spot.slot,
        )


def test_a_long_card_becomes_a_booklet_of_sheets_put_inside_each_other() -> None:
    read = [
        [(each.page, each.slot) for each in side.pages]
        for side in sides([7], Sheet("saddle", "short-edge"))
    ]
    assert read == [[(0, 1)], [(1, 0), (6, 1)], [(5, 0), (2, 1)], [(3, 0), (4, 1)]]


@pytest.mark.parametrize("duplex", EDGES)
def test_the_pages_of_inner_sheets_move_to_the_fold_by_the_thickness_of_those_around_them(
    duplex: Duplex,
) -> None:
    """So that nothing of the margin is lost when the folded booklet is cut along its outer edge."""
    size = mm(140), mm(200)
    first, *_rest = sides([4], Sheet("saddle", duplex), size)
    outer = {each.slot: each.x for each in first.pages}
    for side in sides([16], Sheet("saddle", duplex), size):
        for each in side.pages:
            depth = min(each.page, 15 - each.page) // 2
            inwards = 1 if each.slot == 0 else -1
            x = side.width - each.x if each.turn else each.x
            assert x - outer[each.slot] == pytest.approx(inwards * depth * THICKNESS)


def test_pages_keep_within_the_paper_and_do_not_touch() -> None:
    for sheet in WAYS:
        for side in sides([2, 7, 1], sheet):
            for each in side.pages:
                xs, ys = zip(*corners(each), strict=True)
                assert min(xs) > -1e-6 and max(xs) < side.width / MM + 1e-6
                assert min(ys) > -1e-6 and max(ys) < side.height / MM + 1e-6


@pytest.mark.parametrize("sheet", WAYS, ids=lambda sheet: f"{sheet.form} {sheet.duplex}")
def test_an_offset_moves_all_of_a_side_as_it_is_read_and_its_marks(sheet: Sheet) -> None:
    moved = Sheet(sheet.form, sheet.duplex, front=(1.5, -0.5), back=(-2, 1))
    for plain, other in zip(sides([4, 4, 4], sheet), sides([4, 4, 4], moved), strict=True):
        dx, dy = (-2, 1) if plain.is_back else (1.5, -0.5)
        for one, two in zip(plain.pages, other.pages, strict=True):
            sign = -1 if one.turn else 1
            assert (two.x - one.x, two.y - one.y) == pytest.approx((sign * mm(dx), sign * mm(dy)))
        for one_mark, two_mark in zip(plain.marks, other.marks, strict=True):
            assert two_mark.x - one_mark.x == pytest.approx(mm(dx))


def test_marks_say_where_to_cut_and_where_to_fold() -> None:
    marks = {form: sides([2, 2], Sheet(form))[0].marks for form in FORMS}
    assert marks["single"] == ()
    for form in ("cut-and-stack", "saddle"):
        assert {(round(mark.x / MM, 1), mark.is_fold) for mark in marks[form]} == {
            (148.5, form == "saddle")
        }


def test_half_sheets_are_counted() -> None:
    assert sum(sheets_of(pages, "cut-and-stack") for pages in (1, 2, 3)) == 2


def page_with_corner(gray: float) -> Page:
    """A page of which only the top left quarter is inked."""
    return Page(*A5, (Tagged("Sect", (Box(0, 0, A5[0] / 2, A5[1] / 2, fill=gray),)),))


def piece(*pages: Page) -> Piece:
    return Piece("ཤེས་གསལ་བྱང་བུ།", "bo", "样例县", date(2026, 1, 1), "sheets", pages)


@pytest.mark.parametrize("duplex", EDGES)
def test_drawn_sides_show_the_pages_where_the_geometry_has_them(
    duplex: Duplex, fonts: Fonts
) -> None:
    sheet = Sheet("cut-and-stack", duplex)
    cards = [
        [page_with_corner(0.0), page_with_corner(0.5)],
        [page_with_corner(0.2), page_with_corner(0.7)],
    ]
    printed = sides([2, 2], sheet)
    data = pdf.render(piece(*imposed(cards, printed)), fonts, tagged=False)
    grays = {0.0: (0, 0), 0.5: (0, 1), 0.2: (1, 0), 0.7: (1, 1)}
    with pypdfium2.PdfDocument(data) as document:
        for number, side in enumerate(printed):
            picture = document[number].render(scale=1).to_pil().convert("L")
            for each in side.pages:
                sign = -1 if each.turn else 1
                inside = round(each.x + sign * 40), round(each.y + sign * 60)
                outside = round(each.x + sign * (A5[0] - 40)), round(each.y + sign * 60)
                shade = picture.getpixel(inside) / 255
                assert (
                    min(grays, key=lambda gray: abs(gray - shade))
                    == {v: k for k, v in grays.items()}[each.card, each.page]
                )
                assert picture.getpixel(outside) == 255


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_items_are_turned_clockwise_about_their_own_corner(
    angle: Literal[0, 90, 180, 270], fonts: Fonts
) -> None:
    turned = Turned(100, 120, angle, (Box(10, 0, 30, 20, fill=0.0),))
    data = pdf.render(piece(Page(200, 240, (turned,))), fonts, tagged=False)
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    inked = picture.point(lambda value: 255 - value).getbbox()
    assert inked == extent(turned)
    assert (
        inked
        == {
            0: (110, 120, 140, 140),
            90: (80, 130, 100, 160),
            180: (60, 100, 90, 120),
            270: (100, 80, 120, 110),
        }[angle]
    )


def test_codes_and_texts_are_turned_whole(fonts: Fonts) -> None:
    rows = ((True, False), (True, True))
    turned = Turned(50, 50, 180, (Squares(0, 0, 10, rows),))
    data = pdf.render(piece(Page(100, 100, (turned,))), fonts, tagged=False)
    with pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    assert [picture.getpixel(at) for at in ((45, 45), (35, 45), (45, 35), (35, 35))] == [
        0,
        255,
        0,
        0,
    ]


def test_cards_that_are_too_large_for_half_a_sheet_are_told() -> None:
    large = mm(160), mm(220)
    place = Place("theme.yaml", 20)
    assert [str(found) for found in problems(large, Sheet("saddle"), place)] == [
        "theme.yaml:20: error E351: cards of 160 x 220 mm do not fit into the halves of an A4 sheet"
    ]
    assert problems(large, Sheet("single"), place) == problems(A5, Sheet("saddle"), place) == []
    assert {(side.width, side.height) for side in sides([3], Sheet("single"), large)} == {large}
