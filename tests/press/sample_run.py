"""A small run of the real press: a made-up roster of a few villages, prepared and opened in this
process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from policycards.catalogue import Catalogue, read_catalogue
from policycards.design import Theme, read_theme
from policycards.design.layout.sheet_plan import Duplex, Form, Sheet
from policycards.households.exchange.sample import write_sample_workbook
from policycards.households.model import Roster
from policycards.households.roster.read_roster import read_roster
from policycards.press.pack.village_pack import Order, VillagePress, open_press
from policycards.press.run.household_selection import chosen
from policycards.press.run.prepare import Prepared, prepare
from policycards.press.storage.store import Folder
from policycards.qr import DEMO_KEY

DAY = date(2026, 11, 23)
EDITION = "ptest001"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Office:
    """A catalogue and a roster, and the order that is printed from them."""

    catalogue: Catalogue
    theme: Theme
    roster: Roster
    order: Order

    @classmethod
    def of(cls, folder: Path, *, villages: int = 3, households: int = 18, seed: int = 5) -> Office:
        catalogue, _problems = read_catalogue(ROOT / "policies")
        theme, _problems = read_theme("plain")
        assert catalogue is not None and theme is not None
        file = folder / "sample.xlsx"
        write_sample_workbook(catalogue, file, villages, households, seed)
        roster, _problems, _notes = read_roster(
            file, catalogue, today=DAY, digest=DEMO_KEY.digest, mapping={}
        )
        assert roster is not None
        order = Order(
            DEMO_KEY,
            DAY,
            EDITION,
            False,
            "sample.xlsx",
            ROOT / "fonts",
            Sheet("single", "long-edge"),
        )
        return cls(catalogue, theme, roster, order)

    def on(self, form: Form, duplex: Duplex = "long-edge", **order: object) -> Office:
        """The same on other sheets: whole ones, or halves that are cut and stacked."""
        design = "a5" if form == "cut-and-stack" else "a4"
        facts = {"sheet": Sheet(form, duplex), "design": design, **order}
        return replace(self, order=replace(self.order, **facts))  # type: ignore[arg-type]

    def prepared(self, out: Path, area: str = "", households: Sequence[str] = ()) -> Prepared:
        """A run of the households of an area, or of some of them, ready to be printed into a
        folder.
        """
        wanted, _gone = chosen(self.roster, None, area, households)
        made, problems = prepare(
            Folder(out), self.roster, wanted, self.catalogue, self.theme, self.order, "sample"
        )
        assert made is not None, problems
        return made

    def press(self, out: Path) -> VillagePress:
        """The maker of a run that was prepared in a folder."""
        return open_press(self.order, Folder(out))

    def names(self) -> set[str]:
        """Every name of a person in the roster, in both scripts."""
        told = pl.concat(
            [self.roster.households.select("name_bo", "name_zh"), _names(self.roster.members)]
        )
        return {
            name for column in told.iter_columns() for name in column.drop_nulls() if len(name) > 1
        }


def _names(people: pl.DataFrame) -> pl.DataFrame:
    return people.select(
        (pl.col(name) if name in people.columns else pl.lit(None, pl.String)).alias(name)
        for name in ("name_bo", "name_zh")
    )
