"""Commands about a change of standards: what it means, and which printed cards it makes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options, output
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import SHOWN, Answer
from policycards.core.codes.kind import N_
from policycards.services.updates import ImpactFound, StaleFound, find_impact, find_stale

commands = Commands(refused=N_("Nothing was written: correct the errors above first."))


@commands.add(
    "impact",
    N_(
        "Tell what a change means before printing: households, money, cards, paper; with a chart"
        " and a workbook."
    ),
)
def impact(
    roster: options.Roster,
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="EDITION|DATE",
            help=N_("What holds before: an edition, a day, or now."),
        ),
    ],
    to: options.To,
    map_: options.Maps = None,
    proposed: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=N_("As if this workbook or CSV of new values were written.")
        ),
    ] = None,
    confirm: options.Confirmed = None,
    out: options.Out = Path("output/impact"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    with output.progress() as listener:
        found = find_impact(
            roster,
            policies,
            fonts,
            out,
            from_,
            to,
            proposed=proposed,
            confirmed=confirm or (),
            mapping=map_ or (),
            listener=listener,
        )
    return Answer(found, _impact_lines(found), SHOWN, 0)


def _impact_lines(found: ImpactFound) -> Iterator[str]:
    """What a person should know before deciding to print."""
    if not found.differs:
        yield _(
            "Nothing differs for these {count} households: no card would say anything else."
        ).format(count=found.roster)
    else:
        yield from _figures(found)
    yield ", ".join(map(str, found.files))


def _figures(found: ImpactFound) -> Iterator[str]:
    def few(count: int | None) -> str:
        return (
            f"{count:,}"
            if count is not None
            else _("fewer than {count}").format(count=found.fewest)
        )

    yield _(
        "{affected} of {all} households get something else; {cards} cards would say something else."
    ).format(affected=few(found.households), all=f"{found.roster:,}", cards=few(found.cards))
    for each in found.policies:
        money = (
            f"  {each.before:,.2f} → {each.after:,.2f}"
            if each.before is not None and each.after is not None
            else ""
        )
        yield f"  {each.policy} {each.name}: {few(each.households)}{money}"
    if found.before is not None and found.after is not None:
        yield _(
            "Cash a year of these policies: {before} yuan before, {after} yuan after, {change} more"
            " or less."
        ).format(
            before=f"{found.before:,.2f}",
            after=f"{found.after:,.2f}",
            change=f"{found.after - found.before:+,.2f}",
        )
    yield _(
        "To print them again: {sheets} sheets for {villages} villages, {price} yuan, {hours}"
        " printer hours."
    ).format(
        sheets=f"{found.paper.sheets:,}",
        villages=found.villages,
        price=f"{found.paper.price:,.2f}",
        hours=f"{found.paper.hours:,.1f}",
    )


REASONS = {
    "standard": N_("another standard"),
    "amount": N_("another quantity or amount"),
    "gained": N_("an entitlement gained"),
    "lost": N_("an entitlement lost"),
    "ended": N_("a policy has ended"),
    "text": N_("words"),
    "ask": N_("what to ask about"),
    "name": N_("the head's name"),
    "head": N_("another head"),
    "people": N_("the number of people"),
    "moved": N_("village or group"),
    "contact": N_("telephones"),
    "left": N_("the household is gone"),
}


@commands.add(
    "stale",
    N_(
        "Find the printed cards that are wrong now, and why: a list, counts by village, and what"
        " to print again."
    ),
)
def stale(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN... ROSTER",
            help=N_("Folders of editions that were printed, and the roster."),
        ),
    ],
    to: options.To,
    ages_as_of: options.AgesAsOf = None,
    least: Annotated[
        str,
        typer.Option(metavar="YUAN", help=N_("Change of yearly cash below which a card may wait.")),
    ] = "0",
    map_: options.Maps = None,
    key_file: options.KeyFile = None,
    out: options.Out = Path("output/stale"),
    policies: options.Policies = Path("policies"),
) -> Answer:
    with output.progress() as listener:
        found = find_stale(
            paths[:-1],
            paths[-1],
            to,
            policies,
            out,
            ages_on=options.day_of(ages_as_of),
            least=least,
            mapping=map_ or (),
            key_file=key_file,
            listener=listener,
        )
    return Answer(found, _stale_lines(found), SHOWN, 0)


def _stale_lines(found: StaleFound) -> Iterator[str]:
    yield _(
        "{right} cards are right; {now} are to be printed again now, {next} may wait, {back} are to"
        " be taken back."
    ).format(right=found.right, now=found.now, next=found.next, back=found.back)
    for kind, count in found.reasons.items():
        yield f"  {_(REASONS[kind])}: {count}"
    if found.late:
        yield _(
            "{count} were right by what was known on their day; a notice that came late makes"
            " them wrong."
        ).format(count=found.late)
    if found.unknown:
        yield _(
            "{count} cards were not compared: their village is not in the roster, or their row"
            " is faulty."
        ).format(count=found.unknown)
    if found.without:
        yield _(
            "{count} households of these villages have no card in these runs: see first.csv."
        ).format(count=found.without)
    yield ", ".join(map(str, found.files))
    if found.now:
        again = _("Print them with 'policycards print ROSTER --reissue-list {file}'.")
        yield again.format(file=found.reissue)
