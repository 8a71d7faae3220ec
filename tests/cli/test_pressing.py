"""`policycards print` as an office uses it: whom it prints, on which sheets, and what it says when
asked wrongly.
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import polars as pl
import pypdfium2
import pytest
from command import Said, policycards

from policycards.core.problems import Place
from policycards.qr import format_code, parse_code

DAY = ("--as-of", "2026-11-23")
ROSTER = """户编号,区划代码,组,与户主关系,姓名,藏文姓名,出生日期,身份证号码,禁牧面积,户口性质
h1,549901101201,二组,户主,扎西次仁,བཀྲ་ཤིས་ཚེ་རིང,1944-03-02,549901194403020018,120,农牧
h1,549901101201,二组,妻,卓玛,,1950-07-09,,,
h2,549901101201,一组,户主,次仁,,1980-01-05,,0,农牧
h4,549901101202,一组,户主,边巴,,1980-11-05,,662.5,农牧
"""
FAULTY = "h3,549901101201,一组,户主,多吉,,1980-13-05,,0,农牧\n"
NAMES = ("扎西次仁", "བཀྲ་ཤིས་ཚེ་རིང", "卓玛", "次仁", "边巴", "多吉")
REISSUE = "\ufeffhousehold_id 户编号,copy 第几份,replaces 替换的卡号,reasons 原因\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    return file


def printed(roster: Path, out: Path, *options: object) -> Said:
    return policycards("print", roster, *DAY, "--workers", 1, *options, "--out", out)


def edition(out: Path) -> Path:
    (folder,) = out.iterdir()
    return folder


def table(out: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(edition(out) / "run" / f"manifest-{name}.parquet")


def contents(out: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(each for each in out.rglob("*") if each.is_file())
    return {
        str(each.relative_to(out)): (each.read_bytes(), each.stat().st_mtime_ns) for each in files
    }


def test_a_run_tells_what_it_comes_to_and_the_same_command_again_prints_nothing(
    roster: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = printed(roster, out, "--verify", "all", "--spare", 2, "--csv", "--offset", "1.5,-2")
    assert (first.code, first.err) == (0, "")
    pages = table(out, "cards")["pages"].sum()
    sheets = pages // 2 + 2
    place = edition(out)
    assert first.out.splitlines()[-3:] == [
        (
            f"3 cards, {pages} pages, {sheets} sheets, 2 villages; {sheets / 10:.2f} yuan, 0.0"
            " printer hours."
        ),
        "3 cards were read back from the finished files.",
        (
            f"{place}: a pack for each village. Print pages 1 and 2 of cards.pdf first, at actual"
            " size, and measure."
        ),
    ]
    spares = table(out, "spares")
    assert spares.group_by("area").len().sort("area").rows() == [
        ("549901101201", 2),
        ("549901101202", 2),
    ]
    assert {row["file"] for row in spares.to_dicts()} <= set(packs(place))
    before = contents(place / "549901") | contents(place / "run" / "villages")
    again = printed(roster, out, "--verify", "all", "--spare", 2, "--csv", "--offset", "1.5,-2")
    assert (again.code, again.out) == (0, first.out)
    assert contents(place / "549901") | contents(place / "run" / "villages") == before


def packs(place: Path) -> list[str]:
    return sorted(file.relative_to(place).as_posix() for file in place.glob("5*/*/*.pdf"))


def test_no_name_is_in_anything_beside_the_packs_but_the_offices_own_workbooks(
    roster: Path, tmp_path: Path
) -> None:
    roster.write_text(ROSTER + FAULTY, encoding="utf-8")
    said = printed(roster, tmp_path / "out", "--csv", "--household", "h1", "--household", "h4")
    assert said.code == 0, said.out + said.err
    place = edition(tmp_path / "out")
    told = [said.out, said.err, *(str(file.relative_to(place)) for file in place.rglob("*"))]
    lists = set(place.glob("5*/*/unsettled.csv"))
    for file in (
        each for each in place.rglob("*") if each.is_file() and each.suffix not in (".pdf", ".xlsx")
    ):
        if file in lists:  # what a village fills in
            continue
        told.append(file.read_bytes().decode("utf-8", "replace"))
        if file.suffix == ".parquet":
            told += [str(cell) for row in pl.read_parquet(file).rows() for cell in row]
    for file in place.rglob("*.pdf"):
        with pypdfium2.PdfDocument(file) as document:
            told += [
                repr(document.get_metadata_dict()),
                *(mark.get_title() for mark in document.get_toc()),
            ]
    assert [name for name in NAMES if any(name in each for each in told)] == []
    assert not list((place / "run").glob("plan/*"))
    assert {file.stat().st_mode & 0o077 for file in place.glob("run/*lines.*")} == {0}


def test_an_area_is_printed_alone(roster: Path, tmp_path: Path) -> None:
    said = printed(roster, tmp_path / "out", "--area", "549901101202")
    assert said.code == 0, said.out + said.err
    assert table(tmp_path / "out", "cards")["household"].to_list() == ["h4"]
    assert {name.split("/")[1] for name in packs(edition(tmp_path / "out"))} == {"549901101202"}


def test_a_reissue_list_is_printed_with_the_copies_and_codes_it_says(
    roster: Path, tmp_path: Path
) -> None:
    first = printed(roster, tmp_path / "first", "--area", "549901101201")
    assert first.code == 0, first.out + first.err
    cards = table(tmp_path / "first", "cards")
    (old,) = cards.filter(household="h1").to_dicts()
    listed = tmp_path / "reissue.csv"
    listed.write_text(
        f"{REISSUE}h1,2,{format_code(old['code'])},standard\nh9,2,,\n", encoding="utf-8"
    )
    said = printed(roster, tmp_path / "out", "--reissue-list", listed)
    assert said.code == 0, said.out + said.err
    assert (
        f"{roster}: warning W720: household h9 of the reissue list is not in this roster, so it"
        " gets no card\n    Where it has moved or left, take the old card back; else check the"
        " roster.\n" in said.out
    )
    (new,) = table(tmp_path / "out", "cards").to_dicts()
    assert (new["household"], new["copy"], new["replaces"], new["pile"]) == (
        "h1",
        2,
        old["code"],
        old["pile"],
    )
    assert new["code"] != old["code"] and parse_code(new["code"], Place("card")) == (
        new["code"],
        [],
    )
    assert "旧卡收回" in text(edition(tmp_path / "out") / "549901/549901101201/register.pdf")
    assert "旧卡收回" not in text(edition(tmp_path / "first") / "549901/549901101201/register.pdf")


def text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_rows_of_faults_and_what_nobody_can_tell_are_listed_for_the_office(
    roster: Path, tmp_path: Path
) -> None:
    roster.write_text(ROSTER + FAULTY, encoding="utf-8")
    said = printed(roster, tmp_path / "out")
    assert said.code == 1
    run = edition(tmp_path / "out") / "run"
    faults = cells(run / "errors.xlsx")
    assert [row for row in faults if "E526" in row and "6" in row]
    counted = (run / "unsettled.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (
        len([row for row in counted if row.startswith("\t549901101202,") and ",公益林面积," in row])
        == 1
    )
    listed = (edition(tmp_path / "out") / "549901/549901101202/unsettled.csv").read_text(
        encoding="utf-8-sig"
    )
    assert ",全村1户,གྲོང་ཚོའི་དུད་ཚང་ཡོངས་1,公益林面积," in listed
    assert (
        "4 households may have more, if the roster had what is missing in it.\nunsettled.csv in"
        f" each village's folder tells which cells to fill in; {run}/unsettled.csv counts them.\n"
        in said.out
    )


def cells(file: Path) -> list[list[str]]:
    book = openpyxl.load_workbook(file)
    return [
        [str(cell) for cell in row if cell is not None] for sheet in book for row in sheet.values
    ]


def test_a_folder_that_holds_a_run_of_other_inputs_is_refused_and_left_alone(
    roster: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert printed(roster, out, "--area", "549901101202").code == 0
    before = contents(out)
    said = printed(roster, out, "--area", "549901101202", "--large", "--spare", 1)
    assert said.code == 1
    assert (
        said.out
        == f"{edition(out)}: error E700: this folder holds a run of other inputs, and cards of two"
        " runs must not mix; these differ: large (False, now True), spares (0, now 1)\n   "
        " Print into another folder with --out, or restore what differs and start the same"
        " command again.\nNothing was printed: correct the errors above first.\n"
    )
    assert contents(out) == before


WRONG = {
    ("--edition", "2024b"): (
        "policycards print: error E916: --edition and --as-of exclude each other: an edition has"
        " its own day\n    Give one of them, or none for a proof of today.\n"
    ),
    ("--offset", "1,2,3"): (
        "policycards print: error E390: --offset '1,2,3' is not two numbers for both sides, or"
        " four, of at most 20 mm each\n    Write mm to the right and down: 1.5,-2 for both sides,"
        " or 1.5,-2,0,1 for fronts and then backs.\n"
    ),
    ("--offset", "21,0"): (
        "policycards print: error E390: --offset '21,0' is not two numbers for both sides, or four,"
        " of at most 20 mm each\n    Write mm to the right and down: 1.5,-2 for both sides, or"
        " 1.5,-2,0,1 for fronts and then backs.\n"
    ),
    ("--area", "549902"): (
        "{roster}: error E917: no household of this roster is left to be printed\n"
        "    Check --area, --household and --reissue-list.\n"
    ),
}


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_a_command_that_cannot_be_meant_is_told_and_prints_nothing(
    roster: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    said = printed(roster, tmp_path / "out", *options)
    assert (said.code, said.err) == (2, WRONG[options].format(roster=roster))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("design", "duplex"),
    [("a4", "two-passes"), ("a5", "short-edge"), ("a4", "long-edge")],
)
def test_every_card_is_read_back_from_the_sheets_of_a_command(
    roster: Path, tmp_path: Path, design: str, duplex: str
) -> None:
    options = (
        "--design",
        design,
        "--duplex",
        duplex,
        "--verify",
        "all",
        "--offset",
        "1,2,-1,0.5",
    )
    said = printed(roster, tmp_path / "out", *options)
    assert (said.code, said.out.splitlines()[-2]) == (
        0,
        "3 cards were read back from the finished files.",
    ), said.out


def test_slips_are_printed_instead_of_cards(roster: Path, tmp_path: Path) -> None:
    listed = tmp_path / "reissue.csv"
    head = REISSUE.replace("\n", ",former 旧卡金额\n")
    rows = "h1,2,7F3K9Q2M8ZT1,standard,grassland-grazing-ban/grazing-ban=840\nh4,2,,people,\n"
    listed.write_text(head + rows, encoding="utf-8")
    said = printed(roster, tmp_path / "out", "--reissue-list", listed, "--slips")
    assert said.code == 0, said.out + said.err
    place = edition(tmp_path / "out")
    assert place.name.endswith("-slips") and packs(place) == ["549901/549901101201/slips.pdf"]
    told = text(place / "549901/549901101201/slips.pdf").replace("\u00a0", " ")
    assert "7F3K-9Q2M-8ZT1" in told and "840 → 900" in told.replace("\r\n", " ")
    assert (
        f"{roster}:5: warning W783: of household h4 the reissue list tells no line that is another"
        " now, so it gets no slip\n" in said.out
    )
    assert said.out.endswith(
        "Slips for 1 households on 1 sheets, 2 villages.\n"
        f"{place}: slips.pdf and notice.pdf for each village. "
        "Print at actual size, cut at the marks, lay in order.\n"
    )
    before = contents(place / "549901")
    again = printed(roster, tmp_path / "out", "--reissue-list", listed, "--slips")
    assert (again.code, again.out) == (0, said.out) and contents(place / "549901") == before


def test_slips_need_a_reissue_list(roster: Path, tmp_path: Path) -> None:
    said = printed(roster, tmp_path / "out", "--slips")
    assert (said.code, said.out) == (2, "")
    assert (
        said.err
        == "policycards slips: error E784: slips tell what a former card said, which stands in a"
        " reissue list only\n    Give the list of 'policycards stale' with --reissue-list.\n"
    )


def test_a_trial_tells_a_program_what_a_run_comes_to_and_writes_nothing(
    roster: Path, tmp_path: Path
) -> None:
    said = printed(roster, tmp_path / "out", "--dry-run", "--format", "json")
    document = json.loads(said.out)
    told = document["result"]
    assert said.code == document["code"] == 0 and said.err == ""
    assert document["summary"][-1] == "This was a trial; nothing was written."
    assert not (tmp_path / "out").exists()
    assert (told["cards"], told["villages"], told["as_of"], told["published"]) == (
        3,
        2,
        "2026-11-23",
        False,
    )
    assert told["sheets"] == told["pages"] // 2 + 2
    assert (told["price"], told["hours"]) == (f"{told['sheets'] / 10:.2f}", "0.0")
    assert [each["code"] for each in document["problems"]] == ["W581", "W345", "W345"]
    assert told["without_card"] == [] and not told["interrupted"]
