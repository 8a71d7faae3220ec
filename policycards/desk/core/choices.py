"""What there is to choose from in an office's folder: lists of households, editions, printed runs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from django.http import QueryDict

from policycards.catalogue.editions.edition import NOW, editions
from policycards.desk.core.office_folder import LISTS, Office

_DIGEST = re.compile(r"-[0-9a-f]{6}$")
"""What keeps two runs of one list apart."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A run in the office's folder of what was made, by the folder of its edition."""

    edition: str
    path: str
    facts: dict[str, object]
    time: datetime = datetime.min

    @property
    def list(self) -> str:
        """The list that it was printed from, by the name of its folder; its edition where the
        folder has no name of its own.
        """
        parts = PurePosixPath(self.path).parts
        return _DIGEST.sub("", parts[-2]) if len(parts) > 2 else self.edition

    @property
    def is_published(self) -> bool:
        inputs = self.facts.get("inputs")
        return isinstance(inputs, dict) and inputs.get("is_published") == "True"

    @property
    def is_slips(self) -> bool:
        """Whether slips were printed, and no cards."""
        inputs = self.facts.get("inputs")
        return isinstance(inputs, dict) and inputs.get("slips") == "True"

    @property
    def cards(self) -> object:
        """How many cards, or slips, it was to have."""
        counts = self.facts.get("counts")
        return counts.get("cards", 0) if isinstance(counts, dict) else 0


def printed(office: Office) -> list[Printed]:
    """Every run that was printed, the latest first."""
    found = []
    for file in sorted(office.output.glob("*/run/run.json")) + sorted(
        office.output.glob("*/*/run/run.json")
    ):
        try:
            facts = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        time = datetime.fromtimestamp(file.stat().st_mtime)
        found.append(Printed(file.parts[-3], office.relative(file.parent.parent), facts, time))
    return sorted(found, key=lambda each: each.time, reverse=True)


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
