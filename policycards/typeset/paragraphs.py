"""Paragraphs: collect spans, shape, choose breaks, finish lines, place baselines.

A line is cut out of the stream: its ends trimmed, its shapes mended where it was cut, justified.
Baselines stand as near as the ink of two lines allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from policycards.typeset.break_rules import SPACE
from policycards.typeset.fonts import Fonts
from policycards.typeset.justify import OPENING, give, justified, space, squeezed, widened
from policycards.typeset.line_breaking import Extent, extents
from policycards.typeset.normalization import normal
from policycards.typeset.streams import Stream, Strip, prepared
from policycards.typeset.text_model import Align, Cluster, Line, Paragraph, Run, Span, Style

_CLEAR = 0.05
"""em of white that stays between the ink of two lines."""
_EVEN = 1.9
"""em up to which all lines of a paragraph take the pitch that its tightest pair needs; what needs
more opens alone.
"""


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float


def baselines(
    lines: Sequence[Line], lefts: Sequence[float], pitch: float, size: float, fonts: Fonts
) -> list[float]:
    """pt from the top of the paragraph to each baseline; the first line's ink touches the top.

    ``pitch`` is in em of ``size`` pt.
    """
    least, clear = pitch * size, _CLEAR * size
    needs = [
        _need(lines[i : i + 2], lefts[i : i + 2], least, clear, fonts)
        for i in range(len(lines) - 1)
    ]
    even = max([least, *(need for need in needs if need <= _EVEN * size)])
    places = [lines[0].ink_top] if lines else []
    for need in needs:
        places.append(places[-1] + max(even, need))
    return places


def _need(
    pair: Sequence[Line], lefts: Sequence[float], least: float, clear: float, fonts: Fonts
) -> float:
    """pt between two baselines so that no ink of one comes nearer than ``clear`` to the other's; at
    least ``least``.
    """
    upper, lower = pair
    if lower.ink_top - upper.ink_bottom + clear <= least:
        return least
    low = [
        box for box in _boxes(upper, lefts[0], fonts) if lower.ink_top - box.bottom + clear > least
    ]
    high = [
        box for box in _boxes(lower, lefts[1], fonts) if box.top - upper.ink_bottom + clear > least
    ]
    need = least
    for above in low:
        for below in high:
            if above.left < below.right + clear and below.left < above.right + clear:
                need = max(need, below.top - above.bottom + clear)
    return need


def _boxes(line: Line, left: float, fonts: Fonts) -> Iterator[_Box]:
    """The blackened box of each cluster of a line, in pt from the column's left edge and the
    baseline.
    """
    for run in line.runs:
        em, x, face = run.size / 1000, left + run.x, fonts[run.face]
        for cluster in run.clusters:
            ink = face.ink(cluster.glyphs)
            if ink.right > ink.left:
                yield _Box(
                    x + ink.left * em,
                    x + ink.right * em,
                    run.rise + ink.bottom * em,
                    run.rise + ink.top * em,
                )
            x += cluster.advance * em


def line(stream: Stream, extent: Extent, measure: float | None = None, pads: bool = False) -> Line:
    """A part of a stream as a line; brought to ``measure`` pt where one is given, a last line only
    if it is longer.
    """
    first, last, closes = extent
    clusters, padding = cut(stream, first, last), list[Cluster]()
    owner = stream.owner[first:last]
    if measure is not None:
        width = (
            sum(
                cluster.advance * strip.size for cluster, strip in zip(clusters, owner, strict=True)
            )
            / 1000
        )
        if not closes or width > measure:
            clusters, padding = justified(stream, first, clusters, measure - width, pads)
    parts = list(_parts(stream, first, last))
    runs = list(_runs(clusters, parts))
    width = sum(run.width for run in runs)
    if padding:
        strip = owner[-1]
        runs.append(
            Run(strip.face.key, strip.size, tuple(padding), width, strip.rise, artifact=True)
        )
        width += runs[-1].width
    top, bottom = _ink(clusters, parts)
    return Line(tuple(runs), width, top, bottom)


def cut(stream: Stream, first: int, last: int) -> list[Cluster]:
    """Clusters of a stream as they stand at the ends of a line of their own."""
    clusters = stream.clusters[first:last]
    if not clusters:
        return clusters
    if stream.is_unsafe(first):
        _mend(clusters, first, stream.owner[first])
    if stream.is_unsafe(last):
        _mend(clusters, first, stream.owner[last - 1])
    if last - 1 in stream.cut_end:
        clusters[-1] = widened(clusters[-1], -stream.cut_end[last - 1])
    if first in stream.cut_start:
        clusters[0] = squeezed(clusters[0], stream.cut_start[first], opening=True)
    return clusters


def _mend(clusters: list[Cluster], first: int, strip: Strip) -> None:
    """Shape a strip's part of a line anew, without the neighbours it lost.

    Advances stay as the line was fitted, and marks that were moved when they were squeezed stay as
    they are.
    """
    start, end = max(0, strip.first - first), min(len(clusters), strip.last - first)
    part = clusters[start:end]
    fresh = strip.face.shape("".join(cluster.text for cluster in part), strip.script)
    if [cluster.text for cluster in fresh] == [cluster.text for cluster in part]:
        clusters[start:end] = [
            old if old.text in OPENING else Cluster(new.text, new.glyphs, old.advance)
            for new, old in zip(fresh, part, strict=True)
        ]


def _parts(stream: Stream, first: int, last: int) -> Iterator[tuple[Strip, slice]]:
    """The strips of a line, each with where its clusters are among the line's."""
    start = first
    while start < last:
        strip = stream.owner[start]
        end = min(strip.last, last)
        yield strip, slice(start - first, end - first)
        start = end


def _runs(clusters: Sequence[Cluster], parts: Sequence[tuple[Strip, slice]]) -> Iterator[Run]:
    x = 0.0
    for (face, size, rise), group in groupby(
        parts, lambda part: (part[0].face.key, part[0].size, part[0].rise)
    ):
        run = Run(
            face, size, tuple(cluster for _, part in group for cluster in clusters[part]), x, rise
        )
        yield run
        x += run.width


def _ink(clusters: Sequence[Cluster], parts: Sequence[tuple[Strip, slice]]) -> tuple[float, float]:
    """pt from the baseline up to the highest and to the lowest ink."""
    highest = lowest = 0.0
    for strip, part in parts:
        inks = [
            ink
            for cluster in clusters[part]
            if (ink := strip.face.ink(cluster.glyphs)).right > ink.left
        ]
        if inks:
            highest = max(highest, strip.rise + max([ink.top for ink in inks]) * strip.size / 1000)
            lowest = min(lowest, strip.rise + min([ink.bottom for ink in inks]) * strip.size / 1000)
    return highest, lowest


_DESCENT = {"bo": 0.3, "zh": 0.12}
"""em below the last baseline that a paragraph takes at least, so that paragraphs with and without
feet stack alike.
"""

_WORD = {"bo": re.compile("[\u0f40-\u0fbc་]+"), "zh": re.compile("[\u4e00-\u9fff]+")}
"""Letters among which nothing is squeezed, parted or raised."""


def lay_out(text: str | Sequence[Span], style: Style, width: float, fonts: Fonts) -> Paragraph:
    """A text set in a column ``width`` pt wide.

    The lines' texts make up the text, without the spaces and line feeds where lines end. What
    cannot be broken to fit is a line wider than the column: the caller says whose fault that is.
    Cached. Raises ValueError for a character that no face has.
    """
    is_word = (
        isinstance(text, str) and style.align != "justified" and _WORD[style.lang].fullmatch(text)
    )
    known = _word(text, style, width, fonts) if is_word else None  # type: ignore[arg-type]
    return known or _paragraph(_spans(text), style, width, fonts)


def _word(text: str, style: Style, width: float, fonts: Fonts) -> Paragraph | None:
    """Letters of one face on one line, as the steps below would set them, in a tenth of the time:
    most names are so.

    None where they are wider than the column, or a letter is another face's.
    """
    face = fonts[style.lang + ("-bold" if style.bold else "")]
    if not all(map(face.has, map(ord, text))):
        return None
    size = style.bo if style.lang == "bo" else style.zh
    run = Run(face.key, size, face.shape(normal(text), style.lang))
    if run.width > width:
        return None
    inks = [face.ink(cluster.glyphs) for cluster in run.clusters]
    top, bottom = (
        max([ink.top for ink in inks]) * size / 1000,
        min([ink.bottom for ink in inks]) * size / 1000,
    )
    set_line = Line((run,), run.width, max(top, 0.0), min(bottom, 0.0))
    height = max(
        set_line.ink_top - set_line.ink_bottom, set_line.ink_top + _DESCENT[style.lang] * size
    )
    return Paragraph(
        style.lang,
        (set_line,),
        (_left(set_line, style.align, width),),
        (set_line.ink_top,),
        width,
        height,
    )


def _spans(text: str | Sequence[Span]) -> tuple[Span, ...]:
    return (Span(text),) if isinstance(text, str) else tuple(text)


@lru_cache(maxsize=2048)
def _stream(spans: tuple[Span, ...], style: Style, fonts: Fonts) -> Stream:
    """The stream of a text, spaced: the same for every width, and only read from here on."""
    stream = prepared(spans, style, fonts)
    space(stream, style.zh)
    return stream


@lru_cache(maxsize=2048)
def _paragraph(spans: tuple[Span, ...], style: Style, width: float, fonts: Fonts) -> Paragraph:
    stream = _stream(spans, style, fonts)
    full = style.align == "justified"
    lines = tuple(
        line(stream, part, width if full else None, pads=style.lang == "bo")
        for part in extents(stream, width, give(stream) if full else ())
    )
    lefts = tuple(_left(each, style.align, width) for each in lines)
    size = style.bo if style.lang == "bo" else style.zh
    places = tuple(baselines(lines, lefts, style.pitch, size, fonts))
    lowest = max(place - each.ink_bottom for place, each in zip(places, lines, strict=True))
    return Paragraph(
        style.lang,
        lines,
        lefts,
        places,
        width,
        max(lowest, places[-1] + _DESCENT[style.lang] * size),
    )


def single(text: str | Sequence[Span], style: Style, fonts: Fonts) -> Line:
    """A text as one line, however long; line feeds become spaces. Raises ValueError as ``lay_out``
    does.
    """
    return _line(_spans(text), style, fonts)


@lru_cache(maxsize=2048)
def _line(spans: tuple[Span, ...], style: Style, fonts: Fonts) -> Line:
    stream = _stream(
        tuple(replace(span, text=span.text.replace("\n", " ")) for span in spans), style, fonts
    )
    last = len(stream.clusters)
    while last and SPACE.match(stream.clusters[last - 1].text):
        last -= 1
    return line(stream, Extent(0, last, True))


def _left(each: Line, align: Align, width: float) -> float:
    if align in ("left", "justified"):
        return 0.0
    return (width - each.width) / (2 if align == "center" else 1)
