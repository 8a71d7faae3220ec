"""Lists for tests of rosters: a small sound one, and how to spoil it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from policycards.catalogue import Catalogue, read_catalogue

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2024, 9, 1)
VILLAGE = "549901101201"
HEADINGS = (
    "户编号",
    "区划代码",
    "组",
    "姓名",
    "藏文姓名",
    "与户主关系",
    "出生日期",
    "禁牧面积（亩）",
    "就读阶段",
    "是否享受农村最低生活保障",
)
ROWS = (
    ("H1", VILLAGE, "一组", "扎西", "བཀྲ་ཤིས", "户主", "1960-03-02", "12.5", "", ""),
    ("H1", "", "", "卓玛", "སྒྲོལ་མ", "配偶", "1962-07-01", "", "", ""),
    ("H2", VILLAGE, "二组", "次仁", "ཚེ་རིང", "户主", "1980-01-05", "0", "", "2400"),
    ("H2", "", "", "德吉", "བདེ་སྐྱིད", "女", "2012-11-30", "", "小学", ""),
)

Rows = Sequence[Sequence[object]]


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue."""
    found, _problems = read_catalogue(ROOT / "policies")
    assert found is not None
    return found


def spoilt(*changes: tuple[int, str, object]) -> list[list[object]]:
    """Headings and rows with cells changed, by row in the file (the headings are row 1) and
    heading.
    """
    rows: list[list[object]] = [list(HEADINGS), *map(list, ROWS)]
    for row, heading, cell in changes:
        rows[row - 1][HEADINGS.index(heading)] = cell
    return rows


def write_xlsx(
    path: Path, rows: Rows, *, merged: Sequence[str] = (), hidden: Sequence[int] = ()
) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for block in merged:
        sheet.merge_cells(block)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def csv_text(rows: Rows, separator: str = ",") -> str:
    return "".join(separator.join(map(str, row)) + "\r\n" for row in rows)


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    path.write_bytes(csv_text(rows).encode(encoding))
    return path
