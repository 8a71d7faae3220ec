"""Workbooks for offices: codes as text, nothing that Excel could take for a formula, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from policycards.spreadsheets import harmless

EPOCH = datetime(2000, 1, 1)
"""The date in all workbooks: the same input makes the same file."""
MARKED = PatternFill("solid", fgColor="FFF2CC")
HEADED = PatternFill("solid", fgColor="E7E6E6")

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a workbook: its heading, a second one above it in the other script, its width in characters."""

    heading: str
    above: str = ""
    width: int = 14


def printable(text: str) -> str:
    """A harmless text without the control characters that no workbook can hold."""
    return harmless(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def write_sheet(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """A workbook of one sheet, every cell a text: a title, the headings in two rows if there are two, the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    assert isinstance(sheet, WriteOnlyWorksheet)
    top = 1 + bool(title) + any(column.above for column in columns)
    sheet.freeze_panes = f"A{top + 1}"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width  # type: ignore[attr-defined]  # the stubs lack it
    if title:
        sheet.append([_cell(sheet, title, bold=True)])
    if any(column.above for column in columns):
        sheet.append([_cell(sheet, column.above, bold=True) for column in columns])
    sheet.append([_cell(sheet, column.heading, bold=True) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, text) if text else None for text in row])
    save(book, path)


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=printable(text))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
        cell.fill = HEADED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def save(book: Workbook, path: Path) -> None:
    """Writes a workbook whole or not at all, without a trace of the clock."""
    book.properties.created = EPOCH
    made, fixed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(part, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    path.parent.mkdir(parents=True, exist_ok=True)
    part_file = path.with_name(f".{path.name}.part")
    part_file.write_bytes(fixed.getvalue())
    part_file.replace(path)
