"""The folder of a run as a ledger reads it: what was printed, and from which edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.ledger.runs.accepting import read_facts
from policycards.manifest import read_cards, read_spares


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run that was printed; ``planned`` are the cards that it was to have."""

    id: str
    edition: str
    planned: int
    cards: pl.DataFrame
    spares: pl.DataFrame


def read_run(folder: Path, *, is_demo: bool) -> tuple[RunFolder | None, list[Problem]]:
    """The run in the folder of an edition, or why a ledger does not take it: proofs, trials, what
    is damaged.
    """
    facts, problems = read_facts(folder, is_demo=is_demo)
    if facts is None:
        return None, problems
    cards, problems = read_cards(folder)
    spares, more = read_spares(folder)
    problems += more
    if cards is None or spares is None or has_errors(problems):
        return None, problems
    if facts.planned > cards.height:
        problems.append(
            problem("W668", Place(str(folder)), planned=facts.planned, count=cards.height)
        )
    return RunFolder(facts.id, facts.edition, facts.planned, cards, spares), problems
