"""Which printed cards are wrong now: what was printed against what would be printed, card by card.

The newest card of each household counts. Both sides are fingerprints of the same content, so a card
of which only edition, code or looks would be others is right. Villages go by some at a time: the
memory holds no more of what cards say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Place, Problem, problem
from policycards.design.content.card_content import Teller
from policycards.households.entitlements.calculate import entitlements_by_part
from policycards.households.model import Roster
from policycards.households.roster.homes import HouseholdFacts
from policycards.manifest import LINES, Digest, file_of, read_cards, scan_lines
from policycards.press.execution.jobs import merged_villages
from policycards.press.pack.manifest_lines import LONG, Fingerprints
from policycards.press.pack.run_plan import LINE, Card, entitled_rows
from policycards.press.stale.card_diff import CardDiff, reasons
from policycards.press.storage.store import Folder, read_run

COLUMNS = ("household", "code", "area", "group", "pile", "edition", "copy", "day")


@dataclass(frozen=True, slots=True)
class Issued:
    """The newest card of each household, in the order of villages and piles; ``day`` is that of its
    standards.

    ``runs`` are the ids of the runs, ``lines`` what their cards say, read only as far as it is
    asked for.
    """

    cards: pl.DataFrame
    runs: tuple[str, ...]
    lines: tuple[pl.LazyFrame, ...]

    def lines_of(self, codes: pl.Series) -> pl.DataFrame:
        """What stands on some cards: the columns of ``LINES``."""
        wanted = pl.col("code").is_in(codes.implode())
        found = [rows.filter(wanted).collect() for rows in self.lines]
        return pl.concat([*found, pl.DataFrame(schema=LINES)])


def read_issued(folders: Sequence[Path], key: str) -> tuple[Issued | None, list[Problem]]:
    """What the runs in some folders of editions printed with the key of a fingerprint, or all that
    is wrong with them.

    Of a household with several cards the newest holds: that of the latest standards, then of the
    highest copy, then of the run that is named last.
    """
    parts: list[pl.DataFrame] = []
    lines: list[pl.LazyFrame] = []
    runs: list[str] = []
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        run = read_run(Folder(folder))
        if run is None:
            problems.append(problem("E760", Place(str(folder))))
            continue
        of_run, inputs = run
        if inputs.get("key") != key:
            problems.append(
                problem("E761", Place(str(folder)), printed=inputs.get("key", "–"), given=key)
            )
            continue
        cards, found = read_cards(folder)
        rows, more = scan_lines(folder)
        problems += [*found, *more]
        if cards is None or rows is None:
            continue
        if not merged_villages(of_run.store, of_run.id):
            problems.append(problem("E762", Place(str(file_of(folder, "lines")))))
            continue
        runs.append(of_run.id)
        lines.append(rows)
        parts.append(
            cards.with_columns(
                day=pl.lit(date.fromisoformat(inputs["day"])), run=pl.lit(number, pl.Int32)
            )
        )
    return (None, problems) if problems else (Issued(_newest(parts), tuple(runs), tuple(lines)), [])


def _newest(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    cards = pl.concat(parts).sort("day", "copy", "run")
    return cards.unique("household", keep="last").sort("area", "pile", "household").select(COLUMNS)


SIZE = 5_000
"""Households whose whole substance is in memory at a time."""
_HOME = ("household_id", "area", "group", "name_bo", "name_zh", "members")
_FIGURES = [
    pl.when(pl.col("answer") == "yes").then(name).alias(name)
    for name in ("value", "quantity", "amount")
]
"""No card says the figures of what nobody can tell, and they take time to read."""


@dataclass(frozen=True, slots=True)
class Now:
    """What would be printed now: the standards of a day, for households as they are on a day."""

    catalogue: Catalogue
    day: date
    on: date


@dataclass(frozen=True, slots=True)
class Part:
    """Some households of a roster: their stale cards, what changed on them, how many are right, who
    has no card.

    ``cards`` has the columns of ``Issued.cards`` with ``now_area, kinds, late, per_year`` and
    ``urgent``; ``lines`` are their ``CHANGES``; ``without`` are ids of households.
    """

    cards: pl.DataFrame
    lines: pl.DataFrame
    right: int
    without: pl.Series


def stale_by_part(
    roster: Roster, issued: Issued, now: Now, digest: Digest, least: Decimal
) -> Iterator[Part]:
    """The stale cards of a roster's households, some villages at a time.

    ``least`` is the change of yearly cash in yuan from which a card is ``urgent``; what a sum
    cannot tell always is.
    """
    builder, fingerprints = Teller(now.catalogue, now.day), Fingerprints(digest)
    differ = CardDiff.of(now.catalogue, now.day)
    for homes, rows in entitlements_by_part(roster, now.catalogue, now.day, on=now.on):
        rows = rows.with_columns(_FIGURES)
        cards = homes.select("household_id", now_area="area", now_group="group").join(
            issued.cards,
            left_on="household_id",
            right_on="household",
            how="inner",
            maintain_order="left",
        )
        coded = homes.join(
            cards.select("household_id", "code"), on="household_id", maintain_order="left"
        )
        printed = issued.lines_of(cards["code"])
        long = set(printed.filter(pl.col("policy").is_null(), pl.col("standard") == LONG)["code"])
        current = pl.concat(_current_lines(coded, rows, builder, fingerprints, long))
        differing = _differing(printed, current)
        codes = differing["code"].unique()
        stale = cards.rename({"household_id": "household"}).filter(
            pl.col("code").is_in(codes.implode())
        )
        changes = differ.changes(stale, differing, printed, current)
        without = homes.filter(~pl.col("household_id").is_in(cards["household_id"].implode()))[
            "household_id"
        ]
        yield Part(
            reasons(stale, differing, changes, least), changes, cards.height - stale.height, without
        )


def gone(
    roster: Roster, issued: Issued, left_out: Iterable[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cards of households that have left, and those of which the roster says nothing.

    A household has left that is not in the roster, though its village is; nothing is said of a
    village that is not there, and of a household whose rows are faulty.
    """
    homes = roster.households
    missing = issued.cards.join(
        homes, left_on="household", right_on="household_id", how="anti", maintain_order="left"
    )
    known = pl.col("area").is_in(homes["area"].unique().implode()) & ~pl.col("household").is_in(
        list(left_out)
    )
    return missing.filter(known), missing.filter(~known)


def _current_lines(
    homes: pl.DataFrame,
    rows: pl.DataFrame,
    builder: Teller,
    fingerprints: Fingerprints,
    long: Collection[str],
) -> Iterator[pl.DataFrame]:
    """What would be printed now for households with a card, as lines of a manifest under the code
    of that card.
    """
    yield fingerprints.lines(_coded(rows.clear(), homes), (), ())
    for some in homes.iter_slices(SIZE):
        own = _coded(rows, some)
        counts = dict(own.group_by("household_id").len().iter_rows())
        answers = own.select(LINE).iter_rows()
        cards = []
        for household, area, group, bo, zh, members, code in some.select(
            *_HOME, "code"
        ).iter_rows():
            facts = HouseholdFacts(household, area, group, 0, bo, zh, members)
            entitled = entitled_rows(household, answers, counts.get(household, 0))
            cards.append((Card(facts, code, 1, None), builder.substance(facts, entitled)))
        yield fingerprints.lines(own, cards, long)


def _coded(rows: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    return rows.join(homes.select("household_id", "code"), on="household_id", maintain_order="left")


def _differing(printed: pl.DataFrame, current: pl.DataFrame) -> pl.DataFrame:
    """The policies and facts of cards that are not said, or not in the same words and figures, on
    both sides.
    """
    fact = pl.when(pl.col("policy").is_null()).then("standard")
    sides = [
        table.select("code", "policy", fact.alias("fact"), "text").unique()
        for table in (printed, current)
    ]
    said = pl.concat(sides).group_by("code", "policy", "fact", "text").len()
    return said.filter(pl.col("len") == 1).select("code", "policy", "fact").unique()
