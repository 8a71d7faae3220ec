"""Reads a roster: a file or folder of an office, checked cell by cell, into households and
members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.files import shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.households.model import Roster
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.columns import NUMBER
from policycards.households.roster.fields import OVERRIDE, PERSONAL, Owner, fields_of
from policycards.households.roster.findings import Findings, Notes
from policycards.households.roster.forms import matched_tables, seen
from policycards.households.roster.headings import Matching
from policycards.households.roster.household_ids import HID, report
from policycards.households.roster.identity_numbers import Digest
from policycards.households.roster.lists import BAD, DOUBTED, PersonList, read_list
from policycards.households.roster.members import NAMES, Linked, link_list, link_tables
from policycards.households.roster.pile_order import in_walking_order
from policycards.households.roster.source_tables import ROW, read_tables

_Dtype = pl.DataType | type[pl.DataType]
_TYPES: dict[str, _Dtype] = {"number": NUMBER, "yes_no": pl.Boolean, "date": pl.Date}
_TEXT = pl.String
_HOUSEHOLD: dict[str, _Dtype] = {
    HID: _TEXT,
    "area": _TEXT,
    "group": _TEXT,
    "walk_order": pl.Int64,
    "deliver_to": _TEXT,
    "known_as": _TEXT,
    "name_bo": _TEXT,
    "name_zh": _TEXT,
    "members": pl.Int64,
    ROW: pl.Int64,
}
_MEMBER: dict[str, _Dtype] = {
    HID: _TEXT,
    "name_bo": _TEXT,
    "name_zh": _TEXT,
    "relation": _TEXT,
    "birth_date": pl.Date,
    ROW: pl.Int64,
}


def read_roster(
    path: Path,
    catalogue: Catalogue,
    *,
    today: date,
    digest: Digest | None = None,
    mapping: Mapping[str, str] | None = None,
) -> tuple[Roster | None, list[Problem], Notes]:
    """The sound households of a roster, everything that is wrong with the rest, and what was done
    on the way.

    A household with a faulty row is left out whole: a card that counts too few people would be
    wrong. ``digest`` is a keyed hash, from which household ids come where there are only identity
    numbers; ``mapping`` names the columns of odd headings. None where no household can be read.
    """
    findings = Findings()
    fields = fields_of(catalogue)
    tables, found = read_tables(path)
    findings.extend(found)
    matched = matched_tables(tables, fields, mapping or {}, findings)
    if not matched:
        return None, findings.told(), Notes(**_headings(seen(tables, fields, mapping or {})))
    del tables
    areas = AreaCodes.of(catalogue, today)
    lists = []
    while matched:
        lists.append(read_list(matched.pop(0), fields, areas, today, findings))
    if len(lists) == 2:
        linked = link_tables(lists[0], lists[1], fields, digest, findings)
    else:
        linked = link_list(lists[0], fields, digest, findings)
    _check_heads(linked, lists[0], findings)
    households, members, left_out = _sound(linked, lists, findings)
    report(
        members.filter(DOUBTED).unique(HID, keep="first", maintain_order=True),
        "W560",
        lists[-1],
        findings,
    )
    _same_person(members, households, lists[-1], findings)
    if households.is_empty():
        findings.extend([problem("E550", Place(shown_path(path)))])
    roster = Roster(
        in_walking_order(_shaped(households, _HOUSEHOLD, "household", catalogue)),
        _shaped(members, _MEMBER, "member", catalogue),
    )
    notes = _notes(lists, linked, households.height, left_out, findings)
    return (None if households.is_empty() else roster), findings.told(), notes


def _check_heads(linked: Linked, homes: PersonList, findings: Findings) -> None:
    """Reports households without village and without any name of their head; ``_sound`` leaves them
    out.
    """
    sound = linked.households.filter(~pl.col(BAD))
    report(sound.filter(pl.col("area").is_null()), "E549", homes, findings, "area")
    report(sound.filter(_nameless()), "E539", homes, findings, "name_zh")


def _nameless() -> pl.Expr:
    return pl.all_horizontal(pl.col(name).is_null() for name in NAMES)


def _sound(
    linked: Linked, lists: list[PersonList], findings: Findings
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...]]:
    """Households without any faulty row, their members, and the ids of the others."""
    households, members = linked.households, linked.members
    broken = (
        members.filter(BAD).unique(HID, keep="first", maintain_order=True).select(HID, faulty=ROW)
    )
    out = households.filter(
        pl.col(BAD)
        | pl.col("area").is_null()
        | _nameless()
        | pl.col(HID).is_in(broken[HID].implode())
    )
    for row, household, faulty in (
        out.filter(~pl.col(BAD))
        .join(broken, on=HID, maintain_order="left")
        .select(ROW, HID, "faulty")
        .iter_rows()
    ):
        findings.add("W546", lists[0].file, row, 0, None, household=household, faulty=faulty)
    if out.height:
        households = households.join(out.select(HID), on=HID, how="anti", maintain_order="left")
        members = members.join(households.select(HID), on=HID, how="semi", maintain_order="left")
    counts = members.group_by(HID).agg(members=pl.len().cast(pl.Int64))
    return (
        households.join(counts, on=HID, how="left", maintain_order="left").drop(BAD),
        members.drop(BAD),
        tuple(out[HID].unique().sort()),
    )


def _same_person(
    members: pl.DataFrame, households: pl.DataFrame, people: PersonList, findings: Findings
) -> None:
    """Warns of one name with one birth date in two households of a township: somebody may be
    counted twice.

    Of a township, because in a whole region most names of a day are shared by several people.
    """
    if "birth_date" not in members.columns:
        return
    for name in NAMES:
        person = [name, "birth_date"]
        known = members.select(ROW, HID, *person).drop_nulls(person)
        known = known.filter(pl.struct(person).is_duplicated()) if known.height else known
        towns = households.select(HID, town=pl.col("area").str.head(9))
        known = known.join(towns, on=HID).sort(ROW)
        first = pl.col(ROW, HID).first().over("town", *person).name.prefix("first_")
        doubled = known.with_columns(first).filter(pl.col(HID) != pl.col("first_" + HID))
        for row, household, first_row, other in doubled.select(
            ROW, HID, "first_row", "first_" + HID
        ).iter_rows():
            findings.add(
                "W544", people.file, row, 0, None, household=household, first=first_row, other=other
            )


def _shaped(
    frame: pl.DataFrame, core: dict[str, _Dtype], owner: Owner, catalogue: Catalogue
) -> pl.DataFrame:
    """A frame with all the columns that the contract names, in its order; those the list does not
    have are null.
    """
    attributes = {
        each.name: _TYPES.get(each.type, _TEXT)
        for each in catalogue.settings.attributes
        if each.of == owner
    }
    overrides = {name: _TEXT for name in sorted(frame.columns) if name.startswith(OVERRIDE)}
    columns = [
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in {**core, **attributes, **overrides}.items()
    ]
    return frame.select(columns)


def _notes(
    lists: list[PersonList],
    linked: Linked,
    households: int,
    left_out: tuple[str, ...],
    findings: Findings,
) -> Notes:
    matchings = [each.matching for each in lists]
    return Notes(
        rows=sum(each.frame.height for each in lists),
        households=households,
        left_out=left_out,
        **_headings(matchings),
        hidden=sum(each.table.hidden for each in matchings),
        totals=sum(each.totals for each in lists),
        merged=sum(each.table.merged for each in matchings),
        derived=linked.derived,
        values=findings.values,
    )


class _Headings(TypedDict):
    matched: Mapping[str, str]
    unmatched: tuple[str, ...]
    personal: tuple[str, ...]


def _headings(matchings: Sequence[Matching]) -> _Headings:
    """What the headings of a list were taken for."""
    return {
        "matched": {
            each.heading(name): name
            for each in matchings
            for name in each.columns
            if name not in PERSONAL
        },
        "unmatched": tuple(heading for each in matchings for heading in each.unmatched),
        "personal": tuple(heading for each in matchings for heading in each.personal),
    }
