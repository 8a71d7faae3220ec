"""Opening the ledger: the database of the environment, or the one that this PC keeps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.core.problems import Place, problem
from policycards.services.result import ServiceError, WrongUse, sound

if TYPE_CHECKING:
    from policycards.services.ledger import Ledger

COMMAND = Place("policycards ledger")


def use_office_ledger() -> None:
    """Take the ledger that this PC keeps in the current folder, where the environment names
    none.
    """
    if os.environ.get("DATABASE_URL"):
        return
    from policycards.ledger.local_ledger import environment, read_config

    kept, problems = read_config(Path.cwd())
    sound(problems)
    if kept and not kept.address:
        os.environ |= environment(Path.cwd(), kept)


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """The ledger, ready for the actions of an operator; what it refuses is a ServiceError.

    Django must be set up before anything with tables is imported, so that is done here.
    """
    use_office_ledger()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policycards.ledger.settings")
    try:
        import django
        from django.db import DatabaseError, connections

        django.setup()
    except ImportError as error:
        raise WrongUse(problem("E697", COMMAND, why=error)) from error
    from policycards.ledger.actions import Refused
    from policycards.ledger.actions.maintenance import refuse_newer
    from policycards.services.ledger import Ledger

    before = os.umask(0o077)  # what the ledger writes has names in it
    try:
        refuse_newer()
        yield Ledger(datetime.now(UTC))
    except Refused as refused:
        raise ServiceError(*refused.problems) from refused
    except DatabaseError as error:
        why = str(error).partition("\n")[0]
        raise ServiceError(problem("E696", COMMAND, why=why)) from error
    finally:
        os.umask(before)
        connections.close_all()  # by which SQLite brings all that was written into the one file
