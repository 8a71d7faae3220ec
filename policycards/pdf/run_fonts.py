"""The fonts of what many cards share, made once for a run and embedded in every pack of it, ready
to be written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from policycards.design.layout.frames import BlockRef, Item, Tagged, Text, Turned
from policycards.pdf.file_objects import Objects, deflated
from policycards.pdf.font_embedding import to_unicode
from policycards.typeset.clusterfont import ClusterFont, cluster_font
from policycards.typeset.fonts import Face, Fonts
from policycards.typeset.model import Cluster, Line
from policycards.typeset.slots import slot_of, with_digit

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
