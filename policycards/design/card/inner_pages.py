"""The inside of a household's card: its rows, each with how to claim it, what they come to, and
what to ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

from policycards.catalogue.model.policy import LANGS
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.card.card_pagination import EMPTY
from policycards.design.content.benefit_lines import BenefitLine, of_each_kind, spelled_row
from policycards.design.content.card_content import CardContent, Subtotal
from policycards.design.content.policy_text import Row, joined, listed
from policycards.design.layout.block_cache import BlockCache
from policycards.design.layout.blocks import Block, beside, framed, stacked
from policycards.design.layout.frames import Box
from policycards.design.layout.pagination import Kept, Section
from policycards.design.parts.benefit_row import BenefitRows
from policycards.design.parts.claim_steps import Step, badge, step_block, steps
from policycards.design.parts.compact_row import CompactRows, without_kind
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import heading, ruled
from policycards.design.parts.policy_row import GUTTER
from policycards.typeset import numbers
from policycards.typeset.slots import mark

PADDING = mm(1.2)
FIGURE_SHARE = 0.46
"""Part of the width that a sum takes; more where it is that long."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy of the card with its number on it."""

    number: int
    claim: BenefitLine


@dataclass(frozen=True, slots=True)
class InnerPages:
    """Sets what a household is entitled to; ``told`` adds to a claim what changed."""

    surround: PageFurniture
    plates: BlockCache
    substance: CardContent
    told: Callable[[BenefitLine], BenefitLine]
    discreet: frozenset[str]

    def sections(self, room: float) -> Iterator[Section]:
        """The sections for pages with ``room`` pt; a part that is higher is divided where it can
        be.
        """
        own = [Entry(number, claim) for number, claim in enumerate(self.substance.own, 1)]
        kinds = self.kinds(len(own) + 1)
        if own:
            rows = (block for entry in own for block in self.benefit(entry, self.detailed, room))
            yield self.section("your_policies", "money", [*rows, *self.sums()])
        if kinds:
            key = "other_policies" if own else "your_policies"
            rows = (
                block
                for kind, alike in kinds.items()
                for block in self.of_a_kind(kind, alike, room)
            )
            yield self.section(key, "assistance", list(rows))
        ways = list(self.ways([*own, *(entry for alike in kinds.values() for entry in alike)]))
        if ways:
            yield Section("ways", EMPTY, EMPTY, tuple(ways))

    def closing(self) -> Iterator[Block]:
        """What is said after the rows: about payment, and what to ask about."""
        note = self.note()
        if note.height:
            yield note
        if asked := self.substance.ask_about:
            yield self.plates.block(("ask", *(text.zh for text in asked)), self.ask_about)

    def kinds(self, number: int) -> dict[tuple[str, ...], list[Entry]]:
        """What there is without an amount of the household's own, by kind of money, numbered from
        ``number``.

        Discreet ones come first, so that they stand inside a folded card.
        """
        words, numbers = self.surround.catalogue.words, count(number)
        kinds = of_each_kind(
            sorted(self.substance.general, key=lambda claim: claim.policy not in self.discreet),
            words,
        )
        return {
            kind: [Entry(next(numbers), claim) for claim in claims]
            for kind, claims in kinds.items()
        }

    def of_a_kind(
        self, kind: tuple[str, ...], entries: Sequence[Entry], room: float
    ) -> Iterator[Kept]:
        """The rows of one kind of money, which is said once above them."""
        yield from self.under(
            kind, (block for each in entries for block in self.benefit(each, self.brief, room))
        )

    def under(self, keys: tuple[str, ...], kept: Iterable[Kept]) -> Iterator[Kept]:
        """Rows under a band with words, which keeps to the first of them."""
        first, *others = kept
        if keys:
            band = self.plates.block(("band", keys), partial(self.band, keys))
            first = replace(first, block=stacked([band, first.block]))
        yield from (first, *others)

    def band(self, keys: tuple[str, ...]) -> Block:
        """What the rows below have in common, both languages on a tint."""
        words, setter = self.surround.catalogue.words, self.surround.setter
        told = [
            setter.inline(words[key], "body", self.width - PADDING, self.place(key), bold=True)
            for key in keys
        ]
        band = framed(stacked(told, mm(0.5)), PADDING / 2, Box(0, 0, 0, 0, fill=setter.look.tint))
        return Block(self.width, band.height + mm(1), parts=((band, 0, mm(1)),))

    def ways(self, entries: Sequence[Entry]) -> Iterator[Kept]:
        """How these are claimed, step by step."""
        told = steps(
            (each.number, each.claim.form)
            for each in entries
            if each.claim.policy not in self.discreet
        )
        if told:
            yield from self.under(("how",), map(self.step, told))

    def step(self, step: Step) -> Kept:
        shapes = self.plates.shapes(step.numbers)
        badges = [self.plates.spell(mark(at), shapes) for at in range(len(shapes))]
        make = partial(
            step_block, self.surround.setter, step.told, badges, self.width, self.place("how")
        )
        block = self.plates.block(("step", step.told.bo, step.told.zh, shapes), make, step.numbers)
        return Kept("words", block, is_open=True)

    def place(self, key: str) -> Place:
        return self.surround.catalogue.place("words", key)

    def section(self, key: str, pictogram: str, kept: list[Kept]) -> Section:
        words, place = (
            self.surround.catalogue.words[key],
            self.surround.catalogue.place("words", key),
        )
        setter, element = self.surround.setter, f"heading:{key}"
        band = self.plates.block(
            ("heading", key, pictogram),
            lambda: heading(words, pictogram, place, setter, slim=True).tagged("Sect", key=element),
        )
        return Section(key, band, EMPTY, tuple(kept))

    @property
    def width(self) -> float:
        return self.surround.setter.look.inner_width

    def benefit(
        self, entry: Entry, how: Callable[[Row, Block, float], list[Block]], room: float
    ) -> Iterator[Kept]:
        """A policy's row, or several where it is high, set once for all figures of one shape."""
        claim = self.told(entry.claim)
        figures = (*claim.figures, str(entry.number))
        shapes = self.plates.shapes(figures)
        make = partial(self.set_row, claim, shapes, how, room)
        for block in self.plates.blocks(("row", id(claim.form), shapes, room), make, figures):
            yield Kept(
                claim.policy, block, is_open=how == self.brief and claim.policy not in self.discreet
            )

    def set_row(
        self,
        claim: BenefitLine,
        shapes: Sequence[str],
        how: Callable[[Row, Block, float], list[Block]],
        room: float,
    ) -> list[Block]:
        """A row whose last figure is its number."""
        row = spelled_row(claim.form, shapes, self.plates.spell)
        if claim.policy in self.discreet and (steps := (*row.how, *row.needs)):
            told = joined(self.surround.catalogue.words["how"], listed(steps, "；"))
            row = replace(row, paid=(*row.paid, told))
        number = self.plates.spell(mark(len(claim.figures)), shapes)
        numbered = badge(self.surround.setter, number, self.place("how"))
        return [ruled(block, self.surround.setter.look) for block in how(row, numbered, room * 0.9)]

    def detailed(self, row: Row, badge: Block, room: float) -> list[Block]:
        """How an amount of the household's own came about."""
        return replace(self.rower, badge=badge).blocks(row, room)

    def brief(self, row: Row, badge: Block, room: float) -> list[Block]:
        """What everybody has alike, in few lines."""
        catalogue = self.surround.catalogue
        rows = CompactRows(catalogue, self.surround.setter, self.width, badge=badge)
        return rows.blocks(without_kind(row, catalogue.words), room)

    def note(self) -> Block:
        """Whom to ask when it is paid; or, for a household without any policy, that it has none,
        and whom to ask.
        """
        told = self.substance
        if told.policies:
            needed = {
                "paid_unknown": not all(claim.form.paid for claim in (*told.own, *told.general)),
                "approval_decides": not told.own,
            }
            keys = tuple(key for key, wanted in needed.items() if wanted)
            return self.plates.block(("note", keys), lambda: self.noted(keys)) if keys else EMPTY
        return self.plates.block(("nothing", self.surround.imprint.area), self.nothing)

    def noted(self, keys: Sequence[str]) -> Block:
        return self.spaced(stacked([self.worded(key, self.width) for key in keys], mm(1)))

    def worded(self, key: str, width: float) -> Block:
        return self.surround.setter.inline(
            self.surround.catalogue.words[key], "body", width, self.place(key)
        )

    def nothing(self) -> Block:
        words = self.surround.word("nothing_found", "name", self.width, bold=True)
        phones = [
            self.surround.phone_line(key, contact, self.width)
            for key, contact in self.substance.phones
        ]
        return self.spaced(stacked([words, *phones], GAP))

    def spaced(self, block: Block) -> Block:
        return Block(block.width, block.height + 2 * PADDING, parts=((block, 0, PADDING),))

    def sums(self) -> Iterator[Kept]:
        """The subtotals of cash, each in a frame, and with the last of them that approval
        decides.
        """
        inner = self.width - 2 * PADDING
        decides = self.plates.block("decides", lambda: self.worded("approval_decides", inner))
        blocks = [self.subtotal(each, inner) for each in self.substance.subtotals] or [EMPTY]
        blocks[-1] = stacked([blocks[-1], decides], mm(1.2))
        frame = Box(
            0, 0, 0, 0, fill=self.surround.setter.look.tint, stroke=0.0, line_width=1.0, radius=2
        )
        for block in blocks:
            framed_block = framed(
                Block(inner, block.height, parts=((block, 0, 0),)), PADDING, frame
            )
            yield Kept("words", replace(framed_block, height=framed_block.height + mm(1.2)))

    def subtotal(self, each: Subtotal, width: float) -> Block:
        """Its name beside the sum, which is large; its terms below."""
        figures = (numbers.plain(each.total),)
        shapes = self.plates.shapes(figures)
        name = self.plates.block(
            (each.key, shapes), lambda: self.sum_of(each, shapes, width), figures
        )
        terms = (
            self.surround.setter.signs(line, "body") for line in self.broken(each.reckoning, width)
        )
        return stacked([name, stacked(terms)], mm(1))

    def sum_of(self, each: Subtotal, shapes: Sequence[str], width: float) -> Block:
        setter, place = self.surround.setter, self.surround.catalogue.place("words", each.key)
        number = self.plates.spell(mark(0), shapes)
        phrases = self.surround.speaker.phrases(number, each.label)
        right = max(
            width * FIGURE_SHARE, *(self.rower.needed(phrases[lang], lang) + 0.1 for lang in LANGS)
        )
        name = setter.pair(each.name, "body", width - right - GUTTER, place, bold=True)
        figures = stacked(
            (self.rower.phrase(phrases[lang], lang, right, place) for lang in LANGS), mm(0.6)
        )
        return beside([name, figures], GUTTER)

    def broken(self, reckoning: str, width: float) -> Iterator[str]:
        """A sum's terms on lines that fit, broken before a plus."""
        line, setter = "", self.surround.setter
        for term in reckoning.split(" + ") if reckoning else []:
            longer = f"{line} + {term}" if line else term
            if line and setter.signs_width(longer, "body") > width:
                yield line
                longer = f"+ {term}"
            line = longer
        if line:
            yield line

    @property
    def rower(self) -> BenefitRows:
        return BenefitRows(self.surround.catalogue, self.surround.setter, self.width)

    def ask_about(self) -> Block:
        """Policies of which nobody can tell whether the household may have them."""
        names = listed(self.substance.ask_about, "、")
        told = self.surround.telling("ask_about", names=names)
        return self.spaced(
            self.surround.setter.inline(told, "body", self.width, self.place("ask_about"))
        )
