"""Cluster fonts: a TrueType file with one glyph for each cluster, so that a PDF can say what every
glyph reads as.

A Tibetan stack is several glyphs of its face; drawn one by one, no reader gets its text back in
order. Here each cluster is one glyph: an outline of the face where it is a single glyph in its
place, else a composite of several.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

import uharfbuzz as hb

from policycards.typeset import truetype
from policycards.typeset.fonts import Face, Ink
from policycards.typeset.model import Cluster
from policycards.typeset.truetype import Component

Segment = tuple[str | float, ...]
"""A step of a path: ``("M"|"L", x, y)``, ``("C", x1, y1, x2, y2, x, y)`` or ``("Z",)``."""


@dataclass(frozen=True, slots=True)
class ClusterFont:
    """A TrueType file whose glyph n draws cluster n, counted from 1, and what a PDF must say of it.

    ``name`` bears the tag of a subset, made from the file's bytes. ``texts`` start at glyph 1,
    ``widths`` at glyph 0. ``widths`` and ``ink`` are in 1/1000 em.
    """

    name: str
    data: bytes
    texts: tuple[str, ...]
    widths: tuple[int, ...]
    ink: Ink


def cluster_font(face: Face, clusters: Sequence[Cluster]) -> ClusterFont:
    """The font in which glyph n draws ``clusters[n - 1]``. Raises ValueError for a face without
    TrueType outlines.
    """
    cut = _cut(face, {glyph.id for cluster in clusters for glyph in cluster.glyphs})
    drawn = [b"", *(_entry(cluster, cut) for cluster in clusters)]
    parts = sorted(
        {part for entry in (*drawn, *cut.entries) for part in truetype.components(entry).values()}
    )
    number = {part: len(drawn) + n for n, part in enumerate(parts)}
    glyphs = [
        truetype.renumbered(entry, number)
        for entry in (*drawn, *(cut.entries[part] for part in parts))
    ]
    widths = (0, *(cluster.advance for cluster in clusters))
    advances = [round(width * face.upem / 1000) for width in widths] + [0] * len(parts)
    data = truetype.font_file(cut.tables, glyphs, advances)
    name = face.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
    ink = truetype.union(truetype.ink(entry) for entry in glyphs if entry)
    return ClusterFont(
        name=f"{_tag(data)}+{name or face.key}",
        data=data,
        texts=tuple(cluster.text for cluster in clusters),
        widths=widths,
        ink=Ink(*(round(edge * 1000 / face.upem) for edge in ink)),
    )


def outline(face: Face, cluster: Cluster) -> tuple[Segment, ...]:
    """The cluster's outline in 1/1000 em, y upwards, to be filled by the non-zero rule.

    For ink that must not be read as text, such as the tshegs that pad a justified line.
    """
    font: Any = hb.Font(face.hb_face)
    font.scale = (1000, 1000)
    segments: list[Segment] = []
    for glyph in cluster.glyphs:
        font.draw_glyph(glyph.id, _PATH, (segments, glyph.dx, glyph.dy))
    return tuple(segments)


class _Cut(NamedTuple):
    """What HarfBuzz cut out of a face: tables, entries of ``glyf``, and the new number of each
    glyph.
    """

    tables: Mapping[str, bytes]
    entries: list[bytes]
    number: Mapping[int, int]
    upem: int


def _cut(face: Face, glyphs: set[int]) -> _Cut:
    wanted: Any = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    unwanted = (tag for tag in face.hb_face.table_tags if tag not in truetype.TABLES)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in unwanted)
    plan: Any = hb.SubsetPlan(face.hb_face, wanted)
    subset: Any = plan.execute()
    tables = {tag: bytes(subset.reference_table(tag).data) for tag in truetype.TABLES}
    if not tables["loca"]:
        raise ValueError(f"{face.path}: no TrueType outlines")
    return _Cut(tables, truetype.entries(tables), dict(plan.old_to_new_glyph_mapping), face.upem)


def _entry(cluster: Cluster, cut: _Cut) -> bytes:
    """The cluster's entry of ``glyf``, its components under the numbers of the cut font."""
    scale = cut.upem / 1000
    parts = [
        Component(cut.number[part.id], round(part.dx * scale), round(part.dy * scale))
        for part in cluster.glyphs
    ]
    inked = [part for part in parts if cut.entries[part.glyph]]
    if not inked:
        return b""
    if len(inked) == 1 and inked[0][1:] == (0, 0):
        return cut.entries[inked[0].glyph]
    return truetype.composite(
        inked, truetype.union(_moved(cut.entries[part.glyph], part) for part in inked)
    )


def _moved(entry: bytes, to: Component) -> Ink:
    left, bottom, right, top = truetype.ink(entry)
    return Ink(left + to.dx, bottom + to.dy, right + to.dx, top + to.dy)


def _tag(data: bytes) -> str:
    """Six capital letters that tell subsets of one font apart (ISO 32000-1, 9.6.4)."""
    number = int.from_bytes(sha256(data).digest()[:8], "big")
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _step(letter: str) -> Callable[..., None]:
    def add(*numbers_and_state: Any) -> None:
        *numbers, (segments, dx, dy) = numbers_and_state
        segments.append(
            (letter, *(number + (dy if n % 2 else dx) for n, number in enumerate(numbers)))
        )

    return add


def _path_functions() -> Any:
    functions: Any = hb.DrawFuncs()
    functions.set_move_to_func(_step("M"))
    functions.set_line_to_func(_step("L"))
    functions.set_cubic_to_func(_step("C"))  # HarfBuzz raises TrueType's quadratics to cubics
    functions.set_close_path_func(_step("Z"))
    return functions


_PATH = _path_functions()
