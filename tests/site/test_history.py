"""The history of a standard: rows for the table, steps for the chart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder

from policycards.catalogue import Value, read_catalogue
from policycards.design.content.policy_text import PolicyText
from policycards.site.standard_history import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Chart,
    History,
    address,
    chart,
    histories,
)

TODAY = date(2024, 9, 1)


def value(since: str, amount: str | None, **others: object) -> Value:
    told = {"from": since, "amount": amount, "recorded": "2024-01-10", **others}
    return Value.model_validate(told, by_alias=True, by_name=False)


def history(folder: Path, values: str) -> History:
    """The history of the good folder's standard with other values."""
    good_folder(folder)
    policy = folder / POLICY
    head, _values, _rest = policy.read_text(encoding="utf-8").partition("    values:\n")
    policy.write_text(head + "    values:\n" + values, encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None and catalogue.policies, problems
    (found,) = histories(
        catalogue.policies[0], PolicyText(catalogue, catalogue.settings.area, TODAY)
    )
    return found


def drawn(*values: Value) -> Chart:
    made = chart(list(values), TODAY)
    assert made is not None
    return made


def test_a_chart_rises_in_steps_and_runs_up_to_today() -> None:
    made = drawn(value("2014-09-01", "6"), value("2019-09-01", "12"))
    middle, right = (LEFT + WIDTH - RIGHT) // 2, WIDTH - RIGHT
    half = (TOP + BOTTOM) // 2
    assert made.paths == (f"M{LEFT} {half}H{middle}V{TOP}H{right}",)
    assert made.points == ((LEFT, half), (middle, TOP))
    assert [label.text for label in made.amounts] == ["6", "12"]
    assert [label.text for label in made.years] == ["2014", "2019"]


def test_an_unknown_level_breaks_the_line() -> None:
    made = drawn(
        value("2014-09-01", "6"),
        value("2017", None, status="expected"),
        value("2019", "12"),
        value("2022", None),
    )
    assert len(made.paths) == 2
    assert all("V" not in path for path in made.paths)


@pytest.mark.parametrize(
    "values", [(), (("2014", "6"),), (("2014", "6"), ("2025", "8")), (("2014", "0"), ("2016", "0"))]
)
def test_a_chart_needs_two_amounts_that_have_begun(values: tuple[tuple[str, str], ...]) -> None:
    assert chart([value(*each) for each in values], TODAY) is None


def test_labels_that_would_overlap_give_way_to_later_ones() -> None:
    made = drawn(*(value(str(year), str(year - 2000)) for year in range(2010, 2025)))
    assert len(made.points) == 15
    assert made.amounts[-1].text == "24"
    assert all(
        after.x - before.x >= 88
        for before, after in zip(made.amounts, made.amounts[1:], strict=False)
    )


def test_the_newest_entry_comes_first_with_its_notice(tmp_path: Path) -> None:
    found = history(
        tmp_path / "policies",
        '      - {from: "2011", amount: "6", recorded: 2024-01-10, source: {title: 甲, number:'
        ' 甲1号}, missing: 无}\n      - {from: "2016", amount: "7.50", published: "2017-03",'
        " recorded: 2024-01-10, missing: 无, source: {title: 乙}}\n",
    )
    assert [entry.source.title for entry in found.entries if entry.source] == ["乙", "甲"]
    assert found.entries[0].published is not None and found.entries[1].published is None
    assert "7.50" in found.entries[0].text.zh
    assert all(entry.begun for entry in found.entries)


def test_of_one_day_the_last_recorded_holds(tmp_path: Path) -> None:
    found = history(
        tmp_path / "policies",
        '      - {from: "2016", amount: "7", recorded: 2024-01-10, missing: 无}\n'
        '      - {from: "2016", amount: "7.50", recorded: 2024-02-10, corrects: 抄错, missing:'
        " 无}\n",
    )
    assert [entry.text.zh for entry in found.entries] == [found.entries[0].text.zh]
    assert "7.50" in found.entries[0].text.zh


def test_what_is_announced_ended_or_unknown_is_told_so(tmp_path: Path) -> None:
    found = history(
        tmp_path / "policies",
        '      - {from: "2016", amount: "7", recorded: 2024-01-10, missing: 无}\n'
        '      - {from: "2020", status: expected, recorded: 2024-01-10, missing: 无}\n'
        '      - {from: "2022", status: ended, recorded: 2024-01-10, missing: 无}\n'
        '      - {from: "2025", amount: "9", recorded: 2024-01-10, missing: 无}\n',
    )
    assert [entry.begun for entry in found.entries] == [False, True, True, True]
    words = ["9", "{date}", "字", "7"]
    assert all(
        word.strip("{}") in entry.text.zh or "字" in entry.text.zh
        for word, entry in zip(words, found.entries, strict=True)
    )


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    sources = [
        value("2016", "7", source={"title": "甲", "url": url}).source
        for url in (
            "https://www.example.cn/1",
            "HTTP://a.example",
            "javascript:alert(1)",
            "www.example.cn",
            None,
        )
    ]
    assert [address(source) for source in (*sources, None)] == [
        "https://www.example.cn/1",
        "HTTP://a.example",
        None,
        None,
        None,
        None,
    ]
