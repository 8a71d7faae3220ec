"""Choosing which households of a roster are printed, and counting the paper that cards take."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from policycards.catalogue.model.catalogue import Settings
from policycards.design.layout.sheet_plan import Form, sheets_of
from policycards.households.model import Roster

Wanted = pl.DataFrame
"""A row for each card to print, with the columns of a reissue list."""


def chosen(
    roster: Roster, listed: Wanted | None, area: str, households: Sequence[str]
) -> tuple[Wanted, list[str]]:
    """The cards to print, in the order of the roster, and the households of a reissue list that are
    not in it.
    """
    homes = roster.households
    unknown = pl.lit(None, pl.String)
    table = homes.select("household_id", copy=pl.lit(1, pl.Int16), replaces=unknown, former=unknown)
    gone: list[str] = []
    if listed is not None:
        gone = listed.join(homes, on="household_id", how="anti")["household_id"].to_list()
        table = homes.select("household_id").join(
            listed, on="household_id", how="inner", maintain_order="left"
        )
    if area:
        codes = homes.filter(pl.col("area").str.starts_with(area))["household_id"]
        table = table.filter(pl.col("household_id").is_in(codes.implode()))
    if households:
        table = table.filter(pl.col("household_id").is_in(list(households)))
    return table, gone


def replaces_some(wanted: Wanted) -> bool:
    """Whether a card to print replaces another."""
    return wanted["replaces"].null_count() < wanted.height


def digest_of(wanted: Wanted) -> str:
    """A number that is another for another choice."""
    return str(wanted.hash_rows().sum())


def paper(count: int, settings: Settings) -> tuple[Decimal, Decimal]:
    """What so many sheets cost in yuan, and how many hours a printer takes for both of their
    sides.
    """
    return settings.sheet_price * count, Decimal(2 * count) / settings.sides_per_minute / 60


def sheets(cards: pl.DataFrame, form: Form) -> int:
    """Sheets of paper for the cards of a manifest."""
    total = 0.0
    for pages, count in cards["pages"].value_counts().iter_rows():
        total += sheets_of(pages, form) * count
    return round(total)
