"""Lines brought to the measure: Chinese squeezed, then stretched; Tibetan stretched at its gaps and
padded with tshegs.

Every gap is part of a cluster's advance. Whole 1/1000 em are given out, so a line may miss the
measure by less than one of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import accumulate
from math import ceil

from policycards.typeset.break_rules import ENDS, SHADS
from policycards.typeset.model import Cluster
from policycards.typeset.prepare import Stream, Strip
from policycards.typeset.spacing import (
    CLOSING,
    GAP,
    OPENING,
    STOPS,
    is_ideograph,
    squeezed,
    widened,
)

_TSHEG = "\u0f0b"
_COMMAS = "，、；："
_LEAST_GAP = 125
"""1/1000 em to which the gap between Han and Latin may shrink: an eighth (clreq)."""
_WORD_LIMIT = 170
"""1/1000 em that a typed space, and the gap between Han and Latin, take before all gaps of the line
are stretched: the latter grows to a third of an em (clreq).
"""

_TIBETAN_END = re.compile(rf"[{ENDS}{SHADS}]")


def give(stream: Stream) -> list[float]:
    """pt that can be squeezed out of a stream before each of its clusters, and before its end."""
    steps = (
        _capacity(stream, index) * strip.size / 1000 for index, strip in enumerate(stream.owner)
    )
    return list(accumulate(steps, initial=0.0))


def _capacity(stream: Stream, index: int) -> int:
    if index in stream.gaps:
        return stream.gaps[index] * (GAP - _LEAST_GAP) // GAP
    return stream.cut_end.get(index, stream.cut_start.get(index, 0))


def justified(
    stream: Stream, first: int, clusters: Sequence[Cluster], room: float, pads: bool
) -> tuple[list[Cluster], list[Cluster]]:
    """The clusters of the line that begins at ``first``, made ``room`` pt wider or narrower, and
    tshegs to pad it with.

    ``pads`` allows tshegs at its end, where it ends in one.
    """
    line, padding = list(clusters), list[Cluster]()
    owner = stream.owner[first : first + len(line)]
    if room < 0:
        _squeeze(stream, first, line, owner, -room)
    elif pads and line and line[-1].text == _TSHEG:
        line, padding = _padded(line, owner, room)
    else:
        _stretch(stream, first, line, owner, room)
    return line, padding


def _padded(
    line: list[Cluster], owner: list[Strip], room: float
) -> tuple[list[Cluster], list[Cluster]]:
    """As many tshegs as there is room for; what is left over goes to all tshegs of the line
    alike.
    """
    (tsheg,) = owner[-1].face.shape(_TSHEG, owner[-1].script)
    em, length = owner[-1].size / 1000, len(line)
    # The last tsheg was kerned to a syllable that does not follow here.
    room -= (tsheg.advance - line[-1].advance) * em
    if room >= 0:
        count = int(room / (tsheg.advance * em))
        whole = [*line[:-1], tsheg, *[tsheg] * count]
        room -= count * tsheg.advance * em
    else:
        count, whole = 0, line
        room += (tsheg.advance - line[-1].advance) * em
    places = [index for index, cluster in enumerate(whole) if cluster.text == _TSHEG]
    _spread(whole, owner + owner[-1:] * count, places, room)
    return whole[:length], whole[length:]


def _squeeze(
    stream: Stream, first: int, line: list[Cluster], owner: Sequence[Strip], excess: float
) -> None:
    """Take pt out: of brackets, then commas, then gaps before Latin, then full stops (clreq)."""
    ranks: dict[int, list[int]] = {}
    for index in range(len(line)):
        is_cut = first + index in (stream.cut_start if index == 0 else {}) or index == len(line) - 1
        if not is_cut and _capacity(stream, first + index):
            ranks.setdefault(_rank(line[index].text), []).append(index)
    for rank in sorted(ranks):
        room = sum(
            _capacity(stream, first + index) * owner[index].size / 1000 for index in ranks[rank]
        )
        share = min(1.0, excess / room) if excess > 0 else 0.0
        for index in ranks[rank]:
            units = ceil(_capacity(stream, first + index) * share)
            line[index] = squeezed(line[index], units, opening=line[index].text in OPENING)
            excess -= units * owner[index].size / 1000


def _rank(text: str) -> int:
    if text in OPENING or text in CLOSING:
        return 0
    if text in _COMMAS:
        return 1
    return 3 if text in STOPS else 2


def _stretch(
    stream: Stream, first: int, line: list[Cluster], owner: Sequence[Strip], room: float
) -> None:
    """Give pt to spaces and gaps before Latin, then to all gaps of both scripts alike."""
    inner = range(len(line) - 1)
    words = [index for index in inner if line[index].text == " " or first + index in stream.gaps]
    letters = [
        index
        for index in inner
        if index not in words and _is_gap(line[index].text, line[index + 1].text)
    ]
    room -= _spread(line, owner, words, room, _WORD_LIMIT)
    _spread(line, owner, letters or words, room)


def _is_gap(before: str, after: str) -> bool:
    if _TIBETAN_END.fullmatch(before):
        return not _TIBETAN_END.fullmatch(after) and after != " "
    is_chinese = is_ideograph(before[0]) or before in CLOSING or before in STOPS
    return is_chinese and (is_ideograph(after[0]) or after in OPENING)


def _spread(
    line: list[Cluster],
    owner: Sequence[Strip],
    places: Collection[int],
    room: float,
    limit: int | None = None,
) -> float:
    """Widen the clusters at some places alike, each by at most ``limit`` 1/1000 em; returns the pt
    given.
    """
    if not places or room <= 0:
        return 0.0
    units = {
        index: _bounded(int(room / len(places) * 1000 / owner[index].size), limit)
        for index in places
    }
    given = sum(count * owner[index].size / 1000 for index, count in units.items())
    for index in places:
        step = owner[index].size / 1000
        if given + step <= room and (limit is None or units[index] < limit):
            units[index] += 1
            given += step
    for index, count in units.items():
        line[index] = widened(line[index], count)
    return given


def _bounded(units: int, limit: int | None) -> int:
    return units if limit is None else min(units, limit)
