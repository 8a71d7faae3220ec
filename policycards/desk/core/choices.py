"""What there is to choose from in an office's folder: lists of households, editions, runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.http import QueryDict

from policycards.catalogue.editions.edition import NOW, editions
from policycards.desk.core.office_folder import LISTS, Office
from policycards.desk.core.printed_runs import Printed, printed

DAY = "day"
"""Stands for the day entered beside it, where an edition could be chosen."""


def lists(office: Office) -> list[str]:
    """The lists of households, the one that was changed last first."""
    files = office.rosters.iterdir() if office.rosters.is_dir() else ()
    kept = [each for each in files if _is_list(each)]
    return [
        office.relative(each)
        for each in sorted(kept, key=lambda each: (-each.stat().st_mtime, each.name))
    ]


def _is_list(file: Path) -> bool:
    """Whether it is a list, and none that Excel or the desk has just open."""
    return file.is_file() and file.suffix.lower() in LISTS and not file.name.startswith((".", "~$"))


def names(office: Office) -> list[str]:
    """The editions, the last first."""
    return editions(office.policies)[::-1]


def runs(office: Office) -> list[Printed]:
    """What was printed as cards, the latest first; slips are none."""
    return [each for each in printed(office) if not each.path.endswith("-slips")]


def version(fields: QueryDict, name: str, default: str = NOW) -> str:
    """What was chosen: an edition, ``now``, or the day beside it; empty where that is no day."""
    chosen = fields.get(name, default)
    if chosen != DAY:
        return chosen
    try:
        return date.fromisoformat(fields.get(f"{name}_day", "")).isoformat()
    except ValueError:
        return ""


def is_day(chosen: str) -> bool:
    return chosen[:4].isdigit() and chosen.count("-") == 2
