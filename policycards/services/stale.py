"""Finding the printed cards that are wrong now, and why: lists of what to print again."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from policycards.core import units
from policycards.core.files import digest_files
from policycards.core.problems import Place, problem
from policycards.press.stale.stale_cards import Now, gone, read_issued, stale_by_part
from policycards.press.stale.stale_report import REASONS, Found, Stale, write_stale
from policycards.services.result import Listener, Progress, Result, ServiceError, WrongUse, unheard
from policycards.services.rosters import open_roster
from policycards.services.sources import open_key, open_version

COMMAND = Place("policycards stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFound(Result):
    """Printed cards against what would be printed now. ``reissue`` is the list of those to print
    again now; ``reasons`` count cards by reason, the gravest first.
    """

    right: int
    now: int
    next: int
    back: int
    late: int
    unknown: int
    without: int
    reasons: dict[str, int]
    reissue: Path


def find_stale(
    runs: Sequence[Path],
    roster: Path,
    to: str,
    policies: Path,
    out: Path,
    *,
    ages_on: date | None = None,
    least: str = "0",
    mapping: Sequence[str] = (),
    key_file: Path | None = None,
    listener: Listener = unheard,
) -> StaleFound:
    """Compare the cards of printed runs with what an edition or day would print for a roster.

    A card may wait where its cash of a year changes by less than ``least`` yuan.
    """
    if not runs:
        raise WrongUse(problem("E763", COMMAND))
    listener(Progress("reading"))
    yuan, version, key = _yuan(least), open_version(policies, to), open_key(key_file)
    on = ages_on or version.day
    issued, problems = read_issued(list(runs), key.fingerprint)
    if issued is None or problems:
        raise ServiceError(*problems)
    read = open_roster(roster, version.catalogue, key.digest, mapping)
    now = Now(version.catalogue, version.day, on)
    decision = {
        "to": to,
        "edition": version.edition.name if version.edition else None,
        "catalogue": version.catalogue.digest,
        "standards_on": version.day,
        "households_on": on,
        "least_yuan_a_year": yuan,
        "runs": issued.runs,
        "roster": digest_files([roster]),
        "issued": issued.cards.height,
    }
    listener(Progress("checking"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        found = Found(Path(scratch))
        for part in stale_by_part(read.roster, issued, now, key.digest, yuan):
            found.add(part)
        left, unknown = gone(read.roster, issued, read.notes.left_out)
        stale = Stale.of(found, read.roster, issued, left, unknown.height)
        files = tuple(write_stale(stale, found, version.catalogue, read.roster, decision, out))
    counts = stale.counts
    return StaleFound(
        problems=read.problems,
        files=files,
        **{name: counts[name] for name in ("right", "now", "next", "back", "late")},
        unknown=counts["unknown"],
        without=counts["without"],
        reasons={kind: counts[kind] for kind in REASONS if counts.get(kind)},
        reissue=files[2],
    )


def _yuan(text: str) -> Decimal:
    try:
        return units.amount(text)
    except ValueError:
        known = "0 / 50 / 99.50"
        wrong = problem("E903", COMMAND, option="--least", value=text, known=known)
        raise WrongUse(wrong) from None
