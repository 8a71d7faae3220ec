"""Commands that print what is no card: the booklet, the poster, the leaflet of a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.pressing import DuplexChoice
from policycards.core.problems import Place, Problem, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue, Policy
    from policycards.design import PrintContext, Theme
    from policycards.design.layout.frames import Piece
    from policycards.typeset import Fonts

BOOKLET = _(
    "Print the booklet (A5) of all policies, and the same on A4 sheets to be folded and stapled."
)
POSTER = _("Print the poster (A3) of the standards raised this year, and the same over A4 sheets.")
LEAFLET = _("Print the leaflet of a topic: one A4 sheet, folded in three.")

Area = Annotated[
    str, typer.Option(metavar="CODE", help=_("Code of the area; default: the office's own."))
]
EditionName = Annotated[
    str,
    typer.Option(
        "--edition",
        metavar="NAME",
        help=_("A published edition; without one, or a day, it is a proof."),
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help=_("Standards in force on this day; default: today."),
    ),
]
ThemeName = Annotated[
    str,
    typer.Option(
        "--theme", metavar="NAME|FILE", help=_("A shipped theme (plain, colour) or a theme file.")
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help=_("Folder for what is made."))]
Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
FontFolder = Annotated[Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))]


def print_booklet(
    area: Area = "",
    edition: EditionName = "",
    as_of: AsOf = None,
    duplex: Annotated[
        DuplexChoice,
        typer.Option(
            help=_("Edge about which the printer turns paper, or two passes of single sides.")
        ),
    ] = DuplexChoice.LONG,
    theme: ThemeName = "plain",
    out: Out = Path("output"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    """The booklet; the help is ``BOOKLET``."""
    from policycards.design import Look
    from policycards.design.publications.booklet import booklet, saddle_stitched

    desk = _open(Place("policycards booklet"), Chosen(area, edition, as_of), theme, policies, fonts)
    told = desk.policies()
    piece = desk.sound(
        *booklet(desk.catalogue, told, desk.imprint(told), Look(desk.theme, "booklet"), desk.fonts)
    )
    desk.write(piece, out / "booklet.pdf", tagged=True)
    desk.write(saddle_stitched(piece, duplex.value), out / "booklet-imposed.pdf", tagged=False)
    desk.tell_marks(told)


def print_poster(
    area: Area = "",
    edition: EditionName = "",
    as_of: AsOf = None,
    all_: Annotated[
        bool, typer.Option("--all", help=_("All standards: the general card on A3."))
    ] = False,
    theme: ThemeName = "plain",
    out: Out = Path("output"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    """The poster; the help is ``POSTER``."""
    from policycards.design import CardChoices, Look, general_card, general_look
    from policycards.design.layout.tiling import tiled
    from policycards.design.layout.typesetter import Typesetter
    from policycards.design.publications.poster import poster

    desk = _open(Place("policycards poster"), Chosen(area, edition, as_of), theme, policies, fonts)
    told = desk.policies()
    if all_:
        look, choices = general_look(desk.theme, "a3"), CardChoices()
        piece = desk.sound(
            *general_card(desk.catalogue, told, desk.imprint(told), look, desk.fonts, choices)
        )
        desk.write(piece, out / "poster-all.pdf", tagged=True)
    else:
        look = Look(desk.theme, "poster")
        piece = desk.sound(*poster(desk.catalogue, told, desk.imprint(told), look, desk.fonts))
        setter = Typesetter(Look(desk.theme, "wall"), desk.fonts)
        tiles = desk.sound(*tiled(piece, desk.catalogue, setter, look.margin))
        desk.write(piece, out / "poster.pdf", tagged=True)
        desk.write(tiles, out / "poster-tiles.pdf", tagged=False)
    desk.tell_marks(told)


def print_leaflet(
    topic: Annotated[
        str,
        typer.Option(metavar="ID", help=_("A topic of topics.yaml, such as birth or schooling.")),
    ],
    area: Area = "",
    edition: EditionName = "",
    as_of: AsOf = None,
    theme: ThemeName = "plain",
    out: Out = Path("output"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    """The leaflet of a topic; the help is ``LEAFLET``."""
    from policycards.catalogue.model.topics import policies_on
    from policycards.cli.printing import wrong_value
    from policycards.design.publications.leaflet import leaflet

    desk = _open(Place("policycards leaflet"), Chosen(area, edition, as_of), theme, policies, fonts)
    chosen = next((each for each in desk.catalogue.topics if each.id == topic), None)
    if chosen is None:
        wrong_value("--topic", topic, [each.id for each in desk.catalogue.topics], desk.place)
    there = desk.policies()
    told = tuple(policy for policy in policies_on(desk.catalogue, chosen) if policy in there)
    if not told:
        report.wrong_use(problem("E904", desk.place, area=desk.area, day=desk.day))
    piece = desk.sound(
        *leaflet(desk.catalogue, chosen, told, desk.imprint(told), desk.theme, desk.fonts)
    )
    desk.write(piece, out / f"leaflet-{topic}.pdf", tagged=True)
    desk.tell_marks(told)


@dataclass(frozen=True, slots=True)
class Chosen:
    """For which area, from which edition or of which day; empty where that was not said."""

    area: str
    edition: str
    day: datetime | None


def _open(place: Place, chosen: Chosen, theme_name: str, folder: Path, font_folder: Path) -> _Desk:
    """The catalogue or edition and the theme, checked; exits where something is wrong with them or
    with the choice.
    """
    from policycards.cli.printing import open_fonts, wrong_value
    from policycards.cli.sources import open_source, open_theme

    source = open_source(folder, chosen.edition, chosen.day.date() if chosen.day else None, place)
    catalogue, theme = source.catalogue, open_theme(theme_name)
    area = chosen.area or catalogue.settings.area
    if area not in catalogue.areas:
        wrong_value("--area", area, list(catalogue.areas), place)
    return _Desk(
        place,
        catalogue,
        area,
        source.day,
        source.edition,
        source.is_published,
        theme,
        open_fonts(font_folder, theme),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a piece is printed from, and where what is wrong with it is told."""

    place: Place
    catalogue: Catalogue
    area: str
    day: date
    edition: str
    is_published: bool
    theme: Theme
    fonts: Fonts

    def policies(self) -> tuple[Policy, ...]:
        """All that may concern the area; exits 2 where there is none."""
        from policycards.design import chosen

        found = chosen(self.catalogue, self.area, self.day, frozenset(), frozenset())
        if not found:
            report.wrong_use(problem("E904", self.place, area=self.area, day=self.day))
        return found

    def imprint(self, policies: tuple[Policy, ...]) -> PrintContext:
        """The facts that a piece of some policies carries; its code opens the page of the edition
        and marks them.
        """
        from policycards.design import PrintContext
        from policycards.qr import Encoder, link_of

        link = link_of(self.catalogue, self.edition)
        squares = Encoder(link.length).encode(
            link.payload(None, {policy.id for policy in policies})
        )
        return PrintContext(
            self.area, self.day, self.edition, self.is_published, squares, link.domain
        )

    def sound(self, piece: Piece | None, problems: list[Problem]) -> Piece:
        """The piece, if nothing is wrong with it; else exits 1."""
        report.stop_on_errors(problems)
        assert piece is not None
        return piece

    def write(self, piece: Piece, file: Path, *, tagged: bool) -> None:
        from policycards import pdf

        file.parent.mkdir(parents=True, exist_ok=True)
        pdf.write(piece, self.fonts, file, tagged=tagged)
        report.say(_("{file}: {pages} pages.").format(file=file, pages=len(piece.pages)))

    def tell_marks(self, policies: tuple[Policy, ...]) -> None:
        """Say with what marks the pieces were printed."""
        from policycards.design import marks

        for mark in marks(self.catalogue, policies, self.imprint(policies)):
            report.say(_("Marked: {mark}").format(mark=f"{mark.zh} {mark.bo}"))
