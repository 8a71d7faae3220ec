from hypothesis import given
from hypothesis import strategies as st

from policycards.design.layout.blocks import Block
from policycards.design.layout.pagination import Kept, Section, paginate

HEIGHTS = st.floats(10, 200)


def section(name: str, heights: list[float]) -> Section:
    rows = tuple(
        Kept(f"{name}-{number}", Block(100, height)) for number, height in enumerate(heights)
    )
    return Section(name, Block(100, 20), Block(100, 20), rows)


SECTIONS = st.lists(st.lists(HEIGHTS, min_size=1, max_size=8), min_size=1, max_size=5).map(
    lambda many: [section(f"c{number}", heights) for number, heights in enumerate(many)]
)


@given(SECTIONS, st.floats(0, 300))
def test_every_row_is_placed_once_and_in_order(sections: list[Section], first: float) -> None:
    pages, _too_tall = paginate(sections, first, 400)
    placed = [each.block for page in pages for each in page if each.block.height != 20]
    assert [id(block) for block in placed] == [
        id(kept.block) for section in sections for kept in section.rows if kept.block.height != 20
    ]


@given(SECTIONS, st.floats(0, 300))
def test_no_row_crosses_the_end_of_its_page_and_none_overlap(
    sections: list[Section], first: float
) -> None:
    pages, too_tall = paginate(sections, first, 400)
    assert not too_tall
    for number, page in enumerate(pages):
        end = 0.0
        for each in page:
            assert each.y >= end - 1e-9
            end = each.y + each.block.height
        assert end <= (400 if number else first) + 1e-9


@given(SECTIONS)
def test_every_page_starts_with_a_heading_and_none_ends_with_one(sections: list[Section]) -> None:
    pages, _too_tall = paginate(sections, 300, 400)
    headings = {id(block) for section in sections for block in (section.heading, section.again)}
    for page in pages:
        assert id(page[0].block) in headings
        assert id(page[-1].block) not in headings


def test_a_heading_is_repeated_after_a_page_break_but_counts_once() -> None:
    pages, _too_tall = paginate([section("c", [200, 200, 200])], 250, 250)
    assert [[each.is_heading for each in page] for page in pages] == [
        [True, False],
        [False, False],
        [False, False],
    ]


def test_a_row_that_no_page_holds_is_reported_with_how_much_it_is_too_tall() -> None:
    _pages, too_tall = paginate([section("c", [150])], 100, 120)
    assert [(row.policy, round(row.over, 1)) for row in too_tall] == [("c-0", 50.0)]
