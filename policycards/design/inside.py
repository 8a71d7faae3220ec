"""The inside of a household's card: its rows, what they come to, how to claim them, and what it may ask about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policycards.catalogue.model import LANGS, Text
from policycards.design.blocks import Block, beside, framed, stacked
from policycards.design.claimrow import ClaimRows
from policycards.design.frames import Box, Tagged
from policycards.design.icons import shape
from policycards.design.leaves import again, heading, ruled
from policycards.design.pour import Kept, Section
from policycards.design.row import GUTTER
from policycards.design.setting import baseline
from policycards.design.statement import Row, joined
from policycards.design.substance import Steps, Substance, Subtotal
from policycards.design.surround import GAP, Surround
from policycards.problems import Place
from policycards.units import mm

PADDING = mm(1.8)
STEP = mm(5)
"""Indent of a step behind its number."""
FIGURE_SHARE = 0.46
"""Part of the width that a sum takes."""
ICON = mm(5)
EMPTY = Block(0, 0)


@dataclass(frozen=True, slots=True)
class Inside:
    """Sets what a household is entitled to; ``rows`` and ``others`` are the substance's, with what changed lately."""

    surround: Surround
    substance: Substance
    rows: tuple[Row, ...]
    others: tuple[Row, ...]

    def sections(self, room: float) -> Iterator[Section]:
        """The sections for pages with ``room`` pt; a part that is higher is divided where it can be."""
        if self.rows:
            yield self.section("your_policies", "money", [*self.benefits(self.rows, room), *self.sums()])
        if self.others:
            key = "other_policies" if self.rows else "your_policies"
            yield self.section(key, "assistance", list(self.benefits(self.others, room)))
        yield Section("notes", EMPTY, EMPTY, (Kept("words", self.note()),))
        claims = [kept for steps in self.substance.steps for kept in self.claims(steps, room)]
        if claims:
            yield self.section("claiming", "document", claims)
        if self.substance.ask_about:
            yield Section("uncertain", EMPTY, EMPTY, (Kept("words", self.ask_about()),))

    def section(self, key: str, pictogram: str, kept: list[Kept]) -> Section:
        words, place = self.surround.catalogue.words[key], self.surround.catalogue.place("words", key)
        band = heading(words, pictogram, place, self.surround.setter, slim=True).tagged("Sect", key=f"heading:{key}")
        return Section(key, band, again(words, place, self.surround.setter), tuple(kept))

    @property
    def width(self) -> float:
        return self.surround.setter.look.inner_width

    def benefits(self, rows: tuple[Row, ...], room: float) -> Iterator[Kept]:
        """A row for each policy."""
        for row in rows:
            for block in self.rower.blocks(row, room * 0.9):
                yield Kept(row.policy, ruled(block, self.surround.setter.look))

    def note(self) -> Block:
        """Whom to ask when it is paid; or, for a household without any policy, that it has none, and whom to ask."""
        if self.substance.policies:
            needed = {
                "paid_unknown": not all(row.paid for row in (*self.rows, *self.others)),
                "approval_decides": not self.rows,
            }
            told = [self.surround.word(key, "body", self.width) for key, wanted in needed.items() if wanted]
            return self.spaced(stacked(told, mm(1.2))) if told else EMPTY
        words = self.surround.word("nothing_found", "name", self.width, bold=True)
        phones = [self.surround.phone_line(key, contact, self.width) for key, contact in self.substance.phones]
        return self.spaced(stacked([words, *phones], GAP))

    def spaced(self, block: Block) -> Block:
        return Block(block.width, block.height + 2 * PADDING, parts=((block, 0, PADDING),))

    def sums(self) -> Iterator[Kept]:
        """The subtotals of cash, each in a frame, and with the last of them that approval decides."""
        inner = self.width - 2 * PADDING
        blocks = [self.subtotal(each, inner) for each in self.substance.subtotals] or [EMPTY]
        blocks[-1] = stacked([blocks[-1], self.surround.word("approval_decides", "body", inner)], mm(1.6))
        frame = Box(0, 0, 0, 0, fill=self.surround.setter.look.tint, stroke=0.0, line_width=1.0, radius=2)
        for block in blocks:
            framed_block = framed(block, PADDING, frame)
            yield Kept("words", Block(framed_block.width, framed_block.height + mm(1.2), framed_block.items))

    def subtotal(self, each: Subtotal, width: float) -> Block:
        """Its name beside the sum, which is large; its terms below."""
        setter, place = self.surround.setter, self.surround.catalogue.place("words", "subtotal_year")
        right = width * FIGURE_SHARE
        left = width - right - GUTTER
        name = setter.pair(each.name, "body", left, place, bold=True)
        figures = stacked((self.rower.phrase(each.phrases[lang], lang, right, place) for lang in LANGS), mm(0.8))
        terms = setter.paragraph(each.reckoning, "zh", "body", width, place)
        return stacked([beside([name, figures], GUTTER), terms], mm(1.2))

    @property
    def rower(self) -> ClaimRows:
        return ClaimRows(self.surround.catalogue, self.surround.setter, self.width)

    def claims(self, steps: Steps, room: float) -> Iterator[Kept]:
        """How to claim policies that are claimed alike; many of them in several parts, each with all the steps."""
        block = self.claim(steps)
        if block.height <= room * 0.9 or len(steps.names) == 1:
            yield Kept(steps.policies[0], block)
            return
        half = (len(steps.names) + 1) // 2
        for part in (slice(None, half), slice(half, None)):
            yield from self.claims(replace(steps, policies=steps.policies[part], names=steps.names[part]), room)

    def claim(self, steps: Steps) -> Block:
        """The names on a tint, then the steps with their numbers, the papers and the office."""
        setter, catalogue = self.surround.setter, self.surround.catalogue
        place = catalogue.place(steps.policies[0], "how")
        names = [self.named(policy, name) for policy, name in zip(steps.policies, steps.names, strict=True)]
        band = framed(stacked(names, mm(0.8)), PADDING / 2, Box(0, 0, 0, 0, fill=setter.look.tint))
        listed = stacked((self.step(number, text, place) for number, text in enumerate(steps.how, 1)), mm(1))
        parts = [band, Block(listed.width, listed.height, listed.items).tagged("L") if steps.how else EMPTY]
        if steps.papers:
            papers = listed_text(steps.papers, "；")
            parts.append(setter.pair(joined(catalogue.words["papers"], papers), "body", self.width, place))
        if steps.office:
            parts.append(setter.inline(joined(catalogue.words["office"], steps.office), "body", self.width, place))
        block = stacked(parts, mm(1.4))
        return Block(block.width, block.height + GAP, block.items)

    def named(self, policy: str, name: Text) -> Block:
        """A policy's name with the pictogram of its row, for those who find it by that."""
        setter, catalogue = self.surround.setter, self.surround.catalogue
        category = next(each.category for each in (*self.rows, *self.others) if each.policy == policy)
        pictogram = next(each.pictogram for each in catalogue.settings.categories if each.id == category)
        drawing = Tagged("Artifact", (shape(pictogram, 0, 0, ICON, setter.look.accent),))
        width = self.width - PADDING - ICON - PADDING
        words = setter.inline(name, "body", width, catalogue.place(policy, "name"), bold=True)
        return beside([Block(ICON, ICON, (drawing,)), Block(width, words.height, words.items)], PADDING, middle=True)

    def step(self, number: int, text: Text, place: Place) -> Block:
        """A step behind its number, both on one baseline."""
        setter = self.surround.setter
        count = setter.paragraph(f"{number}.", "zh", "body", STEP, place, bold=True, tag="Span")
        words = setter.inline(text, "body", self.width - STEP, place)
        down = baseline(words) - baseline(count)
        height = max(words.height, down + count.height)
        item = Block(self.width, height, parts=((count, 0, down), (words, STEP, 0)))
        return item.tagged("LBody").tagged("LI")

    def ask_about(self) -> Block:
        """Policies of which nobody can tell whether the household may have them."""
        names = listed_text(self.substance.ask_about, "、")
        return self.spaced(self.surround.filled("ask_about", "body", self.width, names=names))


def listed_text(texts: tuple[Text, ...], stop: str) -> Text:
    """Texts one behind the other, with the stop of each language between them; in Chinese the given one."""
    return Text(bo="། ".join(text.bo for text in texts), zh=stop.join(text.zh for text in texts))
