"""docs/updating-standards.md says what the commands do."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, policycards
from openpyxl import load_workbook

from policycards.catalogue import check
from policycards.core.codes import KINDS
from policycards.core.problems import has_errors
from policycards.workbooks.standards_columns import COLUMNS, STANDARDS
from policycards.workbooks.standards_writer import FIRST

PAPER = (ROOT / "docs" / "updating-standards.md").read_text(encoding="utf-8")
LINES = re.findall(
    r"^    (policycards standards (?:.|\\\n)*)$", PAPER.replace("\\\n", " "), re.MULTILINE
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path


def test_every_command_that_it_shows_does_its_work(office: Path) -> None:
    assert len(LINES) >= 9
    for line in LINES:
        said = policycards(*shlex.split(line)[1:], folder=office)
        assert said.code == 0, (line, said.out, said.err)
    assert not has_errors(check(office / "policies", date.today())[1])


def test_the_doubt_that_it_shows_is_told_in_these_words(office: Path) -> None:
    policycards("standards", "export", "standards.xlsx", folder=office)
    book = load_workbook(office / "standards.xlsx")
    sheet, fields = book[STANDARDS], [column.field for column in COLUMNS]
    told = {
        "amount": "9000",
        "from": "2026-07",
        "published": "2026-06",
        "title": "通知",
        "missing": "无",
    }
    for row in range(FIRST, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "longevity-90":
            for field, text in told.items():
                sheet.cell(row, fields.index(field) + 1).value = text
    book.save(office / "standards.xlsx")
    said = policycards("standards", "import", "standards.xlsx", lang="zh", folder=office)
    shown = re.search(r"^    (standards\.xlsx\[.*\n) {4}(    .*\n)", PAPER, re.MULTILINE)
    assert shown and "".join(shown.groups()) in said.out


def test_every_column_to_fill_in_is_explained() -> None:
    for column in COLUMNS:
        assert not column.open or column.name.zh in PAPER


def test_every_code_it_names_exists() -> None:
    assert set(re.findall(r"\b[EW][0-9]{3}\b", PAPER)) <= set(KINDS)
