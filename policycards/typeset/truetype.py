"""TrueType glyphs and files, as far as cluster fonts need them: entries of ``glyf`` in, a whole
font file out.

Putting the tables together by hand is twenty times faster than fontTools. Tables, fields and flags
are those of the OpenType specification, version 1.9; lengths are in font units.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from policycards.typeset.fonts import Ink

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


def ink(entry: bytes) -> Ink:
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
    bearings = [ink(entry).left for entry in glyphs]  # any other value shifts the glyph in FreeType
    head, hhea, maxp = (bytearray(tables[tag]) for tag in ("head", "hhea", "maxp"))
    area = union(ink(entry) for entry in glyphs if entry)
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
