"""One line out of a stream: its ends trimmed, its shapes mended where it was cut, justified, made
runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from policycards.typeset.justify import justified
from policycards.typeset.line_breaking import Extent
from policycards.typeset.model import Cluster, Line, Run
from policycards.typeset.prepare import Stream, Strip
from policycards.typeset.spacing import OPENING, squeezed, widened


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
