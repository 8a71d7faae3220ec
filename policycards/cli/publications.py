"""Commands that print for everybody: the general card, booklet, poster, leaflet; and pictures."""

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
from policycards.services import publications
from policycards.services.publications import CardOptions, Publication, Published

commands = Commands()


@commands.add("card", N_("Print the general card: every policy that may concern an area."))
def card(
    area: options.AreaCode = "",
    edition: options.Edition = "",
    as_of: options.AsOf = None,
    category: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help=N_("Only this category; may be repeated.")),
    ] = None,
    policy: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=N_("Only this policy; may be repeated."))
    ] = None,
    topic: Annotated[
        str,
        typer.Option(metavar="ID", help=N_("A topic of topics.yaml, such as birth or schooling.")),
    ] = "",
    design: Annotated[
        str, typer.Option(metavar="NAME", help=N_("a4 (one leaf) or a3 (one side, for the wall)."))
    ] = "a4",
    theme: options.Theme = "plain",
    large: options.Large = False,
    tibetan_digits: Annotated[
        bool, typer.Option("--tibetan-digits", help=N_("Tibetan digits in Tibetan."))
    ] = False,
    unreviewed: Annotated[
        str,
        typer.Option(
            metavar="HOW", help=N_("What to do with unreviewed Tibetan: mark, or chinese-only.")
        ),
    ] = "mark",
    crop_marks: Annotated[
        bool, typer.Option("--crop-marks", help=N_("Bleed and crop marks for a print shop."))
    ] = False,
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    asked = Publication(policies, fonts, out, area, edition, options.day_of(as_of), theme)
    look = CardOptions(
        categories=frozenset(category or ()),
        policies=frozenset(policy or ()),
        topic=topic,
        design=design,
        is_large=large,
        tibetan_digits=tibetan_digits,
        unreviewed=unreviewed,
        crop_marks=crop_marks,
    )
    found = publications.print_card(asked, look)
    made = _("{file}: {policies} policies on {pages} pages, standards as of {day}.").format(
        file=found.files[0], policies=found.policies, pages=found.pages[0], day=found.day
    )
    return Answer(found, [*_marks(found), made])


@commands.add(
    "booklet",
    N_(
        "Print the booklet (A5) of all policies, and the same on A4 sheets to be folded and"
        " stapled."
    ),
)
def booklet(
    area: options.AreaCode = "",
    edition: options.Edition = "",
    as_of: options.AsOf = None,
    duplex: options.DuplexEdge = options.Edge.LONG,
    manual_duplex: options.ManualDuplex = False,
    theme: options.Theme = "plain",
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    asked = Publication(policies, fonts, out, area, edition, options.day_of(as_of), theme)
    found = publications.print_booklet(asked, options.duplex_of(duplex, manual_duplex))
    return Answer(found, _piece_lines(found))


@commands.add(
    "poster",
    N_("Print the poster (A3) of the standards raised this year, and the same over A4 sheets."),
)
def poster(
    area: options.AreaCode = "",
    edition: options.Edition = "",
    as_of: options.AsOf = None,
    all_: Annotated[
        bool, typer.Option("--all", help=N_("All standards: the general card on A3."))
    ] = False,
    theme: options.Theme = "plain",
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    asked = Publication(policies, fonts, out, area, edition, options.day_of(as_of), theme)
    found = publications.print_poster(asked, is_table=all_)
    return Answer(found, _piece_lines(found))


@commands.add("leaflet", N_("Print the leaflet of a topic: one A4 sheet, folded in three."))
def leaflet(
    topic: Annotated[
        str,
        typer.Option(metavar="ID", help=N_("A topic of topics.yaml, such as birth or schooling.")),
    ],
    area: options.AreaCode = "",
    edition: options.Edition = "",
    as_of: options.AsOf = None,
    theme: options.Theme = "plain",
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    asked = Publication(policies, fonts, out, area, edition, options.day_of(as_of), theme)
    found = publications.print_leaflet(asked, topic)
    return Answer(found, _piece_lines(found))


@commands.add("preview", N_("Show a PDF as PNG pictures, one a page."))
def preview(
    file: Annotated[Path, typer.Argument(help=N_("The PDF."))],
    dpi: Annotated[int, typer.Option(min=20, max=600, help=N_("Dots per inch."))] = 100,
    out: options.Out = Path("output"),
) -> Answer:
    found = publications.preview(file, dpi, out)
    return Answer(found, map(str, found.files))


def _marks(found: Published) -> Iterator[str]:
    for mark in found.marks:
        yield _("Marked: {mark}").format(mark=f"{mark['zh']} {mark['bo']}")


def _piece_lines(found: Published) -> Iterator[str]:
    """The marks that were printed, then the files with their pages."""
    yield from _marks(found)
    for file, pages in zip(found.files, found.pages, strict=True):
        yield _("{file}: {pages} pages.").format(file=file, pages=pages)
