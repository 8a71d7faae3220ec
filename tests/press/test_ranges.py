"""Numbers and ranges as clerks write them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.core.problems import Place
from policycards.press.spoilt_sheets import first_missing, format_ranges, parse_ranges, within

PLACE = Place("policycards reprint")


@given(st.sets(st.integers(1, 400), min_size=1))
def test_a_set_of_numbers_comes_back_however_it_is_written(numbers: set[int]) -> None:
    singly, problems = parse_ranges(", ".join(map(str, sorted(numbers, reverse=True))), PLACE)
    assert problems == []
    assert {number for number in range(1, 401) if within(number, singly)} == numbers
    assert parse_ranges(format_ranges(singly), PLACE) == (singly, [])
    assert all(second[0] > first[1] + 1 for first, second in itertools.pairwise(singly))
    assert first_missing(singly, numbers) is None
    assert first_missing(singly, numbers - {max(numbers)}) == max(numbers)


@given(st.text(max_size=20))
def test_any_text_is_understood_or_told(text: str) -> None:
    ranges, problems = parse_ranges(text, PLACE)
    assert bool(ranges) != bool(problems)


@pytest.mark.parametrize(
    "text", ["40-52,60", " 40 - 52 , 60", "４０－５２，６０", "40至52、60", "60;40—50;45~52"]
)
def test_what_input_methods_and_habits_write_means_the_same(text: str) -> None:
    assert parse_ranges(text, PLACE) == (((40, 52), (60, 60)), [])


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", ["E750: '' is neither a number nor a range"]),
        ("40-", ["E750: '40-' is neither a number nor a range"]),
        ("0", ["E750: '0' is neither a number nor a range"]),
        (
            "all,3,x-9",
            [
                "E750: 'all' is neither a number nor a range",
                "E750: 'x-9' is neither a number nor a range",
            ],
        ),
        ("52-40", ["E751: the range 52-40 runs backwards"]),
        ("1-9999999999", ["E750: '1-9999999999' is neither a number nor a range"]),
    ],
)
def test_what_is_no_range_is_told_part_by_part(text: str, messages: list[str]) -> None:
    ranges, problems = parse_ranges(text, PLACE)
    assert ranges == ()
    assert [str(each) for each in problems] == [
        f"policycards reprint: error {message}" for message in messages
    ]


def test_a_range_beyond_all_numbers_is_answered_at_once() -> None:
    assert first_missing(((1, 999_999_999),), range(1, 41)) == 41
