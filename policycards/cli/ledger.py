"""Commands about the ledger: make and fill it, let people in, back it up, prove it, serve it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.problems import Place, problem

if TYPE_CHECKING:
    from policycards.households.model import Roster
    from policycards.ledger.actions.people import NewUser

ledger = typer.Typer(
    name="ledger",
    help=_("The ledger: account for every card from the press to the household's hand."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Tell what would be done, change nothing."))
]
Plain = Annotated[bool, typer.Option("--plain", help=_("Without encryption."))]
Area = Annotated[str, typer.Option("--area", metavar="PREFIX", help=_("Only this area."))]

_Done = TypeVar("_Done")
COMMAND = Place("policycards ledger")


def use_folder() -> None:
    """Take the ledger that this PC keeps in the current folder, where the environment names
    none.
    """
    if os.environ.get("DATABASE_URL"):
        return
    from policycards.ledger.local_ledger import environment, read_kept

    kept, problems = read_kept(Path.cwd())
    report.stop_on_errors(problems)
    if kept and not kept.address:
        os.environ |= environment(Path.cwd(), kept)


@contextmanager
def opened() -> Iterator[datetime]:
    """The ledger of the environment or folder, ready, and the moment; tells what is refused and
    exits 1.
    """
    use_folder()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policycards.ledger.settings")
    try:
        import django
        from django.db import DatabaseError

        django.setup()
    except ImportError as error:
        report.wrong_use(problem("E697", COMMAND, why=error))
    from policycards.ledger.actions import Refused

    try:
        yield datetime.now(UTC)
    except Refused as refused:
        report.tell(refused.problems)
        report.say(_("Nothing was changed."))
        raise typer.Exit(1) from None
    except DatabaseError as error:
        report.tell([problem("E696", COMMAND, why=str(error).partition("\n")[0])])
        raise typer.Exit(1) from None


def tried(act: Callable[[], _Done], *, dry_run: bool) -> _Done:
    """What an action gives; in a dry run it is taken back."""
    from django.db import transaction

    with transaction.atomic():
        done = act()
        transaction.set_rollback(dry_run)
    if dry_run:
        report.say(_("Nothing was changed: this was a dry run."))
    return done


@ledger.command(help=_("Make the database or bring it to this version; everything in it stays."))
def migrate() -> None:
    with opened():
        from policycards.ledger.actions.upgrading import upgrade

        upgrade()
        report.say(_("The ledger is up to date, and its database refuses to change what happened."))


@ledger.command(
    help=_("Bring areas and contacts to what the catalogue says; cards follow merged villages.")
)
def areas(policies: Policies = Path("policies"), dry_run: DryRun = False) -> None:
    from policycards.catalogue import check

    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    with opened() as now:
        from policycards.ledger.actions.areas import load_areas
        from policycards.ledger.permissions import OPERATOR

        told = tried(
            lambda: load_areas(OPERATOR, catalogue.areas, catalogue.contacts, now=now),
            dry_run=dry_run,
        )
        report.tell(told)
        report.say(
            _("Areas: {areas}, contacts: {contacts}.").format(
                areas=len(catalogue.areas), contacts=len(catalogue.contacts)
            )
        )


@ledger.command("load-run", help=_("Load a printed run from its edition's folder."))
def load_run(
    run: Annotated[
        Path, typer.Argument(help=_("Folder of the edition, with the folder 'run' in it."))
    ],
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=_("The roster that was printed: manifests have no names.")
        ),
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file",
            help=_("The county's key, for household numbers."),
            envvar="POLICYCARDS_KEY_FILE",
        ),
    ] = None,
    policies: Policies = Path("policies"),
) -> None:
    printed = _roster(roster, key_file, policies) if roster else None
    with opened() as now:
        from django.conf import settings

        from policycards.ledger.actions.loading import load_run as load
        from policycards.ledger.permissions import OPERATOR

        loaded = load(
            OPERATOR,
            run,
            now=now,
            names=printed.households if printed else None,
            is_demo=settings.DEMO,
            tell=_show,
        )
        report.tell(loaded.problems)
        told = _("Edition {edition}: {cards} cards and {spares} spare cards are in the ledger.")
        report.say(
            told.format(
                edition=loaded.run.edition, cards=loaded.run.cards, spares=loaded.run.spares
            )
        )


def _show(done: int, of: int) -> None:
    """Progress, on the side."""
    print(_("{done} of {all} cards").format(done=done, all=of), file=sys.stderr)


def _roster(roster: Path, key_file: Path | None, policies: Path) -> Roster:
    """The roster from which a run was printed."""
    from policycards.catalogue import check
    from policycards.cli.sending import key_of
    from policycards.households.roster.read_roster import read_roster

    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    read, problems, _notes = read_roster(
        roster, catalogue, today=date.today(), digest=key_of(key_file).digest
    )
    if read is None:
        report.tell_errors(problems)
        raise typer.Exit(1)
    return read


@ledger.command(help=_("Make users from a list: user name, role, area, name."))
def users(
    file: Annotated[Path, typer.Argument(help=_("XLSX or CSV."))],
    out: Annotated[Path, typer.Option("--out", help=_("Workbook for the first passwords."))] = Path(
        "output/passwords.xlsx"
    ),
    dry_run: DryRun = False,
) -> None:
    with opened():
        from policycards.ledger.office.user_lists import read_users

        rows, problems = read_users(file)
        report.stop_on_errors(problems)
        _add(rows, out, dry_run)


@ledger.command(help=_("Make one user, and tell the first password."))
def user(
    name: Annotated[str, typer.Argument(help=_("User name."))],
    role: Annotated[str, typer.Option(help=_("region, county, township or viewer."))],
    area: Annotated[str, typer.Option(metavar="CODE", help=_("Code of the person's area."))],
) -> None:
    with opened():
        from policycards.ledger.actions.people import NewUser, first_password

        new = NewUser(name, role, area, first_password())
        _add([new], None, False)
        report.say(f"{new.username}  {new.password}")


def _add(rows: list[NewUser], out: Path | None, dry_run: bool) -> None:
    from policycards.ledger.actions.people import add_users
    from policycards.ledger.office.user_lists import write_passwords
    from policycards.ledger.permissions import OPERATOR

    now = datetime.now(UTC)
    tried(lambda: add_users(OPERATOR, rows, now=now), dry_run=dry_run)
    report.say(_("Users: {count}.").format(count=len(rows)))
    if out and not dry_run:
        write_passwords(out, rows)
        report.say(
            _("{file}: first passwords. Give each to its person, then destroy the file.").format(
                file=out
            )
        )


@ledger.command(
    "reset-user",
    help=_("Give somebody a new first password, or revoke a village team's phones."),
)
def reset_user(
    name: Annotated[str, typer.Argument(help=_("User name."))],
    factor: Annotated[
        bool, typer.Option("--factor", help=_("Forget the second factor: its phone is lost."))
    ] = False,
) -> None:
    with opened() as now:
        from policycards.ledger.actions.people import reset_user as reset
        from policycards.ledger.permissions import OPERATOR

        password = reset(OPERATOR, name, now=now, factor=factor)
        report.say(f"{name}  {password}" if password else _("The phones are revoked."))


@ledger.command(help=_("Make slips by which the teams of an area's villages join, each once."))
def slips(
    area: Annotated[
        str, typer.Argument(help=_("Code of a village, or of the area whose villages get slips."))
    ],
    days: Annotated[int, typer.Option(min=1, max=90, help=_("Days until they expire."))] = 14,
    out: Annotated[Path, typer.Option("--out", help=_("The workbook."))] = Path(
        "output/slips.xlsx"
    ),
) -> None:
    with opened() as now:
        from policycards.ledger.actions.people import LENGTHS, make_slips
        from policycards.ledger.models import Area as Areas
        from policycards.ledger.office.user_lists import write_slips
        from policycards.ledger.permissions import OPERATOR

        villages = [
            each
            for each in Areas.objects.in_area(area).order_by("code")
            if len(each.code) in LENGTHS["team"]
        ]
        made = make_slips(OPERATOR, [each.code for each in villages], now=now, days=days)
        write_slips(out, {each.code: each.zh for each in villages}, made, now, days)
        report.say(
            _("{file}: {count} slips, each for one phone.").format(file=out, count=len(made))
        )


@ledger.command("backup-key", help=_("Make a key for backups; it is shown once."))
def backup_key() -> None:
    with opened():
        from policycards.ledger.actions.encryption import new_key

        report.say(new_key())


@ledger.command(help=_("Write the whole ledger to an encrypted file."))
def backup(
    file: Annotated[Path, typer.Argument(help=_("The file to write."))],
    plain: Plain = False,
) -> None:
    with opened() as now:
        from policycards.ledger.actions.backups import backup as make
        from policycards.ledger.permissions import OPERATOR

        size = make(OPERATOR, file, now=now, key=_backup_key(plain))
        report.say(_("{file}: {size} bytes.").format(file=file, size=size))


@ledger.command(help=_("Fill an empty database from a backup."))
def restore(
    file: Annotated[Path, typer.Argument(help=_("The backup."))],
    plain: Plain = False,
) -> None:
    with opened() as now:
        from policycards.ledger.actions.backups import restore as fill
        from policycards.ledger.models import Card, Event
        from policycards.ledger.permissions import OPERATOR

        fill(OPERATOR, file, now=now, key=_backup_key(plain))
        told = _(
            "Restored: {cards} cards, {events} events. Prove it with 'policycards ledger recount'."
        )
        report.say(told.format(cards=Card.objects.count(), events=Event.objects.count()))


def _backup_key(plain: bool) -> str | None:
    return None if plain else os.environ.get("POLICYCARDS_BACKUP_KEY", "")


@ledger.command(
    help=_("Forget names, notes and errors of what was closed long ago; cards and events stay.")
)
def purge(
    days: Annotated[int, typer.Option(min=30, help=_("Closed for more than this many days."))],
    dry_run: DryRun = False,
) -> None:
    with opened() as now:
        from policycards.ledger.actions.purging import purge as forget
        from policycards.ledger.permissions import OPERATOR

        done = tried(lambda: forget(OPERATOR, now=now, days=days), dry_run=dry_run)
        told = _(
            "Forgotten: {names} names, {answers} answers, {notes} notes, {errors} errors, {slips}"
            " slips, {sessions} sessions, {labels} names of devices."
        )
        report.say(told.format(**done))


@ledger.command(
    help=_("Write the wrong data found at the handing-over, for the office that owns the list.")
)
def corrections(
    area: Area = "",
    edition: Annotated[
        str, typer.Option(metavar="NAME", help=_("Only cards of this edition."))
    ] = "",
    out: Annotated[Path, typer.Option("--out", help=_("The workbook."))] = Path(
        "output/corrections.xlsx"
    ),
) -> None:
    with opened() as now:
        from policycards.ledger.actions.exporting import export_corrections
        from policycards.ledger.permissions import OPERATOR

        count = export_corrections(OPERATOR, area, out, _, now=now, edition=edition)
        report.say(_("{file}: {count} households to correct.").format(file=out, count=count))


@ledger.command(
    help=_(
        "List the cards to print again, for 'policycards print --only': lost, spoilt, corrected,"
        " stale."
    )
)
def reissue(
    area: Area = "",
    edition: Annotated[
        str, typer.Option(metavar="NAME", help=_("Only cards of this edition."))
    ] = "",
    out: Annotated[Path, typer.Option("--out", help=_("The list."))] = Path("output/reissue.csv"),
) -> None:
    with opened() as now:
        from policycards.ledger.actions.exporting import export_reissues
        from policycards.ledger.permissions import OPERATOR

        count = export_reissues(OPERATOR, area, out, now=now, edition=edition)
        report.say(_("{file}: {count} cards to print again.").format(file=out, count=count))


@ledger.command(
    "report",
    help=_("Report a period by area: cards, households, villages, rounds, calls; with charts."),
)
def report_(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=_("First day."))],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help=_("Last day."))],
    area: Area = "",
    edition: Annotated[
        str, typer.Option(metavar="NAME", help=_("Only cards of this edition."))
    ] = "",
    out: Annotated[Path, typer.Option("--out", help=_("The workbook."))] = Path(
        "output/report.xlsx"
    ),
) -> None:
    with opened() as now:
        from policycards.ledger.actions.exporting import export_report
        from policycards.ledger.permissions import OPERATOR

        found = export_report(
            OPERATOR, area, first.date(), last.date(), out, now=now, edition=edition
        )
        told = _(
            "{file}: {delivered} cards delivered in the period, {outstanding} outstanding today."
        )
        report.say(
            told.format(
                file=out, delivered=found.total.delivered, outstanding=found.total.outstanding
            )
        )


@ledger.command(help=_("Mark the stale cards of an area, from a list of 'policycards stale'."))
def stale(
    file: Annotated[Path, typer.Argument(help=_("The reissue list."))],
    area: Annotated[
        str, typer.Option("--area", metavar="PREFIX", help=_("The area that the list is of."))
    ],
) -> None:
    with opened() as now:
        from policycards.ledger.actions.households import load_stale
        from policycards.ledger.permissions import OPERATOR
        from policycards.ledger.queries.reissues import read_stale

        try:
            reasons = read_stale(file)
        except ValueError:
            report.stop_on_errors([problem("E654", Place(str(file)))])
            raise
        count = load_stale(OPERATOR, area, reasons, now=now)
        report.say(
            _("Stale cards: {count} of {listed} in the list.").format(
                count=count, listed=len(reasons)
            )
        )


@ledger.command(help=_("Prove states and counts against the events."))
def recount() -> None:
    with opened():
        from policycards.ledger.actions.recount import recount as count

        problems = count()
        report.tell(problems)
        report.say(report.summary(problems))
        raise typer.Exit(1 if problems else 0)


@ledger.command(help=_("Serve the ledger's pages."))
def serve(
    host: Annotated[str, typer.Option(help=_("Address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("Port to listen on."))] = 8000,
) -> None:
    use_folder()
    if not os.environ.get("POLICYCARDS_SECRET_KEY"):
        report.wrong_use(problem("E695", COMMAND))
    with opened():
        from waitress import serve as wait

        from policycards.ledger.wsgi import application

        report.say(f"http://{host}:{port}/")
        # Only a reverse proxy on this computer is believed when it says that the browser spoke
        # HTTPS.
        believed = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto"}}
        wait(application, host=host, port=port, threads=8, **believed)
