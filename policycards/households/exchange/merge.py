"""Merges a department's list for one policy into a roster: who on the list is which person there,
with the areas and amounts that the list has.

A row fits by identity number, by household number and name, by name and birth date, or by name and
village, whichever the list has first. What fits nobody or several people is reported with the
nearest, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Problem
from policycards.households.exchange.department import QUANTITY, read_department, standard_problems
from policycards.households.exchange.marked_copy import Added
from policycards.households.exchange.payment_columns import quantity_field
from policycards.households.exchange.persons import Person, match_persons, persons_of
from policycards.households.roster.answers import of_any_list
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.fields import OVERRIDE, Field, fields_of
from policycards.households.roster.findings import ROW_BITS, Findings, Question, row_of
from policycards.households.roster.forms import Lists, choose_lists, read_sources
from policycards.households.roster.heading_match import Matching
from policycards.households.roster.household_ids import HID
from policycards.households.roster.lists import PersonList, read_list
from policycards.tables.csv_reader import ROW


@dataclass(frozen=True, slots=True)
class Merged:
    """The columns to be added to the roster; how many rows the list has, and how many of them fit
    one person; ``questions`` are about the others.
    """

    added: tuple[Added, ...]
    rows: int
    fitting: int
    questions: tuple[Question, ...] = ()


def merge_list(
    roster: Path,
    listed: Path,
    policy: str,
    catalogue: Catalogue,
    today: date,
    mapping: Mapping[str, str],
) -> tuple[Merged | None, list[Problem]]:
    """Who of a roster is on a department's list; ``mapping`` is what the office has said of odd
    headings, villages and people; None without either.
    """
    findings = Findings()
    fields = fields_of(catalogue)
    asked: dict[str, Question] = {}
    policy_ = next(each for each in catalogue.policies if each.id == policy)
    department = read_department(
        listed, policy_, catalogue, today, mapping, findings, asked, approvals=True
    )
    read = read_people(roster, catalogue, today, mapping, findings)
    if read is None or department is None:
        return None, findings.all()
    chosen, people = read
    fits = match_persons(department.people, people, chosen.apart, findings, mapping, asked)
    taken = _once(fits.persons, findings)
    field, source = fields[OVERRIDE + policy], OVERRIDE + policy
    own = quantity_field(policy_, fields)
    if own and department.has(QUANTITY):
        field, source = own, QUANTITY
    added = tuple(
        _added(
            field,
            source,
            taken,
            department.people,
            people,
            chosen.matchings,
            chosen.apart,
            findings,
        )
    )
    findings.extend(standard_problems(department, policy_, catalogue, listed, today))
    rows = department.people.frame.height
    return Merged(added, rows, len(fits.persons), tuple(asked.values())), findings.all()


def read_people(
    roster: Path,
    catalogue: Catalogue,
    today: date,
    mapping: Mapping[str, str],
    findings: Findings,
) -> tuple[Lists, list[PersonList]] | None:
    """The rows of a roster with what tells who they are, identity numbers included; what is wrong
    with them is known from reading the roster itself.
    """
    fields = fields_of(catalogue)
    areas = AreaCodes.of(catalogue, today, mapping)
    lasting = of_any_list(mapping)
    tables, problems = read_sources(roster)
    findings.extend(problems)
    chosen = choose_lists(tables, fields, lasting, areas, findings) if tables else None
    if chosen is None:
        return None
    silent = Findings()
    people = [
        read_list(
            each,
            fields,
            areas,
            today,
            silent,
            answers=mapping,
            village=village,
            of_people=not (chosen.apart and at == 0),
        )
        for at, (each, village) in enumerate(zip(chosen.matchings, chosen.villages, strict=True))
    ]
    return chosen, people


def _once(fits: Mapping[int, Person], findings: Findings) -> dict[int, Person]:
    """The rows of a list without those whose person stands on it already."""
    first: dict[int, Person] = {}
    seen: set[int] = set()
    for row, person in fits.items():
        if person.row in seen:
            findings.add("W554", row, 0, None, other=row_of(person.row))
        else:
            first[row] = person
            seen.add(person.row)
    return first


def _added(
    field: Field,
    source: str,
    fits: Mapping[int, Person],
    rows: PersonList,
    people: Sequence[PersonList],
    matchings: Sequence[Matching],
    apart: bool,
    findings: Findings,
) -> Iterator[Added]:
    """The column of a field for each table of the roster: what the list says in the column
    ``source``, where the roster says nothing; where it says otherwise, that is reported and the
    roster's holds.
    """
    per_household = field.owner == "household"
    said = (
        dict(zip(rows.frame[ROW], rows.frame[source], strict=True))
        if source in rows.frame.columns
        else {}
    )
    targets = people[:1] if apart and per_household else people[-1:] if apart else people
    own: dict[int, object] = {}
    head_rows: dict[object, int] = {}
    for each in targets:
        if field.name in each.frame.columns:
            own |= dict(zip(each.frame[ROW], each.frame[field.name], strict=True))
    if per_household:
        for person in persons_of(people, apart):
            if person.head or person.household not in head_rows:
                head_rows[person.household] = person.row
        if apart:
            head_rows |= dict(zip(people[0].frame[HID], people[0].frame[ROW], strict=True))
    texts: dict[int, str] = {}
    for listed, person in fits.items():
        row = head_rows.get(person.household, person.row) if per_household else person.row
        value = said.get(listed)
        text = _shown(value, field)
        before = own.get(row)
        is_area = field.kind != "override"
        if is_area and before is not None and text and _shown(before, field) != text:
            at = rows.column(listed, source)
            findings.add("W592", listed, at, None, other=row_of(row), field=field.label.zh)
        elif row in texts and text and texts[row] != text:
            findings.add("W554", listed, 0, None, other=row_of(row))
        elif text and not (is_area and before is not None):
            texts[row] = text
    for index, each in enumerate(people):
        if each not in targets:
            continue
        matching = matchings[index]
        mine = {row_of(row): text for row, text in texts.items() if row >> ROW_BITS == index}
        if mine or len(targets) == 1:
            yield Added(matching, matching.heading(field.name) or field.label.zh, mine)


def _shown(value: object, field: Field) -> str:
    if field.kind == "override":
        return {"yes": "是", "no": "否", None: "是"}.get(
            value if isinstance(value, str) else None, str(value)
        )
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
