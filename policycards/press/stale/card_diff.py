"""What changed on stale cards: each line old and new, of which kind the change is, and how much a
year it comes to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from policycards.catalogue.editions.catalogue_changes import holding
from policycards.catalogue.model.catalogue import Catalogue
from policycards.households.entitlements.sums import yearly_cash
from policycards.manifest.manifest_columns import MONEY
from policycards.press.pack.manifest_lines import LONG

KINDS = (
    *("standard", "amount", "gained", "lost", "ended", "text", "ask"),
    *("name", "head", "people", "moved", "contact", "left"),
)
"""Why a card is stale, in the order in which it is reported.

``standard``: a value is another; ``amount``: only the quantity or what was approved is; ``gained``,
``lost``: a standard that the household has now, or no more; ``ended``: its policy holds nowhere any
more; ``text``: words; ``ask``: what nobody can tell; ``name``: the head's; ``head``: name and
number of people, so another head; ``people``: their number; ``moved``: village or group;
``contact``: telephones; ``left``: the household is not in the roster any more.
"""
WAITING = ("standard", "amount", "text", "ask", "people")
"""Kinds that may wait for the next round where little money is in them."""
FACTS = {"phones": "contact", LONG: "text", "ask": "ask"}
"""The facts of a card that are a kind of their own, whatever else changed."""
KEY = ("code", "policy", "standard")
_MONEY = ("value", "quantity", "amount")
_SUMS = ("standard", "amount", "gained", "lost", "ended")
"""Kinds of lines that change a card's sums with them."""

CHANGES = pl.Schema(
    {
        "household": pl.String(),
        **dict.fromkeys(KEY, pl.String()),
        "kind": pl.String(),
        **{f"{side}_{name}": MONEY for side in ("old", "new") for name in _MONEY},
        "per_year": MONEY,
        "late": pl.Boolean(),
        "notice": pl.String(),
    }
)
"""A row for each line of a stale card that is another now, and one for each policy of which only
words are.

``standard`` is null where only words changed. ``per_year`` is the change in yearly cash, null for
other money. ``late``: the new value was in force when the card was printed, and known only
afterwards. ``notice`` is the number or title of the document behind the value of today, or behind
its end.
"""


@dataclass(frozen=True, slots=True)
class CardDiff:
    """Tells changes by the catalogue of today."""

    catalogue: Catalogue
    day: date
    cash: pl.DataFrame
    holding: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue, day: date) -> CardDiff:
        return cls(catalogue, day, yearly_cash(catalogue), frozenset(holding(catalogue, day)))

    def changes(
        self,
        stale: pl.DataFrame,
        differing: pl.DataFrame,
        printed: pl.DataFrame,
        current: pl.DataFrame,
    ) -> pl.DataFrame:
        """The ``CHANGES`` of stale cards, from all lines of both sides and from what differs."""
        codes = pl.col("code").is_in(stale["code"].implode())
        old, new = (
            side.filter(pl.col("policy").is_not_null() & codes).select(
                *KEY,
                *(pl.col(money).alias(f"{name}_{money}") for money in _MONEY),
                pl.lit(True).alias(name),
            )
            for name, side in (("old", printed), ("new", current))
        )
        said = differing.filter(pl.col("policy").is_not_null()).select(
            "code", "policy", said=pl.lit(True)
        )
        sums = differing.filter(pl.col("fact") == "sums").select("code", sums=pl.lit(True))
        both = old.join(new, on=KEY, how="full", coalesce=True).with_columns(kind=self.kind())
        both = both.join(said, on=["code", "policy"], how="left").join(sums, on="code", how="left")
        other = pl.col("kind").is_not_null() & (
            pl.col("said") | (pl.col("sums") & (pl.col("kind") == "amount"))
        )
        amounts = both.filter(other).join(self.cash, on=["policy", "standard"], how="left")
        change = pl.col("new_amount").fill_null(0) - pl.col("old_amount").fill_null(0)
        amounts = amounts.with_columns(
            per_year=pl.when(pl.col("times") > 0).then(change * pl.col("times")).cast(MONEY)
        )
        words = said.join(amounts, on=["code", "policy"], how="anti").with_columns(
            kind=pl.lit("text")
        )
        homes = stale.select("household", "code", "now_area", "day", order=pl.int_range(pl.len()))
        rows = pl.concat([amounts, words], how="diagonal").join(homes, on="code")
        rows = rows.join(
            self.documents(rows),
            on=["policy", "standard", "now_area", "day"],
            how="left",
            nulls_equal=True,
        )
        late = pl.col("kind").is_in(("standard", "lost", "ended")) & pl.col("was").ne_missing(
            pl.col("old_value")
        )
        notice = pl.when(pl.col("kind").is_in(("standard", "gained", "ended"))).then("notice")
        rows = rows.with_columns(late=(late & pl.col("known")).fill_null(False), notice=notice)
        return rows.sort("order", "policy", "standard").select(CHANGES.names()).cast(CHANGES)

    def kind(self) -> pl.Expr:
        """The kind of a line's change; null where none is in its figures."""
        ended = ~pl.col("policy").is_in(sorted(self.holding))
        counted = pl.col("old_quantity").ne_missing(pl.col("new_quantity"))
        return (
            pl.when(pl.col("old").is_null())
            .then(pl.lit("gained"))
            .when(pl.col("new").is_null())
            .then(pl.when(ended).then(pl.lit("ended")).otherwise(pl.lit("lost")))
            .when(pl.col("old_value").ne_missing(pl.col("new_value")))
            .then(pl.lit("standard"))
            .when(counted | pl.col("old_amount").ne_missing(pl.col("new_amount")))
            .then(pl.lit("amount"))
        )

    def documents(self, rows: pl.DataFrame) -> pl.DataFrame:
        """For each standard and area: the notice behind it, and what today is known to have held on
        a card's day.
        """
        keys = ["policy", "standard", "now_area", "day"]
        standards = {
            (policy.id, each.id): each
            for policy in self.catalogue.policies
            for each in policy.standards
        }
        found = []
        for policy, name, area, day in rows.select(keys).unique(maintain_order=True).iter_rows():
            standard = standards.get((policy, name))
            held = standard and self.catalogue.at(self.day, area)[standard].entry
            source = held.source if held else None
            then = standard and self.catalogue.at(day, area)[standard].value
            document = source and (source.number or source.title)
            found.append(
                (policy, name, area, day, standard is not None, then and then.amount, document)
            )
        names = dict.fromkeys(keys[:3], pl.String())
        kinds = pl.Schema(
            {**names, "day": pl.Date(), "known": pl.Boolean(), "was": MONEY, "notice": pl.String()}
        )
        return pl.DataFrame(found, schema=kinds, orient="row")


def reasons(
    stale: pl.DataFrame, differing: pl.DataFrame, changes: pl.DataFrame, least: Decimal
) -> pl.DataFrame:
    """Stale cards with the ``kinds`` of their changes, ``per_year``, whether one is ``late``, and
    which are ``urgent``.

    Urgent is whatever changes yearly cash by ``least`` yuan, and all that no sum tells.
    """
    of_lines = changes.group_by("code").agg(
        kinds="kind",
        per_year=pl.col("per_year").sum(),
        late=pl.col("late").any(),
        untold=(pl.col("kind").is_in(("standard", "amount")) & pl.col("per_year").is_null()).any(),
    )
    facts = differing.filter(pl.col("fact").is_not_null()).group_by("code").agg(facts="fact")
    cards = stale.join(of_lines, on="code", how="left", maintain_order="left").join(
        facts, on="code", how="left"
    )
    cards = cards.with_columns(
        pl.col("kinds", "facts").fill_null([]), pl.col("per_year").fill_null(0)
    )
    cards = cards.with_columns(
        pl.col("late", "untold").fill_null(False), pl.concat_list("kinds", *_of_facts())
    )
    moneyless = pl.col("facts").list.contains("sums") & ~_any_of(_SUMS)
    kinds = [pl.when(pl.col("kinds").list.contains(kind)).then(pl.lit(kind)) for kind in KINDS]
    listed = pl.concat_list(kinds).list.drop_nulls()
    urgent = moneyless | pl.col("untold") | _any_of(kind for kind in KINDS if kind not in WAITING)
    return (
        cards.with_columns(urgent=urgent | (pl.col("per_year").abs() >= least))
        .with_columns(kinds=listed)
        .drop("facts", "untold", "now_group")
    )


def _any_of(kinds: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col("kinds").list.contains(kind) for kind in kinds)


def _of_facts() -> list[pl.Expr]:
    """Lists of the kinds that are in the facts of a card; each may be empty."""
    has = pl.col("facts").list.contains
    moved = pl.col("area").ne_missing(pl.col("now_area")) | pl.col("group").ne_missing(
        pl.col("now_group")
    )
    found = [(has(fact), kind) for fact, kind in FACTS.items()]
    found += [
        (has("words") & ~_any_of(("gained", "lost", "ended")), "text"),
        (has("name") & has("people"), "head"),
        (has("name") & ~has("people"), "name"),
        (has("people") & ~has("name"), "people"),
        (has("home") & moved, "moved"),
        (has("home") & ~moved, "text"),
        (has("sums") & ~_any_of(_SUMS), "amount"),
    ]
    return [
        pl.when(holds).then(pl.lit([kind])).otherwise(pl.lit([], pl.List(pl.String)))
        for holds, kind in found
    ]
