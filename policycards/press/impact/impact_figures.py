"""What a change means before printing: whom it concerns, how much money it moves, how many cards it
makes wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import polars as pl

from policycards.catalogue.editions.edition import Version
from policycards.catalogue.model.policy import Standard
from policycards.design.pack.cover import FEWEST
from policycards.households.entitlements.ageing import parted_by_age
from policycards.households.entitlements.attributes import HOME
from policycards.households.entitlements.calculate import answers_by_part
from policycards.households.entitlements.sums import yearly_cash
from policycards.households.model import Roster
from policycards.manifest.manifest_columns import MONEY
from policycards.press.impact.policy_diff import differing, only

STEPS = (100, 500, 1000, 5000)
"""Yuan a year at which the sizes of a change are separated, up and down."""
LEVELS = (6, 9, 12)
"""Digits of the areas that are reported: counties, townships, villages."""
_LINES = pl.Schema({HOME: pl.UInt32(), "change": MONEY, "affected": pl.Boolean()})
_FIGURES = ("value", "quantity", "amount")
_SUMS = pl.Schema(
    {
        "policy": pl.String(),
        "households": pl.Int64(),
        "before_households": pl.Int64(),
        "after_households": pl.Int64(),
        "before": MONEY,
        "after": MONEY,
    }
)

_OTHER = (
    pl.col("has").ne_missing(pl.col("new_has"))
    | pl.col("amount").ne_missing(pl.col("new_amount"))
    | pl.col("quantity").ne_missing(pl.col("new_quantity"))
    | (pl.col("value").ne_missing(pl.col("new_value")) & pl.col("tells"))
)
"""That a card tells other figures; ``tells`` where it tells the value."""

Answers = Mapping[tuple[str, str], pl.DataFrame]
Times = Mapping[tuple[str, str], int]
Standards = Mapping[tuple[str, str], Standard]


@dataclass(frozen=True, slots=True)
class Impact:
    """What differs for the households of a roster between two versions.

    ``policies``: ``policy``, the ``households`` for whom it differs, ``before_households`` and
    ``after_households`` who have it, ``before`` and ``after`` in yuan of cash a year. ``homes``:
    ``household_id, area, change`` in yuan of cash a year, and whether figures or entitlements are
    ``affected``, for each household whose card would say something else. ``areas``: ``area,
    households`` affected, ``cards, of`` all households, ``change``. ``sizes``: ``low, high`` and
    ``households`` affected by a change between them. Counts are whole, those too that ``hidden``
    hides.
    """

    policies: pl.DataFrame
    homes: pl.DataFrame
    areas: pl.DataFrame
    sizes: pl.DataFrame
    roster: int

    @property
    def households(self) -> int:
        return int(self.homes["affected"].sum())

    @property
    def cards(self) -> int:
        return self.homes.height

    @property
    def villages(self) -> int:
        return self.homes["area"].n_unique()

    @property
    def money(self) -> tuple[Decimal, Decimal]:
        """Yuan of cash a year before and after, of the policies that differ for somebody."""
        return Decimal(self.policies["before"].sum() or 0), Decimal(
            self.policies["after"].sum() or 0
        )


def hidden(count: int) -> int | None:
    """A count as it may be published: None where it would point at households."""
    return None if 0 < count < FEWEST else count


def impact(roster: Roster, old: Version, new: Version) -> Impact:
    """What differs between two versions, each with the standards and the ages of its own day.
    Raises RuleFault.
    """
    differs = differing(old, new, roster.households["area"].unique().to_list())
    ruled, words, others = differs.ruled, differs.worded, roster
    parts: list[_Part] = []
    met: frozenset[str] = frozenset()
    if differs.aged:
        moved, others = parted_by_age(roster, (old.catalogue, new.catalogue), (old.day, new.day))
        apart = ruled | differs.aged
        parts += _of_both(moved, old, new, apart, words & apart)
        met = frozenset(
            policy
            for part in parts
            for policy in part.sums.filter(pl.col("households") > 0)["policy"]
        )
        parts += _of_values(moved, old, new, differs.revalued - apart, words - apart)
    parts += _of_both(others, old, new, ruled, words & ruled)
    parts += _of_values(others, old, new, differs.revalued | (met - ruled), words - ruled)
    homes = pl.concat([_reworded(roster, differs.villages), *(part.homes for part in parts)])
    if homes["household_id"].is_duplicated().any():
        by_home = homes.group_by("household_id", "area", maintain_order=True)
        homes = by_home.agg(pl.col("change").sum(), pl.col("affected").any())
    sums = pl.concat([pl.DataFrame(schema=_SUMS), *(part.sums for part in parts)])
    policies = (
        sums.group_by("policy")
        .agg(pl.exclude("policy").sum())
        .filter(pl.col("households") > 0)
        .sort("policy")
    )
    return Impact(policies, homes, _areas(homes, roster), _sizes(homes), roster.households.height)


def _reworded(roster: Roster, villages: Collection[str]) -> pl.DataFrame:
    """The households of villages in which every card has other words."""
    homes = roster.households.filter(pl.col("area").is_in(list(villages))).select(
        "household_id", "area"
    )
    return homes.with_columns(change=pl.lit(0, MONEY), affected=pl.lit(False))


@dataclass(frozen=True, slots=True)
class _Part:
    """Of some households: those whose cards differ, and the sums of each policy that was
    reckoned.
    """

    homes: pl.DataFrame
    sums: pl.DataFrame

    @classmethod
    def of(cls, homes: pl.DataFrame, lines: list[pl.DataFrame], sums: list[pl.DataFrame]) -> _Part:
        changes = pl.concat([pl.DataFrame(schema=_LINES), *lines])
        changes = changes.group_by(HOME).agg(pl.col("change").sum(), pl.col("affected").any())
        ids = homes.select("household_id", "area").with_row_index(HOME)
        found = ids.join(changes, on=HOME, maintain_order="left").drop(HOME)
        return cls(found, pl.concat([pl.DataFrame(schema=_SUMS), *sums]))


def _of_both(
    roster: Roster, old: Version, new: Version, policies: frozenset[str], worded: frozenset[str]
) -> Iterator[_Part]:
    """Both sides reckoned apart, each on its own day; of ``worded`` policies the holders' cards
    differ in any case.
    """
    if roster.households.is_empty() or not policies | worded:
        return
    before = answers_by_part(roster, only(old.catalogue, policies), old.day)
    after = answers_by_part(roster, only(new.catalogue, policies | worded), new.day)
    times, standards = (_yearly(old), _yearly(new)), _standards(new)
    discreet = {
        policy.id for each in (old, new) for policy in each.catalogue.policies if policy.discreet
    }
    for (homes, was), (_homes, now) in zip(before, after, strict=True):
        lines, sums = [], []
        for policy in sorted({key[0] for key in (*was, *now)}):
            sides = _of_policy(was, policy), _of_policy(now, policy)
            if policy in worded:
                lines += [_line(rows[HOME]) for rows in sides[1].values()]
            if policy in policies:
                keys = dict.fromkeys((*sides[0], *sides[1]))
                pairs = {key: _paired(*(_sure(side.get(key)) for side in sides)) for key in keys}
                changed, summed = _compared(policy, pairs, times, standards)
                lines += [changed, *([] if policy in discreet else [_line(_asked(sides))])]
                sums.append(summed)
        yield _Part.of(homes, lines, sums)


def _of_values(
    roster: Roster, old: Version, new: Version, policies: frozenset[str], worded: frozenset[str]
) -> Iterator[_Part]:
    """Households for whom both days are the same, reckoned once, with the values of both sides."""
    if roster.households.is_empty() or not policies | worded:
        return
    catalogues = [only(each.catalogue, policies | worded) for each in (old, new)]
    times, standards = (_yearly(old), _yearly(new)), _standards(new)
    for homes, now in answers_by_part(
        roster, catalogues[1], new.day, former=(catalogues[0], old.day)
    ):
        lines, sums = [], []
        for policy in sorted({key[0] for key in now}):
            rows = _of_policy(now, policy)
            if policy in worded:
                lines += [_line(each[HOME]) for each in rows.values()]
            if policy in policies:
                changed, summed = _compared(
                    policy, {key: _revalued(each) for key, each in rows.items()}, times, standards
                )
                lines.append(changed)
                sums.append(summed)
        yield _Part.of(homes, lines, sums)


def _yearly(version: Version) -> Times:
    return {
        (policy, standard): often
        for policy, standard, often in yearly_cash(version.catalogue).iter_rows()
    }


def _standards(version: Version) -> Standards:
    return {
        (policy.id, each.id): each
        for policy in version.catalogue.policies
        for each in policy.standards
    }


def _of_policy(answers: Answers, policy: str) -> Answers:
    return {key: rows for key, rows in answers.items() if key[0] == policy}


def _line(homes: pl.Series) -> pl.DataFrame:
    """Households whose card has other words, and no other figure."""
    return homes.to_frame().with_columns(change=pl.lit(0, MONEY), affected=pl.lit(False))


def _sure(rows: pl.DataFrame | None) -> pl.DataFrame:
    """The rows of those who certainly have a standard."""
    if rows is None:
        return pl.DataFrame(
            schema={HOME: pl.UInt32, **dict.fromkeys(_FIGURES, MONEY), "has": pl.Boolean}
        )
    figures = [pl.col(name).cast(MONEY) for name in _FIGURES]
    return rows.lazy().filter(pl.col("answer") == "yes").select(HOME, *figures, has=True).collect()


def _paired(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Both sides of a standard beside each other; the columns of the new one begin with
    ``new_``.
    """
    new = new.rename(lambda name: name if name == HOME else f"new_{name}")
    if old[HOME].equals(new[HOME]):
        return old.hstack(new.drop(HOME))
    return old.join(new, on=HOME, how="full", coalesce=True)


def _revalued(rows: pl.DataFrame) -> pl.DataFrame:
    """The same from rows that have the values of both sides."""
    sides = {
        "value": "former_value",
        "amount": "former_amount",
        "new_value": "value",
        "new_amount": "amount",
    }
    figures = [pl.col(source).cast(MONEY).alias(name) for name, source in sides.items()]
    counted = [pl.col("quantity").cast(MONEY).alias(name) for name in ("quantity", "new_quantity")]
    sure = rows.lazy().filter(pl.col("answer") == "yes")
    return sure.select(HOME, *figures, *counted, has=True, new_has=True).collect()


def _compared(
    policy: str,
    pairs: Mapping[tuple[str, str], pl.DataFrame],
    times: tuple[Times, Times],
    new: Standards,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The households of which standards or their figures are others, with the change a year; and
    the policy's sums.
    """
    lines = [pl.DataFrame(schema=_LINES)]
    holders: tuple[list[pl.Series], list[pl.Series]] = [], []
    sums = [Decimal(0), Decimal(0)]
    for key, pair in pairs.items():
        often = [each.get(key, 0) for each in times]
        for side, prefix in enumerate(("", "new_")):
            holders[side].append(
                pair.filter(pl.col(f"{prefix}has"))[HOME]
                if pair[f"{prefix}has"].null_count()
                else pair[HOME]
            )
            sums[side] += Decimal(pair[f"{prefix}amount"].sum() or 0) * often[side]
        change = (
            pl.col("new_amount").fill_null(0) * often[1] - pl.col("amount").fill_null(0) * often[0]
        )
        lines.append(
            pair.lazy()
            .with_columns(tells=_tells(new.get(key)))
            .filter(_OTHER)
            .select(HOME, change=change.cast(MONEY), affected=True)
            .collect()
        )
    compared = pl.concat(lines)
    counts = [compared[HOME].n_unique(), *(_distinct(each) for each in holders)]
    return compared, pl.DataFrame([(policy, *counts, *sums)], schema=_SUMS, orient="row")


def _tells(standard: Standard | None) -> pl.Expr:
    """Whether a card tells a standard's value: not without a unit, and no cash's of which a list
    gives the amount.
    """
    if standard is None or standard.pays != "cash":
        return pl.lit(standard is None or standard.unit is not None)
    return pl.col("amount").is_null() | pl.col("quantity").is_not_null()


def _distinct(homes: list[pl.Series]) -> int:
    """How many households stand in some lists, none of which has one twice."""
    return homes[0].len() if len(homes) == 1 else pl.concat(homes).n_unique() if homes else 0


def _asked(sides: tuple[Answers, Answers]) -> pl.Series:
    """The households that should ask about a policy on one side only: nothing is certain of it,
    something may be.
    """
    asked = []
    for side in sides:
        rows = [each.select(HOME, sure=pl.col("answer") == "yes") for each in side.values()]
        none = pl.DataFrame(schema={HOME: pl.UInt32, "sure": pl.Boolean})
        if len(rows) > 1:
            questions = pl.concat([none, *rows]).group_by(HOME).agg(pl.col("sure").any())
        else:
            questions = rows[0] if rows else none
        asked.append(questions.filter(~pl.col("sure"))[HOME].sort())
    old, new = asked
    once = old.clear() if old.equals(new) else pl.concat(asked)
    return once.filter(once.is_unique())


def _areas(homes: pl.DataFrame, roster: Roster) -> pl.DataFrame:
    """Counties, townships and villages with their counts, each above its parts."""
    everybody = roster.households.group_by("area").agg(of=pl.len().cast(pl.Int64))
    villages = homes.group_by("area").agg(
        households=pl.col("affected").sum().cast(pl.Int64),
        cards=pl.len().cast(pl.Int64),
        change=pl.col("change").sum(),
    )
    villages = villages.join(everybody, on="area")
    levels = [
        villages.group_by(pl.col("area").str.head(digits)).agg(pl.exclude("area").sum())
        for digits in LEVELS
    ]
    return (
        pl.concat(levels)
        .unique("area")
        .sort("area")
        .select("area", "households", "cards", "of", "change")
    )


def _sizes(homes: pl.DataFrame) -> pl.DataFrame:
    """The affected households by the size of the change, from the largest loss to the largest gain.

    ``low`` and ``high`` are yuan a year, null without bound; both are 0 where other money or no
    money changes.
    """
    change, affected = pl.col("change"), homes.filter("affected")
    bounds = [None, *(-step for step in reversed(STEPS)), 0, *STEPS, None]
    rows = []
    for low, high in pairwise(bounds):
        if high is not None and high <= 0:
            inside = (change < high) if high == 0 else (change <= high)
            inside &= (change > low) if low is not None else True
        else:
            inside = (change > low) if low == 0 else (change >= low)
            inside &= (change < high) if high is not None else True
        rows.append((low, high, affected.filter(inside).height))
        if high == 0:
            rows.append((0, 0, affected.filter(change == 0).height))
    return pl.DataFrame(
        rows, schema={"low": pl.Int64, "high": pl.Int64, "households": pl.Int64}, orient="row"
    )
