"""Workbooks for offices: codes as text, nothing that Excel could take for a formula, the same bytes
every time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain, count, islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from policycards.core.files import atomic_write
from policycards.tables.csv_writer import harmless

EPOCH = datetime(2000, 1, 1)
"""The date in all workbooks: the same input makes the same file."""
ROWS = 1_000_000
"""Rows of one sheet; Excel takes 1,048,576."""
MARKED = PatternFill("solid", fgColor="FFF2CC")
HEADED = PatternFill("solid", fgColor="E7E6E6")

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a workbook: its heading, a second one above it in the other script, its width in
    characters.
    """

    heading: str
    above: str = ""
    width: int = 14


def printable(text: str) -> str:
    """A harmless text without the control characters that no workbook can hold."""
    return harmless(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


Content = str | int | Decimal | None
"""What a cell may hold: a text, a number, nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name on the tab, a title, the headings in two rows if there are
    two, the rows.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Content]]


def write_sheet(
    path: Path,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    private: bool = False,
) -> None:
    """A workbook of one sheet, every cell a text."""
    write_book(path, [Sheet("Sheet1", title, columns, rows)], private=private)


def write_book(path: Path, sheets: Iterable[Sheet], *, private: bool = False) -> None:
    """A workbook; texts stay texts, numbers are numbers. A sheet that has too many rows goes on in
    another one. A ``private`` workbook is for its owner only.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        rows = iter(sheet.rows)
        for number in count(1):
            first = next(rows, None)
            if first is None and number > 1:
                break
            made = book.create_sheet(sheet.name if number == 1 else f"{sheet.name} {number}")
            _fill(made, sheet, chain([first] if first else [], islice(rows, ROWS - 1)))
    save(book, path, private=private)


def _fill(made: object, sheet: Sheet, rows: Iterable[Sequence[Content]]) -> None:
    assert isinstance(made, WriteOnlyWorksheet)
    top = 1 + bool(sheet.title) + any(column.above for column in sheet.columns)
    made.freeze_panes = f"A{top + 1}"
    for number, column in enumerate(sheet.columns, 1):
        made.column_dimensions[get_column_letter(number)].width = column.width  # type: ignore[attr-defined]  # the stubs lack it
    if sheet.title:
        made.append([_cell(made, sheet.title, bold=True)])
    if any(column.above for column in sheet.columns):
        made.append([_cell(made, column.above, bold=True) for column in sheet.columns])
    made.append([_cell(made, column.heading, bold=True) for column in sheet.columns])
    for row in rows:
        made.append(
            [
                (_cell(made, cell) if cell else None) if isinstance(cell, str) else cell
                for cell in row
            ]
        )


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=printable(text))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
        cell.fill = HEADED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def save(book: Workbook, path: Path, *, private: bool = False) -> None:
    """Writes a workbook whole or not at all, without a trace of the clock; for its owner only where
    it is ``private``.
    """
    book.properties.created = EPOCH
    made, fixed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            content = source.read(part)
            if part == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(
                zipfile.ZipInfo(part, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    atomic_write(path, fixed.getvalue(), private=private)
