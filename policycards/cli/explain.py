"""Commands about what households are entitled to: why one has what it has, and what a list pays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policycards.catalogue import Text
from policycards.cli import options
from policycards.cli.messages import _, can_print
from policycards.cli.options import Commands
from policycards.cli.output import SHOWN, Answer, question_lines
from policycards.core.codes.kind import N_
from policycards.services.explain import Explanation
from policycards.services.explain import explain as explain_household
from policycards.services.payments import ComparedPayments, compare

commands = Commands()


@commands.add(
    "explain", N_("Explain to one household, policy by policy, what it is entitled to and why.")
)
def explain(
    roster: options.Roster,
    household: Annotated[
        str, typer.Argument(help=N_("Id of the household, or the name of its head."))
    ],
    as_of: options.AsOf = None,
    out: options.Print = None,
    map_: options.Maps = None,
    key_file: options.CountyKey = None,
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    found = explain_household(
        roster,
        household,
        policies,
        fonts,
        day=options.day_of(as_of) or date.today(),
        mapping=map_ or (),
        key_file=key_file,
        out=out,
    )
    return Answer(found, _lines(found))


def _lines(found: Explanation) -> Iterator[str]:
    for name in found.names:
        yield from _both(name)
    for each in found.reasons:
        yield ""
        yield from _both(each.title)
        for line in each.lines:
            yield from _both(line, "    ")
    for file in found.files:
        yield ""
        yield _("{file}: {pages} pages.").format(file=file, pages=found.pages)


def _both(text: Text, indent: str = "") -> Iterator[str]:
    """Both languages, one line each; Chinese alone on a console that has no Tibetan."""
    for side in dict.fromkeys((text.bo, text.zh)):
        if side == text.zh or can_print(side):
            yield indent + side


@commands.add(
    "compare",
    N_(
        "Compare what cards promise for a policy with what a department's list pays: a workbook and"
        " half a page to print."
    ),
    refused=N_("Nothing was written: correct the errors above first."),
)
def compare_payments(
    roster: options.Roster,
    payments: Annotated[Path, typer.Argument(help=N_("The department's list of payments."))],
    policy: Annotated[str, typer.Option("--policy", help=N_("Id of the policy."))],
    as_of: options.AsOf = None,
    map_: options.Maps = None,
    answer: options.Answers = None,
    key_file: options.CountyKey = None,
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    found = compare(
        roster,
        payments,
        policy,
        policies,
        fonts,
        out,
        day=options.day_of(as_of) or date.today(),
        mapping=map_ or (),
        answers=answer or (),
        key_file=key_file,
    )
    return Answer(found, _compared_lines(found), SHOWN, 0)


REASONS = {
    "quantity": N_("the list has another area or quantity"),
    "standard": N_("the list has another standard"),
    "amount": N_("the list has another amount"),
    "product": N_("area at its standard is not the amount"),
    "twice": N_("more than one row on the list"),
    "not_listed": N_("on the card and not on the list"),
    "not_entitled": N_("on the list and not entitled"),
    "not_known": N_("the card cannot tell"),
    "not_printed": N_("no card, for faults in the roster"),
    "not_clear": N_("not clear which household it is"),
    "not_in_roster": N_("not in the roster"),
}


def _compared_lines(found: ComparedPayments) -> Iterator[str]:
    comparison = found.comparison
    yield _("{rows} rows of the list, {fitting} matched, {others} not.").format(
        rows=comparison.rows,
        fitting=comparison.fitting,
        others=comparison.rows - comparison.fitting,
    )
    for reason, count in comparison.counts().items():
        yield _("{count} households: {reason} ({difference} yuan)").format(
            count=count,
            reason=_(REASONS[reason]),
            difference=f"{comparison.difference_of(reason):+,.2f}",
        )
    if comparison.has_amounts:
        yield _(
            "Cards promise {promised} yuan, the list pays {paid} yuan: {difference} yuan more or"
            " less."
        ).format(
            promised=f"{found.promised:,.2f}",
            paid=f"{found.paid:,.2f}",
            difference=f"{found.paid - found.promised:+,.2f}",
        )
    yield from question_lines(comparison.questions)
    differing = len(comparison.differing)
    yield _("{differing} of {households} households differ.").format(
        differing=differing, households=len(comparison.lines)
    )
    yield ", ".join(map(str, found.files))
