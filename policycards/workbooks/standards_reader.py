"""What an office has filled in: rows of the workbook of standards or of a CSV, and the form of a
new policy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from openpyxl.utils import get_column_letter

from policycards.catalogue.editing.amendment_input import Cell, Entry
from policycards.core.files import shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.tables.tables import read_sheets
from policycards.tables.xlsx import FORMULA, Sheet
from policycards.workbooks.standards_columns import COLUMNS, FORM, HELP, NEW_POLICY, Line

_TOP = 40
_NEEDED = ("policy", "amount")
_DATES = ("from", "published")
_LOST_ZERO = re.compile(r"\d{4}\.1")
"""A month written with a point: as a number 2026.10 is 2026.1."""


def read_standards(path: Path) -> tuple[list[Entry], Entry | None, list[Problem]]:
    """The entries of a file, the form of a new policy if one is filled in, and why something cannot
    be read.

    Raises OSError.
    """
    file = shown_path(path)
    sheets, problems = read_sheets(path)
    if not sheets:
        codes = {each.code for each in problems}
        return [], None, [problem("E830", Place(file))] if "E500" in codes else problems
    entries, faults = _entries(
        [sheet for sheet in sheets if sheet.name not in (NEW_POLICY, HELP)], file
    )
    form = next((_form(sheet, file) for sheet in sheets if sheet.name == NEW_POLICY), None)
    return entries, form, [*(each for each in problems if each.code != "W574"), *faults]


def _entries(sheets: list[Sheet], file: str) -> tuple[list[Entry], list[Problem]]:
    """The rows of the first sheet that has the headings."""
    for sheet in sheets:
        top, fields = _headings(sheet)
        if fields:
            return _rows(sheet, f"{file}[{sheet.name}]" if sheet.name else file, top, fields), []
    known = "、".join(column.name.zh for column in COLUMNS if column.field in _NEEDED)
    return [], [problem("E831", Place(file), known=known)]


def _headings(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The last row of headings and the field of each column; headings may stand in two rows, one a
    language.
    """
    names = {
        _plain(name): each.field
        for each in COLUMNS
        for name in (each.field, each.name.zh, each.name.bo)
    }
    top, fields = 0, dict[int, str]()
    for number in sorted(sheet.rows)[:_TOP]:
        known = {
            i: names[_plain(cell)]
            for i, cell in enumerate(sheet.rows[number])
            if _plain(cell) in names
        }
        if set(_NEEDED) <= set(known.values()):
            top, fields = number, known
        elif fields:
            break
    return top, fields


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).split()).rstrip("་").lower()


def _rows(sheet: Sheet, file: str, top: int, fields: Mapping[int, str]) -> list[Entry]:
    titles = {each.field: each.name.zh for each in COLUMNS}
    entries = []
    for number, cells in sorted(sheet.rows.items()):
        if number <= top or not any(cell.strip() for cell in cells):
            continue
        found = {
            field: Cell(
                cells[i] if i < len(cells) else "",
                Place(file, number, i + 1),
                f"{get_column_letter(i + 1)}{number} {titles[field]}",
            )
            for i, field in fields.items()
        }
        entries.append(_sound(Entry(Place(file, number), found)))
    return entries


def _sound(entry: Entry) -> Entry:
    """An entry with a problem for each formula that the program which wrote the file did not
    calculate, and for each month that Excel may have taken for a number.
    """
    for name, cell in entry.cells.items():
        if cell.text == FORMULA:
            entry.report("E832", name)
        month = unicodedata.normalize("NFKC", entry[name])
        if name in _DATES and _LOST_ZERO.fullmatch(month):
            entry.report("E834", name, value=month)
    return entry


def _form(sheet: Sheet, file: str) -> Entry | None:
    """The form, its texts by field and language; None where nothing is filled in."""
    lines = {_plain(f"{line.heading.name.zh} {line.heading.name.bo}"): line for line in FORM}
    place = f"{file}[{sheet.name}]"
    cells: dict[str, Cell] = {}
    for number, texts in sorted(sheet.rows.items()):
        line = lines.get(_plain(texts[0])) if texts else None
        if line is not None:
            cells |= _line(line, [*texts, "", ""], place, number)
    filled = any(cell.text.strip() for cell in cells.values())
    return _sound(Entry(Place(place), cells)) if filled else None


def _line(line: Line, texts: list[str], file: str, number: int) -> dict[str, Cell]:
    field, name = line.heading.field, line.heading.name.zh
    chinese = Cell(texts[2], Place(file, number, 3), f"C{number} {name}")
    if not line.texts:
        return {field: chinese}
    return {
        f"{field}_zh": chinese,
        f"{field}_bo": Cell(texts[1], Place(file, number, 2), f"B{number} {name}"),
    }
