"""How much paper cards will take before they are printed: some of them are set, the others are
taken to be alike.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import polars as pl

from policycards.catalogue.editions.edition import Version
from policycards.catalogue.model.catalogue import Settings
from policycards.core.problems import Problem
from policycards.design import Theme
from policycards.design.layout.sheet_plan import Sheet
from policycards.households.model import Roster
from policycards.pdf.run_fonts import PlateFonts
from policycards.press.pack.run_plan import write_plan, write_shared
from policycards.press.pack.village_pack import Order, VillagePress
from policycards.press.run.household_selection import chosen, paper, sheets
from policycards.press.storage.store import Folder
from policycards.qr import DEMO_KEY

SAMPLE = 60
"""Cards that are set; evenly from the whole list."""
SHEET = Sheet("folded", "long-edge")


@dataclass(frozen=True, slots=True)
class Paper:
    """What some cards come to: sheets with a test sheet for each village, yuan, hours of a printer.

    ``sample`` is the number of cards that were set to know it.
    """

    sheets: int
    price: Decimal
    hours: Decimal
    sample: int


def estimated(
    roster: Roster, homes: pl.DataFrame, version: Version, theme: Theme, fonts: Path
) -> Paper:
    """The paper for the cards of some households, folded A4; ``homes`` has ``household_id,
    area``.
    """
    settings: Settings = version.catalogue.settings
    if homes.is_empty():
        return Paper(0, Decimal(0), Decimal(0), 0)
    some = homes.gather_every(max(1, homes.height // SAMPLE)).head(SAMPLE)
    pages = _pages(roster, some["household_id"].to_list(), version, theme, fonts)
    cards = pl.DataFrame({"pages": pages}, schema={"pages": pl.Int32})
    needed = Decimal(sheets(cards, SHEET.form) * homes.height) / max(1, len(pages))
    count = int(needed.to_integral_value(ROUND_CEILING)) + homes["area"].n_unique()
    return Paper(count, *paper(count, settings), len(pages))


def _pages(
    roster: Roster, households: list[str], version: Version, theme: Theme, fonts: Path
) -> list[int]:
    """How many pages the card of each of some households has; those that cannot be made have
    none.
    """
    ids = pl.col("household_id").is_in(households)
    some = Roster(roster.households.filter(ids), roster.members.filter(ids))
    wanted, _gone = chosen(some, None, "", ())
    order = Order(DEMO_KEY, version.day, "estimate", False, "", fonts, SHEET, is_trial=True)
    with tempfile.TemporaryDirectory() as scratch:
        store = Folder(Path(scratch))
        write_shared(store, fonts=PlateFonts())
        plan = write_plan(
            store,
            some,
            wanted,
            version.catalogue,
            version.day,
            lambda *_: "7F3K9Q2M8ZT1",
            lambda _missing: None,
        )
        press = VillagePress(order, store, version.catalogue, theme)
        problems: list[Problem] = []
        made = [
            press.made(card, press.teller.substance(card.home, entitled), problems)
            for job in plan.jobs
            for card, entitled in zip(*press.plan.cards(job), strict=True)
        ]
    return [len(one.pages) for one in made if one]
