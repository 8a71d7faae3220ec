"""The folder of a run as a ledger reads it: whether it takes the run, and what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from policycards.catalogue.editions.edition import is_edition_name
from policycards.core.files import parse_json, read_file
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.manifest import read_cards, read_spares
from policycards.qr.key import DEMO_KEY


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run as ``run.json`` tells of it; ``planned`` are the cards that it was to have, ``roster``
    what it is from.
    """

    id: str
    edition: str
    planned: int
    roster: str


def read_facts(folder: Path, *, is_demo: bool) -> tuple[RunFacts | None, list[Problem]]:
    """The facts of the run in the folder of an edition, or why a ledger does not take it.

    Only a ledger for trying (``is_demo``) takes trial editions and the samples of the demo key; no
    ledger takes proofs.
    """
    place = Place(str(folder))
    try:
        content: Any = parse_json(read_file(folder / "run" / "run.json"))
        inputs, planned = dict(content["inputs"]), int(content["counts"]["cards"])
        roster = str(inputs.get("roster", "")).partition(" ")[0]
        facts = RunFacts(str(content["id"]), str(inputs["edition"]), planned, roster)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        return None, [problem("E665", place, why=type(error).__name__)]
    if not is_edition_name(facts.edition):
        return None, [problem("E660", place, edition=facts.edition)]
    if not is_demo and (
        inputs.get("is_published") != "True" or inputs.get("key") == DEMO_KEY.fingerprint
    ):
        return None, [problem("E661", place, edition=facts.edition)]
    return facts, []


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
