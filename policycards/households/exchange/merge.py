"""Merges a department's list for one policy into a roster: who on the list is which person there,
with the areas and amounts that the list has.

A row fits by identity number, by household number and name, by name and birth date, or by name and
village, whichever the list has first. What fits nobody or several people is reported with the
nearest, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.core.names import name_key
from policycards.core.problems import Place, Problem, problem
from policycards.households.exchange.marked_copy import Added
from policycards.households.exchange.payment_columns import (
    PaymentColumns,
    payment_columns,
    quantity_field,
    with_payment_columns,
)
from policycards.households.roster.answers import headings_of
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.fields import OVERRIDE, Field, fields_of
from policycards.households.roster.findings import ROW_BITS, Findings, row_of
from policycards.households.roster.forms import choose_lists, read_sources
from policycards.households.roster.headings import Matching, match
from policycards.households.roster.household_ids import HID
from policycards.households.roster.lists import BAD, DOUBTED, HEAD, IDENTITY, PersonList, read_list
from policycards.households.roster.members import NAMES
from policycards.tables.csv_reader import ROW
from policycards.tables.tables import read_tables

Key = tuple[object, ...]
NEAREST = 3

_AMOUNTS = (
    "金额",
    "补助金额",
    "审批金额",
    "发放金额",
    "补贴金额",
    "享受金额",
    "是否享受",
    "amount",
)


@dataclass(frozen=True, slots=True)
class Merged:
    """The columns to be added to the roster; how many rows the list has, and how many of them fit
    one person.
    """

    added: tuple[Added, ...]
    rows: int
    fitting: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A department's list: its rows, the columns of the policy, and where it stands."""

    people: PersonList
    columns: PaymentColumns


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the roster or of the list, as far as it tells who it is; ``household`` tells
    households apart.
    """

    row: int
    household: object
    keys: tuple[Key, ...]
    identity: str | None
    head: bool
    area: object
    name: str


def merge_list(
    roster: Path,
    listed: Path,
    policy: str,
    catalogue: Catalogue,
    today: date,
    mapping: Mapping[str, str],
) -> tuple[Merged | None, list[Problem]]:
    """Who of a roster is on a department's list; ``mapping`` is what the office has said of odd
    headings and villages; None without either.
    """
    findings = Findings()
    fields = fields_of(catalogue)
    areas = AreaCodes.of(catalogue, today, mapping)
    asked = next(each for each in catalogue.policies if each.id == policy)
    tables, problems = read_sources(roster)
    findings.extend(problems)
    chosen = choose_lists(tables, fields, {}, areas, findings)
    department = read_department(listed, asked, catalogue, today, mapping, findings)
    if chosen is None or department is None:
        return None, findings.all()
    silent = Findings()
    people = [
        read_list(
            each, fields, areas, today, silent, village=village,
            of_people=not (chosen.apart and at == 0),
        )
        for at, (each, village) in enumerate(zip(chosen.matchings, chosen.villages, strict=True))
    ]  # fmt: skip
    fits = _fits(department.people, people, chosen.apart, findings)
    wanted = [OVERRIDE + policy]
    own = quantity_field(asked, fields)
    if own and department.columns.quantity is not None:
        wanted = [own.name]
    added = [
        each
        for name in wanted
        for each in _added(
            fields[name], fits, department.people, people, chosen.matchings, chosen.apart, findings
        )
    ]
    rows = department.people.frame.height
    return Merged(tuple(added), rows, len(fits)), findings.all()


def read_department(
    path: Path,
    policy: Policy,
    catalogue: Catalogue,
    today: date,
    mapping: Mapping[str, str],
    findings: Findings,
) -> Listed | None:
    """A department's list; none where nothing in it tells who is meant."""
    fields = fields_of(catalogue)
    tables, problems = read_tables(path)
    findings.extend(problems)
    name = OVERRIDE + policy.id
    own = {**fields, name: replace(fields[name], also=_AMOUNTS)}
    found = [match(table, own, headings_of(mapping)) for table in tables]
    matching, more = max(
        found, key=lambda each: len(each[0].columns) if each[0] else -1, default=(None, [])
    )
    findings.extend(more)
    if matching is None:
        return None
    if not {*NAMES, HID, IDENTITY} & set(matching.columns):
        findings.extend([problem("E553", Place(matching.table.file, matching.row))])
        return None
    columns = payment_columns(matching, policy, fields, catalogue)
    matching = with_payment_columns(matching, columns, policy, fields)
    areas = AreaCodes.of(catalogue, today, mapping)
    people = read_list(_of_payments(matching), fields, areas, today, findings)
    return Listed(people, columns)


def _of_payments(matching: Matching) -> Matching:
    """A department's list has a row a person or a household, whatever its relation column."""
    return replace(
        matching,
        columns={name: at for name, at in matching.columns.items() if name != "relation"},
    )


def _fits(
    rows: PersonList, people: Sequence[PersonList], apart: bool, findings: Findings
) -> dict[int, Person]:
    """For each row of the list the person of the roster that it is."""
    by_key: dict[Key, list[Person]] = {}
    everybody = list(persons_of(people, apart))
    for person in everybody:
        for key in person.keys:
            by_key.setdefault(key, []).append(person)
    faulty = dict(zip(rows.frame[ROW], rows.frame[BAD] | rows.frame[DOUBTED], strict=True))
    fits: dict[int, Person] = {}
    taken: dict[int, int] = {}
    for person in persons_of([rows], False):
        if faulty[person.row]:
            continue
        fitting = {each.row: each for each in fitting_persons(person, by_key)}
        if not fitting:
            near = ", ".join(str(row_of(each.row)) for each in nearest_persons(person, everybody))
            findings.add("E551", person.row, 0, None, nearest=near or "-")
        elif len(fitting) > 1:
            shown = ", ".join(str(row_of(row)) for row in sorted(fitting))
            findings.add("E552", person.row, 0, None, count=len(fitting), rows=shown)
        elif (row := next(iter(fitting))) in taken:
            findings.add("W554", person.row, 0, None, other=row_of(row))
        else:
            fits[person.row] = fitting[row]
            taken[row] = person.row
    return fits


def _added(
    field: Field,
    fits: Mapping[int, Person],
    rows: PersonList,
    people: Sequence[PersonList],
    matchings: Sequence[Matching],
    apart: bool,
    findings: Findings,
) -> Iterator[Added]:
    """The column of a field for each table of the roster: what the list says, where the roster says
    nothing; where it says otherwise, that is reported and the roster's holds.
    """
    per_household = field.owner == "household"
    said = (
        dict(zip(rows.frame[ROW], rows.frame[field.name], strict=True))
        if field.name in rows.frame.columns
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
            at = rows.column(listed, field.name)
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


def fitting_persons(person: Person, by_key: Mapping[Key, list[Person]]) -> list[Person]:
    """Who fits by the first key that anybody fits, without those whose identity number is
    another.
    """
    for key in person.keys:
        fitting = [
            each
            for each in by_key.get(key, ())
            if not (each.identity and person.identity and each.identity != person.identity)
        ]
        if fitting:
            return fitting
    return []


def nearest_persons(person: Person, everybody: Sequence[Person]) -> list[Person]:
    """Those of the same village, else of all, whose names are most like a person's."""
    if not person.name:
        return []
    near = [each for each in everybody if each.name and person.area in (None, each.area)]
    scored = [
        (SequenceMatcher(None, person.name, each.name, autojunk=False).ratio(), each)
        for each in near[:5000]
    ]
    scored.sort(key=lambda each: (-each[0], each[1].row))
    return [each for score, each in scored[:NEAREST] if score >= 0.5]


def persons_of(lists: Sequence[PersonList], apart: bool) -> Iterator[Person]:
    """The rows of a roster or of a list with their keys, the surest first."""
    homes = {}
    if apart:
        frame = lists[0].frame
        columns = [name for name in (HID, "area") if name in frame.columns]
        homes = {row[0]: row[-1] for row in frame.select(columns).drop_nulls().iter_rows()}
    for each in lists[-1:] if apart else lists:
        yield from _persons(each, homes)


def _persons(people: PersonList, homes: Mapping[object, object]) -> Iterator[Person]:
    household: object = None
    number: object = None
    has_heads = bool(people.frame[HEAD].any())
    area: object = None
    for each in people.frame.iter_rows(named=True):
        own = each.get(HID)
        begins = each[HEAD] or household is None or (own and own != number)
        if begins:
            number = own
            area = each.get("area") or homes.get(own)
            household = own if homes else (each[ROW] >> ROW_BITS, area, own or each[ROW])
        home = each.get("area") or area
        identity = each.get(IDENTITY)
        names = [name_key(name) for name in (each["name_bo"], each["name_zh"]) if name]
        keys = [*_keys(own or number, identity, names, each.get("birth_date"), home)]
        if own and (not names or (each[HEAD] if has_heads else begins)):
            keys += [(HID, own, home), (HID, own)]
        yield Person(
            each[ROW], household, tuple(keys), identity, each[HEAD], home, next(iter(names), "")
        )


def _keys(
    own: object, identity: object, names: list[str], birth: object, area: object
) -> Iterator[Key]:
    if identity:
        yield IDENTITY, identity
    for key in ((HID, own), ("born", birth), ("lives", area)):
        if key[1]:
            yield from ((*key, name) for name in names)
    yield from (("named", name) for name in names)
