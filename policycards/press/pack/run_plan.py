"""The plan of a run: all that its workers share, in files beside the run, so that a job says only
which rows are its.

The files hold names; they are private and go when the run is whole.
"""

from __future__ import annotations

import io
import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.households.entitlements.calculate import entitlements_by_part, plain_quantity
from policycards.households.model import Entitlement, Roster
from policycards.households.roster.homes import HouseholdFacts
from policycards.press.execution.jobs import Job, folder_of
from policycards.press.storage.store import Store

PLAN = "run/plan"
_HOME = ("household_id", "area", "group", "pile", "name_bo", "name_zh", "members", "row")
LINE = ("policy", "standard", "answer", "value", "quantity", "amount", "missing")


@dataclass(frozen=True, slots=True)
class Card:
    """A card to print: whose it is, its code, and which card it replaces, if one left the office.

    ``former`` is what that one said, as a cell of a reissue list.
    """

    home: HouseholdFacts
    code: str
    copy: int
    replaces: str | None
    former: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A job for each village that has a card; and the households whose cards would carry a code
    that another one's carries too, which no ledger could tell apart.
    """

    jobs: list[Job]
    twice: tuple[str, ...]


def write_plan(
    store: Store,
    roster: Roster,
    wanted: pl.DataFrame,
    catalogue: Catalogue,
    day: date,
    code: Callable[..., str],
    ask: Callable[[pl.DataFrame], None],
    on: date | None = None,
) -> Plan:
    """Write the tables of cards and lines, some villages to a file.

    ``ask`` hears of the lines that want something in the roster, some villages at a time.

    ``wanted`` names the households to print, with the columns of a reissue list; pile numbers are
    those of the whole roster. ``code`` makes a card's code from area, household and copy.
    """
    piles = roster.households.select(
        "household_id", pile=pl.int_range(1, pl.len() + 1).over("area").cast(pl.Int32)
    )
    households = roster.households.join(
        wanted, on="household_id", how="inner", maintain_order="left"
    )
    members = roster.members.join(
        wanted.select("household_id"), on="household_id", how="semi", maintain_order="left"
    )
    chosen = Roster(households.drop("copy", "replaces", "former"), members)
    jobs: list[Job] = []
    coded: list[pl.DataFrame] = []
    first = 0
    for homes, lines in entitlements_by_part(chosen, catalogue, day, on=on):
        cards = _cards(homes, lines, piles, wanted, code)
        _write(store, f"{PLAN}/{first:09d}-cards.arrow", cards)
        _write(store, f"{PLAN}/{first:09d}-lines.arrow", lines.select(LINE))
        for area, count in cards.group_by("area", maintain_order=True).len().iter_rows():
            jobs.append(Job(area, folder_of(area), first, count))
            first += count
        ask(lines.filter(pl.col("missing") != ""))
        coded.append(cards.select("household_id", "code"))
    codes = pl.concat(coded)
    twice = codes.filter(codes["code"].is_duplicated())["household_id"]
    return Plan(jobs, tuple(twice))


def _cards(
    homes: pl.DataFrame,
    lines: pl.DataFrame,
    piles: pl.DataFrame,
    wanted: pl.DataFrame,
    code: Callable[..., str],
) -> pl.DataFrame:
    counts = lines.group_by("household_id", maintain_order=True).agg(lines=pl.len().cast(pl.Int64))
    cards = homes.select(name for name in _HOME if name != "pile")
    for table in (piles, wanted, counts):
        cards = cards.join(table, on="household_id", how="left", maintain_order="left")
    cards = cards.with_columns(pl.col("lines").fill_null(0))
    codes = [code(*each) for each in cards.select("area", "household_id", "copy").iter_rows()]
    return cards.with_columns(
        first=pl.col("lines").cum_sum() - pl.col("lines"), code=pl.Series(codes, dtype=pl.String)
    )


def _write(store: Store, name: str, frame: pl.DataFrame) -> None:
    file = io.BytesIO()
    frame.write_ipc(file)
    store.write([(name, file.getvalue())], private=True)


def write_shared(store: Store, **things: object) -> None:
    """Keep what all workers need, such as the catalogue, under the names by which they ask for
    it.
    """
    store.write(
        [(f"{PLAN}/{name}.pickle", pickle.dumps(thing)) for name, thing in things.items()],
        private=True,
    )


def read_shared(store: Store, name: str) -> Any:
    return pickle.loads(store.read(f"{PLAN}/{name}.pickle"))


def remove_plan(store: Store) -> None:
    """Remove the plan of a run that is whole."""
    store.remove(f"{PLAN}/{name.rpartition('/')[2]}" for name in store.names(PLAN))


class PlanReader:
    """Reads the rows of jobs; the file that was read last stays open, since the next job is mostly
    in it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        names = sorted(name.rpartition("/")[2] for name in store.names(PLAN))
        self._firsts = [int(name[:9]) for name in names if name.endswith("-cards.arrow")]
        self._open: tuple[int, pl.DataFrame, pl.DataFrame] | None = None

    def cards(self, job: Job) -> tuple[list[Card], list[list[Entitlement]]]:
        """The cards of a village and what each household is entitled to, in the order of the
        pile.
        """
        first, table, lines = self._tables(job)
        own = table.slice(job.first - first, job.count)
        start = own["first"][0] if job.count else 0
        rows = lines.slice(start, int(own["lines"].sum())).iter_rows()
        cards = [
            Card(_home(row), *row[8:])
            for row in own.select(*_HOME, "code", "copy", "replaces", "former").iter_rows()
        ]
        ids, counts = own["household_id"], own["lines"]
        return cards, [
            list(entitled_rows(household, rows, count))
            for household, count in zip(ids, counts, strict=True)
        ]

    def lines(self, job: Job) -> pl.DataFrame:
        """The lines of a village as a table, with the ``code`` of the card that each stands on."""
        first, cards, lines = self._tables(job)
        own = cards.slice(job.first - first, job.count)
        codes = own.select(pl.col("code").repeat_by("lines").explode().drop_nulls())
        return lines.slice(own["first"][0] if job.count else 0, codes.height).with_columns(
            codes["code"]
        )

    def _tables(self, job: Job) -> tuple[int, pl.DataFrame, pl.DataFrame]:
        first = self._firsts[bisect_right(self._firsts, job.first) - 1]
        if self._open is None or self._open[0] != first:
            self._open = None  # two at a time would be the most memory that a worker takes
            cards, lines = (self._table(first, name) for name in ("cards", "lines"))
            self._open = first, cards, lines
        return self._open

    def _table(self, first: int, name: str) -> pl.DataFrame:
        return pl.read_ipc(io.BytesIO(self._store.read(f"{PLAN}/{first:09d}-{name}.arrow")))


def _home(row: Sequence[Any]) -> HouseholdFacts:
    return HouseholdFacts(*row[:8])


def entitled_rows(
    household: str, rows: Iterator[tuple[Any, ...]], count: int
) -> Iterator[Entitlement]:
    """The next rows of ``LINE``, of which so many are a household's."""
    for _ in range(count):
        policy, standard, answer, value, quantity, amount, missing = next(rows)
        plain = plain_quantity(quantity)
        yield Entitlement(
            household, policy, standard, answer, value, plain, amount, tuple(missing.split())
        )
