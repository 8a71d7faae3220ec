"""The command that prints spoilt sheets of a run again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli.lazy import Commands
from policycards.cli.messages import _
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.services.reprint import Reprinted
from policycards.services.reprint import reprint as reprint_sheets

commands = Commands()


@commands.add(
    "reprint",
    N_(
        "Print spoilt cards or sheets of a run again, by the same bytes, and list what is to be"
        " destroyed."
    ),
)
def reprint(
    run: Annotated[Path, typer.Argument(help=N_("Folder of the edition that was printed."))],
    cards: Annotated[
        str,
        typer.Option(metavar="NUMBERS", help=N_("Pile numbers on the cards, such as 40-52,60.")),
    ] = "",
    sheets: Annotated[
        str,
        typer.Option(
            metavar="NUMBERS",
            help=N_(
                "Sheets as they came out, such as 20-26; the test page is 1, spare cards come last."
            ),
        ),
    ] = "",
    codes: Annotated[
        str,
        typer.Option(
            metavar="CODES", help=N_("Codes of cards or spare cards, with commas between them.")
        ),
    ] = "",
    village: Annotated[
        str,
        typer.Option(metavar="CODE", help=N_("The village; needed where the run has several.")),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=N_("Folder for what is made; default: reprint in RUN.")),
    ] = None,
) -> Answer:
    found = reprint_sheets(run, cards=cards, sheets=sheets, codes=codes, village=village, out=out)
    return Answer(found, _lines(found))


def _lines(found: Reprinted) -> Iterator[str]:
    yield _(
        "{sheets} sheets; {cards} cards were spoilt. No card gets a new number or code."
    ).format(sheets=found.sheets, cards=found.cards)
    if found.twice:
        yield _(
            "{count} other cards share these sheets and come out twice: destroy one of each."
        ).format(count=found.twice)
    yield _("{file}: the list of what to destroy, for the ledger.").format(file=found.spoilt)
    for file in found.files[:-1]:
        yield _("{file}: print it as the pack was printed.").format(file=file)
