"""A register as a clerk types it: what is read, what is not understood, and that writing and
reading agree.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.ledger.domain.registers import (
    LANGUAGES,
    WORDS,
    Mark,
    mark_of,
    read_entry,
    written_entry,
)
from policycards.ledger.office.office_page import typed_code

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
    ("text", "reported"),
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
def test_what_is_not_understood_is_told_with_its_place(text: str, reported: str) -> None:
    assert str(read_entry(text, PILE)[1][0]) == reported


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


READINGS: list[tuple[str, dict[str, str]]] = [
    ("1-180 已领", {"delivered": "1-180"}),
    ("都领了", {"delivered": "1-180"}),
    ("全部已领", {"delivered": "1-180"}),
    ("全部领取", {"delivered": "1-180"}),
    ("所有户都领了", {"delivered": "1-180"}),
    ("1-180都领了", {"delivered": "1-180"}),
    ("1-180 领取", {"delivered": "1-180"}),
    ("1..180 已领", {"delivered": "1-180"}),
    ("1…180 已领", {"delivered": "1-180"}),
    ("1~180 已领", {"delivered": "1-180"}),
    ("1—180已领", {"delivered": "1-180"}),
    ("1 至 180 已发", {"delivered": "1-180"}),
    ("从1到180已领取", {"delivered": "1-180"}),
    ("第1户到第180户都领了", {"delivered": "1-180"}),
    ("1号-180号已领", {"delivered": "1-180"}),
    ("7不在，其余已领", {"absent": "7", "delivered": "*"}),
    ("7搬走了，其他都领了", {"moved": "7", "delivered": "*"}),
    ("其余已领，7、12不在家", {"absent": "7 12", "delivered": "*"}),
    ("7号没在家，12号外出打工，其余都领了", {"absent": "7 12", "delivered": "*"}),
    ("第7户外出，其它已领", {"absent": "7", "delivered": "*"}),
    ("7打工 12死亡 33已故 剩下的都领了", {"absent": "7", "wrong": "12 33", "delivered": "*"}),
    ("除7、12外都领了", {"delivered": "* -7 -12"}),
    ("除了7、12不在家，其他都领了", {"absent": "7 12", "delivered": "*"}),
    ("除7户以外全部已领", {"delivered": "* -7"}),
    ("1-180已领，7、12除外", {"delivered": "* -7 -12"}),
    ("1-180 已领 除 7 12 不在，33 搬走", {"absent": "7 12", "moved": "33", "delivered": "*"}),
    ("7、12未领，其余已领", {"delivered": "* -7 -12"}),
    ("7没领，其他都领了", {"delivered": "* -7"}),
    ("未领：7、12；其余已领", {"delivered": "* -7 -12"}),
    ("未领的有7、12，其余已领", {"delivered": "* -7 -12"}),
    ("不在家：7、12", {"absent": "7 12"}),
    ("不在：7 12；搬走：33", {"absent": "7 12", "moved": "33"}),
    ("7（不在家）", {"absent": "7"}),
    ("7(外出) 12(搬走)", {"absent": "7", "moved": "12"}),
    ("7不在（去拉萨看病）", {"absent": "7"}),
    ("1-5已领【第一批】", {"delivered": "1-5"}),
    ("7 不在 备注：女儿在县城上学", {"absent": "7"}),
    ("7代领", {"delivered": "7"}),
    ("7由儿子代领", {"delivered": "7"}),
    ("7号由卓玛代领，12号由邻居代领", {"delivered": "7 12"}),
    ("7 家人代领", {"delivered": "7"}),
    ("7亲属代领", {"delivered": "7"}),
    ("７号\u3000没在家", {"absent": "7"}),
    ("༡-༡༨༠ སྤྲད་ཟིན།", {"delivered": "1-180"}),
    ("༧ ཁྱིམ་དུ་མེད། གཞན་ཚང་མ་སྤྲད་ཟིན།", {"absent": "7", "delivered": "*"}),
    ("༡ ནས ༡༨༠ བར་སྤྲད་ཟིན།", {"delivered": "1-180"}),
    ("༧ དང ༡༢ མི་འདུག", {"absent": "7 12"}),
    ("༧ མི་ལེན", {"refused": "7"}),
    ("7和12不在", {"absent": "7 12"}),
    ("7,12,33 搬走了", {"moved": "7 12 33"}),
    ("7.12.33不在", {"absent": "7 12 33"}),
    ("7拒领", {"refused": "7"}),
    ("7丢了", {"lost": "7"}),
    ("7退回", {"returned": "7"}),
    ("7村委会代管", {"left": "7"}),
    ("7姓名不对，12人数不对", {"wrong": "7 12"}),
    ("7户主去世", {"wrong": "7"}),
    ("7分户", {"wrong": "7"}),
    ("#7 不在", {"absent": "7"}),
    ("7无人，12没人", {"absent": "7 12"}),
    ("1-179已领，180外出务工", {"delivered": "1-179", "absent": "180"}),
    ("all delivered except 7 absent", {"absent": "7", "delivered": "*"}),
    ("7 absent, rest delivered", {"absent": "7", "delivered": "*"}),
    ("1-100已领 101-180未领", {"delivered": "1-100"}),
    ("全部已领，除7不在", {"absent": "7", "delivered": "*"}),
    ("1-5 本人领取", {"delivered": "1-5"}),
]
"""Notes as they stand on sheets, of a pile of 180, each with the one reading that it has: numbers by
what became of them; ``*`` is all that no other part names, less the numbers after it.
"""


@pytest.mark.parametrize(("note", "reading"), READINGS)
def test_a_note_from_a_real_sheet_has_one_reading(note: str, reading: dict[str, str]) -> None:
    wanted: dict[str, set[int]] = {}
    left = set(PILE)
    for kind, numbers in reading.items():
        if not numbers.startswith("*"):
            for part in numbers.split():
                first, _sign, last = part.partition("-")
                wanted.setdefault(kind, set()).update(range(int(first), int(last or first) + 1))
            left -= wanted[kind]
    for kind, numbers in reading.items():
        if numbers.startswith("*"):
            gone = {int(each[1:]) for each in numbers.split()[1:]}
            wanted.setdefault(kind, set()).update(left - gone)
    assert kinds(note) == {kind: sorted(wanted[kind]) for kind in kinds(note)}
    assert set(kinds(note)) == set(wanted)


def test_who_collected_for_a_household_is_of_the_family_or_not() -> None:
    for note, detail in (("7由儿子代领", "relative"), ("7由卓玛代领", "proxy"), ("7代领", "proxy")):
        marks, problems = read_entry(note, PILE)
        assert (marks, problems) == ({7: Mark("delivered", detail)}, [])


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "1，180 已领",
            "register:1:1: error E630: '1,180' may mean two cards, or all from 1 to 180",
        ),
        (
            "去拉萨不在7",
            "register:1:1: error E631: '去拉萨不在' is no word for what became of a card; did you mean '不在'?",
        ),
        (
            "7 absemt",
            "register:1:3: error E631: 'absemt' is no word for what became of a card; did you mean 'absent'?",
        ),
        ("7不在，1-180已领", "register:1:5: error E689: number 7 stands there twice"),
        ("7不在，都领了", "register:1:6: error E689: number 7 stands there twice"),
        ("其余", "register: error E693: it is not clear what is meant with 'rest'"),
        ("已领", "register:1:1: error E693: it is not clear what is meant with '已领'"),
        ("共180户，7不在", "register:1:1: error E674: '共' is no word for what became of a card"),
    ],
)
def test_what_has_no_reading_or_two_is_asked_and_nothing_is_guessed(note: str, said: str) -> None:
    assert str(read_entry(note, PILE)[1][0]) == said
