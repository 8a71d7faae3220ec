"""Pieces for everybody: the general card, the booklet, the poster, the leaflet of a topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from policycards import pdf
from policycards.catalogue import Policy
from policycards.catalogue.model.catalogue import Topic, policies_on
from policycards.core.problems import Place, Problem, problem
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
from policycards.design.layout.frames import Piece
from policycards.design.layout.sheet_plan import Duplex
from policycards.design.layout.tiling import tiled
from policycards.design.layout.typesetter import Typesetter
from policycards.design.publications.booklet import booklet, saddle_stitched
from policycards.design.publications.leaflet import leaflet
from policycards.design.publications.poster import poster
from policycards.qr import Encoder, link_of
from policycards.services.result import Result, WrongUse, sound
from policycards.services.sources import (
    Source,
    known_value,
    open_fonts,
    open_source,
    open_theme,
)
from policycards.typeset import Fonts

FORMER = {"hand": "a4", "wall": "a3"}
"""What the designs were called in the version before."""
UNREVIEWED = ("mark", "chinese-only")


@dataclass(frozen=True, slots=True)
class Publication:
    """What a piece is made from: for which area (empty: the office's own), of which edition or day
    (none: today), in which theme.
    """

    policies: Path
    fonts: Path
    out: Path
    area: str = ""
    edition: str = ""
    day: date | None = None
    theme: str = "plain"


@dataclass(frozen=True, slots=True)
class CardOptions:
    """How a general card looks, and which policies it tells; empty sets, and no topic, are all."""

    categories: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()
    topic: str = ""
    design: str = "a4"
    is_large: bool = False
    tibetan_digits: bool = False
    unreviewed: str = "mark"
    crop_marks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Result):
    """Pieces that were written: ``pages`` of each of the ``files``; ``marks`` stand on them."""

    area: str
    day: date
    edition: str
    policies: int
    pages: tuple[int, ...]
    marks: tuple[dict[str, str], ...]


def print_card(asked: Publication, options: CardOptions) -> Published:
    """The general card: every policy that may concern an area."""
    known_value(_place("card"), "--unreviewed", options.unreviewed, UNREVIEWED)
    theme = open_theme(asked.theme)
    named = FORMER.get(options.design, options.design)
    known_value(_place("card"), "--design", options.design, (*DESIGNS, *FORMER))
    design = next(each for each in DESIGNS if each == named)
    look = general_look(theme, design, large=options.is_large)
    press = _Press.open("card", asked, theme, options.categories, options.policies)
    if options.topic:
        _topic, press = press.on(options.topic)
    piece, problems = general_card(
        press.source.catalogue,
        press.policies,
        press.context,
        look,
        press.fonts,
        CardChoices(
            chinese_only=options.unreviewed == "chinese-only",
            tibetan_digits=options.tibetan_digits,
            crop_marks=options.crop_marks,
        ),
    )
    name = f"card-{press.area}-{design}{'-large' * options.is_large}.pdf"
    return press.write([(_sound(piece, problems), name, True)])


def print_booklet(asked: Publication, duplex: Duplex) -> Published:
    """The booklet (A5) of all policies, and the same on A4 sheets to be folded and stapled."""
    press = _Press.open("booklet", asked, open_theme(asked.theme))
    look = Look(press.theme, "booklet")
    piece = _sound(
        *booklet(press.source.catalogue, press.policies, press.context, look, press.fonts)
    )
    imposed = saddle_stitched(piece, duplex)
    return press.write([(piece, "booklet.pdf", True), (imposed, "booklet-imposed.pdf", False)])


def print_poster(asked: Publication, *, is_table: bool) -> Published:
    """The poster (A3) of the standards raised this year, and the same over A4 sheets; or all
    standards: the general card on A3.
    """
    press = _Press.open("poster", asked, open_theme(asked.theme))
    catalogue, policies, context = press.source.catalogue, press.policies, press.context
    if is_table:
        large = general_look(press.theme, "a3")
        whole = _sound(
            *general_card(catalogue, policies, context, large, press.fonts, CardChoices())
        )
        return press.write([(whole, "poster-all.pdf", True)])
    look = Look(press.theme, "poster")
    piece = _sound(*poster(catalogue, policies, context, look, press.fonts))
    setter = Typesetter(Look(press.theme, "wall"), press.fonts)
    tiles = _sound(*tiled(piece, catalogue, setter, look.margin))
    return press.write([(piece, "poster.pdf", True), (tiles, "poster-tiles.pdf", False)])


def print_leaflet(asked: Publication, topic: str) -> Published:
    """The leaflet of a topic: one A4 sheet, folded in three."""
    theme = open_theme(asked.theme)
    found, press = _Press.open("leaflet", asked, theme).on(topic)
    catalogue, context = press.source.catalogue, press.context
    piece = _sound(*leaflet(catalogue, found, press.policies, context, theme, press.fonts))
    return press.write([(piece, f"leaflet-{topic}.pdf", True)])


def preview(file: Path, dpi: int, out: Path) -> Result:
    """The pages of a PDF as PNG pictures."""
    if not file.is_file():
        raise WrongUse(problem("E901", _place("preview"), file=file))
    try:
        return Result(files=tuple(pdf.pages_as_png(file, dpi, out)))
    except ValueError:
        raise WrongUse(problem("E902", _place("preview"), file=file)) from None


def context_of(source: Source, policies: tuple[Policy, ...], area: str) -> PrintContext:
    """The facts that a piece of some policies carries; its QR code opens the page of the edition
    and marks them.
    """
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


Word = Literal["card", "booklet", "poster", "leaflet", "preview"]


def _place(word: Word) -> Place:
    return Place(f"policycards {word}")


def _sound(piece: Piece | None, problems: list[Problem]) -> Piece:
    sound(problems)
    assert piece is not None
    return piece


@dataclass(frozen=True, slots=True)
class _Press:
    """What pieces are made from, once all of it is checked."""

    place: Place
    source: Source
    theme: Theme
    fonts: Fonts
    out: Path
    area: str
    policies: tuple[Policy, ...]
    context: PrintContext

    @classmethod
    def open(
        cls,
        word: Word,
        asked: Publication,
        theme: Theme,
        categories: frozenset[str] = frozenset(),
        policies: frozenset[str] = frozenset(),
    ) -> _Press:
        place = _place(word)
        source = open_source(asked.policies, asked.edition, asked.day, place)
        catalogue, area = source.catalogue, asked.area or source.catalogue.settings.area
        fonts = open_fonts(asked.fonts, theme)
        known_value(place, "--area", area, catalogue.areas)
        for option, values, known in (
            ("--category", categories, [each.id for each in catalogue.settings.categories]),
            ("--policy", policies, [each.id for each in catalogue.policies]),
        ):
            for value in sorted(values):
                known_value(place, option, value, known)
        found = chosen(catalogue, area, source.day, categories, policies)
        if not found:
            raise WrongUse(problem("E904", place, area=area, day=source.day))
        context = context_of(source, found, area)
        return cls(place, source, theme, fonts, asked.out, area, found, context)

    def on(self, topic: str) -> tuple[Topic, _Press]:
        """A topic by its id, and the same for its policies alone."""
        catalogue = self.source.catalogue
        known_value(self.place, "--topic", topic, [each.id for each in catalogue.topics])
        found = next(each for each in catalogue.topics if each.id == topic)
        policies = tuple(each for each in policies_on(catalogue, found) if each in self.policies)
        if not policies:
            raise WrongUse(problem("E904", self.place, area=self.area, day=self.source.day))
        context = context_of(self.source, policies, self.area)
        return found, replace(self, policies=policies, context=context)

    def write(self, pieces: list[tuple[Piece, str, bool]]) -> Published:
        """Write pieces by their names; those that are tagged can be read aloud."""
        self.out.mkdir(parents=True, exist_ok=True)
        for piece, name, tagged in pieces:
            pdf.write(piece, self.fonts, self.out / name, tagged=tagged)
        return Published(
            problems=self.source.only_now,
            hidden_warnings=len(self.source.warnings),
            files=tuple(self.out / name for _piece, name, _tagged in pieces),
            area=self.area,
            day=self.source.day,
            edition=self.source.edition,
            policies=len(self.policies),
            pages=tuple(len(piece.pages) for piece, _name, _tagged in pieces),
            marks=tuple(
                {"bo": mark.bo, "zh": mark.zh}
                for mark in marks(self.source.catalogue, self.policies, self.context)
            ),
        )
