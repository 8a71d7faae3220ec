"""Space within lines, and lines brought to the measure.

Before lines are chosen, because it changes where they break: full-width marks squeezed, a gap
between Han and Latin (clreq, GB/T 15834—2011 5.1.10). Afterwards Chinese is squeezed, then
stretched; Tibetan is stretched at its gaps and padded with tshegs. Every gap is part of a cluster's
advance. Whole 1/1000 em are given out, so a line may miss the measure by less than one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from math import ceil

from policycards.typeset.break_rules import ENDS, SHADS
from policycards.typeset.streams import Stream, Strip
from policycards.typeset.text_model import Cluster

OPENING = "（［｛《〈「『【〔〖“‘"
CLOSING = "）］｝》〉」』】〕〗”’"
STOPS = "，。、；：！？．"
GAP = 160
"""1/1000 em of the Chinese size between Han and Latin or digits; at 250 a number stands apart from
its own unit.
"""
_HALF = 500
_QUARTER = 250

_TIBETAN = "\u0f00-\u0fff"
# Of two marks side by side one loses its blank half when one of them is a bracket, and a typed
# space is blank enough.
_LOSES_RIGHT = re.compile(rf"[{CLOSING}{STOPS}](?=[ {OPENING}{CLOSING}])|[{CLOSING}](?=[{STOPS}])")
_LOSES_LEFT = re.compile(rf"(?<=[ {OPENING}])[{OPENING}]")
# Beside Tibetan, whose letters stand closer, half of the blank half is enough.
_NARROWS_RIGHT = re.compile(rf"[{CLOSING}{STOPS}](?=[{_TIBETAN}])")
_NARROWS_LEFT = re.compile(rf"(?<=[{_TIBETAN}])[{OPENING}]")
_TRAILS = re.compile(rf"[{CLOSING}{STOPS}]")
_LEADS = re.compile(rf"[{OPENING}]")
_LATIN = re.compile(r"[A-Za-z0-9%$€£+±≥≤]+")


def space(stream: Stream, size: float) -> None:
    """Squeeze marks that meet, open gaps of Chinese ``size`` pt, and note what goes at the ends of
    a line.
    """
    for rule, opening, cut in (
        (_LOSES_RIGHT, False, _HALF),
        (_LOSES_LEFT, True, _HALF),
        (_NARROWS_RIGHT, False, _QUARTER),
        (_NARROWS_LEFT, True, _QUARTER),
    ):
        for index in _matches(stream, rule):
            spare = _blank(stream, index, opening)
            stream.clusters[index] = squeezed(stream.clusters[index], min(cut, spare), opening)
    for rule, opening, edge in ((_TRAILS, False, stream.cut_end), (_LEADS, True, stream.cut_start)):
        edge.update(
            (index, spare)
            for index in _matches(stream, rule)
            if (spare := _blank(stream, index, opening))
        )
    for index in _meetings(stream):
        gap = round(GAP * size / stream.owner[index].size)
        stream.clusters[index] = widened(stream.clusters[index], gap)
        stream.gaps[index] = stream.cut_end[index] = gap


def squeezed(cluster: Cluster, cut: int, opening: bool) -> Cluster:
    """A mark without ``cut`` 1/1000 em of its white, on the left for an opening one."""
    glyphs = cluster.glyphs
    if opening:
        glyphs = tuple(glyph._replace(dx=glyph.dx - cut) for glyph in glyphs)
    return Cluster(cluster.text, glyphs, cluster.advance - cut)


def widened(cluster: Cluster, gap: int) -> Cluster:
    """A cluster with so many 1/1000 em more after it."""
    return Cluster(cluster.text, cluster.glyphs, cluster.advance + gap)


def is_ideograph(character: str) -> bool:
    """Whether it is a Han character, not a mark or sign of Chinese.

    >>> [is_ideograph(character) for character in "青，①"]
    [True, False, False]
    """
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U00020000"
    )


def _meetings(stream: Stream) -> Iterator[int]:
    """The clusters after which Han meets Latin or digits, or they Han."""
    for match in _LATIN.finditer(stream.text):
        start, end = match.span()
        if start and is_ideograph(stream.text[start - 1]):
            yield _holder(stream, start - 1)
        if end < len(stream.text) and is_ideograph(stream.text[end]):
            yield _holder(stream, end - 1)


def _holder(stream: Stream, offset: int) -> int:
    """The cluster that the character at an offset belongs to."""
    return bisect_right(stream.offsets, offset) - 1


def _matches(stream: Stream, rule: re.Pattern[str]) -> Iterator[int]:
    """The clusters of one character that a rule finds."""
    for match in rule.finditer(stream.text):
        index = _holder(stream, match.start())
        if stream.clusters[index].text == match[0]:
            yield index


def _blank(stream: Stream, index: int, opening: bool) -> int:
    """1/1000 em that a full-width mark has beyond half an em, if nothing is drawn there: left of an
    opening one.
    """
    cluster = stream.clusters[index]
    spare = cluster.advance - _HALF
    ink = stream.owner[index].face.ink(cluster.glyphs)
    is_white = ink.left >= spare if opening else ink.right <= _HALF
    return spare if spare > 0 and is_white else 0


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
