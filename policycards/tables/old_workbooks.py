"""Workbooks of other forms, as the sheets of ``xlsx``: .xls and WPS .et by xlrd, .ods and .xlsb by
calamine.
"""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from policycards.tables.xlsx import NoWorkbook, Sheet, Workbook, fill_blocks
from policycards.tables.xlsx_cells import format_of, shown_day, shown_number


def read_binary(path: Path) -> Workbook:
    """A workbook of Excel 97 to 2003 or of WPS; raises NoWorkbook, also where it has a password."""
    import xlrd  # lazily: few offices still have such files

    try:
        content = path.read_bytes()
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=_Silent())
        sheets = [_binary_sheet(book, sheet) for sheet in book.sheets() if not sheet.visibility]
        hidden = tuple(sheet.name for sheet in book.sheets() if sheet.visibility)
    except OSError:
        raise
    except Exception as error:  # xlrd raises whatever a broken file makes of its tables
        raise NoWorkbook(str(error) or type(error).__name__) from error
    return Workbook(sheets, hidden)


class _Silent:
    """Where xlrd writes its warnings."""

    def write(self, _text: str) -> int:
        return 0

    def flush(self) -> None:
        pass


def _binary_sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name)
    sheet.first_day = date(1904, 1, 1) if book.datemode else date(1899, 12, 30)
    for number in range(source.nrows):
        cells = [
            _binary_cell(book, cell, sheet, number + 1, column)
            for column, cell in enumerate(source.row(number))
        ]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            sheet.rows[number + 1] = cells
        info = source.rowinfo_map.get(number)
        if info is not None and info.hidden:
            (sheet.folded if info.outline_level else sheet.hidden).add(number + 1)
    sheet.blocks = [
        (left, top + 1, right - 1, bottom) for top, bottom, left, right in source.merged_cells
    ]
    fill_blocks(sheet)
    return sheet


def _binary_cell(book: Any, cell: Any, sheet: Sheet, row: int, column: int) -> str:
    import xlrd

    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_DATE:
        return shown_day(repr(value), sheet.first_day)
    if kind == xlrd.XL_CELL_NUMBER:
        text = shown_number(repr(value))
        if len(text) == 6 and text[4] == ".":
            sheet.numbers.add((row, column))
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return format_of("0", form.format_str if form else "").applied(text)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    return ""


def read_other(path: Path) -> Workbook:
    """A workbook of LibreOffice, or of Excel in its binary form; raises NoWorkbook."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        with path.open("rb") as file:  # by its content: a name ending wrongly would mislead
            book = CalamineWorkbook.from_filelike(file)
        visible = [
            each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible
        ]
        hidden = tuple(each.name for each in book.sheets_metadata if each.name not in visible)
        sheets = []
        for name in visible:
            sheet = Sheet(name)
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for number, values in enumerate(rows, 1):
                cells = [_other_cell(value) for value in values]
                while cells and not cells[-1]:
                    cells.pop()
                if cells:
                    sheet.rows[number] = cells
                    for column, text in enumerate(cells):
                        if len(text) == 6 and text[4] == "." and isinstance(values[column], float):
                            sheet.numbers.add((number, column))
            sheets.append(sheet)
    except (CalamineError, zipfile.BadZipFile, ValueError, OverflowError) as error:
        raise NoWorkbook(str(error) or type(error).__name__) from error
    return Workbook(sheets, hidden)


def _other_cell(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown_number(repr(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)
