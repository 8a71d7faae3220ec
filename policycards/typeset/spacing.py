"""Space within Chinese lines: full-width marks squeezed, a gap between Han and Latin (clreq, GB/T
15834—2011 5.1.10).

Runs before lines are chosen, because it changes where they break.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from policycards.typeset.model import Cluster
from policycards.typeset.prepare import Stream

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
        for index in _found(stream, rule):
            spare = _blank(stream, index, opening)
            stream.clusters[index] = squeezed(stream.clusters[index], min(cut, spare), opening)
    for rule, opening, edge in ((_TRAILS, False, stream.cut_end), (_LEADS, True, stream.cut_start)):
        edge.update(
            (index, spare)
            for index in _found(stream, rule)
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


def _found(stream: Stream, rule: re.Pattern[str]) -> Iterator[int]:
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
