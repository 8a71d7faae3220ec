"""What values and standards must have, beyond the one example of each problem."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder

from policycards.catalogue import check
from policycards.catalogue.checks.catalogue_checks import last_day, months_between
from policycards.catalogue.model.dates import When

TODAY = date(2024, 9, 1)
HEAD = """
id: grazing-ban
category: pasture
name: {bo: ཀ, zh: 字}
summary: {bo: ཀ, zh: 字}
who: {bo: ཀ, zh: 字}
standards:
  - id: area
"""
SOURCE = "recorded: 2024-01-10, checked_on: 2024-06-01, source: {title: 办法}, missing: 未见原文"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path / "policies")


def codes(folder: Path, *lines: str, data: str = "confirmed") -> list[str]:
    """The codes that a policy gives whose only standard has these lines."""
    (folder / POLICY).write_text(
        HEAD + "".join(f"    {line}\n" for line in lines), encoding="utf-8"
    )
    settings = folder / "catalogue.yaml"
    text = settings.read_text(encoding="utf-8").replace("data: confirmed", f"data: {data}")
    settings.write_text(text, encoding="utf-8")
    return [problem.code for problem in check(folder, TODAY)[1]]


def value(since: str, more: str = 'amount: "5"', source: str = SOURCE) -> str:
    return f'  - {{from: "{since}", {more}, {source}}}'


@pytest.mark.parametrize("pays", ["cash", "approved", "event", "paid_for_you", "loan", "you_pay"])
def test_money_needs_a_unit_and_a_value(folder: Path, pays: str) -> None:
    assert codes(folder, f"pays: {pays}") == ["E172", "E178"]
    assert codes(folder, f"pays: {pays}", "unit: mu-year", "values:", value("2016")) == []


@pytest.mark.parametrize("pays", ["in_kind", "by_notice"])
def test_help_without_a_figure_needs_neither_unit_nor_value(folder: Path, pays: str) -> None:
    assert codes(folder, f"pays: {pays}") == []
    assert codes(folder, f"pays: {pays}", "values:", value("2016", "note: 只见提高额")) == []


def test_a_percentage_needs_a_unit_with_its_sign(folder: Path) -> None:
    assert codes(folder, "pays: percent", "unit: share", "values:", value("2016")) == []


@pytest.mark.parametrize("status", ["expected", "ended"])
def test_what_is_expected_or_has_ended_has_no_amount_but_a_source(
    folder: Path, status: str
) -> None:
    lines = ("pays: cash", "unit: mu-year", "values:", value("2016"))
    assert codes(folder, *lines, value("2020", f"status: {status}")) == []
    bare = value("2020", f"status: {status}", "recorded: 2024-01-10, checked_on: 2024-06-01")
    assert codes(folder, *lines, bare) == [{"expected": "E163", "ended": "E164"}[status]]


def test_each_area_has_its_own_order_of_dates(folder: Path) -> None:
    lines = (
        "pays: cash",
        "unit: mu-year",
        "values:",
        value("2016"),
        value("2012", 'amount: "6", area: "5499"'),
    )
    assert codes(folder, *lines) == []
    assert codes(folder, *lines, value("2011", 'amount: "7", area: "5499"')) == ["E160"]


def test_a_correction_is_a_new_entry_at_the_end(folder: Path) -> None:
    lines = ("pays: cash", "unit: mu-year", "values:", value("2011"), value("2016"))
    assert codes(folder, *lines, value("2011", 'amount: "6", corrects: 原抄错')) == []
    assert codes(folder, *lines, value("2016", 'amount: "6"')) == ["W162"]


def test_a_late_notice_is_certain_only_where_the_dates_are_precise_enough(folder: Path) -> None:
    lines = ("pays: cash", "unit: mu-year", "values:")
    assert codes(folder, *lines, value("2016", 'amount: "5", published: 2016-11-30')) == []
    assert codes(folder, *lines, value("2016-06", 'amount: "5", published: 2016-07-01')) == ["W169"]


def test_sample_data_need_not_be_looked_up(folder: Path) -> None:
    old = value("2016", source="recorded: 2024-01-10, source: {title: 办法}, missing: 未见原文")
    lines = ("pays: cash", "unit: mu-year", "values:", old)
    assert codes(folder, *lines) == ["W168"]
    assert codes(folder, *lines, data="sample") == []


def test_only_the_newest_value_is_looked_up_again(folder: Path) -> None:
    old = value("2011", source="recorded: 2024-01-10, source: {title: 办法}, missing: 未见原文")
    assert codes(folder, "pays: cash", "unit: mu-year", "values:", old, value("2016")) == []


def test_rounding_to_nothing_is_impossible(folder: Path) -> None:
    assert codes(folder, "pays: in_kind", 'rounding: "0"') == ["E139"]


@pytest.mark.parametrize(
    "amount", ["-5", "+5", "5.", ".5", "1,200", "1e3", "５", "༥", "5 ", "NaN", "1" * 21]
)
def test_an_amount_is_plain_digits(folder: Path, amount: str) -> None:
    assert codes(
        folder, "pays: cash", "unit: mu-year", "values:", value("2016", f'amount: "{amount}"')
    ) == ["E131"]


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ("2016.7", "E128"),
        ("16", "E128"),
        ("２０１６", "E128"),
        ("2016-00", "E129"),
        ("2023-02-29", "E129"),
        ("0000", "E129"),
    ],
)
def test_a_date_is_one_that_a_calendar_has(folder: Path, since: str, code: str) -> None:
    assert codes(folder, "pays: cash", "unit: mu-year", "values:", value(since)) == [code]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2016", date(2016, 12, 31)),
        ("2016-12", date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 29)),
        ("9999", date.max),
    ],
)
def test_the_last_day_of_a_date_follows_its_precision(when: str, day: date) -> None:
    assert last_day(When.parse(when)) == day


@pytest.mark.parametrize(
    ("start", "months"),
    [(date(2023, 9, 1), 12), (date(2023, 9, 2), 11), (date(2024, 8, 31), 0), (date(2024, 9, 1), 0)],
)
def test_months_are_counted_in_full(start: date, months: int) -> None:
    assert months_between(start, TODAY) == months
