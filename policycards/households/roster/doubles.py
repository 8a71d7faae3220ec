"""One person twice in a list: in one household, in two, or under one identity number."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from policycards.core.names import name_key
from policycards.households.model import earliest
from policycards.households.roster.findings import Findings
from policycards.households.roster.household_ids import HID, mark
from policycards.households.roster.lists import IDENTITY, STRAY, PersonList
from policycards.households.roster.members import NAMES, Linked
from policycards.tables.csv_reader import ROW


def mark_doubles(linked: Linked, people: PersonList, findings: Findings) -> Linked:
    """The members with those marked ``bad`` who stand there twice; who may be somebody else of the
    same name is only reported.

    The same identity number is always the same person; so are one name and one birth date in one
    household. In two households of a township they are only reported: in a whole region most names of
    a day are shared by several people.
    """
    members = _same_number(linked.members, people, findings)
    if "birth_date" in members.columns:
        members = _same_name(members, linked.households, people, findings)
    return replace(linked, members=members)


def _same_number(members: pl.DataFrame, people: PersonList, findings: Findings) -> pl.DataFrame:
    if IDENTITY not in members.columns:
        return members
    known = members.select(ROW, HID, IDENTITY).drop_nulls()
    doubled = known.filter(pl.col(IDENTITY).is_duplicated()) if known.height else known
    if doubled.is_empty():
        return members
    first = pl.col(ROW, HID).first().over(IDENTITY).name.prefix("first_")
    doubled = doubled.sort(ROW).with_columns(first)
    for row, household, one, other in (
        doubled.filter(pl.col(ROW) != pl.col("first_" + ROW))
        .select(ROW, HID, "first_" + ROW, "first_" + HID)
        .iter_rows()
    ):
        at = people.column(row, IDENTITY)
        shown = findings.shown(one, row)
        findings.add("E588", row, at, None, household=household, first=shown, other=other)
    return mark(members, doubled[ROW])


def _same_name(
    members: pl.DataFrame, households: pl.DataFrame, people: PersonList, findings: Findings
) -> pl.DataFrame:
    marked: list[int] = []
    seen: set[int] = set()
    towns = households.select(HID, town=pl.col("area").str.head(9))
    for name in NAMES:
        born = earliest(members).alias("birth_date")
        exact = pl.col("birth_date").is_not_null().alias("exact")
        known = members.filter(~pl.col(STRAY)).select(ROW, HID, name, born, exact).drop_nulls()
        known = known.with_columns(_key=_keys(known[name]))
        person = ["_key", "birth_date"]
        known = known.filter(pl.struct(person).is_duplicated()) if known.height else known
        if known.is_empty():
            continue
        known = known.join(towns, on=HID).sort(ROW)
        first = pl.col(ROW, HID).first().over("town", *person).name.prefix("first_")
        inside = pl.col(ROW).first().over(HID, *person).alias("inside")
        doubled = known.with_columns(first, inside)
        again = doubled.filter(pl.col(ROW) != pl.col("inside"))
        for row, household, one in again.select(ROW, HID, "inside").iter_rows():
            if row not in seen:
                shown = findings.shown(one, row)
                findings.add("E589", row, 0, None, household=household, first=shown)
                marked += [row]
                seen.add(row)
        others = doubled.filter(
            (pl.col(ROW) == pl.col("inside"))
            & (pl.col(HID) != pl.col("first_" + HID))
            & pl.col("exact")
        )
        for row, household, one, other in others.select(
            ROW, HID, "first_" + ROW, "first_" + HID
        ).iter_rows():
            shown = findings.shown(one, row)
            findings.add("W544", row, 0, None, household=household, first=shown, other=other)
    return mark(members, pl.Series(marked, dtype=pl.Int64))


def _keys(names: pl.Series) -> pl.Series:
    """Names as they are compared; names without any mark are their own keys."""
    odd = names.filter(~names.str.contains(r"^[\u{3400}-\u{9fff}\u{f40}-\u{fbc}]+$")).unique()
    if odd.is_empty():
        return names
    return names.replace(odd, pl.Series([name_key(each) for each in odd], dtype=pl.String))
