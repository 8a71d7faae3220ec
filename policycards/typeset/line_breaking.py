"""Choosing where lines end: as few lines as will do, no ugly break without need, edges as even as
they can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policycards.typeset.break_rules import (
    DIGITS,
    ENDS,
    FREE,
    LETTERS,
    MARKS,
    OPENERS,
    SPACE,
    UGLY,
    WITHIN_WORD,
    breaks,
)
from policycards.typeset.streams import Stream

# What one fault costs, in lines that may be spent to avoid it; an overfull line costs more than all
# else.
_LINE = 1.0
_GRADES = {FREE: 0.0, WITHIN_WORD: 0.05, UGLY: 1.5}
_LONE = 1.5
_RAGGED = 0.4
_OVERFULL = 1e6
_ROUNDING = 1e-6

# A single Han character or a single Tibetan syllable, with whatever marks stand around it.
_LONE_ATOM = re.compile(
    rf"[{OPENERS}]*(?:[^{LETTERS}{MARKS}{DIGITS}A-Za-z]|(?:[{LETTERS}][{MARKS}]*)+[{ENDS}]*)"
    rf"[^{LETTERS}{DIGITS}\w]*"
)


class Extent(NamedTuple):
    """The clusters of a line, without the spaces at its end; ``closes`` where the text or a typed
    line ends.
    """

    first: int
    last: int
    closes: bool


class _Stop(NamedTuple):
    """A place where a line may end: before cluster ``start``; ``end`` is that without the spaces.

    ``left`` is where the next line would begin and ``right`` where this one would end, in pt of the
    whole stream; ``spare`` and ``given`` are the pt that could be squeezed out before either.
    """

    start: int
    end: int
    left: float
    right: float
    spare: float
    given: float
    fault: float
    lone: bool
    forced: bool


def extents(stream: Stream, width: float, give: Sequence[float] = ()) -> list[Extent]:
    """The lines of a stream in a column ``width`` pt wide; what is too wide for any line stands
    over.

    ``give`` has for justified lines the pt that can be squeezed out before each cluster.
    """
    ruler = _Ruler(stream, stream.edges(), give)
    if "\n" not in stream.text:
        end = ruler.stop(len(stream.clusters))
        if end.right - ruler.stop(0).left <= width:
            return [Extent(0, end.end, True)]
    stops = list(_stops(stream, ruler))
    return [
        Extent(stops[i].start, max(stops[i].start, stops[k].end), stops[k].forced)
        for i, k in _cheapest(stops, width)
    ]


class _Ruler(NamedTuple):
    """Measures a stream from its start: pt before each cluster, and pt that could be squeezed out
    before it.
    """

    stream: Stream
    edges: list[float]
    give: Sequence[float]

    def stop(
        self, start: int, fault: float = 0.0, lone: bool = False, forced: bool = False
    ) -> _Stop:
        """Where a line ends and the next begins, if they part before the cluster ``start``."""
        stream, edges, give = self
        end = start
        while end and SPACE.match(stream.clusters[end - 1].text):
            end -= 1
        left, right = edges[start], edges[end]
        if start in stream.cut_start:
            left += stream.cut_start[start] * stream.owner[start].size / 1000
        if end - 1 in stream.cut_end:
            right -= stream.cut_end[end - 1] * stream.owner[end - 1].size / 1000
        if not give:
            return _Stop(start, end, left, right, 0.0, 0.0, fault, lone, forced)
        # What the ends lose anyway cannot be squeezed out once more.
        spare, given = give[start + (start in stream.cut_start)], give[max(0, end - 1)]
        return _Stop(start, end, left, right, spare, given, fault, lone, forced)


def _stops(stream: Stream, ruler: _Ruler) -> Iterator[_Stop]:
    index = {offset: cluster for cluster, offset in enumerate(stream.offsets)}
    yield ruler.stop(0)
    offset = 0
    for typed in stream.text.rstrip("\n").split("\n"):
        found = breaks(typed)
        for each in found:
            if (start := index.get(offset + each.offset)) is not None:
                yield ruler.stop(start, _GRADES[each.grade])
        lone = bool(found) and bool(_LONE_ATOM.fullmatch(typed, found[-1].offset))
        offset += len(typed) + 1
        yield ruler.stop(index.get(offset, len(stream.clusters)), lone=lone, forced=True)


def _cheapest(stops: list[_Stop], width: float) -> list[tuple[int, int]]:
    """Pairs of stops between which the lines lie, of the smallest cost together."""
    costs, origins = [0.0], [0]
    for k in range(1, len(stops)):
        cost, origin = _best_line(stops, costs, k, width)
        costs.append(cost)
        origins.append(origin)
    pairs: list[tuple[int, int]] = []
    k = len(stops) - 1
    while k:
        pairs.append((origins[k], k))
        k = origins[k]
    return pairs[::-1]


def _best_line(stops: list[_Stop], costs: list[float], k: int, width: float) -> tuple[float, int]:
    """The cheapest line that ends at stop ``k``: all cost so far, and the stop where that line
    begins.
    """
    _, _, _, right, _, given, fault, lone, forced = stops[k]
    fixed = _LINE + fault
    best, origin = costs[k - 1] + fixed + _OVERFULL, k - 1
    for i in range(k - 1, -1, -1):
        start = stops[i]
        slack = width - right + start.left
        if slack < -_ROUNDING and slack + given - start.spare < 0:
            break
        cost = costs[i] + fixed
        if not forced or slack < 0:
            cost += _RAGGED * (slack / width) ** 2
        if lone and i == k - 1:
            cost += _LONE
        if cost < best:
            best, origin = cost, i
        if start.forced:
            break
    return best, origin
