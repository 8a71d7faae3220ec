"""What a card says of a household itself, and the order of a pile: village, group, walking order,
so that who hands out goes once along the houses.
"""

from __future__ import annotations

import re
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


_PARTS = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+|[^0-9〇零一二三四五六七八九十百]+")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}


def natural_key(group: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts numbered groups by number, whether written 2, 二 or ༢.

    >>> sorted(["十组", "二组", "1组", "十二组"], key=natural_key)
    ['1组', '二组', '十组', '十二组']
    """
    plain = "".join(str(int(each)) if each.isdecimal() else each for each in group)
    return tuple(_part(part) for part in _PARTS.findall(plain))


def _part(part: str) -> tuple[int, int, str]:
    if part[0].isdecimal():
        return 0, int(part), ""
    if part[0] in _DIGITS or part[0] in "十百":
        return 0, _chinese(part), ""
    return 1, 0, part


def _chinese(numeral: str) -> int:
    """A Chinese numeral below a thousand; without 十 and 百 its digits stand side by side, as in
    一二.
    """
    if not set(numeral) & {"十", "百"}:
        return int("".join(str(_DIGITS[each]) for each in numeral))
    total = digit = 0
    for each in numeral:
        if each in "十百":
            total += (digit or 1) * (10 if each == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[each]
    return total + digit


def in_walking_order(households: pl.DataFrame) -> pl.DataFrame:
    """Sorted by area, group, walking order and household id; where no walking order is given, the
    list's order is it.
    """
    groups = sorted(
        households["group"].drop_nulls().unique(), key=lambda group: (natural_key(group), group)
    )
    ranks = pl.col("group").replace_strict(
        groups, range(len(groups)), default=None, return_dtype=pl.Int64
    )
    if households["walk_order"].null_count() == households.height:
        households = households.with_columns(
            walk_order=pl.int_range(1, pl.len() + 1).over("area").cast(pl.Int64)
        )
    return (
        households.with_columns(_rank=ranks)
        .sort("area", "_rank", "walk_order", "household_id", nulls_last=True)
        .drop("_rank")
    )
