"""Spans made one stream of clusters: normalised, cut into runs by script and face, and shaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from policycards.core.problems import Place, Problem, problem
from policycards.typeset.break_rules import ENDS, MARKS, SHADS, SPACES
from policycards.typeset.fonts import Face, Fonts, Shaped
from policycards.typeset.normalization import normal, tibetan_digits
from policycards.typeset.text_model import Cluster, Lang, Span, Style

_TIBETAN_SCRIPT = range(0x0F00, 0x1000)
# Drawn by choosing a glyph, never by one of their own: an unknown one leaves the letter as it is.
_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


class Piece(NamedTuple):
    """A part of a text, ``start`` to ``end``, that one face draws; ``script`` is the face's own
    language.
    """

    face: Face
    script: Lang
    start: int
    end: int


class _Homes(dict[int, str]):
    """Character to where it is drawn: t and h the Tibetan and the Chinese face, m a mark and s a
    space, which go with what stands before them, x nowhere.
    """

    def __init__(self, lang: Lang, tibetan: Face, chinese: Face) -> None:
        super().__init__({0x20: "s", 0xA0: "s", 0x0A: "s"})
        self.lang = lang
        self.faces = (("t", tibetan), ("h", chinese))

    def __missing__(self, number: int) -> str:
        self[number] = home = self._home(number)
        return home

    def _home(self, number: int) -> str:
        faces = (
            self.faces if self.lang == "bo" or number in _TIBETAN_SCRIPT else reversed(self.faces)
        )
        known = [letter for letter, face in faces if face.has(number)]
        if unicodedata.category(chr(number)) in ("Mn", "Me") and (known or number in _SELECTORS):
            return "m"
        return known[0] if known else "x"


# Where marks are; nothing is joined across a tsheg, a shad or a space.
_WORD = re.compile(rf"[^{ENDS}{SHADS}{SPACES}\n]+")
_MARKED = re.compile(f"[{MARKS}]")
_PARTS = re.compile(r"[ms]*(?:t[tms]*|h[hms]*|x)|[ms]+")


@lru_cache(maxsize=32)
def _homes(lang: Lang, tibetan: Face, chinese: Face) -> _Homes:
    return _Homes(lang, tibetan, chinese)


def pieces(text: str, lang: Lang, bold: bool, fonts: Fonts) -> Iterator[Piece]:
    """A normalised text cut by face: in Tibetan the Tibetan face before the Chinese, in Chinese the
    other way round.

    Raises ValueError for a character that no face has; ``problems`` finds those before anything is
    set.
    """
    faces = {"t": fonts["bo-bold" if bold else "bo"], "h": fonts["zh-bold" if bold else "zh"]}
    homes = text.translate(_homes(lang, faces["t"], faces["h"]))
    for part in _PARTS.finditer(homes):
        start, end = part.span()
        letter = part[0].strip("ms")[:1] or ("t" if lang == "bo" else "h")
        if letter == "x":
            raise ValueError(f"no face has {_number(text[end - 1])}")
        yield Piece(faces[letter], "bo" if letter == "t" else "zh", start, end)


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


def problems(texts: Iterable[tuple[str, Lang, Place]], fonts: Fonts) -> list[Problem]:
    """Characters that no face has, in the regular faces or the bold ones, and marks that stand on
    no letter.
    """
    found: dict[Problem, None] = {}
    whole: dict[str, tuple[str, ...]] = {}
    for text, lang, place in texts:
        text = normal(text)
        missing = [
            problem
            for bold in (False, True)
            for problem in _missing(text, lang, bold, place, fonts)
        ]
        found.update(dict.fromkeys(missing))
        if not missing:
            found.update(dict.fromkeys(_unshapable(text, lang, place, fonts, whole)))
    return list(found)


def _missing(text: str, lang: Lang, bold: bool, place: Place, fonts: Fonts) -> Iterator[Problem]:
    homes = _homes(lang, fonts["bo-bold" if bold else "bo"], fonts["zh-bold" if bold else "zh"])
    for character in dict.fromkeys(text):
        if homes[ord(character)] == "x":
            shown = character if character.isprintable() else "a character without a shape"
            yield problem("E301", place, character=shown, number=_number(character))


def _unshapable(
    text: str, lang: Lang, place: Place, fonts: Fonts, known: dict[str, tuple[str, ...]]
) -> Iterator[Problem]:
    """Clusters of a text that shaping spoils; ``known`` has those of each word seen before."""
    for piece in pieces(text, lang, False, fonts):
        for word in filter(_MARKED.search, _WORD.findall(text[piece.start : piece.end])):
            if word not in known:
                known[word] = tuple(_spoilt(word, piece))
            for cluster in known[word]:
                yield problem("E302", place, text=cluster, numbers=" ".join(map(_number, cluster)))


def _spoilt(word: str, piece: Piece) -> Iterator[str]:
    """Texts of clusters that hold .notdef, or a dotted circle that nobody typed."""
    circle = piece.face.dotted_circle
    for cluster in piece.face.shape(word, piece.script):
        glyphs = [glyph.id for glyph in cluster.glyphs]
        if 0 in glyphs or (circle and circle in glyphs and "\u25cc" not in cluster.text):
            yield cluster.text


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
