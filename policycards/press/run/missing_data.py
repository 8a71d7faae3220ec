"""What nobody could tell in a run: in each village's folder a list of what to fill in, and an
overview of all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.households.entitlements.undetermined import cannot_tell, overview, village_lists
from policycards.households.model import Roster
from policycards.press.execution.jobs import folder_of
from policycards.press.storage.store import Store

LIST = "unsettled.csv"
OVERVIEW = f"run/{LIST}"


@dataclass(slots=True)
class MissingDataReport:
    """Writes the lists of some villages at a time, the same bytes whenever a run begins or goes on.

    A list that is there stays: it is of the same run, and somebody may have written into it.
    ``households`` counts those that want something.
    """

    store: Store
    roster: Roster
    catalogue: Catalogue
    households: int = 0
    _villages: list[pl.DataFrame] = field(default_factory=list)

    def __call__(self, missing: pl.DataFrame) -> None:
        """``missing`` are all lines of some villages that want something."""
        if missing.is_empty():
            return
        homes = self.roster.households
        wanting = homes.join(missing.select("household_id").unique(), on="household_id", how="semi")
        areas = wanting["area"].unique()
        roster = Roster(homes.filter(pl.col("area").is_in(areas.implode())), self.roster.members)
        undetermined = cannot_tell(missing, roster, self.catalogue)
        lists = ((f"{folder_of(area)}/{LIST}", data) for area, data in village_lists(undetermined))
        self.store.write((name, data) for name, data in lists if self.store.size(name) is None)
        self.households += wanting.height
        self._villages.append(undetermined.villages)

    def finish(self) -> None:
        """Write the overview, if there is anything to fill in."""
        if self._villages:
            self.store.write([(OVERVIEW, overview(pl.concat(self._villages)))], private=True)
