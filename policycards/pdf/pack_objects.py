"""The objects of a pack's file, written by hand, and the fonts that all cards of a run share."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from policycards.design.layout.frames import BlockRef, Item, Tagged, Text, Turned
from policycards.pdf.font_embedding import to_unicode
from policycards.typeset.clusterfont import ClusterFont, cluster_font
from policycards.typeset.fonts import Face, Fonts
from policycards.typeset.slots import slot_of, with_digit
from policycards.typeset.text_model import Cluster, Line

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 200
"""Objects in one object stream: a reader opens all of them to see one."""
_LEVEL = 6
_FREE, _PLAIN, _PACKED = 0, 1, 2


class Objects:
    """The objects of one file, in the order of their numbers, which start at 1."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []
        self._streams: dict[int, bytes] = {}

    def reserve(self) -> int:
        """A number whose object comes later by ``put``."""
        self._bodies.append(None)
        return len(self._bodies)

    def put(self, number: int, body: str) -> None:
        self._bodies[number - 1] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """The number of an object; ``body`` is what stands between ``obj`` and ``endobj``."""
        self._bodies.append(body.encode("latin-1"))
        return len(self._bodies)

    def add_stream(self, data: bytes, entries: str = "", *, compressed: bool = False) -> int:
        """The number of a stream with some entries in its dictionary; ``compressed`` by
        ``deflated`` or not yet.
        """
        data = data if compressed else deflated(data)
        number = self.reserve()
        head = f"<<{entries}/Filter/FlateDecode/Length {len(data)}>>\nstream\n".encode("latin-1")
        self._streams[number] = head + data + b"\nendstream"
        return number

    def written(self, root: int, info: int, identity: bytes) -> bytes:
        """The whole file, with the numbers of its catalog and its information and the 16 bytes of
        its identity.
        """
        file, size = [_HEADER], len(_HEADER)
        entries: dict[int, tuple[int, int, int]] = {}

        def write(number: int, body: bytes) -> None:
            nonlocal size
            entries[number] = _PLAIN, size, 0
            file.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            size += len(file[-1])

        for number, body in self._streams.items():
            write(number, body)
        last = len(self._bodies)
        for numbers, head, packed in self._packed():
            last += 1
            data = deflated(head + packed)
            head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (
                len(numbers),
                len(head),
                len(data),
            )
            write(last, head + b"\nstream\n" + data + b"\nendstream")
            entries |= {number: (_PACKED, last, at) for at, number in enumerate(numbers)}
        last += 1
        entries[last] = _PLAIN, size, 0
        rows = [(_FREE, 0, 65535), *(entries[number] for number in range(1, last + 1))]
        table = deflated(b"".join(struct.pack(">BIH", *row) for row in rows))
        key = identity.hex()
        head = (
            f"<</Type/XRef/Size {last + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0"
            f" R/ID[<{key}><{key}>]/Filter/FlateDecode/Length {len(table)}>>\nstream\n"
        ).encode("ascii")
        file.append(
            b"%d 0 obj\n%b%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (last, head, table, size)
        )
        return b"".join(file)

    def _packed(self) -> Iterator[tuple[list[int], bytes, bytes]]:
        """Numbers, table and bodies of each object stream (7.5.7)."""
        plain = [(number, body) for number, body in enumerate(self._bodies, 1) if body is not None]
        for start in range(0, len(plain), _TOGETHER):
            numbers, bodies = zip(*plain[start : start + _TOGETHER], strict=True)
            places = accumulate((len(body) + 1 for body in bodies), initial=0)
            table = b" ".join(b"%d %d" % pair for pair in zip(numbers, places, strict=False))
            yield list(numbers), table + b"\n", b"\n".join(bodies)


def deflated(data: bytes) -> bytes:
    """Data as FlateDecode has it."""
    return zlib.compress(data, _LEVEL)


_SYMBOLIC = 4


@dataclass(frozen=True, slots=True)
class FontFile:
    """A cluster font as it is embedded: compressed file and CMap, and what its dictionaries say."""

    name: str
    data: bytes
    length: int
    cmap: bytes
    widths: str
    ink: str
    top: int
    bottom: int

    @classmethod
    def of(cls, font: ClusterFont) -> FontFile:
        return cls(
            name=font.name,
            data=deflated(font.data),
            length=len(font.data),
            cmap=deflated(to_unicode(font.texts)),
            widths=" ".join(map(str, font.widths)),
            ink=" ".join(map(str, font.ink)),
            top=font.ink.top,
            bottom=font.ink.bottom,
        )

    def embed(self, objects: Objects) -> int:
        """The font's number among a file's objects (ISO 32000-1, 9.7); its codes are two bytes, the
        glyph's number.
        """
        file = objects.add_stream(self.data, f"/Length1 {self.length}", compressed=True)
        cmap = objects.add_stream(self.cmap, compressed=True)
        descriptor = objects.add(
            f"<</Type/FontDescriptor/FontName/{self.name}/Flags"
            f" {_SYMBOLIC}/FontBBox[{self.ink}]/ItalicAngle 0/Ascent {self.top}/Descent"
            f" {self.bottom}/CapHeight {self.top}/StemV 80/FontFile2 {file} 0 R>>"
        )
        descendant = objects.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{self.name}/CIDToGIDMap/Identity"
            f"/FontDescriptor {descriptor} 0 R/W[0[{self.widths}]]"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        )
        return objects.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{self.name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {cmap} 0 R>>"
        )


@dataclass(frozen=True, slots=True)
class PlateFonts:
    """Codes of clusters by face, four hexadecimal digits, and the font of each face."""

    codes: dict[str, dict[Cluster, str]] = field(default_factory=dict)
    files: dict[str, FontFile] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[Item], fonts: Fonts) -> PlateFonts:
        """The fonts for all clusters of some items; for a slot there are all ten digits."""
        clusters: dict[str, dict[Cluster, None]] = {}
        for line in lines(items):
            for run in line.runs:
                known = clusters.setdefault(run.face, {})
                for cluster in run.clusters:
                    known.update(dict.fromkeys(drawn(cluster, fonts[run.face]).values()))
        codes = {
            face: {cluster: f"{code:04x}" for code, cluster in enumerate(used, 1)}
            for face, used in clusters.items()
        }
        files = {
            face: FontFile.of(cluster_font(fonts[face], tuple(used)))
            for face, used in clusters.items()
        }
        return cls(codes, files)


def drawn(cluster: Cluster, face: Face) -> dict[str, Cluster]:
    """What may be drawn for a cluster: itself, or for a slot each digit."""
    if slot_of(cluster):
        return {digit: with_digit(cluster, digit, face) for digit in "0123456789"}
    return {cluster.text: cluster}


def lines(items: Iterable[Item]) -> Iterator[Line]:
    """All lines of some items."""
    for item in items:
        match item:
            case Text():
                yield item.line
            case Tagged():
                yield from lines(item.items)
            case BlockRef():
                yield from lines(item.plate.items)
            case Turned():
                yield from lines(item.items)
