"""A ledger for trying: a database of its own with a printed run in it, a first login, and the pages
served.
"""

from __future__ import annotations

import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import report
from policycards.cli.ledger import opened, serve
from policycards.cli.messages import _
from policycards.core.files import atomic_write

HELP = _("Serve a ledger for trying, with a run in it and a login made on the spot.")


def demo(
    run: Annotated[
        Path, typer.Argument(help=_("Folder of the edition, with the folder 'run' in it."))
    ],
    roster: Annotated[Path, typer.Option(metavar="FILE", help=_("The roster that was printed."))],
    policies: Annotated[
        Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
    ] = Path("policies"),
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=_("Folder of the demo."))
    ] = Path("output/demo"),
    port: Annotated[int, typer.Option(min=1, max=65535, help=_("Port to listen on."))] = 8000,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{(folder / 'ledger.sqlite3').resolve()}",
        "POLICYCARDS_DEMO": "1",
        "POLICYCARDS_PLAIN_HTTP": "1",
        "POLICYCARDS_SECRET_KEY": _secret(folder / "secret"),
    }
    with opened() as now:
        name, password = _filled(run, roster, policies, now)
    told = _("Sign in as {name} with the password {password}; it is shown only now.")
    report.say(told.format(name=name, password=password))
    serve(host="127.0.0.1", port=port)


def _secret(file: Path) -> str:
    """The secret key of this demo, made once."""
    if not file.exists():
        atomic_write(file, secrets.token_urlsafe(50), private=True)
    return file.read_text(encoding="utf-8")


def _filled(run: Path, roster: Path, policies: Path, now: datetime) -> tuple[str, str]:
    """Fill the ledger where it is empty, and make a login of the run's county: name and first
    password.
    """
    from policycards.catalogue import check
    from policycards.ledger.actions.areas import load_areas
    from policycards.ledger.actions.loading import load_run
    from policycards.ledger.actions.people import NewUser, add_users, first_password
    from policycards.ledger.actions.upgrading import upgrade
    from policycards.ledger.models import Run, User
    from policycards.ledger.office.name_list import read_names
    from policycards.ledger.permissions import OPERATOR

    upgrade()
    if not Run.objects.exists():
        catalogue, problems = check(policies, date.today())
        report.stop_on_errors(problems)
        assert catalogue is not None
        names, problems = read_names(roster)
        report.stop_on_errors(problems)
        load_areas(OPERATOR, catalogue.areas, catalogue.contacts, now=now)
        load_run(OPERATOR, run, now=now, names=names, is_demo=True)
    county = Run.objects.get().area[:6]
    name = f"county{User.objects.count() + 1}"
    password = first_password()
    add_users(OPERATOR, [NewUser(name, "county", county, password)], now=now)
    return name, password
