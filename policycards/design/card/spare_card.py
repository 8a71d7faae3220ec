"""Spare cards: general cards with a code of their own, and room to write by hand whose they
become.
"""

from __future__ import annotations

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Policy
from policycards.core.problems import Problem
from policycards.core.units import mm
from policycards.design.card.general_card import CardChoices
from policycards.design.card.row_card import Whose, row_card
from policycards.design.content.print_context import PrintContext
from policycards.design.layout.blocks import Block, beside, framed, stacked
from policycards.design.layout.frames import Box, Piece
from policycards.design.layout.name_lines import ruled_blank
from policycards.design.layout.theme import Look
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.qr import format_code
from policycards.typeset import Fonts

LINES = ("head", "village", "group_kind")
"""What is written by hand, a rule for each."""
LINE_HEIGHT = mm(8)
PADDING = mm(1.8)


def spare_card(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    code: str,
    look: Look,
    fonts: Fonts,
    choices: CardChoices,
) -> tuple[Piece | None, list[Problem]]:
    """The pages of one spare card; the squares of ``imprint`` are those of its ``code``."""
    whose = Whose(code, lambda surround: _blank_identity(surround, code))
    return row_card(catalogue, policies, imprint, look, fonts, choices, whose)


def _blank_identity(surround: PageFurniture, code: str) -> Block:
    """Ruled lines for name, village and group, beside the card's own QR code with its code to be
    typed.
    """
    setter, catalogue = surround.setter, surround.catalogue
    inner = setter.look.inner_width - 2 * PADDING
    squares, shown = surround.code(), format_code(code)
    place = catalogue.place("words", "spare_title")
    right = max(squares.width, setter.natural(shown, "zh", "body", bold=True) + 0.1)
    left = inner - right - GAP
    typed = setter.paragraph(shown, "zh", "body", right, place, bold=True, align="center")
    coded = stacked(
        [Block(right, squares.height, parts=((squares, (right - squares.width) / 2, 0),)), typed],
        mm(0.8),
    )
    title = setter.inline(catalogue.words["spare_title"], "heading", left, place, bold=True)
    written = [
        setter.inline(catalogue.words[key], "body", left, catalogue.place("words", key))
        for key in LINES
    ]
    label = max(
        sum(setter.natural(catalogue.words[key][lang], lang, "body") for lang in LANGS)
        for key in LINES
    )
    lines = [_line(named, label + setter.look.size("body"), left) for named in written]
    band = beside([stacked([title, *lines], mm(1)), coded], GAP, middle=True)
    whole = Block(inner, band.height, parts=((band, 0, 0),))
    return framed(whole, PADDING, Box(0, 0, 0, 0, stroke=0.0, line_width=1.6))


def _line(named: Block, label: float, width: float) -> Block:
    """A word in both scripts, and a rule behind it to write on."""
    height = max(LINE_HEIGHT, named.height)
    blank = ruled_blank(width - label, height)
    return Block(width, height, parts=((named, 0, height - named.height), (blank, label, 0)))
