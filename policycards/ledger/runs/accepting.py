"""Whether a ledger takes a run, by what the run's folder says of itself: no proofs, no trials, no
samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policycards.catalogue.editions.edition import is_edition_name
from policycards.core.files import parse_json, read_file
from policycards.core.problems import Place, Problem, problem
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
