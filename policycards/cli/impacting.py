"""What a change means before anything is printed: told, as a chart and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.press.impact.impact_figures import Impact
    from policycards.press.impact.paper_estimate import Paper

HELP = _(
    "Tell what a change means before printing: households, money, cards, paper; with a chart and a"
    " workbook."
)


def tell_impact(
    roster: Annotated[
        Path, typer.Argument(help=_("XLSX, CSV, or a folder of households.csv and members.csv."))
    ],
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="EDITION|DATE",
            help=_("What holds before: an edition, a day, or now."),
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="EDITION|DATE", help=_("What is to hold: an edition, a day, now.")
        ),
    ],
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help=_("HEADING=COLUMN for an odd heading; may be repeated.")),
    ] = None,
    with_: Annotated[
        Path | None,
        typer.Option(
            "--proposed",
            metavar="FILE",
            help=_("As if this workbook or CSV of new values were written."),
        ),
    ] = None,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help=_("A large jump or odd date that is right; may be repeated.")
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=_("Folder for what is made."))
    ] = Path("output/impact"),
    policies: Annotated[
        Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
    ] = Path("policies"),
    fonts: Annotated[
        Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))
    ] = Path("fonts"),
) -> None:
    """The impact of a change; the help is ``HELP``."""
    from policycards.cli.printing import open_fonts
    from policycards.cli.sources import open_roster, open_theme, open_version
    from policycards.cli.supposing import supposed
    from policycards.press.impact.impact_chart import draw_impact
    from policycards.press.impact.impact_figures import impact
    from policycards.press.impact.impact_workbook import write_impact
    from policycards.press.impact.paper_estimate import estimated
    from policycards.qr import DEMO_KEY

    theme = open_theme()
    open_fonts(fonts, theme)
    old = open_version(policies, from_)
    new = supposed(policies, to, with_, confirm or ()) if with_ else open_version(policies, to)
    # Which key makes ids of identity numbers does not matter: none of them is told.
    households, _problems, _notes = open_roster(roster, new.catalogue, DEMO_KEY.digest, map_ or [])
    if households is None:
        raise typer.Exit(1)
    told = impact(households, old, new)
    paper = estimated(households, told.homes, new, theme, fonts.resolve())
    for line in _lines(told, paper, new.catalogue):
        report.say(line)
    between = f"{from_} ({old.day}) → {with_.name if with_ else to} ({new.day})"
    out.mkdir(parents=True, exist_ok=True)
    draw_impact(told, new.catalogue, between, fonts, out / "impact.png")
    write_impact(told, paper, new.catalogue, between, out / "impact.xlsx")
    report.say(f"{out / 'impact.png'}, {out / 'impact.xlsx'}")


def _lines(told: Impact, paper: Paper, catalogue: Catalogue) -> Iterator[str]:
    """What a person should know before deciding to print."""
    if not told.cards:
        yield _(
            "Nothing differs for these {count} households: no card would say anything else."
        ).format(count=told.roster)
        return
    yield _(
        "{affected} of {all} households get something else; {cards} cards would say something else."
    ).format(affected=_few(told.households), all=f"{told.roster:,}", cards=_few(told.cards))
    names = {policy.id: policy.name.zh for policy in catalogue.policies}
    for policy, households, _was, _now, before, after in told.policies.iter_rows():
        tells = bool(before or after) and _few(households) == f"{households:,}"
        money = f"  {before:,.2f} → {after:,.2f}" if tells else ""
        yield f"  {policy} {names.get(policy, '')}: {_few(households)}{money}"
    if _few(told.households) == f"{told.households:,}":
        before, after = told.money
        yield _(
            "Cash a year of these policies: {before} yuan before, {after} yuan after, {change} more"
            " or less."
        ).format(before=f"{before:,.2f}", after=f"{after:,.2f}", change=f"{after - before:+,.2f}")
    yield _(
        "To print them again: about {sheets} sheets for {villages} villages, {price} yuan, {hours}"
        " printer hours, as {sample} cards that were set tell."
    ).format(
        sheets=f"{paper.sheets:,}",
        villages=told.villages,
        price=f"{paper.price:,.2f}",
        hours=f"{paper.hours:,.1f}",
        sample=paper.sample,
    )


def _few(count: int) -> str:
    from policycards.design.pack.cover import FEWEST
    from policycards.press.impact.impact_figures import hidden

    return (
        f"{count:,}" if hidden(count) is not None else _("fewer than {count}").format(count=FEWEST)
    )
