"""The folder of a run as a ledger reads it: what was printed, from which edition, and whether it may be handed out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from policycards.catalogue.editions import is_edition_name
from policycards.manifest import read_cards, read_spares
from policycards.problems import Place, Problem, has_errors, problem
from policycards.qr.key import DEMO_KEY


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run that was printed; ``planned`` are the cards that it was to have."""

    id: str
    edition: str
    planned: int
    cards: pl.DataFrame
    spares: pl.DataFrame


def read_run(folder: Path, *, is_demo: bool) -> tuple[RunFolder | None, list[Problem]]:
    """The run in the folder of an edition, or why a ledger does not take it: proofs, trials, what is damaged.

    Only a ledger for trying (``is_demo``) takes trial editions and the samples of the demo key; no ledger takes proofs.
    """
    place = Place(str(folder))
    try:
        told: Any = json.loads((folder / "run" / "run.json").read_bytes())
        run, inputs, planned = str(told["id"]), dict(told["inputs"]), int(told["counts"]["cards"])
        edition = str(inputs["edition"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        return None, [problem("E665", place, why=type(error).__name__)]
    if not is_edition_name(edition):
        return None, [problem("E660", place, edition=edition)]
    if not is_demo and (inputs.get("published") != "True" or inputs.get("key") == DEMO_KEY.fingerprint):
        return None, [problem("E661", place, edition=edition)]
    cards, problems = read_cards(folder)
    spares, more = read_spares(folder)
    problems += more
    if cards is None or spares is None or has_errors(problems):
        return None, problems
    if planned > cards.height:
        problems.append(problem("W668", place, planned=planned, count=cards.height))
    return RunFolder(run, edition, planned, cards, spares), problems
