"""A row of figures: what something is called, and at the right its figure once, which Tibetan is
read into and Chinese out of.
"""

from __future__ import annotations

from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place
from policycards.design.content.policy_text import ARROW
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.theme import TypeSize
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import LIST_RULE, tile
from policycards.design.parts.phrases import Phrase, Word, both, phrase_of

GAP = 1.2
"""mm between a name, the words before a figure, the figure and the words behind it."""
CLEAR = 0.6
"""mm between the rules and what is between them."""
TILE = 6.4
"""mm of the pictogram of a category before a row."""
AFTER = 28.0
"""mm for the words behind a figure, so that the figures of rows as wide as a page end below each
other.
"""
LEAST_NAME = 0.36
"""Part of the width below which a name is not squeezed: then the figure stands below it."""
PITCH = 1.65
"""em of the Tibetan between a name and a figure below it."""
SHARES = (0.5, 0.44, 0.56, 0.38)
"""Parts of the width that a name may take beside words instead of a figure."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure and, where it changed, the former one before it; ``words`` are its unit: the Tibetan
    before it, the Chinese behind it.
    """

    words: Text
    figure: str
    former: str = ""


def category_tile(
    setter: Typesetter, catalogue: Catalogue, category: str, side: float = TILE
) -> Block:
    """The pictogram of a category by its id, as large as stands before a row."""
    found = next(each for each in catalogue.settings.categories if each.id == category)
    return tile(setter, catalogue, found, row_length(setter, side))


def row_length(setter: Typesetter, millimetres: float) -> float:
    """pt of a length in a row, larger with larger type."""
    return setter.look.length(millimetres) * setter.look.size("body") / 10.5 / setter.look.scale


def figure_row(
    setter: Typesetter,
    name: Text | None,
    value: Figures | Text,
    width: float,
    place: Place,
    *,
    lead: Block | None = None,
    after: float = AFTER,
    size: TypeSize = "figure",
    bold: bool = False,
) -> Block:
    """A name with its value at the right below a thin rule, on one line, or on two where that is
    too short.

    ``lead`` stands before the name; the words behind a figure have ``after`` mm.
    """
    clear = row_length(setter, CLEAR)
    left = lead.width + row_length(setter, GAP) if lead else 0.0
    content = _named(setter, name, value, width - left, place, after, size, bold)
    high = max(content.block.height, lead.height if lead else 0.0) + 2 * clear
    # A single line stands with the middle of its body in the middle of its row.
    top = min(max(high / 2 - content.axis, clear), high - content.block.height - clear)
    parts = [(content.block, left, LIST_RULE + top)]
    if lead:
        parts.insert(0, (lead, 0.0, LIST_RULE + (high - lead.height) / 2))
    line = Tagged("Artifact", (Box(0, 0, width, LIST_RULE, fill=0.0),))
    return Block(width, LIST_RULE + high, (line,), tuple(parts))


def _named(
    setter: Typesetter,
    name: Text | None,
    value: Figures | Text,
    width: float,
    place: Place,
    after: float,
    size: TypeSize,
    bold: bool,
) -> Phrase:
    gap = 2 * row_length(setter, GAP)
    if isinstance(value, Text):
        if not name:
            return _words(setter, value, width, place, bold=True)
        shares = [
            _level(
                _words(setter, name, width * share - gap, place, bold=bold),
                _words(setter, value, width * (1 - share), place, bold=True),
                width * share,
                width,
            )
            for share in SHARES
        ]
        return min(shares, key=lambda phrase: phrase.block.height)
    figures = _figures(setter, value, width, place, after, size)
    left, room = width - figures.width, width - figures.width - gap
    if name and room >= width * LEAST_NAME:
        return _level(_words(setter, name, room, place, bold=bold), figures, left, width)
    under = _level(Phrase(Block(0, 0), 0), figures, left, width)
    if not name:
        return under
    named = _words(setter, name, width, place, bold=bold).block
    content = setter.closely([named, under.block], setter.look.tibetan("body") * PITCH)
    return Phrase(content, content.height / 2)


def _words(setter: Typesetter, text: Text, width: float, place: Place, *, bold: bool) -> Phrase:
    """A text in both languages on one line, or on as many as it needs."""
    if text.bo and text.zh:
        line = both(setter, text, place, size="body", bold=bold)
        if line.width <= width:
            return line
    block = setter.inline(text, "body", width, place, bold=bold)
    return Phrase(block, block.height / 2)


def _level(one: Phrase, other: Phrase, left: float, width: float) -> Phrase:
    """Two phrases side by side, the other at ``left``, their bodies level."""
    axis = max(one.axis, other.axis)
    parts = ((one.block, 0.0, axis - one.axis), (other.block, left, axis - other.axis))
    high = max(top + block.height for block, _left, top in parts)
    return Phrase(Block(width, high, parts=parts), axis)


def _figures(
    setter: Typesetter, value: Figures, width: float, place: Place, after: float, size: TypeSize
) -> Phrase:
    """The words before, the former figure small, the figure bold, and the words behind; the words
    before on a line of their own where one line is too short.
    """
    gap = row_length(setter, GAP)
    words = [Word(value.figure, "zh", size, bold=True, gap=gap)]
    if value.former:
        words.insert(0, Word(f"{value.former}{ARROW.rstrip()}", "zh", "body", gap=gap))
    short = 0.0
    if value.words.zh:
        behind = phrase_of(setter, [Word(value.words.zh, "zh", "body")], place)
        words.append(Word(value.words.zh, "zh", "body", gap=gap * 0.7))
        short = max(row_length(setter, after) - behind.width, 0.0)
    before = [Word(value.words.bo, "bo", "body")] if value.words.bo else []
    line = phrase_of(setter, [*before, *words], place)
    if line.width + short <= width or not before:
        whole = Block(line.width + short, line.block.height, parts=((line.block, 0, 0),))
        return Phrase(whole, line.axis)
    upper = setter.paragraph(value.words.bo, "bo", "body", width, place, align="right")
    line = phrase_of(setter, words, place)
    lower = Block(width, line.block.height, parts=((line.block, width - line.width - short, 0.0),))
    content = setter.closely([upper, lower], setter.look.tibetan("body") * PITCH)
    return Phrase(content, content.height / 2)
