"""What is wrong with a roster, gathered while it is read: problems with row and heading, the cells
themselves apart.

A problem never tells what stands in a cell, since what is reported goes into logs; the cells go into
the clerk's own file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from policycards.core.problems import Place, Problem, Severity, problem
from policycards.households.model import Roster

MOST = 1000
"""Problems of one kind in one column that are reported one by one; one fault in a whole column needs no
million lines.
"""
ROW_BITS = 24
"""A row's number takes so many bits, the number of its table the rest: rows of several sheets stand
in one frame.
"""
FIRST = 3
"""Places that are named for each kind of problem."""


@dataclass(slots=True)
class Findings:
    """``values`` has the cell at each place that a problem names; ``files`` how messages name each
    table; ``households`` the household of each row with an error.
    """

    problems: list[Problem] = field(default_factory=list)
    values: dict[Place, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    rows: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    _last: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def add(self, code: str, row: int, column: int, value: str | None, /, **facts: object) -> None:
        """A fault of a cell, or with column 0 of a row."""
        file, number = self.files[row >> ROW_BITS], row_of(row)
        self._counts[code, file, column] += 1
        self.rows.setdefault((code, column), []).append(row)
        if self._counts[code, file, column] <= MOST:
            self._last[code, file, column] = number
            self.problems.append(problem(code, Place(file, number, column), row=number, **facts))
            if value is not None:
                self.values[Place(file, number, column)] = value

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems += problems

    def shown(self, row: int, beside: int = 0) -> str:
        """A row as a message about another row names it: with its sheet where that is another."""
        if row >> ROW_BITS == beside >> ROW_BITS:
            return str(row_of(row))
        return f"{row_of(row)} [{self.files[row >> ROW_BITS]}]"

    def all(self) -> list[Problem]:
        """All problems by place; where there are more of a kind than are named, how many."""
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


def row_of(row: int) -> int:
    """The number of a row in its own table."""
    return row & ((1 << ROW_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Question:
    """What an office has to say once: its id, what it is about, the answers to choose from."""

    id: str
    about: str
    choices: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """All problems of one kind in one column: how many, the first of them, how many households they
    keep from being printed, and the questions that an answer to which mends them.
    """

    code: str
    heading: str
    count: int
    first: tuple[Problem, ...]
    households: int = 0
    questions: tuple[Question, ...] = ()


_ASKED = {"E513": "area:", "E590": "month:", "W510": "heading:", "E507": "area:"}
"""What an answer to which mends problems of a kind begins with."""


def grouped(problems: Iterable[Problem], notes: Notes) -> list[Group]:
    """Problems by kind and heading, errors first, those that cost most households first."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    more: Counter[str] = Counter()
    for each in problems:
        facts = dict(each.facts)
        if each.code == "W548":
            more[facts["kind"]] += int(facts["count"])
            continue
        kinds.setdefault((each.code, facts.get("heading", "")), []).append(each)
    groups = [
        Group(
            code,
            heading,
            len(found) + more[code],
            tuple(found[:FIRST]),
            len(notes.costs.get(code, ())),
            _questions(code, notes),
        )
        for (code, heading), found in kinds.items()
    ]
    return sorted(
        groups,
        key=lambda each: (
            each.first[0].severity is not Severity.ERROR,
            -each.households,
            -each.count,
            each.code,
            each.heading,
        ),
    )


def _questions(code: str, notes: Notes) -> tuple[Question, ...]:
    start = _ASKED.get(code)
    return tuple(each for each in notes.questions if start and each.id.startswith(start))


@dataclass(frozen=True, slots=True)
class Notes:
    """What was done with a list that is no fault: all of it is reported to the clerk.

    ``matched`` is heading to column name; ``personal`` are the columns dropped at once; ``values``
    the faulty cells; ``aside`` the rows that are no people, by what they are; ``questions`` what
    the office has to say; ``costs`` which households each kind of fault keeps from being printed,
    and ``withheld`` what is known of these.
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
    births: int = 0
    values: Mapping[Place, str] = field(default_factory=dict)
    aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    costs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    withheld: Roster | None = field(default=None, compare=False, repr=False)
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
