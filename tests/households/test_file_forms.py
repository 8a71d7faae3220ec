"""Whatever form a list has, and whatever it is named: read as what it is, or one sentence how to
save it.
"""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from roster_lists import catalogue, spoilt, write_csv, write_xlsx

from policycards.households.roster.read_roster import read_roster
from policycards.tables.tables import read_sheets

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 30)
PEOPLE = {"H1": 2, "H2": 2}


def people(path: Path) -> dict[str, int]:
    roster, problems, _notes = read_roster(path, catalogue(), today=TODAY)
    assert roster is not None, problems
    return dict(roster.households.select("household_id", "members").iter_rows())


def write_ods(path: Path) -> Path:
    """The list as LibreOffice writes it, with no more than a reader needs."""
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p>'
            "</table:table-cell>"
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        for row in spoilt()
    ]
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="名册">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.mark.parametrize("name", ["list.xlsx", "list.xlsm", "list.csv", "list.xls", "list"])
def test_a_workbook_is_known_whatever_it_is_named(name: str, tmp_path: Path) -> None:
    assert people(write_xlsx(tmp_path / "made.xlsx", spoilt()).rename(tmp_path / name)) == PEOPLE


@pytest.mark.parametrize("name", ["list.csv", "list.txt", "list.xlsx", "list.xls"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_csv_is_known_whatever_it_is_named_and_encoded(
    name: str, encoding: str, tmp_path: Path
) -> None:
    rows = [[*row[:4], "", *row[5:]] for row in spoilt()]  # GB18030 of Excel has no Tibetan
    assert people(write_csv(tmp_path / name, rows, encoding)) == PEOPLE


@pytest.mark.parametrize("name", ["list.ods", "list.xlsx", "list.et"])
def test_a_sheet_of_libreoffice_is_read(name: str, tmp_path: Path) -> None:
    assert people(write_ods(tmp_path / name)) == PEOPLE


@pytest.mark.parametrize("name", ["list.xls", "list.et", "list.xlsx", "list.csv"])
def test_an_old_workbook_is_read_whatever_it_is_named(name: str, tmp_path: Path) -> None:
    shutil.copy(next(CASES.glob("w6-*")), tmp_path / name)
    roster, _problems, _notes = read_roster(tmp_path / name, catalogue(), today=TODAY)
    assert roster is not None and roster.households.height == 10


@pytest.mark.parametrize(
    ("name", "content"),
    [("list.pdf", b"%PDF-1.7\n1 0 obj"), ("list.xlsx", b"%PDF-1.7\n1 0 obj"),
     ("list.xlsx", b"\x89PNG\r\n\x1a\n"), ("list.csv", b"<html><table><tr><td>1</td></tr></html>"),
     ("list.rar", b"Rar!\x1a\x07"), ("list.doc", b"a letter")],
)  # fmt: skip
def test_what_cannot_be_read_says_how_to_save_it(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    roster, problems, _notes = read_roster(tmp_path / name, catalogue(), today=TODAY)
    assert roster is None and [each.code for each in problems] == ["E500"]
    assert problems[0].hint() == "Open it in Excel or WPS and save it as XLSX (另存为)."


def test_our_own_workbooks_come_back_in_any_form(tmp_path: Path) -> None:
    rows = [["甲", "乙"], ["1", ""], ["", "2"]]
    for path in (
        write_xlsx(tmp_path / "one.xlsx", rows),
        write_csv(tmp_path / "two.csv", rows, "gb18030"),
    ):
        sheets, problems = read_sheets(path)
        assert {each.code for each in problems} <= {"W103"}
        texts = {number: [cell.strip() for cell in row] for number, row in sheets[0].rows.items()}
        assert [row[:2] for row in texts.values()] == rows
