"""Printing a general card: catalogue, choice of policies, QR code, layout, file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from policycards import pdf
from policycards.catalogue import Policy
from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.sources import Source, open_source, open_theme
from policycards.core.problems import Place, problem
from policycards.design import (
    CardChoices,
    Look,
    PrintContext,
    Theme,
    chosen,
    general_card,
    general_look,
    marks,
)
from policycards.design.card.general_card import DESIGNS
from policycards.qr import Encoder, link_of
from policycards.typeset import Fonts

COMMAND = Place("policycards card")
FORMER = {"hand": "a4", "wall": "a3"}
"""What the designs were called in the version before."""
MOST_SHOWN = 12
"""Known values that a message lists; of more, the nearest."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line; an empty area is the office's own, no edition and no
    day is today.
    """

    area: str
    edition: str
    day: date | None
    categories: frozenset[str]
    policies: frozenset[str]
    design: str
    theme: str
    large: bool
    tibetan_digits: bool
    unreviewed: str
    crop_marks: bool


def print_card(order: Order, folder: Path, font_folder: Path, out: Path) -> None:
    """One general card as a PDF in ``out``; exits 1 where something is wrong with the catalogue or
    does not fit.
    """
    source = open_source(folder, order.edition, order.day, COMMAND)
    catalogue = source.catalogue
    look = _look(order)
    fonts = open_fonts(font_folder, look.theme)
    area = order.area or catalogue.settings.area
    policies = _policies(source, order, area)
    imprint = _imprint(source, policies, area)
    piece, problems = general_card(
        catalogue,
        policies,
        imprint,
        look,
        fonts,
        CardChoices(
            chinese_only=order.unreviewed == "chinese-only",
            tibetan_digits=order.tibetan_digits,
            crop_marks=order.crop_marks,
        ),
    )
    report.stop_on_errors(problems)
    assert piece is not None
    design = FORMER.get(order.design, order.design)
    file = out / f"card-{area}-{design}{'-large' * order.large}.pdf"
    out.mkdir(parents=True, exist_ok=True)
    pdf.write(piece, fonts, file, tagged=True)
    report.say(
        _("{file}: {policies} policies on {pages} pages, standards as of {day}.").format(
            file=file, policies=len(policies), pages=len(piece.pages), day=source.day
        )
    )
    for mark in marks(catalogue, policies, imprint):
        report.say(_("Marked: {mark}").format(mark=f"{mark.zh} {mark.bo}"))


def preview_pages(file: Path, dpi: int, out: Path) -> None:
    """The pages of a PDF as PNG pictures in ``out``."""
    if not file.is_file():
        report.wrong_use(problem("E901", Place("policycards preview"), file=file))
    try:
        pictures = pdf.pages_as_png(file, dpi, out)
    except ValueError:
        report.wrong_use(problem("E902", Place("policycards preview"), file=file))
    for picture in pictures:
        report.say(str(picture))


def open_fonts(folder: Path, theme: Theme) -> Fonts:
    """The fonts of a theme; exits 2 where one is missing or of a kind that no card can hold."""
    try:
        for name in sorted(set(theme.fonts.values())):
            with (folder / name).open("rb") as file:
                if file.read(4) == b"OTTO":
                    report.wrong_use(problem("E909", Place(str(folder / name))))
        return Fonts.open(folder, theme.fonts)
    except OSError as error:
        report.wrong_use(problem("E905", Place(str(error.filename or folder)), folder=folder))


def _look(order: Order) -> Look:
    if order.unreviewed not in ("mark", "chinese-only"):
        wrong_value("--unreviewed", order.unreviewed, ["chinese-only", "mark"])
    theme = open_theme(order.theme)
    named = FORMER.get(order.design, order.design)
    design = next((design for design in DESIGNS if design == named), None)
    if design is None:
        wrong_value("--design", order.design, list(DESIGNS))
    return general_look(theme, design, large=order.large)


def wrong_value(option: str, value: str, known: list[str], command: Place = COMMAND) -> NoReturn:
    """Say that an option has a value that there is not, and which there are; exits 2."""
    near = (
        get_close_matches(value, known, n=MOST_SHOWN, cutoff=0)
        if len(known) > MOST_SHOWN
        else known
    )
    report.wrong_use(
        problem("E903", command, option=option, value=value, known=", ".join(sorted(near)))
    )


def _policies(source: Source, order: Order, area: str) -> tuple[Policy, ...]:
    """The policies to print; exits 2 where an option names what is not in the catalogue, or nothing
    is left.
    """
    catalogue, day = source.catalogue, source.day
    known: dict[str, tuple[frozenset[str], list[str]]] = {
        "--area": (frozenset({area}), list(catalogue.areas)),
        "--category": (
            order.categories,
            [category.id for category in catalogue.settings.categories],
        ),
        "--policy": (order.policies, [policy.id for policy in catalogue.policies]),
    }
    for option, (told, there) in known.items():
        for value in sorted(told - set(there)):
            wrong_value(option, value, there)
    policies = chosen(catalogue, area, day, order.categories, order.policies)
    if not policies:
        report.wrong_use(problem("E904", COMMAND, area=area, day=day))
    return policies


def _imprint(source: Source, policies: tuple[Policy, ...], area: str) -> PrintContext:
    link = link_of(source.catalogue, source.edition)
    payload = link.payload(None, {policy.id for policy in policies})
    return PrintContext(
        area=area,
        day=source.day,
        edition=source.edition,
        published=source.is_published,
        squares=Encoder(link.length).encode(payload),
        domain=link.domain,
    )
