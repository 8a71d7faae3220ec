"""Setting texts into blocks: the one place where design meets typesetting, and where what does not
fit is noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policycards.catalogue.model.policy import LANGS, Lang
from policycards.catalogue.model.policy import Text as Words
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import BlockRef, Colour, Item, Role, Tagged, Text
from policycards.design.layout.theme import Look, TypeSize
from policycards.typeset import Fonts, Span, lay_out, single, slots
from policycards.typeset import problems as unsettable
from policycards.typeset.fonts import in_signs, width_in_signs
from policycards.typeset.paragraphs import baselines
from policycards.typeset.text_model import Align, Style

BODY_CENTRE = 0.383
"""Middle of the body above the baseline in em, the same for both scripts."""
SIGN_TOP, SIGN_FOOT = 0.85, 0.25
"""em that a line of signs takes above and below its baseline."""
MOST_KEPT = 4096
"""Paragraphs that are kept: those of one village are of no use in the next, and a region has
thousands.
"""
RUN_ON_GAP = 0.6
"""em between two languages on one line."""
SLACK = 0.01
"""pt by which a line may pass its column: rounding, not ink."""


@dataclass
class Typesetter:
    """Sets words in the styles of a look and collects what does not fit."""

    look: Look
    fonts: Fonts
    langs: tuple[Lang, ...] = LANGS
    problems: list[Problem] = field(default_factory=list)
    _set: dict[tuple[object, ...], tuple[Block, tuple[Problem, ...]]] = field(default_factory=dict)

    def paragraph(
        self,
        words: str | Sequence[Span],
        lang: Lang,
        role: TypeSize,
        width: float,
        place: Place,
        *,
        bold: bool = False,
        align: Align = "left",
        colour: Colour = 0.0,
        tag: Role | None = "P",
    ) -> Block:
        """One text in one language, set once; a line wider than ``width`` pt, or what no face
        draws, is a problem.
        """
        spans = words if isinstance(words, str) else tuple(words)
        text = words if isinstance(words, str) else "".join(span.text for span in words)
        if not text:
            return Block(width, 0)
        known = (spans, lang, role, width, place, bold, align, colour, tag)
        if known not in self._set:
            if len(self._set) >= MOST_KEPT:
                self._set.clear()
            style = self.look.style(lang, role, bold, align)
            self._set[known] = self._laid_out(spans, text, style, width, place, colour, tag)
        block, found = self._set[known]
        self.problems += [each for each in found if each not in self.problems]
        return block

    def own(
        self,
        text: str,
        lang: Lang,
        role: TypeSize,
        width: float,
        place: Place,
        *,
        bold: bool = False,
        align: Align = "left",
    ) -> Block:
        """A text of the roster, which is not kept: few households share it, and a region has a
        million.
        """
        style = self.look.style(lang, role, bold, align)
        block, found = self._laid_out(text, text, style, width, place, 0.0, "P")
        self.problems += found
        return block

    def _laid_out(
        self,
        spans: str | tuple[Span, ...],
        text: str,
        style: Style,
        width: float,
        place: Place,
        colour: Colour,
        tag: Role | None,
    ) -> tuple[Block, tuple[Problem, ...]]:
        try:
            set_text = lay_out(_shaped(spans), style, width, self.fonts)
        except ValueError:  # a character that no face has
            return Block(width, 0), tuple(unsettable([(text, style.lang, place)], self.fonts))
        lines = slots.reopened(set_text.lines, text) if slots.has_slots(text) else set_text.lines
        widest = max((line.width for line in lines), default=0.0)
        content = slots.as_zeros(text)
        found = (
            (problem("E310", place, text=content, over=f"{(widest - width) / MM:.1f}"),)
            if widest > width + SLACK
            else ()
        )
        items = tuple(
            Text(left, baseline, line, colour)
            for left, baseline, line in zip(set_text.lefts, set_text.baselines, lines, strict=True)
        )
        block = Block(width, set_text.height, items)
        return block.tagged(tag, lang=style.lang) if tag else block, found

    def pair(
        self,
        words: Words,
        role: TypeSize,
        width: float,
        place: Place,
        *,
        bold: bool = False,
        align: Align = "left",
        tag: Role | None = None,
        gap: float = 0.18,
        langs: tuple[Lang, ...] = (),
        colour: Colour = 0.0,
    ) -> Block:
        """Tibetan above Chinese, ``gap`` em of the Chinese apart; as one element of role ``tag``,
        else a P each.
        """
        inner: Role = "Span" if tag else "P"
        both = stacked(
            (
                self.paragraph(
                    words[lang],
                    lang,
                    role,
                    width,
                    place,
                    bold=bold,
                    align=align,
                    colour=colour,
                    tag=inner,
                )
                for lang in langs or self.langs
            ),
            gap * self.look.size(role),
        )
        return Block(both.width, both.height, (Tagged(tag, both.items),)) if tag else both

    def signs(
        self, text: str, role: TypeSize, *, bold: bool = False, colour: Colour = 0.0
    ) -> Block:
        """One line of digits, capitals and arithmetic in the Chinese face, as wide as it needs,
        sign by sign.
        """
        size = self.look.size(role)
        line = in_signs(text, size, self.fonts["zh-bold" if bold else "zh"])
        down = size * SIGN_TOP
        return Block(
            line.width,
            down + size * SIGN_FOOT,
            (Tagged("P", (Text(0.0, down, line, colour),), lang="zh"),),
        )

    def signs_width(self, text: str, role: TypeSize, *, bold: bool = False) -> float:
        """pt that a text takes in signs."""
        return width_in_signs(text, self.look.size(role), self.fonts["zh-bold" if bold else "zh"])

    def natural(
        self, words: str | list[Span], lang: Lang, role: TypeSize, bold: bool = False
    ) -> float:
        """pt that a text takes on one line; nothing where no face draws it, which ``paragraph``
        tells.
        """
        try:
            return single(_shaped(words), self.look.style(lang, role, bold=bold), self.fonts).width
        except ValueError:
            return 0.0

    def lines(
        self, words: str, lang: Lang, role: TypeSize, width: float, *, bold: bool = False
    ) -> int | None:
        """How many lines a text takes that faces can draw; None where one of them is wider than
        ``width`` pt.
        """
        lines = lay_out(
            _shaped(words), self.look.style(lang, role, bold=bold), width, self.fonts
        ).lines
        return len(lines) if all(line.width <= width + SLACK for line in lines) else None

    def inline(
        self,
        words: Words,
        role: TypeSize,
        width: float,
        place: Place,
        langs: tuple[Lang, ...] = (),
        *,
        bold: bool = False,
        colour: Colour = 0.0,
    ) -> Block:
        """The second language behind the last line of the first where it fits, else below it."""
        spoken = langs or self.langs
        if len(spoken) == 1 or not all(
            self.natural(words[lang], lang, role, bold) for lang in spoken
        ):
            return self.pair(words, role, width, place, langs=langs, bold=bold, colour=colour)
        sides = {lang: [Span(words[lang], bold=bold)] for lang in spoken}
        return self.run_on(sides, role, width, place, colour)

    def line(
        self,
        words: Words,
        role: TypeSize,
        place: Place,
        *,
        bold: bool = False,
        colour: Colour = 0.0,
    ) -> Block:
        """Both languages on one line, as wide as they need."""
        needs = [self.natural(words[lang], lang, role, bold) for lang in self.langs]
        width = sum(needs) + RUN_ON_GAP * self.look.size(role) + 2 * SLACK
        return self.inline(words, role, width, place, bold=bold, colour=colour)

    def run_on(
        self,
        sides: Mapping[Lang, Sequence[Span]],
        role: TypeSize,
        width: float,
        place: Place,
        colour: Colour = 0.0,
    ) -> Block:
        """Two paragraphs, the second behind the last line of the first where it fits, else below
        it.

        On one line the middles of their bodies are level.
        """
        (bo, first), (zh, second) = sides.items()
        upper = self.paragraph(first, bo, role, width, place, colour=colour)
        needed, last = (
            self.natural(list(second), zh, role),
            max(texts_of(upper.items), key=lambda text: text.y),
        )
        left = last.x + last.line.width + self.look.size(role) * RUN_ON_GAP
        if left + needed > width:
            below = self.paragraph(second, zh, role, width, place, colour=colour)
            return stacked([upper, below], 0.18 * self.look.size(role))
        behind = self.paragraph(second, zh, role, needed + SLACK, place, colour=colour)
        style = self.look.style(bo, role)
        down = last.y - BODY_CENTRE * (style.bo - style.zh) - baseline(behind)
        top = max(0.0, -down)
        height = top + max(upper.height, down + behind.height)
        return Block(width, height, parts=((upper, 0, top), (behind, left, top + down)))

    def closely(self, blocks: Sequence[Block], pitch: float) -> Block:
        """Blocks one below the other, ``pitch`` pt from the last baseline of one to the first of
        the next, more where ink would meet.
        """
        parts, y, above = list[tuple[Block, float, float]](), 0.0, list[Text]()
        for block in blocks:
            texts = list(texts_of(block.items))
            first = min(text.y for text in texts)
            heads = [text for text in texts if text.y < first + self.look.size("body")]
            if above:
                y = max(text.y for text in above) + pitch - first
                y = max(y, *(self._below(over, under) for over in above for under in heads))
            parts.append((block, 0.0, y))
            last = max(text.y for text in texts)
            above = [
                text._replace(y=text.y + y)
                for text in texts
                if text.y > last - 1.2 * self.look.size("body")
            ]
        return Block(max(each.width for each in blocks), y + blocks[-1].height, parts=tuple(parts))

    def _below(self, over: Text, under: Text) -> float:
        """How far down a block comes so that the ink of its line stays clear of one above."""
        size = self.look.tibetan("body")
        one, two = baselines((over.line, under.line), (over.x, under.x), 0.0, size, self.fonts)
        return over.y + two - one - under.y


def _shaped(words: str | Sequence[Span]) -> str | Sequence[Span]:
    """What typesetting gets: zeros for slots."""
    if isinstance(words, str):
        return slots.as_zeros(words)
    return [replace(span, text=slots.as_zeros(span.text)) for span in words]


def baseline(block: Block) -> float:
    """pt from the top of a block down to the baseline of its first line."""
    return next(text.y for text in texts_of(block.items))


def texts_of(items: Iterable[Item]) -> Iterator[Text]:
    """The lines among items, in whatever they are."""
    for item in items:
        if isinstance(item, Tagged):
            yield from texts_of(item.items)
        elif isinstance(item, BlockRef):
            yield from (
                text._replace(x=text.x + item.x, y=text.y + item.y)
                for text in texts_of(item.plate.items)
            )
        elif isinstance(item, Text):
            yield item
