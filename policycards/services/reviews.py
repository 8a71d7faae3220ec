"""Reviews: a list for a reader of Tibetan, the list taken back, how far the reading is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policycards import pdf
from policycards.catalogue import Catalogue
from policycards.catalogue.model.catalogue import Reviews
from policycards.catalogue.model.form import read_form
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.reviews.rewriting import REVIEWS, apply_decisions
from policycards.catalogue.reviews.verdicts import (
    Pair,
    Verdict,
    decide,
    pairs,
    read_by_owner,
    read_by_person,
    read_person,
    read_verdict_list,
    reading_minutes,
    unread,
)
from policycards.core.files import read_file
from policycards.core.problems import Place, has_errors, problem
from policycards.design.layout.theme import desk_look
from policycards.design.office.review_sheet import review_sheet, text_pages
from policycards.services.result import Result, ServiceError, WrongUse, sound
from policycards.services.sources import open_catalogue, open_fonts, open_theme
from policycards.tables.xlsx import NoWorkbook
from policycards.workbooks.review_list import Picture, read_review_book, write_review_book

PICTURE_DPI = 144


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBook(Result):
    """A workbook of texts to be read, and the same on ``pages`` pages; none where all are read."""

    texts: int
    minutes: int
    pages: int = 0


def export_review(policies: Path, fonts: Path, out: Path) -> ReviewBook:
    """The list of all texts that nobody has read yet: a workbook, and a sheet to print."""
    catalogue, pairs_, warnings = _read(policies)
    to_read = unread(pairs_, catalogue)
    if not to_read:
        return ReviewBook(hidden_warnings=warnings, texts=0, minutes=0)
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet = out.with_suffix(".pdf")
    pictures, pages = _draw(catalogue, to_read, fonts, sheet)
    write_review_book(out, catalogue, to_read, pictures)
    return ReviewBook(
        files=(out, sheet),
        hidden_warnings=warnings,
        texts=len(to_read),
        minutes=reading_minutes(to_read),
        pages=pages,
    )


def _read(policies: Path) -> tuple[Catalogue, list[Pair], int]:
    """The catalogue, every pair of its texts, and how many warnings it has."""
    catalogue, warnings = open_catalogue(policies)
    return catalogue, pairs(catalogue, read_glossary(policies)[0]), len(warnings)


def _draw(
    catalogue: Catalogue, to_read: Sequence[Pair], font_folder: Path, sheet: Path
) -> tuple[list[Picture], int]:
    """The Tibetan of each pair as a picture, and the sheet written; with the number of its
    pages.
    """
    theme, today = open_theme(), date.today()
    fonts, look = open_fonts(font_folder, theme), desk_look(theme)
    texts, problems = text_pages(catalogue, to_read, today, look, fonts)
    sound(problems)
    piece, problems = review_sheet(catalogue, to_read, today, look, fonts)
    sound(problems)
    pdf.write(piece, fonts, sheet, tagged=False)
    drawn = pdf.pages_as_pictures(pdf.render(texts, fonts, tagged=False), PICTURE_DPI)
    pictures = [
        Picture(png, page.width, page.height) for png, page in zip(drawn, texts.pages, strict=True)
    ]
    return pictures, len(piece.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedReview(Result):
    """Texts that count as ``read`` now, and better ones that were ``replaced``; of these ``reused``
    only for a term in them, and to be read again.
    """

    read: int
    replaced: int
    reused: int
    written: bool


def import_review(policies: Path, file: Path, *, dry_run: bool) -> ImportedReview:
    """Take a list back: what is right counts as read, better texts go into the catalogue."""
    catalogue, pairs_, warnings = _read(policies)
    names, verdicts = _verdicts(file)
    person, problems = read_person(names, str(file), date.today())
    decisions = None
    if person is not None:
        decisions, problems = decide(verdicts, person, pairs_, catalogue, str(file))
    if decisions is None:
        raise ServiceError(*problems)
    if not dry_run:
        problems = [*problems, *apply_decisions(policies, decisions)]
        if has_errors(problems):
            raise ServiceError(*problems)
    return ImportedReview(
        problems=tuple(problems),
        hidden_warnings=warnings,
        read=len(decisions.reviews),
        replaced=len(decisions.corrections),
        reused=decisions.reused,
        written=not dry_run,
    )


def _verdicts(file: Path) -> tuple[Sequence[str], Sequence[Verdict]]:
    """The reader at the top of a list, and its rows: of a workbook, or of JSON as a program keeps
    it.
    """
    try:
        if file.suffix.lower() != ".json":
            return read_review_book(file)
        text = read_file(file).decode("utf-8-sig")
    except (NoWorkbook, UnicodeDecodeError) as error:
        raise WrongUse(problem("E877", Place(str(file)), why=error)) from None
    names, verdicts, problems = read_verdict_list(text, str(file))
    if problems:
        raise WrongUse(*problems)
    return names, verdicts


@dataclass(frozen=True, slots=True)
class Owner:
    """How many texts of a policy or file are read, of how many."""

    name: str
    read: int
    texts: int


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    office: str
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStatus(Result):
    """How far the reading is, by policy and by person; ``left`` of ``texts`` are to be read."""

    owners: tuple[Owner, ...]
    readers: tuple[Reader, ...]
    left: int
    texts: int
    minutes: int


def review_status(policies: Path) -> ReviewStatus:
    """How far the reading is."""
    catalogue, pairs_, warnings = _read(policies)
    file = policies / REVIEWS
    reviews = read_form(file, Reviews)[0] if file.exists() else None
    people = read_by_person(reviews.reviews if reviews else (), pairs_)
    left = unread(pairs_, catalogue)
    return ReviewStatus(
        hidden_warnings=warnings,
        owners=tuple(
            Owner(name, read, count) for name, (read, count) in read_by_owner(catalogue).items()
        ),
        readers=tuple(Reader(name, office, count) for (name, office), count in people.items()),
        left=len(left),
        texts=len(pairs_),
        minutes=reading_minutes(left),
    )
