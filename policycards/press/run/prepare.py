"""Preparing a run: what decides its bytes, its plan, shared fonts, and the lists of missing data.

Plate fonts have all that many cards share. What nobody could tell is listed in each village's
folder with what to fill in, and in an overview of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from hashlib import sha256
from string import digits

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.files import digest_files
from policycards.core.problems import Place, Problem, problem
from policycards.design import Theme
from policycards.households.entitlements.undetermined import cannot_tell, overview, village_lists
from policycards.households.model import Roster
from policycards.pdf.pack_objects import PlateFonts
from policycards.press.execution.jobs import Job, folder_of
from policycards.press.pack.run_plan import PlanReader, write_plan, write_shared
from policycards.press.pack.village_pack import Order, VillagePress
from policycards.press.storage.store import Run, Store, open_run, unwritable, versions
from policycards.qr import card_code
from policycards.typeset.numbers import plain

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


DECIDING = (
    "babel",
    "fonttools",
    "pikepdf",
    "polars",
    "pydantic",
    "qrcode",
    "reportlab",
    "uharfbuzz",
)
"""Libraries that decide the bytes of what is printed."""
SHOWN = 10
"""Households that a message names at most."""
FEW = 8
"""Villages for which plate fonts would take longer than they save."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run that can begin; ``unsettled`` counts the households of which something is missing in
    the roster.

    ``faults`` is what was found wrong with the first cards of each kind, so that it is reported
    before the rest is made.
    """

    run: Run
    jobs: list[Job]
    cards: int
    unsettled: int
    faults: tuple[Problem, ...]


def prepare(
    store: Store,
    roster: Roster,
    wanted: pl.DataFrame,
    catalogue: Catalogue,
    theme: Theme,
    order: Order,
    digest: str,
) -> tuple[Prepared | None, list[Problem]]:
    """Open the run of these inputs in a store, and write its plan there; problems where another run
    is there, or where two cards would carry one code.

    Beside the plan it writes what nobody could tell. ``wanted`` are the households to print, as
    ``write_plan`` has them; ``digest`` is of the roster's file and of what was chosen from it.
    """
    counts = {"households": roster.households.height, "cards": wanted.height}
    run, problems = open_run(
        store, inputs(catalogue, theme, order, digest), versions(DECIDING), counts
    )
    if run is None:
        return None, problems
    faults: list[Problem] = []
    try:
        write_shared(store, catalogue=catalogue, theme=theme, fonts=PlateFonts())
        key, edition = order.key, order.edition
        asking = MissingDataReport(store, roster, catalogue)
        plan = write_plan(
            store,
            roster,
            wanted,
            catalogue,
            order.day,
            lambda area, household, copy: card_code(key, area, household, edition, copy),
            asking if not order.slips else lambda _missing: None,
            order.on,
        )
        asking.finish()
        if plan.twice:
            return None, [
                problem("E391", Place(order.roster), households=", ".join(plan.twice[:SHOWN]))
            ]
        if len(plan.jobs) >= FEW and not order.slips:
            press = VillagePress(order, store, catalogue, theme)
            write_shared(store, fonts=plate_fonts(press, plan.jobs, faults))
    except OSError as error:
        return None, [unwritable(store, error)]
    cards = sum(job.count for job in plan.jobs)
    return Prepared(run, plan.jobs, cards, asking.households, tuple(dict.fromkeys(faults))), []


def inputs(catalogue: Catalogue, theme: Theme, order: Order, digest: str) -> dict[str, str]:
    """All that decides the bytes of a run, by names that a person understands."""
    chosen = asdict(order)
    chosen["key"], chosen["fonts"] = (
        order.key.fingerprint,
        digest_files(order.fonts / name for name in theme.fonts.values()),
    )
    chosen["roster"], chosen["catalogue"] = digest, catalogue.digest
    for name in ("reads_all", "is_trial"):  # what is looked at afterwards decides no byte
        del chosen[name]
    chosen["theme"] = sha256(theme.model_dump_json().encode()).hexdigest()
    return {name: str(value) for name, value in chosen.items()}


def plate_fonts(press: VillagePress, jobs: list[Job], problems: list[Problem]) -> PlateFonts:
    """The plate fonts of a run: of a card for each standard with each of its values, the first that
    has it.

    ``problems`` take what is wrong with these cards.
    """
    items = []
    for job in first_of_each(press.plan, jobs):
        ((card,), (entitled,)) = press.plan.cards(job)
        made = press.typeset(card, press.teller.substance(card.home, entitled), problems)
        items += [item for page in (made.pages if made else ()) for item in page.items]
    return PlateFonts.of(items, press.fonts)


def first_of_each(plan: PlanReader, jobs: list[Job]) -> Iterable[Job]:
    """Jobs of one card each, which together have every standard and value of the first villages,
    with every sign of their figures.
    """
    seen: set[tuple[str, ...]] = set()
    for job in jobs[: 50 * FEW]:
        _cards, answers = plan.cards(job)
        for at, entitled in enumerate(answers):
            kinds = {
                (
                    each.policy,
                    each.standard,
                    each.answer,
                    str(each.value),
                    *map(signs, (each.quantity, each.amount)),
                )
                for each in entitled
            }
            if kinds - seen:
                seen |= kinds
                yield Job(job.area, job.folder, job.first + at, 1)


def signs(number: Decimal | None) -> str:
    """What a figure is written with besides digits.

    >>> signs(Decimal("12345.60"))
    ',.'
    """
    return "".join(sorted(set(plain(number)) - set(digits))) if number is not None else ""
