"""What a clerk gets back: all problems in a workbook, the own list marked, a clean copy, a
template, a sample.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from roster_lists import HEADINGS, ROOT, TODAY, VILLAGE, catalogue, spoilt, write_csv, write_xlsx

from policycards.households.exchange.clean_copy import write_clean
from policycards.households.exchange.marked_copy import mark_list, write_errors
from policycards.households.exchange.sample import write_sample_folder, write_sample_workbook
from policycards.households.exchange.template import write_template
from policycards.households.model import Roster
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.heading_match import MARK
from policycards.households.roster.read_roster import read_roster
from policycards.tables.xlsx_writer import harmless

MU, BIRTH = "禁牧面积（亩）", "出生日期"


def sheet_rows(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def same(one: Roster, two: Roster) -> bool:
    """Whether two rosters say the same, wherever it stood in their files."""
    key = ["household_id", "name_bo", "name_zh", "birth_date"]
    return one.households.drop("row").equals(two.households.drop("row")) and one.members.drop(
        "row"
    ).sort(key).equals(two.members.drop("row").sort(key))


def test_the_workbook_of_problems_has_row_column_value_and_what_to_do(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "list.xlsx", spoilt((2, MU, "-3"), (3, BIRTH, "不详"), (4, "组", "=2+2"))
    )
    _roster, problems, notes = read_roster(path, catalogue(), today=TODAY)
    write_errors(tmp_path / "errors.xlsx", problems, notes.values, lambda text: text)
    rows = sheet_rows(tmp_path / "errors.xlsx")
    assert rows[:2] == [
        ("ཡིག་ཆ", "གྲལ", "སྟར", "ནང་དོན", "གནད་དོན", "ཇི་ལྟར་བྱེད་པ", "ཨང་རྟགས"),
        ("文件", "行", "列", "内容", "问题", "怎么办", "代号"),
    ]
    told = {(row[1], row[2], row[3], row[6]) for row in rows[2:]}
    assert {("2", "H", "-3", "E531"), ("3", "G", "不详", "E524"), ("4", "C", "'=", "E522")} <= told
    assert rows[2][4] == "no household of this list can be printed"
    cells = [
        cell
        for row in load_workbook(tmp_path / "errors.xlsx").worksheets[0].iter_rows()
        for cell in row
        if cell.value
    ]
    assert {cell.data_type for cell in cells} == {"s"} and {
        cell.number_format for cell in cells
    } == {"@"}


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@sum", "\t=1", "\r=1"])
def test_nothing_is_a_formula_in_a_file_for_an_office(text: str, tmp_path: Path) -> None:
    assert harmless(text) == "'" + text
    path = write_csv(tmp_path / "list.csv", spoilt((2, MU, f'"{text}"'), (3, BIRTH, "不详")))
    _roster, problems, notes = read_roster(path, catalogue(), today=TODAY)
    write_errors(tmp_path / "errors.xlsx", problems, notes.values, lambda text: text)
    mark_list(path, tmp_path / "marked.csv", catalogue(), {}, problems, lambda text: text)
    with zipfile.ZipFile(tmp_path / "errors.xlsx") as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<formatCode", b"")
    assert not [
        cell
        for cell in (tmp_path / "marked.csv").read_text("utf-8-sig").split(",")
        if cell.startswith(text)
    ]


def test_the_clerks_own_list_comes_back_marked_and_otherwise_as_it_was(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "list.xlsx",
        [["花名册"], *spoilt((2, MU, "-3"), (3, BIRTH, "不详"))],
        merged=["A1:C1"],
    )
    book = load_workbook(path)
    book.active["D3"].font = Font(color="FF0000")
    book.active.column_dimensions["D"].width = 33
    book.save(path)
    _roster, problems, _notes = read_roster(path, catalogue(), today=TODAY)
    mark_list(path, tmp_path / "marked.xlsx", catalogue(), {}, problems, lambda text: text)
    sheet = load_workbook(tmp_path / "marked.xlsx").active
    assert [row[: len(HEADINGS)] for row in sheet.iter_rows(values_only=True)] == sheet_rows(path)
    assert (sheet["D3"].font.color.rgb, sheet.column_dimensions["D"].width) == ("00FF0000", 33)
    assert sheet["K2"].value == MARK
    assert sheet["K3"].value == (
        "✗ row 3, 禁牧面积（亩）: this number is negative → "
        "Correct it; an area, a herd or an amount cannot be less than nothing."
    )
    assert [
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fill_type
    ] == ["H3", "G4"]
    assert sheet["K5"].value is None


def test_a_marked_list_is_read_again_and_marked_in_the_same_column(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", spoilt((2, MU, "-3")))
    _roster, first, _notes = read_roster(path, catalogue(), today=TODAY)
    mark_list(path, tmp_path / "one.xlsx", catalogue(), {}, first, lambda text: text)
    _roster, second, _notes = read_roster(tmp_path / "one.xlsx", catalogue(), today=TODAY)
    assert [problem.message() for problem in second] == [problem.message() for problem in first]
    mark_list(
        tmp_path / "one.xlsx", tmp_path / "two.xlsx", catalogue(), {}, second, lambda text: text
    )
    assert sheet_rows(tmp_path / "two.xlsx") == sheet_rows(tmp_path / "one.xlsx")


def test_what_was_corrected_is_no_longer_marked(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", spoilt((2, MU, "-3")))
    _roster, problems, _notes = read_roster(path, catalogue(), today=TODAY)
    mark_list(path, tmp_path / "one.xlsx", catalogue(), {}, problems, lambda text: text)
    book = load_workbook(tmp_path / "one.xlsx")
    book.active["H2"] = "3"
    book.save(tmp_path / "one.xlsx")
    _roster, problems, _notes = read_roster(tmp_path / "one.xlsx", catalogue(), today=TODAY)
    assert problems == []
    mark_list(
        tmp_path / "one.xlsx", tmp_path / "two.xlsx", catalogue(), {}, problems, lambda text: text
    )
    assert [row[10] for row in sheet_rows(tmp_path / "two.xlsx")] == [MARK, None, None, None, None]
    cells = [
        cell
        for row in load_workbook(tmp_path / "two.xlsx").active.iter_rows(min_row=2)
        for cell in row
    ]
    assert not [cell.coordinate for cell in cells if cell.fill.fill_type]


def test_a_folder_comes_back_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    write_csv(
        tmp_path / "list" / "households.csv", [["户编号", "区划代码", "姓名"], ["H1", "0", "扎西"]]
    )
    write_csv(tmp_path / "list" / "members.csv", [["户编号", "姓名"], ["H1", "扎西"]])
    _roster, problems, _notes = read_roster(tmp_path / "list", catalogue(), today=TODAY)
    mark_list(tmp_path / "list", tmp_path / "marked", catalogue(), {}, problems, lambda text: text)
    assert (tmp_path / "marked" / "households.csv").read_text("utf-8-sig").splitlines()[
        0
    ] == f"户编号,区划代码,姓名,{MARK}"
    assert (
        "✗ row 2" in (tmp_path / "marked" / "households.csv").read_text("utf-8-sig").splitlines()[1]
    )
    assert (tmp_path / "marked" / "members.csv").read_text("utf-8-sig").splitlines()[
        1
    ] == "H1,扎西,"


def test_a_clean_copy_is_the_same_roster_without_a_problem(tmp_path: Path) -> None:
    write_sample_workbook(catalogue(), tmp_path / "sample.xlsx", 3, 60, 4)
    for path in (
        tmp_path / "sample.xlsx",
        write_xlsx(tmp_path / "list.xlsx", spoilt((5, MU, "x"), (2, MU, "33.3333333"))),
    ):
        roster, _problems, _notes = read_roster(path, catalogue(), today=TODAY)
        assert roster is not None
        clean = write_clean(roster, catalogue(), tmp_path / "clean.xlsx")
        again, problems, _notes = read_roster(clean, catalogue(), today=TODAY)
        assert problems == [] and again is not None
        assert same(roster, again)


def test_a_clean_copy_of_two_tables_keeps_the_heads(tmp_path: Path) -> None:
    write_sample_folder(catalogue(), tmp_path / "sample", 2, 40, 4)
    roster, _problems, _notes = read_roster(tmp_path / "sample", catalogue(), today=TODAY)
    assert roster is not None
    again, problems, _notes = read_roster(
        write_clean(roster, catalogue(), tmp_path / "clean.xlsx"), catalogue(), today=TODAY
    )
    assert problems == [] and again is not None and same(roster, again)


def test_the_template_is_empty_has_every_column_and_can_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(catalogue(), AreaCodes.of(catalogue(), TODAY), path)
    roster, problems, _notes = read_roster(path, catalogue(), today=TODAY)
    assert roster is None and [problem.code for problem in problems] == ["E550"]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[3]]
    for heading, cell in {
        "户编号": "H1",
        "区划代码": VILLAGE,
        "姓名": "扎西",
        "与户主关系": "户主",
        MU[:4]: "3",
    }.items():
        sheet.cell(4, headings.index(heading) + 1, cell)
    book.save(path)
    roster, problems, notes = read_roster(path, catalogue(), today=TODAY)
    assert (
        problems == []
        and roster is not None
        and roster.households["household_id"].to_list() == ["H1"]
    )
    own = {each.name for each in catalogue().settings.attributes if each.of != "area"}
    assert own | {f"is_{policy.id}" for policy in catalogue().policies} <= set(
        notes.matched.values()
    )
    assert not [heading for heading in headings if "身份证" in str(heading)]


def test_the_template_offers_choices_and_says_in_both_languages_what_to_write(
    tmp_path: Path,
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(catalogue(), AreaCodes.of(catalogue(), TODAY), path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    checks = {
        sheet.cell(3, next(iter(check.sqref.ranges)).min_col).value: check
        for check in sheet.data_validations.dataValidation
    }
    assert checks["就读阶段"].formula1 == '"学前,小学,初中,高中,大学,不在读"'
    assert checks["区划代码"].formula1 == "'区划 ས་ཁུལ'!$A$1:$A$6"
    assert book["区划 ས་ཁུལ"]["A1"].value == VILLAGE
    assert checks["出生日期"].prompt == "年-月-日，如 1950-03-02\nལོ-ཟླ-ཚེས། དཔེར་ན 1950-03-02"
    assert {sheet.cell(row, column).number_format for row in (4, 500) for column in (1, 2, 9)} == {
        "@"
    }
    assert len(book["说明 གསལ་བཤད"]["A"]) == len(sheet[3])


def test_the_committed_sample_is_what_the_command_makes_and_has_no_problem(tmp_path: Path) -> None:
    write_sample_workbook(catalogue(), tmp_path / "sample.xlsx", 1, 40, 1)
    made = tmp_path / "sample.xlsx"
    committed = ROOT / "rosters" / "sample-village.xlsx"
    assert committed.read_bytes() == made.read_bytes()
    roster, problems, _notes = read_roster(committed, catalogue(), today=TODAY)
    assert problems == [] and roster is not None
    assert roster.households.height == 40
    assert sheet_rows(committed)[0][0].startswith("示例名册：人和数字都是虚构的")
    assert committed.stat().st_size < 40_000


def test_a_sample_has_what_real_lists_have(tmp_path: Path) -> None:
    write_sample_workbook(catalogue(), tmp_path / "sample.xlsx", 6, 600, 2)
    roster, problems, _notes = read_roster(tmp_path / "sample.xlsx", catalogue(), today=TODAY)
    assert roster is not None and not [problem for problem in problems if problem.code != "W544"]
    homes, people = roster.households, roster.members
    assert homes["area"].n_unique() == 6 and homes["group"].n_unique() == 4
    assert 3.2 < people.height / homes.height < 3.9
    words = people["name_bo"].str.count_matches("་")
    assert min(words.drop_nulls()) <= 1 and max(words.drop_nulls()) >= 4
    assert people["name_bo"].null_count() and people["name_zh"].null_count()
    assert people.filter(pl.col("name_zh").str.contains("[^\u4e00-\u9fff]")).height
    for column in ("grazing_ban_mu", "balance_mu", "barley_mu", "hukou", "is_rural-dibao"):
        assert homes[column].null_count() < homes.height
    assert homes["grazing_ban_mu"].null_count() > 0
    assert people["school_stage"].n_unique() == 7


def test_the_same_seed_makes_the_same_people_and_another_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        write_sample_folder(catalogue(), tmp_path / name, 2, 20, seed)
    one, two, three = (
        (tmp_path / name / "members.csv").read_bytes() for name in ("one", "two", "three")
    )
    assert one == two != three


def test_a_sample_of_more_villages_than_the_catalogue_has_brings_its_areas(tmp_path: Path) -> None:
    write_sample_folder(catalogue(), tmp_path, 9, 90, 1)
    rows = (tmp_path / "areas.csv").read_text("utf-8-sig").splitlines()
    made = [row.split(",") for row in rows if "号村" in row]
    assert [row[0] for row in made] == ["549901501201", "549901501202", "549901501203"]
    areas = {row[0]: replace(catalogue().areas[VILLAGE], code=row[0]) for row in made}
    more = replace(catalogue(), areas={**catalogue().areas, **areas})
    roster, problems, _notes = read_roster(tmp_path, more, today=TODAY)
    assert problems == [] and roster is not None and roster.households["area"].n_unique() == 9
