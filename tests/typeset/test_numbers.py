"""Numbers, dates and lists in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue.model.dates import When
from policycards.typeset import numbers
from policycards.typeset.text_model import Lang

ZH = {
    "date_year": "{y}年",
    "date_month": "{y}年{m}月",
    "date_day": "{y}年{m}月{d}日",
    "since": "{date}起",
    "since_at_latest": "{date}时已执行",
    "list_two": "{a}和{b}",
    "list_middle": "{a}、{b}",
    "list_last": "{a}和{b}",
}
BO = {
    "date_month": "{y}ལོའི་ཟླ་{m}པ",
    "since": "{date}ནས་བཟུང",
    "list_middle": "{a}དང་། {b}",
    "list_last": "{a}། {b}བཅས",
}


@pytest.mark.parametrize("lang", ["bo", "zh"])
@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("7.50", "7.50"),
        ("7.5", "7.5"),
        ("13800", "13,800"),
        ("13800.00", "13,800"),
        ("1234567.05", "1,234,567.05"),
        ("0", "0"),
        ("0.5", "0.5"),
        ("999", "999"),
        ("1000", "1,000"),
    ],
)
def test_amounts_are_grouped_and_keep_the_decimals_they_have(
    written: str, printed: str, lang: Lang
) -> None:
    assert numbers.amount(Decimal(written), lang) == printed


def test_amounts_in_tibetan_digits() -> None:
    assert numbers.amount(Decimal("13800"), "bo", tibetan_digits=True) == "༡༣,༨༠༠"


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["bo", "zh"]))
def test_an_amount_reads_back_as_the_same_number(value: Decimal, lang: Lang) -> None:
    assert Decimal(numbers.amount(value, lang).replace(",", "")) == value


@given(
    st.integers(0, 4).flatmap(lambda places: st.decimals(0, 10**9, places=places)),
    st.sampled_from(["bo", "zh"]),
)
def test_the_quick_way_prints_the_same_in_both_languages(value: Decimal, lang: Lang) -> None:
    assert numbers.plain(value) == numbers.amount(value, lang)


@pytest.mark.parametrize(
    ("when", "printed"),
    [("2016", "2016年"), ("2016-07", "2016年7月"), ("2016-07-01", "2016年7月1日")],
)
def test_a_date_is_as_precise_as_it_is_known(when: str, printed: str) -> None:
    assert numbers.date(When.parse(when), ZH, "zh") == printed


def test_a_start_says_whether_it_is_known() -> None:
    assert numbers.since(When.parse("2016"), ZH, "zh") == "2016年起"
    assert numbers.since(When.parse("../2016"), ZH, "zh") == "2016年时已执行"
    assert numbers.since(When.parse("2016-07"), BO, "bo") == "2016ལོའི་ཟླ་7པནས་བཟུང"


@pytest.mark.parametrize(
    ("things", "printed"),
    [
        ([], ""),
        (["村"], "村"),
        (["村", "乡"], "村和乡"),
        (["村", "乡", "县"], "村、乡和县"),
        (list("村乡县市"), "村、乡、县和市"),
    ],
)
def test_a_list_joins_its_last_two_in_words(things: list[str], printed: str) -> None:
    assert numbers.listing(things, ZH, "zh") == printed


def test_a_tibetan_list_by_its_own_pattern() -> None:
    assert numbers.listing(["ཀ", "ཁ", "ག"], BO, "bo") == "ཀདང་། ཁ། གབཅས"
