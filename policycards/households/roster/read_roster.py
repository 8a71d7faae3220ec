"""Reads a roster: a file or folder of an office, checked cell by cell, into households and
members.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.codes import KINDS
from policycards.core.files import shown_path
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.households.model import BORN_FROM, BORN_TO, Roster
from policycards.households.roster.answers import headings_of
from policycards.households.roster.area_codes import AreaCodes, other_county
from policycards.households.roster.doubles import mark_doubles
from policycards.households.roster.fields import OVERRIDE, PERSONAL, Field, Owner, fields_of
from policycards.households.roster.findings import ROW_BITS, Findings, Notes, Question
from policycards.households.roster.forms import Lists, choose_lists, read_sources, seen
from policycards.households.roster.heading_match import Matching
from policycards.households.roster.homes import in_walking_order
from policycards.households.roster.household_ids import HID, report
from policycards.households.roster.identity_numbers import Digest
from policycards.households.roster.lists import (
    BAD,
    DOUBTED,
    HEAD,
    HIDDEN,
    IDENTITY,
    STRAY,
    PersonList,
    joined,
    read_list,
)
from policycards.households.roster.members import NAMES, Linked, link_list, link_tables
from policycards.households.roster.roster_columns import NUMBER
from policycards.tables.csv_reader import ROW

MOST_WITHHELD = 20_000
"""Households that are left out and whose money is counted; more have one cause."""
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
    numbers; ``mapping`` is what the office has said: the columns of odd headings, villages, months.
    None where no household can be read.
    """
    findings = Findings()
    fields = fields_of(catalogue)
    said = mapping or {}
    headings = headings_of(said)
    areas = AreaCodes.of(catalogue, today, mapping)
    asked: dict[str, Question] = {}
    tables, found = read_sources(path)
    findings.extend(found)
    chosen = choose_lists(tables, fields, said, areas, findings, asked) if tables else None
    if chosen is None:
        if not any(each.severity is Severity.ERROR for each in findings.problems):
            findings.extend([problem("E550", Place(shown_path(path)))])
        matched = seen(tables, fields, headings)
        questions = tuple(asked.values())
        notes = Notes(**_headings(matched), questions=questions, samples=_samples(matched))
        return None, findings.all(), notes
    if county := _other_county(chosen, areas):
        place = Place(shown_path(path))
        findings.extend([problem("E585", place, county=county, home=areas.home)])
        return None, findings.all(), Notes(**_headings(chosen.matchings))
    samples = _samples(chosen.matchings)
    del tables
    lists = _read_each(chosen, fields, areas, today, findings, said, asked)
    if chosen.apart:
        linked = link_tables(lists[0], lists[1], fields, digest, areas.villages, findings)
    else:
        lists = [joined(lists)]
        linked = link_list(lists[0], fields, digest, areas.villages, findings)
    linked, hidden = _without_hidden(linked, lists[-1], findings)
    linked = mark_doubles(linked, lists[-1], findings)
    _check_heads(linked, lists[0], findings)
    households, members, left_out = _sound(linked, lists, findings)
    costs = _costs(linked, left_out, findings)
    households = _counted(households, lists, findings)
    report(
        members.filter(DOUBTED).unique(HID, keep="first", maintain_order=True),
        "W560",
        lists[-1],
        findings,
    )
    if households.is_empty():
        findings.extend([problem("E550", Place(shown_path(path)))])
    roster = Roster(
        in_walking_order(_shaped(households, _HOUSEHOLD, "household", catalogue)),
        _shaped(members, _MEMBER | _partial(members), "member", catalogue),
    )
    notes = Notes(
        rows=sum(each.frame.height for each in lists),
        households=households.height,
        left_out=left_out,
        **_headings([matching for each in lists for matching in each.matchings]),
        hidden=hidden,
        totals=sum(len(rows) for each in lists for rows in each.aside.values()),
        merged=sum(matching.table.merged for each in lists for matching in each.matchings),
        derived=linked.ids.derived,
        births=sum(each.births for each in lists),
        values=findings.values,
        aside=_aside(lists, findings),
        questions=tuple(asked.values()),
        costs=costs,
        withheld=_withheld(linked, left_out, catalogue),
        samples=samples,
    )
    return (None if households.is_empty() else roster), findings.all(), notes


def _read_each(
    chosen: Lists,
    fields: Mapping[str, Field],
    areas: AreaCodes,
    today: date,
    findings: Findings,
    mapping: Mapping[str, str],
    asked: dict[str, Question],
) -> list[PersonList]:
    """Each table as a list of typed rows; a table is let go as soon as it is read."""
    matchings, lists = list(chosen.matchings), []
    for at, village in enumerate(chosen.villages):
        matching, matchings[at] = (
            matchings[at],
            replace(matchings[at], table=replace(matchings[at].table, frame=pl.DataFrame())),
        )
        lists.append(
            read_list(
                matching,
                fields,
                areas,
                today,
                findings,
                answers=mapping,
                questions=asked,
                village=village,
                of_people=not (chosen.apart and at == 0),
            )
        )
    return lists


def _other_county(chosen: Lists, areas: AreaCodes) -> str:
    """The county that all villages of a list are of, where it is not the catalogue's."""
    codes: set[str] = set()
    for each in chosen.matchings:
        if "area" in each.columns:
            frame = each.table.frame
            column = frame.filter(pl.col(ROW) > each.row)[str(each.columns["area"])]
            codes.update(column.drop_nulls().unique().head(2000))
    return other_county(codes, areas) if codes else ""


def _samples(matchings: Sequence[Matching]) -> dict[str, tuple[str, ...]]:
    """Three values of each column that means nothing, to tell what it may be; nothing that looks
    like a number of a person.
    """
    samples: dict[str, tuple[str, ...]] = {}
    for matching in matchings:
        top = matching.table.frame.filter(pl.col(ROW) > matching.row).head(50)
        for at, heading in enumerate(matching.headings):
            if heading in matching.unmatched and heading not in samples:
                cells = dict.fromkeys(filter(None, top[str(at)].to_list()))
                shown = [each for each in cells if not re.search(r"\d{8}", each)]
                samples[heading] = tuple(each[:20] for each in shown[:3])
    return samples


def _without_hidden(linked: Linked, people: PersonList, findings: Findings) -> tuple[Linked, int]:
    """The households of which the office sees any row, whole: what a filter hides of a family is
    read too. Those of which it sees none are left out, and both are reported.
    """
    members = linked.members
    if HIDDEN not in members.columns or not members[HIDDEN].any():
        return linked, 0
    counts = members.group_by(HID).agg(hidden=pl.col(HIDDEN).sum(), rows=pl.len())
    gone = counts.filter(pl.col("hidden") == pl.col("rows"))
    partly = counts.filter((pl.col("hidden") > 0) & (pl.col("hidden") < pl.col("rows")))
    place = Place(people.file)
    if partly.height:
        findings.extend(
            [problem("W562", place, households=partly.height, people=partly["hidden"].sum())]
        )
    if not gone.height:
        return linked, 0
    findings.extend([problem("W564", place, households=gone.height, people=gone["rows"].sum())])
    kept = replace(
        linked,
        households=linked.households.join(gone, on=HID, how="anti", maintain_order="left"),
        members=members.join(gone, on=HID, how="anti", maintain_order="left"),
    )
    return kept, int(gone["rows"].sum())


def _withheld(linked: Linked, left_out: tuple[str, ...], catalogue: Catalogue) -> Roster | None:
    """What is known of the households that are left out and have a village."""
    out = pl.DataFrame({HID: left_out}, schema={HID: pl.String})
    homes = linked.households.join(out, on=HID, how="semi").filter(pl.col("area").is_not_null())
    members = linked.members.filter(~pl.col(STRAY)).join(homes, on=HID, how="semi")
    if homes.is_empty() or homes.height > MOST_WITHHELD:
        return None
    counts = members.group_by(HID).agg(members=pl.len().cast(pl.Int64))
    homes = homes.join(counts, on=HID, how="left")
    return Roster(
        in_walking_order(_shaped(homes, _HOUSEHOLD, "household", catalogue)),
        _shaped(members, _MEMBER | _partial(members), "member", catalogue),
    )


def _costs(
    linked: Linked, left_out: tuple[str, ...], findings: Findings
) -> dict[str, frozenset[str]]:
    """The households that are left out for each kind of fault."""
    if not left_out:
        return {}
    out = pl.DataFrame({HID: left_out})
    rows = (
        pl.concat([linked.members.select(ROW, HID), linked.households.select(ROW, HID)])
        .join(out, on=HID, how="semi")
        .unique()
    )
    costs: dict[str, frozenset[str]] = {}
    for (code, _column), found in findings.rows.items():
        if KINDS[code].severity is Severity.ERROR:
            hit = rows.filter(pl.col(ROW).is_in(found))
            costs[code] = costs.get(code, frozenset()) | frozenset(hit[HID])
    return costs


def _counted(households: pl.DataFrame, lists: list[PersonList], findings: Findings) -> pl.DataFrame:
    """The households with their numbers of people: as many as the list counts, where it names
    fewer. Of a list of heads without such a column the number is not known.
    """
    of_heads = lists[0].is_of_heads and len(lists) == 1
    if "people" not in households.columns:
        unknown = pl.lit(None, pl.Int64)
        return households.with_columns(members=unknown) if of_heads else households
    stated, listed = pl.col("people"), pl.col("members")
    if of_heads:
        return households.with_columns(members=stated).drop("people")
    for code, odd in (("W565", stated < listed), ("W566", stated > listed)):
        found = households.filter(odd.fill_null(False))
        for row, household, people, members in found.select(
            ROW, HID, "people", "members"
        ).iter_rows():
            at = lists[0].column(row, "people")
            findings.add(code, row, at, None, household=household, people=people, rows=members)
    return households.with_columns(members=pl.max_horizontal(stated, listed)).drop("people")


def _aside(lists: list[PersonList], findings: Findings) -> dict[str, tuple[str, ...]]:
    """The rows that are no people, as messages name them."""
    aside: dict[str, tuple[str, ...]] = {}
    for each in lists:
        for kind, rows in each.aside.items():
            aside[kind] = (*aside.get(kind, ()), *(findings.shown(row, 0) for row in rows))
    return aside


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
        shown = findings.shown(faulty, row)
        findings.add("W546", row, 0, None, household=household, faulty=shown)
    if out.height:
        households = households.join(out.select(HID), on=HID, how="anti", maintain_order="left")
        members = members.join(households.select(HID), on=HID, how="semi", maintain_order="left")
    counts = members.group_by(HID).agg(members=pl.len().cast(pl.Int64))
    return (
        households.join(counts, on=HID, how="left", maintain_order="left").drop(BAD),
        members.drop(BAD, STRAY, HIDDEN, HEAD, IDENTITY, strict=False),
        tuple(out[HID].unique().sort()),
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
    frame = frame.with_columns((pl.col(ROW) & ((1 << ROW_BITS) - 1)).alias(ROW))
    columns = [
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in {**core, **attributes, **overrides}.items()
    ]
    return frame.select(columns)


def _partial(members: pl.DataFrame) -> dict[str, _Dtype]:
    """The columns of births of which only month or year are known, where there are any."""
    if BORN_FROM not in members.columns or members[BORN_FROM].null_count() == members.height:
        return {}
    return {BORN_FROM: pl.Date, BORN_TO: pl.Date}


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
