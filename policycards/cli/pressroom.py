"""What a person sees of a run: its progress, what it comes to, and what to do next."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.files import atomic_write

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.core.problems import Problem
    from policycards.press.execution.scheduler import Progress
    from policycards.press.pack.village_pack import Order
    from policycards.press.run.prepare import Prepared
    from policycards.press.run.print_loop import Summary
    from policycards.press.storage.store import Store

SHOWN = 20


@contextmanager
def progress(villages: int, cards: int) -> Iterator[Callable[[Progress], None]]:
    """A bar of cards with the time left, where there is a terminal; for the desk a file; else now
    and then a line.
    """
    if kept := os.environ.get("POLICYCARDS_PROGRESS"):
        yield _Kept(Path(kept), villages, cards)
        return
    if not sys.stderr.isatty():
        yield _Lines(villages, cards)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(_("Cards"), total=cards)
        yield lambda told: bar.update(
            task,
            completed=cards - told.cards_left,
            description=_("{done} of {all} villages").format(
                done=told.done + told.failed, all=villages
            ),
        )


class _Kept:
    """A file that says how far a run is."""

    def __init__(self, file: Path, villages: int, cards: int) -> None:
        self.file, self.villages, self.cards = file, villages, cards

    def __call__(self, told: Progress) -> None:
        far = {
            "cards": self.cards - told.cards_left,
            "of": self.cards,
            "villages": told.done + told.failed,
            "of_villages": self.villages,
        }
        with suppress(
            PermissionError
        ):  # the desk is just reading it, which Windows minds; the next one tells it again
            atomic_write(self.file, json.dumps(far))


class _Lines:
    """A line for each tenth of a run."""

    def __init__(self, villages: int, cards: int) -> None:
        self.villages, self.cards, self._next = villages, cards, 0.1

    def __call__(self, told: Progress) -> None:
        done = self.cards - told.cards_left
        if self.villages > 10 and done >= self._next * self.cards:
            self._next = done / self.cards + 0.1
            text = _("{cards} of {all} cards, {villages} villages").format(
                cards=done, all=self.cards, villages=told.done + told.failed
            )
            print(text, file=sys.stderr)


def tell_early(faults: Sequence[Problem]) -> None:
    """What is wrong with the first cards of each kind, while there is time to stop."""
    if faults:
        report.tell(faults[:SHOWN])
        report.say(
            _(
                "This was found on the first cards; the run goes on with the others. Ctrl-C"
                " stops it."
            )
        )


def tell_problems(summary: Summary) -> None:
    """The first problems of a run; all are in errors.xlsx."""
    report.tell(summary.problems[:SHOWN])
    if len(summary.problems) > SHOWN:
        report.say(
            _("{count} more are in run/errors.xlsx.").format(count=len(summary.problems) - SHOWN)
        )


def run_facts(
    store: Store, prepared: Prepared, summary: Summary, order: Order, problems: Sequence[Problem]
) -> dict[str, object]:
    """What a run came to, for a program; ``problems`` are those of the list."""
    return {
        "edition": order.edition,
        "as_of": order.day.isoformat(),
        "published": order.is_published,
        "folder": "" if order.is_trial else store.place,
        "cards": summary.cards,
        "pages": summary.pages,
        "villages": summary.done,
        "villages_left": summary.left,
        "interrupted": summary.is_interrupted,
        "unsettled": prepared.unsettled,
        "without_card": list(summary.households),
        "read_back": summary.checked,
        "problems": [
            report.as_dict(each)
            for each in dict.fromkeys((*problems, *prepared.faults, *summary.problems))
        ],
    }


def tell_costs(sheets: int, summary: Summary, catalogue: Catalogue) -> dict[str, object]:
    """Paper, money and time; the same for a program."""
    from policycards.press.run.household_selection import paper

    sheets += summary.done  # a test sheet in each pack
    price, hours = paper(sheets, catalogue.settings)
    told = _(
        "{cards} cards, {pages} pages, {sheets} sheets, {villages} villages; {price} yuan, {hours}"
        " printer hours."
    )
    report.say(
        told.format(
            cards=summary.cards,
            pages=summary.pages,
            sheets=sheets,
            villages=summary.done,
            price=f"{price:,.2f}",
            hours=f"{hours:.1f}",
        )
    )
    return {"sheets": sheets, "price": f"{price:.2f}", "hours": f"{hours:.1f}"}


def tell_slips(store: Store, summary: Summary, order: Order) -> None:
    """What a run of slips has come to, and what the person does now."""
    told = _("Slips for {households} households on {sheets} sheets, {villages} villages.")
    report.say(told.format(households=summary.cards, sheets=summary.pages, villages=summary.done))
    if order.is_trial:
        report.say(_("This was a trial; nothing was written."))
        return
    told = _(
        "{folder}: slips.pdf and notice.pdf for each village. Print at actual size, cut at the"
        " marks, lay in order."
    )
    report.say(told.format(folder=store.place))


def tell_next(store: Store, summary: Summary, order: Order) -> None:
    """What the person does now."""
    if summary.households:
        report.say(
            _("No card for {count} households: {ids}").format(
                count=len(summary.households), ids=", ".join(summary.households[:SHOWN])
            )
        )
    if order.is_trial:
        report.say(_("This was a trial; nothing was written."))
        return
    told = _(
        "{folder}: a pack for each village. Print pages 1 and 2 of cards.pdf first, at actual size,"
        " and measure."
    )
    report.say(told.format(folder=store.place))
    report.say(
        _("{count} cards were read back from the finished files.").format(count=summary.checked)
    )
