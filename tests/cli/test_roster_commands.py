"""The commands about rosters, run as a clerk would."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from command import ROOT, policycards
from openpyxl import Workbook, load_workbook

VILLAGE = "549901101201"


def a_list(
    path: Path,
    *rows: list[object],
    headings: tuple[str, ...] = ("户编号", "区划代码", "姓名", "出生日期", "身份证号"),
) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in (headings, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return a_list(
        tmp_path / "名册.xlsx",
        ["H1", VILLAGE, "扎西", "1960-03-02", "549901195003020018"],
        ["H2", VILLAGE, "次仁", "1960-13-02", None],
    )


def test_check_gives_back_the_marked_list_a_clean_copy_and_all_problems(
    faulty: Path, tmp_path: Path
) -> None:
    said = policycards("roster", "check", faulty, "--out", tmp_path / "out")
    assert said.code == 1
    assert (
        "Columns: 户编号 = household_id, 区划代码 = area, 姓名 = name_zh, 出生日期 = birth_date"
        in said.out
    )
    assert "Dropped at once, never kept or printed: 身份证号" in said.out
    assert "2 rows, 2 households with a card, 0 left out." in said.out
    assert (
        f"{faulty.as_posix()}:3:4: error E526: row 3, 出生日期: no calendar has this date"
        in said.out
    )
    assert "549901195003020018" not in said.out and "1960-13-02" not in said.out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "errors.xlsx",
        "名册-clean.xlsx",
        "名册-marked.xlsx",
    ]
    clean = list(
        load_workbook(tmp_path / "out" / "名册-clean.xlsx").active.iter_rows(values_only=True)
    )
    assert len(clean) == 4 and "549901195003020018" not in str(clean)


def test_a_sound_list_exits_0_and_needs_no_marks(tmp_path: Path) -> None:
    path = a_list(tmp_path / "list.xlsx", ["H1", VILLAGE, "扎西", "1960-03-02", None])
    said = policycards("roster", "check", path, "--out", tmp_path / "out")
    assert said.code == 0 and "No problems." in said.out
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["list-clean.xlsx"]


def test_an_odd_heading_is_named_and_written_down_for_next_year(tmp_path: Path) -> None:
    path = a_list(
        tmp_path / "list.xlsx", ["H1", VILLAGE, "扎西"], headings=("牧户证号", "区划代码", "姓名")
    )
    said = policycards("roster", "check", path, "--out", tmp_path)
    assert said.code == 1
    assert "no column 户编号 / 与户主关系 was found; without it no card can be made" in said.out
    saved = tmp_path / "map.csv"
    options = ("--map", "牧户证号=household_id", "--save-map", saved)
    assert policycards("roster", "check", path, "--out", tmp_path, *options).code == 0
    assert "牧户证号,household_id" in saved.read_text("utf-8-sig").splitlines()
    assert policycards("roster", "check", path, "--out", tmp_path, "--map", saved).code == 0


def test_with_a_key_household_numbers_come_from_identity_numbers(tmp_path: Path) -> None:
    headings = ("区划代码", "姓名", "与户主关系", "身份证号")
    path = a_list(
        tmp_path / "list.xlsx", [VILLAGE, "扎西", "户主", "549901195003020018"], headings=headings
    )
    office = tmp_path / "office"
    assert policycards("init", office, "--area", "540123", "--zh", "某县", "--bo", "རྫོང").code == 0
    said = policycards(
        "roster", "check", path, "--out", tmp_path / "out", "--key-file", office / "county.key"
    )
    assert "1 household numbers were made from the heads' identity numbers." in said.out
    clean = list(
        load_workbook(tmp_path / "out" / "list-clean.xlsx").active.iter_rows(values_only=True)
    )
    assert str(clean[2][0])[0] == "H" and len(str(clean[2][0])) == 13


def test_a_department_s_list_is_added(tmp_path: Path) -> None:
    roster = a_list(tmp_path / "roster.xlsx", ["H1", VILLAGE, "扎西", "1960-03-02", None])
    listed = a_list(
        tmp_path / "list.xlsx",
        ["扎西", "示例一村", 600],
        ["旺堆", "示例一村", 500],
        headings=("姓名", "村", "金额"),
    )
    merge = ("roster", "merge", listed, "--policy", "rural-dibao", "--to", roster)
    said = policycards(*merge)
    assert said.code == 1
    assert "row 3 of the list fits nobody in the roster" in said.out
    assert "2 rows of the list, 1 matched, 1 not.\n" in said.out
    joined = tmp_path / "roster-joined.xlsx"
    assert f"{joined}: the roster with the list in it, without numbers of persons." in said.out
    sheet = load_workbook(tmp_path / "roster-joined.xlsx").active
    assert [cell.value for cell in sheet["F"]] == ["是否享受农村最低生活保障", "600"]
    said = policycards("roster", "merge", listed, "--policy", "dibao", "--to", roster)
    assert said.code == 2 and "E903: --policy: there is no 'dibao'" in said.err


def in_an_office(tmp_path: Path) -> Path:
    """An office's folder with the shipped catalogue."""
    for name in ("policies", "fonts"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def test_who_a_row_is_is_asked_once_and_remembered_without_a_name(tmp_path: Path) -> None:
    office = in_an_office(tmp_path)
    born = ["1960-03-02", "549901196003020016"]
    a_list(office / "roster.xlsx", ["H1", VILLAGE, "扎西", *born], ["H2", VILLAGE, "卓玛", "", ""])
    a_list(
        office / "list.xlsx",
        ["卓嘎", "示例一村", 500],
        ["旺堆", "示例一村", 500],
        headings=("姓名", "村", "金额"),
    )
    merge = ("roster", "merge", "list.xlsx", "--policy", "rural-dibao", "--to", "roster.xlsx")
    said = policycards(*merge, "--format", "json", folder=office)
    first, second = json.loads(said.out)["result"]["questions"]
    assert first["about"] == "2" and first["choices"][0].startswith("3 @")
    answers = (f"{first['id']}={first['choices'][0].split()[1]}", f"{second['id']}=-")
    options = [each for answer in answers for each in ("--answer", answer)]
    assert policycards(*merge, *options, folder=office).code == 0
    said = policycards(*merge, folder=office)
    assert said.code == 0 and "2 rows of the list, 1 matched, 1 not.\n" in said.out
    kept = (office / "list-answers.json").read_text("utf-8")
    assert "卓" not in kept and "旺" not in kept
    sheet = load_workbook(office / "roster-joined.xlsx").active
    assert [cell.value for cell in sheet["F"]] == ["是否享受农村最低生活保障", None, "500"]


NUMBERS = ("549901195003020018", "549901620701002", "6217001234567890123", "13812345678")


def test_no_file_that_is_written_has_a_number_of_a_person(tmp_path: Path) -> None:
    office = in_an_office(tmp_path)
    headings = (
        "户编号",
        "村",
        "姓名",
        "出生日期",
        "身份证号",
        "银行卡号",
        "电话",
        "备注",
        "禁牧面积",
    )
    whole, old, bank, phone = NUMBERS
    a_list(
        office / "roster.xlsx",
        ["H1", "示例一村", "扎西", "1950-03-02", whole, bank, phone, f"证{old}", "12"],
        ["H2", "示例一村", "卓玛", "1962-13-01", f"'{old}", "", "", f"{whole}（旧证）", ""],
        ["H3", "示例一村", "德吉", "", "", "", "", "", "#REF!"],
        headings=headings,
    )
    a_list(
        office / "list.xlsx",
        ["扎西", "示例一村", 90, whole, bank],
        ["旺堆", "示例一村", 90, old, bank],
        headings=("姓名", "村", "金额", "身份证号", "一卡通账号"),
    )
    policy = ("--policy", "grassland-grazing-ban")
    for command in (
        ("roster", "check", "roster.xlsx", "--answer", "heading:备注=-"),
        ("roster", "merge", "list.xlsx", *policy, "--to", "roster.xlsx"),
        ("compare", "roster.xlsx", "list.xlsx", *policy),
    ):
        said = policycards(*command, "--format", "json", folder=office)
        assert json.loads(said.out)["files"], said.err
        assert not [each for each in NUMBERS if each in said.out + said.err]
    written = [
        file
        for file in office.rglob("*")
        if file.is_file()
        and file.name not in ("roster.xlsx", "list.xlsx")
        and not file.is_relative_to(office / "policies")
        and not file.is_relative_to(office / "fonts")
    ]
    assert len(written) == 7
    for file in written:
        content = file.read_bytes()
        if file.suffix in (".xlsx", ".pdf"):
            content = everything_in(file)
        assert not [each for each in NUMBERS if each.encode() in content], file.name


def everything_in(file: Path) -> bytes:
    """All that stands in a workbook or a PDF, unpacked."""
    if file.suffix == ".pdf":
        document = pypdfium2.PdfDocument(file)
        texts = [page.get_textpage().get_text_range() for page in document]
        return file.read_bytes() + "".join(texts).encode()
    with zipfile.ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_promised_is_compared_with_paid(tmp_path: Path) -> None:
    office = in_an_office(tmp_path)
    a_list(
        office / "roster.xlsx",
        ["H1", VILLAGE, "扎西", 100],
        ["H2", VILLAGE, "次仁", 20],
        headings=("户编号", "区划代码", "姓名", "禁牧面积"),
    )
    a_list(
        office / "paid.xlsx",
        ["示例一村", "扎西", 90, 675],
        headings=("村", "户主姓名", "面积", "金额"),
    )
    compare = ("compare", "roster.xlsx", "paid.xlsx", "--policy", "grassland-grazing-ban")
    said = policycards(*compare, "--as-of", "2026-11-30", folder=office)
    assert said.code == 0
    assert said.out.endswith(
        "1 rows of the list, 1 matched, 0 not.\n"
        "1 households: the list has another area or quantity (-75.00 yuan)\n"
        "1 households: on the card and not on the list (-150.00 yuan)\n"
        "Cards promise 900.00 yuan, the list pays 675.00 yuan: -225.00 yuan more or less.\n"
        "2 of 2 households differ.\n"
        "output/compare-grassland-grazing-ban.xlsx, output/compare-grassland-grazing-ban.pdf\n"
    )
    told = json.loads(policycards(*compare, "--format", "json", folder=office).out)["result"]
    assert (told["differing"], told["promised"], told["paid"]) == (2, "900.00", "675.00")
    assert told["differences"][0]["household"] == "H1"
    assert "扎西" not in json.dumps(told, ensure_ascii=False)
    pdf = pypdfium2.PdfDocument(office / "output" / "compare-grassland-grazing-ban.pdf")
    text = pdf[0].get_textpage().get_text_range()
    assert len(pdf) == 1 and tuple(map(round, pdf[0].get_size())) == (420, 595)
    assert "卡面与兑付名单对照" in text and "示例一村" in text and "扎西" not in text
    said = policycards("compare", "roster.xlsx", "paid.xlsx", "--policy", "dibao", folder=office)
    assert said.code == 2 and "E903: --policy: there is no 'dibao'" in said.err


def test_a_template_and_a_sample_are_made(tmp_path: Path) -> None:
    assert policycards("roster", "template", "--out", tmp_path / "empty.xlsx").code == 0
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames == [
        "名册",
        "区划 ས་ཁུལ",
        "说明 གསལ་བཤད",
    ]
    made = policycards("roster", "sample", "--out", tmp_path / "sample.xlsx")
    assert made.code == 0
    assert (tmp_path / "sample.xlsx").read_bytes() == (
        ROOT / "rosters" / "sample-village.xlsx"
    ).read_bytes()
    said = policycards(
        "roster", "sample", "--villages", "8", "--households", "16", "--out", tmp_path / "county"
    )
    assert sorted(path.name for path in (tmp_path / "county").iterdir()) == [
        "areas.csv",
        "households.csv",
        "members.csv",
    ]
    assert "The catalogue has fewer villages" in said.out


def test_many_problems_are_counted_and_not_all_shown(tmp_path: Path) -> None:
    rows = [[f"H{number}", VILLAGE, "扎西", "不详", None] for number in range(30)]
    said = policycards("roster", "check", a_list(tmp_path / "list.xlsx", *rows), "--out", tmp_path)
    assert said.out.count("E524") == 1
    assert "    30 times in all, first at 2:4, 3:4, 4:4; all are in errors.xlsx.\n" in said.out


def test_a_kind_tells_what_it_costs_and_how_it_is_mended(tmp_path: Path) -> None:
    headings = ("户编号", "村", "姓名", "禁牧面积", "草畜平衡面积")
    path = a_list(
        tmp_path / "list.xlsx",
        ["H1", "上村", "扎西", 100, 0],
        ["H2", "示例一村", "次仁", 100, "#REF!"],
        ["H3", "示例一村", "卓玛", 20, "#REF!"],
        ["H4", "示例一村", "德吉", 20, 0],
        headings=headings,
    )
    said = policycards("roster", "check", path, "--out", tmp_path, "--format", "json")
    groups = {each["code"]: each for each in json.loads(said.out)["result"]["groups"]}
    yuan = Decimal(groups["E521"]["yuan"])
    assert groups["E521"]["households"] == 2 and yuan >= 900  # both areas at 7.50, and more
    assert groups["E521"]["first"] == [f"{path.as_posix()}:3:5", f"{path.as_posix()}:4:5"]
    assert groups["E513"]["questions"] == ["area:上村"]
    said = policycards("roster", "check", path, "--out", tmp_path)
    assert f"    Keeps 2 households with {yuan:,.2f} yuan a year from being printed.\n" in said.out
    assert "Question: area:上村 (上村, in 1 places). Answer: --answer area:上村=…" in said.out


@pytest.mark.parametrize("name", ["nothing.xlsx", "nothing"])
def test_a_list_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    said = policycards("roster", "check", tmp_path / name, "--out", tmp_path)
    assert (
        said.code == 1
        and "error E100: this file cannot be read: No such file or directory" in said.out
    )


def test_a_check_tells_a_program_columns_cells_and_files(tmp_path: Path) -> None:
    headings = ("户编号", "村的代号", "姓名", "出生日期", "身份证号", "草畜平衡面积")
    rows: list[list[object]] = [
        ["H1", VILLAGE, "扎西", "1960-03-02", "549901195003020018", "12"],
        ["H2", VILLAGE, "次仁", "1960-13-02", None, None],
    ]
    path, out = a_list(tmp_path / "list.xlsx", *rows, headings=headings), tmp_path / "out"
    said = policycards("roster", "check", path, "--out", out, "--format", "json")
    document = json.loads(said.out)
    told = document["result"]
    assert said.code == 1 and "E507" in {each["code"] for each in document["problems"]}
    assert "549901195003020018" not in said.out + said.err
    assert told["unknown"] == [
        {"heading": "村的代号", "nearest": "area", "suggestions": ["area"], "values": []}
    ]
    assert told["dropped"] == ["身份证号"]
    assert {"heading": "户编号", "column": "household_id"} in told["columns"]
    assert (told["households"], told["errors"], told["warnings"]) == (0, 1, 1)

    saved = tmp_path / "headings" / "list.csv"  # in a folder that is not there yet
    options = ("--map", "村的代号=area", "--save-map", saved, "--format", "json")
    said = policycards("roster", "check", path, "--out", out, *options)
    document = json.loads(said.out)
    told = document["result"]
    assert (told["rows"], told["households"], told["persons"]) == (2, 2, 2)
    assert told["villages"] == [{"area": VILLAGE, "households": 2}] and told["unknown"] == []
    problems = (each | cell for each, cell in zip(document["problems"], told["cells"], strict=True))
    (fault,) = (each for each in problems if each["severity"] == "error")
    assert (fault["code"], fault["cell"], fault["value"], fault["line"]) == (
        "E526",
        "D3",
        "1960-13-02",
        3,
    )
    assert fault["message"] and fault["hint"]
    assert {name: Path(file).name for name, file in told["files"].items()} == {
        "errors": "errors.xlsx",
        "marked": "list-marked.xlsx",
        "clean": "list-clean.xlsx",
    }
    assert "村的代号,area" in saved.read_text("utf-8-sig").splitlines()
