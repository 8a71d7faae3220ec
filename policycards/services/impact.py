"""What a change means before anything is printed: figures, a chart and a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from policycards.catalogue import check
from policycards.catalogue.editions.edition import NOW, Version
from policycards.core.problems import Place, problem
from policycards.design.pack.cover import FEWEST
from policycards.press.impact.impact_figures import hidden, impact
from policycards.press.impact.impact_workbook import draw_impact, estimated, write_impact
from policycards.qr import DEMO_KEY
from policycards.services.result import Listener, Progress, Result, WrongUse, sound, unheard
from policycards.services.rosters import open_roster
from policycards.services.sources import open_fonts, open_theme, open_version
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
