"""Bringing a database to this version, and proving afterwards that it refuses to change what
happened.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from policycards.core.problems import Place, problem
from policycards.ledger import triggers
from policycards.ledger.actions.permission import Refused


def refuse_newer() -> None:
    """Raises Refused (E696) where the database is of a newer version than this program, which would
    not understand what it finds there.
    """
    loader = MigrationLoader(connection)
    newer = sorted(
        name
        for app, name in loader.applied_migrations
        if app == "ledger" and (app, name) not in loader.disk_migrations
    )
    if newer:
        why = f"it is of a newer version of the program ({newer[-1]}), which has to be installed"
        raise Refused(problem("E696", Place("ledger"), why=why))


def upgrade() -> None:
    """Migrate forward; raises Refused (E698) if the database then would let somebody change
    events.
    """
    refuse_newer()
    call_command("migrate", verbosity=0)
    if found := triggers.proven(["default"]):
        raise Refused(*(problem("E698", Place("ledger"), why=each.msg) for each in found))
