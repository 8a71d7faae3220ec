"""The application: after every migration the triggers are made again, and a check proves them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "policycards.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        from policycards.ledger import triggers

        post_migrate.connect(triggers.remake, sender=self)
        connection_created.connect(make_private)
        register(triggers.proven, Tags.database)


def make_private(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Let nobody but its owner read the file of an SQLite database, which has names, and what
    SQLite writes beside it.
    """
    if connection.vendor != "sqlite":
        return
    for ending in ("", "-wal", "-shm"):
        file = Path(f"{connection.settings_dict['NAME']}{ending}")
        if file.is_file() and file.stat().st_mode & 0o077:
            file.chmod(0o600)
