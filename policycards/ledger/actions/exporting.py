"""Exports: what leaves the ledger as a file is asked for and written down like a change."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localtime

from policycards.core.files import atomic_write
from policycards.ledger.models import User
from policycards.ledger.permissions import ask, log
from policycards.ledger.queries.reissues import (
    corrections,
    reissues,
    write_corrections,
    write_reissues,
)
from policycards.ledger.queries.report import Report, csv_of, report, write_workbook


@transaction.atomic
def export(user: User, verb: str, area: str, *, now: datetime, what: str, rows: int) -> None:
    """Ask whether somebody may take ``rows`` rows out of an area, and write that down, before the
    file is given.
    """
    ask(user, verb, area)
    log(user, verb, area, now, what=what, rows=rows)


def export_corrections(
    user: User,
    area: str,
    path: Path,
    translate: Callable[[str], str],
    *,
    now: datetime,
    edition: str = "",
) -> int:
    """The workbook of wrong data of an area, and how many rows it has."""
    found = list(corrections(user, area, edition=edition))
    export(
        user,
        "correction.export",
        area,
        now=now,
        what=f"corrections {edition}".strip(),
        rows=len(found),
    )
    _private(path, lambda: write_corrections(path, found, translate))
    return len(found)


def export_reissues(user: User, area: str, path: Path, *, now: datetime, edition: str = "") -> int:
    """The list of an area's cards to be printed again, and how many they are."""
    found = reissues(user, area, edition=edition)
    export(
        user, "reissue.export", area, now=now, what=f"reissues {edition}".strip(), rows=len(found)
    )
    _private(path, lambda: write_reissues(path, found))
    return len(found)


def export_report(
    user: User, area: str, first: date, last: date, path: Path, *, now: datetime, edition: str = ""
) -> Report:
    """The report of a period in an area as a workbook, or as a CSV of its areas: counts only, no
    names.
    """
    found = report(user, area, first, last, edition=edition, today=localtime(now).date())
    export(
        user,
        "report.export",
        area,
        now=now,
        what=f"report {first} {last} {edition}".strip(),
        rows=len(found.lines),
    )
    if path.suffix == ".csv":
        atomic_write(path, csv_of(found), private=True)
    else:
        _private(path, lambda: write_workbook(path, found))
    return found


def _private(path: Path, write: Callable[[], object]) -> None:
    """Write a file that only its owner may read, also where one was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    before = os.umask(0o077)
    try:
        write()
    finally:
        os.umask(before)
