"""What a change of standards means before printing, and which printed cards it makes wrong.

Before: figures, a chart and a workbook. After: the cards that are out and wrong now, and why, as
lists of what to print again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from policycards.catalogue import check
from policycards.catalogue.editions.edition import NOW, Version
from policycards.core import units
from policycards.core.files import digest_files
from policycards.core.problems import Place, problem
from policycards.design.pack.cover import FEWEST
from policycards.press.impact.impact_figures import hidden, impact
from policycards.press.impact.impact_workbook import draw_impact, estimated, write_impact
from policycards.press.stale.stale_cards import Now, gone, read_issued, stale_by_part
from policycards.press.stale.stale_report import REASONS, Found, Stale, write_stale
from policycards.qr import DEMO_KEY
from policycards.services.result import (
    Listener,
    Progress,
    Result,
    ServiceError,
    WrongUse,
    sound,
    unheard,
)
from policycards.services.rosters import open_roster
from policycards.services.sources import open_fonts, open_key, open_theme, open_version
from policycards.services.standards import open_for_change, prove
from policycards.workbooks.standards_reader import read_standards


@dataclass(frozen=True, slots=True)
class PolicyImpact:
    """What a change means for a policy. ``households`` is None where they are fewer than
    ``ImpactFound.fewest``, so that nobody is recognised; money of a year is hidden then too.
    """

    policy: str
    name: str
    households: int | None
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What printing the cards again takes."""

    sheets: int
    price: Decimal
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactFound(Result):
    """Who gets something else, for how much money a year, and what new cards would take."""

    roster: int
    fewest: int
    old_day: date
    new_day: date
    differs: bool
    households: int | None
    cards: int | None
    before: Decimal | None
    after: Decimal | None
    policies: tuple[PolicyImpact, ...]
    villages: int
    paper: PaperFigures
    picture: Path
    book: Path


def find_impact(
    roster: Path,
    policies: Path,
    fonts: Path,
    out: Path,
    old: str,
    new: str,
    *,
    proposed: Path | None = None,
    confirmed: Sequence[str] = (),
    mapping: Sequence[str] = (),
    listener: Listener = unheard,
) -> ImpactFound:
    """The impact of a change between two editions or days; ``proposed`` is a workbook of values
    that are not written yet.
    """
    listener(Progress("reading"))
    theme = open_theme()
    open_fonts(fonts, theme)
    before = open_version(policies, old)
    if proposed:
        after = _supposed(policies, new, proposed, confirmed)
    else:
        after = open_version(policies, new)
    # Which key makes ids of identity numbers does not matter: none of them is shown.
    read = open_roster(roster, after.catalogue, DEMO_KEY.digest, mapping)
    listener(Progress("checking"))
    found = impact(read.roster, before, after)
    paper = estimated(found.homes, after.catalogue.settings)
    names = {policy.id: policy.name.zh for policy in after.catalogue.policies}
    rows = [
        PolicyImpact(
            policy,
            names.get(policy, ""),
            hidden(households),
            *((was, then) if hidden(households) is not None and (was or then) else (None, None)),
        )
        for policy, households, _was, _now, was, then in found.policies.iter_rows()
    ]
    between = f"{old} ({before.day}) → {proposed.name if proposed else new} ({after.day})"
    out.mkdir(parents=True, exist_ok=True)
    picture, book = out / "impact.png", out / "impact.xlsx"
    undrawn = draw_impact(found, after.catalogue, between, fonts, picture)
    write_impact(found, paper, after.catalogue, between, book)
    is_shown = hidden(found.households) is not None
    return ImpactFound(
        problems=(*read.problems, *undrawn),
        files=(book,) if undrawn else (picture, book),
        roster=found.roster,
        fewest=FEWEST,
        old_day=before.day,
        new_day=after.day,
        differs=bool(found.cards),
        households=hidden(found.households),
        cards=hidden(found.cards),
        before=found.money[0] if is_shown else None,
        after=found.money[1] if is_shown else None,
        policies=tuple(rows),
        villages=found.villages,
        paper=PaperFigures(paper.sheets, paper.price, float(paper.hours)),
        picture=picture,
        book=book,
    )


def _supposed(policies: Path, day_text: str, file: Path, confirmed: Sequence[str]) -> Version:
    """The catalogue of a day, or of now, as if a filled workbook were written."""
    try:
        day = date.today() if day_text == NOW else date.fromisoformat(day_text)
    except ValueError:
        known, place = "now / 2024-07-01", Place("policycards impact")
        wrong = problem("E903", place, option="--to", value=day_text, known=known)
        raise WrongUse(wrong) from None
    opened, _warnings = open_for_change(policies)
    change = prove(opened, *read_standards(file), frozenset(confirmed))
    sound(change.problems)
    catalogue, problems = check(policies, date.today(), change.contents)
    sound(problems)
    assert catalogue is not None
    return Version(catalogue, day, None)


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
