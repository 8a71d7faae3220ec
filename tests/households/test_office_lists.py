"""Lists as offices have them: every class of fault with the right value of its file, and others of
its kind.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from roster_lists import HEADINGS, VILLAGE, catalogue, spoilt, write_csv, write_xlsx

from policycards.core.problems import Problem
from policycards.households.model import Roster
from policycards.households.roster.findings import Notes
from policycards.households.roster.read_roster import read_roster

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 30)
MU, DIBAO = HEADINGS[7], HEADINGS[9]


def read(path: Path, **answers: str) -> tuple[Roster | None, list[Problem], Notes]:
    mapping = {key.replace("__", ":"): value for key, value in answers.items()}
    return read_roster(path, catalogue(), today=TODAY, mapping=mapping)


def case(name: str) -> tuple[Roster, list[str], Notes]:
    """A case that has households, and the codes of its problems."""
    roster, problems, notes = read(next(CASES.glob(f"{name}*")))
    assert roster is not None, problems
    return roster, sorted({each.code for each in problems}), notes


def refused(name: str) -> list[str]:
    roster, problems, _notes = read(next(CASES.glob(f"{name}*")))
    assert roster is None
    return [each.code for each in problems]


def people(roster: Roster) -> dict[str, int]:
    return dict(roster.households.select("household_id", "members").iter_rows())


SOUND = {
    "f01-formula": {"H1": 2, "H2": 2},
    "f01-group": {"H1": 2, "H2": 2},
    "f01-signature": {"H1": 2, "H2": 2},
    "f04-collapsed": {"H1": 2, "H2": 2},
    "f05-one-head": {"H1": 2, "H2": 2, "H3": 2},
    "f09-heads": {"H1": 5, "H2": 3},
    "f12-sheet-behind": {"H1": 2, "H2": 2},
    "f13-backslashes": {"H1": 2, "H2": 2},
    "f13-shared-strings-at": {"H1": 2, "H2": 2},
    "f13-shared-strings-in": {"H1": 2, "H2": 2},
    "f15-private": {"H1": 2, "H2": 2},
    "f16-full-width": {"H1": 2, "H2": 2},
    "f18-number": {"0007": 2, "0008": 2},
    "f19-apostrophes": {"H1": 2, "H2": 2},
    "f20-one-quote": {"H1": 1, "H2": 1, "H3": 1},
    "f20-quoted": {"H1": 1, "H2": 1, "H3": 1},
    "f22-control-z": {"H1": 2, "H2": 2},
    "f26-variation": {"H1": 2, "H2": 2},
}


@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_list_has_its_households_and_people(name: str) -> None:
    roster, codes, _notes = case(name)
    assert people(roster) == SOUND[name]
    assert set(codes) <= {"W103", "W562"}


def test_a_sum_of_a_group_is_nobody_s_area() -> None:
    roster, _codes, notes = case("f01-group")
    assert roster.households["grazing_ban_mu"].to_list() == [None, Decimal("0.0000")]
    assert notes.aside == {"sum": ("4",)}


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (["", "", "", "全村合计", "", "", "", "99"], "sum"),
        (["", "", "", "", "", "", "本页小计", "99"], "sum"),
        (["共2户4人", "", "", "", "", "", "", ""], "sum"),
        (["", "", "", "村主任签字：", "", "", "", ""], "signature"),
        (["审核人：", "", "", "格桑", "", "", "2024年9月1日", ""], "signature"),
        (["", "", "", "（盖章）", "", "", "", ""], "signature"),
        (["", "", "", "以下空白", "", "", "", ""], "note"),
        (["注：面积以确权证为准", "", "", "", "", "", "", ""], "note"),
        (["", "", "", "\u200b", "", "", "", "0.00"], "nothing"),
        (["", "", "", "-", "/", "", "", "0"], "nothing"),
        (list(HEADINGS[:8]), "headings"),
    ],
)
def test_what_is_no_person_is_set_aside_as_what_it_is(
    last: list[object], kind: str, tmp_path: Path
) -> None:
    rows = spoilt((3, "户编号", ""), (5, "户编号", ""))
    roster, problems, notes = read(write_xlsx(tmp_path / "list.xlsx", [*rows, [*last, "", ""]]))
    assert problems == [] and roster is not None
    assert people(roster) == {"H1": 2, "H2": 2}
    assert notes.aside == {kind: ("6",)}


@pytest.mark.parametrize("row", [["1500"], ["", "旺堆"], ["", "", "三口人"]])
def test_what_fits_nowhere_is_told_and_keeps_the_household_above(
    row: list[str], tmp_path: Path
) -> None:
    last: list[object] = [""] * 10
    for at, text in enumerate(row):
        last[(7, 3, 2)[at]] = text
    rows = spoilt((3, "户编号", ""), (5, "户编号", ""))
    roster, problems, notes = read(write_xlsx(tmp_path / "list.xlsx", [*rows, last]))
    assert roster is not None and people(roster) == {"H1": 2}
    assert [each.code for each in problems] == ["W546", "E563"] and notes.left_out == ("H2",)


UNITS = [
    ("禁牧面积（公顷）", "12.5", Decimal("187.5")),
    ("禁牧面积（万亩）", "0.01", Decimal(100)),
    ("禁牧面积(亩)", "12.5亩", Decimal("12.5")),
    ("禁牧面积", "12亩5分", Decimal("12.5")),
    ("禁牧面积", "1公顷", Decimal(15)),
    ("禁牧面积", "１，２００", Decimal(1200)),
    ("禁牧面积", "无", Decimal(0)),
]


@pytest.mark.parametrize(("heading", "cell", "mu"), UNITS)
def test_units_of_headings_and_cells_convert(
    heading: str, cell: str, mu: Decimal, tmp_path: Path
) -> None:
    rows = spoilt((2, MU, cell))
    rows[0][HEADINGS.index(MU)] = heading
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert problems == [] and roster is not None
    assert roster.households["grazing_ban_mu"].to_list()[0] == mu


@pytest.mark.parametrize(
    ("heading", "cell", "yuan"),
    [
        ("农村最低生活保障金额（万元）", "0.24", "2400"),
        ("农村最低生活保障（元/月）", "400", "4800"),
        ("农村低保金额（元/年）", "400", "400"),
        ("是否享受农村最低生活保障（1是2否）", "1", "yes"),
        ("是否享受农村最低生活保障（1是2否）", "2", "no"),
        ("是否享受农村最低生活保障", "○", "yes"),
    ],
)
def test_money_has_its_unit_and_period_and_codes_are_no_money(
    heading: str, cell: str, yuan: str, tmp_path: Path
) -> None:
    rows = spoilt((4, DIBAO, cell))
    rows[0][HEADINGS.index(DIBAO)] = heading
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert problems == [] and roster is not None
    assert roster.households["is_rural-dibao"].to_list()[1] == yuan


def test_codes_without_a_legend_are_told_and_give_no_card(tmp_path: Path) -> None:
    rows = spoilt((2, DIBAO, "1"), (4, DIBAO, "2"))
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert roster is None
    assert sorted(each.code for each in problems) == ["E550", "E577", "E577"]


@pytest.mark.parametrize("heading", ["禁牧面积（平方公里）", "禁牧面积（补贴）"])
def test_a_heading_with_a_word_that_nobody_knows_is_refused_by_name(
    heading: str, tmp_path: Path
) -> None:
    rows = spoilt()
    rows[0][HEADINGS.index(MU)] = heading
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert [each.code for each in problems] == ["E583"] and roster is not None
    assert roster.households["grazing_ban_mu"].null_count() == 2


@pytest.mark.parametrize("word", ["户 主", "户主（本人）", "本人", "01", "1", "户  主 "])
def test_a_head_begins_a_household_however_it_is_written(word: str, tmp_path: Path) -> None:
    rows = [row[1:] for row in spoilt((2, "与户主关系", word), (4, "与户主关系", word))]
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert roster is not None and [each.code for each in problems] == ["W545"]
    assert roster.households["members"].to_list() == [2, 2]


def test_a_word_that_nobody_knows_may_begin_a_household_and_is_asked_about(tmp_path: Path) -> None:
    rows = [row[1:] for row in spoilt((4, "与户主关系", "户住"))]
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert roster is None and "E567" in {each.code for each in problems}


def test_numbers_may_begin_again_in_each_village(tmp_path: Path) -> None:
    first = [["1", *row[1:]] for row in spoilt()[1:3]]
    second = [["1", "549901101202" if row[1] else "", *row[2:]] for row in spoilt()[3:]]
    roster, problems, _notes = read(
        write_xlsx(tmp_path / "list.xlsx", [list(HEADINGS), *first, *second])
    )
    assert problems == [] and roster is not None
    assert people(roster) == {f"{VILLAGE}-1": 2, "549901101202-1": 2}


@pytest.mark.parametrize(
    "name",
    ["示例一村", "示例一村村委会", "示例一乡示例一村", "示例县示例一乡示例一村", "示例县示例一乡示例一村民委员会",
     "དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ།"],
)  # fmt: skip
def test_a_village_is_known_by_its_name_and_path(name: str, tmp_path: Path) -> None:
    roster, problems, _notes = read(
        write_xlsx(tmp_path / "list.xlsx", spoilt((2, "区划代码", name), (4, "区划代码", name)))
    )
    assert problems == [] and roster is not None
    assert roster.households["area"].unique().to_list() == [VILLAGE]


def test_an_unknown_village_is_asked_about_once_and_the_answer_holds(tmp_path: Path) -> None:
    rows = spoilt((2, "区划代码", "上村"), (4, "区划代码", "上村"))
    path = write_xlsx(tmp_path / "list.xlsx", rows)
    roster, _problems, notes = read(path)
    assert roster is None and [(each.id, each.count) for each in notes.questions] == [
        ("area:上村", 2)
    ]
    roster, problems, _notes = read(path, area__上村=VILLAGE)
    assert problems == [] and roster is not None


def test_three_sheets_are_three_villages() -> None:
    roster, codes, notes = case("w1-")
    assert codes == ["W510"] and notes.households == 18
    counts = roster.households.group_by("area").agg(people=_sum("members")).sort("area")
    assert counts.rows() == [(VILLAGE, 26), ("549901101202", 22), ("549901101203", 19)]
    assert roster.members["birth_date"].null_count() == 0
    assert {each.id for each in notes.questions} == {"heading:草场面积（亩）", "heading:是否低保"}
    assert "残疾等级" in notes.personal


def _sum(name: str) -> object:
    import polars as pl

    return pl.col(name).sum()


WHOLE = {"w2-": (12, 46), "w3-": (7, 27), "w8-": (10, 32), "wC-": (8, 31), "wD-": (8, 31)}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_whole_workbook_has_its_households_and_people(name: str) -> None:
    roster, _codes, _notes = case(name)
    assert (roster.households.height, roster.households["members"].sum()) == WHOLE[name]


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    roster, codes, _notes = case("w6-")
    assert roster.households.height == 10 and codes == ["W510"]
    assert roster.members["birth_date"].null_count() == 0


def test_joined_headings_are_offered_and_not_taken() -> None:
    roster, _codes, notes = case("w2-")
    assert roster.households["grazing_ban_mu"].null_count() == 12
    choices = {each.about: each.choices[0] for each in notes.questions}
    assert choices["禁牧补助·面积"] == "grazing_ban_mu"
    assert choices["草畜平衡奖励·面积"] == "balance_mu"


def test_dates_and_areas_in_every_form() -> None:
    roster, codes, notes = case("w9-")
    assert people(roster) == {"1": 3, "2": 3, "3": 3, "4": 3, "5": 3, "6": 3, "7": 1}
    assert {"E590", "E580", "E525", "W528"} <= set(codes)
    assert [each.id for each in notes.questions] == ["month:出生日期"]
    areas = roster.households["grazing_ban_mu"].to_list()
    assert areas[:3] == [Decimal("12.5")] * 3 and areas[5] == 1200


@pytest.mark.parametrize(("answer", "month"), [("january", 1), ("october", 10)])
def test_a_number_that_lost_its_nought_is_asked_about_and_then_a_part_of_a_date(
    answer: str, month: int, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", spoilt((3, HEADINGS[6], 1962.1)))
    assert "E590" in {each.code for each in read(path)[1]}
    assert [each.code for each in read(path, month__出生日期=answer)[1]] == ["W528"]
    assert month in (1, 10)


def test_day_numbers_count_from_the_first_day_of_the_workbook() -> None:
    roster, codes, _notes = case("f08-")
    assert codes == [] and roster.members["birth_date"].to_list()[0] == date(1960, 3, 2)


def test_an_identity_number_tells_against_another_birth_date() -> None:
    roster, codes, _notes = case("f25-")
    assert codes == ["W560", "W582"]
    assert roster.members["birth_date"].to_list()[0] is None


REFUSED = {
    "f10-": "E586",
    "f12-all": "E573",
    "x1-": "E572",
    "x6-": "E585",
    "roster-zip-encrypted": "E501",
    "roster-zip-flip": "E502",
    "roster-ref-col": "E502",
    "roster-row-huge": "E502",
    "roster-far-cell": "E502",
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_read_says_why_and_is_no_success(name: str) -> None:
    assert REFUSED[name] in refused(name)


@pytest.mark.parametrize(
    ("name", "code"), [("f06-", "E589"), ("f17-", "W578"), ("f21-", "E518"), ("f11-empty", "E524")]
)
def test_what_is_doubtful_is_told(name: str, code: str) -> None:
    _roster, codes, _notes = case(name)
    assert code in codes


def test_two_families_stay_two() -> None:
    roster, _codes, _notes = case("f05-two")
    assert roster.households["members"].to_list() == [2, 2]


def test_rows_hidden_by_a_filter_are_told_with_how_many_they_hide(tmp_path: Path) -> None:
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", spoilt(), hidden=[3, 4, 5]))
    assert roster is not None and people(roster) == {"H1": 2}
    assert [each.code for each in problems] == ["W562", "W564"]


@pytest.mark.parametrize("mark", ["／", "－", "—", "〇", "无", "/", "\\", "N/A", "　", "……"])
def test_marks_for_nothing_are_nothing_or_nought(mark: str, tmp_path: Path) -> None:
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", spoilt((2, MU, mark))))
    assert problems == [] and roster is not None
    assert roster.households["grazing_ban_mu"].to_list()[0] in (None, Decimal(0))


def test_a_csv_keeps_groups_of_headings_over_two_lines(tmp_path: Path) -> None:
    rows = [
        ["村名", "户主姓名", "家庭人口", "禁牧", "", "草畜平衡", ""],
        ["", "", "", "面积", "金额", "面积", "金额"],
        ["示例一村", "扎西", "4", "12.5", "100", "30", "75"],
    ]
    roster, problems, _notes = read(write_csv(tmp_path / "list.csv", rows))
    assert roster is not None and {each.code for each in problems} == {"W510", "W545"}
    assert roster.households["grazing_ban_mu"].to_list() == [Decimal("12.5")]
    assert roster.households["balance_mu"].to_list() == [Decimal(30)]
    assert roster.households["members"].to_list() == [4]


def test_a_workbook_with_merged_cells_is_read_in_linear_time(tmp_path: Path) -> None:
    rows: list[list[object]] = [list(HEADINGS)]
    blocks = []
    for home in range(300):
        top = 2 + 2 * home
        rows.append([f"H{home}", VILLAGE, "", f"扎西{home}", "", "户主", "1960-03-02", "3", "", ""])
        rows.append(["", "", "", f"卓玛{home}", "", "配偶", "1962-07-01", "", "", ""])
        blocks += [f"{column}{top}:{column}{top + 1}" for column in "ABH"]
    roster, problems, notes = read(write_xlsx(tmp_path / "list.xlsx", rows, merged=blocks))
    assert roster is not None and problems == [] and notes.merged == 900
    assert set(people(roster).values()) == {2}
