"""The database itself refuses to change or forget what happened, also after migrations, and a check
proves it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from counties import county
from databases import PostgreSQL, SQLite
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import F

from policycards.ledger import triggers
from policycards.ledger.models import Event, LogEntry

Ledger = SQLite | PostgreSQL


def refuses(statement: str) -> str:
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(refused.value)


@pytest.mark.parametrize("table", triggers.TABLES)
def test_what_happened_is_neither_changed_nor_forgotten(
    ledger: Ledger, tmp_path: Path, table: str
) -> None:
    county(tmp_path)
    assert f"{table} is only added to" in refuses(f"UPDATE {table} SET id = id")
    assert f"{table} is only added to" in refuses(f"DELETE FROM {table}")
    if ledger.vendor == "postgresql":
        assert f"{table} is only added to" in refuses(f"TRUNCATE {table} CASCADE")
    else:
        assert f"{table} is only added to" in refuses(
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        )


def test_on_sqlite_a_row_is_not_replaced_by_its_place_either(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    if ledger.vendor == "postgresql":
        return  # it has no such statement
    names = [field.column for field in Event._meta.concrete_fields]
    values = ["'00'" if name == "id" else f'"{name}"' for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    statement = (
        f"INSERT OR REPLACE INTO ledger_event (rowid, {columns}) SELECT rowid, {', '.join(values)} "
    )
    assert "ledger_event is only added to" in refuses(f"{statement} FROM ledger_event LIMIT 1")


def test_neither_does_django_change_or_delete_them(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(count=F("count") + 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.all().delete()
    event = Event.objects.first()
    assert event is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()


def test_the_check_finds_nothing_in_a_sound_ledger_and_leaves_nothing_behind(
    ledger: Ledger, tmp_path: Path
) -> None:
    assert triggers.proven(["default"]) == []
    county(tmp_path)
    before = Event.objects.count(), LogEntry.objects.count()
    assert triggers.proven(["default"]) == []
    assert (Event.objects.count(), LogEntry.objects.count()) == before


@pytest.mark.parametrize("table", triggers.TABLES)
def test_the_check_tells_a_trigger_that_is_gone_or_switched_off(ledger: Ledger, table: str) -> None:
    with connection.cursor() as cursor:
        if ledger.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
    reported = [each.msg for each in triggers.proven(["default"])]
    assert any(f"DELETE FROM {table}" in each for each in reported)
    assert len(reported) == (
        4 if ledger.vendor == "postgresql" else 3
    )  # an emptied table is replaced with nothing
    triggers.remake()
    assert triggers.proven(["default"]) == []


def test_a_migration_that_rebuilds_the_table_leaves_it_guarded(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    count = Event.objects.count()
    from django.db.migrations.loader import MigrationLoader

    state: ProjectState = MigrationLoader(connection).project_state()
    widened = migrations.AlterField("event", "other", models.CharField(max_length=20, blank=True))
    after = state.clone()
    widened.state_forwards("ledger", after)
    with connection.schema_editor(atomic=True) as editor:
        widened.database_forwards("ledger", editor, state, after)
    lost = triggers.missing(connection)
    assert bool(lost) == (ledger.vendor == "sqlite")
    call_command("migrate", verbosity=0)
    assert triggers.proven(["default"]) == []
    assert Event.objects.count() == count


def test_the_check_says_nothing_before_the_first_migration(ledger: Ledger) -> None:
    from databases import use

    use(ledger.fresh(empty=True))
    assert triggers.proven(["default"]) == []
