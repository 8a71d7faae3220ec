"""What a card says of a household itself: its head's name, its place in the village's pile, its
number of people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import polars as pl

from policycards.households.model import Roster


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """One household of a roster. ``pile`` is its place in the village's pile, from 1; ``row`` is
    the roster's.
    """

    household_id: str
    area: str
    group: str | None
    pile: int
    name_bo: str | None
    name_zh: str | None
    members: int | None
    row: int = 0


def picked(roster: Roster, ids: Collection[str]) -> tuple[Roster, list[HouseholdFacts]]:
    """Some households of a roster, in its order, with the pile numbers that they have in the whole
    of it.
    """
    piles = roster.households.with_columns(pile=pl.int_range(1, pl.len() + 1).over("area"))
    some = piles.filter(pl.col("household_id").is_in(list(ids)))
    columns = ["household_id", "area", "group", "pile", "name_bo", "name_zh", "members", "row"]
    facts = [HouseholdFacts(**row) for row in some.select(columns).iter_rows(named=True)]
    members = roster.members.filter(pl.col("household_id").is_in(list(ids)))
    return replace(roster, households=some.drop("pile"), members=members), facts
