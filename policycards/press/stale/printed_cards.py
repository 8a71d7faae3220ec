"""What some runs have printed: the newest card of each household, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from policycards.core.problems import Place, Problem, problem
from policycards.manifest import LINES, file_of, read_cards, scan_lines
from policycards.press.execution.manifest_merge import merged_villages
from policycards.press.storage.run_folder import read_run
from policycards.press.storage.store import Folder

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
