"""The options that several commands share: one name, one help text each."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from policycards.core.codes.kind import N_

DAY = ["%Y-%m-%d"]

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=N_("Folder of the catalogue."))
]
Fonts = Annotated[Path, typer.Option("--fonts", metavar="DIR", help=N_("Folder of the fonts."))]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help=N_("Folder for what is made."))]
Workbook = Annotated[Path, typer.Option("--out", help=N_("The workbook."))]
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
AgesAsOf = Annotated[
    datetime | None,
    typer.Option(
        "--ages-as-of",
        formats=DAY,
        metavar="YYYY-MM-DD",
        help=N_("Ages of people on this day; default: the day of standards."),
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
Large = Annotated[bool, typer.Option("--large", help=N_("Larger type, for old eyes."))]


class Edge(StrEnum):
    LONG = "long-edge"
    SHORT = "short-edge"


DuplexEdge = Annotated[
    Edge, typer.Option("--duplex", help=N_("Edge about which the printer turns paper."))
]
ManualDuplex = Annotated[
    bool,
    typer.Option(
        "--manual-duplex",
        help=N_("For a printer of single sides: all fronts first, then all backs."),
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
Answers = Annotated[
    list[str] | None,
    typer.Option("--answer", help=N_("QUESTION=ANSWER, kept for the next lists; may be repeated.")),
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
CountyKey = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help=N_("The county's key, for household numbers."),
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
To = Annotated[
    str,
    typer.Option(
        "--to", metavar="EDITION|DATE", help=N_("What is to hold: an edition, a day, now.")
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


def duplex_of(edge: Edge, manual: bool) -> Literal["long-edge", "short-edge", "two-passes"]:
    """How paper is turned, as the sheets of a run record it."""
    if manual:
        return "two-passes"
    return "long-edge" if edge is Edge.LONG else "short-edge"
