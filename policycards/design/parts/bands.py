"""What every piece is marked with: tiles of categories, numbers of policies, bars of sections,
bands, rules, and the strip of marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from policycards.catalogue.model.catalogue import Catalogue, Category
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Colour, Item, Role, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.theme import TypeSize, on
from policycards.design.layout.typesetter import BODY_CENTRE, Typesetter, baseline

ROW_RULE, LIST_RULE, SUM_RULE, TITLE_RULE = mm(0.18), mm(0.12), mm(0.5), mm(1.1)
BAR = 7.8
"""mm of height of a section's bar and of the band of a kind of money."""
INSET = mm(1.5)
"""Between the edge of a bar and its text."""
STRIP = 7.0
"""mm of height of the strip of marks."""
PILL = 4.0
PILL_TYPE = (9.0, 9.0)
MARK_TYPE = (11.6, 9.3)
TITLE_TYPES = ((17.0, 14.0), (15.0, 12.4), (13.0, 10.5))
ROUND = mm(1.2)


def rule(width: float, thickness: float, colour: Colour = 0.0) -> Block:
    """A rule that no reader hears of."""
    box = Box(0, 0, width, thickness, fill=colour)
    return Block(width, thickness, (Tagged("Artifact", (box,)),))


def level(block: Block, height: float, tibetan: float) -> float:
    """pt from the top of a bar down to a line of ``tibetan`` pt whose body is in the bar's middle;
    ink stays inside.
    """
    top = height / 2 + BODY_CENTRE * tibetan - baseline(block)
    return min(max(top, 0.0), max(height - block.height, 0.0))


def tile(
    setter: Typesetter, catalogue: Catalogue, category: Category, side: float, role: Role = "Figure"
) -> Block:
    """The pictogram of a category, white on its dark square; as an ``Artifact`` where its name
    stands beside it.
    """
    padding = side * 0.09
    items: tuple[Item, ...] = (
        Box(0, 0, side, side, fill=setter.look.tile(category.id), radius=min(ROUND, side * 0.14)),
        shape(category.pictogram, padding, padding, side - 2 * padding, 1.0),
    )
    if role == "Artifact":
        return Block(side, side, (Tagged("Artifact", items),))
    alt = catalogue.words["pictogram_of"].zh.format(name=category.name.zh)
    return Block(side, side, (Tagged("Figure", items, lang="zh", alt=alt),))


def bar(
    setter: Typesetter,
    words: Text,
    width: float,
    place: Place,
    *,
    fill: Colour | None = None,
    icon: str = "",
    tag: Role = "H2",
    size: TypeSize = (13.0, 10.5),
    height: float = BAR,
    side: Block | None = None,
) -> Block:
    """A section's bar filled with the accent, or with ``fill``; a pictogram before its words, and
    at its right what is given as ``side``.
    """
    look = setter.look
    fill = look.accent if fill is None else fill
    colour, high = on(fill), look.length(height)
    items: list[Item] = [Box(0, 0, width, high, fill=fill)]
    left = INSET * look.scale
    if icon:
        drawn = look.length(5.4)
        items.append(shape(icon, left, (high - drawn) / 2, drawn, colour))
        left += drawn + look.length(1.3)
    right = side.width + 2 * INSET if side else INSET
    line = setter.inline(words, size, width - left - right, place, bold=True, colour=colour)
    high = max(high, line.height + 2 * look.length(0.3))
    items[0] = Box(0, 0, width, high, fill=fill)
    parts = [(line.tagged(tag), left, level(line, high, look.tibetan(size)))]
    if side:
        parts.append((side, width - INSET - side.width, (high - side.height) / 2))
    return Block(width, high, (Tagged("Artifact", tuple(items)),), tuple(parts))


def kind_band(
    setter: Typesetter, words: Text, width: float, place: Place, icon: str, tag: Role = "H3"
) -> Block:
    """The band above the policies of one kind of money."""
    return bar(setter, words, width, place, fill=setter.look.tint, icon=icon, tag=tag)


def title_band(
    setter: Typesetter,
    words: Text,
    width: float,
    place: Place,
    others: Sequence[Text | str] = (),
    *,
    sizes: Sequence[tuple[float, float]] = TITLE_TYPES,
    height: float = 10.0,
    tag: Role = "H1",
) -> Block:
    """What a piece is, on the title's fill, or below a rule where that is white; further words and
    figures follow to the right, or below where even the smallest of the sizes is too large.
    """
    look = setter.look
    fill = look.title
    inset, gap = INSET * look.scale, look.length(3)
    room = width - 2 * inset
    top, foot = (TITLE_RULE, 1.0) if fill == 1.0 else (0.0, 0.0)
    grows = False
    for size in sizes:
        title = setter.line(words, size, place, bold=True, colour=on(fill)).tagged(tag)
        more = [_beside_title(setter, each, size, place) for each in others]
        if sum(block.width + gap for block in more) + title.width <= room:
            lines = [[title, *more]]
            break
    else:
        title = setter.inline(words, size, room, place, bold=True, colour=on(fill)).tagged(tag)
        fits = sum(block.width + gap for block in more) + title.width <= room
        lines = [[title, *more]] if fits or not more else [[title], more]
        grows = True
    parts, high = list[tuple[Block, float, float]](), 0.0
    for line in lines:
        tall = look.length(height)
        if grows:  # whole lines of ink between the rules
            ink = max(block.height for block in line)
            tall = max(tall, top + foot + ink + look.length(0.6))
        left, spare = inset, room - sum(block.width for block in line)
        for block in line:
            parts.append((block, left, high + level(block, tall, look.tibetan(size))))
            left += block.width + spare / max(1, len(line) - 1)
        high += tall
    frame = [Box(0, 0, width, high, fill=fill)]
    if top:
        frame += [Box(0, 0, width, top, fill=0.0), Box(0, high - foot, width, foot, fill=0.0)]
    return Block(width, high, (Tagged("Artifact", tuple(frame)),), tuple(parts))


def _beside_title(
    setter: Typesetter, content: Text | str, size: tuple[float, float], place: Place
) -> Block:
    colour = on(setter.look.title)
    if isinstance(content, str):
        return setter.signs(content, (size[0], size[0]), bold=True, colour=colour)
    smaller = max(size[0] * 0.77, 13.0), max(size[1] * 0.75, 10.5)
    return setter.line(content, smaller, place, bold=True, colour=colour)


def strip(
    setter: Typesetter,
    catalogue: Catalogue,
    marks: Sequence[Text],
    width: float,
    scale: float = 1.0,
) -> Block:
    """The marks in one frame, once for all of them at its end that nobody may be given the piece;
    where they take more than the width, on several lines. Nothing without marks.
    """
    if not marks:
        return Block(width, 0)
    words = catalogue.words
    short = {words["mark_draft"]: "strip_draft", words["mark_sample"]: "strip_sample"}
    content = [words[short[mark]] if mark in short else mark for mark in marks]
    withheld = [words["strip_stop"]] * any(mark in short for mark in marks)
    place, gap = catalogue.place("words"), setter.look.length(1.3) * scale
    size = (MARK_TYPE[0] * scale, MARK_TYPE[1] * scale)
    lines = [setter.line(text, size, place, bold=True) for text in content]
    lines += [setter.line(text, size, place, bold=True, colour=1.0) for text in withheld]
    if (spare := width - sum(line.width for line in lines)) >= len(lines) * setter.look.length(1):
        gap = min(gap, spare / len(lines) / 2)
    high, left, top = setter.look.length(STRIP) * scale, 0.0, 0.0
    parts, boxes = [], []
    for number, line in enumerate(lines):
        wide = line.width + 2 * gap
        if left and left + wide > width:
            left, top = 0.0, top + high
        if number >= len(content):
            left = width - wide
            boxes.append(Box(left, top, wide, high, fill=0.0))
        elif left:
            boxes.append(Box(left, top + high * 0.16, 1.0, high * 0.68, fill=0.0))
        parts.append((line, left + gap, top + level(line, high, setter.look.tibetan(size))))
        left += wide
    frame = Box(0.5, 0.5, width - 1, top + high - 1, stroke=0.0, line_width=1.0)
    return Block(width, top + high, (Tagged("Artifact", (frame, *boxes)),), tuple(parts))
