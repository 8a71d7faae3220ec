"""The forms of a roster: one list with a row a person, or households and members apart; and what
each must have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.households.roster.fields import Field
from policycards.households.roster.findings import Findings
from policycards.households.roster.headings import Matching, mapping_problems, match, nearest_field
from policycards.households.roster.source_tables import Table

HOUSEHOLD_SHEETS = frozenset(
    {"households", "household", "户", "农户", "户表", "家庭", "户信息", "家庭信息"}
)
MEMBER_SHEETS = frozenset(
    {"members", "member", "人", "成员", "人员", "家庭成员", "成员信息", "人员信息", "人口"}
)

_ONE_LIST = (("household_id", "relation"), ("area",), ("name_zh", "name_bo"))
_HOUSEHOLDS = (("household_id",), ("area",))
_MEMBERS = (("household_id",),)
"""Of each group of columns at least one must be there."""


def matched_tables(
    tables: Sequence[Table],
    fields: Mapping[str, Field],
    mapping: Mapping[str, str],
    findings: Findings,
) -> list[Matching]:
    """The list of persons, or the households and their members; none where they cannot be used,
    with the reasons.
    """
    homes = next(
        (table for table in tables if table.name.strip().casefold() in HOUSEHOLD_SHEETS), None
    )
    people = next(
        (table for table in tables if table.name.strip().casefold() in MEMBER_SHEETS), None
    )
    if homes is not None and people is not None:
        found = [match(table, fields, mapping) for table in (homes, people)]
        needs: list[Sequence[Sequence[str]]] = [_HOUSEHOLDS, _MEMBERS]
    else:
        found = _fullest([match(table, fields, mapping) for table in tables], findings)
        needs = [_ONE_LIST]
    there = [heading for matching, _problems in found if matching for heading in matching.headings]
    findings.extend(
        mapping_problems(mapping, there, fields, Place(tables[0].file)) if tables else []
    )
    matched = []
    for (matching, problems), needed in zip(found, needs, strict=False):
        findings.extend(problems)
        if (
            matching is not None
            and not has_errors(problems)
            and _complete(matching, needed, fields, findings)
        ):
            matched.append(matching)
    return matched if len(matched) == len(needs) else []


Match = tuple[Matching | None, list[Problem]]


def seen(
    tables: Sequence[Table], fields: Mapping[str, Field], mapping: Mapping[str, str]
) -> list[Matching]:
    """The headings of every table that has any, also where it cannot be used for want of a
    column.
    """
    return [matching for table in tables if (matching := match(table, fields, mapping)[0])]


def _fullest(found: list[Match], findings: Findings) -> list[Match]:
    """The table with the most known columns; others that look like lists are told, being people
    without cards.
    """
    best = max(found, key=lambda each: len(each[0].columns) if each[0] else -1, default=None)
    for matching, _problems in found:
        if best and best[0] and matching and matching is not best[0]:
            findings.extend([problem("W547", Place(matching.table.file), read=best[0].table.name)])
    return [best] if best else []


def _complete(
    matching: Matching,
    needed: Sequence[Sequence[str]],
    fields: Mapping[str, Field],
    findings: Findings,
) -> bool:
    """Whether all needed columns are there; tells of headings that mean nothing, one of which may
    be what lacks.
    """
    place = Place(matching.table.file, matching.row)
    missing = [group for group in needed if not any(name in matching.columns for name in group)]
    told = [
        f"{heading} ({fields[near].label.zh}?)"
        if (near := nearest_field(heading, fields))
        else heading
        for heading in matching.unmatched
    ]
    if told:
        findings.extend([problem("W510", place, headings=", ".join(told))])
    for group in missing:
        columns = " / ".join(fields[name].label.zh for name in group)
        there = ", ".join(f"{matching.heading(name)} = {name}" for name in sorted(matching.columns))
        findings.extend([problem("E507", place, columns=columns, field=group[0], matched=there)])
    return not missing
