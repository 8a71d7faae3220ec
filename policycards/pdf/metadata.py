"""What a file says of itself: title, date, identity, conformance, what its colours mean (ISO
19005-2, 6.2 and 6.6).
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, String

from policycards.design.layout.frames import Piece

_PRODUCER = "policycards"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{date}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{date}T00:00:00Z</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>{level}</pdfaid:conformance>
</rdf:Description>{accessible}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""

# PDF/A knows no key of PDF/UA, so the file has to describe it (ISO 19005-2, 6.6.2.3.3).
_PDF_UA = """
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def describe(pdf: Pdf, piece: Piece, *, tagged: bool) -> None:
    """Put title, author, language, date, identity, conformance and colour space into the file."""
    identity = blake2b(piece.identity.encode("utf-8"), digest_size=16)
    metadata = pdf.make_stream(xmp(piece, identity.hexdigest(), tagged).encode("utf-8"))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
    pdf.Root.Lang = String(piece.lang)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.OutputIntents = Array([_srgb(pdf)])
    pdf.trailer.Info = pdf.make_indirect(information(piece))
    pdf.trailer.ID = Array([String(identity.digest()), String(identity.digest())])


def xmp(piece: Piece, identity: str, tagged: bool) -> str:
    """The file's description of itself as XMP."""
    return _XMP.format(
        title=piece.title.translate(_ESCAPES),
        author=piece.author.translate(_ESCAPES),
        lang=piece.lang,
        producer=_PRODUCER,
        date=piece.date.isoformat(),
        identity=identity,
        level="A" if tagged else "U",
        accessible=_PDF_UA if tagged else "",
    )


def information(piece: Piece) -> Dictionary:
    """The same for readers that know no XMP."""
    date = String(f"D:{piece.date:%Y%m%d}000000Z")
    return Dictionary(
        Title=String(piece.title),
        Author=String(piece.author),
        Producer=String(_PRODUCER),
        Creator=String(_PRODUCER),
        CreationDate=date,
        ModDate=date,
    )


def _srgb(pdf: Pdf) -> Dictionary:
    """The output intent: colours are sRGB. ``srgb.icc`` is LittleCMS's own profile without its time
    of making.
    """
    profile = pdf.make_stream(Path(__file__).with_name("srgb.icc").read_bytes(), N=3)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
