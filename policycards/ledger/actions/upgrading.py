"""Bringing a database to this version, and proving afterwards that it refuses to change what
happened.
"""

from __future__ import annotations

from django.core.management import call_command

from policycards.core.problems import Place, problem
from policycards.ledger import triggers
from policycards.ledger.actions.permission import Refused


def upgrade() -> None:
    """Migrate forward; raises Refused (E698) if the database then would let somebody change
    events.
    """
    call_command("migrate", verbosity=0)
    if found := triggers.proven(["default"]):
        raise Refused(*(problem("E698", Place("ledger"), why=each.msg) for each in found))
