"""Whom the calendar moves: the households in which, between two days, somebody came to an age that
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.rules.language import columns_of
from policycards.households.entitlements.age_steps import passed, steps_of
from policycards.households.entitlements.attributes import full_months
from policycards.households.entitlements.conditions import (
    clauses_of,
    group_terms,
    roster_columns,
)
from policycards.households.model import Roster, earliest, latest


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
    steps = [step for catalogue in catalogues for step in steps_of(catalogue)]
    if None in steps:
        return roster, Roster(roster.households.clear(), roster.members.clear())
    first, last = sorted(days)
    reached = sorted({0, *(step for step in steps if step is not None)})
    moves = pl.repeat(False, roster.members.height, eager=True)
    for born in (earliest(roster.members), latest(roster.members)):
        months = roster.members.select(
            then=full_months(born, first).cast(pl.Int16), now=full_months(born, last).cast(pl.Int16)
        )
        moves |= passed(months["then"], reached) != passed(months["now"], reached)
    places = roster.households.select("household_id").with_row_index("place")
    homes = roster.members.select("household_id").join(
        places, on="household_id", how="left", maintain_order="left"
    )
    moved = (
        pl.Series([False])
        .new_from_index(0, places.height)
        .scatter(homes["place"].filter(moves).drop_nulls(), True)
    )
    of_moved = homes["place"].is_not_null() & moved[homes["place"].fill_null(0)]
    return (
        Roster(roster.households.filter(moved), roster.members.filter(of_moved)),
        Roster(roster.households.filter(~moved), roster.members.filter(~of_moved)),
    )
