"""Lists made to mislead, of every class of fault: a household is as in the list or told of, and
never a wrong figure, a person too many, a family merged or cut in silence.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from roster_lists import VILLAGE, catalogue, write_csv, write_xlsx

from policycards.core.problems import Problem
from policycards.households.model import Roster
from policycards.households.roster.findings import Notes
from policycards.households.roster.read_roster import read_roster

TODAY = date(2026, 11, 30)
HERE = "示例一村"
HEADINGS = ["户编号", "村", "组", "姓名", "与户主关系", "出生日期", "禁牧面积", "农村低保金额"]
ROWS = [
    ["1", HERE, "1组", "扎西", "户主", "1960-03-02", "100", "2400"],
    ["", "", "", "卓玛", "妻", "1962-07-01", "", ""],
    ["2", HERE, "1组", "次仁", "户主", "1980-01-05", "50", ""],
    ["", "", "", "德吉", "女", "2012-11-30", "", ""],
]
WHOLE = {"1": (2, "100", "2400"), "2": (2, "50", None)}
"""Each household of these rows: people, mu, approved yuan."""


def read(
    folder: Path, rows: list[list[str]], form: str = "xlsx"
) -> tuple[Roster | None, list[Problem], Notes]:
    write = write_xlsx if form == "xlsx" else write_csv
    path = write(folder / f"list.{form}", rows)
    return read_roster(path, catalogue(), today=TODAY)


def homes(roster: Roster | None) -> dict[str, tuple[object, ...]]:
    if roster is None:
        return {}
    dibao = pl.col("^is_rural-dibao$")
    found = roster.households.select("household_id", "members", "grazing_ban_mu", dibao)
    return {
        household: (people, f"{mu.normalize():f}" if mu is not None else None, *(yuan or [None]))
        for household, people, mu, *yuan in found.iter_rows()
    }


def a_row(**cells: str) -> list[str]:
    """A row with some cells, by ``c`` and the number of their column."""
    row = [""] * len(HEADINGS)
    for name, text in cells.items():
        row[int(name[1:])] = text
    return row


NOBODY = [
    (a_row(c3="全组合计", c6="150"), "sum"),
    (a_row(c0="三组小计", c3="2户", c6="150"), "sum"),
    (a_row(c3="合计：2户4人", c6="150"), "sum"),
    (a_row(c1="村合计", c3="4人", c6="150"), "sum"),
    (a_row(c3="本页共计", c5="4", c6="150"), "sum"),
    (a_row(c3="总  计", c6="150"), "sum"),
    (a_row(c3="汇总", c6="150"), "sum"),
    (a_row(c3="平均每户", c6="75"), "sum"),
    (a_row(c3="2户", c4="4人", c6="150"), "sum"),
    (a_row(c3="བསྡོམས་འབོར།", c6="150"), "sum"),
    (a_row(c3="填表人：达瓦", c5="2026年9月1日"), "signature"),
    (a_row(c0="村委会主任（签字）：", c3="达瓦", c5="2026.9.1"), "signature"),
    (a_row(c0="说明：本表一式三份，村、乡、县各存一份"), "note"),
    (a_row(c3="（此表由村委会填写）"), "note"),
    (a_row(c3="其中：女", c5="2"), "note"),
    (a_row(c3="以上户数经公示无异议"), "note"),
    ([*map(str, range(1, 9))], "headings"),
]


@pytest.mark.parametrize(("row", "kind"), NOBODY, ids=lambda each: str(each)[:40])
def test_what_is_nobody_changes_no_household(row: list[str], kind: str, tmp_path: Path) -> None:
    roster, problems, notes = read(tmp_path, [HEADINGS, *ROWS, row])
    assert homes(roster) == WHOLE and problems == []
    assert notes.aside == {kind: ("6",)}


DOUBTFUL = [
    (a_row(c3="达瓦", c4="填表人", c5="2026-09-01"), "E567"),
    (a_row(c3="经办人", c4="达瓦", c5="2026-09-01"), "E567"),
    (a_row(c2="审核：", c3="格桑", c4="村长", c5="2026-9-1"), "E567"),
    (a_row(c3="示例一村村民委员会", c5="2026-09-01"), "E563"),
    (a_row(c3="2026年9月1日"), "E563"),
    (a_row(c3="སྒྲིག་མཁན། ཟླ་བ།", c5="2026-09-01"), "E563"),
    (a_row(c3="达瓦", c5="2026-09-01"), "E563"),
    (a_row(c3="德吉", c4="女"), "E589"),
    (a_row(c3="德 吉", c4="女", c5="2012.11.30"), "E589"),
    (a_row(c3="德吉、旺堆", c4="女", c5="2012-11-30"), "E597"),
    (a_row(c3="无", c4="女", c5="2012-11-30"), "E563"),
    (a_row(c6="88"), "E563"),
]


@pytest.mark.parametrize(("row", "code"), DOUBTFUL, ids=lambda each: str(each)[:40])
def test_what_may_be_somebody_is_told_and_nobody_is_added(
    row: list[str], code: str, tmp_path: Path
) -> None:
    roster, problems, notes = read(tmp_path, [HEADINGS, *ROWS, row])
    assert homes(roster) == {"1": WHOLE["1"]} and notes.left_out == ("2",)
    assert (code, 6) in {(each.code, each.place.line) for each in problems}


@pytest.mark.parametrize(
    ("relations", "people"),
    [
        (("本人", "妻", "本人", "女"), [2, 2]),
        (("户主/本人", "妻", "户主；", "长女"), [2, 2]),
        (("戶主", "妻", "戶主", "女"), [2, 2]),
        (("0", "1", "0", "3"), [2, 2]),
        (("01", "10", "01", "30"), [2, 2]),
        (("1", "10", "1", "30"), [2, 2]),
        (("02", "10", "02", "30"), [2, 2]),
        (("ཁྱིམ་བདག", "ཆུང་མ", "ཁྱིམ་བདག", "བུ་མོ"), [2, 2]),
        (("户主*", "妻", "　户主", "女儿"), [2, 2]),
        (("户主（已故）", "妻", "户主", "女"), [2, 2]),
        (("Head", "wife", "Head", "daughter"), [2, 2]),
        (("原户主", "妻", "户主", "女"), [2]),
        (("户主之妻", "户主", "户主", "女"), [2]),
        (("", "妻", "", "女"), []),
    ],
)
@pytest.mark.parametrize("numbered", [True, False])
def test_families_are_never_cut_or_merged(
    relations: tuple[str, ...], people: list[int], numbered: bool, tmp_path: Path
) -> None:
    rows = [[*row[:4], said, *row[5:]] for row, said in zip(ROWS, relations, strict=True)]
    if not numbered:
        rows = [["", *row[1:]] for row in rows]
    roster, problems, _notes = read(tmp_path, [HEADINGS, *rows])
    names = {} if roster is None else dict(roster.members.select("name_zh", "household_id").rows())
    for one, other in (("扎西", "卓玛"), ("次仁", "德吉")):
        assert names.get(one) == names.get(other)
    assert not names.get("扎西") or names.get("扎西") != names.get("次仁")
    told = {each.place.line for each in problems}
    assert len(names) == 4 or told & {2, 3, 4, 5}
    if not numbered or people == [2, 2]:
        assert (roster.households["members"].to_list() if roster else []) == people


FIGURES = [
    (6, "禁牧面积（单位：公顷）", "10", "150"),
    (6, "禁牧面积（市亩）", "10", "10"),
    (6, "禁牧面积（㎡）", "1000", "1.5"),
    (6, "禁牧面积", "10 ha", "150"),
    (6, "禁牧面积", "༡༠༠", "100"),
    (6, "禁牧面积", "１０．５亩", "10.5"),
    (6, "禁牧面积(百亩)", "1", "E583"),
    (6, "禁牧面积（平方公里）", "1", "E583"),
    (6, "禁牧面积（2025年）", "10", "E583"),
    (6, "禁牧面积", "1千亩", "E575"),
    (6, "禁牧面积", "1万", "E575"),
    (6, "禁牧面积", "十亩", "E530"),
    (6, "禁牧面积", "1 200", "E530"),
    (6, "禁牧面积", "10+5", "E530"),
    (6, "禁牧面积", "10亩(流转5亩)", "E530"),
    (6, "禁牧面积", "1e2", "E517"),
    (7, "农村低保金额(每月)", "100", "1200"),
    (7, "农村低保金额（季）", "300", "1200"),
    (7, "农村低保金额（百元）", "24", "2400"),
    (7, "农村低保金额", "200元/月", "2400"),
    (7, "农村低保金额", "0.24万元", "2400"),
    (7, "农村低保金额", "￥2,400.00", "2400"),
    (7, "农村低保金额（元/人/月）", "100", "E583"),
    (7, "农村低保金额（人均）", "100", "E583"),
    (7, "农村低保金额（户均）", "100", "E583"),
    (7, "农村低保金额（累计）", "1200", "E583"),
    (7, "农村低保金额（2026年1-6月）", "1200", "E583"),
    (7, "农村低保金额", "200×12", "E536"),
    (7, "农村低保金额", "2400.5.0", "E536"),
    (7, "农村低保金额", "贰仟肆佰元", "E536"),
    (7, "农村低保金额", "2", "E577"),
    (7, "农村低保金额（万元）", "2400", "E532"),
]


@pytest.mark.parametrize(("at", "heading", "cell", "figure"), FIGURES)
def test_a_figure_is_right_or_told(
    at: int, heading: str, cell: str, figure: str, tmp_path: Path
) -> None:
    headings = [*HEADINGS[:at], heading, *HEADINGS[at + 1 :]]
    rows = [[*ROWS[0][:at], cell, *ROWS[0][at + 1 :]], *ROWS[1:]]
    roster, problems, _notes = read(tmp_path, [headings, *rows])
    found = homes(roster).get("1")
    if figure.startswith("E"):
        assert figure in {each.code for each in problems}
        assert found is None or found[at - 5] is None
    else:
        assert problems == [] and found is not None and found[at - 5] == figure


DATES = {
    "1962.7.1生": date(1962, 7, 1),
    "一九六二年七月一日": date(1962, 7, 1),
    "1962-07-01T00:00:00": date(1962, 7, 1),
    "22828": date(1962, 7, 1),
    "62.7.1": "E525",
    "07/01/1962": "E525",
    "1962.7-8": "E524",
    "1962年7-8": "E524",
    "1962.7.1（农历）": "E580",
    "1962年七月初一": "E580",
    "藏历水虎年五月": "E580",
    "壬寅年七月": "E580",
    "1962.7.1/1962.8.2": "E524",
    "60岁": "E524",
    "约1962年": "E524",
    "1962-07-00": "E526",
    "1900-01-00": "E526",
    "2062-07-01": "E527",
    "1862-07-01": "E529",
}


@pytest.mark.parametrize("cell", sorted(DATES))
def test_a_birth_is_right_or_not_known(cell: str, tmp_path: Path) -> None:
    rows = [ROWS[0], [*ROWS[1][:5], cell, "", ""], *ROWS[2:]]
    roster, problems, _notes = read(tmp_path, [HEADINGS, *rows])
    assert roster is not None and homes(roster) == WHOLE
    born = roster.members["birth_date"].to_list()[1]
    if isinstance(DATES[cell], date):
        assert born == DATES[cell] and problems == []
    else:
        assert born is None and DATES[cell] in {each.code for each in problems}


def test_units_in_a_line_below_the_headings_hold(tmp_path: Path) -> None:
    roster, problems, _notes = read(tmp_path, [HEADINGS, a_row(c6="（公顷）"), *ROWS])
    assert problems == [] and homes(roster)["1"][1] == "1500"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_headings_in_another_order_end_the_list(form: str, tmp_path: Path) -> None:
    other = [*HEADINGS[:6], "草畜平衡面积", "禁牧面积"]
    headings = [*HEADINGS[:6], "禁牧面积", "草畜平衡面积"]
    rows = [[*row[:6], row[6], ""] for row in ROWS]
    roster, problems, _notes = read(tmp_path, [headings, *rows[:2], other, *rows[2:]], form)
    assert [each.code for each in problems] == ["E598"]
    assert roster is not None and roster.households["household_id"].to_list() == ["1"]


def test_heads_who_stand_twice_and_lists_of_all_people_in_one_cell_are_told(tmp_path: Path) -> None:
    one = [HERE, "扎西", "3", "10"]
    _roster, problems, _notes = read(
        tmp_path, [["村", "户主姓名", "家庭人口", "禁牧面积"], one, one]
    )
    assert ("W544", 3) in {(each.code, each.place.line) for each in problems}
    headings = ["村", "户主姓名", "家庭人口", "家庭成员姓名"]
    several = [HERE, "扎西", "3", "扎西、卓玛、德吉"]
    roster, problems, _notes = read(tmp_path, [headings, several])
    assert roster is None and "E597" in {each.code for each in problems}


@pytest.mark.parametrize("people", ["0", "5+1", "3（其中女2）", "若干"])
def test_a_number_of_people_that_is_none_is_told(people: str, tmp_path: Path) -> None:
    rows = [["村", "户主姓名", "家庭人口"], [HERE, "扎西", people], [HERE, "卓玛", "3人"]]
    roster, problems, _notes = read(tmp_path, rows)
    assert (2, "E530") in {(each.place.line, each.code) for each in problems}
    assert roster is not None and roster.households["members"].to_list() == [3]


@pytest.mark.parametrize(
    "name", ["示例1村", "一村", "示例一村一组", "示例乡示例一村", "示例一村（原二村）", "示例壹村",
             "示例一村/示例二村", "示例县示例一乡示例一村1组", "示例三村、示例一村", "外村"]
)  # fmt: skip
def test_a_name_that_is_no_village_s_is_asked_about(name: str, tmp_path: Path) -> None:
    rows = [[*row[:1], name if row[1] else "", *row[2:]] for row in ROWS]
    roster, _problems, notes = read(tmp_path, [HEADINGS, *rows])
    assert roster is None and [each.count for each in notes.questions] == [2]


def test_groups_that_are_called_by_a_numeral_alone_keep_it(tmp_path: Path) -> None:
    rows = [
        [*ROWS[0][:2], "一", *ROWS[0][3:]],
        ROWS[1],
        [*ROWS[2][:2], "二", *ROWS[2][3:]],
        ROWS[3],
    ]
    roster, problems, _notes = read(tmp_path, [HEADINGS, *rows])
    assert problems == [] and roster is not None
    assert roster.households["group"].to_list() == ["一", "二"]
    assert roster.households["area"].unique().to_list() == [VILLAGE]
