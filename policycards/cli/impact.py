"""The command that tells what a change means before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options, output
from policycards.cli.lazy import Commands
from policycards.cli.messages import _
from policycards.cli.output import SHOWN, Answer
from policycards.core.codes.kind import N_
from policycards.services.impact import ImpactFound, find_impact

commands = Commands()


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
    return Answer(found, _lines(found), SHOWN, 0)


def _lines(found: ImpactFound) -> Iterator[str]:
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
        "To print them again: about {sheets} sheets for {villages} villages, {price} yuan, {hours}"
        " printer hours, as {sample} cards that were set tell."
    ).format(
        sheets=f"{found.paper.sheets:,}",
        villages=found.villages,
        price=f"{found.paper.price:,.2f}",
        hours=f"{found.paper.hours:,.1f}",
        sample=found.paper.sample,
    )
