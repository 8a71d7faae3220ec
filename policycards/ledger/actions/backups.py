"""Backups of a whole ledger, encrypted unless somebody says otherwise, and restoring one into an
empty database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection

from policycards.core.files import draft
from policycards.core.problems import Place, problem
from policycards.ledger.actions.encryption import BackupKey, Unreadable, decrypt, encrypt, key_of
from policycards.ledger.actions.epochs import begin_epoch
from policycards.ledger.actions.permission import Refused, ask, log
from policycards.ledger.actions.upgrading import upgrade
from policycards.ledger.models import LogEntry, Run, User

_FOLDER = ".policycards-backup-"


def backup(user: User, target: Path, *, now: datetime, key: str | None) -> int:
    """Write the whole ledger, as it is at one moment, to a file; its bytes. Without a key it is not
    encrypted.

    Nothing readable is written beside the target: the copy of an SQLite database lies on the
    ledger's own disk while it is encrypted, PostgreSQL's passes from program to program. The file is
    read back before the backup counts as made.
    """
    ask(user, "ledger.backup", "")
    secret = _key(key, target)
    try:
        with draft(target, private=True) as unfinished:
            with _dump() as source, unfinished.open("wb") as opened:
                if secret is None:
                    shutil.copyfileobj(source, opened)
                else:
                    encrypt(source, opened, secret)
            if secret is not None and secret.identity is not None:
                _prove(unfinished, secret)
    except OSError as error:
        raise Refused(
            problem("E659", Place(str(target)), why=error.strerror or type(error).__name__)
        ) from None
    log(user, "ledger.backup", "", now, encrypted=secret is not None)
    return target.stat().st_size


def restore(user: User, source: Path, *, now: datetime, key: str | None) -> None:
    """Fill an empty database from a backup, bring it to this version, and prove its triggers.

    A new epoch begins: phones send again what they keep, for the backup may be older than that.
    """
    ask(user, "ledger.restore", "")
    secret, place = _key(key, source), Place(str(source))
    if not source.is_file():
        raise Refused(problem("E686", place, why="there is no such file"))
    if not _is_empty():
        raise Refused(problem("E687", place))
    if secret is not None:
        _prove(source, secret)  # nothing is filled from a file that is damaged further on
    with _own_folder() as folder:
        dump = folder / "dump"
        with source.open("rb") as opened, _private(dump) as clear:
            if secret is None:
                shutil.copyfileobj(opened, clear)
            else:
                decrypt(opened, clear, secret)
        _fill(dump, place)
    upgrade()
    begin_epoch(now)
    log(user, "ledger.restore", "", now)


def _prove(file: Path, key: BackupKey) -> None:
    """Raises Refused (E686) unless the whole file can be opened."""
    with file.open("rb") as source, Path(os.devnull).open("wb") as nowhere:
        try:
            decrypt(source, nowhere, key)
        except Unreadable as error:
            raise Refused(problem("E686", Place(str(file)), why=error)) from None


def _private(file: Path) -> BinaryIO:
    """A new file that only its owner may read."""
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder that only its owner may read, on the ledger's own disk; what one that was killed has
    left there goes first.
    """
    home = Path(tempfile.gettempdir())
    if connection.vendor == "sqlite":
        home = Path(str(connection.settings_dict["NAME"])).resolve().parent
        for left in home.glob(f"{_FOLDER}*"):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=home) as folder:
        yield Path(folder)


def last_backup() -> datetime | None:
    """When the last backup was made."""
    return (
        LogEntry.objects.filter(verb="ledger.backup")
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )


def _key(text: str | None, file: Path) -> BackupKey | None:
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


@contextmanager
def _dump() -> Iterator[BinaryIO]:
    """The ledger as it is at this moment."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with _own_folder() as folder:
            _private(folder / "dump").close()
            with closing(sqlite3.connect(folder / "dump")) as copy:
                connection.connection.backup(copy)
            with (folder / "dump").open("rb") as source:
                yield source
        return
    command = ["pg_dump", "--format=custom", "--no-owner", *_server()]
    with _started(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        yield running.stdout  # type: ignore[misc]  # bytes, as Popen is asked for
        _end(running, "pg_dump")


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
    facts: dict[str, Any] = connection.get_connection_params()
    names = {"--host": "host", "--port": "port", "--username": "user", "--dbname": "dbname"}
    return [f"{option}={facts[name]}" for option, name in names.items() if facts.get(name)]


def _run(program: str, *arguments: str) -> None:
    with _started([program, *arguments], stdout=subprocess.DEVNULL) as running:
        _end(running, program)


def _started(command: list[str], *, stdout: int) -> subprocess.Popen[bytes]:
    password = connection.get_connection_params().get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    try:
        return subprocess.Popen(command, env=environment, stdout=stdout, stderr=subprocess.PIPE)
    except OSError as error:
        raise Refused(
            problem("E688", Place("ledger"), program=command[0], why=error.strerror)
        ) from None


def _end(running: subprocess.Popen[bytes], program: str) -> None:
    """Wait for a program; raises Refused (E688) where it failed."""
    _output, errors = running.communicate()
    if running.returncode:
        why = (errors.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1]
        raise Refused(problem("E688", Place("ledger"), program=program, why=why))
