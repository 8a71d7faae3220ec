"""Commands about standards: what holds, what held, new values one by one or from a workbook."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _

standards = typer.Typer(
    name="standards",
    help=_("Standards: what holds, what held, and new values, one by one or from a workbook."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help=_("Standards in force on this day; default: today."),
    ),
]
Id = Annotated[
    str, typer.Argument(metavar="ID", help=_("POLICY/STANDARD, or the policy if it has only one."))
]
From = Annotated[
    str, typer.Option("--from", metavar="DATE", help=_("Since when: 2026, 2026-07 or 2026-07-01."))
]
Amount = Annotated[
    str, typer.Option("--amount", metavar="A", help=_("The figure alone, such as 7.50."))
]
Title = Annotated[str, typer.Option("--source", metavar="TITLE", help=_("Title of the notice."))]
Published = Annotated[
    str, typer.Option("--published", metavar="DATE", help=_("Date of the notice."))
]
Number = Annotated[str, typer.Option("--number", help=_("Number of the notice."))]
Issuer = Annotated[str, typer.Option("--issuer", help=_("Who issued the notice."))]
Url = Annotated[str, typer.Option("--url", help=_("Its own address, not a copy's."))]
Missing = Annotated[
    str,
    typer.Option("--missing", help=_("Why date, number or address of the notice is not given.")),
]
Confirmed = Annotated[
    str, typer.Option("--confirmed-by", metavar="NAME", help=_("Who compared it with the notice."))
]
Area = Annotated[str, typer.Option("--area", metavar="CODE", help=_("Only in this area."))]
Note = Annotated[str, typer.Option("--note", help=_("A remark that is not printed."))]
Confirm = Annotated[
    bool, typer.Option("--confirm", help=_("A large jump or an odd date is right."))
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Prove and show the change, write nothing."))
]
Form = Annotated[report.Told, typer.Option("--format", help=_("text or json."))]


@standards.command("list", help=_("List every standard with the value in force."))
def list_(as_of: AsOf = None, policies: Policies = Path("policies")) -> None:
    from policycards.cli import standardnotes
    from policycards.cli.standardchanges import open_policies

    day = as_of.date() if as_of else date.today()
    for line in standardnotes.in_force(open_policies(policies).catalogue, day):
        report.say(line)


@standards.command(help=_("Tell all values that a standard ever had, with their notices."))
def history(standard: Id, policies: Policies = Path("policies")) -> None:
    from policycards.cli import standardnotes
    from policycards.cli.standardchanges import entry_of, open_policies, standard_of

    catalogue = open_policies(policies).catalogue
    found = standard_of(entry_of("history", {"policy": ("ID", standard)}), catalogue)
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
    dry_run: DryRun = False,
    form: Form = report.Told.TEXT,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.standardchanges import entry_of, write
    from policycards.cli.standardresults import ChangeOptions

    told = _notice(
        standard, since, title, published, number, issuer, url, missing, confirmed, area, note
    )
    entry = entry_of("set", {**told, "amount": ("--amount", amount)})
    write(policies, entry, confirm, ChangeOptions(not dry_run, form))


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
    dry_run: DryRun = False,
    form: Form = report.Told.TEXT,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.standardchanges import entry_of, write
    from policycards.cli.standardresults import ChangeOptions

    told = _notice(
        standard, since, title, published, number, issuer, url, missing, confirmed, area, note
    )
    entry = entry_of("end", {**told, "amount": ("--amount", "ended")})
    write(policies, entry, confirm, ChangeOptions(not dry_run, form))


@standards.command(
    help=_(
        "Correct a value: a new entry of the same date, which says what was wrong; the old one"
        " stays."
    )
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
    dry_run: DryRun = False,
    form: Form = report.Told.TEXT,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.standardchanges import entry_of, write
    from policycards.cli.standardresults import ChangeOptions

    told = _notice(
        standard, since, title, published, number, issuer, url, missing, confirmed, area, note
    )
    entry = entry_of(
        "correct", {**told, "amount": ("--amount", amount), "corrects": ("--why", why)}
    )
    write(policies, entry, confirm, ChangeOptions(not dry_run, form))


@standards.command(
    "verify",
    help=_(
        "Say that standards were looked up today and still hold: records the day, changes no value."
    ),
)
def checked(
    standard: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help=_("POLICY/STANDARD, or the policy if it has only one.")
        ),
    ],
    area: Area = "",
    dry_run: DryRun = False,
    form: Form = report.Told.TEXT,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.standardchanges import entry_of, write_checks
    from policycards.cli.standardresults import ChangeOptions

    told = {"area": ("--area", area)}
    entries = [entry_of("checked", {"policy": ("ID", each), **told}) for each in standard]
    write_checks(policies, entries, ChangeOptions(not dry_run, form))


@standards.command(help=_("Make a workbook of all standards for an office to fill in what is new."))
def export(
    file: Annotated[Path, typer.Argument(help=_("The workbook."))] = Path("standards.xlsx"),
    as_of: AsOf = None,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.standardchanges import open_policies
    from policycards.workbooks.standards_writer import write_standards

    catalogue = open_policies(policies).catalogue
    count = write_standards(catalogue, as_of.date() if as_of else date.today(), file)
    report.say(
        _("{file}: {count} standards; fill in the yellow cells, then import it.").format(
            file=file, count=count
        )
    )


@standards.command(
    "import",
    help=_("Read a workbook or CSV of new values and show what would change; with --apply, do it."),
)
def import_(
    file: Annotated[Path, typer.Argument(help=_("The workbook, or a CSV with the same headings."))],
    apply: Annotated[
        bool, typer.Option("--apply", help=_("Write the changes: all of them, or none."))
    ] = False,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help=_("A large jump or odd date that is right; may be repeated.")
        ),
    ] = None,
    told: Form = report.Told.TEXT,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.standardchanges import change, open_policies
    from policycards.cli.standardresults import ChangeOptions
    from policycards.workbooks.standards_reader import read_standards

    opened = open_policies(policies)
    entries, form, problems = read_standards(file)
    result = change(
        opened, entries, form, problems, frozenset(confirm or ()), ChangeOptions(apply, told)
    )
    if result.files and not apply and told is report.Told.TEXT:
        report.say(
            _("Nothing was written. To do it: {command}").format(
                command=_again(file, confirm, policies)
            )
        )


@standards.command(
    help=_(
        "Show the examples whose figures the new values make wrong; with --apply, bring them to"
        " what comes out."
    )
)
def examples(
    apply: Annotated[
        bool, typer.Option("--apply", help=_("Write the figures that come out."))
    ] = False,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.examples import bring

    bring(policies, apply=apply)


def _again(file: Path, confirm: list[str] | None, policies: Path) -> str:
    confirmed = "".join(f" --confirm {each}" for each in confirm or ())
    where = "" if policies == Path("policies") else f' --policies "{policies}"'
    return f'policycards standards import "{file}"{confirmed}{where} --apply'


def _notice(
    standard: str,
    since: str,
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
