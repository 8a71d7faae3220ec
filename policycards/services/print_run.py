"""Printing a run: roster in, a pack for each village out, safe to interrupt and to be called
again.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from policycards import pdf
from policycards.catalogue.checks.catalogue_checks import stale_checks
from policycards.catalogue.model.form import brief, nearest
from policycards.core.files import digest_files
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.design import Theme
from policycards.design.card.card_format import CardDesign
from policycards.design.layout.sheet_plan import Sheet
from policycards.households.exchange.marked_copy import write_errors
from policycards.households.roster.findings import Notes
from policycards.households.roster.homes import picked
from policycards.manifest import read_cards, write_csv_twins
from policycards.press.execution import scheduler
from policycards.press.execution.scheduler import InlineExecutor, open_executor
from policycards.press.pack.reissue_list import read_reissue
from policycards.press.pack.run_plan import remove_plan
from policycards.press.pack.single_cards import CardMaker
from policycards.press.pack.slip_pack import open_slip_press
from policycards.press.pack.village_pack import Order, open_press
from policycards.press.run.household_selection import (
    Wanted,
    chosen,
    digest_of,
    paper,
    replaces_some,
    sheets,
)
from policycards.press.run.prepare import OVERVIEW, Prepared, prepare
from policycards.press.run.print_loop import Summary, print_run
from policycards.press.storage.store import Store, open_store
from policycards.press.verification import Readback
from policycards.qr import format_code
from policycards.services.result import (
    Listener,
    Progress,
    Result,
    ServiceError,
    WrongUse,
    sound,
    unheard,
)
from policycards.services.rosters import ReadRoster, Translate, open_roster
from policycards.services.sources import Source, open_fonts, open_key, open_source, open_theme
from policycards.typeset import Fonts

FARTHEST = 20
"""mm by which a printer is put right at most: what is off by more is a wrong paper or tray."""
FIRST_FILES = 12
"""Files of packs that a result names; a region has tens of thousands."""
READBACK = ("E740", "E741", "E742", "E743", "E744")
"""Problems found by reading cards back from the finished files."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What is asked of a run. ``out`` is a folder or a URL; ``ages_on`` the day of people's ages,
    where it is not that of the standards; a dry run sets every card and writes none.
    """

    roster: Path
    policies: Path
    fonts: Path
    out: str
    sheet: Sheet
    edition: str = ""
    day: date | None = None
    ages_on: date | None = None
    area: str = ""
    households: tuple[str, ...] = ()
    reissue_list: Path | None = None
    is_slips: bool = False
    spares: int = 0
    theme: str = "plain"
    is_large: bool = False
    design: CardDesign = "a4"
    fronts_only: bool = False
    mapping: tuple[str, ...] = ()
    key_file: Path | None = None
    is_strict: bool = False
    allows_unverified: bool = False
    reads_all: bool = False
    is_dry_run: bool = False
    workers: int = 0
    cluster: str | None = None
    writes_csv: bool = False

    @property
    def place(self) -> Place:
        return Place("policycards slips" if self.is_slips else "policycards print")


@dataclass(frozen=True, slots=True)
class SentCard:
    """A household's card as a file of its own."""

    file: Path
    household: str
    policies: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRun(Result):
    """What a run came to. ``folder`` is empty in a dry run; ``unsettled`` counts households that
    may have more, if the roster had what is missing in it; ``without_card`` names those without.
    """

    edition: str
    as_of: date
    published: bool
    folder: str
    slips: bool
    cards: int
    pages: int
    sheets: int
    price: Decimal
    hours: float
    villages: int
    villages_left: int
    interrupted: bool
    unsettled: int
    unsettled_file: str
    without_card: tuple[str, ...]
    read_back: int
    differences: int
    sent: tuple[SentCard, ...]
    notes: Notes
    is_whole: bool

    def to_dict(self) -> dict[str, Any]:
        hidden = {"notes": None, "price": f"{self.price:.2f}", "hours": f"{self.hours:.1f}"}
        facts = super(PrintedRun, replace(self, notes=None)).to_dict()  # type: ignore[arg-type]
        return {name: each for name, each in (facts | hidden).items() if name != "notes"}


def print_cards(
    options: RunOptions, translate: Translate, listener: Listener = unheard
) -> PrintedRun:
    """Print a pack for each village, or slips of what changed; the same call finishes what an
    interruption left.
    """
    if options.is_slips and options.reissue_list is None:
        raise WrongUse(problem("E784", options.place))
    listener(Progress("reading"))
    source = open_source(options.policies, options.edition, options.day, options.place)
    theme = open_theme(options.theme)
    open_fonts(options.fonts, theme)
    if not options.allows_unverified:
        sound(stale_checks(source.catalogue, source.catalogue.policies, source.day))
    order = Order(
        open_key(options.key_file),
        source.day,
        source.edition,
        source.is_published,
        str(options.roster),
        options.fonts.resolve(),
        options.sheet,
        large=options.is_large,
        design=options.design,
        fronts_only=options.fronts_only,
        spares=options.spares,
        slips=options.is_slips,
        reads_all=options.reads_all,
        is_trial=options.is_dry_run,
        on=options.ages_on,
    )
    read = open_roster(options.roster, source.catalogue, order.key.digest, options.mapping)
    if options.is_strict and has_errors(read.problems):
        raise ServiceError(*read.problems)
    wanted, gone = _wanted(options, read)
    order = replace(order, takes_old=replaces_some(wanted))
    run = _Run(options, source, theme, order, read, wanted, tuple(gone), translate, listener)
    if options.is_dry_run:
        with tempfile.TemporaryDirectory() as scratch:
            return run.print(scratch)
    name = f"{order.edition}-slips" if options.is_slips else order.edition
    return run.print(f"{options.out.rstrip('/')}/{name}")


def _wanted(options: RunOptions, read: ReadRoster) -> tuple[Wanted, list[Problem]]:
    """The households to print, and those of a reissue list that are not in the roster."""
    roster, place = read.roster, Place(str(options.roster))
    known = roster.households["household_id"]
    for each in options.households:
        if each in read.notes.left_out:
            raise ServiceError(*read.problems, problem("E915", place, household=brief(each)))
        if each not in known:
            near = nearest(each, known)
            raise WrongUse(problem("E610", place, household=brief(each), nearest=near))
    listed = None
    if options.reissue_list:
        listed, problems = read_reissue(options.reissue_list)
        sound(problems)
    table, gone = chosen(roster, listed, options.area, options.households)
    if table.is_empty():
        raise WrongUse(problem("E917", place))
    return table, [problem("W720", place, household=each) for each in gone]


@dataclass(frozen=True, slots=True)
class _Run:
    """One run, ready to be printed."""

    options: RunOptions
    source: Source
    theme: Theme
    order: Order
    read: ReadRoster
    wanted: Wanted
    gone: tuple[Problem, ...]
    translate: Translate
    listener: Listener

    def print(self, folder: str) -> PrintedRun:
        """Prepare, print, keep what was found, count."""
        options, order, catalogue = self.options, self.order, self.source.catalogue
        executor, problems = open_executor(options.workers or os.cpu_count() or 1, options.cluster)
        sound(problems)
        assert executor is not None
        store, problems = open_store(folder)
        sound(problems)
        assert store is not None
        chosen_rows = f"{digest_files([options.roster])} {digest_of(self.wanted)}"
        self.listener(Progress("setting"))
        prepared, problems = prepare(
            store, self.read.roster, self.wanted, catalogue, self.theme, order, chosen_rows
        )
        sound(problems)
        assert prepared is not None
        self._hear(prepared, scheduler.Progress(cards_left=prepared.cards), prepared.faults)
        if len(prepared.jobs) == 1 and not options.cluster:
            executor = InlineExecutor()
        press = open_slip_press if options.is_slips else open_press
        summary = print_run(
            prepared.run,
            partial(press, order, store),
            prepared.jobs,
            executor,
            partial(self._hear, prepared),
        )
        self._keep(store, summary)
        sent = self._send() if options.households and not options.is_dry_run else ()
        return self._result(store, prepared, summary, sent)

    def _hear(
        self, prepared: Prepared, far: scheduler.Progress, faults: Sequence[Problem] = ()
    ) -> None:
        cards = prepared.cards
        self.listener(
            Progress(
                "printing",
                cards - far.cards_left,
                cards,
                far.done + far.failed,
                len(prepared.jobs),
                tuple(faults),
            )
        )

    def _keep(self, store: Store, summary: Summary) -> None:
        """Write errors.xlsx and readback.json beside the manifest."""
        faults = [*self.read.problems, *summary.problems]
        if faults:
            with store.filling("run/errors.xlsx", private=True) as file:
                write_errors(file, faults, self.read.notes.values, self.translate)
        found = Readback(summary.checked, 0, _differences(summary)).to_dict()
        text = json.dumps(found, indent=1, ensure_ascii=False).encode() + b"\n"
        store.write([("run/readback.json", text)])

    def _send(self) -> tuple[SentCard, ...]:
        """The named households' cards as tagged files to send; those with a fault are left out."""
        order = self.order
        rows, homes = picked(self.read.roster, self.options.households)
        fonts = Fonts.open(order.fonts, self.theme.fonts)
        maker = CardMaker(self.source.catalogue, order, self.theme, fonts)
        folder = Path(self.options.out) / order.edition / "send"
        folder.mkdir(parents=True, exist_ok=True)
        sent = []
        for home, card in zip(homes, maker.cards(rows, homes), strict=True):
            if card.piece is None:
                continue
            file = folder / f"card-{format_code(card.code)}.pdf"
            pdf.write(card.piece, maker.fonts, file, tagged=True)
            pages = len(card.piece.pages)
            sent.append(SentCard(file, home.household_id, card.policies, pages))
        return tuple(sent)

    def _files(self, folder: Path) -> list[Path]:
        """What a person opens first: the packs of the first villages, and the lists of what is to
        be put right; none in a dry run or where the store is no folder of this computer.
        """
        if self.options.is_dry_run or not folder.is_dir():
            return []
        lists = [folder / "run" / "errors.xlsx", folder / OVERVIEW]
        packs = sorted(folder.glob("*/*/*.pdf"))[:FIRST_FILES]
        return [*packs, *(each for each in lists if each.is_file())]

    def _result(
        self,
        store: Store,
        prepared: Prepared,
        summary: Summary,
        sent: tuple[SentCard, ...],
    ) -> PrintedRun:
        options, order, read = self.options, self.order, self.read
        if summary.done and not summary.failed and not summary.left:
            remove_plan(store)
        folder, found = Path(store.place), list[Problem]()
        count = summary.pages if options.is_slips else 0
        if not options.is_slips and folder.is_dir() and not summary.is_interrupted:
            cards, found = read_cards(folder)
            if cards is not None:
                # a test sheet in each pack
                count = sheets(cards, options.sheet.form) + summary.done
        if options.writes_csv and not (options.is_dry_run or options.is_slips):
            write_csv_twins(folder)
        price, hours = paper(count, self.source.catalogue.settings)
        is_listed = prepared.unsettled and not options.is_dry_run
        problems = (
            *self.source.only_now,
            *read.problems,
            *self.gone,
            *prepared.faults,
            *summary.problems,
            *found,
        )
        named_only = bool(options.households) and not options.is_slips
        return PrintedRun(
            problems=tuple(dict.fromkeys(problems)),
            hidden_warnings=len(self.source.warnings),
            files=(*(each.file for each in sent), *self._files(folder)),
            edition=order.edition,
            as_of=order.day,
            published=order.is_published,
            folder="" if options.is_dry_run else store.place,
            slips=options.is_slips,
            cards=summary.cards,
            pages=summary.pages,
            sheets=count,
            price=price,
            hours=float(hours),
            villages=summary.done,
            villages_left=summary.left,
            interrupted=summary.is_interrupted,
            unsettled=prepared.unsettled,
            unsettled_file=f"{store.place}/{OVERVIEW}" if is_listed else "",
            without_card=tuple(summary.households),
            read_back=summary.checked,
            differences=len(_differences(summary)),
            sent=sent,
            notes=read.notes,
            is_whole=not summary.is_interrupted
            and summary.is_whole
            and (named_only or not has_errors(read.problems)),
        )


def _differences(summary: Summary) -> tuple[Problem, ...]:
    return tuple(each for each in summary.problems if each.code in READBACK)
