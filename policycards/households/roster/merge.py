"""Joins one department's list of people approved for a policy to a roster: who on the list is which
person there.

A row fits by household number and name, by identity number, by name and birth date, or by name and
village, whichever the list has first. What fits nobody or several people is reported, never
guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Place, Problem, problem
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.fields import OVERRIDE, Field, fields_of
from policycards.households.roster.findings import Findings
from policycards.households.roster.forms import matched_tables
from policycards.households.roster.headings import Matching, match
from policycards.households.roster.household_ids import HID, head_flag
from policycards.households.roster.identity_numbers import identity_of
from policycards.households.roster.lists import BAD, DOUBTED, IDENTITY, PersonList, read_list
from policycards.households.roster.marked_copy import Added
from policycards.households.roster.source_tables import ROW, read_tables

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

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """The column to be added to the roster; how many rows the list has, and how many of them fit
    one person.
    """

    added: tuple[Added, ...]
    rows: int
    fitting: int


@dataclass(frozen=True, slots=True)
class _Person:
    """A row of the roster or of the list, as far as it tells who it is; ``household`` is a number
    or its head's row.
    """

    row: int
    household: object
    keys: tuple[Key, ...]
    identity: str | None
    head: bool


def join_list(
    roster: Path,
    listed: Path,
    policy: str,
    catalogue: Catalogue,
    today: date,
    mapping: Mapping[str, str],
) -> tuple[Joined | None, list[Problem]]:
    """Who of a roster is on a department's list; ``mapping`` names odd headings of the list; None
    without either.
    """
    findings = Findings()
    fields = fields_of(catalogue)
    name = OVERRIDE + policy
    tables, problems = read_tables(roster)
    findings.extend(problems)
    matchings = matched_tables(tables, fields, {}, findings)
    department, problems = _department(listed, fields, name, mapping)
    findings.extend(problems)
    if not matchings or department is None:
        return None, findings.told()
    areas = AreaCodes.of(catalogue, today)
    silent = Findings()
    people = [read_list(each, fields, areas, today, silent) for each in matchings]
    rows = read_list(department, fields, areas, today, findings)
    target = people[0] if fields[name].owner == "household" else people[-1]
    texts = _texts(rows, people, fields[name], findings)
    table = matchings[people.index(target)]
    added = Added(table, table.heading(name) or fields[name].label.zh, texts)
    return Joined((added,), rows.frame.height, len(texts)), findings.told()


def _department(
    path: Path, fields: Mapping[str, Field], name: str, mapping: Mapping[str, str]
) -> tuple[Matching | None, list[Problem]]:
    """The department's list, whose amounts are those of the policy; none where nothing in it tells
    who is meant.
    """
    tables, problems = read_tables(path)
    own = {**fields, name: replace(fields[name], also=_AMOUNTS)}
    found = [match(table, own, mapping) for table in tables]
    matching, more = max(
        found, key=lambda each: len(each[0].columns) if each[0] else -1, default=(None, [])
    )
    problems += more
    if matching and not {"name_zh", "name_bo", HID, IDENTITY} & set(matching.columns):
        problems.append(problem("E553", Place(matching.table.file, matching.row)))
        return None, problems
    return matching, problems


def _texts(
    rows: PersonList, people: list[PersonList], field: Field, findings: Findings
) -> dict[int, str]:
    """For each row of the roster that is on the list, what the list says."""
    per_household = field.owner == "household"
    by_key: dict[Key, list[_Person]] = {}
    row_of: dict[object, int] = {}
    for person in _people(people[-1], per_household, _areas(people)):
        for key in person.keys:
            by_key.setdefault(key, []).append(person)
        if person.head or person.household not in row_of:
            row_of[person.household] = person.row
    if len(people) == 2:
        row_of = dict(zip(people[0].frame[HID], people[0].frame[ROW], strict=True))
    said = (
        rows.frame[field.name] if field.name in rows.frame.columns else [None] * rows.frame.height
    )
    texts: dict[int, str] = {}
    faulty = rows.frame[BAD] | rows.frame[DOUBTED]
    for person, text, bad in zip(
        _people(rows, per_household, _areas([rows])), said, faulty, strict=True
    ):
        fitting = {
            row_of.get(each.household, 0) if per_household else each.row
            for each in _fitting(person, by_key)
        }
        if bad:
            continue
        row = min(fitting, default=0)
        if not row:
            findings.add("E551", rows.file, person.row, 0, None)
        elif len(fitting) > 1:
            told = ", ".join(map(str, sorted(fitting)))
            findings.add("E552", rows.file, person.row, 0, None, count=len(fitting), rows=told)
        elif row in texts:
            findings.add("W554", rows.file, person.row, 0, None, other=row)
        else:
            texts[row] = {"yes": "是", "no": "否", None: "是"}.get(text, text)
    return texts


def _areas(people: list[PersonList]) -> dict[object, object]:
    """The village of each household that has a number; its people's rows mostly do not repeat
    it.
    """
    told = [each.frame for each in people if each.has(HID) and each.has("area")]
    return {
        household: area
        for frame in told
        for household, area in frame.select(HID, "area").drop_nulls().iter_rows()
    }


def _fitting(person: _Person, by_key: Mapping[Key, list[_Person]]) -> list[_Person]:
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


def _people(
    people: PersonList, per_household: bool, areas: Mapping[object, object]
) -> Iterator[_Person]:
    """The rows with their keys, the surest first."""
    household: object = None
    area: object = None
    for each in people.frame.with_columns(head_flag(people)).iter_rows(named=True):
        own = each.get(HID)
        if own or each["head"] or household is None:
            household = own or each[ROW]
            area = each.get("area") or areas.get(own)
        area = each.get("area") or area
        identity = identity_of(each.get(IDENTITY))
        names = [name for name in (each["name_bo"], each["name_zh"]) if name]
        keys = [*_keys(own, identity, names, each.get("birth_date"), area)]
        keys += [(HID, own)] if own and (per_household or not names) else []
        yield _Person(each[ROW], household, tuple(keys), identity, each["head"])


def _keys(
    own: object, identity: str | None, names: list[str], birth: object, area: object
) -> Iterator[Key]:
    if identity:
        yield IDENTITY, identity
    for key in ((HID, own), ("born", birth), ("lives", area)):
        if key[1]:
            yield from ((*key, name) for name in names)
    yield from (("named", name) for name in names)
