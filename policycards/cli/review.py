"""Commands about reviews: a list for a reader of Tibetan, the list taken back, how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.services import reviews

commands = Commands(
    refused=N_("Nothing was changed: correct the rows above and bring the list back again.")
)


@commands.add(
    "export",
    N_("Make the list of all texts that nobody has read yet: a workbook, and a sheet to print."),
)
def export(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help=N_("The workbook; the sheet lies beside it.")),
    ] = Path("output/review.xlsx"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    found = reviews.export_review(policies, fonts, out)
    if not found.files:
        return Answer(found, [_("Every text has been read.")])
    book, sheet = found.files
    counted = _("{file}: {count} texts to be read, about {minutes} minutes.").format(
        file=book, count=found.texts, minutes=found.minutes
    )
    paper = _("{file}: the same on {pages} pages, for reading on paper.").format(
        file=sheet, pages=found.pages
    )
    return Answer(found, [counted, paper])


@commands.add(
    "import",
    N_(
        "Take a list back and show what it comes to; with --apply, what is right counts as read,"
        " better texts go into the catalogue."
    ),
)
def import_(
    file: Annotated[
        Path, typer.Argument(help=N_("The workbook as the reader filled it in, or JSON."))
    ],
    apply: options.Apply = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = reviews.import_review(policies, file, dry_run=not apply)
    counted = _(
        "Texts now read: {read}. Replaced: {replaced}; of these only a term in it, and to be"
        " read: {reused}."
    ).format(read=found.read, replaced=found.replaced, reused=found.reused)
    if apply:
        return Answer(found, [counted])
    again = _("Nothing was written. To do it, give the same command with --apply.")
    return Answer(found, [counted, again])


@commands.add("status", N_("Say how far the reading is, by policy and by person."))
def status(policies: options.Policies = Path("policies")) -> Answer:
    return Answer(found := reviews.review_status(policies), _status(found))


def _status(found: reviews.ReviewStatus) -> Iterator[str]:
    for owner in found.owners:
        yield f"{owner.read:5} / {owner.texts:<5} {owner.name}"
    for reader in found.readers:
        yield _("{name}, {office}: {count} texts").format(
            name=reader.name, office=reader.office, count=reader.texts
        )
    yield _(
        "{left} of {count} different texts are still to be read, about {minutes} minutes."
    ).format(left=found.left, count=found.texts, minutes=found.minutes)
