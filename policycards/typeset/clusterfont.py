"""Cluster fonts: a TrueType file with one glyph for each cluster, so that a PDF says what it reads.

A Tibetan stack is several glyphs of its face; drawn one by one, no reader gets its text back in
order. Here each cluster is one glyph: an outline of the face where it is a single glyph in its
place, else a composite of several. Putting the tables together by hand is twenty times faster than
fontTools. Tables, fields and flags are those of the OpenType specification, version 1.9; lengths
are in font units.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import uharfbuzz as hb

from policycards.typeset.fonts import Face, Ink
from policycards.typeset.text_model import Cluster

TABLES = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})
"""What a TrueType font inside a PDF consists of (ISO 32000-1, 9.9)."""

# Flags of a component in a composite glyph
_WORDS, _XY, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0001, 0x0002, 0x0008, 0x0020, 0x0040, 0x0080


class Component(NamedTuple):
    """A glyph as a part of a composite, at its offset."""

    glyph: int
    dx: int
    dy: int


def union(inks: Iterable[Ink]) -> Ink:
    """The smallest rectangle around all; empty at the origin where there is none.

    >>> union([Ink(0, 0, 3, 5), Ink(1, -2, 4, 1)])
    Ink(left=0, bottom=-2, right=4, top=5)
    """
    areas = tuple(inks) or (Ink(0, 0, 0, 0),)
    lefts, bottoms, rights, tops = zip(*areas, strict=True)
    return Ink(min(lefts), min(bottoms), max(rights), max(tops))


def entries(tables: Mapping[str, bytes]) -> list[bytes]:
    """The entries of ``glyf``, by glyph number; empty for a glyph without ink."""
    is_long = struct.unpack_from(">h", tables["head"], 50)[0]  # indexToLocFormat
    form, unit = ("I", 1) if is_long else ("H", 2)
    offsets = struct.unpack(
        f">{len(tables['loca']) // struct.calcsize(form)}{form}", tables["loca"]
    )
    return [tables["glyf"][start * unit : end * unit] for start, end in pairwise(offsets)]


def ink_box(entry: bytes) -> Ink:
    """The rectangle that an entry states for its outline."""
    return Ink(*struct.unpack_from(">4h", entry, 2)) if entry else Ink(0, 0, 0, 0)


def composite(parts: Sequence[Component], area: Ink) -> bytes:
    """The entry of a glyph that is made of others."""
    entry = struct.pack(">5h", -1, *area)
    for part in parts[:-1]:
        entry += struct.pack(">HHhh", _WORDS | _XY | _MORE, *part)
    return entry + struct.pack(">HHhh", _WORDS | _XY, *parts[-1])


def components(entry: bytes) -> dict[int, int]:
    """Glyph numbers of the parts of a composite, by their place in the entry; none in a simple
    glyph.
    """
    found: dict[int, int] = {}
    at, flags = 10, _MORE if entry and _contours(entry) < 0 else 0
    while flags & _MORE:
        flags, found[at + 2] = struct.unpack_from(">HH", entry, at)
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
    return found


def renumbered(entry: bytes, new_number: Mapping[int, int]) -> bytes:
    """The entry with the parts of a composite under their new numbers."""
    changed = bytearray(entry)
    for at, part in components(entry).items():
        struct.pack_into(">H", changed, at, new_number[part])
    return bytes(changed)


def font_file(
    tables: Mapping[str, bytes], glyphs: Sequence[bytes], advances: Sequence[int]
) -> bytes:
    """A font file of these entries of ``glyf``, with what else a face's ``head``, ``hhea`` and
    ``maxp`` say.
    """
    padded = [entry + b"\0" * (-len(entry) % 4) for entry in glyphs]
    bearings = [
        ink_box(entry).left for entry in glyphs
    ]  # any other value shifts the glyph in FreeType
    head, hhea, maxp = (bytearray(tables[tag]) for tag in ("head", "hhea", "maxp"))
    area = union(ink_box(entry) for entry in glyphs if entry)
    struct.pack_into(">4h", head, 36, *area)
    struct.pack_into(">h", head, 50, 1)  # indexToLocFormat: 32 bits
    struct.pack_into(">H3h", hhea, 10, max(advances), min(bearings), 0, area.right)
    struct.pack_into(">H", hhea, 34, len(glyphs))  # numberOfHMetrics
    struct.pack_into(">H", maxp, 4, len(glyphs))
    struct.pack_into(">HH", maxp, 10, *_largest_composite(glyphs))
    struct.pack_into(
        ">HH", maxp, 28, max(len(components(entry)) for entry in glyphs), _depth(glyphs)
    )
    return _sfnt(
        {
            "glyf": b"".join(padded),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(
                struct.pack(">Hh", *pair) for pair in zip(advances, bearings, strict=True)
            ),
            "loca": struct.pack(f">{len(padded) + 1}I", *accumulate(map(len, padded), initial=0)),
            "maxp": bytes(maxp),
        }
    )


def _contours(entry: bytes) -> int:
    number: int = struct.unpack_from(">h", entry)[0]
    return number


def _largest_composite(glyphs: Sequence[bytes]) -> tuple[int, int]:
    """Most points and most contours of a composite: rasterizers reserve memory by them."""

    def size(entry: bytes) -> tuple[int, int]:
        if parts := components(entry):
            points, contours = zip(*(size(glyphs[part]) for part in parts.values()), strict=True)
            return sum(points), sum(contours)
        if not entry:
            return 0, 0
        last_point: int = struct.unpack_from(">H", entry, 8 + 2 * _contours(entry))[0]
        return last_point + 1, _contours(entry)

    sizes = [size(entry) for entry in glyphs if components(entry)]
    return max((points for points, _ in sizes), default=0), max(
        (contours for _, contours in sizes), default=0
    )


def _depth(glyphs: Sequence[bytes]) -> int:
    """Levels of composites within composites."""

    def depth(entry: bytes) -> int:
        return max((1 + depth(glyphs[part]) for part in components(entry).values()), default=0)

    return max(map(depth, glyphs))


def _sfnt(tables: Mapping[str, bytes]) -> bytes:
    """The tables behind their directory, with the checksums of the file and of each table."""
    power = len(tables).bit_length() - 1
    header = struct.pack(
        ">I4H", 0x00010000, len(tables), 16 << power, power, (len(tables) << 4) - (16 << power)
    )
    at = len(header) + 16 * len(tables)
    directory, body, sums = header, b"", 0
    for tag, table in sorted(tables.items()):
        if tag == "head":
            table = table[:8] + bytes(4) + table[12:]  # checkSumAdjustment, counted as 0
            adjustment_at = at + len(body) + 8
        checksum = _checksum(table)
        directory += struct.pack(">4s3I", tag.encode("ascii"), checksum, at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
        sums += checksum
    file = bytearray(directory + body)
    struct.pack_into(
        ">I", file, adjustment_at, (0xB1B0AFBA - _checksum(directory) - sums) & 0xFFFFFFFF
    )
    return bytes(file)


def _checksum(data: bytes | bytearray) -> int:
    padded = bytes(data) + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


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
        {part for entry in (*drawn, *cut.entries) for part in components(entry).values()}
    )
    number = {part: len(drawn) + n for n, part in enumerate(parts)}
    glyphs = [
        renumbered(entry, number) for entry in (*drawn, *(cut.entries[part] for part in parts))
    ]
    widths = (0, *(cluster.advance for cluster in clusters))
    advances = [round(width * face.upem / 1000) for width in widths] + [0] * len(parts)
    data = font_file(cut.tables, glyphs, advances)
    name = face.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
    ink = union(ink_box(entry) for entry in glyphs if entry)
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
    unwanted = (tag for tag in face.hb_face.table_tags if tag not in TABLES)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in unwanted)
    plan: Any = hb.SubsetPlan(face.hb_face, wanted)
    subset: Any = plan.execute()
    tables = {tag: bytes(subset.reference_table(tag).data) for tag in TABLES}
    if not tables["loca"]:
        raise ValueError(f"{face.path}: no TrueType outlines")
    return _Cut(tables, entries(tables), dict(plan.old_to_new_glyph_mapping), face.upem)


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
    return composite(inked, union(_moved(cut.entries[part.glyph], part) for part in inked))


def _moved(entry: bytes, to: Component) -> Ink:
    left, bottom, right, top = ink_box(entry)
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
