"""The report of a period as a workbook with charts, which an office above can paste into its
own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from policycards.tables.xlsx_writer import HEADED, Column, printable, save


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart beside a table: its title, whether it is of lines, and the columns of its series,
    from 1.
    """

    title: str
    columns: tuple[int, ...]
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, a title, columns with headings in both scripts, rows of texts and numbers,
    perhaps a chart.

    ``of`` is how many rows the chart shows, from the first; the sum below them is not one of them.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int]]
    chart: Chart | None = None
    of: int = 0


def write_report(path: Path, tables: Sequence[Table]) -> None:
    """The workbook of some tables; the same tables make the same file."""
    book = Workbook()
    first = book.active
    for table in tables:
        sheet = first if table is tables[0] else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = table.name
        _fill(sheet, table)
        if table.chart and table.of:
            sheet.add_chart(_chart(sheet, table, table.chart), f"A{len(table.rows) + 6}")
    save(book, path)


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.append([printable(table.title)])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([printable(column.above) for column in table.columns])
    sheet.append([printable(column.heading) for column in table.columns])
    for row in (2, 3):
        for cell in sheet[row]:
            cell.font, cell.fill = Font(bold=True), HEADED
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for values in table.rows:
        sheet.append([printable(each) if isinstance(each, str) else each for each in values])
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for cells in sheet.iter_rows(min_row=4, max_row=3 + len(table.rows)):
        for cell in cells:
            cell.number_format = "@" if isinstance(cell.value, str) else "#,##0"
    sheet.freeze_panes = "A4"


def _chart(sheet: Worksheet, table: Table, form: Chart) -> BarChart | LineChart:
    chart = LineChart() if form.is_line else BarChart()
    chart.title, chart.height, chart.width = form.title, 9, 24
    last = 3 + table.of
    for column in form.columns:
        chart.add_data(
            Reference(sheet, min_col=column, min_row=3, max_row=last), titles_from_data=True
        )
    chart.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=last))
    chart.x_axis.delete = chart.y_axis.delete = False  # else Excel shows no axes
    return chart
