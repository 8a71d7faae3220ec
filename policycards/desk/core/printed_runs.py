"""What was printed: the runs in the office's folder."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from policycards.desk.core.office_folder import Office

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
