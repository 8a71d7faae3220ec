"""Commands about the ledger: make and fill it, let people in, back it up, prove it, serve it."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options, output
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import Answer, summary
from policycards.core.codes.kind import N_
from policycards.core.files import atomic_write, draft_folder
from policycards.core.problems import problem
from policycards.services.open_ledger import COMMAND, open_ledger, use_office_ledger
from policycards.services.result import Result, WrongUse
from policycards.services.sources import open_catalogue

commands = Commands(refused=N_("Nothing was changed."))

Plain = Annotated[bool, typer.Option("--plain", help=N_("Without encryption."))]
Area = Annotated[str, typer.Option("--area", metavar="PREFIX", help=N_("Only this area."))]
EditionOnly = Annotated[
    str, typer.Option("--edition", metavar="NAME", help=N_("Only cards of this edition."))
]
Run = Annotated[
    Path, typer.Argument(help=N_("Folder of the edition, with the folder 'run' in it."))
]
Port = Annotated[int, typer.Option(min=1, max=65535, help=N_("Port to listen on."))]
UP_TO_DATE = N_("The ledger is up to date, and its database refuses to change what happened.")
DRY_RUN = N_("Nothing was changed: this was a dry run.")
SIGN_IN = N_("Sign in as {name} with the password {password}; it is shown only now.")
PASSWORDS = N_("{file}: first passwords. Give each to its person, then destroy the file.")


@commands.add(
    "migrate", N_("Make the database or bring it to this version; everything in it stays.")
)
def migrate() -> Answer:
    with open_ledger() as ledger:
        return Answer(ledger.upgrade(), [_(UP_TO_DATE)])


@commands.add(
    "areas",
    N_("Bring areas and contacts to what the catalogue says; cards follow merged villages."),
)
def areas(policies: options.Policies = Path("policies"), dry_run: options.DryRun = False) -> Answer:
    with open_ledger() as ledger:
        found = ledger.load_areas(policies, dry_run=dry_run)
    lines = [_("Areas: {areas}, contacts: {contacts}.").format(**found.counts)]
    return Answer(found, [*lines, *([_(DRY_RUN)] if dry_run else [])])


@commands.add("load-run", N_("Load a printed run from its edition's folder."))
def load_run(
    run: Run,
    roster: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=N_("The roster that was printed: manifests have no names.")
        ),
    ] = None,
    key_file: options.CountyKey = None,
    policies: options.Policies = Path("policies"),
) -> Answer:
    with output.progress() as listener, open_ledger() as ledger:
        found = ledger.load_run(run, roster, key_file, policies, listener)
    done = _("Edition {edition}: {cards} cards and {spares} spare cards are in the ledger.")
    line = done.format(edition=found.edition, cards=found.cards, spares=found.spares)
    return Answer(found, [line], code=0)


@commands.add("users", N_("Make users from a list: user name, role, area, name."))
def users(
    file: Annotated[Path, typer.Argument(help=N_("XLSX or CSV."))],
    out: Annotated[
        Path, typer.Option("--out", help=N_("Workbook for the first passwords."))
    ] = Path("output/passwords.xlsx"),
    dry_run: options.DryRun = False,
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.add_users(file, out, dry_run=dry_run)
    then = _(DRY_RUN) if dry_run else _(PASSWORDS).format(file=out)
    return Answer(found, [_("Users: {count}.").format(count=found.counts["users"]), then])


@commands.add("user", N_("Make one user, and tell the first password."))
def user(
    name: Annotated[str, typer.Argument(help=N_("User name."))],
    role: Annotated[str, typer.Option(help=N_("region, county, township or viewer."))],
    area: Annotated[str, typer.Option(metavar="CODE", help=N_("Code of the person's area."))],
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.add_user(name, role, area)
    return Answer(found, [_("Users: {count}.").format(count=1), f"{name}  {found.password}"])


@commands.add(
    "reset-user", N_("Give somebody a new first password, or revoke a village team's phones.")
)
def reset_user(
    name: Annotated[str, typer.Argument(help=N_("User name."))],
    factor: Annotated[
        bool, typer.Option("--factor", help=N_("Forget the second factor: its phone is lost."))
    ] = False,
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.reset_user(name, factor=factor)
    line = f"{name}  {found.password}" if found.password else _("The phones are revoked.")
    return Answer(found, [line])


@commands.add("slips", N_("Make slips by which the teams of an area's villages join, each once."))
def slips(
    area: Annotated[
        str, typer.Argument(help=N_("Code of a village, or of the area whose villages get slips."))
    ],
    days: Annotated[int, typer.Option(min=1, max=90, help=N_("Days until they expire."))] = 14,
    out: options.Workbook = Path("output/slips.xlsx"),
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.make_slips(area, days, out)
    done = _("{file}: {count} slips, each for one phone.")
    return Answer(found, [done.format(file=out, count=found.counts["slips"])])


@commands.add("backup-key", N_("Make a key for backups; it is shown once."))
def backup_key() -> Answer:
    with open_ledger() as ledger:
        return Answer(Result(), [ledger.new_backup_key()])


@commands.add(
    "new-epoch",
    N_("Say that the database was restored by other means: phones send again what they keep."),
)
def new_epoch() -> Answer:
    with open_ledger() as ledger:
        found = ledger.begin_epoch()
    return Answer(found, [_("Phones send again what they keep when they are next on a network.")])


@commands.add("backup", N_("Write the whole ledger to an encrypted file."))
def backup(
    file: Annotated[Path, typer.Argument(help=N_("The file to write."))], plain: Plain = False
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.back_up(file, _backup_key(plain))
    size = found.counts["bytes"]
    return Answer(found, [_("{file}: {size} bytes.").format(file=file, size=size)])


@commands.add("restore", N_("Fill an empty database from a backup."))
def restore(
    file: Annotated[Path, typer.Argument(help=N_("The backup."))], plain: Plain = False
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.restore(file, _backup_key(plain))
    done = _(
        "Restored: {cards} cards, {events} events. Prove it with 'policycards ledger recount'."
    )
    return Answer(found, [done.format(**found.counts)])


def _backup_key(plain: bool) -> str | None:
    return None if plain else os.environ.get("POLICYCARDS_BACKUP_KEY", "")


@commands.add(
    "purge",
    N_("Forget names, notes and errors of what was closed long ago; cards and events stay."),
)
def purge(
    days: Annotated[int, typer.Option(min=30, help=N_("Closed for more than this many days."))],
    dry_run: options.DryRun = False,
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.purge(days, dry_run=dry_run)
    done = _(
        "Forgotten: {names} names, {answers} answers, {notes} notes, {errors} errors, {slips}"
        " slips, {sessions} sessions, {labels} names of devices."
    ).format(**found.counts)
    return Answer(found, [done, *([_(DRY_RUN)] if dry_run else [])])


@commands.add(
    "corrections",
    N_("Write the wrong data found at the handing-over, for the office that owns the list."),
)
def corrections(
    area: Area = "",
    edition: EditionOnly = "",
    out: options.Workbook = Path("output/corrections.xlsx"),
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.export_corrections(area, edition, out, _)
    done = _("{file}: {count} households to correct.")
    return Answer(found, [done.format(file=out, count=found.counts["households"])])


@commands.add(
    "reissue",
    N_(
        "List the cards to print again, for 'policycards print --reissue-list': lost, spoilt,"
        " corrected, stale."
    ),
)
def reissue(
    area: Area = "",
    edition: EditionOnly = "",
    out: Annotated[Path, typer.Option("--out", help=N_("The list."))] = Path("output/reissue.csv"),
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.export_reissues(area, edition, out)
    done = _("{file}: {count} cards to print again.")
    return Answer(found, [done.format(file=out, count=found.counts["cards"])])


@commands.add(
    "report",
    N_("Report a period by area: cards, households, villages, rounds, calls; with charts."),
)
def report(
    first: Annotated[datetime, typer.Option("--from", formats=options.DAY, help=N_("First day."))],
    last: Annotated[datetime, typer.Option("--to", formats=options.DAY, help=N_("Last day."))],
    area: Area = "",
    edition: EditionOnly = "",
    out: options.Workbook = Path("output/report.xlsx"),
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.export_report(area, first.date(), last.date(), edition, out)
    done = _("{file}: {delivered} cards delivered in the period, {outstanding} outstanding today.")
    return Answer(found, [done.format(file=out, **found.counts)])


@commands.add("stale", N_("Mark the stale cards of an area, from a list of 'policycards stale'."))
def stale(
    file: Annotated[Path, typer.Argument(help=N_("The reissue list."))],
    area: Annotated[
        str, typer.Option("--area", metavar="PREFIX", help=N_("The area that the list is of."))
    ],
) -> Answer:
    with open_ledger() as ledger:
        found = ledger.load_stale(file, area)
    done = _("Stale cards: {count} of {listed} in the list.")
    return Answer(found, [done.format(count=found.counts["stale"], listed=found.counts["listed"])])


@commands.add("recount", N_("Prove states and counts against the events."))
def recount() -> Answer:
    with open_ledger() as ledger:
        found = ledger.recount()
    return Answer(found, [summary(found.problems)], code=1 if found.problems else 0)


@commands.add("serve", N_("Serve the ledger's pages."))
def serve(
    host: Annotated[str, typer.Option(help=N_("Address to listen on."))] = "127.0.0.1",
    port: Port = 8000,
) -> Answer:
    use_office_ledger()
    if not os.environ.get("POLICYCARDS_SECRET_KEY"):
        raise WrongUse(problem("E695", COMMAND))
    with open_ledger():
        _serve(host, port)
    return Answer(Result())


def _serve(host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    from waitress import serve as wait

    from policycards.ledger.wsgi import application

    print(f"http://{host}:{port}/")
    # Only a reverse proxy on this computer is believed when it says that the browser spoke HTTPS.
    believed = {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto"}}
    # Connections on which somebody says nothing are closed, and keep nobody out.
    limits = {"threads": 16, "connection_limit": 1000, "channel_timeout": 30}
    wait(application, host=host, port=port, asyncore_use_poll=True, **limits, **believed)


@commands.add(
    "demo", N_("Serve a ledger for trying, with a run in it and a login made on the spot.")
)
def demo(
    run: Run,
    roster: Annotated[Path, typer.Option(metavar="FILE", help=N_("The roster that was printed."))],
    policies: options.Policies = Path("policies"),
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=N_("Folder of the demo."))
    ] = Path("output/demo"),
    port: Port = 8000,
) -> Answer:
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret"
    if not secret.exists():
        atomic_write(secret, secrets.token_urlsafe(50), private=True)
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{(folder / 'ledger.sqlite3').resolve()}",
        "POLICYCARDS_DEMO": "1",
        "POLICYCARDS_PLAIN_HTTP": "1",
        "POLICYCARDS_SECRET_KEY": secret.read_text(encoding="utf-8"),
    }
    with open_ledger() as ledger:
        login = ledger.fill_demo(run, roster, policies)
        print(_(SIGN_IN).format(name=login.user, password=login.password))
        _serve("127.0.0.1", port)
    return Answer(Result())


@commands.add(
    "init",
    N_("Set up a ledger on this PC, in the folder 'ledger': database, areas and a first user."),
)
def init(
    user: Annotated[
        str, typer.Option(metavar="NAME", help=N_("User name of the first user."))
    ] = "office",
    area: options.AreaCode = "",
    trial: Annotated[
        bool,
        typer.Option(
            "--trial", help=N_("A ledger for trying, which takes trial editions and samples too.")
        ),
    ] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("Write the first password here, for its owner only, and do not show it."),
        ),
    ] = None,
    policies: options.Policies = Path("policies"),
) -> Answer:
    from policycards.ledger.local_ledger import (  # Django may not be there
        DATABASE,
        FOLDER,
        environment,
        new_config,
        write_config,
    )

    office = Path.cwd()
    if (office / FOLDER).exists() or os.environ.get("DATABASE_URL"):
        raise WrongUse(problem("E952", COMMAND, folder=FOLDER))
    catalogue, _warnings = open_catalogue(policies)
    kept = new_config(is_trial=trial)
    with draft_folder(office / FOLDER, private=True) as unfinished:
        write_config(office, kept, unfinished.name)
        os.environ |= environment(office, kept, unfinished.name)
        with open_ledger() as ledger:
            login = ledger.set_up(catalogue, user, area or catalogue.settings.area)
        (unfinished / DATABASE).chmod(0o600)
    counted = _("Areas: {areas}, contacts: {contacts}.").format(
        areas=len(catalogue.areas), contacts=len(catalogue.contacts)
    )
    if password_file:
        atomic_write(password_file, f"{user}\n{login.password}\n", private=True)
        last = _(PASSWORDS).format(file=password_file)
    else:
        last = _(SIGN_IN).format(name=user, password=login.password)
    return Answer(Result(problems=login.problems), [counted, _(UP_TO_DATE), last])
