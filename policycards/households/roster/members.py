"""Which person belongs to which household, who is its head, and what the head's row says for all of
them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from policycards.households.model import BORN_FROM, BORN_TO
from policycards.households.roster.fields import OVERRIDE, Field
from policycards.households.roster.findings import Findings
from policycards.households.roster.household_ids import (
    HID,
    Ids,
    hashed,
    mark,
    report,
    with_ids,
)
from policycards.households.roster.identity_numbers import Digest
from policycards.households.roster.lists import (
    BAD,
    DOUBTED,
    HEAD,
    HIDDEN,
    IDENTITY,
    STRAY,
    PersonList,
)
from policycards.tables.csv_reader import ROW

NAMES = ("name_bo", "name_zh")

_MAY_DIFFER = frozenset({HID, "walk_order", "deliver_to", "known_as"})
"""Household columns in which a household's rows may differ: lists number persons, or say where each
lives.
"""


@dataclass(frozen=True, slots=True)
class Linked:
    """Households and members by household id, faulty ones marked ``bad``, members of whom something
    is not known ``doubted``; where the ids come from.
    """

    households: pl.DataFrame
    members: pl.DataFrame
    ids: Ids


def link_list(
    people: PersonList,
    fields: Mapping[str, Field],
    digest: Digest | None,
    villages: Collection[str],
    findings: Findings,
) -> Linked:
    """Households out of a list with a row a person, or with a row a head."""
    frame, ids = with_ids(people, digest, villages, findings)
    frame = _one_head(frame.filter(pl.col(HID).is_not_null()), people, findings)
    heads = frame.filter(HEAD)
    own = [name for name in frame.columns if name in fields and fields[name].owner == "household"]
    heads = _said_once(
        heads, frame, [name for name in own if name not in _MAY_DIFFER], people, findings
    )
    members = frame.select(ROW, HID, *_of_members(frame, fields), *_flags(frame))
    return Linked(heads.select(ROW, HID, *(n for n in own if n != HID), *NAMES, BAD), members, ids)


def _flags(frame: pl.DataFrame) -> list[str]:
    names = (BAD, DOUBTED, HIDDEN, HEAD, STRAY, IDENTITY, BORN_FROM, BORN_TO)
    return [name for name in names if name in frame.columns]


def link_tables(
    homes: PersonList,
    people: PersonList,
    fields: Mapping[str, Field],
    digest: Digest | None,
    villages: Collection[str],
    findings: Findings,
) -> Linked:
    """Households of one table, their members of another."""
    households, derived = hashed(homes.frame, digest, villages, homes, findings)
    report(households.filter(pl.col(HID).is_null()), "E512", homes, findings, HID)
    households = _once(households.filter(pl.col(HID).is_not_null()), homes, findings)
    members, _derived = hashed(people.frame, digest, villages, people, findings)
    ids, keys = households.select(HID), members.select(ROW, HID)
    stray = keys.join(ids, on=HID, how="anti")
    report(stray.filter(pl.col(HID).is_null()), "E512", people, findings, HID)
    report(stray.drop_nulls(HID), "E538", people, findings, HID)
    if stray.height:
        members = members.join(ids, on=HID, how="semi")
    empty = households.join(keys, on=HID, how="anti")
    report(empty, "E540", homes, findings, HID)
    households = _named(mark(households, empty[ROW]), members)
    columns = [
        name for name in households.columns if name in fields and fields[name].owner == "household"
    ]
    columns += [
        name
        for name in households.columns
        if name in fields and name.startswith(OVERRIDE) and name not in columns
    ]
    personal = [
        *_of_members(members, fields),
        *(n for n in members.columns if n.startswith(OVERRIDE)),
    ]
    return Linked(
        households.select(ROW, *columns, *NAMES, BAD),
        members.select(ROW, HID, *dict.fromkeys(personal), *_flags(members)),
        Ids(derived),
    )


def _of_members(frame: pl.DataFrame, fields: Mapping[str, Field]) -> list[str]:
    """Columns that say something about a person."""
    return [
        name
        for name in frame.columns
        if name in fields
        and name != IDENTITY
        and (fields[name].owner == "member" or fields[name].both)
    ]


def _one_head(frame: pl.DataFrame, people: PersonList, findings: Findings) -> pl.DataFrame:
    """The list with exactly one head a household: the first row where none says so; a second one is
    a fault.
    """
    firsts = frame.group_by(HID, maintain_order=True).agg(
        first=pl.col(ROW).filter(~pl.col(STRAY)).first(), heads=pl.col(HEAD).sum()
    )
    frame = frame.join(firsts, on=HID, how="left", maintain_order="left")
    headless = frame.filter((pl.col("heads") == 0) & (pl.col("first") == pl.col(ROW)))
    if people.has("relation"):
        report(headless, "W542", people, findings, "relation")
    twice = frame.filter(HEAD).filter(~pl.col(HID).is_first_distinct())
    for row, household, first in (
        twice.join(
            frame.filter(HEAD)
            .unique(HID, keep="first", maintain_order=True)
            .select(HID, other=ROW),
            on=HID,
        )
        .select(ROW, HID, "other")
        .iter_rows()
    ):
        first = findings.shown(first, row)
        at = people.column(row, HID)
        findings.add("E537", row, at, None, household=household, first=first)
    one = pl.col(HEAD) & ~pl.col(ROW).is_in(twice[ROW].implode())
    head = pl.when(pl.col("heads") == 0).then(pl.col("first") == pl.col(ROW)).otherwise(one)
    return mark(frame.with_columns(head.alias(HEAD)).drop("first", "heads"), twice[ROW])


def _once(households: pl.DataFrame, homes: PersonList, findings: Findings) -> pl.DataFrame:
    """The households with each id once; one whose id stands twice is faulty, since nobody knows
    whose it is.
    """
    firsts = households.group_by(HID).agg(first=pl.col(ROW).min(), rows=pl.len())
    if firsts.filter(pl.col("rows") > 1).is_empty():
        return households
    households = households.join(firsts, on=HID, maintain_order="left")
    again = households.filter((pl.col("rows") > 1) & (pl.col(ROW) != pl.col("first")))
    for row, household, first in again.select(ROW, HID, "first").iter_rows():
        at, first = homes.column(row, HID), findings.shown(first, row)
        findings.add("E537", row, at, None, household=household, first=first)
    doubled = households.filter(pl.col("rows") > 1)[ROW]
    return mark(households.drop("first", "rows"), doubled).unique(
        HID, keep="first", maintain_order=True
    )


def _said_once(
    heads: pl.DataFrame,
    frame: pl.DataFrame,
    names: list[str],
    people: PersonList,
    findings: Findings,
) -> pl.DataFrame:
    """The heads' rows with what only another row of the household says; a row that says otherwise
    is a fault.
    """
    for name in names:
        others = frame.filter(~pl.col(HEAD) & ~pl.col(BAD) & pl.col(name).is_not_null()).select(
            ROW, HID, said=name
        )
        if others.is_empty():
            continue
        heads = heads.join(
            others.unique(HID, keep="first", maintain_order=True).select(HID, "said"),
            on=HID,
            how="left",
        )
        heads = heads.with_columns(pl.coalesce(name, "said").alias(name)).drop("said")
        against = others.join(heads.select(HID, name, first=ROW), on=HID).filter(
            pl.col("said") != pl.col(name)
        )
        for row, household, first in against.select(ROW, HID, "first").iter_rows():
            findings.add(
                "E543",
                row,
                people.column(row, name),
                None,
                household=household,
                first=findings.shown(first, row),
                heading=people.matching.heading(name),
            )
        heads = heads.with_columns(
            (pl.col(BAD) | pl.col(HID).is_in(against[HID].implode())).alias(BAD)
        )
    return heads.sort(ROW)


def _named(households: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The households with the names of their heads, where their own table has none."""
    heads = members.filter(HEAD).unique(HID, keep="first", maintain_order=True)
    columns = heads.select(HID, head_bo=NAMES[0], head_zh=NAMES[1])
    nameless = pl.all_horizontal(pl.col(name).is_null() for name in NAMES)
    return (
        households.join(columns, on=HID, how="left", maintain_order="left")
        .with_columns(
            pl.when(nameless).then("head_bo").otherwise(NAMES[0]).alias(NAMES[0]), _zh=nameless
        )
        .with_columns(pl.when("_zh").then("head_zh").otherwise(NAMES[1]).alias(NAMES[1]))
        .drop("head_bo", "head_zh", "_zh")
    )
