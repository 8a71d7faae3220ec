"""Any office's file as tables of text: sheets of a workbook old or new, or a CSV, known by what is
in the file and not by its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from policycards.core.files import open_regular, read_file, shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.tables.csv_reader import ROW, read_frame, utf8_of
from policycards.tables.old_workbooks import read_binary, read_other
from policycards.tables.xlsx import Block, NoWorkbook, Sheet, Workbook, open_workbook

LARGEST = 4_000_000_000
"""Bytes of a file; the list of a whole region has half a thousand million."""
MOST_CELLS = 400_000_000
"""Cells of a sheet's rectangle: one stray cell in the last column must not make a table of every
cell that there could be.
"""

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = b"PK\x03\x04"
_BIFF = tuple(bytes.fromhex(each) for each in ("09000400", "09020600", "09040600", "09080600"))
"""How workbooks of Excel 2 to 4 begin, and those of WPS without a container."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXTS = (".csv", ".txt", ".tsv", ".prn")
_OTHER_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text in the columns ``0``, ``1``, …, with the row's number in the file as ``row``.

    ``name`` is the sheet's or file's; ``file`` is how messages name it; ``separated`` tells a CSV,
    in which a stray comma shifts cells. ``hidden`` are rows that the office does not see,
    ``blocks`` the merged cells, all of them filled, ``numbers`` cells such as 1956.1 whose last
    noughts are lost (row, column from 0). Day numbers count from ``first_day``.
    """

    file: str
    name: str
    frame: pl.DataFrame
    hidden: frozenset[int] = frozenset()
    merged: int = 0
    separated: bool = False
    blocks: tuple[Block, ...] = ()
    numbers: frozenset[tuple[int, int]] = frozenset()
    first_day: date = field(default=date(1899, 12, 30))
    path: Path | None = None

    @property
    def width(self) -> int:
        return self.frame.width - 1

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The number of each row and its cells; an empty cell is an empty text."""
        for row, *cells in self.frame.iter_rows():
            yield row, [cell or "" for cell in cells]


def read_tables(path: Path) -> tuple[list[Table], list[Problem]]:
    """Every visible table of a file that holds anything, and why one cannot be read.

    A file without any table has an error.
    """
    place = Place(shown_path(path))
    try:
        if not path.is_file():
            if path.exists():
                return [], [problem("E500", place)]
            raise FileNotFoundError(2, "No such file or directory")
        if path.stat().st_size > LARGEST:
            return [], [problem("E570", place, what="byte", most=LARGEST)]
        with open_regular(path) as file:
            head = file.read(1 << 13)
        if head.startswith((_ZIP, _COMPOUND, *_BIFF)):
            return _from_workbook(path, head)
        if head.startswith(_OTHER_TEXT):
            return [], [problem("E500", place)]
        return _from_csv(path)
    except OSError as error:
        return [], [problem("E100", place, why=error.strerror or type(error).__name__)]


def read_sheets(path: Path) -> tuple[list[Sheet], list[Problem]]:
    """As ``read_tables``, for our own small workbooks that come back filled in: rows by their
    number; a CSV is a sheet without a name.
    """
    tables, problems = read_tables(path)
    sheets = [
        Sheet(
            "" if table.separated else table.name,
            dict(table.rows()),
            numbers=set(table.numbers),
            first_day=table.first_day,
        )
        for table in tables
    ]
    return sheets, problems


def _from_workbook(path: Path, head: bytes) -> tuple[list[Table], list[Problem]]:
    file = shown_path(path)
    try:
        if not head.startswith(_ZIP):
            if head.startswith(_COMPOUND) and _has(path, _ENCRYPTED):
                return [], [problem("E501", Place(file))]
            book = read_binary(path)
        elif b"opendocument.spreadsheet" in head[:200] or path.suffix.lower() == ".xlsb":
            book = read_other(path)
        else:
            book = open_workbook(path)
    except NoWorkbook as error:
        if path.suffix.lower() in (".docx", ".pptx", ".zip", ".ofd"):
            return [], [problem("E500", Place(file))]
        if "password" in str(error) or "encrypted" in str(error).lower():
            return [], [problem("E501", Place(file))]
        return [], [problem("E502", Place(file), why=error)]
    return tables_of(book, file, path)


def tables_of(book: Workbook, file: str, path: Path) -> tuple[list[Table], list[Problem]]:
    """The sheets of a workbook in which something stands."""
    sheets = [sheet for sheet in book.sheets if any(map(any, sheet.rows.values()))]
    if not sheets:
        hidden = ", ".join(book.hidden)
        found = problem("E573", Place(file), sheets=hidden) if hidden else None
        return [], [found or problem("E572", Place(file))]
    tables = []
    for sheet in sheets:
        name = file if len(sheets) == 1 else f"{file}[{sheet.name}]"
        if len(sheet.rows) * max(map(len, sheet.rows.values())) > MOST_CELLS:
            return [], [problem("E570", Place(name), what="cell", most=MOST_CELLS)]
        tables.append(_table(sheet, name, path))
    notes = [problem("W574", Place(file), sheets=", ".join(book.hidden))] if book.hidden else []
    return tables, notes


def _table(sheet: Sheet, file: str, path: Path) -> Table:
    numbers = sorted(sheet.rows)
    rows = [sheet.rows[number] for number in numbers]
    columns = {ROW: pl.Series(ROW, numbers, dtype=pl.Int64)}
    for column in range(max(map(len, rows))):
        cells = [cells[column] if column < len(cells) else "" for cells in rows]
        columns[str(column)] = pl.Series(str(column), cells, dtype=pl.String)
    return Table(
        file,
        sheet.name,
        pl.DataFrame(columns),
        frozenset(sheet.hidden & set(sheet.rows)),
        sheet.merged,
        blocks=tuple(sheet.blocks),
        numbers=frozenset(sheet.numbers),
        first_day=sheet.first_day,
        path=path,
    )


def _from_csv(path: Path) -> tuple[list[Table], list[Problem]]:
    file = shown_path(path)
    content, problems = utf8_of(read_file(path, LARGEST), file)
    if content is None:
        return [], problems
    if not content.strip():
        return [], [problem("E572", Place(file))]
    if path.suffix.lower() not in _TEXTS and not any(each in content[:4096] for each in b",\t;"):
        return [], [problem("E500", Place(file))]
    if content[:1000].count(b"\x00") > 20 or content.lstrip()[:5].lower() in (b"<html", b"<!doc"):
        return [], [problem("E500", Place(file))]
    frame, faults = read_frame(content, file)
    if frame is None:
        return [], [*problems, *faults]
    return [Table(file, path.stem, frame, separated=True, path=path)], problems


def _has(path: Path, mark: bytes) -> bool:
    """Whether a name stands in the directory of a compound file."""
    with path.open("rb") as file:
        return mark in file.read(1 << 22)
