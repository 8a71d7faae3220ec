"""A department's list joined to a roster: who fits, and what is written where."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from roster_lists import TODAY, VILLAGE, catalogue, spoilt, write_csv, write_xlsx

from policycards.core.problems import Problem
from policycards.households.exchange.marked_copy import write_copy
from policycards.households.exchange.merge import Merged, merge_list
from policycards.households.roster.read_roster import read_roster

WHOLE = "549901195003020018"
DIBAO, ECO = "rural-dibao", "eco-post"


def with_identities() -> list[list[object]]:
    """The sound list with the identity number of one head."""
    return [
        [*row, more] for row, more in zip(spoilt(), ("身份证号", WHOLE, "", "", ""), strict=True)
    ]


def join(
    tmp_path: Path, rows: list[list[object]], policy: str, roster: list[list[object]] | None = None
) -> tuple[Merged, list[Problem]]:
    write_xlsx(tmp_path / "roster.xlsx", roster or with_identities())
    write_xlsx(tmp_path / "department.xlsx", rows)
    joined, problems = merge_list(
        tmp_path / "roster.xlsx", tmp_path / "department.xlsx", policy, catalogue(), TODAY, {}
    )
    assert joined is not None, problems
    return joined, problems


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ([["户编号", "姓名", "金额"], ["H1", "扎西", "1200"]], {2: "1200"}),
        ([["身份证号", "姓名", "审批金额"], [WHOLE, "扎西(错字)", "1200"]], {2: "1200"}),
        ([["姓名", "出生日期"], ["次仁", "1980.1.5"]], {4: "是"}),
        ([["姓名", "行政村"], ["次仁", "示例一村"]], {4: "是"}),
        ([["藏文姓名", "区划代码", "是否享受"], ["ཚེ་རིང", VILLAGE, "否"]], {4: "否"}),
        ([["户编号", "金额"], ["H2", "600"]], {4: "600"}),
        ([["姓名", "出生日期"], ["卓玛", "1962-07-01"]], {2: "是"}),
    ],
)
def test_a_row_of_the_list_finds_its_household(
    rows: list[list[object]], texts: dict[int, str], tmp_path: Path
) -> None:
    joined, problems = join(tmp_path, rows, DIBAO)
    assert [problem.code for problem in problems] == []
    assert joined.added[0].texts == texts
    assert (joined.rows, joined.fitting) == (1, 1)


def test_what_a_policy_gives_a_person_stands_in_the_persons_row(tmp_path: Path) -> None:
    joined, problems = join(tmp_path, [["姓名", "行政村"], ["德吉", "示例一村"]], ECO)
    assert problems == [] and joined.added[0].texts == {5: "是"}


def test_a_name_that_fits_does_not_help_against_another_identity_number(tmp_path: Path) -> None:
    other = "549901198001050014"
    joined, problems = join(
        tmp_path, [["姓名", "身份证号"], ["扎西", other], ["次仁", other]], DIBAO
    )
    assert [problem.code for problem in problems] == ["E551"]
    assert joined.added[0].texts == {4: "是"}


def test_a_faulty_row_of_the_list_is_told_and_the_rest_is_joined(tmp_path: Path) -> None:
    rows = [["户编号", "姓名", "金额"], ["H1", "扎西", "好多"], ["H2", "次仁", "600"]]
    joined, problems = join(tmp_path, rows, DIBAO)
    assert [problem.code for problem in problems] == ["E536"]
    assert joined.added[0].texts == {4: "600"}


def test_lists_are_joined_one_after_the_other_and_read_as_approvals(tmp_path: Path) -> None:
    roster = [row[:9] for row in spoilt()]
    joined, _problems = join(tmp_path, [["户编号", "金额"], ["H2", "600"]], DIBAO, roster)
    write_copy(tmp_path / "roster.xlsx", tmp_path / "one.xlsx", joined.added)
    write_xlsx(tmp_path / "eco.xlsx", [["姓名", "行政村"], ["卓玛", "示例一村"]])
    second, _problems = merge_list(
        tmp_path / "one.xlsx", tmp_path / "eco.xlsx", ECO, catalogue(), TODAY, {}
    )
    assert second is not None
    write_copy(tmp_path / "one.xlsx", tmp_path / "two.xlsx", second.added)
    headings = [cell.value for cell in load_workbook(tmp_path / "two.xlsx").active[1]]
    assert headings[9:] == ["是否享受农村最低生活保障", "是否享受生态岗位补助"]
    found, problems, _notes = read_roster(tmp_path / "two.xlsx", catalogue(), today=TODAY)
    assert problems == [] and found is not None
    assert found.households["is_rural-dibao"].to_list() == [None, "600"]
    assert found.members["is_eco-post"].to_list() == [None, "yes", None, None]


def test_a_later_list_keeps_what_stands_in_the_column_and_adds_its_own(tmp_path: Path) -> None:
    joined, _problems = join(tmp_path, [["户编号", "金额"], ["H1", "600"]], DIBAO)
    write_copy(tmp_path / "roster.xlsx", tmp_path / "one.xlsx", joined.added)
    column = [
        row[9] for row in load_workbook(tmp_path / "one.xlsx").active.iter_rows(values_only=True)
    ]
    assert column[1:] == ["600", None, "2400", None]


def test_a_list_is_joined_to_a_folder_of_two_tables(tmp_path: Path) -> None:
    folder = tmp_path / "roster"
    folder.mkdir()
    write_csv(folder / "households.csv", [["户编号", "区划代码"], ["H1", VILLAGE], ["H2", VILLAGE]])
    write_csv(
        folder / "members.csv", [["户编号", "姓名"], ["H1", "扎西"], ["H1", "卓玛"], ["H2", "次仁"]]
    )
    write_csv(tmp_path / "list.csv", [["姓名", "行政村", "金额"], ["卓玛", "示例一村", "600"]])
    for policy, file in ((DIBAO, "households.csv"), (ECO, "members.csv")):
        joined, problems = merge_list(folder, tmp_path / "list.csv", policy, catalogue(), TODAY, {})
        assert joined is not None and problems == []
        write_copy(folder, tmp_path / policy, joined.added)
        assert [
            row
            for row in (tmp_path / policy / file).read_text("utf-8-sig").splitlines()
            if row.endswith("600")
        ]


def test_an_odd_heading_of_the_list_is_named_by_hand(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "roster.xlsx", spoilt())
    write_xlsx(tmp_path / "list.xlsx", [["领款人", "行政村", "实发数"], ["扎西", "示例一村", "88"]])
    mapping = {"领款人": "name_zh", "实发数": "is_rural-dibao"}
    joined, problems = merge_list(
        tmp_path / "roster.xlsx", tmp_path / "list.xlsx", DIBAO, catalogue(), TODAY, mapping
    )
    assert joined is not None and problems == [] and joined.added[0].texts == {2: "88"}


CASES = Path(__file__).parent / "cases"


def test_dots_and_spaces_of_names_make_no_difference() -> None:
    joined, problems = merge_list(
        CASES / "f14-roster.xlsx", CASES / "f14-approved.xlsx", DIBAO, catalogue(), TODAY, {}
    )
    assert joined is not None and problems == []
    assert joined.added[0].texts == {2: "88", 3: "88", 4: "88", 5: "88"}


def test_a_month_s_amount_is_twelve_times_as_much_a_year_and_rows_fit_by_identity() -> None:
    roster, listed = (next(CASES.glob(f"{name}*")) for name in ("w8-", "wB-"))
    joined, _problems = merge_list(roster, listed, DIBAO, catalogue(), TODAY, {})
    assert joined is not None and (joined.rows, joined.fitting) == (5, 5)
    assert set(joined.added[0].texts.values()) == {"10320"}
