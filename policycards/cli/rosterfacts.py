"""What the check of a list found, for a program: its columns, its problems with their cells,
counts, and files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.cli import report
from policycards.core.problems import Problem, Severity

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.households.model import Roster
    from policycards.households.roster.findings import Notes


def facts(
    file: Path,
    catalogue: Catalogue,
    found: Roster | None,
    problems: Sequence[Problem],
    notes: Notes,
    made: Mapping[str, Path],
) -> dict[str, object]:
    """``columns`` are headings that are known and what they mean, ``unknown`` the others with the
    nearest meaning.
    """
    from policycards.households.roster.fields import fields_of
    from policycards.households.roster.headings import nearest_field

    fields = fields_of(catalogue)
    errors = sum(each.severity is Severity.ERROR for each in problems)
    return {
        "file": file.as_posix(),
        "rows": notes.rows,
        "households": notes.households,
        "persons": found.members.height if found else 0,
        "errors": errors,
        "warnings": len(problems) - errors,
        "left_out": list(notes.left_out),
        "villages": _villages(found),
        "columns": [
            {"heading": heading, "column": name} for heading, name in notes.matched.items()
        ],
        "unknown": [
            {"heading": each, "nearest": nearest_field(each, fields)} for each in notes.unmatched
        ],
        "dropped": list(notes.personal),
        "hidden_rows": notes.hidden,
        "rows_of_sums": notes.totals,
        "filled_cells": notes.merged,
        "derived_numbers": notes.derived,
        "problems": [_with_cell(each, notes) for each in problems],
        "files": {name: path.as_posix() for name, path in made.items()},
    }


def _villages(found: Roster | None) -> list[dict[str, object]]:
    counts = found.households.group_by("area").len().sort("area").iter_rows() if found else []
    return [{"area": area, "households": count} for area, count in counts]


def _with_cell(found: Problem, notes: Notes) -> dict[str, object]:
    """A problem with the cell as a sheet names it, such as ``D14``, and what stands there."""
    from policycards.tables.xlsx import letters

    place = found.place
    cell = f"{letters(place.column - 1)}{place.line}" if place.column else ""
    return {**report.as_dict(found), "cell": cell, "value": notes.values.get(place, "")}
