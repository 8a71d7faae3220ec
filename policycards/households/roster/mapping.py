"""Which odd heading means which column, as an office writes it down once for the lists it gets
every year.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from policycards.core.files import atomic_write, read_file, shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.tables.encoding import decode


def read_mapping(told: Sequence[str]) -> tuple[dict[str, str], list[Problem]]:
    """From texts ``HEADING=COLUMN`` and names of files with the columns heading and column.

    >>> read_mapping(["户口本号=household_id"])
    ({'户口本号': 'household_id'}, [])
    """
    mapping: dict[str, str] = {}
    problems: list[Problem] = []
    for each in told:
        heading, sign, column = each.partition("=")
        if sign:
            mapping[heading.strip()] = column.strip()
            continue
        try:
            content = read_file(Path(each))
        except OSError as error:
            problems.append(
                problem(
                    "E100",
                    Place(shown_path(Path(each))),
                    why=error.strerror or type(error).__name__,
                )
            )
            continue
        text, found = decode(content, shown_path(Path(each)), table=True)
        problems += found
        rows = list(csv.reader(io.StringIO(text or "", newline="")))[1:]
        mapping |= {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}
    return mapping, problems


def write_mapping(path: Path, mapping: Mapping[str, str]) -> None:
    """A CSV with a byte order mark, so that Excel reads the Tibetan."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [("heading", "column"), *sorted(mapping.items())]
    )
    atomic_write(path, "\ufeff" + text.getvalue())
