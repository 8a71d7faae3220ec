"""What is wrong with a list, for those who correct it: a workbook of all problems, and their own
list back with one column more.

Sheets, widths, colours and columns that mean nothing here stay as they are; numbers of identity
cards, bank accounts and phones are taken out, since a copy lies about for longer than its list.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.files import draft
from policycards.core.problems import Place, Problem, Severity
from policycards.households.roster.answers import headings_of
from policycards.households.roster.fields import fields_of
from policycards.households.roster.forms import read_sources, seen
from policycards.households.roster.heading_match import MARK, Matching
from policycards.tables.csv_reader import ROW
from policycards.tables.headings import key_of
from policycards.tables.xlsx import letters
from policycards.tables.xlsx_writer import MARKED, Column, printable, save, write_sheet

Cell = tuple[int, int]
Translate = Callable[[str], str]

_COLUMNS = (
    Column("文件", "ཡིག་ཆ", 24),
    Column("行", "གྲལ", 8),
    Column("列", "སྟར", 8),
    Column("内容", "ནང་དོན", 24),
    Column("问题", "གནད་དོན", 60),
    Column("怎么办", "ཇི་ལྟར་བྱེད་པ", 60),
    Column("代号", "ཨང་རྟགས", 8),
)
_PERSONAL = ("identity", "head_identity", "bank", "phone", "disability")
_NUMBER_OF_A_PERSON = re.compile(
    r"(?<!\d)(?:[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx]\d{0,4}"
    r"|[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}|1[3-9]\d{9}|\d{16,19})(?!\d)"
)
_TAKEN_OUT = "＊"
_MOST_TEXT = 32_000


class NoCopy(ValueError):
    """Why a list cannot be given back with marks."""


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


def write_errors(
    path: Path, problems: Sequence[Problem], values: Mapping[Place, str], translate: Translate
) -> None:
    """A workbook with a row for each problem: file, row, column, what stands there, what is wrong,
    what to do.
    """
    rows = (
        [
            Path(each.place.file).name,
            str(each.place.line or ""),
            letters(each.place.column - 1) if each.place.column else "",
            _NUMBER_OF_A_PERSON.sub(_TAKEN_OUT, values.get(each.place, ""))[:_MOST_TEXT],
            each.message(translate),
            each.hint(translate),
            each.code,
        ]
        for each in problems
    )
    write_sheet(path, "", _COLUMNS, rows, private=True)


def mark_list(
    path: Path,
    out: Path,
    catalogue: Catalogue,
    mapping: Mapping[str, str],
    problems: Sequence[Problem],
    translate: Translate,
) -> Path:
    """The clerk's own list with a column that says what to correct, and the cells in question
    coloured; the file or folder written. Raises NoCopy.
    """
    tables, _problems = read_sources(path)
    matchings = seen(tables, fields_of(catalogue), headings_of(mapping))
    added = [_added(matching, problems, translate) for matching in matchings]
    if not added:
        raise NoCopy("no headings were found in it")
    return write_copy(path, out, added)


def _added(matching: Matching, problems: Sequence[Problem], translate: Translate) -> Added:
    own = [
        each
        for each in problems
        if each.place.file == matching.table.file and each.place.line > matching.row
    ]
    texts: dict[int, list[str]] = {}
    for each in own:
        sign = "✗" if each.severity is Severity.ERROR else "?"
        texts.setdefault(each.place.line, []).append(
            f"{sign} {each.message(translate)} → {each.hint(translate)}"
        )
    marked = frozenset((each.place.line, each.place.column) for each in own if each.place.column)
    shown = {row: "\n".join(lines)[:_MOST_TEXT] for row, lines in texts.items()}
    return Added(matching, MARK, shown, marked, anew=True)


def write_copy(path: Path, out: Path, added: Sequence[Added], *, whole: bool = False) -> Path:
    """A copy of a list with its added columns: a workbook of a workbook, a CSV of a CSV, a folder
    of a folder; what was written. ``whole`` keeps the numbers of persons. Raises NoCopy where the
    file cannot be opened for writing.
    """
    if path.is_dir():
        for each in added:
            table = each.matching.table
            source = table.path or path / f"{table.name}.csv"
            same = [other for other in added if (other.matching.table.path or path) == table.path]
            if same and same[0] is each:
                write_copy(source, out / source.name, same, whole=whole)
        return out
    if added[0].matching.table.separated:
        _write_csv(out, added[0], whole)
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        _write_workbook(path, out, added, whole)
    else:
        out = out.with_suffix(".xlsx")
        _write_anew(out, added, whole)
    return out


def _write_workbook(path: Path, out: Path, added: Sequence[Added], whole: bool) -> None:
    try:
        book = load_workbook(path)
        for each in added:
            _add(book[each.matching.table.name], each)
        if not whole:
            for sheet in book.worksheets:
                own = next(
                    (each for each in added if each.matching.table.name == sheet.title), None
                )
                _take_out(sheet, own.matching if own else None)
        save(book, out, private=True)
    except OSError:
        raise
    except Exception as error:  # openpyxl raises whatever it does not expect in a workbook
        raise NoCopy(f"{type(error).__name__}: {error}".splitlines()[0][:200]) from error


def _cells_of(sheet: Worksheet) -> list[SheetCell]:
    """The cells that there are: a stray one far off must not make all between."""
    return [each for each in sheet._cells.values() if isinstance(each, SheetCell)]


def _add(sheet: Worksheet, added: Added) -> None:
    """Into the column of that heading, where a former copy has one, else behind the last."""
    number = _column(added) + 1
    if added.anew:
        _clear(sheet, added.matching.row, number)
    head = sheet.cell(added.matching.row, number, added.heading)
    head.font = Font(bold=True)
    sheet.column_dimensions[letters(number - 1)].width = 60 if added.anew else 14
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
    for cell in _cells_of(sheet):
        if cell.row <= top:
            continue
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == MARKED.fgColor.rgb:
            cell.fill = PatternFill()
        if cell.column == number:
            cell.value = None


def _take_out(sheet: Worksheet, matching: Matching | None) -> None:
    """Empties the columns that are never kept, and takes numbers of persons out of all others."""
    columns = _personal_columns(matching) if matching else set()
    codes = _code_columns(matching) if matching else set()
    for cell in _cells_of(sheet):
        if cell.value is None:
            continue
        if matching and cell.row > matching.row and cell.column - 1 in columns:
            cell.value = None
        elif cell.column - 1 not in codes and isinstance(cell.value, str | int):
            text = str(cell.value)
            if _NUMBER_OF_A_PERSON.search(text):
                cell.value = _NUMBER_OF_A_PERSON.sub(_TAKEN_OUT, text)
        cell.comment = None


def _personal_columns(matching: Matching) -> set[int]:
    known = set(matching.personal)
    own = {at for name, at in matching.columns.items() if name in _PERSONAL}
    return own | {at for at, heading in enumerate(matching.headings) if heading in known}


def _code_columns(matching: Matching) -> set[int]:
    """Columns of household numbers and areas, whose long numbers are nobody's."""
    return {at for name, at in matching.columns.items() if name in ("household_id", "area")}


def _column(added: Added) -> int:
    """Where the column goes, from 0."""
    headings = [key_of(heading) for heading in added.matching.headings]
    key = key_of(added.heading)
    if key in headings:
        return headings.index(key)
    return max(number for number, heading in enumerate(headings) if heading) + 1


def _rows(added: Added, whole: bool) -> list[list[str]]:
    """The rows of a table with the column that is added."""
    column, matching = _column(added), added.matching
    personal = set() if whole else _personal_columns(matching)
    codes = _code_columns(matching)
    rows = []
    for row, *cells in matching.table.frame.select(
        ROW, *(str(at) for at in range(min(column + 1, matching.table.width)))
    ).iter_rows():
        cells += [""] * (column + 1 - len(cells))
        old = "" if added.anew and row > matching.row else cells[column] or ""
        text = added.heading if row == matching.row else added.texts.get(row, old)
        kept = [
            ""
            if at in personal and row > matching.row
            else _NUMBER_OF_A_PERSON.sub(_TAKEN_OUT, cell or "")
            if not whole and at not in codes
            else cell or ""
            for at, cell in enumerate(cells[:column])
        ]
        rows.append([printable(cell) for cell in (*kept, text)])
    return rows


def _write_csv(path: Path, added: Added, whole: bool) -> None:
    """With a byte order mark, so that Excel reads the Tibetan."""
    with (
        draft(path, private=True) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        csv.writer(file).writerows(_rows(added, whole))


def _write_anew(path: Path, added: Sequence[Added], whole: bool) -> None:
    """A new workbook with the texts of an old one, for forms that nothing here can write."""
    book = Workbook()
    first = book.active
    for each in added:
        sheet = first if first is not None else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        first = None
        sheet.title = each.matching.table.name[:31] or "Sheet1"
        for cells in _rows(each, whole):
            sheet.append(cells)
        for row in sheet.iter_rows():
            for cell in row:
                cell.number_format = "@"
    save(book, path, private=True)
