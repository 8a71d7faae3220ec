"""Backups of a whole ledger, encrypted unless somebody says otherwise, and restoring one into an
empty database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from policycards.core.files import draft
from policycards.core.problems import Place, problem
from policycards.ledger.actions.encryption import Unreadable, decrypt, encrypt, key_of
from policycards.ledger.actions.permission import Refused, ask, log
from policycards.ledger.actions.upgrading import upgrade
from policycards.ledger.models import LogEntry, Run, User


def backup(user: User, target: Path, *, now: datetime, key: str | None) -> int:
    """Write the whole ledger, as it is at one moment, to a file; its bytes. Without a key it is not
    encrypted.
    """
    ask(user, "ledger.backup", "")
    secret = _key(key, target)
    with (
        tempfile.TemporaryDirectory(dir=target.parent) as folder,
        draft(target, private=True) as unfinished,
    ):
        dump = unfinished if secret is None else Path(folder) / "dump"
        _dump(dump)
        if secret is not None:
            with dump.open("rb") as source, unfinished.open("wb") as opened:
                encrypt(source, opened, secret)
    log(user, "ledger.backup", "", now, encrypted=secret is not None)
    return target.stat().st_size


def restore(user: User, source: Path, *, now: datetime, key: str | None) -> None:
    """Fill an empty database from a backup, bring it to this version, and prove its triggers."""
    ask(user, "ledger.restore", "")
    secret, place = _key(key, source), Place(str(source))
    if not _is_empty():
        raise Refused(problem("E687", place))
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump"
        if secret is None:
            shutil.copyfile(source, dump)
        else:
            try:
                with source.open("rb") as opened, dump.open("wb") as clear:
                    decrypt(opened, clear, secret)
            except Unreadable as error:
                raise Refused(problem("E686", place, why=error)) from None
        _fill(dump, place)
    upgrade()
    log(user, "ledger.restore", "", now)


def last_backup() -> datetime | None:
    """When the last backup was made."""
    return (
        LogEntry.objects.filter(verb="ledger.backup")
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )


def _key(text: str | None, file: Path) -> bytes | None:
    if text is None:
        return None
    if not text:
        raise Refused(problem("E685", Place(str(file))))
    try:
        return key_of(text)
    except Unreadable as error:
        raise Refused(problem("E686", Place(str(file)), why=error)) from None


def _is_empty() -> bool:
    tables = connection.introspection.table_names()
    return Run._meta.db_table not in tables or not (Run.objects.exists() or User.objects.exists())


def _dump(file: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--file", str(file), *_server())


def _fill(dump: Path, place: Place) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(dump)) as copy:
                copy.execute("SELECT 1 FROM ledger_event LIMIT 1")
                copy.backup(connection.connection)
        except sqlite3.DatabaseError as error:
            raise Refused(problem("E686", place, why=error)) from None
        connection.close()
    else:
        connection.close()
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            *_server(),
            str(dump),
        )


def _server() -> list[str]:
    told: dict[str, Any] = connection.get_connection_params()
    names = {"--host": "host", "--port": "port", "--username": "user", "--dbname": "dbname"}
    return [f"{option}={told[name]}" for option, name in names.items() if told.get(name)]


def _run(program: str, *arguments: str) -> None:
    password = connection.get_connection_params().get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    try:
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise Refused(
            problem("E688", Place("ledger"), program=program, why=error.strerror)
        ) from None
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Refused(problem("E688", Place("ledger"), program=program, why=why))
