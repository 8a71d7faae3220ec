"""``areas.csv`` and ``contacts.csv`` as offices save them from Excel: rows, cells, columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Literal, cast

from policycards.catalogue.model.catalogue import Area, Attribute, Contact, LocatedText
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.form import brief, nearest
from policycards.catalogue.model.policy import AREA_CODE, Text
from policycards.catalogue.yaml.source import Path_
from policycards.core import units
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


_PHONE = re.compile(r"\+?[0-9][0-9 \-]{2,18}[0-9]")
AREA_COLUMNS = ("code", "bo", "zh")
AREA_EXTRAS = ("valid_from", "valid_to", "successors")
CONTACT_COLUMNS = ("area", "role", "office_bo", "office_zh", "phone", "speaks_tibetan")
CONTACT_EXTRAS = ("hours_bo", "hours_zh", "placeholder")


@dataclass(frozen=True, slots=True)
class Table:
    """What came out of a table: its rows as values, their texts and places, and what was wrong."""

    texts: tuple[LocatedText, ...] = ()
    places: Mapping[tuple[str, Path_], Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_areas(
    content: bytes, file: str, attributes: Collection[Attribute]
) -> tuple[dict[str, Area], Table]:
    """Areas by code; a row that is wrong is left out."""
    named = {attribute.name: attribute for attribute in attributes if attribute.of == "area"}
    rows, problems = read_rows(content, file, (*AREA_COLUMNS, *named), AREA_EXTRAS)
    areas: dict[str, Area] = {}
    texts: list[LocatedText] = []
    places: dict[tuple[str, Path_], Place] = {}
    for row in rows:
        area = _area(row, named)
        if ("areas", (area.code,)) in places and area.code:
            row.report("E152", "code", id=area.code, first=places["areas", (area.code,)])
        places.setdefault(("areas", (area.code,)), row.place("code"))
        if not row.problems:
            areas[area.code] = area
            texts.append(
                LocatedText(area.name, "areas", (area.code,), row.place("bo"), row.place("zh"))
            )
        problems += row.problems
        if len(problems) > MOST:
            break
    return areas, Table(tuple(texts), places, tuple(problems))


def _area(row: Row, attributes: Mapping[str, Attribute]) -> Area:
    area = Area(
        code=row.area("code"),
        name=row.text("bo", "zh"),
        attributes={name: _attribute(row, attribute) for name, attribute in attributes.items()},
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        successors=tuple(row.cells.get("successors", "").split()),
    )
    if area.valid_from and area.valid_to and area.valid_to < area.valid_from:
        row.report("E171", "valid_to", start=area.valid_from, end=area.valid_to)
    return area


def _attribute(row: Row, attribute: Attribute) -> str:
    """The cell of an attribute; empty means not known."""
    cell = row.cells.get(attribute.name, "")
    if cell and attribute.type == "choice" and cell not in attribute.choices:
        known = ", ".join(attribute.choices)
        near = nearest(cell, attribute.choices)
        row.report(
            "E156",
            attribute.name,
            choice=brief(cell),
            attribute=attribute.name,
            nearest=near,
            known=known,
        )
    elif cell and not _FITS[attribute.type](cell):
        row.report(
            "E145", attribute.name, value=brief(cell), attribute=attribute.name, type=attribute.type
        )
    return cell


def _parses(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(cell: str) -> bool:
        try:
            parse(cell)
        except ValueError:
            return False
        return True

    return fits


_FITS: dict[str, Callable[[str], bool]] = {
    "number": _parses(units.amount),
    "yes_no": YES_NO.__contains__,
    "date": _parses(date.fromisoformat),
    "text": bool,
    "choice": bool,
}


def read_contacts(content: bytes, file: str) -> tuple[tuple[Contact, ...], Table]:
    """Contacts in the order of the table; a row that is wrong is left out."""
    rows, problems = read_rows(content, file, CONTACT_COLUMNS, CONTACT_EXTRAS)
    contacts: dict[tuple[str, str], Contact] = {}
    texts: list[LocatedText] = []
    places: dict[tuple[str, Path_], Place] = {("contacts", ()): Place(file)}
    for row in rows:
        contact = _contact(row)
        key = contact.area, contact.role
        if key in contacts:
            first = places["contacts", (list(contacts).index(key),)]
            row.report("E152", "area", id=f"{contact.area} {contact.role}", first=first)
        if not row.problems:
            path: Path_ = (len(contacts),)
            contacts[key] = contact
            places["contacts", path] = row.place("area")
            texts += _contact_texts(contact, path, row)
        problems += row.problems
        if len(problems) > MOST:
            break
    return tuple(contacts.values()), Table(tuple(texts), places, tuple(problems))


def _contact(row: Row) -> Contact:
    role = row.needed("role")
    if role and role not in ("ask", "supervise"):
        row.report("E133", "role", key="role", value=brief(role), allowed="ask, supervise")
    phone = row.needed("phone")
    if phone and not _PHONE.fullmatch(phone):
        row.report("E144", "phone", value=brief(phone))
    has_hours = row.cells.get("hours_bo") or row.cells.get("hours_zh")
    return Contact(
        area=row.area("area"),
        role=cast(Literal["ask", "supervise"], role),
        office=row.text("office_bo", "office_zh"),
        phone=phone,
        hours=row.text("hours_bo", "hours_zh") if has_hours else None,
        speaks_tibetan=row.yes_no("speaks_tibetan"),
        placeholder=row.yes_no("placeholder"),
    )


def _contact_texts(contact: Contact, path: Path_, row: Row) -> Iterator[LocatedText]:
    for name, text in (("office", contact.office), ("hours", contact.hours)):
        if text is not None:
            places = row.place(f"{name}_bo"), row.place(f"{name}_zh")
            yield LocatedText(text, "contacts", (*path, name), *places)
