"""The clerk's own list back with one column more: what is to be corrected, or who is on an approval
list.

Everything else stays as it is: sheets, widths, colours, columns that mean nothing here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from policycards.core.files import draft
from policycards.households.roster.headings import Matching, key_of
from policycards.households.roster.source_tables import ROW
from policycards.tables.xlsx_writer import MARKED, printable, save

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Added:
    """A column for one table: its heading, its text by row, and which cells are coloured, by row
    and column from 1.

    ``anew`` takes away what stands in a former column of that heading, and its colours.
    """

    matching: Matching
    heading: str
    texts: Mapping[int, str]
    marked: frozenset[Cell] = frozenset()
    anew: bool = False


def write_copy(path: Path, out: Path, added: Sequence[Added]) -> None:
    """A copy of a list with its added columns: a workbook of a workbook, a CSV of a CSV, a folder
    of a folder.
    """
    if path.is_dir():
        for each in added:
            _write_csv(out / f"{each.matching.table.name}.csv", each)
    elif added[0].matching.table.separated:
        _write_csv(out, added[0])
    else:
        book = load_workbook(path)
        for each in added:
            _add(book[each.matching.table.name], each)
        save(book, out)


def _add(sheet: Worksheet, added: Added) -> None:
    """Into the column of that heading, where a former copy has one, else behind the last."""
    number = _column(added) + 1
    if added.anew and number <= sheet.max_column:
        _clear(sheet, added.matching.row, number)
    head = sheet.cell(added.matching.row, number, added.heading)
    head.font = Font(bold=True)
    sheet.column_dimensions[head.column_letter].width = 60 if added.anew else 14
    for row, text in added.texts.items():
        cell = sheet.cell(row, number)
        if not isinstance(cell, MergedCell):
            cell.value = printable(text)
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row, column in added.marked:
        sheet.cell(row, column).fill = MARKED


def _clear(sheet: Worksheet, top: int, number: int) -> None:
    """Takes away the marks of a former copy, below the headings."""
    for row in sheet.iter_rows(min_row=top + 1):
        for cell in row:
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == MARKED.fgColor.rgb:
                cell.fill = PatternFill()
            if cell.column == number and not isinstance(cell, MergedCell):
                cell.value = None


def _column(added: Added) -> int:
    """Where the column goes, from 0."""
    headings = [key_of(heading) for heading in added.matching.headings]
    key = key_of(added.heading)
    if key in headings:
        return headings.index(key)
    return max(number for number, heading in enumerate(headings) if heading) + 1


def _write_csv(path: Path, added: Added) -> None:
    """With a byte order mark, so that Excel reads the Tibetan."""
    column = _column(added)
    with (
        draft(path) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        for row, *cells in added.matching.table.frame.select(
            ROW, *map(str, range(column + 1))
        ).iter_rows():
            old = "" if added.anew and row > added.matching.row else cells[column] or ""
            text = added.heading if row == added.matching.row else added.texts.get(row, old)
            writer.writerow([printable(cell or "") for cell in (*cells[:column], text)])
