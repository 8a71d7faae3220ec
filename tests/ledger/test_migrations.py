"""Every migration is taken forward with data in the tables, on both databases, and nothing of it is
lost.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from counties import county, later, person, reported
from databases import PostgreSQL, SQLite, use
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from policycards.ledger import triggers
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import record

Ledger = SQLite | PostgreSQL
NAMES = sorted(path.stem for path in Path(triggers.__file__).parent.glob("migrations/0*.py"))


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything in the ledger's tables, by the columns of today."""
    return {
        model.__name__: sorted(model._default_manager.values_list(), key=str)  # type: ignore[type-var]
        for model in apps.get_app_config("ledger").get_models()
    }


@pytest.mark.parametrize("name", NAMES)
def test_data_of_each_earlier_version_is_all_there_after_migrating(
    ledger: Ledger, tmp_path: Path, name: str
) -> None:
    printed = county(tmp_path)
    record(
        person("county", "990101"),
        [reported("delivered", printed.code(), detail="self", note="x")],
        now=later(),
    )
    today = rows()
    old = MigrationLoader(connection).project_state(("ledger", name)).apps
    kept = {
        model._meta.db_table: [f.column for f in model._meta.local_fields]
        for model in old.get_models()
    }
    content = {
        table: _read(table, columns)
        for table, columns in kept.items()
        if table.startswith("ledger_")
    }
    use(ledger.fresh(empty=True))
    call_command("migrate", "ledger", name, verbosity=0)
    with transaction.atomic():
        for table, (columns, found) in content.items():
            _write(table, columns, found)
    call_command("migrate", verbosity=0)
    assert triggers.proven(["default"]) == []
    assert rows() == today
    assert recount() == []


def _read(table: str, columns: list[str]) -> tuple[list[str], list[tuple[object, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(_quoted(columns))} FROM {table}")
        return columns, cursor.fetchall()


def _write(table: str, columns: list[str], found: list[tuple[object, ...]]) -> None:
    marks = ", ".join("%s" for _column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(_quoted(columns))}) VALUES ({marks})", found
        )


def _quoted(columns: list[str]) -> list[str]:
    return [connection.ops.quote_name(column) for column in columns]
