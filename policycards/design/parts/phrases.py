"""Words and figures on one line, the middles of their bodies level: what the rows of a card are put
together from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policycards.catalogue.model.policy import Lang, Text
from policycards.core.problems import Place
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Colour, Tagged
from policycards.design.layout.frames import Text as TextLine
from policycards.design.layout.theme import TypeSize
from policycards.design.layout.typesetter import BODY_CENTRE, SLACK, Typesetter, baseline, texts_of
from policycards.design.parts.bands import PILL, PILL_TYPE
from policycards.design.parts.contact_blocks import DIGIT
from policycards.typeset.paragraphs import baselines

Part = tuple[Block, float, float]
"""A block and its left and top."""
READ = (13.0, 10.5)
PITCH = 20.0
"""pt between lines that are read, at scale 1."""


class Word(NamedTuple):
    """A text on one line: in which language and size, and how far it stands behind the last."""

    text: str
    lang: Lang
    size: TypeSize = READ
    bold: bool = False
    gap: float = 0.0


class Phrase(NamedTuple):
    """A block on one line; ``axis`` is the middle of its bodies, pt from its top."""

    block: Block
    axis: float

    @property
    def width(self) -> float:
        return self.block.width


def one_line(
    setter: Typesetter,
    text: str,
    lang: Lang,
    size: TypeSize,
    place: Place,
    *,
    bold: bool = False,
    colour: Colour = 0.0,
) -> Block:
    """A text on one line, as wide as it needs."""
    width = setter.natural(text, lang, size, bold) + SLACK
    return setter.paragraph(text, lang, size, width, place, bold=bold, colour=colour)


def on_baseline(block: Block, left: float, y: float) -> Part:
    """A block whose first baseline is at ``y``."""
    return block, left, y - baseline(block) if block.height else y


def on_axis(phrase: Phrase, left: float, y: float) -> Part:
    """A phrase whose middle is at ``y``."""
    return phrase.block, left, y - phrase.axis


def in_bar(phrase: Phrase, left: float, high: float, clear: float) -> Part:
    """A phrase in the middle of a bar so high, its ink at least ``clear`` pt from both edges."""
    top = min(max(high / 2 - phrase.axis, clear), high - phrase.block.height - clear)
    return phrase.block, left, max(top, 0.0)


def phrase_of(
    setter: Typesetter, words: Iterable[Word], place: Place, *, colour: Colour = 0.0
) -> Phrase:
    """Words on one line."""
    entries = []
    for word in words:
        block = one_line(
            setter, word.text, word.lang, word.size, place, bold=word.bold, colour=colour
        )
        if block.height:
            look = setter.look
            body = look.tibetan(word.size) if word.lang == "bo" else look.size(word.size)
            entries.append((Phrase(block, baseline(block) - BODY_CENTRE * body), word.gap))
    return beside(entries)


def both(
    setter: Typesetter,
    text: Text,
    place: Place,
    *,
    size: TypeSize = READ,
    bold: bool = False,
    colour: Colour = 0.0,
) -> Phrase:
    """Both languages on one line."""
    gap = setter.look.size(size) * 0.5
    sides = (Word(text.bo, "bo", size, bold), Word(text.zh, "zh", size, bold, gap))
    return phrase_of(setter, sides, place, colour=colour)


def numbered(setter: Typesetter, number: str, place: Place) -> Phrase:
    """The pill of a policy's number, whose digits may be slots."""
    high = setter.look.length(PILL)
    line = one_line(setter, number, "zh", PILL_TYPE, place, bold=True, colour=1.0)
    width = max(high, line.width + 2 * setter.look.length(0.6))
    box = Tagged("Artifact", (Box(0, 0, width, high, fill=0.0, radius=high * 0.22),))
    down = (high + setter.look.size(PILL_TYPE) * DIGIT) / 2
    part = on_baseline(line, (width - line.width) / 2, down)
    return Phrase(Block(width, high, (box,), (part,)), high / 2)


def beside(phrases: Sequence[tuple[Phrase, float]]) -> Phrase:
    """Phrases side by side, each so many pt behind the last."""
    axis = max((each.axis for each, _gap in phrases), default=0.0)
    parts, left, low = list[Part](), 0.0, 0.0
    for each, gap in phrases:
        left += gap if parts else 0.0
        parts.append(on_axis(each, left, axis))
        left += each.width
        low = max(low, axis - each.axis + each.block.height)
    return Phrase(Block(left, low, parts=tuple(parts)), axis)


def flowing(
    setter: Typesetter, phrases: Iterable[Phrase], width: float, gap: float, pitch: float = PITCH
) -> Block:
    """Phrases one behind the other on as many lines as they need."""
    lines: list[list[Phrase]] = [[]]
    taken = 0.0
    for each in phrases:
        if lines[-1] and taken + each.width > width + SLACK:
            lines.append([])
            taken = 0.0
        lines[-1].append(each)
        taken += each.width + gap
    rows = [beside([(each, gap) for each in line]).block for line in lines if line]
    return setter.closely(rows, pitch * setter.look.scale) if rows else Block(width, 0)


def lines_at(block: Block, left: float) -> list[TextLine]:
    """The lines of a block at its place across the page; of several, those of the last baseline."""
    found = list(texts_of(block.items))
    last = max((each.y for each in found), default=0.0)
    return [each._replace(x=each.x + left) for each in found if each.y > last - 2.0]


def clearance(
    setter: Typesetter, over: Iterable[TextLine], under: Sequence[TextLine], least: float
) -> float:
    """pt between two baselines, at least ``least``, at which no ink of lines above meets lines
    below.
    """
    size = setter.look.tibetan(READ)
    need = least
    for one in over:
        for other in under:
            first, second = baselines(
                (one.line, other.line), (one.x, other.x), least / size, size, setter.fonts
            )
            need = max(need, second - first)
    return need
