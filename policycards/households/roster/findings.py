"""What is wrong with a roster, gathered while it is read: problems with row and heading, the cells
themselves apart.

A problem never tells what stands in a cell, since what is told goes into logs; the cells go into
the clerk's own file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from policycards.core.problems import Place, Problem, problem

MOST = 1000
"""Problems of one kind in one column that are told one by one; one fault in a whole column needs no
million lines.
"""


@dataclass(slots=True)
class Findings:
    """``values`` has the cell at each place that a problem names."""

    problems: list[Problem] = field(default_factory=list)
    values: dict[Place, str] = field(default_factory=dict)
    _counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    _last: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def add(
        self, code: str, file: str, row: int, column: int, value: str | None, /, **facts: object
    ) -> None:
        """A fault of a cell, or with column 0 of a row."""
        self._counts[code, file, column] += 1
        if self._counts[code, file, column] <= MOST:
            self._last[code, file, column] = row
            self.problems.append(problem(code, Place(file, row, column), row=row, **facts))
            if value is not None:
                self.values[Place(file, row, column)] = value

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems += problems

    def told(self) -> list[Problem]:
        """All problems by place; where there are more of a kind than are told, how many."""
        more = [
            problem(
                "W548",
                Place(file, self._last[code, file, column], column),
                count=count - MOST,
                kind=code,
            )
            for (code, file, column), count in self._counts.items()
            if count > MOST
        ]
        return sorted(
            dict.fromkeys([*self.problems, *more]),
            key=lambda each: (each.place, each.code, each.facts),
        )


@dataclass(frozen=True, slots=True)
class Notes:
    """What was done with a list that is no fault: all of it is told to the clerk.

    ``matched`` is heading to column name; ``personal`` are the columns dropped at once; ``values``
    the faulty cells.
    """

    rows: int = 0
    households: int = 0
    left_out: tuple[str, ...] = ()
    matched: Mapping[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    hidden: int = 0
    totals: int = 0
    merged: int = 0
    derived: int = 0
    values: Mapping[Place, str] = field(default_factory=dict)
