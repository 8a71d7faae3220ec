"""Commands that are not on services yet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import (
    demo,
    desking,
    editions,
    impacting,
    ledger,
    ledgersetup,
    pieces,
    policies,
    pressing,
    reprinting,
    reviews,
    rosters,
    staling,
    standards,
)
from policycards.cli.messages import _
from policycards.cli.report import Told

commands = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
)
app = commands
app.add_typer(rosters.roster)
app.add_typer(standards.standards)
app.add_typer(policies.policy)
app.add_typer(editions.edition)
app.add_typer(reviews.review)
app.add_typer(ledger.ledger)
ledger.ledger.command("demo", help=demo.HELP)(demo.demo)
ledger.ledger.command("init", help=ledgersetup.HELP)(ledgersetup.set_up)
app.command("print", help=pressing.HELP)(pressing.print_packs)
app.command("reprint", help=reprinting.HELP)(reprinting.reprint)
app.command("impact", help=impacting.HELP)(impacting.tell_impact)
app.command("stale", help=staling.HELP)(staling.find_stale)
app.command("desk", help=desking.HELP)(desking.desk)
app.command("booklet", help=pieces.BOOKLET)(pieces.print_booklet)
app.command("poster", help=pieces.POSTER)(pieces.print_poster)
app.command("leaflet", help=pieces.LEAFLET)(pieces.print_leaflet)

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
FontFolder = Annotated[Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help=_("Folder for what is made."))]


@app.command(help=_("Print the general card: every policy that may concern an area."))
def card(
    area: Annotated[
        str, typer.Option(metavar="CODE", help=_("Code of the area; default: the office's own."))
    ] = "",
    edition: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=_("A published edition; without one, or a day, it is a proof.")
        ),
    ] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help=_("Standards in force on this day; default: today."),
        ),
    ] = None,
    category: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=_("Only this category; may be repeated."))
    ] = None,
    policy: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=_("Only this policy; may be repeated."))
    ] = None,
    design: Annotated[
        str, typer.Option(metavar="NAME", help=_("a4 (one leaf) or a3 (one side, for the wall)."))
    ] = "a4",
    theme: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE", help=_("A shipped theme (plain, colour) or a theme file.")
        ),
    ] = "plain",
    large: Annotated[bool, typer.Option("--large", help=_("Larger type, for old eyes."))] = False,
    tibetan_digits: Annotated[
        bool, typer.Option("--tibetan-digits", help=_("Tibetan digits in Tibetan."))
    ] = False,
    unreviewed: Annotated[
        str,
        typer.Option(
            metavar="HOW", help=_("What to do with unreviewed Tibetan: mark, or chinese-only.")
        ),
    ] = "mark",
    crop_marks: Annotated[
        bool, typer.Option("--crop-marks", help=_("Bleed and crop marks for a print shop."))
    ] = False,
    out: Out = Path("output"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.cli.printing import Order, print_card

    order = Order(
        area=area,
        edition=edition,
        day=as_of.date() if as_of else None,
        categories=frozenset(category or ()),
        policies=frozenset(policy or ()),
        design=design,
        theme=theme,
        large=large,
        tibetan_digits=tibetan_digits,
        unreviewed=unreviewed,
        crop_marks=crop_marks,
    )
    print_card(order, policies, fonts, out)


@app.command(help=_("Explain to one household, policy by policy, what it is entitled to and why."))
def explain(
    roster: Annotated[Path, typer.Argument(help=_("The roster."))],
    household: Annotated[
        str, typer.Argument(help=_("Id of the household, or the name of its head."))
    ],
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help=_("Standards in force on this day; default: today.")
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--print", help=_("Also make a page to print: a PDF file."))
    ] = None,
    map_: rosters.Maps = None,
    key_file: rosters.KeyFile = None,
    form: Annotated[Told, typer.Option("--format", help=_("text or json."))] = Told.TEXT,
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.cli.explaining import Question
    from policycards.cli.explaining import explain as explain_household

    day = as_of.date() if as_of else date.today()
    explain_household(
        Question(roster, household, day, tuple(map_ or ()), key_file, form), policies, fonts, out
    )


@app.command(help=_("Show a PDF as PNG pictures, one a page."))
def preview(
    file: Annotated[Path, typer.Argument(help=_("The PDF."))],
    dpi: Annotated[int, typer.Option(min=20, max=600, help=_("Dots per inch."))] = 100,
    out: Out = Path("output"),
) -> None:
    from policycards.cli.printing import preview_pages

    preview_pages(file, dpi, out)


@app.command(
    help=_(
        "Build the site that the QR codes open: static pages for any host, or to open from the"
        " folder."
    )
)
def site(
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help=_("Standards in force on this day; default: today."),
        ),
    ] = None,
    out: Out = Path("output/site"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.cli.sites import build_site

    build_site(policies, as_of.date() if as_of else date.today(), fonts, out)


@app.command(
    help=_(
        "Make the folder of a new office: catalogue, areas, contacts, key and its recovery sheet."
    )
)
def init(
    folder: Annotated[
        Path, typer.Argument(help=_("The new folder; it must not exist or be empty."))
    ],
    area: Annotated[
        str, typer.Option(metavar="CODE", help=_("Code of the office's own division."))
    ],
    zh: Annotated[
        str, typer.Option("--zh", metavar="NAME", help=_("Name of the issuing office in Chinese."))
    ],
    bo: Annotated[
        str, typer.Option("--bo", metavar="NAME", help=_("Name of the issuing office in Tibetan."))
    ],
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.cli.office import make_office

    make_office(folder, area=area, zh=zh, bo=bo, model=policies, font_folder=fonts)
