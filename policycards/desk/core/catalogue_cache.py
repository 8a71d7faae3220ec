"""The catalogue of the office as it is on disk, read once for each state of its files."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from policycards.catalogue import Catalogue, check
from policycards.core.problems import Problem
from policycards.desk.core.office_folder import Office


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
