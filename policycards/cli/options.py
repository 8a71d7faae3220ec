"""The options that several commands share: one name, one help text each."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from policycards.core.codes.kind import N_

DAY = ["%Y-%m-%d"]

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=N_("Folder of the catalogue."))
]
Fonts = Annotated[Path, typer.Option("--fonts", metavar="DIR", help=N_("Folder of the fonts."))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help=N_("Folder for what is made."))]
Edition = Annotated[
    str,
    typer.Option(
        "--edition",
        metavar="NAME",
        help=N_("A published edition; without one, or a day, it is a proof."),
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=DAY,
        metavar="YYYY-MM-DD",
        help=N_("Standards in force on this day; default: today."),
    ),
]
AreaCode = Annotated[
    str,
    typer.Option("--area", metavar="CODE", help=N_("Code of the area; default: the office's own.")),
]
Theme = Annotated[
    str,
    typer.Option(
        "--theme", metavar="NAME|FILE", help=N_("A shipped theme (plain, colour) or a theme file.")
    ),
]
Roster = Annotated[
    Path, typer.Argument(help=N_("XLSX, CSV, or a folder of households.csv and members.csv."))
]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help=N_("HEADING=COLUMN for an odd heading, or a CSV that says so; may be repeated."),
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help=N_("The county's key; without it cards are samples."),
        envvar="POLICYCARDS_KEY_FILE",
    ),
]
Confirmed = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm",
        metavar="ID",
        help=N_("A large jump or odd date that is right; may be repeated."),
    ),
]
Print = Annotated[
    Path | None,
    typer.Option("--print", metavar="FILE", help=N_("Also make a page to print: a PDF file.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Tell what would be done, change nothing."))
]
Apply = Annotated[
    bool, typer.Option("--apply", help=N_("Write the changes: all of them, or none."))
]


def day_of(moment: datetime | None) -> date | None:
    """The day of an option, where it was given."""
    return moment.date() if moment else None
