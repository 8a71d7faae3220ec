"""Commands about rosters: check one, make an empty one, merge a department's list, make one up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import options
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import SHOWN, Answer, as_text, question_lines, summary
from policycards.core.codes.kind import N_
from policycards.services import rosters

if TYPE_CHECKING:
    from policycards.households.roster.findings import Notes

MOST_ROWS = 12
"""Rows of a kind that are named."""

commands = Commands(refused=N_("Nothing was written: correct the errors above first."))


@commands.add(
    "check",
    N_(
        "Check a list: what to correct, marked in a copy of it, and a clean copy of all that is"
        " sound."
    ),
)
def check(
    file: options.Roster,
    map_: options.Maps = None,
    save_map: Annotated[
        Path | None, typer.Option(help=N_("Write down which heading means what."))
    ] = None,
    answer: options.Answers = None,
    key_file: options.CountyKey = None,
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = rosters.check_roster(
        file,
        policies,
        out,
        _,
        mapping=map_ or (),
        answers=answer or (),
        save_map=save_map,
        key_file=key_file,
    )
    return Answer(found, _checked(found), 0)


def _checked(found: rosters.CheckedRoster) -> Iterator[str]:
    yield from note_lines(found.notes)
    yield from _group_lines(found)
    yield from question_lines(found.notes.questions)
    yield summary(found.problems)
    words = {
        "errors": _("{file}: every problem, with what to do."),
        "marked": _("{file}: your own list, with a column of what to correct."),
        "clean": _("{file}: a clean copy of all that is sound."),
    }
    for name, file in found.named.items():
        yield words[name].format(file=file)
    yield from map(str, found.files[len(found.named) :])


def _group_lines(found: rosters.CheckedRoster) -> Iterator[str]:
    """The problems by kind: the first with what to do, how many there are, what they cost, and the
    answer that mends them.
    """
    for each in found.groups:
        yield as_text(each.first[0])
        if each.count > 1:
            places = ", ".join(
                f"{one.place.line}:{one.place.column}" if one.place.column else str(one.place.line)
                for one in each.first
            )
            text = _("{count} times in all, first at {places}; all are in errors.xlsx.")
            yield f"    {text.format(count=each.count, places=places)}"
        if each.households:
            text = _("Keeps {households} households with {yuan} yuan a year from being printed.")
            yuan = found.yuan.get(each.code)
            shown = f"{yuan:,.2f}" if yuan is not None else "?"
            yield f"    {text.format(households=each.households, yuan=shown)}"


def _aside_line(notes: Notes) -> str:
    """The rows that are no people, by what they are."""
    kinds = {
        "sum": _("sums"),
        "signature": _("signatures"),
        "note": _("notes"),
        "headings": _("headings again"),
        "nothing": _("nothing but noughts"),
    }
    shown = [
        f"{kinds.get(kind, kind)}: {', '.join(rows[:MOST_ROWS])}{' …' if rows[MOST_ROWS:] else ''}"
        for kind, rows in notes.aside.items()
    ]
    return _("Rows that are no people: {rows}").format(rows="; ".join(shown))


def note_lines(notes: Notes) -> Iterator[str]:
    """What was done with a list that is no fault: its columns, what was left out."""
    if not notes.rows:
        return
    matched = ", ".join(f"{heading} = {name}" for heading, name in notes.matched.items())
    yield _("Columns: {matched}").format(matched=matched)
    if notes.personal:
        dropped = _("Dropped at once, never kept or printed: {columns}")
        yield dropped.format(columns=", ".join(notes.personal))
    for count, text in (
        (notes.hidden, _("{count} hidden rows were left out.")),
        (notes.totals, _("{count} rows of sums, remarks or repeated headings were left out.")),
        (notes.merged, _("{count} cells of merged blocks were filled.")),
        (notes.derived, _("{count} household numbers were made from the heads' identity numbers.")),
    ):
        if count:
            yield text.format(count=count)
    if notes.aside:
        yield _aside_line(notes)
    yield _("{rows} rows, {households} households with a card, {left_out} left out.").format(
        rows=notes.rows, households=notes.households, left_out=len(notes.left_out)
    )


@commands.add(
    "template",
    N_("Make an empty workbook with every column of the catalogue, choices to pick, and help."),
)
def template(
    out: Annotated[Path, typer.Option("--out", help=N_("The workbook."))] = Path(
        "output/roster.xlsx"
    ),
    policies: options.Policies = Path("policies"),
) -> Answer:
    return Answer(rosters.write_empty_roster(policies, out), [str(out)])


@commands.add("merge", N_("Add a department's list of people approved for a policy to a roster."))
def merge(
    file: Annotated[Path, typer.Argument(help=N_("The department's list, XLSX or CSV."))],
    policy: Annotated[str, typer.Option("--policy", help=N_("Id of the policy."))],
    to: Annotated[Path, typer.Option("--to", help=N_("The roster to which the list is added."))],
    map_: options.Maps = None,
    answer: options.Answers = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help=N_("The joined roster; default: beside the old one.")),
    ] = None,
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = rosters.merge_list(
        file, policy, to, policies, out, mapping=map_ or (), answers=answer or ()
    )
    return Answer(found, _merged_lines(found), SHOWN)


def _merged_lines(found: rosters.MergedRoster) -> Iterator[str]:
    yield _("{rows} rows of the list, {fitting} matched, {others} not.").format(
        rows=found.rows, fitting=found.fitting, others=found.rows - found.fitting
    )
    yield from question_lines(found.questions)
    yield summary(found.problems)
    yield _("{file}: the roster with the list in it, without numbers of persons.").format(
        file=found.files[0]
    )


@commands.add(
    "sample", N_("Make up a roster: people and figures that look right and are nobody's.")
)
def sample(
    villages: Annotated[int, typer.Option(min=1, max=7000, help=N_("How many villages."))] = 1,
    households: Annotated[
        int, typer.Option(min=1, max=2_000_000, help=N_("How many households in all."))
    ] = 40,
    seed: Annotated[int, typer.Option(help=N_("The same seed makes the same people."))] = 1,
    out: Annotated[Path, typer.Option("--out", help=N_("An XLSX, or a folder for CSVs."))] = Path(
        "output/sample.xlsx"
    ),
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = rosters.write_sample(policies, out, villages, households, seed)
    lines = [str(out)]
    if found.areas:
        fewer = _("The catalogue has fewer villages; for this sample put {file} in its place.")
        lines.append(fewer.format(file=found.areas))
    return Answer(found, lines)
