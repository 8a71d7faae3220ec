"""Typesetting: a text, a style and a width in, a paragraph of placed clusters out."""

from policycards.typeset.fonts import Fonts
from policycards.typeset.paragraphs import lay_out, single
from policycards.typeset.streams import problems
from policycards.typeset.text_model import Cluster, Glyph, Line, Paragraph, Run, Span, Style

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
