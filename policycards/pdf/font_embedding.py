"""The fonts of one file: which clusters it draws, under which codes, and the fonts as objects.

Cluster fonts are Type0 over CIDFontType2, whose codes are glyph numbers (ISO 32000-1, 9.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from policycards.typeset.clusterfont import ClusterFont, Segment, cluster_font, outline
from policycards.typeset.fonts import Fonts
from policycards.typeset.text_model import Cluster, Line, Run

_ONE_COLUMN = 1.5  # poppler takes up to 1.6 (TextOutputDev.cc, maxBlockFontSizeDelta2)


class _Codes(dict[Cluster, str]):
    """The code of each cluster of a face, four hexadecimal digits, in the order of first use; 0 is
    left to .notdef.
    """

    def __missing__(self, cluster: Cluster) -> str:
        self[cluster] = code = f"{len(self) + 1:04x}"
        return code


class FontEncoder:
    """Which clusters of which faces are drawn, faces too in the order of first use."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._codes: dict[str, _Codes] = {}
        self._outlines: dict[tuple[str, Cluster], tuple[Segment, ...]] = {}

    def resource(self, face: str) -> str:
        """The name under which pages refer to the font of a face."""
        self._codes.setdefault(face, _Codes())
        return f"F{list(self._codes).index(face) + 1}"

    def code(self, face: str, cluster: Cluster) -> str:
        """The code of one cluster."""
        return self._codes.setdefault(face, _Codes())[cluster]

    def codes(self, run: Run) -> str:
        """The run as hexadecimal codes of two bytes."""
        codes = self._codes.setdefault(run.face, _Codes())
        return "".join([codes[cluster] for cluster in run.clusters])

    def outline(self, face: str, cluster: Cluster) -> tuple[Segment, ...]:
        """Path segments of a cluster in 1/1000 em, for ink that is no text; cached."""
        key = (face, cluster)
        if key not in self._outlines:
            self._outlines[key] = outline(self._fonts[face], cluster)
        return self._outlines[key]

    def fonts(self) -> Iterator[tuple[str, ClusterFont]]:
        """The cluster font of each face in use, with its resource name. Raises ValueError as
        ``cluster_font``.
        """
        for face, codes in self._codes.items():
            yield self.resource(face), cluster_font(self._fonts[face], tuple(codes))


def mixes_sizes(line: Line) -> bool:
    """Whether poppler would read a line's large and small letters as two columns, unless its text
    stands beside.
    """
    sizes = [run.size for run in line.runs]
    return max(sizes, default=0) > _ONE_COLUMN * min(sizes, default=0)


_SYMBOLIC = 4
_CMAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def embed(pdf: Pdf, font: ClusterFont) -> Object:
    """The font as an object of the file, to be named in resources; its codes are two bytes, the
    glyph's number.
    """
    name = Name(f"/{font.name}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC,
        FontBBox=Array(font.ink),
        ItalicAngle=0,
        Ascent=font.ink.top,
        Descent=font.ink.bottom,
        CapHeight=font.ink.top,
        StemV=80,
        FontFile2=pdf.make_stream(font.data, Length1=len(font.data)),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=Array([0, Array(font.widths)]),
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(to_unicode(font.texts)),
        )
    )


def to_unicode(texts: Sequence[str]) -> bytes:
    """The CMap that says what code 1 and those after it read as (ISO 32000-1, 9.10.3)."""
    return _CMAP.format(blocks="\n".join(_blocks(texts))).encode("ascii")


def _blocks(texts: Sequence[str]) -> Iterator[str]:
    """At most 100 entries each: the limit of the CMap format."""
    entries = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>"
        for code, text in enumerate(texts, start=1)
    ]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        yield "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
