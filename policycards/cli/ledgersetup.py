"""A ledger on this PC: made whole in the office's folder, with a first user whose password is made
on the spot.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.ledger import COMMAND, Policies, opened
from policycards.cli.messages import _
from policycards.core.files import atomic_write, draft_folder
from policycards.core.problems import problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue

HELP = _("Set up a ledger on this PC, in the folder 'ledger': database, areas and a first user.")
ROLES = {2: "region", 4: "region", 6: "county", 9: "township"}
"""The role of the first user, by the digits of the office's area."""


def set_up(
    user: Annotated[
        str, typer.Option(metavar="NAME", help=_("User name of the first user."))
    ] = "office",
    area: Annotated[
        str, typer.Option(metavar="CODE", help=_("Code of the area; default: the office's own."))
    ] = "",
    trial: Annotated[
        bool,
        typer.Option(
            "--trial", help=_("A ledger for trying, which takes trial editions and samples too.")
        ),
    ] = False,
    password_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=_("Write the first password here, for its owner only, and do not show it."),
        ),
    ] = None,
    policies: Policies = Path("policies"),
) -> None:
    """The ledger of the current folder; the help is ``HELP``."""
    from policycards.catalogue import check
    from policycards.ledger.local_ledger import (
        DATABASE,
        FOLDER,
        environment,
        new_kept,
        write_kept,
    )

    office = Path.cwd()
    if (office / FOLDER).exists() or os.environ.get("DATABASE_URL"):
        report.wrong_use(problem("E952", COMMAND, folder=FOLDER))
    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    kept = new_kept(is_trial=trial)
    with draft_folder(office / FOLDER, private=True) as unfinished:
        write_kept(office, kept, unfinished.name)
        os.environ |= environment(office, kept, unfinished.name)
        with opened() as now:
            password = _filled(catalogue, user, area or catalogue.settings.area, now)
        (unfinished / DATABASE).chmod(0o600)
    report.say(_("The ledger is up to date, and its database refuses to change what happened."))
    if password_file:
        atomic_write(password_file, f"{user}\n{password}\n", private=True)
        told = _("{file}: first passwords. Give each to its person, then destroy the file.")
        report.say(told.format(file=password_file))
    else:
        told = _("Sign in as {name} with the password {password}; it is shown only now.")
        report.say(told.format(name=user, password=password))


def _filled(catalogue: Catalogue, name: str, area: str, now: datetime) -> str:
    """Make the database with areas and the first user: the password. Leaves the database closed."""
    from django.db import connections

    from policycards.ledger.actions.areas import load_areas
    from policycards.ledger.actions.people import NewUser, add_users, first_password
    from policycards.ledger.actions.upgrading import upgrade
    from policycards.ledger.permissions import OPERATOR

    upgrade()
    report.tell(load_areas(OPERATOR, catalogue.areas, catalogue.contacts, now=now))
    report.say(
        _("Areas: {areas}, contacts: {contacts}.").format(
            areas=len(catalogue.areas), contacts=len(catalogue.contacts)
        )
    )
    password = first_password()
    add_users(OPERATOR, [NewUser(name, ROLES.get(len(area), "county"), area, password)], now=now)
    connections.close_all()  # Windows renames no folder with an open file in it
    return password
