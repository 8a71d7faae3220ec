"""Numbers and ranges as a clerk writes them: 40-52,60."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from policycards.core.problems import Place, Problem, problem

Range = tuple[int, int]
"""First and last number, both in it."""

_FOLDED = str.maketrans("０１２３４５６７８９－–—−~～至到，、；;", "0123456789--------,,,,")
_RANGE = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")


def parse_ranges(text: str, place: Place) -> tuple[tuple[Range, ...], list[Problem]]:
    """The ranges of a text in order, those that touch as one; or what is wrong with it (E750,
    E751).

    >>> parse_ranges("40-52, 60，41－53", Place("--cards"))
    (((40, 53), (60, 60)), [])
    """
    found: list[Range] = []
    problems = []
    for part in text.translate(_FOLDED).split(","):
        match = _RANGE.fullmatch("".join(part.split()))
        if not match:
            problems.append(problem("E750", place, part=part.strip()[:40]))
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            problems.append(
                problem("E751", place, part=f"{first}-{last}", turned=f"{last}-{first}")
            )
        found.append((first, last))
    return ((), problems) if problems else (tuple(_joined(found)), [])


def format_ranges(ranges: Sequence[Range]) -> str:
    """Ranges as they are written.

    >>> format_ranges(((40, 53), (60, 60)))
    '40-53,60'
    """
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in ranges)


def within(number: int, ranges: Sequence[Range]) -> bool:
    """Whether a number is in one of the ranges."""
    return any(first <= number <= last for first, last in ranges)


def first_missing(ranges: Sequence[Range], known: Collection[int]) -> int | None:
    """The first number of the ranges that is not known."""
    there = frozenset(known)
    return next(
        (
            number
            for first, last in ranges
            for number in range(first, last + 1)
            if number not in there
        ),
        None,
    )


def _joined(ranges: list[Range]) -> Iterator[Range]:
    ordered = sorted(ranges)
    first, last = ordered[0]
    for start, end in ordered[1:]:
        if start > last + 1:
            yield first, last
            first, last = start, end
        last = max(last, end)
    yield first, last
