"""A register as a clerk types it: what is read, what is not understood, and that writing and
reading agree.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.ledger.domain.register_lines import (
    LANGUAGES,
    WORDS,
    Mark,
    mark_of,
    read_entry,
    written_entry,
)
from policycards.ledger.office.typed_numbers import typed_code

PILE = range(1, 181)


def kinds(text: str, pile: range = PILE) -> dict[str, list[int]]:
    marks, problems = read_entry(text, pile)
    assert problems == []
    found: dict[str, list[int]] = {}
    for number, mark in marks.items():
        found.setdefault(mark.kind, []).append(number)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "1-180 delivered except 7 12 absent, 33 moved",
        "1-180 已领 除 7 12 不在，33 搬走",
        "1到180号已领，除7、12不在，33号搬走。",
        "１－１８０ 已领 除了 ７、１２ 不在家；３３ 迁走",
        "1-180 སྤྲད་ཟིན། མ་གཏོགས། 7 12 ཁྱིམ་དུ་མེད། 33 གནས་སྤོས་སོང་།",
        "༡-༡༨༠ སྤྲད་ཟིན། མ་གཏོགས། ༧ ༡༢ མི་འདུག ༣༣ གནས་སྤོས་སོང་།",
        "1-100 delivered except 7 12 absent 33 moved\n101-180 delivered",
        "1-50 Delivered EXCEPT 7 12 absent, 33 moved; 51 – 180 delivered",
    ],
)
def test_exceptions_are_typed_in_any_of_three_languages(text: str) -> None:
    found = kinds(text)
    assert (found["absent"], found["moved"]) == ([7, 12], [33])
    assert found["delivered"] == [number for number in PILE if number not in (7, 12, 33)]


def test_numbers_after_except_that_no_word_follows_are_left_open() -> None:
    assert kinds("1-5 delivered except 2 4", range(1, 6)) == {"delivered": [1, 3, 5]}
    assert kinds("1-5 delivered except 2 absent, 4", range(1, 6)) == {
        "delivered": [1, 3, 5],
        "absent": [2],
    }
    assert kinds("") == {}


def test_a_second_exception_may_follow_a_second_range() -> None:
    found = kinds("1-3 delivered except 2 absent; 4-6 delivered except 5 lost", range(1, 7))
    assert found == {"delivered": [1, 3, 4, 6], "absent": [2], "lost": [5]}


def test_a_range_means_what_the_pile_has_of_it() -> None:
    marks, problems = read_entry("1-9 absent", [1, 4, 9])
    assert (list(marks), problems) == ([1, 4, 9], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("7 gone", "register:1:3: error E674: 'gone' is no word for what became of a card"),
        ("7 absent\n7 moved", "register:2:1: error E689: number 7 stands there twice"),
        ("5 5 absent", "register:1:3: error E689: number 5 stands there twice"),
        (
            "1-9 delivered except 3 absent 3 lost",
            "register:1:31: error E689: number 3 stands there twice",
        ),
        (
            "1-181 delivered",
            "register:1:1: error E692: this pile has no number 181; the last is 180",
        ),
        (
            "1234567890 absent",
            "register:1:1: error E692: this pile has no number 123456789; the last is 180",
        ),
        ("3-9", "register:1:1: error E693: it is not clear what is meant with '3'"),
        ("9-3 absent", "register:1:1: error E693: it is not clear what is meant with '9-3'"),
        ("absent 7", "register:1:1: error E693: it is not clear what is meant with 'absent'"),
        ("3-9 except 4 absent", "register:1:1: error E693: it is not clear what is meant with '3'"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text: str, told: str) -> None:
    assert str(read_entry(text, PILE)[1][0]) == told


piles = st.sets(st.integers(1, 400), min_size=1, max_size=60)
entries = piles.flatmap(
    lambda pile: st.tuples(
        st.just(pile), st.dictionaries(st.sampled_from(sorted(pile)), st.sampled_from(list(WORDS)))
    )
)


@given(entries, st.sampled_from(LANGUAGES))
def test_an_entry_that_is_written_and_read_again_is_the_same(
    entry: tuple[set[int], dict[int, Mark]], language: str
) -> None:
    pile, marks = entry
    assert read_entry(written_entry(marks, pile, language), pile) == (
        dict(sorted(marks.items())),
        [],
    )


@given(piles, st.data())
def test_exceptions_override_the_range_before_them_and_nothing_else(
    pile: set[int], data: st.DataObject
) -> None:
    order = sorted(pile)
    odd = data.draw(st.dictionaries(st.sampled_from(order), st.sampled_from(list(WORDS))))
    text = f"{order[0]}-{order[-1]} 已领 除 " + " ".join(
        f"{number} {WORDS[mark][1]}" for number, mark in odd.items()
    )
    marks, problems = read_entry(text, pile)
    assert problems == []
    assert marks == {number: odd.get(number, Mark("delivered", "self")) for number in order}


@given(st.text(st.sampled_from("0123456789 -,除已领不在absent་\n༡搬走x＃"), max_size=60), piles)
def test_whatever_is_typed_is_read_or_refused_and_never_beyond_the_pile(
    text: str, pile: set[int]
) -> None:
    marks, _problems = read_entry(text, pile)
    assert set(marks) <= pile


def test_every_word_means_one_thing() -> None:
    words = [word for words in WORDS.values() for word in words]
    assert len(words) == len(set(words))
    assert all(
        mark_of(f" {word.upper()} ") == mark for mark, words in WORDS.items() for word in words
    )
    assert mark_of("看不懂") is None


@pytest.mark.parametrize(
    ("text", "code", "is_scanned"),
    [
        ("https://card.example/c/2024b/#7F3K9Q2M8ZT18\n", "7F3K9Q2M8ZT1", True),
        ("ｈｔｔｐｓ：／／card.example/c/2024b/＃７Ｆ３Ｋ９Ｑ２Ｍ８ＺＴ１８", "7F3K9Q2M8ZT1", True),
        ("7f3k 9q2m-8zt1", "7F3K9Q2M8ZT1", False),
        ("7F3K-9Q2M-8ZT2", None, False),
        ("https://card.example/c/2024b/#UUUUUUUUUUUU8", None, True),
    ],
)
def test_a_scanner_types_an_address_and_a_person_a_code(
    text: str, code: str | None, is_scanned: bool
) -> None:
    found, scanned, problems = typed_code(text)
    assert (found, scanned) == (code, is_scanned)
    assert bool(problems) == (code is None)
