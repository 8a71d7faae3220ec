"""The command that explains to one household what it is entitled to and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policycards.catalogue import Text
from policycards.cli import options
from policycards.cli.commands import Commands
from policycards.cli.messages import _, can_print
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.services.explain import Explanation
from policycards.services.explain import explain as explain_household

commands = Commands()


@commands.add(
    "explain", N_("Explain to one household, policy by policy, what it is entitled to and why.")
)
def explain(
    roster: options.Roster,
    household: Annotated[
        str, typer.Argument(help=N_("Id of the household, or the name of its head."))
    ],
    as_of: options.AsOf = None,
    out: options.Print = None,
    map_: options.Maps = None,
    key_file: options.CountyKey = None,
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    found = explain_household(
        roster,
        household,
        policies,
        fonts,
        day=options.day_of(as_of) or date.today(),
        mapping=map_ or (),
        key_file=key_file,
        out=out,
    )
    return Answer(found, _lines(found))


def _lines(found: Explanation) -> Iterator[str]:
    for name in found.names:
        yield from _both(name)
    for each in found.reasons:
        yield ""
        yield from _both(each.title)
        for line in each.lines:
            yield from _both(line, "    ")
    for file in found.files:
        yield ""
        yield _("{file}: {pages} pages.").format(file=file, pages=found.pages)


def _both(text: Text, indent: str = "") -> Iterator[str]:
    """Both languages, one line each; Chinese alone on a console that has no Tibetan."""
    for side in dict.fromkeys((text.bo, text.zh)):
        if side == text.zh or can_print(side):
            yield indent + side
