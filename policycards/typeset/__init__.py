"""Typesetting: a text, a style and a width in, a paragraph of placed clusters out."""

from policycards.typeset.fonts import Fonts
from policycards.typeset.model import Cluster, Glyph, Line, Paragraph, Run, Span, Style
from policycards.typeset.paragraphs import lay_out, single
from policycards.typeset.streams import problems

__all__ = [
    "Cluster",
    "Fonts",
    "Glyph",
    "Line",
    "Paragraph",
    "Run",
    "Span",
    "Style",
    "lay_out",
    "problems",
    "single",
]
