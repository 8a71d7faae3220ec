from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from policycards.design.card.card_pagination import Leaves, flat_pages, folded_pages
from policycards.design.layout.blocks import Block
from policycards.design.layout.pagination import Kept, Section

ROOM = 400.0
NONE = Block(0, 0)
ROWS = st.lists(st.tuples(st.floats(10, 300), st.booleans()), min_size=1, max_size=24)
CLOSING = st.lists(st.floats(10, 150), max_size=4).map(
    lambda heights: [Block(100, height) for height in heights]
)


def sections(rows: Sequence[tuple[float, bool]]) -> list[Section]:
    kept = tuple(
        Kept(str(at), Block(100, height), is_open) for at, (height, is_open) in enumerate(rows)
    )
    return [Section("rows", NONE, NONE, kept)]


def heights(pages: Leaves) -> list[float]:
    return sorted(each.block.height for page in pages for each in page if each.block.height)


@given(ROWS, CLOSING)
def test_a_folded_card_fills_whole_sheets_and_loses_nothing(
    rows: list[tuple[float, bool]], closing: list[Block]
) -> None:
    pages, too_tall = folded_pages(sections(rows), closing, ROOM)
    assert not too_tall
    assert (len(pages) + 1) % 4 == 0
    assert len(heights(pages)) == len(rows) + len(closing)


@given(ROWS, CLOSING)
def test_the_back_of_a_folded_card_shows_strangers_only_what_they_may_see(
    rows: list[tuple[float, bool]], closing: list[Block]
) -> None:
    pages, _too_tall = folded_pages(sections(rows), closing, ROOM)
    assert all(each.is_open for each in pages[-1])


def test_what_everybody_may_see_goes_on_with_on_the_back_and_saves_a_sheet() -> None:
    pages, _too_tall = folded_pages(
        sections([(390, False), (390, False), (300, True)]), [Block(100, 50)], ROOM
    )
    assert [[each.block.height for each in page if each.block.height] for page in pages][:2] == [
        [390],
        [390],
    ]
    assert heights(pages[2:])[-1] == 300
    pages, _too_tall = folded_pages(
        sections([(390, False), (390, False), (300, False)]), [Block(100, 50)], ROOM
    )
    assert len(pages) == 7


@given(ROWS, CLOSING)
def test_flat_pages_end_with_what_is_said_at_the_end(
    rows: list[tuple[float, bool]], closing: list[Block]
) -> None:
    pages, _too_tall = flat_pages(sections(rows), closing, ROOM)
    poured = [each for page in pages for each in page if each.block.height]
    assert [each.category for each in poured] == ["rows"] * len(rows) + ["closing"] * len(closing)
