"""Where the headings of a table stand, in one line, two or three, below whatever titles an office
puts above them; and the whole heading of each column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policycards.tables.xlsx import Block

TOP = 40
"""Rows in which the headings are looked for; what an office puts above them is a title and a
date.
"""
LINES = 3
"""Lines that headings may take."""
JOIN = "·"
"""Between the lines of a joined heading: 草畜平衡奖励·面积."""

_MARKS = re.compile(r"[\s:*·.,，、;；_\-/\u0f0b\u0f0c\u0f0d\u200b\ufeff]+")
_UNIT = re.compile(
    r"[(（\[【].{1,12}[)）\]】]|单位[:：].{1,8}|[万千百]?[亩元]|公顷|元/[月年季]|[人户头只]"
)
"""A line below the headings that names nothing but units."""
Means = Callable[[str], str | None]
"""What a heading of one line means, if anything."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The last row of the headings, the whole heading of each column as the parts of its lines, and
    the lines above that are titles.
    """

    row: int
    parts: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(JOIN.join(parts) for parts in self.parts)


@lru_cache(1 << 14)
def key_of(heading: str) -> str:
    """A heading as it is compared: width, case, spaces, tshegs and marks make no difference.

    >>> key_of("姓 名（藏文）："), key_of("Birth_Date")
    ('姓名(藏文)', 'birthdate')
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def find_headings(
    rows: Sequence[tuple[int, Sequence[str]]], blocks: Iterable[Block], means: Means
) -> Headings | None:
    """The headings among the first rows of a table; None where no row has two that mean something.

    The row with the most meanings is one of the lines; a line above or below belongs to it where
    merged cells bind them, or where it says of columns without a meaning what they are.
    """
    counts = [len({name for cell in cells if (name := means(cell))}) for _row, cells in rows]
    best, most = -1, 1
    for at, count in enumerate(counts):
        if count > most:
            best, most = at, count
    if best < 0:
        return None
    width = max(len(cells) for _row, cells in rows)
    lines = [[*cells, *[""] * (width - len(cells))] for _row, cells in rows]
    numbers = [row for row, _cells in rows]
    first = last = best
    merged = list(blocks)
    while (
        last + 1 < len(lines)
        and last - best < LINES - 1
        and _goes_on(lines[last], lines[last + 1], numbers[last + 1], merged, means)
    ):
        last += 1
    while (
        first > 0
        and last - first < LINES - 1
        and _stands_above(lines[first - 1], lines[first], numbers[first - 1], merged, means, width)
    ):
        first -= 1
    spread = [_spread(lines[at], lines[at + 1 : last + 1]) for at in range(first, last + 1)]
    parts = []
    for column in range(width):
        texts = [" ".join(line[column].split()) for line in spread]
        parts.append(
            tuple(part for at, part in enumerate(texts) if part and part not in texts[:at])
        )
    titles = [" ".join(dict.fromkeys(filter(None, map(str.strip, line)))) for line in lines[:first]]
    return Headings(numbers[last], tuple(parts), tuple(filter(None, titles)))


def _goes_on(
    line: Sequence[str], below: Sequence[str], row: int, blocks: list[Block], means: Means
) -> bool:
    """Whether the line below has particulars of headings: a merged cell of the headings reaches
    into it, or it fills what the headings leave empty and holds no figures.
    """
    filled = [at for at, cell in enumerate(below) if cell.strip()]
    if not filled or any(_is_figure(below[at]) for at in filled):
        return False
    if len(filled) < len(below) and all(_UNIT.fullmatch(below[at].strip()) for at in filled):
        return True
    if any(top < row <= bottom and line[left].strip() for left, top, _r, bottom in blocks):
        return all(below[at].strip() == line[at].strip() or len(below[at]) <= 30 for at in filled)
    known = [at for at, cell in enumerate(line) if means(cell)]
    if all(means(below[at]) == means(line[at]) for at in filled if means(line[at])):
        both = sum(1 for at in filled if means(below[at]))
        if both >= 2 and both == len([at for at in filled if at in known]):
            return True
    beside = [at for at in filled if at not in known]
    return len(beside) >= 2 and not any(below[at].strip() for at in known)


def _stands_above(
    line: Sequence[str],
    below: Sequence[str],
    row: int,
    blocks: list[Block],
    means: Means,
    width: int,
) -> bool:
    """Whether a line above has the groups of headings: cells merged over several columns, cells
    merged into the line below, or headings in another script.
    """
    texts = {cell.strip() for cell in line if cell.strip()}
    if len(texts) < 2:
        return False
    into = [
        (left, right) for left, top, right, bottom in blocks if top <= row < bottom and line[left]
    ]
    over = [
        (left, right)
        for left, top, right, bottom in blocks
        if top <= row <= bottom and right > left and line[left] and right - left < width - 1
    ]
    if into or (over and _groups(line, below, over)):
        return not any(
            ":" in unicodedata.normalize("NFKC", cell) and means(cell) is None for cell in texts
        )
    same = [
        at
        for at, cell in enumerate(line)
        if means(cell) and at < len(below) and means(cell) == means(below[at])
    ]
    return len(same) >= 2


def _groups(line: Sequence[str], below: Sequence[str], over: list[tuple[int, int]]) -> bool:
    """Whether the merged cells of a line stand over several filled cells of the next."""
    return all(
        len({below[at] for at in range(left, min(right + 1, len(below))) if below[at].strip()}) > 1
        for left, right in over
    )


def _spread(line: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """A line of groups with each group's heading over all its columns, as far as a line below has
    particulars there: a CSV keeps no merged cells.
    """
    if not below:
        return list(line)
    spread, group = [], ""
    for at, cell in enumerate(line):
        if cell.strip():
            group = cell
        own = any(each[at].strip() for each in below)
        spread.append(cell if cell.strip() else (group if own else ""))
    return spread


def _is_figure(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%+\-/ ]+", unicodedata.normalize("NFKC", cell).strip()))
