"""The folder of an office: its policies, lists, packs, what the desk remembers, and its catalogue.

The catalogue is as it is on disk, read once for each state of its files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from policycards.catalogue import Catalogue, check
from policycards.core.problems import Problem

LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb", ".csv", ".txt")
"""Endings of the lists that offices have."""
NAME = 80
"""Characters of a file's name that are kept."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office's folder. Nothing outside it is read or written."""

    folder: Path

    @classmethod
    def of_environment(cls) -> Office:
        """The office that this desk was opened for."""
        return cls(Path(os.environ["POLICYCARDS_OFFICE"]))

    @property
    def policies(self) -> Path:
        return self.folder / "policies"

    @property
    def fonts(self) -> Path:
        return self.folder / "fonts"

    @property
    def rosters(self) -> Path:
        """Lists that were dropped here."""
        return self.folder / "rosters"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def memory(self) -> Path:
        """What the desk remembers: tasks, and where it is open."""
        return self.folder / "desk"

    @property
    def ledger(self) -> Path:
        """The ledger that this PC keeps, or where another keeps it; read by
        ``policycards.ledger.local_ledger``.
        """
        return self.folder / "ledger"

    @property
    def key(self) -> Path | None:
        """The county's key, where this office has one."""
        file = self.folder / "county.key"
        return file if file.is_file() else None

    def inside(self, name: str) -> Path | None:
        """A file or folder of the office by its path from the office's folder; None where it is not
        there or not its.

        What the desk remembers, the ledger and the key are nobody's to open.
        """
        try:
            path = (self.folder / name).resolve()
            own = path.is_relative_to(self.folder.resolve()) and path.exists()
        except (OSError, ValueError):  # a name that no file can have
            return None
        secret = (self.memory.resolve(), self.ledger.resolve())
        private = any(map(path.is_relative_to, secret)) or path.suffix == ".key"
        return path if own and not private else None

    def relative(self, path: Path) -> str:
        """A path from the office's folder, with slashes."""
        return path.resolve().relative_to(self.folder.resolve()).as_posix()


def safe_name(full: str) -> str:
    """A file's name without what a system could take for a path, a device or an option.

    >>> safe_name("../..\\\\a:b 名单.XLSX"), safe_name("-x.csv"), safe_name("con.csv")
    ('a_b 名单.xlsx', 'x.csv', '_con.csv')
    """
    name = full.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        sign if sign.isprintable() and sign not in '<>:"|?*' else "_" for sign in name
    ).strip(" .-")
    stem, dot, ending = kept.rpartition(".")
    stem, ending = (stem or ending)[:NAME].rstrip(" ."), f"{dot}{ending.lower()}" if stem else ""
    devices = {
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
    }
    return f"{'_' if stem.lower() in devices else ''}{stem or 'list'}{ending}"


def opened(office: Office, day: date) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue as it is on disk with its problems, read again only when a file of it has
    changed.
    """
    files = sorted(
        file
        for file in office.policies.rglob("*")
        if file.is_file() and "editions" not in file.parts
    )
    stamps = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return _read(office.policies, day, stamps)


@lru_cache(maxsize=2)
def _read(policies: Path, day: date, _stamps: object) -> tuple[Catalogue | None, list[Problem]]:
    return check(policies, day)
