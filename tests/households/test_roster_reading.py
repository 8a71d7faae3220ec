"""What forms of list are read, and what is done with titles, sums, hidden rows, merged cells and
odd headings.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from roster_lists import (
    HEADINGS,
    ROWS,
    TODAY,
    VILLAGE,
    catalogue,
    csv_text,
    spoilt,
    write_csv,
    write_xlsx,
)

from policycards.core.problems import Problem
from policycards.households.model import Roster
from policycards.households.roster.findings import Notes
from policycards.households.roster.read_roster import read_roster


def read(path: Path, **options: object) -> tuple[Roster, list[Problem], Notes]:
    roster, problems, notes = read_roster(path, catalogue(), today=TODAY, **options)  # type: ignore[arg-type]
    assert roster is not None, problems
    return roster, problems, notes


def facts(roster: Roster) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What a roster says, without the rows in which it stood."""
    homes = roster.households.select(pl.exclude("row"))
    return (
        homes.rows(),
        roster.members.select(
            "household_id", "name_bo", "name_zh", "birth_date", "school_stage"
        ).rows(),
    )


def test_a_list_with_a_row_a_person_becomes_households_and_members(tmp_path: Path) -> None:
    roster, problems, notes = read(write_xlsx(tmp_path / "list.xlsx", spoilt()))
    assert problems == []
    first, second = roster.households.rows(named=True)
    assert (first["household_id"], first["area"], first["group"], first["members"]) == (
        "H1",
        VILLAGE,
        "一组",
        2,
    )
    assert (first["name_zh"], first["name_bo"], first["grazing_ban_mu"]) == (
        "扎西",
        "བཀྲ་ཤིས",
        Decimal("12.5"),
    )
    assert (second["is_rural-dibao"], second["grazing_ban_mu"], second["balance_mu"]) == (
        "2400",
        Decimal(0),
        None,
    )
    assert roster.members["birth_date"].to_list()[0] == date(1960, 3, 2)
    assert roster.members["school_stage"].to_list() == [None, None, None, "小学"]
    assert roster.members["row"].to_list() == [2, 3, 4, 5]
    assert (notes.rows, notes.households, notes.left_out) == (4, 2, ())


def test_the_frames_have_the_columns_of_the_contract_whatever_the_list_has(tmp_path: Path) -> None:
    rows = [["户编号", "区划代码", "姓名"], ["H1", VILLAGE, "扎西"]]
    roster, _problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    own = [each.name for each in catalogue().settings.attributes if each.of == "household"]
    assert roster.households.columns[:10] == [
        "household_id",
        "area",
        "group",
        "walk_order",
        "deliver_to",
        "known_as",
        "name_bo",
        "name_zh",
        "members",
        "row",
    ]
    assert roster.households.columns[10:] == own
    assert roster.households.schema["grazing_ban_mu"] == pl.Decimal(18, 4)
    assert roster.members.columns == [
        "household_id",
        "name_bo",
        "name_zh",
        "relation",
        "birth_date",
        "row",
        "school_stage",
    ]
    assert roster.members.schema["birth_date"] == pl.Date


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ","),
        ("utf-16", "\t"),
        ("utf-16", ","),
        ("utf-8", "\t"),
        ("utf-8", ";"),
    ],
)
def test_a_csv_says_the_same_as_the_workbook(encoding: str, separator: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_text(spoilt(), separator).encode(encoding))
    roster, problems, _notes = read(path)
    assert problems == []
    assert facts(roster) == facts(read(write_xlsx(tmp_path / "list.xlsx", spoilt()))[0])


def test_a_csv_in_gb18030_is_read_with_a_warning(tmp_path: Path) -> None:
    roster, problems, _notes = read(write_csv(tmp_path / "list.csv", spoilt(), "gb18030"))
    assert [problem.code for problem in problems] == ["W103"]
    assert roster.households["name_bo"].to_list() == ["བཀྲ་ཤིས", "ཚེ་རིང"]


def test_rows_of_a_csv_are_counted_as_excel_counts_them(tmp_path: Path) -> None:
    text = csv_text(spoilt((2, "组", '"一\n组"')))
    (tmp_path / "list.csv").write_text(
        text + "\r\n" + f"H3,{VILLAGE},,次旺,,户主,x,,,\r\n", encoding="utf-8"
    )
    roster, problems, _notes = read(tmp_path / "list.csv")
    assert {(problem.code, problem.place.line) for problem in problems} == {
        ("E524", 7),
        ("W560", 7),
    }
    assert roster.households["group"].to_list()[0] == "一 组"


def test_two_tables_say_the_same_as_one_list(tmp_path: Path) -> None:
    homes = [["户编号", "区划代码", "组", "禁牧面积", "是否享受农村最低生活保障"]]
    homes += [[row[0], row[1], row[2], row[7], row[9]] for row in ROWS if row[1]]
    people = [
        [HEADINGS[0], *HEADINGS[3:7], HEADINGS[8]],
        *([row[0], *row[3:7], row[8]] for row in ROWS),
    ]
    (tmp_path / "folder").mkdir()
    write_csv(tmp_path / "folder" / "households.csv", homes)
    write_csv(tmp_path / "folder" / "members.csv", people)
    book = Workbook()
    for name, rows in (("households", homes), ("members", people)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    book.save(tmp_path / "book.xlsx")
    one = facts(read(write_xlsx(tmp_path / "list.xlsx", spoilt()))[0])
    for path in (tmp_path / "folder", tmp_path / "book.xlsx"):
        roster, problems, _notes = read(path)
        assert problems == []
        assert facts(roster) == one


def test_titles_above_and_sums_remarks_and_repeated_headings_below_are_left_out(
    tmp_path: Path,
) -> None:
    body = spoilt()
    rows = [
        ["示例一村花名册"],
        ["填报单位：某某乡", "", "2024年9月"],
        *body,
        ["合 计", "", "", "", "", "", "", 12.5],
    ]
    rows[5:5] = [list(HEADINGS)]
    rows += [["注：面积以确权证为准"], ["制表人：某某"]]
    roster, problems, notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert problems == []
    assert facts(roster) == facts(read(write_xlsx(tmp_path / "plain.xlsx", body))[0])
    assert notes.totals == 4


def test_hidden_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    roster, _problems, notes = read(write_xlsx(tmp_path / "list.xlsx", spoilt(), hidden=[4, 5]))
    assert roster.households["household_id"].to_list() == ["H1"]
    assert notes.hidden == 2


def test_merged_cells_hold_for_all_their_rows(tmp_path: Path) -> None:
    rows = spoilt((3, "户编号", ""), (5, "户编号", ""))
    roster, problems, notes = read(
        write_xlsx(tmp_path / "list.xlsx", rows, merged=["A2:A3", "A4:A5", "B2:B3"])
    )
    assert problems == []
    assert roster.households["members"].to_list() == [2, 2]
    assert notes.merged == 3


def test_a_number_only_in_heads_rows_holds_down_to_the_next_head(tmp_path: Path) -> None:
    roster, problems, _notes = read(
        write_xlsx(tmp_path / "list.xlsx", spoilt((3, "户编号", ""), (5, "户编号", "")))
    )
    assert problems == []
    assert roster.members["household_id"].to_list() == ["H1", "H1", "H2", "H2"]


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book = load_workbook(write_xlsx(tmp_path / "list.xlsx", spoilt()))
    other = book.create_sheet("旧")
    other.append(list(HEADINGS))
    other.sheet_state = "hidden"
    book.save(tmp_path / "list.xlsx")
    assert [each.code for each in read(tmp_path / "list.xlsx")[1]] == ["W574"]


@pytest.mark.parametrize(
    "headings",
    [
        [
            "户号",
            "村代码",
            "自然村",
            "姓名（汉文）",
            "姓名 (藏文)",
            "与户主的关系",
            "出生年月日",
            "草场禁牧面积",
            "学段",
            "农村最低生活保障",
        ],
        [
            "དུད་ཚང་གི་ཨང་གྲངས",
            "ས་ཁུལ་གྱི་ཨང་རྟགས།",
            "རང་བྱུང་གྲོང་ཚོ",
            "རྒྱ་ཡིག་མིང",
            "མིང",
            "ཁྱིམ་བདག་དང་འབྲེལ་བ",
            "སྐྱེས་ཚེས",
            "ཕྱུགས་འཚོ་བཀག་སྡོམ་གྱི་རྒྱ་ཁྱོན",
            "སློབ་གྲྭའི་རིམ་པ",
            "is_rural-dibao",
        ],
        [
            "Household ID",
            "Area code",
            "Group",
            "Name",
            "Tibetan name",
            "Relation",
            "Date of birth",
            "Grazing ban area",
            "School stage",
            "rural-dibao",
        ],
    ],
)
def test_headings_are_known_in_chinese_tibetan_and_english(
    headings: list[str], tmp_path: Path
) -> None:
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", [headings, *ROWS]))
    assert problems == []
    assert facts(roster) == facts(read(write_xlsx(tmp_path / "plain.xlsx", spoilt()))[0])


def test_an_odd_heading_is_named_by_hand(tmp_path: Path) -> None:
    rows = [["牧户证号", *HEADINGS[1:]], *ROWS]
    _roster, problems, notes = read(
        write_xlsx(tmp_path / "list.xlsx", rows), mapping={"牧户证号": "household_id"}
    )
    assert problems == []
    assert notes.matched["牧户证号"] == "household_id"


def test_personal_columns_are_dropped_and_named(tmp_path: Path) -> None:
    personal = ("549901195003020018", "6228480000", "某行", "13900000000")
    numbers = (personal[0], "549901196207010027", "549901198001050014", "549901201211300020")
    more = [
        ("身份证号", "一卡通账号", "开户行", "联系电话"),
        *((number, *personal[1:]) for number in numbers),
    ]
    rows = [[*row, *cells] for row, cells in zip(spoilt(), more, strict=True)]
    roster, problems, notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert {each.code for each in problems} <= {"W582", "W560"}
    assert set(notes.personal) == {"身份证号", "一卡通账号", "开户行", "联系电话"}
    everything = str(roster.households.rows()) + str(roster.members.rows()) + str(notes)
    assert not [
        secret
        for secret in ("549901195003020018", "6228480000", "13900000000")
        if secret in everything
    ]


def test_a_village_may_be_named_instead_of_its_code(tmp_path: Path) -> None:
    rows = spoilt((2, "区划代码", "示例三村"), (4, "区划代码", "དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ"))
    rows[0][1] = "行政村"
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert problems == []
    assert roster.households.select("household_id", "area").rows() == [
        ("H2", VILLAGE),
        ("H1", "549901101203"),
    ]


def test_households_come_in_walking_order_and_numbered_groups_by_number(tmp_path: Path) -> None:
    rows = [["户编号", "区划代码", "组", "送卡顺序", "姓名"]]
    rows += [
        ["a", VILLAGE, "十组", "1", "扎"],
        ["b", VILLAGE, "二组", "10", "西"],
        ["c", VILLAGE, "二组", "9", "多"],
        ["d", VILLAGE, "2组", "3", "吉"],
        ["e", VILLAGE, "", "1", "次"],
    ]
    roster, _problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert roster.households["household_id"].to_list() == ["d", "c", "b", "a", "e"]


def test_without_a_walking_order_the_order_of_the_list_holds(tmp_path: Path) -> None:
    rows = [
        ["户编号", "区划代码", "姓名"],
        *([each, VILLAGE, "扎西"] for each in ("H9", "H2", "H5")),
    ]
    roster, _problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert roster.households.select("household_id", "walk_order").rows() == [
        ("H9", 1),
        ("H2", 2),
        ("H5", 3),
    ]


@pytest.mark.parametrize("value", ["formula", "error"])
def test_a_formula_without_result_and_one_that_failed_are_both_seen(
    value: str, tmp_path: Path
) -> None:
    path = write_xlsx(
        tmp_path / "list.xlsx",
        spoilt((2, "禁牧面积（亩）", "=6/0" if value == "formula" else "#DIV/0!")),
    )
    _roster, problems, _notes = read(path)
    assert [problem.code for problem in problems] == ["E522" if value == "formula" else "E521"]


def test_dates_and_numbers_of_a_workbook_are_what_excel_shows(tmp_path: Path) -> None:
    rows = spoilt(
        (2, "出生日期", date(1960, 3, 2)),
        (3, "出生日期", 19620701),
        (4, "出生日期", 29226),
        (2, "禁牧面积（亩）", 4.1 * 3),
        (2, "区划代码", int(VILLAGE)),
    )
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert problems == []
    assert roster.members["birth_date"].to_list()[:3] == [
        date(1960, 3, 2),
        date(1962, 7, 1),
        date(1980, 1, 6),
    ]
    assert roster.households["grazing_ban_mu"][0] == Decimal("12.3")


def test_names_stand_where_their_script_belongs(tmp_path: Path) -> None:
    rows = [
        ["户编号", "区划代码", "姓名", "藏文姓名"],
        ["a", VILLAGE, "བཀྲ་ཤིས་ 扎西", ""],
        ["b", VILLAGE, "ཚེ་རིང།", "次仁"],
        ["c", VILLAGE, "མེ་ཏོག", ""],
        ["d", VILLAGE, "示䶮", ""],
        ["e", VILLAGE, "Anna Müller", ""],
    ]
    roster, problems, _notes = read(write_xlsx(tmp_path / "list.xlsx", rows))
    assert problems == []
    assert roster.households.select("name_bo", "name_zh").rows() == [
        ("བཀྲ་ཤིས", "扎西"),
        ("ཚེ་རིང", "次仁"),
        ("མེ་ཏོག", None),
        (None, "示䶮"),
        (None, "Anna Müller"),
    ]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", spoilt((2, "禁牧面积（亩）", "x")))
    one, two = read(path), read(path)
    assert one[1:] == two[1:]
    assert one[0].households.equals(two[0].households) and one[0].members.equals(two[0].members)
