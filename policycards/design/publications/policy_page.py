"""A policy's page of the booklet: what it is, who can have it, how much now, how it is claimed,
whom to ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.catalogue import Category
from policycards.catalogue.model.policy import LANGS, Policy, Text
from policycards.core.units import mm
from policycards.design.content.policy_text import Row, statement
from policycards.design.layout.blocks import Block, beside, framed, stacked
from policycards.design.layout.frames import Box
from policycards.design.layout.pagination import Kept, Section
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import LIST_RULE, SUM_RULE, bar, rule, tile
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import again
from policycards.design.parts.policy_row import RowTypesetter

TOP = mm(0.8)
LABEL = mm(27)
"""Width of the column that says what a part tells."""
COLUMN_GAP = mm(4)
GAP = mm(1.7)
"""Between parts, and between a part and the rule above it."""
PADDING = mm(2.4)


@dataclass(frozen=True, slots=True)
class OfferRows(RowTypesetter):
    """Sets what one gets, without the words around it."""

    @property
    def inner(self) -> float:
        return self.width - 2 * PADDING

    def box(self, row: Row) -> Block:
        """Offers with their large figures on a tint, two beside each other."""
        return self.tinted(self.table(row, LANGS))

    def flat_box(self, row: Row) -> Block:
        """The same; the two languages of an only offer beside each other where that fits and is
        less high.
        """
        trial = Typesetter(self.setter.look, self.setter.fonts)
        content = self.table(row, LANGS)
        other = replace(self, setter=trial).alone(row)
        return self.tinted(
            content if row.offers[1:] or trial.problems or content.height <= other.height else other
        )

    def tinted(self, block: Block) -> Block:
        return framed(block, PADDING, Box(0, 0, 0, 0, fill=self.setter.look.tint))

    def alone(self, row: Row) -> Block:
        """The languages of one offer beside each other, each in its own column."""
        room = self.inner - 2 * PADDING
        widths = {"bo": room * 0.58, "zh": room * 0.42}
        return beside(
            [self.offer(row.offers[0], row, widths[lang], (lang,)) for lang in LANGS], 2 * PADDING
        )


@dataclass(frozen=True, slots=True)
class PolicyPages:
    """Sets policies in parts that are kept whole."""

    surround: PageFurniture

    def section(self, policy: Policy, category: Category, *, begins: bool) -> Section:
        """All of a policy, under the band of its category where that ``begins``; what goes on over
        the page goes on under its name.
        """
        catalogue, setter = self.surround.catalogue, self.surround.setter
        row = statement(catalogue, policy, self.surround.imprint.area, self.surround.imprint.day)
        place = catalogue.place("catalogue", "categories")
        band = bar(
            setter, category.name, self.width, place, icon=category.pictogram, tag="H2"
        ).tagged("Sect", key=f"heading:{category.id}")
        heading = band if begins else Block(self.width, 0)
        named = stacked([self.title(row, policy), self.content(policy, "who", [policy.who])], GAP)
        parts = (named, *self.amounts(row), *self.claim(row, policy))
        blocks = [block for block in parts if block.height]
        kept = (
            Kept(policy.id, self.spaced(block).tagged("Sect", key=f"policy:{policy.id}"))
            for block in blocks
        )
        return Section(policy.id, heading, again(row.name, place, setter), tuple(kept))

    def spaced(self, block: Block) -> Block:
        """A part with the room above it."""
        return Block(block.width, block.height + GAP, parts=((block, 0, GAP),))

    def claim(self, row: Row, policy: Policy) -> Iterator[Block]:
        """How it is claimed, where and with what, when it is paid, and the notice behind the
        figures.
        """
        catalogue = self.surround.catalogue
        yield self.content(policy, "how", policy.how, numbered=len(policy.how) > 1)
        yield self.content(policy, "papers", policy.papers)
        yield self.content(policy, "office", [policy.office] if policy.office else [])
        paid = [
            text for text in ((policy.paid.when, policy.paid.by) if policy.paid else ()) if text
        ]
        yield self.content(policy, "paid", paid or [catalogue.words["paid_ask"]])
        yield self.content(policy, "deadline", [policy.deadline] if policy.deadline else [])
        yield OfferRows(catalogue, self.surround.setter, self.width).source(row, self.width)

    @property
    def width(self) -> float:
        return self.surround.setter.look.inner_width

    @property
    def text(self) -> float:
        """pt of the column beside the labels."""
        return self.width - LABEL - COLUMN_GAP

    def title(self, row: Row, policy: Policy) -> Block:
        """The pictogram of its category beside the name, and in one sentence what it is."""
        setter, place = self.surround.setter, self.surround.catalogue.place
        summary = self.surround.speaker.filled(policy.summary, policy)
        category = next(
            each
            for each in self.surround.catalogue.settings.categories
            if each.id == policy.category
        )
        drawing = tile(setter, self.surround.catalogue, category, setter.look.pictogram)
        width = self.width - drawing.width - COLUMN_GAP
        named = setter.pair(row.name, "name", width, place(policy.id, "name"), bold=True, tag="H3")
        head = beside([drawing, named], COLUMN_GAP, middle=True)
        content = stacked(
            [
                rule(self.width, SUM_RULE),
                head,
                setter.pair(summary, "body", self.width, place(policy.id, "summary")),
            ],
            mm(1.4),
        )
        return Block(self.width, content.height + TOP, parts=((content, 0, TOP),))

    def amounts(self, row: Row) -> Iterator[Block]:
        """What one gets now, and below it what changed."""
        offers = OfferRows(self.surround.catalogue, self.surround.setter, self.width)
        yield offers.flat_box(row)
        yield from offers.changes(row, LANGS)

    def content(
        self, policy: Policy, key: str, texts: Sequence[Text], *, numbered: bool = False
    ) -> Block:
        """Texts of a policy beside the word for what they tell, or nothing where there is none."""
        place = self.surround.catalogue.place(policy.id, key)
        filled = [self.surround.speaker.filled(text, policy) for text in texts]
        if numbered:
            filled = [
                Text(bo=f"{n}. {text.bo}", zh=f"{n}. {text.zh}") for n, text in enumerate(filled, 1)
            ]
        pairs = [self.surround.setter.inline(text, "body", self.text, place) for text in filled]
        return self.labelled(key, stacked(pairs, mm(1.2))) if pairs else Block(self.width, 0)

    def labelled(self, key: str, block: Block) -> Block:
        """A word in the left column, a block in the right one, a hairline above both."""
        label = self.surround.word(key, "body", LABEL, bold=True)
        columns = beside([label, block], COLUMN_GAP)
        return stacked([rule(self.width, LIST_RULE), columns], GAP)
