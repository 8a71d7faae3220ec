"""Why a household has a standard, has it not, or why nobody can tell: the facts of it, without
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import CatalogueInForce
from policycards.catalogue.rules.language import Term, columns_of
from policycards.households.entitlements.age_steps import LEAST, MOST, decided
from policycards.households.entitlements.attributes import PERSON, Facts, Needs, facts_of
from policycards.households.entitlements.calculate import entitlements, of_household
from policycards.households.entitlements.conditions import AGES, Condition
from policycards.households.entitlements.evaluate import NO
from policycards.households.entitlements.rule_checks import evaluate
from policycards.households.model import Entitlement, Roster

Cause = Literal[
    "elsewhere",
    "partly_elsewhere",
    "not_in_force",
    "ended",
    "everyone",
    "rule",
    "granted",
    "refused",
    "unlisted",
    "no_list",
]
"""What decided: the area, the day, that there is no condition, the rule, or the roster's list."""


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of a rule, how it came out, and the figures that it is about; None where they
    are not known.
    """

    term: Term
    answer: bool | None
    figures: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as an explanation names them; without names for those whom the roster counts but
    does not list.
    """

    name_bo: str | None = None
    name_zh: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The household, or one of its persons: what decided there, and the parts of the rule."""

    cause: Cause
    parts: tuple[Part, ...] = ()
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """An entitlement with all that led to it."""

    clause: Condition
    entitlement: Entitlement
    subjects: tuple[Subject, ...]


def ids_of(roster: Roster, household: str) -> list[str]:
    """The households of an id, else those whose head has a name."""
    known = roster.households
    named = (pl.col("name_zh") == household) | (pl.col("name_bo") == household)
    by_id = known.filter(pl.col("household_id") == household)
    return (by_id if by_id.height else known.filter(named))["household_id"].to_list()


def household_of(roster: Roster, household_id: str) -> Roster:
    """One household of a roster; no row where there is none of that id."""
    own = pl.col("household_id") == household_id
    return replace(
        roster, households=roster.households.filter(own), members=roster.members.filter(own)
    )


def reasons(
    roster: Roster, household_id: str, catalogue: Catalogue, day: date
) -> tuple[Reason, ...]:
    """Why, standard by standard, in the catalogue's order; none for a household that the roster
    does not have.
    """
    own = household_of(roster, household_id)
    if own.households.is_empty():
        return ()
    needs = Needs.of(catalogue, own)
    (_first, facts), *_rest = facts_of(own, catalogue, day, needs)
    home = _known(facts.households.row(0, named=True))
    area = own.households["area"][0] or ""
    found = of_household(entitlements(own, catalogue, day, with_no=True), household_id)
    in_force = catalogue.at(day, area)
    return tuple(
        Reason(
            clause,
            entitlement,
            tuple(_subjects(clause, in_force, home, _persons(clause, facts, own))),
        )
        for clause, entitlement in zip(needs.clauses, found, strict=True)
    )


def _persons(
    clause: Condition, facts: Facts, own: Roster
) -> Iterator[tuple[dict[str, Any], Person]]:
    """What is known of each person for a clause."""
    for row in decided(facts.members, clause.terms()).iter_rows(named=True):
        yield _known(row), _person(own, row[PERSON])


def _person(own: Roster, row: int | None) -> Person:
    """A person by their row; households of fixtures have no names."""
    if row is None or "name_zh" not in own.members.columns:
        return Person()
    return Person(*own.members.select("name_bo", "name_zh").row(row))


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as ``evaluate`` takes it: whole numbers as decimals."""
    return {
        name: Decimal(value) if type(value) is int and not name.startswith("_") else value
        for name, value in row.items()
    }


def _subjects(
    clause: Condition,
    in_force: CatalogueInForce,
    home: Mapping[str, Any],
    persons: Iterator[tuple[dict[str, Any], Person]],
) -> Iterator[Subject]:
    outside = _outside(clause, in_force)
    if outside:
        yield Subject(outside)
    elif not clause.of_members:
        yield _subject(clause, home, None)
    else:
        for known, person in persons:
            yield _subject(clause, known, person)


def _outside(clause: Condition, in_force: CatalogueInForce) -> Cause | None:
    """Why a standard is not in force, whoever the household is."""
    holds, held = clause.holds_in(in_force.area), in_force[clause.standard]
    if held.ended:
        return "ended"
    if holds is False:
        return "elsewhere"
    if not held.holds:
        return "not_in_force"
    return None if holds else "partly_elsewhere"


def _subject(clause: Condition, known: Mapping[str, Any], person: Person | None) -> Subject:
    cell, parts = known.get(clause.override), tuple(_parts(clause, known))
    return Subject(_cause(clause, clause.override in known, cell, parts), parts, person)


def _cause(clause: Condition, has_list: bool, cell: str | None, parts: tuple[Part, ...]) -> Cause:
    if cell is not None:
        return "refused" if cell == NO or cell.strip("0.") == "" else "granted"
    if clause.listed:
        return "unlisted" if has_list else "no_list"
    return "rule" if parts else "everyone"


def _parts(clause: Condition, known: Mapping[str, Any]) -> Iterator[Part]:
    """The conditions of variant and rule, which must all hold."""
    for term in (clause.variant, clause.rule):
        for part in _conditions(term) if term else ():
            figures = tuple(
                (name, _figure(known, name)) for name in dict.fromkeys(columns_of(part))
            )
            yield Part(part, evaluate(part, known), figures)


def _figure(known: Mapping[str, Any], name: str) -> object:
    """A figure as an explanation names it: no age that is only one of those that may be right."""
    unsure = known.get(LEAST) != known.get(MOST)
    return None if name in AGES and unsure else known.get(name)


def _conditions(term: Term) -> Iterator[Term]:
    """What AND joins, each by itself.

    >>> from policycards.catalogue.rules.parser import parse_rule
    >>> from policycards.catalogue.rules.language import Column, sql
    >>> columns = dict.fromkeys("pq", Column("yes_no", "member"))
    >>> [sql(part) for part in _conditions(parse_rule("p AND (q OR p)", columns))]
    ['"p"', '("q" OR "p")']
    """
    if term.op == "AND":
        for arg in term.args:
            yield from _conditions(arg)
    else:
        yield term
