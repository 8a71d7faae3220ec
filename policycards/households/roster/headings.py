"""Which column of a list is which: headings in Chinese, Tibetan or English, below whatever titles
stand above them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from policycards.core.problems import Place, Problem, problem
from policycards.households.roster.fields import PERSONAL, Field
from policycards.households.roster.source_tables import ROW, TOP, Table

_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_MARKS = re.compile(r"[\s:*·.,_\-/\u0f0b\u0f0c\u0f0d\u200b\ufeff]+")
MARK = "要改正的地方 བཅོས་དགོས་པ"
"""Heading of the column in which a list comes back with what is to be corrected."""

_IGNORED = frozenset({"序号", "编号", "no", "number", "序", "ཨངརིམ", "要改正的地方བཅོསདགོསཔ"})
_NAMES = ("name_bo", "name_zh")


@dataclass(frozen=True, slots=True)
class Matching:
    """A table's columns by field, where its headings stand, those that mean nothing here, and those
    never kept.
    """

    table: Table
    row: int
    columns: Mapping[str, int]
    headings: tuple[str, ...]
    unmatched: tuple[str, ...]
    personal: tuple[str, ...] = ()

    def heading(self, field: str) -> str:
        return self.headings[self.columns[field]] if field in self.columns else ""


def key_of(heading: str) -> str:
    """A heading as it is compared: width, case, spaces, tshegs and marks make no difference.

    >>> key_of("姓 名（藏文）："), key_of("Birth_Date")
    ('姓名(藏文)', 'birthdate')
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def match(
    table: Table, fields: Mapping[str, Field], mapping: Mapping[str, str]
) -> tuple[Matching | None, list[Problem]]:
    """The columns of a table; None where no row of it can be its headings.

    ``mapping`` goes before: the heading of an odd column, and the field that it is.
    """
    known = _known(fields, mapping)
    top = table.frame.head(TOP)
    rows = [("" if cell is None else cell for cell in row[1:]) for row in top.iter_rows()]
    best, cells = _best([tuple(row) for row in rows], known)
    if best is None:
        return None, [problem("E505", Place(table.file), rows=TOP, known=_usual(fields))]
    place = Place(table.file, top[ROW][best])
    columns, problems = _columns(cells, known, place)
    unmatched = tuple(
        cell.strip()
        for column, cell in enumerate(cells)
        if cell.strip() and column not in columns.values() and not _drops(cell, known)
    )
    headings = tuple(" ".join(cell.split()) for cell in cells)
    personal = tuple(
        each for each in headings if (meant := _meaning(each, known)) and meant[0] in PERSONAL
    )
    return Matching(table, place.line, columns, headings, unmatched, personal), problems


def _known(fields: Mapping[str, Field], mapping: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """What compared headings mean, and how surely: 0 told by hand, 1 a heading of its own, 2 for
    want of a better.
    """
    known: dict[str, tuple[str, int]] = {}
    for field in fields.values():
        for heading in field.also:
            known.setdefault(key_of(heading), (field.name, 2))
    for field in reversed(list(fields.values())):
        for heading in (*field.headings, field.label.bo, field.label.zh, field.name):
            known[key_of(heading)] = (field.name, 1)
    for heading, name in mapping.items():
        if name in fields:
            known[key_of(heading)] = (name, 0)
    return known


def _meaning(heading: str, known: Mapping[str, tuple[str, int]]) -> tuple[str, int] | None:
    """What a heading means, whole, else without what stands in brackets, such as a unit."""
    key = key_of(heading)
    return known.get(key) or known.get(_BRACKETS.sub("", key)) if key else None


def _best(
    rows: list[tuple[str, ...]], known: Mapping[str, tuple[str, int]]
) -> tuple[int | None, tuple[str, ...]]:
    """The row with the most headings that mean something, at least two of them; of equal ones the
    first.

    Where headings take two rows, the lower one has the particulars; far below, printed pages repeat
    them.
    """
    best, most = None, 1
    for number, row in enumerate(rows):
        meant = {found[0] for cell in row if (found := _meaning(cell, known))}
        if len(meant) > most or (len(meant) == most and number - 1 == best):
            best, most = number, len(meant)
    return best, rows[best] if best is not None else ()


def _columns(
    cells: tuple[str, ...], known: Mapping[str, tuple[str, int]], place: Place
) -> tuple[dict[str, int], list[Problem]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for column, cell in enumerate(cells):
        if meaning := _meaning(cell, known):
            found.setdefault(meaning[0], []).append((meaning[1], column))
    columns, problems = {}, []
    for name, places in found.items():
        rank = min(places)[0]
        surest = [column for each, column in places if each == rank]
        columns[name] = surest[0]
        if len(surest) > 1 and name not in PERSONAL:
            told = ", ".join(f"{cells[column].strip()} ({letters(column)})" for column in surest)
            problems.append(problem("E508", place, field=name, headings=told))
    return columns, problems


def _drops(cell: str, known: Mapping[str, tuple[str, int]]) -> bool:
    """Whether a heading means what is never kept, or only counts rows."""
    meaning = _meaning(cell, known)
    return key_of(cell) in _IGNORED or (
        meaning is not None and (meaning[0] in PERSONAL or meaning[1] == 2)
    )


def mapping_problems(
    mapping: Mapping[str, str], headings: Iterable[str], fields: Mapping[str, Field], place: Place
) -> list[Problem]:
    """What is wrong with headings told by hand, for a list with these headings."""
    problems = []
    there = {key_of(heading) for heading in headings}
    for heading, name in mapping.items():
        if name not in fields:
            near = next(iter(get_close_matches(name, fields, 1, 0)), "")
            problems.append(problem("E509", place, heading=heading, field=name, nearest=near))
        elif key_of(heading) not in there:
            problems.append(problem("W506", place, heading=heading))
    return problems


def nearest_field(heading: str, fields: Mapping[str, Field]) -> str:
    """The name of the field whose heading is most like an unknown one, or nothing."""
    names = {
        key_of(each): field.name
        for field in fields.values()
        for each in (*field.headings, field.label.zh)
    }
    near = get_close_matches(key_of(heading), names, 1, 0.5)
    return names[near[0]] if near else ""


def _usual(fields: Mapping[str, Field]) -> str:
    return ", ".join(
        fields[name].label.zh
        for name in ("household_id", "area", *_NAMES, "relation", "birth_date")
    )


def letters(column: int) -> str:
    """The name of a column, numbered from 0, in Excel.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
