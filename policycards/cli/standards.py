"""Commands about standards: what holds, what held, new values one by one or from a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options
from policycards.cli.commands import CHANGED, Commands
from policycards.cli.messages import _, in_language
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
Title = Annotated[str, typer.Option("--source", metavar="TITLE", help=N_("Title of the notice."))]
Published = Annotated[
    str, typer.Option("--published", metavar="DATE", help=N_("Date of the notice."))
]
Number = Annotated[str, typer.Option("--number", help=N_("Number of the notice."))]
Issuer = Annotated[str, typer.Option("--issuer", help=N_("Who issued the notice."))]
Url = Annotated[str, typer.Option("--url", help=N_("Its own address, not a copy's."))]
Missing = Annotated[
    str,
    typer.Option("--missing", help=N_("Why date, number or address of the notice is not given.")),
]
ConfirmedBy = Annotated[
    str, typer.Option("--confirmed-by", metavar="NAME", help=N_("Who compared it with the notice."))
]
Area = Annotated[str, typer.Option("--area", metavar="CODE", help=N_("Only in this area."))]
Note = Annotated[str, typer.Option("--note", help=N_("A remark that is not printed."))]
Confirm = Annotated[
    bool, typer.Option("--confirm", help=N_("A large jump or an odd date is right."))
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Prove and show the change, write nothing."))
]


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
def set_(
    standard: Id,
    since: From,
    amount: Amount,
    title: Title = "",
    published: Published = "",
    number: Number = "",
    issuer: Issuer = "",
    url: Url = "",
    missing: Missing = "",
    confirmed: ConfirmedBy = "",
    area: Area = "",
    note: Note = "",
    confirm: Confirm = False,
    dry_run: DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    notice = _notice(title, published, number, issuer, url, missing, confirmed, area, note)
    value = {
        "policy": ("ID", standard),
        "from": ("--from", since),
        "amount": ("--amount", amount),
    }
    change = standards.set_standard(
        policies, "set", value | notice, confirmed=confirm, dry_run=dry_run
    )
    return answer_change(change, dry_run=dry_run)


@commands.add("end", N_("Say that a standard has ended."))
def end(
    standard: Id,
    since: From,
    title: Title = "",
    published: Published = "",
    number: Number = "",
    issuer: Issuer = "",
    url: Url = "",
    missing: Missing = "",
    confirmed: ConfirmedBy = "",
    area: Area = "",
    note: Note = "",
    confirm: Confirm = False,
    dry_run: DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    notice = _notice(title, published, number, issuer, url, missing, confirmed, area, note)
    value = {
        "policy": ("ID", standard),
        "from": ("--from", since),
        "amount": ("--amount", "ended"),
    }
    change = standards.set_standard(
        policies, "end", value | notice, confirmed=confirm, dry_run=dry_run
    )
    return answer_change(change, dry_run=dry_run)


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
    title: Title = "",
    published: Published = "",
    number: Number = "",
    issuer: Issuer = "",
    url: Url = "",
    missing: Missing = "",
    confirmed: ConfirmedBy = "",
    area: Area = "",
    note: Note = "",
    confirm: Confirm = False,
    dry_run: DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    notice = _notice(title, published, number, issuer, url, missing, confirmed, area, note)
    value = {
        "policy": ("ID", standard),
        "from": ("--from", since),
        "amount": ("--amount", amount),
        "corrects": ("--why", why),
    }
    change = standards.set_standard(
        policies, "correct", value | notice, confirmed=confirm, dry_run=dry_run
    )
    return answer_change(change, dry_run=dry_run)


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


def _notice(
    title: str,
    published: str,
    number: str,
    issuer: str,
    url: str,
    missing: str,
    confirmed: str,
    area: str,
    note: str,
) -> dict[str, tuple[str, str]]:
    """What every change of a value has: by field, the option and what it says."""
    return {
        "title": ("--source", title),
        "published": ("--published", published),
        "number": ("--number", number),
        "issuer": ("--issuer", issuer),
        "url": ("--url", url),
        "missing": ("--missing", missing),
        "confirmed": ("--confirmed-by", confirmed),
        "area": ("--area", area),
        "note": ("--note", note),
    }


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
