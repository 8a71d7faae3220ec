"""The forms of a roster: one list or many with a row a person, a list of heads, or households and
members apart; and what each must have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policycards.core.files import shown_path
from policycards.core.names import name_key
from policycards.core.problems import Place, Problem, problem
from policycards.households.roster.answers import given_for_list, headings_of
from policycards.households.roster.area_codes import QUESTION, AreaCodes
from policycards.households.roster.fields import Field
from policycards.households.roster.findings import Findings, Question
from policycards.households.roster.heading_match import (
    LONGEST,
    Matching,
    mapping_problems,
    match,
    nearest_fields,
)
from policycards.tables.csv_reader import ROW
from policycards.tables.tables import Table, read_tables

HOUSEHOLD_SHEETS = frozenset(
    {"households", "household", "户", "农户", "户表", "家庭", "户信息", "家庭信息"}
)
MEMBER_SHEETS = frozenset(
    {"members", "member", "人", "成员", "人员", "家庭成员", "成员信息", "人员信息", "人口"}
)
LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb", ".csv", ".txt")
"""Files of a folder that are read as lists."""

MOST_HEADINGS = 60
"""Unknown headings of a table that are named and asked about."""
_NAMES = ("name_zh", "name_bo")
_HOUSEHOLDS = (("household_id",), ("area",))
_MEMBERS = (("household_id",),)
_ONE_LIST = (("household_id", "relation"), _NAMES)
"""Of each group of columns at least one must be there."""

Match = tuple[Matching | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Lists:
    """The tables that are read: households and their members apart, or lists of persons, each with
    the village that its sheet, title or file names.
    """

    matchings: tuple[Matching, ...]
    villages: tuple[str, ...]
    apart: bool = False


def read_sources(path: Path) -> tuple[list[Table], list[Problem]]:
    """Every table of a roster: of a file, of a folder with households.csv and members.csv, or of
    all lists in a folder.
    """
    if not path.is_dir():
        return read_tables(path)
    pair = [path / "households.csv", path / "members.csv"]
    files = (
        pair
        if any(each.exists() for each in pair)
        else sorted(
            each
            for each in path.iterdir()
            if each.suffix.lower() in LISTS and not each.name.startswith((".", "~"))
        )
    )
    if not files:
        return [], [problem("E572", Place(shown_path(path)))]
    tables, problems = [], []
    for each in files:
        found, faults = read_tables(each)
        tables += found
        problems += faults
    return tables, problems


def choose_lists(
    tables: Sequence[Table],
    fields: Mapping[str, Field],
    mapping: Mapping[str, str],
    areas: AreaCodes,
    findings: Findings,
    asked: dict[str, Question] | None = None,
) -> Lists | None:
    """The lists of persons, or the households and their members; None where they cannot be used,
    with the reasons.
    """
    questions = asked if asked is not None else {}
    headings = headings_of(mapping)
    names = [table.name.strip().casefold() for table in tables]
    homes = next((at for at, name in enumerate(names) if name in HOUSEHOLD_SHEETS), None)
    people = next((at for at, name in enumerate(names) if name in MEMBER_SHEETS), None)
    if homes is not None and people is not None:
        found = [match(tables[at], fields, headings) for at in (homes, people)]
        _check_mapping(found, tables, fields, mapping, findings)
        matched = [
            each
            for each, needed in zip(found, (_HOUSEHOLDS, _MEMBERS), strict=True)
            if _usable(each, needed, fields, findings, questions)
        ]
        if len(matched) < 2:
            return None
        return Lists(tuple(m for m, _p in matched if m), ("", ""), apart=True)
    return _choose(tables, fields, mapping, areas, findings, questions)


def _choose(
    tables: Sequence[Table],
    fields: Mapping[str, Field],
    mapping: Mapping[str, str],
    areas: AreaCodes,
    findings: Findings,
    asked: dict[str, Question],
) -> Lists | None:
    found = [match(table, fields, headings_of(mapping)) for table in tables]
    _check_mapping(found, tables, fields, mapping, findings)
    lists = [each for each in found if each[0] and _is_list(each[0])]
    if len(lists) > 1:
        lists = [each for each in lists if each[0] and _has_rows(each[0])] or lists[:1]
    others = [each for each in found if each not in lists]
    if not lists:
        best = max(found, key=lambda each: len(each[0].columns) if each[0] else -1, default=None)
        if best is not None:
            needed = (*_ONE_LIST, ("area",))
            _usable(best, needed, fields, findings, asked)
        return None
    for matching, _problems in others:
        if matching is not None and _has_rows(matching):
            read = ", ".join(each.table.name for each, _found in lists if each)
            findings.extend([problem("W547", Place(matching.table.file), read=read)])
    kept: list[Matching] = []
    villages: list[str] = []
    for each in lists:
        matching = each[0]
        assert matching is not None
        village = village_of(matching, areas, asked)
        groups: list[Sequence[str]] = [_NAMES] if matching.is_of_heads else [*_ONE_LIST]
        groups += [] if village else [("area",)]
        if _usable(each, groups, fields, findings, asked):
            kept.append(matching)
            villages.append(village)
    return Lists(tuple(kept), tuple(villages)) if kept else None


def _is_list(matching: Matching) -> bool:
    """Whether a table has people by name, and something of theirs."""
    columns = set(matching.columns)
    return bool(columns & set(_NAMES)) and (
        matching.is_of_heads or bool(columns & {"household_id", "relation"})
    )


def _has_rows(matching: Matching) -> bool:
    """Whether anything stands below the headings."""
    last = matching.table.frame[ROW].last()
    return isinstance(last, int) and last > matching.row


def village_of(matching: Matching, areas: AreaCodes, asked: dict[str, Question]) -> str:
    """The village that a list is of, by its sheet, its title, or its file; nothing where they name
    none or more than one. A sheet that looks like an unknown village is asked about.
    """
    if "area" in matching.columns:
        return ""
    table = matching.table
    answered = areas.answers.get(name_key(table.name))
    if answered in areas.villages:
        return str(answered)
    candidates: list[frozenset[str]] = [areas.in_title(table.name)]
    candidates += [areas.in_title(title) for title in matching.titles]
    if not any(candidates) and table.path is not None:
        candidates.append(areas.in_title(table.path.stem))
    sure = {next(iter(each)) for each in candidates if len(each) == 1}
    if len(sure) == 1:
        return sure.pop()
    id_ = QUESTION + name_key(table.name)
    if id_ not in asked:
        near = tuple(filter(None, areas.nearest(table.name).split(", ")))
        choices = tuple(sorted(sure)) or near
        asked[id_] = Question(id_, table.name, choices)
    return ""


def _check_mapping(
    found: Sequence[Match],
    tables: Sequence[Table],
    fields: Mapping[str, Field],
    mapping: Mapping[str, str],
    findings: Findings,
) -> None:
    """What is wrong with the headings that are mapped for this very list."""
    there = [heading for matching, _problems in found if matching for heading in matching.headings]
    if tables:
        own = given_for_list(mapping)
        findings.extend(mapping_problems(own, there, fields, Place(tables[0].file)))


def seen(
    tables: Sequence[Table], fields: Mapping[str, Field], mapping: Mapping[str, str]
) -> list[Matching]:
    """The headings of every table that has any, also where it cannot be used for want of a
    column.
    """
    return [matching for table in tables if (matching := match(table, fields, mapping)[0])]


def _usable(
    found: Match,
    needed: Sequence[Sequence[str]],
    fields: Mapping[str, Field],
    findings: Findings,
    asked: dict[str, Question],
) -> bool:
    """Whether a table can be read: it has headings, none of them twice, and all that is needed."""
    matching, problems = found
    findings.extend(problems)
    if matching is None or any(each.code == "E508" for each in problems):
        return False
    return _complete(matching, needed, fields, findings, asked)


def _complete(
    matching: Matching,
    needed: Sequence[Sequence[str]],
    fields: Mapping[str, Field],
    findings: Findings,
    asked: dict[str, Question],
) -> bool:
    """Whether all needed columns are there; tells of headings that mean nothing, one of which may
    be what lacks, and asks about those that are like a known one.
    """
    place = Place(matching.table.file, matching.row)
    missing = [group for group in needed if not any(name in matching.columns for name in group)]
    texts = []
    for heading in matching.unmatched[:MOST_HEADINGS]:
        near = nearest_fields(heading, fields)
        shown = heading if len(heading) <= LONGEST else f"{heading[:LONGEST]}…"
        texts.append(
            f"{heading} ({' / '.join(fields[name].label.zh for name in near)}?)" if near else shown
        )
        if near:
            asked.setdefault(
                f"heading:{heading}", Question(f"heading:{heading}", heading, tuple(near))
            )
    if len(matching.unmatched) > MOST_HEADINGS:
        texts.append("…")
    if texts:
        findings.extend([problem("W510", place, headings=", ".join(texts))])
    for group in missing:
        columns = " / ".join(fields[name].label.zh for name in group)
        there = ", ".join(f"{matching.heading(name)} = {name}" for name in sorted(matching.columns))
        findings.extend([problem("E507", place, columns=columns, field=group[0], matched=there)])
    return not missing
