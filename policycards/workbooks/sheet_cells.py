"""Cells of a workbook that an office fills in: open and locked ones, headings, what Excel says and
refuses.
"""

from __future__ import annotations

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.editing.amendment_input import ENDED, EXPECTED
from policycards.catalogue.model.policy import Text
from policycards.tables.xlsx_writer import HEADED, MARKED, printable
from policycards.workbooks.standards_columns import WHY, Heading

_DATES = ("from", "published")
_LINE = Side(style="thin", color="BFBFBF")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def title(sheet: Worksheet, text: Text) -> None:
    """What a sheet is for, in its first row."""
    sheet.cell(1, 1, f"{text.zh}　{text.bo}").font = Font(bold=True)


def head(cell: Cell | MergedCell, text: str) -> None:
    """A cell of a heading."""
    cell.value, cell.font, cell.fill, cell.border = text, Font(bold=True), HEADED, _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def fill(cell: Cell | MergedCell, text: str, is_open: bool) -> None:
    """A cell of text: figures keep their noughts, dates stay as precise as they are typed."""
    cell.number_format, cell.border = "@", _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value, cell.data_type = printable(text), "s"
    if is_open:
        cell.fill, cell.protection = MARKED, Protection(locked=False)


def check(column: Heading, first: str) -> DataValidation:
    """What Excel says and refuses in a cell; the checks at importing are the ones that count."""
    if column.field == "amount":
        figure = f'IF(OR({first}="{ENDED[0]}",{first}="{EXPECTED[0]}",{first}=""),TRUE,ISNUMBER(VALUE({first})))'
        check = DataValidation(type="custom", formula1=figure, showErrorMessage=True)
    elif column.field in _DATES:
        check = DataValidation(type="custom", formula1=f"LEN({first})>=4", showErrorMessage=True)
    elif column.field == "missing":
        check = DataValidation(type="list", formula1=f'"{",".join(WHY)}"', showErrorMessage=False)
    else:
        check = DataValidation()
    return with_help(check, column)


def with_help(check: DataValidation, heading: Heading) -> DataValidation:
    """A check with what is to be written there, shown when the cell is chosen."""
    check.allow_blank, check.showInputMessage = True, True
    check.promptTitle = heading.name.zh[:32]
    check.prompt = f"{heading.help.zh}\n{heading.help.bo}"[:255]
    check.errorTitle, check.error = heading.name.zh[:32], check.prompt[:225]
    return check


def add(sheet: Worksheet, check: DataValidation, cells: str) -> None:
    """Puts a check on a range of cells."""
    check.add(cells)
    sheet.add_data_validation(check)


def protect(sheet: Worksheet) -> None:
    """Without a password: it keeps from slips, not from people. Columns may be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
