"""Commands that print for households: packs of cards, slips of what changed, spoilt sheets again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options, output
from policycards.cli.messages import _
from policycards.cli.options import PRINTED, Commands
from policycards.cli.output import SHOWN, Answer, summary
from policycards.cli.roster import note_lines
from policycards.core.codes.kind import N_
from policycards.core.problems import Place, problem
from policycards.design.layout.sheet_plan import Form, Sheet
from policycards.press.run.prepare import LIST
from policycards.services.print_run import FARTHEST, PrintedRun, RunOptions, print_cards
from policycards.services.reprint import Reprinted
from policycards.services.reprint import reprint as reprint_sheets
from policycards.services.result import WrongUse

commands = Commands()
COMMAND = Place("policycards print")


class DesignChoice(StrEnum):
    A4 = "a4"
    A5 = "a5"


class Verify(StrEnum):
    SAMPLE = "sample"
    ALL = "all"


Offset = Annotated[
    str,
    typer.Option(
        "--offset",
        metavar="X,Y[,X,Y]",
        help=N_("mm to the right and down, on fronts and on backs."),
    ),
]
Area = Annotated[
    str, typer.Option("--area", metavar="PREFIX", help=N_("Only villages of this area."))
]
Workers = Annotated[
    int,
    typer.Option(
        min=0, max=256, help=N_("Processes that print; default: as many as there are processors.")
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help=N_("Print on the workers of this Dask scheduler.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Set every card, tell what it comes to, write none."))
]
Strict = Annotated[
    bool, typer.Option("--strict", help=N_("Print nothing while a row of the roster is faulty."))
]
AllowUnverified = Annotated[
    bool,
    typer.Option(
        "--allow-unverified", help=N_("Print values that were last looked up too long ago.")
    ),
]
OutOrUrl = Annotated[
    str, typer.Option("--out", metavar="DIR|URL", help=N_("Folder for what is made."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which households are printed, and as of which day."""

    edition: options.Edition = ""
    as_of: options.AsOf = None
    ages_as_of: options.AgesAsOf = None
    area: Area = ""
    reissue_list: Annotated[
        Path | None,
        typer.Option(metavar="LIST", help=N_("Only the households of a reissue list.")),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How a run is carried out: workers, what is let pass, and the folders that it needs."""

    workers: Workers = 0
    cluster: Cluster = None
    dry_run: DryRun = False
    strict: Strict = False
    map_: options.Maps = None
    allow_unverified: AllowUnverified = False
    theme: options.Theme = "plain"
    key_file: options.KeyFile = None
    out: OutOrUrl = "output"
    policies: options.Policies = Path("policies")
    fonts: options.Fonts = Path("fonts")


@commands.add(
    "print",
    N_(
        "Print a pack for each village: every household's own card, cover sheet, register, test"
        " page."
    ),
)
def print_(
    roster: options.Roster,
    choice: Choice,
    household: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help=N_("Only this household, also as a file to send; may be repeated.")
        ),
    ] = None,
    design: Annotated[
        DesignChoice,
        typer.Option(help=N_("a4: a sheet for each household; a5: two on a sheet, one cut.")),
    ] = DesignChoice.A4,
    large: options.Large = False,
    fronts_only: Annotated[
        bool, typer.Option("--fronts-only", help=N_("Fronts alone, nothing on the backs."))
    ] = False,
    duplex: options.DuplexEdge = options.Edge.LONG,
    manual_duplex: options.ManualDuplex = False,
    offset: Offset = "0,0",
    spare: Annotated[
        int, typer.Option(min=0, max=500, help=N_("Spare cards for each village."))
    ] = 0,
    verify: Annotated[
        Verify, typer.Option(help=N_("Cards that are read back from the finished files."))
    ] = Verify.SAMPLE,
    csv: Annotated[bool, typer.Option("--csv", help=N_("Also write the manifest as CSV."))] = False,
    *,
    work: Work,
) -> Answer:
    front, back = _offsets(offset)
    form: Form = "cut-and-stack" if design is DesignChoice.A5 else "single"
    sheet = Sheet(form, options.duplex_of(duplex, manual_duplex), front, back)
    asked = replace(
        _run_options(roster, choice, work, sheet),
        households=tuple(household or ()),
        spares=spare,
        is_large=large,
        design=design.value,
        fronts_only=fronts_only,
        reads_all=verify is Verify.ALL,
        writes_csv=csv,
    )
    return _print(asked)


@commands.add(
    "slips",
    N_("Print a slip of what changed for each household of a reissue list, and a notice."),
)
def slips(roster: options.Roster, choice: Choice, work: Work) -> Answer:
    return _print(replace(_run_options(roster, choice, work, Sheet()), is_slips=True))


def _run_options(roster: Path, choice: Choice, work: Work, sheet: Sheet) -> RunOptions:
    return RunOptions(
        roster,
        work.policies,
        work.fonts,
        work.out,
        sheet,
        edition=choice.edition,
        day=options.day_of(choice.as_of),
        ages_on=options.day_of(choice.ages_as_of),
        area=choice.area,
        reissue_list=choice.reissue_list,
        theme=work.theme,
        mapping=tuple(work.map_ or ()),
        key_file=work.key_file,
        is_strict=work.strict,
        allows_unverified=work.allow_unverified,
        is_dry_run=work.dry_run,
        workers=work.workers,
        cluster=work.cluster,
    )


def _offsets(text: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """mm on fronts and backs, of two numbers for both or of four."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (2, 4) or not all(abs(number) <= FARTHEST for number in numbers):
        raise WrongUse(problem("E390", COMMAND, value=text, most=FARTHEST))
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


def _print(asked: RunOptions) -> Answer:
    with output.progress() as listener:
        found = print_cards(asked, _, listener)
    return Answer(found, _lines(found, asked), SHOWN, 0 if found.is_whole else 1)


def _lines(found: PrintedRun, asked: RunOptions) -> Iterator[str]:
    """How the list was read, what the run came to, and what the person does now."""
    yield from note_lines(found.notes)
    yield summary(found.problems)
    if len(found.problems) > SHOWN and not asked.is_dry_run:
        more = _("{count} more are in run/errors.xlsx.")
        yield more.format(count=len(found.problems) - SHOWN)
    if found.unsettled:
        yield _(
            "{households} households may have more, if the roster had what is missing in it."
        ).format(households=found.unsettled)
    if found.unsettled_file:
        yield _(
            "{name} in each village's folder tells which cells to fill in; {file} counts them."
        ).format(name=LIST, file=found.unsettled_file)
    for card in found.sent:
        yield _(
            "{file}: household {household}, {policies} policies on {pages} pages, standards as"
            " of {day}."
        ).format(
            file=card.file,
            household=card.household,
            policies=card.policies,
            pages=card.pages,
            day=found.as_of,
        )
    if found.interrupted:
        yield _("Interrupted: {left} villages are left. The same command prints them.").format(
            left=found.villages_left
        )
        return
    if not found.villages and not found.is_ok:
        yield _(PRINTED)
        return
    yield _came_to(found)
    if found.without_card:
        yield _("No card for {count} households: {ids}").format(
            count=len(found.without_card), ids=", ".join(found.without_card[:SHOWN])
        )
    if asked.is_dry_run:
        yield _("This was a trial; nothing was written.")
    elif found.slips:
        yield _(
            "{folder}: slips.pdf and notice.pdf for each village. Print at actual size, cut at the"
            " marks, lay in order."
        ).format(folder=found.folder)
    else:
        yield _("{count} cards were read back from the finished files.").format(
            count=found.read_back
        )
        yield _(
            "{folder}: a pack for each village. Print pages 1 and 2 of cards.pdf first, at actual"
            " size, and measure."
        ).format(folder=found.folder)


def _came_to(found: PrintedRun) -> str:
    """Paper, money and time."""
    if found.slips:
        return _(
            "Slips for {households} households on {sheets} sheets, {villages} villages."
        ).format(households=found.cards, sheets=found.pages, villages=found.villages)
    return _(
        "{cards} cards, {pages} pages, {sheets} sheets, {villages} villages; {price} yuan, {hours}"
        " printer hours."
    ).format(
        cards=found.cards,
        pages=found.pages,
        sheets=found.sheets,
        villages=found.villages,
        price=f"{found.price:,.2f}",
        hours=f"{found.hours:.1f}",
    )


@commands.add(
    "reprint",
    N_(
        "Print spoilt cards or sheets of a run again, by the same bytes, and list what is to be"
        " destroyed."
    ),
)
def reprint(
    run: Annotated[Path, typer.Argument(help=N_("Folder of the edition that was printed."))],
    cards: Annotated[
        str,
        typer.Option(metavar="NUMBERS", help=N_("Pile numbers on the cards, such as 40-52,60.")),
    ] = "",
    sheets: Annotated[
        str,
        typer.Option(
            metavar="NUMBERS",
            help=N_(
                "Sheets as they came out, such as 20-26; the test page is 1, spare cards come last."
            ),
        ),
    ] = "",
    codes: Annotated[
        str,
        typer.Option(
            metavar="CODES", help=N_("Codes of cards or spare cards, with commas between them.")
        ),
    ] = "",
    village: Annotated[
        str,
        typer.Option(metavar="CODE", help=N_("The village; needed where the run has several.")),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=N_("Folder for what is made; default: reprint in RUN.")),
    ] = None,
) -> Answer:
    found = reprint_sheets(run, cards=cards, sheets=sheets, codes=codes, village=village, out=out)
    return Answer(found, _reprint_lines(found))


def _reprint_lines(found: Reprinted) -> Iterator[str]:
    yield _(
        "{sheets} sheets; {cards} cards were spoilt. No card gets a new number or code."
    ).format(sheets=found.sheets, cards=found.cards)
    if found.twice:
        yield _(
            "{count} other cards share these sheets and come out twice: destroy one of each."
        ).format(count=found.twice)
    yield _("{file}: the list of what to destroy, for the ledger.").format(file=found.spoilt)
    for file in found.files[:-1]:
        yield _("{file}: print it as the pack was printed.").format(file=file)
