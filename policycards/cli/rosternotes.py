"""How a list was read, for the clerk: which columns, what was left out, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.problems import Problem, Severity

if TYPE_CHECKING:
    from policycards.households.roster.findings import Notes

SHOWN = 20
"""Problems told on the screen; all of them are in errors.xlsx."""


def tell_notes(notes: Notes) -> None:
    """What was done with a list that is no fault."""
    if not notes.rows:
        return
    matched = ", ".join(f"{heading} = {name}" for heading, name in notes.matched.items())
    report.say(_("Columns: {matched}").format(matched=matched))
    if notes.personal:
        told = ", ".join(notes.personal)
        report.say(_("Dropped at once, never kept or printed: {columns}").format(columns=told))
    for count, text in (
        (notes.hidden, _("{count} hidden rows were left out.")),
        (notes.totals, _("{count} rows of sums, remarks or repeated headings were left out.")),
        (notes.merged, _("{count} cells of merged blocks were filled.")),
        (notes.derived, _("{count} household numbers were made from the heads' identity numbers.")),
    ):
        if count:
            report.say(text.format(count=count))
    report.say(
        _("{rows} rows, {households} households with a card, {left_out} left out.").format(
            rows=notes.rows, households=notes.households, left_out=len(notes.left_out)
        )
    )


def tell_problems(problems: Sequence[Problem]) -> None:
    """The first problems, errors before warnings, and how many of each kind there are."""
    ordered = sorted(problems, key=lambda each: each.severity is not Severity.ERROR)
    report.tell(ordered[:SHOWN])
    if len(ordered) > SHOWN:
        counts = ", ".join(
            f"{code} × {count}"
            for code, count in sorted(Counter(each.code for each in ordered).items())
        )
        report.say(_("In all: {counts}").format(counts=counts))
    report.say(report.summary(problems))
