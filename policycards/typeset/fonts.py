"""Faces: text of one face in, HarfBuzz clusters out, with the ink of each.

Lines of signs (digits, capitals, arithmetic) are put together from a table: every card has a code
and sums of its own, and nothing in them is shaped by what stands beside it. A face can be cut to
what a web site writes, as WOFF2.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

from policycards.core.files import open_regular, read_file
from policycards.typeset.text_model import Cluster, Glyph, Lang, Line, Run

FACES: Mapping[str, str] = {
    "bo": "NotoSerifTibetan-Regular.ttf",
    "bo-bold": "NotoSerifTibetan-Bold.ttf",
    "zh": "NotoSansSC-Regular.ttf",
    "zh-bold": "NotoSansSC-Bold.ttf",
}
"""The shipped file of each face key; a theme may name others."""

# dlig turns 438月 into 43㋇, and liga hides letters of web addresses in fi and ff.
_FEATURES = {"dlig": False, "liga": False}
_TAGS: Mapping[Lang, tuple[str, str]] = {"bo": ("Tibt", "bo"), "zh": ("Hani", "zh-Hans")}
_UNSAFE = 1  # HB_GLYPH_FLAG_UNSAFE_TO_BREAK

_Drawn = tuple[tuple[int, int, int, int], ...]
"""Glyph, offset right, offset up and advance of each glyph of a cluster."""


class Ink(NamedTuple):
    """The box that is blackened, 1/1000 em from the cluster's origin, y upwards. Nothing blackened:
    all zero.
    """

    left: int
    bottom: int
    right: int
    top: int


class Shaped(NamedTuple):
    """Clusters of a text, where in it each begins, and HarfBuzz's word on the first glyph of
    each.
    """

    clusters: tuple[Cluster, ...]
    offsets: tuple[int, ...]
    firsts: tuple[Any, ...]

    def is_unsafe(self, index: int) -> bool:
        """Whether a cut before a cluster would change a glyph or an advance."""
        return bool(self.firsts[index].flags & _UNSAFE)


class Face:
    """One font file, opened once and mapped, not read, into memory.

    Raises OSError where the file is missing or is no font.
    """

    def __init__(self, key: str, path: Path) -> None:
        self.key = key
        self.path = path
        open_regular(path).close()  # HarfBuzz would not say why it cannot open a file
        self.hb_face: Any = hb.Face(hb.Blob.from_file_path(path))
        if not self.hb_face.glyph_count:
            raise OSError(f"{path} is no font")
        self.upem: int = self.hb_face.upem
        self._font: Any = hb.Font(self.hb_face)
        self._font.scale = (1000, 1000)
        self._clusters: dict[tuple[str, _Drawn], Cluster] = {}
        self.shaped = lru_cache(maxsize=4096)(self._shaped)
        self.ink = cache(self._ink)

    @cached_property
    def data(self) -> bytes:
        """The whole file."""
        return read_file(self.path)

    @cached_property
    def characters(self) -> frozenset[int]:
        """All code points that the face can draw."""
        return frozenset(self.hb_face.unicodes)

    def has(self, number: int) -> bool:
        """Whether the face can draw a code point."""
        return bool(self._font.get_nominal_glyph(number))

    @cached_property
    def dotted_circle(self) -> int:
        """The glyph that shaping puts where a mark has no letter, 0 if the face has none."""
        return self._font.get_nominal_glyph(0x25CC) or 0

    @cached_property
    def head_line(self) -> float:
        """Where Tibetan letters hang, em above the baseline; the shad reaches up to it."""
        return self._letter("།").top / 1000

    @cached_property
    def centre(self) -> float:
        """The middle of a letter's body, em above the baseline: where scripts of two sizes meet."""
        # A full-width bracket is drawn around the middle of the Han square.
        body = self._letter("མ" if self.has(ord("མ")) else "（")
        return (body.bottom + body.top) / 2000

    def _letter(self, letter: str) -> Ink:
        return self.ink((Glyph(self._font.get_nominal_glyph(ord(letter)) or 0, 0, 0),))

    def shape(self, text: str, lang: Lang) -> tuple[Cluster, ...]:
        """Clusters of a text that this face can draw, in 1/1000 em; cached."""
        return self.shaped(text, lang).clusters

    def _shaped(self, text: str, lang: Lang) -> Shaped:
        buffer: Any = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
        buffer.direction = "ltr"
        buffer.script, buffer.language = _TAGS[lang]
        hb.shape(self._font, buffer, _FEATURES)
        return self._gathered(text, buffer.glyph_infos, buffer.glyph_positions or [])

    def _gathered(self, text: str, infos: list[Any], places: list[Any]) -> Shaped:
        """Glyphs of one cluster number made one cluster; equal clusters are one object."""
        numbers = [info.cluster for info in infos]
        drawn = [
            (i.codepoint, p.x_offset, p.y_offset, p.x_advance)
            for i, p in zip(infos, places, strict=True)
        ]
        starts = [
            index
            for index, number in enumerate(numbers)
            if not index or number != numbers[index - 1]
        ]
        offsets = [numbers[start] for start in starts]
        known = self._clusters
        clusters: list[Cluster] = []
        for (first, after), (start, end) in zip(
            pairwise([*starts, len(drawn)]), pairwise([*offsets, len(text)]), strict=True
        ):
            key = text[start:end], tuple(drawn[first:after])
            cluster = known.get(key)
            if cluster is None:
                cluster = known[key] = _cluster(*key)
            clusters.append(cluster)
        return Shaped(tuple(clusters), tuple(offsets), tuple(infos[start] for start in starts))

    def _ink(self, glyphs: tuple[Glyph, ...]) -> Ink:
        boxes = [box for glyph in glyphs if (box := self._box(glyph))]
        if not boxes:
            return Ink(0, 0, 0, 0)
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return Ink(min(lefts), min(bottoms), max(rights), max(tops))

    def _box(self, glyph: Glyph) -> Ink | None:
        extents = self._font.get_glyph_extents(glyph.id)
        if extents is None or not extents.width:
            return None
        left, top = glyph.dx + extents.x_bearing, glyph.dy + extents.y_bearing
        return Ink(left, top + extents.height, left + extents.width, top)


def _cluster(text: str, drawn: _Drawn) -> Cluster:
    glyphs: list[Glyph] = []
    advance = 0
    for glyph, dx, dy, step in drawn:
        glyphs.append(Glyph(glyph, advance + dx, dy))
        advance += step
    return Cluster(text, tuple(glyphs), advance)


class Fonts:
    """The faces of a theme, by key."""

    def __init__(self, faces: Mapping[str, Face]) -> None:
        self.faces = dict(faces)

    @classmethod
    def open(cls, folder: Path, files: Mapping[str, str] = FACES) -> Fonts:
        """Faces from a folder. Raises OSError where a file is missing or is no font."""
        return cls({key: Face(key, folder / name) for key, name in sorted(files.items())})

    def __getitem__(self, key: str) -> Face:
        return self.faces[key]


class _Signs(dict[str, tuple[Cluster, float, float]]):
    """Each sign's cluster with its ink above and below the baseline, em."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, character: str) -> tuple[Cluster, float, float]:
        if not self.face.has(ord(character)):
            raise ValueError(f"{self.face.key} does not have {character!r}")
        (cluster,) = self.face.shape(character, "zh")
        ink = self.face.ink(cluster.glyphs)
        self[character] = cluster, ink.top / 1000, ink.bottom / 1000
        return self[character]


@cache
def _signs(face: Face) -> _Signs:
    return _Signs(face)


def in_signs(text: str, size: float, face: Face) -> Line:
    """A line of signs, ``size`` pt large. Raises ValueError for one that the face does not have."""
    signs = _signs(face)
    clusters, tops, bottoms = zip(*[signs[character] for character in text], strict=True)
    run = Run(face.key, size, clusters)
    return Line((run,), run.width, max(tops) * size, min(bottoms) * size)


def width_in_signs(text: str, size: float, face: Face) -> float:
    """pt that a line of signs takes."""
    signs = _signs(face)
    return sum([signs[character][0].advance for character in text]) * size / 1000


TIBETAN = range(0x0F00, 0x1000)


def web_font(face: Path, characters: Collection[int]) -> bytes:
    """The face with these code points only, and with whatever glyphs they can be shaped into.

    The same bytes for the same face and characters. Raises OSError where the face cannot be read.
    """
    from fontTools.ttLib import TTFont  # not before a site is built

    asked: Any = hb.SubsetInput()
    asked.unicode_set.update(characters)
    cut: Any = hb.subset(hb.Face(hb.Blob(face.read_bytes())), asked)
    font = TTFont(io.BytesIO(cut.blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
