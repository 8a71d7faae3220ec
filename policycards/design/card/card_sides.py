"""What stands on the two sides of a card besides its table and lists; here on the back: how to
claim, what to ask about, what nobody asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from policycards.catalogue.model.policy import LANGS, Claim, Text
from policycards.design.card.card_front import INSET, CardFront
from policycards.design.card.card_list import NumberedLine
from policycards.design.content.policy_text import closed
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.typesetter import baseline
from policycards.design.parts.bands import SUM_RULE, bar
from policycards.design.parts.contact_blocks import warning_frame
from policycards.design.parts.phrases import (
    READ,
    Part,
    Phrase,
    Word,
    beside,
    both,
    flowing,
    numbered,
    on_axis,
    on_baseline,
    phrase_of,
)
from policycards.qr import format_code
from policycards.typeset.slots import mark

WARNINGS = ("no_fee", "no_secrets", "newest_card")
ASKS = re.compile(r"(先|请)?(向|问)[^，。、]{0,8}(问)?")
"""Steps that say no more than whom to ask, which the telephones say too."""
CLAIMS: tuple[Claim | None, ...] = (None, "automatic", "apply", "report")
"""How policies are claimed, in the order of the card; None where that is not known or where they
are claimed in several ways.
"""


@dataclass(slots=True)
class Step:
    """A step, and the numbers of the policies that it is of, all of which are claimed alike."""

    text: Text
    numbers: list[int]
    rank: int
    claim: Claim | None

    @property
    def is_asking(self) -> bool:
        return ASKS.fullmatch(self.text.zh) is not None


@dataclass(frozen=True, slots=True)
class CardSides(CardFront):
    """Sets the parts of one card in one format."""

    def back_head(self) -> Block:
        """The pile number, whose card it is, and the village where there is room."""
        setter = self.setter
        shown = str(self.pile) if self.pile else format_code(self.code)
        size = 20.0 if self.pile else 13.0
        pile = phrase_of(setter, [Word(shown, "zh", (size, size), True)], self.place("pile"))
        inset, high = self.mm(INSET), self.mm(9)
        parts: list[Part] = []
        left = inset
        axis = high / 2
        parts.append(on_axis(pile, left, axis))
        left += pile.width + self.mm(3)
        sides = self.names()
        room = self.made.width - left - inset
        for reading in (READ,):
            named = self._name_line(sides, reading) if sides else None
            if named and named.width <= room:
                parts.append(on_axis(named, left, axis))
                left += named.width + self.mm(4)
            elif named:
                first = self._name_line(sides[:1], reading)
                if first.width <= room:
                    parts.append(on_axis(first, left, axis))
                    left += first.width + self.mm(4)
        home = both(setter, self.home(), self.surround.catalogue.place("areas"))
        if left + home.width <= self.made.width - inset:
            parts.append(on_axis(home, self.made.width - inset - home.width, axis))
        rule = Box(0, high - SUM_RULE, self.made.width, SUM_RULE, fill=setter.look.rule)
        return Block(self.made.width, high, (Tagged("Artifact", (rule,)),), tuple(parts))

    def bar(self, key: str) -> Block:
        """A section's bar with the gap above it."""

        def make() -> Block:
            words = self.surround.catalogue.words[key]
            found = bar(self.setter, words, self.made.width, self.place(key))
            gap = self.mm(1)
            return Block(found.width, found.height + gap, parts=((found, 0.0, gap),))

        return self.block(("bar", key), make)

    def steps(self, lines: Iterable[NumberedLine]) -> list[Step]:
        """How the policies are claimed, each step once, grouped by how that is where only policies
        that are claimed alike have it, those that come first in their policies before the others;
        never of a discreet policy.
        """
        found: dict[tuple[int, str, str], Step] = {}
        for each in lines:
            form = each.line.form
            if form.is_discreet or not each.number:
                continue
            ranked = [*enumerate(form.how), *((99, text) for text in form.needs)]
            for rank, text in ranked:
                step = found.setdefault((rank, text.bo, text.zh), Step(text, [], rank, form.claim))
                step.numbers.append(each.number)
                step.claim = step.claim if step.claim == form.claim else None
        return sorted(found.values(), key=lambda step: (CLAIMS.index(step.claim), step.rank))

    def how(self, steps: Sequence[Step], lines: Iterable[NumberedLine]) -> list[Block]:
        """Steps by how their policies are claimed, each group below what that is; a step of all
        policies of a group has no numbers of its own.
        """
        groups: dict[Claim | None, list[int]] = {}
        for each in lines:
            if each.number and not each.line.form.is_discreet:
                groups.setdefault(each.line.form.claim, []).append(each.number)
        blocks = []
        for claim in CLAIMS:
            of_group = [step for step in steps if step.claim == claim]
            if claim and of_group:
                words = self.surround.catalogue.words[f"claim_{claim}"]
                blocks.append(self.step(words, groups[claim], bold=True))
            for step in of_group:
                of_all = claim is not None and step.numbers == groups[claim]
                blocks.append(self.step(step.text, [] if of_all else step.numbers))
        return blocks

    def step(self, text: Text, numbers: Sequence[int], *, bold: bool = False) -> Block:
        figures = tuple(map(str, numbers))
        shapes = self.made.plates.shapes(figures)
        make = partial(self._step, text, shapes, bold)
        return self.block(("step", text.bo, text.zh, shapes, bold), make, figures)

    def _step(self, text: Text, shapes: Sequence[str], bold: bool) -> Block:
        setter, place, inset = self.setter, self.place("how"), self.mm(INSET)
        width = self.made.width - 2 * inset
        spell = self.made.plates.spell
        pills = [numbered(setter, spell(mark(at), shapes), place) for at in range(len(shapes))]
        row = beside([(each, self.mm(1.2)) for each in pills])
        sides = [phrase_of(setter, [Word(text[lang], lang, READ, bold)], place) for lang in LANGS]
        if all(each.width <= width for each in (*sides, row)):
            block = flowing(setter, [*sides, row][: 2 + bool(pills)], width, self.mm(2))
        else:
            lines = [setter.inline(text, READ, width, place)]
            lines += [flowing(setter, pills, width, self.mm(1.2))] if pills else []
            block = setter.closely(lines, self.made.pt(20))
        return self._lined(block)

    def _lined(self, block: Block) -> Block:
        pt = self.made.pt
        first = max(pt(13.2), baseline(block))
        high = max(pt(20), first - baseline(block) + block.height + pt(1))
        return Block(self.made.width, high, parts=(on_baseline(block, self.mm(INSET), first),))

    def asked(self) -> Block:
        """Policies that the household may have too."""
        texts = self.content.ask_about
        key = ("asked", *(text.zh for text in texts))
        return self.block(key, self._asked)

    def _asked(self) -> Block:
        setter, words = self.setter, self.surround.catalogue.words["card_ask"]
        place, width = self.place("card_ask"), self.made.width - self.mm(2 * INSET)
        lead = Text(bo=closed(words.bo), zh=f"{words.zh}：")
        atoms = []
        for text, bold in ((lead, True), *((each, False) for each in self.content.ask_about)):
            one = both(setter, text, place, bold=bold)
            if one.width <= width:
                atoms.append(one)
            else:
                sides = (Word(text[lang], lang, READ, bold) for lang in LANGS)
                atoms += [phrase_of(setter, [side], place) for side in sides]
        return self._lined(flowing(setter, atoms, width, self.mm(3)))

    def changes(self, changed: Sequence[tuple[int, tuple[str, str], bool]]) -> Block:
        """What was raised or lowered among the policies without an amount of the household's own:
        number, old and new value, whether it rose.
        """
        setter, words, place = self.setter, self.surround.catalogue.words, self.place("card_raised")
        atoms: list[Phrase] = []
        for rises, arrow, key in ((True, "↑", "card_raised"), (False, "↓", "card_changed")):
            some = [each for each in changed if each[2] is rises]
            if not some:
                continue
            sign = phrase_of(setter, [Word(arrow, "zh", READ, True)], place)
            entries = both(setter, words[key], place, bold=True)
            atoms.append(beside([(sign, 0.0), (entries, self.mm(1))]))
            for number, (old, new), _rises in some:
                figures = phrase_of(setter, [Word(f"{old} → {new}", "zh", (13, 11.5), True)], place)
                pill = numbered(setter, str(number), place)
                atoms.append(beside([(pill, 0.0), (figures, self.mm(1))]))
        width = self.made.width - self.mm(2 * INSET)
        return self._lined(flowing(setter, atoms, width, self.mm(3)))

    def back_foot(self) -> Block:
        """Who supervises, what nobody asks for."""
        area = self.surround.imprint.area
        return self.block(("back foot", area), self._back_foot)

    def _back_foot(self) -> Block:
        width, inset = self.made.width, self.mm(INSET)
        rows = self.phones("supervise", width - inset)
        frame = warning_frame(self.surround, WARNINGS, width)
        parts: list[Part] = []
        y = SUM_RULE + self.mm(0.8)
        for row in rows:
            parts.append((row, inset, y))
            y = y + max(row.height + self.mm(0.6), self.mm(7.3))
        parts.append((frame, 0.0, y))
        rule = Tagged("Artifact", (Box(0, 0, width, SUM_RULE, fill=self.setter.look.rule),))
        return Block(width, y + frame.height + self.mm(0.8), (rule,), tuple(parts))
