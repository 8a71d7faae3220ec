"""Every problem of a roster has a broken example, and says exactly what it says there; the rest of
the list stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from roster_lists import HEADINGS, ROWS, TODAY, VILLAGE, catalogue, spoilt, write_csv, write_xlsx

from policycards.catalogue.model.catalogue import Area, Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.codes import KINDS
from policycards.core.problems import Place, problem
from policycards.households.exchange.compare import compare_payments
from policycards.households.exchange.marked_copy import NoCopy, mark_list
from policycards.households.exchange.merge import merge_list
from policycards.households.roster.answers import read_mapping
from policycards.households.roster.read_roster import read_roster

BIRTH, MU, STAGE, DIBAO = HEADINGS[6:10]

EXPECTED = {
    message.split(": ")[1].split()[1]: message
    for message in (
        (Path(__file__).parent / "roster_faults.txt").read_text(encoding="utf-8").splitlines()
    )
}
"""What each problem says in its example, by code."""

CELLS: dict[str, tuple[int, str, object]] = {
    "E513": (2, "区划代码", "5499-01"),
    "E514": (2, "区划代码", "549901101299"),
    "E515": (2, "区划代码", "549901101901"),
    "W515": (2, "区划代码", "549901101902"),
    "E516": (2, "区划代码", "549901101"),
    "E517": (2, "区划代码", "5.49901E+11"),
    "E518": (2, "组", "?????"),
    "E519": (2, "组", "\uf37a\uf381"),
    "W518": (2, "藏文姓名", "?????"),
    "W519": (2, "藏文姓名", "\uf37a\uf381"),
    "W520": (2, "藏文姓名", "·-ô¼-Í^ë"),
    "W561": (3, "户编号", ""),
    "E597": (3, "姓名", "卓玛、德吉"),
    "E575": (2, MU, "12元"),
    "E576": (2, MU, "约12"),
    "E577": (4, DIBAO, "2"),
    "E578": (3, "户编号", "2024-01-02"),
    "W578": (2, "组", "2024-01-02"),
    "E579": (4, DIBAO, "800.005"),
    "E580": (3, BIRTH, "农历1962年七月初一"),
    "E521": (2, MU, "#DIV/0!"),
    "E522": (2, MU, "=6*2"),
    "E524": (3, BIRTH, "不详"),
    "E525": (3, BIRTH, "03/02/1950"),
    "E526": (3, BIRTH, "1950-02-30"),
    "E527": (3, BIRTH, "2042-01-01"),
    "W528": (3, BIRTH, "1950年3月"),
    "E529": (3, BIRTH, "1850-03-01"),
    "E530": (2, MU, "十二亩"),
    "E531": (2, MU, "-12"),
    "E532": (2, MU, "12500000"),
    "W533": (2, MU, "33.333333"),
    "E534": (5, STAGE, "小学生"),
    "E536": (4, DIBAO, "大概"),
    "W542": (2, "与户主关系", "父亲"),
    "E543": (3, MU, "99"),
    "E549": (2, "区划代码", ""),
}
"""Code of the problem: row, heading, what is written there."""


@pytest.fixture(scope="module")
def changed() -> Catalogue:
    """The catalogue with a village that was split, one that was merged into another, and a
    yes-or-no attribute.
    """
    attributes = catalogue().areas[VILLAGE].attributes

    def former(code: str, *successors: str) -> Area:
        return Area(code, Text(bo="རྙིང", zh="旧村"), attributes, None, date(2020, 6, 30), successors)

    areas = {
        **catalogue().areas,
        "549901101901": former("549901101901", VILLAGE, "549901101202"),
        "549901101902": former("549901101902", "549901101203"),
    }
    return replace(catalogue(), areas=areas)


@pytest.mark.parametrize("code", sorted(CELLS))
def test_a_faulty_cell_is_told_with_row_and_heading_and_the_other_household_stays(
    code: str, changed: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    row, heading, cell = CELLS[code]
    write_xlsx(tmp_path / "list.xlsx", spoilt((row, heading, cell)))
    roster, problems, notes = read_roster(Path("list.xlsx"), changed, today=TODAY)
    assert [str(problem) for problem in problems if problem.code not in ("W546", "W560")] == [
        EXPECTED[code]
    ]
    assert roster is not None
    faulty = "H1" if row in (2, 3) else "H2"
    is_out = code.startswith("E") and code != "E512" and heading not in (BIRTH, STAGE)
    left = {"H1", "H2"} - {faulty} if is_out else {"H1", "H2"}
    assert set(roster.households["household_id"]) == left
    assert all(value in (str(cell), "=") for value in notes.values.values())


def _xlsx(rows: list[list[object]]) -> Callable[[Path], Path]:
    return lambda folder: write_xlsx(folder / "list.xlsx", rows)


def _bytes(content: bytes, name: str = "list.csv") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return write


def _pair(homes: list[list[object]], people: list[list[object]]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / "list").mkdir()
        write_csv(folder / "list" / "households.csv", homes)
        write_csv(folder / "list" / "members.csv", people)
        return folder / "list"

    return write


def _two_lists(folder: Path) -> Path:
    from openpyxl import load_workbook

    path = write_xlsx(folder / "list.xlsx", spoilt())
    book = load_workbook(path)
    book.active.title = "一村"
    other = book.create_sheet("二村")
    other.append(["户编号", "组"])
    other.append(["H9", "一组"])
    book.save(path)
    return path


HOMES: list[list[object]] = [
    ["户编号", "区划代码", "姓名"],
    ["H1", VILLAGE, "扎西"],
    ["H2", VILLAGE, "次仁"],
]
PEOPLE: list[list[object]] = [["户编号", "姓名"], ["H1", "扎西"], ["H2", "次仁"]]
TWINS = [*spoilt(), ["H3", VILLAGE, "一组", "扎西", "", "户主", "1960-03-02", "", "", ""]]
NO_IDS = [row[1:] for row in spoilt()]
CSV = ",".join(HEADINGS) + f"\r\nH1,{VILLAGE},一组,扎西,,户主,1960-03-02,1,,\r\n"

WHOLE = "549901196003020019"


def _hidden_workbook(folder: Path) -> Path:
    from openpyxl import load_workbook

    path = write_xlsx(folder / "list.xlsx", spoilt())
    book = load_workbook(path)
    book.active.title = "一村"
    book.create_sheet("空")
    book["一村"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    return path


def _with_hidden_sheet(folder: Path) -> Path:
    from openpyxl import load_workbook

    path = write_xlsx(folder / "list.xlsx", spoilt())
    book = load_workbook(path)
    book.create_sheet("旧").sheet_state = "hidden"
    book.save(path)
    return path


def _more(heading: str, *cells: object) -> list[list[object]]:
    return [[*row, cell] for row, cell in zip(spoilt(), (heading, *cells), strict=True)]


def _again() -> list[list[object]]:
    """Two villages whose numbers begin again, and a person of whom nobody can tell the village."""
    return [
        list(HEADINGS),
        ["1", VILLAGE, "", "扎西", "", "户主", "1960-03-02", "", "", ""],
        ["1", "549901101202", "", "旺堆", "", "户主", "1970-01-01", "", "", ""],
        ["2", VILLAGE, "", "白玛", "", "户主", "1970-01-01", "", "", ""],
        ["1", "", "", "德吉", "", "女", "1990-01-01", "", "", ""],
    ]


FILES: dict[str, Callable[[Path], Path]] = {
    "E563": _xlsx([*spoilt(), ["", "", "", "", "", "", "", "1500", "", ""]]),
    "W562": lambda folder: write_xlsx(folder / "list.xlsx", spoilt(), hidden=[3]),
    "W564": lambda folder: write_xlsx(folder / "list.xlsx", spoilt(), hidden=[4, 5]),
    "W565": _xlsx(_more("家庭人口", 1, "", 2, "")),
    "W566": _xlsx(_more("家庭人口", 2, "", 5, "")),
    "E567": _xlsx(spoilt((4, "户编号", ""), (5, "户编号", ""), (4, "与户主关系", "户住"))),
    "E568": _xlsx(_again()),
    "E570": _bytes((CSV + "x" * 1_100_000).encode()),
    "E571": _bytes((CSV + f'H2,{VILLAGE},一组,"次仁,,户主,,1,,\r\n' * 2).encode()),
    "E572": _bytes(b""),
    "E573": _hidden_workbook,
    "W574": _with_hidden_sheet,
    "W581": _xlsx(_more("身份证号", WHOLE[:-1] + "0", "", "", "")),
    "W582": _xlsx(_more("身份证号", "549901195003020018", "", "", "")),
    "E583": _xlsx(
        [[cell if cell != MU else "禁牧面积（平方公里）" for cell in row] for row in spoilt()]
    ),
    "W584": _xlsx(
        [
            [*row, *more]
            for row, more in zip(
                spoilt((2, BIRTH, "1950-03-02")),
                (("身份证号", "性别"), ("549901195003020018", "女"), ("", ""), ("", ""), ("", "")),
                strict=True,
            )
        ]
    ),
    "E585": _xlsx(spoilt((2, "区划代码", "540627100201"), (4, "区划代码", "540627100202"))),
    "E586": _xlsx(spoilt((2, "户编号", "549901195003020018"))),
    "E588": _xlsx(_more("身份证号", "549901195003020018", "", "549901195003020018", "")),
    "E598": _xlsx([*spoilt()[:2], [*HEADINGS[::-1]], *spoilt()[3:]]),
    "E589": _xlsx([*spoilt()[:3], spoilt()[2], *spoilt()[3:]]),
    "E590": _xlsx(spoilt((3, BIRTH, 1962.1))),
    "E500": _bytes(b"hello", "list.docx"),
    "E501": _bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "list.xlsx"
    ),
    "E502": _bytes(b"PK\x03\x04 cut off", "list.xlsx"),
    "E503": _bytes(b"\xff\x80\xff,1\n"),
    "E504": _bytes((CSV + 'H2,"' + ("长" * 300 + "\n") * 4000).encode()),
    "E505": _bytes("甲,乙\r\n1,2\r\n".encode()),
    "E512": _xlsx(spoilt((2, "户编号", ""), (3, "户编号", ""))),
    "E507": _bytes("户编号,姓名,怪\r\nH1,扎西,1\r\n".encode()),
    "E508": _bytes("户编号,区划代码,姓名,成员姓名\r\nH1,1,扎西,扎西\r\n".encode()),
    "W510": _bytes(CSV.replace("藏文姓名", "养牛头数").encode()),
    "E511": _bytes(
        (
            CSV
            + f"H2,{VILLAGE},一组,次仁,,户主,1980-01-05,1,200,,,\r\nH3,{VILLAGE},,次旺,,户主,,1,,,9\r\n"
        ).encode()
    ),
    "E523": _bytes(CSV.replace("扎西", "扎\x07西").encode()),
    "E537": _xlsx(spoilt((4, "户编号", "H1"), (5, "户编号", "H1"))),
    "E538": _pair(HOMES, [*PEOPLE, ["H9", "旺堆"]]),
    "E539": _xlsx(spoilt((2, "姓名", "???"), (2, "藏文姓名", "???"))),
    "E540": _pair(HOMES, PEOPLE[:-1]),
    "W544": _xlsx(TWINS),
    "W545": _xlsx(NO_IDS),
    "W546": _xlsx(spoilt((3, "组", "?????"))),
    "W547": _two_lists,
    "W560": _xlsx(spoilt((3, BIRTH, "不详"))),
    "W548": _bytes((CSV + f"H2,{VILLAGE},,次,,户主,,x,,\r\n" * 1001).encode()),
    "E550": _xlsx(spoilt()[:1]),
}


@pytest.mark.parametrize("code", sorted(FILES))
def test_a_faulty_file_is_told(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _roster, problems, _notes = read_roster(
        FILES[code](tmp_path).relative_to(tmp_path), catalogue(), today=TODAY
    )
    assert EXPECTED[code] in [str(problem) for problem in problems]


def test_a_heading_told_by_hand_must_exist_and_mean_a_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_xlsx(tmp_path / "list.xlsx", spoilt())
    mapping = {"组": "grup", "户口本号": "household_id"}
    _roster, problems, _notes = read_roster(
        Path("list.xlsx"), catalogue(), today=TODAY, mapping=mapping
    )
    assert [str(problem) for problem in problems] == [EXPECTED["E509"], EXPECTED["W506"]]


def test_a_yes_or_no_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = catalogue().settings
    first, *others = settings.attributes
    asked = replace(
        catalogue(),
        settings=settings.model_copy(
            update={
                "attributes": (first.model_copy(update={"type": "yes_no", "choices": ()}), *others)
            }
        ),
    )
    rows = [
        [*row, cell] for row, cell in zip(spoilt(), ("户口性质", "√", "", "也许", ""), strict=True)
    ]
    write_xlsx(tmp_path / "list.xlsx", rows)
    roster, problems, _notes = read_roster(Path("list.xlsx"), asked, today=TODAY)
    assert [str(problem) for problem in problems if problem.code == "E535"] == [EXPECTED["E535"]]
    assert roster is not None and roster.households[first.name].to_list() == [True]


LISTS: dict[str, list[list[object]]] = {
    "E551": [["姓名", "金额"], ["旺堆", "100"]],
    "E552": [["姓名", "金额"], ["扎西", "100"]],
    "E553": [["行政村", "金额"], ["示例一村", "100"]],
    "W554": [["户编号", "姓名"], ["H2", "次仁"], ["H2", "次仁"]],
    "W592": [["户编号", "姓名", "禁牧面积"], ["H2", "次仁", "7"]],
    "W593": [["户编号", "姓名", "面积", "标准", "金额"], ["H2", "次仁", "7", "7.5", "60"]],
    "W594": [["户编号", "姓名", "面积"], ["H2", "次仁", "7"], ["", "合计", "8"]],
    "W595": [["户编号", "姓名", "面积", "标准"], ["H2", "次仁", "7", "9"]],
    "E596": [["户编号", "姓名", "备注"], ["H2", "次仁", "在家"]],
}
GRAZING = {"W592", "W593", "W594", "W595"}
"""Examples of a policy that pays for an area."""


@pytest.mark.parametrize("code", sorted(LISTS))
def test_a_row_of_a_list_that_fits_nobody_or_several_is_told(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_xlsx(tmp_path / "roster.xlsx", TWINS)
    write_xlsx(tmp_path / "list.xlsx", LISTS[code])
    policy = "grassland-grazing-ban" if code in GRAZING else "rural-dibao"
    asked = (Path("roster.xlsx"), Path("list.xlsx"), policy, catalogue(), TODAY)
    if code == "E596":
        _none, problems = compare_payments(*asked, TODAY, {})
    else:
        _joined, problems = merge_list(*asked, {})
    assert EXPECTED[code] in [str(problem) for problem in problems]


def test_a_file_of_answers_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for content in ("[1, 2]", '{"a": 1}', "{", "[" * 100_000):
        Path("answers.json").write_text(content, encoding="utf-8")
        assert list(map(str, read_mapping(["answers.json"])[1])) == [EXPECTED["E587"]]


def test_a_copy_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.xlsx").write_bytes(b"PK")
    with pytest.raises(NoCopy):
        mark_list(Path("list.xlsx"), Path("out.xlsx"), catalogue(), {}, [], str)
    told = problem("E591", Place("list.xlsx"), why="no headings were found in it")
    assert str(told) == EXPECTED["E591"]


def test_every_problem_of_rosters_has_a_broken_example() -> None:
    assert (
        {code for code in KINDS if code[1] == "5"}
        == {*CELLS, *FILES, *LISTS, "W506", "E509", "E535", "E587", "E591"}
        == set(EXPECTED)
    )


def test_no_message_tells_what_stands_in_a_cell(tmp_path: Path) -> None:
    names = [row[3] for row in ROWS] + [row[4] for row in ROWS]
    rows = spoilt(
        (2, BIRTH, "1960-02-31"),
        (3, BIRTH, "2099-01-01"),
        (4, STAGE, "聋哑学校"),
        (5, MU, "残疾一级"),
    )
    _roster, problems, notes = read_roster(
        write_xlsx(tmp_path / "list.xlsx", rows), catalogue(), today=TODAY
    )
    told = " ".join(str(problem) + problem.hint() for problem in problems)
    assert len(problems) == 6
    assert not [word for word in (*names, "02-31", "2099", "聋哑", "残疾") if word in told]
    assert set(notes.values.values()) == {"1960-02-31", "2099-01-01", "聋哑学校", "残疾一级"}
