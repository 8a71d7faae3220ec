"""A birth of which only month or year are known decides where any of its days would decide the
same, and else nothing, for that person alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_lists import VILLAGE, catalogue, write_csv

from policycards.catalogue import Catalogue
from policycards.households.entitlements.ageing import parted_by_age
from policycards.households.entitlements.calculate import entitlements
from policycards.households.entitlements.reasons import reasons
from policycards.households.exchange.clean_copy import write_clean
from policycards.households.model import Roster
from policycards.households.roster.date_cells import days_of
from policycards.households.roster.read_roster import read_roster

DAY = date(2026, 11, 15)
AGED = ("longevity-80", "longevity-90", "childcare-subsidy", "resident-basic-pension")


def some_policies() -> Catalogue:
    whole = catalogue()
    return replace(whole, policies=tuple(each for each in whole.policies if each.id in AGED))


def roster(folder: Path, *births: str) -> Roster:
    rows = [["户编号", "区划代码", "姓名", "与户主关系", "出生日期"]]
    for number, birth in enumerate(births):
        rows += [[f"H{number}", VILLAGE, f"户{number}甲", "户主", "1970-01-01"]]
        rows += [[f"H{number}", "", f"人{number}乙", "母亲", birth]]
    found, problems, _notes = read_roster(
        write_csv(folder / "list.csv", rows), catalogue(), today=date(2026, 11, 30)
    )
    assert found is not None, problems
    assert {each.code for each in problems} <= {"W528", "W544"}
    return found


def answers(found: Roster, day: date = DAY) -> dict[str, tuple[object, ...]]:
    """What each policy means for each household, without their names."""
    rows = entitlements(found, some_policies(), day, with_no=True)
    told = rows.group_by("household_id", maintain_order=True).agg(
        pl.concat_str("policy", "standard", "answer", "amount", separator=" ", ignore_nulls=True)
    )
    return {household: tuple(each) for household, each in told.iter_rows()}


@pytest.mark.parametrize(
    ("birth", "answer"),
    [("1940年3月", "yes"), ("1940", "yes"), ("1960.3", "no"), ("1946年11月", "cannot_tell"),
     ("1946年10月", "yes"), ("1946年12月", "no"), ("1946年", "cannot_tell"), ("1938年", "yes")],
)  # fmt: skip
def test_a_month_decides_where_it_decides(birth: str, answer: str, tmp_path: Path) -> None:
    found = roster(tmp_path, birth, "1980-05-05")
    rows = entitlements(found, some_policies(), DAY, with_no=True)
    told = rows.filter((pl.col("policy") == "longevity-80") & (pl.col("household_id") == "H0"))
    assert told["answer"].to_list() == [answer]
    assert told["missing"].to_list() == ["birth_date" if answer == "cannot_tell" else ""]
    other = rows.filter((pl.col("policy") == "longevity-80") & (pl.col("household_id") == "H1"))
    assert other["answer"].to_list() == ["no"]


@settings(max_examples=8, deadline=None)
@given(st.sampled_from([(1946, 11), (1936, 11), (1966, 11), (2023, 11), (2026, 8), (2025, 6)]),
       st.integers(0, 40))  # fmt: skip
def test_what_every_day_of_a_month_gives_the_month_gives(
    month: tuple[int, int], later: int
) -> None:
    first, last = days_of(month)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    homes = [*map(str, range(len(days))), "month"]
    members = pl.DataFrame(
        {
            "household_id": homes,
            "name_zh": homes,
            "name_bo": homes,
            "relation": "户主",
            "birth_date": [*days, None],
            "born_from": [*[None] * len(days), first],
            "born_to": [*[None] * len(days), last],
            "row": range(len(homes)),
        },
        schema_overrides={"birth_date": pl.Date, "born_from": pl.Date, "born_to": pl.Date},
    )
    households = pl.DataFrame({"household_id": homes, "area": VILLAGE, "members": 1})
    day = DAY + timedelta(days=later)
    found = answers(Roster(households, members), day)
    of_days = [found[str(at)] for at in range(len(days))]
    for at, told in enumerate(found["month"]):
        each = {answer[at] for answer in of_days}
        assert told in each if len(each) == 1 else "cannot_tell" in told, (told, each)


def test_somebody_whose_age_limit_comes_is_moved_by_the_calendar(tmp_path: Path) -> None:
    found = roster(tmp_path, "1946年11月", "1946年3月")
    days = (date(2026, 10, 1), date(2026, 11, 15))
    moved, same = parted_by_age(found, [some_policies()], days)
    assert moved.households["household_id"].to_list() == ["H0"]
    assert same.households["household_id"].to_list() == ["H1"]


def test_no_explanation_names_an_age_that_may_be_another(tmp_path: Path) -> None:
    told = reasons(roster(tmp_path, "1930年11月"), "H0", some_policies(), DAY)
    parts = [part for each in told for subject in each.subjects for part in subject.parts]
    figures = {value for part in parts for name, value in part.figures if name == "age"}
    assert None in figures and not figures & {95, 96}


def test_a_clean_copy_keeps_what_is_known(tmp_path: Path) -> None:
    found = roster(tmp_path, "1946.11", "1940")
    copy = write_clean(found, catalogue(), tmp_path / "clean.xlsx")
    again, problems, _notes = read_roster(copy, catalogue(), today=date(2026, 11, 30))
    assert again is not None and [each.code for each in problems] == ["W528", "W528"]
    assert answers(again) == answers(found)


def test_one_person_twice_is_found_by_the_month(tmp_path: Path) -> None:
    rows = [["户编号", "区划代码", "姓名", "与户主关系", "出生日期"],
            ["H1", VILLAGE, "扎西", "户主", "1960-03-02"],
            ["H1", "", "卓玛", "配偶", "1962年7月"], ["H1", "", "卓玛", "配偶", "1962.7"]]  # fmt: skip
    _roster, problems, _notes = read_roster(
        write_csv(tmp_path / "list.csv", rows), catalogue(), today=date(2026, 11, 30)
    )
    assert "E589" in {each.code for each in problems}
