"""Databases for tests: a migrated template of each kind, and as many copies of it as there are
tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections

from policycards.ledger.settings import database

_numbers = count()


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest that is installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return found[-1].parent if found else None


def use(url: str) -> None:
    """Make the database of a URL the one of all threads that open one from now on."""
    connections["default"].close()
    connections.settings["default"] = connections.configure_settings({"default": database(url)})[
        "default"
    ]
    del connections["default"]


class SQLite:
    """Databases that are files."""

    vendor = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.sqlite3"
        use(f"sqlite:///{self.template}")
        call_command("migrate", verbosity=0)
        connections["default"].close()

    def fresh(self, *, empty: bool = False) -> str:
        """The URL of a new database, a copy of the template."""
        path = self.folder / f"{next(_numbers)}.sqlite3"
        if not empty:
            shutil.copy(self.template, path)
        return f"sqlite:///{path}"

    def clear(self) -> None:
        """Files go with their folder."""
        connections.close_all()


class PostgreSQL:
    """Databases of a server that is started for the tests, as somebody who is not root."""

    vendor = "postgresql"

    def __init__(self, folder: Path, bin_: Path, *, durable: bool = False) -> None:
        self.folder, self.bin = folder, bin_
        self.run(
            "initdb",
            "-D",
            folder / "data",
            "-A",
            "trust",
            "-U",
            "ledger",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = f"-c listen_addresses='' -k {folder} -c max_wal_size=8GB -c shared_buffers=1GB"
        # nothing in a test must outlive the machine, and a copy then takes a twentieth of a second
        if not durable:
            options = f"-c listen_addresses='' -k {folder} -c fsync=off -c full_page_writes=off"
        self.run(
            "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start"
        )
        self._admin = psycopg.connect(self._url("postgres"), autocommit=True)
        self._made: list[str] = []
        self._admin.execute("CREATE DATABASE template")
        use(self._url("template"))
        call_command("migrate", verbosity=0)
        connections["default"].close()

    def run(self, program: str, *arguments: object) -> None:
        command = [str(self.bin / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={_owner()}", "--clear-groups", *command]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder)

    def _url(self, name: str) -> str:
        return f"postgresql://ledger@/{name}?host={self.folder}"

    def fresh(self, *, empty: bool = False) -> str:
        name = f"t{next(_numbers)}"
        self._admin.execute(
            f"CREATE DATABASE {name} TEMPLATE {'template1' if empty else 'template'}"
        )
        self._made.append(name)
        return self._url(name)

    def clear(self) -> None:
        """Drop the databases that were made, so that they do not fill the disk."""
        connections.close_all()
        while self._made:
            self._admin.execute(f"DROP DATABASE {self._made.pop()} WITH (FORCE)")

    def stop(self) -> None:
        self._admin.close()
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")


def _owner() -> int:
    """Who runs the server when the tests are run by root: PostgreSQL refuses root."""
    return pwd.getpwnam("postgres").pw_uid


@contextmanager
def postgresql(bin_: Path, *, durable: bool = False) -> Iterator[PostgreSQL]:
    """A server in a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, _owner(), -1)
        server = PostgreSQL(folder, bin_, durable=durable)
        try:
            yield server
        finally:
            connections["default"].close()
            server.stop()
