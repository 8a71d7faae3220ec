"""Printing village packs: roster in, one pack for each village out, safe to interrupt and to be
called again.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.report import Told
from policycards.core.problems import Place, Problem, has_errors, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.design import Theme
    from policycards.households.model import Roster
    from policycards.households.roster.findings import Notes
    from policycards.press.execution.executors import Executor
    from policycards.press.pack.village_pack import Order
    from policycards.press.run.household_selection import Wanted
    from policycards.press.run.prepare import Prepared
    from policycards.press.run.print_loop import Summary
    from policycards.press.storage.store import Store

HELP = _(
    "Print a pack for each village: every household's own card, cover sheet, register, test page."
)
COMMAND = Place("policycards print")


class DesignChoice(StrEnum):
    HAND = "hand"
    FLAT = "hand-flat"


class SheetChoice(StrEnum):
    FOLDED = "folded"
    CUT = "cut-and-stack"
    SINGLE = "single"


class DuplexChoice(StrEnum):
    LONG = "long-edge"
    SHORT = "short-edge"
    PASSES = "two-passes"


class Verify(StrEnum):
    SAMPLE = "sample"
    ALL = "all"


SHEETS = {
    DesignChoice.HAND: (SheetChoice.FOLDED,),
    DesignChoice.FLAT: (SheetChoice.CUT, SheetChoice.SINGLE),
}
"""The sheets that each design is made for, the usual one first."""


FARTHEST = 20
"""mm by which a printer is put right at most: what is off by more is a wrong paper or tray."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked on the command line."""

    roster: Path
    edition: str
    day: date | None
    area: str
    households: tuple[str, ...]
    only: Path | None
    out: str
    strict: bool
    mapping: tuple[str, ...]
    old_checks: bool


def print_packs(
    roster: Annotated[
        Path, typer.Argument(help=_("XLSX, CSV, or a folder of households.csv and members.csv."))
    ],
    edition: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=_("A published edition; without one, or a day, it is a proof.")
        ),
    ] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help=_("Standards in force on this day; default: today.")
        ),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--ages-as-of",
            formats=["%Y-%m-%d"],
            help=_("Ages of people on this day; default: the day of standards."),
        ),
    ] = None,
    design: Annotated[
        DesignChoice,
        typer.Option(help=_("hand: A4 folded once; hand-flat: A5 leaves, the same text.")),
    ] = DesignChoice.HAND,
    sheet: Annotated[
        SheetChoice | None,
        typer.Option(help=_("How cards lie on paper; default: what the design is made for.")),
    ] = None,
    duplex: Annotated[
        DuplexChoice,
        typer.Option(
            help=_("Edge about which the printer turns paper, or two passes of single sides.")
        ),
    ] = DuplexChoice.LONG,
    offset: Annotated[
        str,
        typer.Option(
            metavar="X,Y[,X,Y]", help=_("mm to the right and down, on fronts and on backs.")
        ),
    ] = "0,0",
    area: Annotated[
        str, typer.Option(metavar="PREFIX", help=_("Only villages of this area."))
    ] = "",
    household: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help=_("Only this household, also as a file to send; may be repeated.")
        ),
    ] = None,
    only: Annotated[
        Path | None,
        typer.Option(
            "--reissue-list", metavar="LIST", help=_("Only the households of a reissue list.")
        ),
    ] = None,
    slips: Annotated[
        bool,
        typer.Option(
            "--slips",
            help=_("Instead of cards, slips of what changed, by the reissue list, and a notice."),
        ),
    ] = False,
    spare: Annotated[
        int, typer.Option(min=0, max=500, help=_("Spare cards for each village."))
    ] = 0,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            max=256,
            help=_("Processes that print; default: as many as there are processors."),
        ),
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help=_("Print on the workers of this Dask scheduler.")),
    ] = None,
    verify: Annotated[
        Verify, typer.Option(help=_("Cards that are read back from the finished files."))
    ] = Verify.SAMPLE,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=_("Set every card, tell what it comes to, write none.")),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Print nothing while a row of the roster is faulty."))
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help=_("HEADING=COLUMN for an odd heading; may be repeated.")),
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help=_("Also write the manifest as CSV."))] = False,
    told: Annotated[Told, typer.Option("--format", help=_("text or json."))] = Told.TEXT,
    old_checks: Annotated[
        bool,
        typer.Option(
            "--allow-unverified", help=_("Print values that were last looked up too long ago.")
        ),
    ] = False,
    theme: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE", help=_("A shipped theme (plain, colour) or a theme file.")
        ),
    ] = "plain",
    large: Annotated[bool, typer.Option("--large", help=_("Larger type, for old eyes."))] = False,
    key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=_("The county's key; without it cards are samples."),
            envvar="POLICYCARDS_KEY_FILE",
        ),
    ] = None,
    out: Annotated[
        str, typer.Option("--out", metavar="DIR|URL", help=_("Folder for what is made."))
    ] = "output",
    policies: Annotated[
        Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
    ] = Path("policies"),
    fonts: Annotated[
        Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))
    ] = Path("fonts"),
) -> None:
    """A pack for each village; the help is ``HELP``."""
    if slips and (only is None or spare or household):
        report.wrong_use(problem("E784", COMMAND))
    request = Request(
        roster=roster,
        edition=edition,
        day=as_of.date() if as_of else None,
        area=area,
        households=tuple(household or ()),
        only=only,
        out=out,
        strict=strict,
        mapping=tuple(map_ or ()),
        old_checks=old_checks,
    )
    from policycards.design.layout.sheet_plan import Sheet

    form = _form(design, sheet)
    front, back = _offsets(offset)
    laid = Sheet(form.value, duplex.value, front, back)
    office = _office(request, policies, key_file, theme, fonts, laid)
    order = replace(
        office.order,
        on=on.date() if on else None,
        large=large,
        spares=spare,
        slips=slips,
        reads_all=verify is Verify.ALL,
        is_trial=dry_run,
    )
    office = replace(
        office, order=order, workers=workers or os.cpu_count() or 1, cluster=cluster, csv=csv
    )
    with report.aside(told):
        is_whole = office.print(request)
    if told is Told.JSON:
        report.say(json.dumps(office.facts, ensure_ascii=False, indent=1))
    raise typer.Exit(0 if is_whole else 1)


def _form(design: DesignChoice, sheet: SheetChoice | None) -> SheetChoice:
    known = SHEETS[design]
    if sheet is not None and sheet not in known:
        told = ", ".join(known)
        report.wrong_use(problem("E903", COMMAND, option="--sheet", value=sheet.value, known=told))
    return sheet or known[0]


def _offsets(told: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """mm on fronts and backs, of two numbers for both or of four."""
    try:
        numbers = [float(part) for part in told.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (2, 4) or not all(abs(number) <= FARTHEST for number in numbers):
        report.wrong_use(problem("E390", COMMAND, value=told, most=FARTHEST))
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


def _office(
    request: Request,
    policies: Path,
    key_file: Path | None,
    theme_name: str,
    fonts: Path,
    sheet: object,
) -> _Office:
    """The catalogue or edition, key and theme of a run, checked; exits where something is wrong
    with them.
    """
    from policycards.cli.printing import open_fonts
    from policycards.cli.sending import key_of
    from policycards.cli.sources import open_source, open_theme
    from policycards.press.pack.village_pack import Order

    source, theme = (
        open_source(policies, request.edition, request.day, COMMAND),
        open_theme(theme_name),
    )
    open_fonts(fonts, theme)
    key = key_of(key_file)
    order = Order(
        key,
        source.day,
        source.edition,
        source.is_published,
        str(request.roster),
        fonts.resolve(),
        sheet,  # type: ignore[arg-type]
    )
    return _Office(source.catalogue, theme, order)


@dataclass(frozen=True, slots=True)
class _Office:
    """What one run is printed from, and by whom."""

    catalogue: Catalogue
    theme: Theme
    order: Order
    workers: int = 1
    cluster: str | None = None
    csv: bool = False
    facts: dict[str, object] = field(default_factory=dict)

    def print(self, request: Request) -> bool:
        """Print the run; whether everything was printed as it should be. ``facts`` are then what it
        came to.
        """
        from policycards.press.storage.store import open_store

        self.check_ages(request)
        roster, problems, notes = self.read(request)
        wanted = self.wanted(request, roster, notes)
        if self.order.is_trial:
            with tempfile.TemporaryDirectory() as scratch:
                store, _found = open_store(scratch)
                assert store is not None
                return self.run(request, store, roster, wanted, problems, notes)
        name = f"{self.order.edition}-slips" if self.order.slips else self.order.edition
        store, found = open_store(f"{request.out.rstrip('/')}/{name}")
        report.stop_on_errors(found)
        assert store is not None
        return self.run(request, store, roster, wanted, problems, notes)

    def check_ages(self, request: Request) -> None:
        """Stop where a value was last looked up too long ago, unless that is accepted."""
        from policycards.catalogue.checks.value_checks import stale_checks

        old = stale_checks(self.catalogue, self.catalogue.policies, self.order.day)
        if old and not request.old_checks:
            report.stop_on_errors(old)

    def read(self, request: Request) -> tuple[Roster, list[Problem], Notes]:
        from policycards.cli.sources import open_roster

        roster, problems, notes = open_roster(
            request.roster, self.catalogue, self.order.key.digest, request.mapping
        )
        if roster is None or (request.strict and has_errors(problems)):
            report.say(_("Nothing was printed."))
            raise typer.Exit(1)
        return roster, problems, notes

    def wanted(self, request: Request, roster: Roster, notes: Notes) -> Wanted:
        """The households to print; exits 2 where one that is named is not there, or none is
        left.
        """
        from policycards.catalogue.model.form import brief, nearest
        from policycards.press.pack.reissue_list import read_reissue
        from policycards.press.run.household_selection import chosen

        place, known = Place(str(request.roster)), roster.households["household_id"]
        for each in request.households:
            if each in notes.left_out:
                report.stop_on_errors([problem("E915", place, household=brief(each))])
            if each not in known:
                near = nearest(each, known)
                report.wrong_use(problem("E610", place, household=brief(each), nearest=near))
        listed, problems = read_reissue(request.only) if request.only else (None, [])
        report.stop_on_errors(problems)
        table, gone = chosen(roster, listed, request.area, request.households)
        report.tell(problem("W720", place, household=each) for each in gone)
        if table.is_empty():
            report.wrong_use(problem("E917", place))
        return table

    def run(
        self,
        request: Request,
        store: Store,
        roster: Roster,
        wanted: Wanted,
        problems: list[Problem],
        notes: Notes,
    ) -> bool:
        """Prepare, print, tell."""
        from policycards.cli.pressroom import tell_early
        from policycards.core.files import digest_files
        from policycards.press.execution.executors import open_executor
        from policycards.press.run.household_selection import digest_of, replaces_some
        from policycards.press.run.prepare import prepare

        crew, found = open_executor(self.workers, self.cluster)
        report.stop_on_errors(found)
        assert crew is not None
        order = replace(self.order, takes_old=replaces_some(wanted))
        chosen = f"{digest_files([request.roster])} {digest_of(wanted)}"
        prepared, found = prepare(store, roster, wanted, self.catalogue, self.theme, order, chosen)
        report.stop_on_errors(found)
        assert prepared is not None
        tell_early(prepared.faults)
        self.tell_unsettled(store, prepared)
        summary = self.printed(prepared, order, crew)
        self.keep(store, summary, problems, notes)
        if request.households and not order.is_trial:
            self.to_send(request, roster)
        return self.tell(request, store, prepared, summary, problems)

    def printed(self, prepared: Prepared, order: Order, crew: Executor) -> Summary:
        from functools import partial

        from policycards.cli.pressroom import progress
        from policycards.press.execution.executors import InlineExecutor
        from policycards.press.pack.slip_pack import open_slip_press
        from policycards.press.pack.village_pack import open_press
        from policycards.press.run.print_loop import print_run

        make = open_slip_press if order.slips else open_press
        crew = InlineExecutor() if len(prepared.jobs) == 1 and not self.cluster else crew
        with progress(len(prepared.jobs), prepared.cards) as tell:
            return print_run(
                prepared.run, partial(make, order, prepared.run.store), prepared.jobs, crew, tell
            )

    def tell_unsettled(self, store: Store, prepared: Prepared) -> None:
        """How many households there are of which nobody could tell everything, and where it
        stands.
        """
        from policycards.press.run.missing_data import LIST, OVERVIEW

        if not prepared.unsettled:
            return
        told = _("{households} households may have more, if the roster had what is missing in it.")
        report.say(told.format(households=prepared.unsettled))
        if not self.order.is_trial:
            told = _(
                "{name} in each village's folder tells which cells to fill in; {file} counts them."
            )
            report.say(told.format(name=LIST, file=f"{store.place}/{OVERVIEW}"))

    def keep(self, store: Store, summary: Summary, problems: list[Problem], notes: Notes) -> None:
        """Write errors.xlsx and readback.json beside the manifest."""
        from policycards.households.exchange.marked_copy import write_errors
        from policycards.press.verify.verification import Readback

        faults = [*problems, *summary.problems]
        if faults:
            with store.filling("run/errors.xlsx", private=True) as file:
                write_errors(file, faults, notes.values, _)
        differences = tuple(
            each
            for each in summary.problems
            if each.code in ("E740", "E741", "E742", "E743", "E744")
        )
        told = Readback(summary.checked, 0, differences).told()
        store.write(
            [("run/readback.json", json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n")]
        )

    def to_send(self, request: Request, roster: Roster) -> None:
        """The named households' cards as files to send."""
        from policycards.cli.sending import send_cards

        send_cards(
            self.catalogue, self.theme, self.order, roster, request.households, Path(request.out)
        )

    def tell(
        self,
        request: Request,
        store: Store,
        prepared: Prepared,
        summary: Summary,
        problems: list[Problem],
    ) -> bool:
        """What came of the run and what to do next; whether it is whole."""
        from policycards.cli.pressroom import (
            run_facts,
            tell_costs,
            tell_next,
            tell_problems,
            tell_slips,
        )
        from policycards.manifest import read_cards, write_csv_twins
        from policycards.press.pack.run_plan import remove_plan
        from policycards.press.run.household_selection import sheets

        tell_problems(summary)
        if summary.is_interrupted:
            told = _("Interrupted: {left} villages are left. The same command prints them.")
            report.say(told.format(left=summary.left))
            return False
        if summary.done and not summary.failed and not summary.left:
            remove_plan(store)
        self.facts.update(run_facts(store, prepared, summary, self.order, problems))
        if self.order.slips:
            tell_slips(store, summary, self.order)
            return summary.is_whole and not has_errors(problems)
        folder = Path(store.place)
        cards, found = read_cards(folder) if folder.is_dir() else (None, [])
        report.tell(found)
        if cards is not None:
            self.facts.update(
                tell_costs(sheets(cards, self.order.sheet.form), summary, self.catalogue)
            )
        if self.csv and not self.order.is_trial:
            write_csv_twins(folder)
        tell_next(store, summary, self.order)
        return summary.is_whole and (bool(request.households) or not has_errors(problems))
