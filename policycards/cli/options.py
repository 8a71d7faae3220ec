"""How a module registers its commands, and the options that several share, with one help text each.

Each command returns an `Answer` and gets ``--format``. A parameter that is a dataclass is a group
of options: one for each of its fields.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import typer
from typer.core import TyperCommand

from policycards.cli import output
from policycards.cli.messages import translate_help
from policycards.cli.output import Answer, Format
from policycards.core.codes.kind import N_

PRINTED = N_("Nothing was printed: correct the errors above first.")
CHANGED = N_("Nothing was changed: correct the errors above first.")

Form = Annotated[Format, typer.Option("--format", help=N_("text, json or github (annotations)."))]


class Command(TyperCommand):
    """A command whose texts are translated when it is built, not when its module is read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        translate_help(self)


class Commands(typer.Typer):
    """The commands of a module. Each returns an `Answer` and gets ``--format`` beside its own
    options.
    """

    def __init__(self, *, refused: str = PRINTED, **options: Any) -> None:
        super().__init__(rich_markup_mode=None, no_args_is_help=True, **options)
        self._refused = refused

    def add(
        self, name: str, text: str, *, refused: str = "", hidden: bool = False
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Register a command; ``refused`` is the last line where errors kept it from working."""

        def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
            run = _answering(function, refused or self._refused)
            self.command(name, help=text, hidden=hidden, cls=Command)(run)
            return function

        return register


def _is_input(value: object) -> bool:
    return isinstance(value, Path) and value.exists()


def _answering(function: Callable[..., Answer], refused: str) -> Callable[..., None]:
    """A command as typer calls it: with the context and the form, and an exit code at the end."""

    @functools.wraps(function)
    def run(*, context: typer.Context, form: Format, **options: Any) -> None:
        path = context.command_path
        subject = next((str(each) for each in options.values() if _is_input(each)), "")
        for name, group in groups.items():
            options[name] = group(**{each.name: options.pop(each.name) for each in fields(group)})
        code = output.present_call(lambda: function(**options), path, form, refused, subject)
        raise typer.Exit(code)

    own = inspect.signature(function, eval_str=True).parameters.values()
    groups: dict[str, Any] = {
        each.name: each.annotation for each in own if is_dataclass(each.annotation)
    }
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, kind, default in (
            ("context", typer.Context, inspect.Parameter.empty),
            ("form", Form, Format.TEXT),
        )
    ]
    parameters = [*(option for each in own for option in _options(each)), *added]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _options(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """A parameter as typer takes it; of a group, each of its fields."""
    kind = parameter.annotation
    if not is_dataclass(kind):
        yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        return
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        default = inspect.Parameter.empty if each.default is MISSING else each.default
        yield inspect.Parameter(
            each.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hints[each.name]
        )


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
