"""A roster's file as tables of text: sheets of a workbook, a CSV in whatever encoding, or a folder
of two CSVs.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from policycards.core.files import open_regular, read_file, shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.tables.csv_text import utf8_of
from policycards.tables.xlsx import NoWorkbook, Sheet, read_workbook

ROW = "row"
TOP = 40
"""Rows in which the headings are looked for; what an office puts above them is a title and a
date.
"""

_OLD_OFFICE = bytes.fromhex("D0CF11E0")
_MOST_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text in the columns ``0``, ``1``, …, with the row's number in the file as ``row``.

    ``name`` is the sheet's or file's; ``file`` is how messages name it; ``separated`` tells a CSV,
    in which a stray comma shifts cells. Hidden rows are already left out.
    """

    file: str
    name: str
    frame: pl.DataFrame
    hidden: int = 0
    merged: int = 0
    separated: bool = False

    @property
    def width(self) -> int:
        return self.frame.width - 1


def read_tables(path: Path) -> tuple[list[Table], list[Problem]]:
    """Every table of a roster's file or folder, and why one cannot be read."""
    place = Place(shown_path(path))
    try:
        if path.is_dir():
            return _folder(path)
        with open_regular(path) as file:
            head = file.read(4)
        if head == _OLD_OFFICE or path.suffix.lower() in (".xls", ".et"):
            return [], [problem("E501", place)]
        if head == b"PK\x03\x04":
            return _workbook(path)
        if path.suffix.lower() in (".csv", ".txt"):
            return _csv(path, path.stem)
    except OSError as error:
        return [], [problem("E100", place, why=error.strerror or type(error).__name__)]
    return [], [problem("E500", place)]


def _folder(path: Path) -> tuple[list[Table], list[Problem]]:
    tables, problems = [], []
    for name in ("households", "members"):
        found, faults = _csv(path / f"{name}.csv", name)
        tables += found
        problems += faults
    return tables, problems


def _workbook(path: Path) -> tuple[list[Table], list[Problem]]:
    file = shown_path(path)
    try:
        sheets = [sheet for sheet in read_workbook(path) if any(map(any, sheet.rows.values()))]
    except NoWorkbook as error:
        return [], [problem("E502", Place(file), why=error)]
    return [
        _table(sheet, file if len(sheets) == 1 else f"{file}[{sheet.name}]") for sheet in sheets
    ], []


def _table(sheet: Sheet, file: str) -> Table:
    shown = [number for number in sorted(sheet.rows) if number not in sheet.hidden]
    width = max(map(len, sheet.rows.values()))
    columns = {ROW: pl.Series(ROW, shown, dtype=pl.Int64)}
    rows = [sheet.rows[number] for number in shown]
    for column in range(width):
        cells = [cells[column] if column < len(cells) else "" for cells in rows]
        columns[str(column)] = pl.Series(str(column), cells, dtype=pl.String)
    told = sum(any(sheet.rows[number]) for number in sheet.hidden & set(sheet.rows))
    return Table(file, sheet.name, pl.DataFrame(columns), told, sheet.merged)


def _csv(path: Path, name: str) -> tuple[list[Table], list[Problem]]:
    file = shown_path(path)
    content, problems = utf8_of(read_file(path), file)
    if content is None:
        return [], problems
    try:
        frame = _frame(content)
    except pl.exceptions.PolarsError as error:
        why = (
            "a double quote is not closed"
            if "escaped" in str(error)
            else str(error).splitlines()[0]
        )
        return [], [*problems, problem("E504", Place(file), why=why)]
    return [Table(file, name, frame, separated=True)], problems


def _frame(content: bytes) -> pl.DataFrame:
    """All cells as text, and a column beyond the last for cells too many; what is yet further right
    is dropped.

    Rows are counted as Excel counts them: a cell of two lines is one row.
    """
    lines = content[: 1 << 16].decode("utf-8", "ignore").splitlines(keepends=True)[:TOP]
    separator = max(",\t;", key="".join(lines).count)
    rows = list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator))
    width = min(max(map(len, rows), default=1), _MOST_COLUMNS)
    head = separator.join(map(str, range(width + 1))).encode("ascii") + b"\n"
    return pl.read_csv(
        head + content,
        separator=separator,
        infer_schema=False,
        truncate_ragged_lines=True,
        row_index_name=ROW,
        row_index_offset=1,
        low_memory=True,
    ).with_columns(pl.col(ROW).cast(pl.Int64))
