"""The command that finds the printed cards that are wrong now."""

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
from policycards.services.stale import StaleFound, find_stale

commands = Commands()

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
    return Answer(found, _lines(found), SHOWN, 0)


def _lines(found: StaleFound) -> Iterator[str]:
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
