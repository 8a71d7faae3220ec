"""Commands about reviews: a list for a reader of Tibetan, the list taken back, how far the reading
is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.files import read_file
from policycards.core.problems import Place, has_errors, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policycards.catalogue import Catalogue
    from policycards.catalogue.reviews.reading_list import Pair
    from policycards.catalogue.reviews.verdicts import Verdict
    from policycards.workbooks.review_list import Picture

review = typer.Typer(
    name="review",
    help=_("Reviews: have every text read by someone who knows Tibetan."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
FontFolder = Annotated[Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))]
PICTURE_DPI = 144


@review.command(
    help=_("Make the list of all texts that nobody has read yet: a workbook, and a sheet to print.")
)
def export(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help=_("The workbook; the sheet lies beside it.")),
    ] = Path("output/review.xlsx"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.catalogue.reviews.reading_list import reading_minutes, unread
    from policycards.workbooks.review_list import write_review_book

    catalogue, made = _read(policies)
    to_read = unread(made, catalogue)
    if not to_read:
        report.say(_("Every text has been read."))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    pictures, pages = _drawn(catalogue, to_read, fonts, out.with_suffix(".pdf"))
    write_review_book(out, catalogue, to_read, pictures)
    report.say(
        _("{file}: {count} texts to be read, about {minutes} minutes.").format(
            file=out, count=len(to_read), minutes=reading_minutes(to_read)
        )
    )
    report.say(
        _("{file}: the same on {pages} pages, for reading on paper.").format(
            file=out.with_suffix(".pdf"), pages=pages
        )
    )


def _read(policies: Path) -> tuple[Catalogue, list[Pair]]:
    """The catalogue and every pair of its texts; exits 1 where it cannot be read."""
    from policycards.catalogue import check
    from policycards.catalogue.reading.glossary import read_glossary
    from policycards.catalogue.reviews.reading_list import pairs

    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    return catalogue, pairs(catalogue, read_glossary(policies)[0])


def _drawn(
    catalogue: Catalogue, made: Sequence[Pair], font_folder: Path, sheet: Path
) -> tuple[list[Picture], int]:
    """The Tibetan of each pair as a picture, and the sheet written; with the number of its
    pages.
    """
    from policycards import pdf
    from policycards.cli.printing import open_fonts
    from policycards.cli.sources import open_theme
    from policycards.design.layout.theme import desk_look
    from policycards.design.office.review_sheet import review_sheet, text_pages
    from policycards.workbooks.review_list import Picture

    theme = open_theme()
    fonts, look, today = open_fonts(font_folder, theme), desk_look(theme), date.today()
    texts, problems = text_pages(catalogue, made, today, look, fonts)
    report.stop_on_errors(problems)
    piece, problems = review_sheet(catalogue, made, today, look, fonts)
    report.stop_on_errors(problems)
    pdf.write(piece, fonts, sheet, tagged=False)
    drawn = pdf.pages_as_pictures(pdf.render(texts, fonts, tagged=False), PICTURE_DPI)
    pictures = [
        Picture(png, page.width, page.height) for png, page in zip(drawn, texts.pages, strict=True)
    ]
    return pictures, len(piece.pages)


@review.command(
    "import",
    help=_("Take a list back: what is right counts as read, better texts go into the catalogue."),
)
def import_(
    file: Annotated[
        Path, typer.Argument(help=_("The workbook as the reader filled it in, or JSON."))
    ],
    policies: Policies = Path("policies"),
) -> None:
    from policycards.catalogue.reviews.rewriting import apply_decisions
    from policycards.catalogue.reviews.verdicts import decide, read_person

    catalogue, made = _read(policies)
    told, verdicts = _list(file)
    person, problems = read_person(told, str(file), date.today())
    decisions = None
    if person is not None:
        decisions, problems = decide(verdicts, person, made, catalogue, str(file))
    if decisions is not None:
        problems += apply_decisions(policies, decisions)
    report.tell(problems)
    if decisions is None or has_errors(problems):
        report.say(_("Nothing was changed: correct the rows above and bring the list back again."))
        raise typer.Exit(1)
    report.say(
        _(
            "Texts now read: {read}. Replaced: {replaced}; of these only a term in it, and to be"
            " read: {reused}."
        ).format(
            read=len(decisions.reviews),
            replaced=len(decisions.corrections),
            reused=decisions.reused,
        )
    )


def _list(file: Path) -> tuple[Sequence[str], Sequence[Verdict]]:
    """The reader at the top of a list, and its rows: of a workbook, or of JSON as a program keeps
    it; exits 2.
    """
    from policycards.catalogue.reviews.verdict_list import read_verdict_list
    from policycards.tables.xlsx import NoWorkbook
    from policycards.workbooks.review_list import read_review_book

    try:
        if file.suffix.lower() != ".json":
            return read_review_book(file)
        told, verdicts, problems = read_verdict_list(read_file(file).decode("utf-8-sig"), str(file))
    except (NoWorkbook, UnicodeDecodeError) as error:
        report.wrong_use(problem("E877", Place(str(file)), why=error))
    if problems:
        report.wrong_use(problems[0])
    return told, verdicts


@review.command(help=_("Say how far the reading is, by policy and by person."))
def status(policies: Policies = Path("policies")) -> None:
    from policycards.catalogue.model.catalogue import Reviews
    from policycards.catalogue.model.form import read_form
    from policycards.catalogue.reviews.reading_list import (
        read_by_owner,
        read_by_person,
        reading_minutes,
        unread,
    )
    from policycards.catalogue.reviews.rewriting import REVIEWS

    catalogue, made = _read(policies)
    for owner, (read, count) in read_by_owner(catalogue).items():
        report.say(f"{read:5} / {count:<5} {owner}")
    reviews = read_form(policies / REVIEWS, Reviews)[0] if (policies / REVIEWS).exists() else None
    for (name, office), count in read_by_person(reviews.reviews if reviews else (), made).items():
        report.say(
            _("{name}, {office}: {count} texts").format(name=name, office=office, count=count)
        )
    left = unread(made, catalogue)
    report.say(
        _(
            "{left} of {count} different texts are still to be read, about {minutes} minutes."
        ).format(left=len(left), count=len(made), minutes=reading_minutes(left))
    )
