"""Tables as offices save them from Excel: rows of cells that know their line, and what may stand in
a cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from policycards.catalogue.model.dates import When
from policycards.catalogue.model.form import brief, nearest
from policycards.catalogue.model.policy import AREA_CODE, Text
from policycards.core.problems import Place, Problem, problem
from policycards.tables.encoding import MOST, decode

YES_NO = {"yes": True, "no": False}

_AREA_CODE = re.compile(AREA_CODE)


@dataclass(slots=True)
class Row:
    """A row of a table, its cells by column; what is wrong with it gathers in ``problems``."""

    file: str
    line: int
    cells: Mapping[str, str]
    source: str
    problems: list[Problem] = field(default_factory=list)

    def place(self, column: str) -> Place:
        """The cell's line, and its column in the line where its text stands there only once."""
        cell = self.cells.get(column, "")
        alone = bool(cell) and self.source.count(cell) == 1
        return Place(self.file, self.line, self.source.index(cell) + 1 if alone else 0)

    def report(self, code: str, column: str, /, **facts: object) -> None:
        self.problems.append(problem(code, self.place(column), **facts))

    def needed(self, column: str) -> str:
        """The cell's text; a problem where it is empty."""
        cell = self.cells.get(column, "")
        if not cell:
            self.report("E143", column, column=column)
        return cell

    def area(self, column: str) -> str:
        code = self.needed(column)
        if code and not _AREA_CODE.fullmatch(code):
            self.report("E135", column, value=brief(code))
        return code

    def yes_no(self, column: str) -> bool:
        cell = self.cells.get(column, "").lower() or "no"
        if cell not in YES_NO:
            self.report("E137", column, value=brief(cell))
        return YES_NO.get(cell, False)

    def day(self, column: str) -> date | None:
        cell = self.cells.get(column, "")
        if not cell:
            return None
        try:
            when = When.parse(cell)
        except ValueError:
            self.report("E128", column, value=brief(cell))
            return None
        if when.day is None or when.at_latest:
            self.report("E130", column, value=brief(cell), key=column)
        return when.first_day

    def text(self, bo: str, zh: str) -> Text:
        return Text.model_construct(bo=self.needed(bo), zh=self.needed(zh))


def read_rows(
    content: bytes, file: str, needed: Collection[str], extras: Collection[str]
) -> tuple[list[Row], list[Problem]]:
    """The rows of a table whose first row names its columns; no rows where a needed column is
    missing.
    """
    text, problems = decode(content, file, table=True)
    if text is None:
        return [], problems
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    rows: list[Row] = []
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not columns:
                columns = cells
                problems += islice(_column_problems(cells, Place(file, line), needed, extras), MOST)
                if not set(needed) <= set(columns):
                    return [], problems
            elif len(cells) > len(columns) and any(cells[len(columns) :]):
                problems.append(
                    problem("E142", Place(file, line), count=len(cells), columns=len(columns))
                )
            elif any(cells):
                rows.append(
                    Row(file, line, dict(zip(columns, cells, strict=False)), lines[line - 1])
                )
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(problem("E146", Place(file, line), why=error))
    if not columns:
        problems += _column_problems([], Place(file, 1), needed, extras)
    return rows, problems


def _column_problems(
    columns: list[str], place: Place, needed: Collection[str], extras: Collection[str]
) -> Iterator[Problem]:
    known = [*needed, *extras]
    listed = ", ".join(known)
    for column in known:
        if column in needed and column not in columns:
            yield problem("E140", place, column=column, known=listed)
    for column, count in Counter(columns).items():
        if column and column not in known:
            yield problem(
                "E141", place, column=brief(column), nearest=nearest(column, known), known=listed
            )
        elif column and count > 1:
            yield problem("E152", place, id=column, first=place)
