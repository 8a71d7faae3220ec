"""Commands about standards: what holds, what held, new values one by one or from a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options
from policycards.cli.messages import _, in_language
from policycards.cli.options import CHANGED, Commands
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.services import standards
from policycards.services.standards import Figure, History, StandardLine, StandardsChange

commands = Commands(refused=CHANGED)

Id = Annotated[
    str, typer.Argument(metavar="ID", help=N_("POLICY/STANDARD, or the policy if it has only one."))
]
From = Annotated[
    str, typer.Option("--from", metavar="DATE", help=N_("Since when: 2026, 2026-07 or 2026-07-01."))
]
Amount = Annotated[
    str, typer.Option("--amount", metavar="A", help=N_("The figure alone, such as 7.50."))
]
Area = Annotated[str, typer.Option("--area", metavar="CODE", help=N_("Only in this area."))]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Prove and show the change, write nothing."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOptions:
    """What every change of a value has: the notice, where it holds, and how it is written."""

    title: Annotated[
        str, typer.Option("--source", metavar="TITLE", help=N_("Title of the notice."))
    ] = ""
    published: Annotated[
        str, typer.Option("--published", metavar="DATE", help=N_("Date of the notice."))
    ] = ""
    number: Annotated[str, typer.Option("--number", help=N_("Number of the notice."))] = ""
    issuer: Annotated[str, typer.Option("--issuer", help=N_("Who issued the notice."))] = ""
    url: Annotated[str, typer.Option("--url", help=N_("Its own address, not a copy's."))] = ""
    missing: Annotated[
        str,
        typer.Option(
            "--missing", help=N_("Why date, number or address of the notice is not given.")
        ),
    ] = ""
    confirmed: Annotated[
        str,
        typer.Option("--confirmed-by", metavar="NAME", help=N_("Who compared it with the notice.")),
    ] = ""
    area: Area = ""
    note: Annotated[str, typer.Option("--note", help=N_("A remark that is not printed."))] = ""
    confirm: Annotated[
        bool, typer.Option("--confirm", help=N_("A large jump or an odd date is right."))
    ] = False
    dry_run: DryRun = False
    policies: options.Policies = Path("policies")

    def write(self, act: str, standard: str, since: str, amount: str, why: str = "") -> Answer:
        """Bring in a value that ``act`` (set, end, correct) says; cells know their options."""
        cells = {
            "policy": ("ID", standard),
            "from": ("--from", since),
            "amount": ("--amount", amount),
            **({"corrects": ("--why", why)} if act == "correct" else {}),
            "title": ("--source", self.title),
            "published": ("--published", self.published),
            "number": ("--number", self.number),
            "issuer": ("--issuer", self.issuer),
            "url": ("--url", self.url),
            "missing": ("--missing", self.missing),
            "confirmed": ("--confirmed-by", self.confirmed),
            "area": ("--area", self.area),
            "note": ("--note", self.note),
        }
        change = standards.set_standard(
            self.policies, act, cells, confirmed=self.confirm, dry_run=self.dry_run
        )
        return answer_change(change, dry_run=self.dry_run)


@commands.add("list", N_("List every standard with the value in force."))
def list_(as_of: options.AsOf = None, policies: options.Policies = Path("policies")) -> Answer:
    found = standards.list_standards(policies, options.day_of(as_of) or date.today())
    return Answer(found, (line for each in found.standards for line in _in_force(each)))


def _in_force(line: StandardLine) -> Iterator[str]:
    area, name = f" ({line.area})" if line.area else "", _name(line.name, line.label)
    what = _("no value in force")
    if line.holds:
        what = _("{figure}, since {since}").format(
            figure=figure_text(line.holds), since=line.holds.since
        )
    yield f"{line.id}{area} {name}: {what}"
    for each in line.to_come:
        yield "    " + _("from {since}: {figure}").format(
            since=each.since, figure=figure_text(each)
        )


@commands.add("history", N_("Tell all values that a standard ever had, with their notices."))
def history(standard: Id, policies: options.Policies = Path("policies")) -> Answer:
    found = standards.read_history(policies, standard)
    return Answer(found, _history(found))


def _history(found: History) -> Iterator[str]:
    words = {
        "in force": _("in force"),
        "corrected later": _("corrected later"),
        "late": _("late"),
    }
    yield f"{found.id} {_name(found.name, found.label)}"
    for each in found.entries:
        area = f" ({each.area})" if each.area else ""
        marks = "".join(f" [{words[mark]}]" for mark in each.marks)
        yield f"{each.figure.since}{area}: {figure_text(each.figure)}{marks}"
        yield "    " + _("recorded {recorded}, published {published}: {notice}").format(
            recorded=each.recorded, published=each.published or "–", notice=each.notice or "–"
        )
        if each.figure.corrects:
            yield "    " + _("corrects {what}").format(what=each.figure.corrects)


@commands.add("set", N_("Add a new value to a standard."))
def set_(standard: Id, since: From, amount: Amount, change: ChangeOptions) -> Answer:
    return change.write("set", standard, since, amount)


@commands.add("end", N_("Say that a standard has ended."))
def end(standard: Id, since: From, change: ChangeOptions) -> Answer:
    return change.write("end", standard, since, "ended")


@commands.add(
    "correct",
    N_(
        "Correct a value: a new entry of the same date, which says what was wrong; the old one"
        " stays."
    ),
)
def correct(
    standard: Id,
    since: From,
    amount: Amount,
    why: Annotated[str, typer.Option("--why", help=N_("What was wrong."))],
    change: ChangeOptions,
) -> Answer:
    return change.write("correct", standard, since, amount, why)


@commands.add(
    "verify",
    N_(
        "Say that standards were looked up today and still hold: records the day, changes no value."
    ),
)
def verify(
    standard: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help=N_("POLICY/STANDARD, or the policy if it has only one.")
        ),
    ],
    area: Area = "",
    dry_run: DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    change = standards.verify_standards(policies, standard, area, dry_run=dry_run)
    return answer_change(change, dry_run=dry_run)


@commands.add(
    "export", N_("Make a workbook of all standards for an office to fill in what is new.")
)
def export(
    file: Annotated[Path, typer.Argument(help=N_("The workbook."))] = Path("standards.xlsx"),
    as_of: options.AsOf = None,
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = standards.export_standards(policies, file, options.day_of(as_of) or date.today())
    done = _("{file}: {count} standards; fill in the yellow cells, then import it.")
    return Answer(found, [done.format(file=file, count=found.standards)])


@commands.add(
    "import",
    N_("Read a workbook or CSV of new values and show what would change; with --apply, do it."),
)
def import_(
    file: Annotated[
        Path, typer.Argument(help=N_("The workbook, or a CSV with the same headings."))
    ],
    apply: options.Apply = False,
    confirm: options.Confirmed = None,
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = standards.import_standards(policies, file, confirm or (), dry_run=not apply)
    if found.new_files and found.is_ok and not apply:
        confirmed = "".join(f" --confirm {each}" for each in confirm or ())
        where = "" if policies == Path("policies") else f' --policies "{policies}"'
        again = f'policycards standards import "{file}"{confirmed}{where} --apply'
        do_it = _("Nothing was written. To do it: {command}").format(command=again)
        return Answer(found, [*_change_lines(found), do_it])
    return answer_change(found, dry_run=False)


@commands.add(
    "examples",
    N_(
        "Show the examples whose figures the new values make wrong; with --apply, bring them to"
        " what comes out."
    ),
)
def examples(
    apply: Annotated[
        bool, typer.Option("--apply", help=N_("Write the figures that come out."))
    ] = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    found = standards.update_examples(policies, dry_run=not apply)
    lines = [_("Examples that come out otherwise: {count}.").format(count=found.odd)]
    lines += [_("{file}: written.").format(file=each) for each in found.files]
    return Answer(found, lines, code=1 if found.problems and not apply else None)


def answer_change(change: StandardsChange, *, dry_run: bool) -> Answer:
    """A change in words: the lines of files where nothing is written, the files where it is."""
    return Answer(change, _changed_lines(change, dry_run=dry_run))


def _changed_lines(change: StandardsChange, *, dry_run: bool) -> Iterator[str]:
    yield from _change_lines(change)
    if not change.is_ok:
        yield _(CHANGED)
    elif dry_run:
        for file in change.new_files:
            yield str(change.folder / file.name)
            yield from (f"    {line}" for line in standards.changed_lines(file))
        yield _("Nothing was written: this was a trial.")
    for written in change.files:
        yield _("{file}: written.").format(file=written)


def _change_lines(change: StandardsChange) -> Iterator[str]:
    """Old to new, one line a standard, then the new policy, then how many there are."""
    for looked_up in change.looked_up:
        yield _("{id} {name}: holds unchanged, looked up on {day}").format(
            id=looked_up.id, name=_name(looked_up.name, looked_up.label), day=date.today()
        )
    if change.looked_up:
        return
    for each in change.changes:
        yield _("{id} {name}: {old} → {new}, from {since}").format(
            id=each.id + (f" ({each.area})" if each.area else ""),
            name=_name(each.name, each.label),
            old=figure_text(each.old),
            new=figure_text(each.new),
            since=each.new.since,
        )
        if each.new.corrects:
            yield "    " + _("corrects {what}").format(what=each.new.corrects)
    if change.new_policy:
        yield _("{file}: a new policy; its texts are drafts until they are reviewed").format(
            file=change.new_policy
        )
    yield _("Changes: {count}, new policies: {new}.").format(
        count=len(change.changes), new=1 if change.new_policy else 0
    )


def figure_text(figure: Figure | None) -> str:
    """A value in words: with its unit, or why there is no amount."""
    if figure is None:
        return _("nothing")
    if figure.amount is None:
        words = {
            "ended": _("ended"),
            "expected": _("expected, amount not known yet"),
            None: _("without an amount"),
        }
        return words[figure.status]
    if figure.unit is None:
        return f"{figure.amount:f}"
    return in_language(**figure.unit).format(n=f"{figure.amount:f}")


def _name(name: dict[str, str], label: dict[str, str] | None) -> str:
    return in_language(**name) + (f" · {in_language(**label)}" if label else "")
