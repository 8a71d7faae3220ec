"""Cluster fonts as PDF objects: Type0 over CIDFontType2, whose codes are glyph numbers (ISO
32000-1, 9.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from policycards.typeset.clusterfont import ClusterFont

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
