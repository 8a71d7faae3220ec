"""Commands about standards: what holds, what held, new values one by one or from a workbook."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report, standardnotes
from policycards.cli.messages import _
from policycards.problems import Place, has_errors, problem

if TYPE_CHECKING:
    from policycards.catalogue.editing import Opened
    from policycards.catalogue.entries import Entry
    from policycards.catalogue.journal import NewFile
    from policycards.problems import Problem

standards = typer.Typer(
    name="standards",
    help=_("Standards: what holds, what held, and new values, one by one or from a workbook."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help=_("Standards in force on this day; default: today.")),
]
Id = Annotated[str, typer.Argument(metavar="ID", help=_("POLICY/STANDARD, or the policy if it has only one."))]
From = Annotated[str, typer.Option("--from", metavar="DATE", help=_("Since when: 2026, 2026-07 or 2026-07-01."))]
Amount = Annotated[str, typer.Option("--amount", metavar="A", help=_("The figure alone, such as 7.50."))]
Title = Annotated[str, typer.Option("--source", metavar="TITLE", help=_("Title of the notice."))]
Published = Annotated[str, typer.Option("--published", metavar="DATE", help=_("Date of the notice."))]
Number = Annotated[str, typer.Option("--number", help=_("Number of the notice."))]
Issuer = Annotated[str, typer.Option("--issuer", help=_("Who issued the notice."))]
Url = Annotated[str, typer.Option("--url", help=_("Its own address, not a copy's."))]
Missing = Annotated[str, typer.Option("--missing", help=_("Why date, number or address of the notice is not given."))]
Confirmed = Annotated[str, typer.Option("--confirmed-by", metavar="NAME", help=_("Who compared it with the notice."))]
Area = Annotated[str, typer.Option("--area", metavar="CODE", help=_("Only in this area."))]
Note = Annotated[str, typer.Option("--note", help=_("A remark that is not printed."))]
Confirm = Annotated[bool, typer.Option("--confirm", help=_("A large jump or an odd date is right."))]


@standards.command("list", help=_("List every standard with the value in force."))
def list_(as_of: AsOf = None, policies: Policies = Path("policies")) -> None:
    day = as_of.date() if as_of else date.today()
    for line in standardnotes.in_force(_opened(policies).catalogue, day):
        report.say(line)


@standards.command(help=_("Tell all values that a standard ever had, with their notices."))
def history(standard: Id, policies: Policies = Path("policies")) -> None:
    from policycards.catalogue.amendments import find_standard

    catalogue = _opened(policies).catalogue
    entry = _entry("history", {"policy": ("ID", standard)})
    found = find_standard(entry, catalogue)
    if found is None:
        report.wrong_use(entry.problems[0])
    for line in standardnotes.history(catalogue, *found, date.today()):
        report.say(line)


@standards.command("set", help=_("Add a new value to a standard."))
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
    confirmed: Confirmed = "",
    area: Area = "",
    note: Note = "",
    confirm: Confirm = False,
    policies: Policies = Path("policies"),
) -> None:
    told = _notice(standard, since, title, published, number, issuer, url, missing, confirmed, area, note)
    _write(policies, _entry("set", {**told, "amount": ("--amount", amount)}), confirm)


@standards.command(help=_("Say that a standard has ended."))
def end(
    standard: Id,
    since: From,
    title: Title = "",
    published: Published = "",
    number: Number = "",
    issuer: Issuer = "",
    url: Url = "",
    missing: Missing = "",
    confirmed: Confirmed = "",
    area: Area = "",
    note: Note = "",
    confirm: Confirm = False,
    policies: Policies = Path("policies"),
) -> None:
    told = _notice(standard, since, title, published, number, issuer, url, missing, confirmed, area, note)
    _write(policies, _entry("end", {**told, "amount": ("--amount", "ended")}), confirm)


@standards.command(
    help=_("Correct a value: a new entry of the same date, which says what was wrong; the old one stays.")
)
def correct(
    standard: Id,
    since: From,
    amount: Amount,
    why: Annotated[str, typer.Option("--why", help=_("What was wrong."))],
    title: Title = "",
    published: Published = "",
    number: Number = "",
    issuer: Issuer = "",
    url: Url = "",
    missing: Missing = "",
    confirmed: Confirmed = "",
    area: Area = "",
    note: Note = "",
    confirm: Confirm = False,
    policies: Policies = Path("policies"),
) -> None:
    told = _notice(standard, since, title, published, number, issuer, url, missing, confirmed, area, note)
    _write(policies, _entry("correct", {**told, "amount": ("--amount", amount), "corrects": ("--why", why)}), confirm)


@standards.command(help=_("Make a workbook of all standards for an office to fill in what is new."))
def export(
    file: Annotated[Path, typer.Argument(help=_("The workbook."))] = Path("standards.xlsx"),
    as_of: AsOf = None,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.workbooks.standardsheet import write_standards

    catalogue = _opened(policies).catalogue
    count = write_standards(catalogue, as_of.date() if as_of else date.today(), file)
    report.say(_("{file}: {count} standards; fill in the yellow cells, then import it.").format(file=file, count=count))


@standards.command(
    "import", help=_("Read a workbook or CSV of new values and show what would change; with --apply, do it.")
)
def import_(
    file: Annotated[Path, typer.Argument(help=_("The workbook, or a CSV with the same headings."))],
    apply: Annotated[bool, typer.Option("--apply", help=_("Write the changes: all of them, or none."))] = False,
    confirm: Annotated[
        list[str] | None, typer.Option(metavar="ID", help=_("A large jump or odd date that is right; may be repeated."))
    ] = None,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.workbooks.standardreading import read_standards

    opened = _opened(policies)
    entries, form, problems = read_standards(file)
    changed = _change(opened, entries, form, problems, frozenset(confirm or ()), apply=apply)
    if changed and not apply:
        report.say(_("Nothing was written. To do it: {command}").format(command=_again(file, confirm, policies)))


def _again(file: Path, confirm: list[str] | None, policies: Path) -> str:
    confirmed = "".join(f" --confirm {each}" for each in confirm or ())
    where = "" if policies == Path("policies") else f' --policies "{policies}"'
    return f'policycards standards import "{file}"{confirmed}{where} --apply'


def _opened(policies: Path) -> Opened:
    """The catalogue to be read or changed; exits 1 where it has errors, since a faulty policy would be missing."""
    from policycards.catalogue.editing import open_catalogue

    opened, problems = open_catalogue(policies)
    report.tell(each for each in problems if each.code.startswith(("W8", "E")))
    if opened is None or has_errors(problems):
        report.say(_("Nothing was changed: correct the errors above first."))
        raise SystemExit(1)
    return opened


def _notice(
    standard: str, since: str, title: str, published: str, number: str, issuer: str, url: str, missing: str,
    confirmed: str, area: str, note: str,
) -> dict[str, tuple[str, str]]:  # fmt: skip
    """What all changes of one value have: by field, the option and what it says."""
    return {
        "policy": ("ID", standard),
        "from": ("--from", since),
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


def _entry(command: str, told: dict[str, tuple[str, str]]) -> Entry:
    from policycards.catalogue.entries import Cell, Entry

    place = Place(f"policycards standards {command}")
    return Entry(place, {field: Cell(text, place, option) for field, (option, text) in told.items()})


def _write(policies: Path, entry: Entry, confirm: bool) -> None:
    """One value, written at once."""
    from policycards.catalogue.amendments import find_standard, standard_id

    opened = _opened(policies)
    found = find_standard(entry, opened.catalogue)
    if found is None:
        report.wrong_use(entry.problems[0])
    confirmed = {standard_id(found[0], found[0].standards[found[1]])} if confirm else set[str]()
    _change(opened, [entry], None, [], frozenset(confirmed), apply=True)


def _change(
    opened: Opened, entries: list[Entry], form: Entry | None, problems: list[Problem], confirmed: frozenset[str], *,
    apply: bool,
) -> bool:  # fmt: skip
    """Shows what entries and a form change, if anything, and writes it if told to; exits 1 where anything is wrong."""
    from policycards.catalogue import editing
    from policycards.catalogue.amendments import read_amendments
    from policycards.catalogue.drafting import draft_policy

    _known_ids(opened, confirmed)
    today = date.today()
    amendments, found = read_amendments(entries, opened.catalogue, today, confirmed)
    problems = [*problems, *found]
    draft = draft_policy(form, opened.catalogue, today) if form else None
    problems += form.problems if form else []
    files, faults = ([], []) if has_errors(problems) else editing.proposed(
        opened, amendments, dict([draft] if draft else []), today
    )  # fmt: skip
    report.tell([*problems, *faults])
    for line in standardnotes.changes(opened.catalogue, amendments, draft):
        report.say(line)
    if has_errors([*problems, *faults]):
        report.say(_("Nothing was changed: correct the errors above first."))
        raise SystemExit(1)
    if apply:
        _apply(opened, files)
    return bool(files)


def _known_ids(opened: Opened, confirmed: frozenset[str]) -> None:
    from policycards.catalogue.amendments import standard_id
    from policycards.catalogue.form import nearest

    known = [standard_id(policy, each) for policy in opened.catalogue.policies for each in policy.standards]
    for told in sorted(confirmed - set(known)):
        place = Place("policycards standards import")
        report.wrong_use(problem("E903", place, option="--confirm", value=told, known=nearest(told, known)))


def _apply(opened: Opened, files: list[NewFile]) -> None:
    from policycards.catalogue import editing

    problems = editing.apply(opened, files)
    report.tell(problems)
    if has_errors(problems):
        raise SystemExit(1)
    for file in files:
        report.say(_("{file}: written.").format(file=opened.folder / file.name))
