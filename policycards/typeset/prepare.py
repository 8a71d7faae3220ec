"""Spans made one stream of clusters: normalised, cut by face, shaped, each part with its size and rise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from policycards.typeset.fonts import Face, Fonts
from policycards.typeset.model import Cluster, Lang, Span, Style
from policycards.typeset.normal import normal, tibetan_digits
from policycards.typeset.runs import pieces

_TIBETAN = re.compile("[\u0f00-\u0fff]")


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a stream in one face and size; ``first`` is its first cluster, ``last`` the one after its last."""

    face: Face
    script: Lang
    size: float
    rise: float
    first: int
    last: int


@dataclass(slots=True)
class Stream:
    """A paragraph's clusters in a row, before they are cut into lines.

    ``owner`` has the strip of each cluster, ``offsets`` where it begins in the text. ``cut_end`` and ``cut_start`` are
    the 1/1000 em that a cluster loses at the end and at the start of a line, ``gaps`` what was added after it between
    Han and Latin, ``unsafe`` the clusters before which a cut changes shapes.
    """

    text: str
    clusters: list[Cluster] = field(default_factory=list)
    owner: list[Strip] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    unsafe: set[int] = field(default_factory=set)
    cut_end: dict[int, int] = field(default_factory=dict)
    cut_start: dict[int, int] = field(default_factory=dict)
    gaps: dict[int, int] = field(default_factory=dict)

    def edges(self) -> list[float]:
        """pt from the start of the stream to each cluster, and to the end."""
        steps = (cluster.advance * strip.size / 1000 for cluster, strip in zip(self.clusters, self.owner, strict=True))
        return list(accumulate(steps, initial=0.0))

    def add(self, strip: Strip, text: str, offset: int) -> None:
        """Shape a text in a strip's face and append it."""
        shaped = strip.face.shaped(text, strip.script)
        first = len(self.clusters)
        self.clusters += shaped.clusters
        self.unsafe.update(first + index for index in shaped.unsafe)
        self.offsets += accumulate((len(cluster.text) for cluster in shaped.clusters[:-1]), initial=offset)
        strip = replace(strip, first=first, last=len(self.clusters))
        self.owner += [strip] * len(shaped.clusters)


def prepared(text: str | Sequence[Span], style: Style, fonts: Fonts) -> Stream:
    """The stream of a text. Raises ValueError for a character that no face has."""
    spans = [Span(text)] if isinstance(text, str) else text
    spans = [replace(span, text=_normal(span.text, style)) for span in spans]
    stream = Stream("".join(span.text for span in spans))
    offset = 0
    for span in spans:
        for strip, start, end in _strips(span, style, fonts):
            stream.add(strip, span.text[start:end], offset + start)
        offset += len(span.text)
    return stream


def _normal(text: str, style: Style) -> str:
    text = normal(text)
    return tibetan_digits(text) if style.tibetan_digits and style.lang == "bo" else text


def _strips(span: Span, style: Style, fonts: Fonts) -> Iterator[tuple[Strip, int, int]]:
    bold = style.bold if span.bold is None else span.bold
    sizes = {"bo": style.bo * span.scale, "zh": style.zh * span.scale}
    main = fonts[style.lang + ("-bold" if bold else "")]
    shift = 0.0
    if style.lang == "bo" and span.scale != 1 and _TIBETAN.search(span.text):
        shift = main.head_line * (style.bo - sizes["bo"])  # tlreq: Tibetan of two sizes hangs from one head line
    for piece in pieces(span.text, style.lang, bold, fonts):
        rise = shift
        if piece.script != style.lang:
            rise += main.centre * sizes[style.lang] - piece.face.centre * sizes[piece.script]
        yield Strip(piece.face, piece.script, sizes[piece.script], rise, 0, 0), piece.start, piece.end
