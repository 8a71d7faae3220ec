"""What rules may name, as columns: a row a household and a row a person, with ages, numbers of
people and areas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import polars as pl

from policycards.catalogue.model.catalogue import Blank, Catalogue
from policycards.catalogue.rules.language import Column, Kind, Term, columns_of
from policycards.catalogue.rules.rule_columns import rule_columns
from policycards.households.entitlements.age_steps import LEAST, MOST, decided
from policycards.households.entitlements.conditions import AGES, Condition, clauses_of, group_terms
from policycards.households.entitlements.expressions import expression, money
from policycards.households.entitlements.rule_checks import value_of
from policycards.households.model import BORN_FROM, BORN_TO, Roster, earliest, latest

SIZE = 50_000
"""Households judged at a time, at least: what bounds the memory, and large enough for polars to be
fast.
"""

HOME, AREA, PERSON, TIMES = "_home", "_area", "_person", "_times"
"""The rows of a household, of an area and of a person; for how many persons a row of members
stands.
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Some households in the order of the roster, with what the clauses of a catalogue need of
    them.

    ``members`` has one row more for a household whose list of persons is shorter than its number of
    people: nothing is known of those, and the row stands for all of them (``TIMES``; null where
    even their number is not known).
    """

    households: pl.DataFrame
    members: pl.DataFrame
    areas: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a catalogue's clauses name. ``scales`` are the decimal places of the roster's
    columns.
    """

    clauses: tuple[Condition, ...]
    groups: Mapping[str, Term]
    columns: Mapping[str, Column]
    of_household: frozenset[str]
    of_member: frozenset[str]
    scales: Mapping[str, int]
    blanks: Mapping[str, Blank]

    @classmethod
    def of(cls, catalogue: Catalogue, roster: Roster) -> Needs:
        """Raises RuleFault where a rule cannot be read, and TypeError where a number is no exact
        decimal.
        """
        clauses, groups = clauses_of(catalogue), group_terms(catalogue)
        terms = [(clause.of_members, term) for clause in clauses for term in clause.terms()]
        named = {name for _of, term in terms for name in columns_of(term)}
        counted = {name: term for name, term in groups.items() if name in named}
        by_person = {name for term in counted.values() for name in columns_of(term)}
        by_person |= {name for of_members, term in terms if of_members for name in columns_of(term)}
        return cls(
            clauses=clauses,
            groups=counted,
            columns=rule_columns(catalogue.settings),
            of_household=frozenset(named | by_person),
            of_member=frozenset(by_person),
            scales=_scales(roster) | _area_scales(catalogue),
            blanks={each.name: each.blank for each in catalogue.settings.attributes if each.blank},
        )


def _scales(roster: Roster) -> dict[str, int]:
    found = {}
    for name, kind in [*roster.households.schema.items(), *roster.members.schema.items()]:
        if kind.is_float():
            raise TypeError(name)
        found[name] = kind.scale if isinstance(kind, pl.Decimal) else 0
    return found


def _area_scales(catalogue: Catalogue) -> dict[str, int]:
    """Decimal places of the numbers among the attributes of areas."""
    names = [
        each.name
        for each in catalogue.settings.attributes
        if each.of == "area" and each.type == "number"
    ]
    cells = {
        name: [area.attributes.get(name, "") for area in catalogue.areas.values()] for name in names
    }
    return {
        name: max((len(cell.partition(".")[2]) for cell in cells[name]), default=0)
        for name in names
    }


def facts_of(
    roster: Roster, catalogue: Catalogue, day: date, needs: Needs
) -> Iterator[tuple[int, Facts]]:
    """The facts of a roster, some whole villages at a time, each with the row of its first
    household.
    """
    persons = _in_order_of_homes(roster)
    for first, end in pairwise(_cuts(roster.households["area"])):
        low, high = (persons[HOME].search_sorted(row, "left") for row in (first, end))
        members = _members(roster, persons.slice(low, high - low), first, day, needs)
        yield first, _facts(roster.households.slice(first, end - first), members, catalogue, needs)


def _cuts(areas: pl.Series) -> Iterator[int]:
    """The rows at which a roster is cut, from its first to its last, each where a village ends."""
    ends = (areas.rle_id().diff().fill_null(0) != 0).arg_true().to_list()
    cut = 0
    yield cut
    for end in ends:
        if end - cut >= SIZE:
            yield (cut := end)
    yield areas.len()


def _in_order_of_homes(roster: Roster) -> pl.DataFrame:
    """The rows of persons with those of their households, in the order of households; nobody
    without one.
    """
    homes = roster.households.select("household_id").with_row_index(HOME)
    persons = roster.members.select("household_id").with_row_index(PERSON)
    persons = persons.join(homes, on="household_id", how="inner").select(HOME, PERSON)
    return persons.sort(HOME, PERSON)


def _members(
    roster: Roster, persons: pl.DataFrame, first: int, day: date, needs: Needs
) -> pl.DataFrame:
    """Some persons, whose households begin with a row, with their ages; one not yet born stands for
    nobody.
    """
    named = {
        clause.override for clause in needs.clauses if clause.override_of_members
    } | needs.of_member
    wanted = [name for name in sorted(named) if name in roster.members.columns]
    partial = [name for name in (BORN_FROM, BORN_TO) if name in roster.members.columns]
    members = roster.members.select("birth_date", *partial, *wanted)[persons[PERSON]]
    times = pl.when(earliest(members) > day).then(0).otherwise(1).cast(pl.Int64)
    columns = [
        (persons[HOME] - first).alias(HOME),
        persons[PERSON],
        *_ages(members, day),
        times.alias(TIMES),
    ]
    blanks = [
        _filled(
            pl.col(name) if name in wanted else pl.lit(None, pl.String), blank, bool(partial)
        ).alias(name)
        for name, blank in needs.blanks.items()
        if name in needs.of_member
    ]
    return members.with_columns(columns).with_columns(blanks).drop("birth_date", *partial)


def _filled(cell: pl.Expr, blank: Blank, partial: bool) -> pl.Expr:
    """A column with what an empty cell, or a list without the column, means for those who are old
    enough.
    """
    age = pl.coalesce("age", pl.col(LEAST) // 12) if partial else pl.col("age")
    is_meant = cell.is_null() & (age >= blank.from_age)
    return pl.when(is_meant).then(pl.lit(blank.means)).otherwise(cell)


def full_months(birth: pl.Expr, day: date) -> pl.Expr:
    """Full months on a day: one more from the birthday on, on 1 March for those born on 29
    February.
    """
    born = birth.dt
    months = (day.year - born.year()) * 12 + (day.month - born.month().cast(pl.Int32))
    return months - (born.day() > day.day).cast(pl.Int32)


def _ages(members: pl.DataFrame, day: date) -> list[pl.Expr]:
    """Full years and full months of each person whose birth date is known, and what the others have
    at least and at most, where something is known of them.
    """
    months = full_months(pl.col("birth_date"), day)
    ages = [(months // 12).alias("age"), months.alias("age_months")]
    if BORN_FROM not in members.columns:
        return ages
    born = latest(members) <= day
    spans = ((LEAST, latest(members)), (MOST, earliest(members)))
    return [
        *ages,
        *(pl.when(born).then(full_months(birth, day)).alias(name) for name, birth in spans),
    ]


def _facts(
    households: pl.DataFrame, members: pl.DataFrame, catalogue: Catalogue, needs: Needs
) -> Facts:
    areas = _areas(households, catalogue, needs)
    wanted = [name for name in sorted(needs.of_household) if name in households.columns]
    overrides = sorted(
        {clause.override for clause in needs.clauses if clause.override in households.columns}
    )
    base = dict.fromkeys(("area", "members", *wanted, *overrides))
    frame = households.select(*base).with_row_index(HOME)
    frame = frame.join(
        areas.with_row_index(AREA), on="area", how="left", nulls_equal=True, maintain_order="left"
    )
    of_household = frozenset(
        name for name in needs.of_household if needs.columns[name].owner != "member"
    )
    frame = _complete(frame, of_household, needs)
    members = _with_unlisted(frame, members)
    shared = {
        *needs.of_member,
        *(each.override for each in needs.clauses if not each.override_of_members),
    }
    of_person = [AREA, *(name for name in sorted(shared) if name in frame.columns)]
    members = pl.concat([members, frame.select(of_person)[members[HOME]]], how="horizontal")
    members = _complete(members, needs.of_member, needs)
    for name, term in needs.groups.items():
        frame = frame.join(
            _count(members, name, term, needs), on=HOME, how="left", maintain_order="left"
        )
        frame = frame.with_columns(pl.col(name).fill_null(0).replace(-1, None))
        members = members.with_columns(frame[name][members[HOME]])
    return Facts(frame, members, tuple(areas["area"]))


def _areas(households: pl.DataFrame, catalogue: Catalogue, needs: Needs) -> pl.DataFrame:
    """The areas of some households with their attributes, inherited down the code."""
    codes = households["area"].unique(maintain_order=True).to_list()
    attributes = {code: catalogue.attributes_of(code or "") for code in codes}
    frame = {"area": pl.Series(codes, dtype=pl.String)}
    for attribute in catalogue.settings.attributes:
        if attribute.of == "area" and attribute.name in needs.of_household:
            kind = needs.columns[attribute.name].kind
            cells = [attributes[code].get(attribute.name) for code in codes]
            values = [value_of(cell, kind) if cell else None for cell in cells]
            frame[attribute.name] = pl.Series(
                values, dtype=_type(kind, needs.scales.get(attribute.name, 0))
            )
    return pl.DataFrame(frame)


def _type(kind: Kind, places: int = 0) -> pl.DataType:
    return {
        "number": money(places),
        "yes_no": pl.Boolean(),
        "date": pl.Date(),
        "text": pl.String(),
    }[kind]


def _complete(frame: pl.DataFrame, names: frozenset[str], needs: Needs) -> pl.DataFrame:
    """The frame with a column of unknowns for what rules name and the roster does not have."""
    ready = {*AGES, *needs.groups}
    lacking = [name for name in sorted(names - ready) if name not in frame.columns]
    return frame.with_columns(
        pl.lit(None, _type(needs.columns[name].kind)).alias(name) for name in lacking
    )


def _with_unlisted(households: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The members, and a row of unknowns for each household that has more people than are
    listed.
    """
    listed = members.group_by(HOME, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("listed")
    )
    counted = households.select(HOME, "members").join(
        listed, on=HOME, how="left", maintain_order="left"
    )
    times = pl.col("members").cast(pl.Int64) - pl.col("listed").fill_null(0)
    unlisted = counted.select(HOME, times.alias(TIMES), pl.col("listed")).filter(
        (pl.col(TIMES) > 0) | pl.col(TIMES).is_null()
    )
    members = members.filter(pl.col(TIMES) > 0)
    if unlisted.is_empty():
        return members
    both = pl.concat([members, unlisted.select(HOME, TIMES)], how="diagonal")
    return both.sort(HOME, maintain_order=True)


def _count(members: pl.DataFrame, name: str, term: Term, needs: Needs) -> pl.DataFrame:
    """How many persons of each household a group's rule holds for; -1 where it cannot be known."""
    members = decided(members, [term])
    holds = expression(term, needs.scales)
    untold = holds.is_null().any() | (holds & pl.col(TIMES).is_null()).any()
    number = pl.when(untold).then(-1).otherwise(pl.col(TIMES).filter(holds).sum())
    return members.group_by(HOME, maintain_order=True).agg(number.cast(pl.Int64).alias(name))
