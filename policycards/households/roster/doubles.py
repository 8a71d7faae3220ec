"""One person twice in a list: in one household, in two, or under one identity number."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from policycards.core.names import name_key
from policycards.households.model import earliest
from policycards.households.roster.findings import Findings
from policycards.households.roster.household_ids import HID, mark
from policycards.households.roster.lists import BAD, IDENTITY, STRAY, PersonList
from policycards.households.roster.members import NAMES, Linked
from policycards.tables.csv_reader import ROW


def mark_doubles(linked: Linked, people: PersonList, findings: Findings) -> Linked:
    """The members with those marked ``bad`` who stand there twice; who may be somebody else of the
    same name is only reported.

    The same identity number is always the same person; so is one name in one household, unless the
    birth dates differ. In two households of a township they are only reported: in a whole region
    most names of a day are shared by several people.
    """
    members = _same_number(linked.members, people, findings)
    if "birth_date" not in members.columns:
        members = members.with_columns(pl.lit(None, pl.Date).alias("birth_date"))
    members = _same_name(members, linked.households, people, findings)
    if people.is_of_heads:
        _same_head(linked.households, members, findings)
    return replace(linked, members=members)


def _same_head(households: pl.DataFrame, members: pl.DataFrame, findings: Findings) -> None:
    """Reports heads of one name and village who have the same figures, and nothing that tells one
    from the other.
    """
    apart = {ROW, HID, "walk_order", BAD}
    whole = [name for name in households.columns if name not in apart]
    known = households.join(
        members.select(HID, *(n for n in ("birth_date", IDENTITY) if n in members.columns)), on=HID
    )
    same = [*whole, *(name for name in ("birth_date", IDENTITY) if name in known.columns)]
    if known.is_empty() or households["area"].null_count() == households.height:
        return
    first = pl.col(ROW, HID).first().over(same).name.prefix("first_")
    doubled = known.sort(ROW).with_columns(first).filter(pl.col(ROW) != pl.col("first_" + ROW))
    for row, household, one, other in doubled.select(
        ROW, HID, "first_" + ROW, "first_" + HID
    ).iter_rows():
        shown = findings.shown(one, row)
        findings.add("W544", row, 0, None, household=household, first=shown, other=other)


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
    born = earliest(members).alias("born")
    for name in NAMES:
        known = members.filter(~pl.col(STRAY)).select(ROW, HID, name, "birth_date", born)
        known = known.drop_nulls([HID, name])
        known = known.with_columns(_key=_keys(known[name]))
        for row, household, one in _inside(known).iter_rows():
            if row not in seen:
                shown = findings.shown(one, row)
                findings.add("E589", row, 0, None, household=household, first=shown)
                marked += [row]
                seen.add(row)
        person = ["_key", "birth_date"]
        known = known.drop_nulls("birth_date")
        known = known.filter(pl.struct(person).is_duplicated()) if known.height else known
        if known.is_empty():
            continue
        known = known.join(towns, on=HID).sort(ROW).unique([HID, *person], maintain_order=True)
        first = pl.col(ROW, HID).first().over("town", *person).name.prefix("first_")
        others = known.with_columns(first).filter(pl.col(HID) != pl.col("first_" + HID))
        for row, household, one, other in others.select(
            ROW, HID, "first_" + ROW, "first_" + HID
        ).iter_rows():
            shown = findings.shown(one, row)
            findings.add("W544", row, 0, None, household=household, first=shown, other=other)
    return mark(members, pl.Series(marked, dtype=pl.Int64))


def _inside(known: pl.DataFrame) -> pl.DataFrame:
    """People of one name in one household of whom no birth date tells one from the other: row,
    household, and the row of the first.
    """
    if not known.height:
        return known.select(ROW, HID, pl.col(ROW).alias("first"))
    doubled = known.filter(pl.struct(HID, "_key").is_duplicated()).sort(ROW)
    first = pl.col(ROW, "born").first().over(HID, "_key").name.prefix("first_")
    same = pl.col("born").is_null() | pl.col("born").is_first_distinct().over(HID, "_key").not_()
    unknown = pl.col("born").is_null().any().over(HID, "_key")
    again = pl.col(ROW) != pl.col("first_" + ROW)
    return (
        doubled.with_columns(first, same=same | unknown)
        .filter(again & pl.col("same"))
        .select(ROW, HID, "first_" + ROW)
    )


def _keys(names: pl.Series) -> pl.Series:
    """Names as they are compared; names without any mark are their own keys."""
    odd = names.filter(~names.str.contains(r"^[\u{3400}-\u{9fff}\u{f40}-\u{fbc}]+$")).unique()
    if odd.is_empty():
        return names
    return names.replace(odd, pl.Series([name_key(each) for each in odd], dtype=pl.String))
