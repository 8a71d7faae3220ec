"""Triggers by which the database itself refuses to change or forget events and the log, on SQLite
and PostgreSQL.

SQLite loses triggers when a migration rebuilds a table, so they are made anew after every
migration; a system check proves them by trying. There ``INSERT OR REPLACE`` would overwrite a row
past the triggers for updates: one more refuses a known id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_event", "ledger_logentry")

_SAY = "BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
_SQLITE = {
    "no_update": f"CREATE TRIGGER {{name}} BEFORE UPDATE ON {{table}} {_SAY}",
    "no_delete": f"CREATE TRIGGER {{name}} BEFORE DELETE ON {{table}} {_SAY}",
    "no_replace": (
        "CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS "
        f"(SELECT 1 FROM {{table}} WHERE id = NEW.id OR rowid = NEW.rowid) {_SAY}"
    ),
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$
"""
_POSTGRESQL = {
    "no_change": (
        "CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_added_to()"
    ),
}
_ATTEMPTS = {
    "sqlite": (
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ),
    "postgresql": ("UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"),
}


def _wanted(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str, str]]:
    """Table, name and statement of each trigger."""
    for table in TABLES:
        for name, statement in (_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL).items():
            yield table, f"{table}_{name}", statement.format(name=f"{table}_{name}", table=table)


def remake(using: str = "default", **_signal: Any) -> None:
    """Make all triggers anew."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION.replace("%", "%%"), [])
        for table, name, statement in _wanted(connection):
            if table in present:
                drop = f"DROP TRIGGER IF EXISTS {name}"
                cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON {table}")
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not there, are switched off or say something else."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = dict(cursor.fetchall())
    return [
        name
        for _table, name, statement in _wanted(connection)
        if found.get(name) not in ((statement,) if connection.vendor == "sqlite" else ("O", "A"))
    ]


def proven(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """System check: the triggers are there, and the database really refuses."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if not set(TABLES) <= set(connection.introspection.table_names()):
            continue  # nothing is migrated yet
        faults = [*missing(connection), *_allowed(connection, alias)]
        found += [
            Error(
                f"the database does not refuse: {fault}",
                hint="Run 'policycards ledger migrate', which makes the triggers anew.",
                id="ledger.E001",
            )
            for fault in faults
        ]
    return found


def _allowed(connection: BaseDatabaseWrapper, alias: str) -> list[str]:
    """The statements that the database should refuse and does not; nothing of what is tried
    stays.
    """
    allowed = []
    with transaction.atomic(using=alias):
        for table in TABLES:
            if connection.vendor == "sqlite":
                _fill(connection, table)
            for attempt in _ATTEMPTS[connection.vendor]:
                statement = attempt.format(table=table)
                try:
                    with transaction.atomic(using=alias), connection.cursor() as cursor:
                        cursor.execute(statement)
                except DatabaseError:
                    continue
                allowed.append(statement)
        transaction.set_rollback(True, using=alias)
    return allowed


def _fill(connection: BaseDatabaseWrapper, table: str) -> None:
    """A row in which everything is 0: SQLite's triggers fire for rows only, so one must be
    there.
    """
    with connection.cursor() as cursor:
        fields = connection.introspection.get_table_description(cursor, table)
        names = [f'"{field.name}"' for field in fields if not field.null_ok]
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('0' for _name in names)})"
        )
