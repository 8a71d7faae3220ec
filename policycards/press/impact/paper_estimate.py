"""How much paper cards take before they are printed: each is one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from policycards.catalogue.model.catalogue import Settings
from policycards.press.run.household_selection import paper


@dataclass(frozen=True, slots=True)
class Paper:
    """What some cards come to: sheets with a test sheet for each village, yuan, hours of a
    printer.
    """

    sheets: int
    price: Decimal
    hours: Decimal


def estimated(homes: pl.DataFrame, settings: Settings) -> Paper:
    """The paper for the cards of some households, A4; ``homes`` has ``household_id, area``."""
    if homes.is_empty():
        return Paper(0, Decimal(0), Decimal(0))
    count = homes.height + homes["area"].n_unique()
    return Paper(count, *paper(count, settings))
