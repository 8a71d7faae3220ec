"""Whom the calendar moves: the households in which, between two days, somebody came to an age that
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.rules.language import Term, columns_of
from policycards.households.entitlements.attributes import ages
from policycards.households.entitlements.conditions import (
    AGES,
    clauses_of,
    group_terms,
    roster_columns,
)
from policycards.households.model import Roster

MONTHS = {"age": 12, "age_months": 1}
"""Full months that one of each kind of age has."""


def aged_policies(catalogue: Catalogue) -> frozenset[str]:
    """The policies that may mean something else on another day: they count persons or ask for
    ages.
    """
    groups = group_terms(catalogue)
    return frozenset(
        clause.policy.id
        for clause in clauses_of(catalogue)
        if clause.of_members
        or "birth_date"
        in roster_columns((name for term in clause.terms() for name in columns_of(term)), groups)
    )


def parted_by_age(
    roster: Roster, catalogues: Iterable[Catalogue], days: tuple[date, date]
) -> tuple[Roster, Roster]:
    """The households in which between two days somebody was born or came to an age that a rule
    names, and the others.

    For the others both days are the same.
    """
    steps = [step for catalogue in catalogues for step in _steps_of(catalogue)]
    if None in steps:
        return roster, Roster(roster.households.clear(), roster.members.clear())
    first, last = sorted(days)
    reached = pl.Series(sorted({0, *(step for step in steps if step is not None)}), dtype=pl.Int32)
    months = roster.members.select(
        then=ages(first)[1].cast(pl.Int16), now=ages(last)[1].cast(pl.Int16)
    )
    then, now = (_passed(months[name], reached) for name in ("then", "now"))
    places = roster.households.select("household_id").with_row_index("place")
    homes = roster.members.select("household_id").join(
        places, on="household_id", how="left", maintain_order="left"
    )
    moved = (
        pl.Series([False])
        .new_from_index(0, places.height)
        .scatter(homes["place"].filter(then != now).drop_nulls(), True)
    )
    of_moved = homes["place"].is_not_null() & moved[homes["place"].fill_null(0)]
    return (
        Roster(roster.households.filter(moved), roster.members.filter(of_moved)),
        Roster(roster.households.filter(~moved), roster.members.filter(~of_moved)),
    )


def _passed(months: pl.Series, steps: pl.Series) -> pl.Series:
    """How many steps each age has passed; none where it is not known."""
    known = pl.Series("months", range(-1, 2000), dtype=pl.Int16)
    table = steps.search_sorted(known.cast(pl.Int32), side="right").cast(pl.Int8)
    return table[(months.fill_null(-1).clip(-1, 1998) + 1).cast(pl.UInt32)]


def _steps_of(catalogue: Catalogue) -> Iterator[int | None]:
    """The steps of all rules, and of what empty cells mean from an age on."""
    for term in _terms(catalogue):
        yield from _steps(term)
    for attribute in catalogue.settings.attributes:
        if attribute.blank:
            yield attribute.blank.from_age * MONTHS["age"]


def _terms(catalogue: Catalogue) -> Iterator[Term]:
    for clause in clauses_of(catalogue):
        yield from clause.terms()
    yield from group_terms(catalogue).values()


def _steps(term: Term) -> Iterator[int | None]:
    """The full months at which what a rule says of an age becomes another; None where that cannot
    be known so.
    """
    first, *rest = term.args or (term,)
    if (
        term.args
        and first.op == "column"
        and first.value in AGES
        and all(each.op == "literal" for each in rest)
    ):
        for literal in rest:
            yield from _around(Decimal(str(literal.value)), MONTHS[str(first.value)])
    elif term.op == "column" and term.value in AGES:
        yield None
    else:
        for arg in term.args:
            yield from _steps(arg)


def _around(age: Decimal, months: int) -> Iterator[int]:
    """The months from which one has at least an age, and from which one has more."""
    yield int(age.to_integral_value(ROUND_CEILING)) * months
    yield (int(age.to_integral_value(ROUND_FLOOR)) + 1) * months
