"""Spans made one stream of clusters: normalised, cut by face, shaped, each part with its size and
rise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from policycards.typeset.fonts import Face, Fonts, Shaped
from policycards.typeset.model import Cluster, Lang, Span, Style
from policycards.typeset.normalization import normal, tibetan_digits
from policycards.typeset.runs import Piece, pieces

_TIBETAN = re.compile("[\u0f00-\u0fff]")


class Strip(NamedTuple):
    """A part of a stream in one face and size; ``first`` is its first cluster, ``last`` the one
    after its last.
    """

    face: Face
    script: Lang
    size: float
    rise: float
    shaped: Shaped
    first: int
    last: int


@dataclass(slots=True)
class Stream:
    """A paragraph's clusters in a row, before they are cut into lines.

    ``owner`` has the strip of each cluster, ``offsets`` where it begins in the text. ``cut_end``
    and ``cut_start`` are the 1/1000 em that a cluster loses at the end and at the start of a line,
    ``gaps`` what was added after it between Han and Latin.
    """

    text: str
    clusters: list[Cluster] = field(default_factory=list)
    owner: list[Strip] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    cut_end: dict[int, int] = field(default_factory=dict)
    cut_start: dict[int, int] = field(default_factory=dict)
    gaps: dict[int, int] = field(default_factory=dict)

    def edges(self) -> list[float]:
        """pt from the start of the stream to each cluster, and to the end."""
        steps = [
            cluster.advance * strip.size / 1000
            for cluster, strip in zip(self.clusters, self.owner, strict=True)
        ]
        return list(accumulate(steps, initial=0.0))

    def is_unsafe(self, index: int) -> bool:
        """Whether a cut before a cluster changes shapes."""
        if index == len(self.owner):
            return False
        strip = self.owner[index]
        return strip.shaped.is_unsafe(index - strip.first)

    def add(self, piece: Piece, text: str, offset: int, size: float, rise: float) -> None:
        """Shape the text of a piece, which begins at an offset of the whole, and append it."""
        shaped = piece.face.shaped(text, piece.script)
        first = len(self.clusters)
        self.clusters += shaped.clusters
        self.offsets += [offset + start for start in shaped.offsets]
        strip = Strip(piece.face, piece.script, size, rise, shaped, first, len(self.clusters))
        self.owner += [strip] * len(shaped.clusters)


def prepared(spans: Sequence[Span], style: Style, fonts: Fonts) -> Stream:
    """The stream of a text. Raises ValueError for a character that no face has."""
    spans = [Span(_normal(span.text, style), span.scale, span.bold) for span in spans]
    stream = Stream("".join([span.text for span in spans]))
    offset = 0
    for span in spans:
        _add(stream, span, offset, style, fonts)
        offset += len(span.text)
    return stream


def _normal(text: str, style: Style) -> str:
    text = normal(text)
    return tibetan_digits(text) if style.tibetan_digits and style.lang == "bo" else text


def _add(stream: Stream, span: Span, offset: int, style: Style, fonts: Fonts) -> None:
    """Append a span, which begins at an offset of the whole text, to the stream."""
    bold = style.bold if span.bold is None else span.bold
    sizes = {"bo": style.bo * span.scale, "zh": style.zh * span.scale}
    main = fonts[style.lang + ("-bold" if bold else "")]
    shift = 0.0
    if style.lang == "bo" and span.scale != 1 and _TIBETAN.search(span.text):
        shift = main.head_line * (
            style.bo - sizes["bo"]
        )  # tlreq: Tibetan of two sizes hangs from one head line
    for piece in pieces(span.text, style.lang, bold, fonts):
        rise = shift
        if piece.script != style.lang:
            rise += main.centre * sizes[style.lang] - piece.face.centre * sizes[piece.script]
        stream.add(
            piece,
            span.text[piece.start : piece.end],
            offset + piece.start,
            sizes[piece.script],
            rise,
        )
