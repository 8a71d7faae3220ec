"""A policy's page of the booklet: what it is, who can have it, how much now, how it is claimed,
whom to ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.catalogue import Category, Contact
from policycards.catalogue.model.policy import LANGS, Policy, Text
from policycards.core.units import mm
from policycards.design.content.policy_text import Row, statement
from policycards.design.content.print_context import ends_of_ladder
from policycards.design.layout.blocks import Block, beside, framed, stacked
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.pagination import Kept, Section
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import again, heading
from policycards.design.parts.policy_row import RowTypesetter
from policycards.typeset import Span

TOP = mm(0.8)
LABEL = mm(27)
"""Width of the column that says what a part tells."""
COLUMN_GAP = mm(4)
GAPS = tuple(mm(gap) for gap in (3.2, 2.7, 2.3, 1.9, 1.5, 1.3))
"""Between parts and the rules above them, the widest first: a page is opened or closed up until it
is full.
"""
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
        told = self.table(row, LANGS)
        other = replace(self, setter=trial).alone(row)
        return self.tinted(
            told if row.offers[1:] or trial.problems or told.height <= other.height else other
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
    """Sets policies in parts that are kept whole, ``gap`` pt between them."""

    surround: PageFurniture
    gap: float

    def section(self, policy: Policy, category: Category, *, begins: bool) -> Section:
        """All of a policy, under the band of its category where that ``begins``."""
        what, claim = self.spread(policy, category, begins=begins)
        return replace(what, rows=(*what.rows, *claim.rows))

    def spread(
        self, policy: Policy, category: Category, *, begins: bool
    ) -> tuple[Section, Section]:
        """The same for two pages: what one gets on the left, how one comes by it on the right."""
        catalogue, setter = self.surround.catalogue, self.surround.setter
        row = statement(catalogue, policy, self.surround.imprint.area, self.surround.imprint.day)
        place = catalogue.place("catalogue", "categories")
        band = (
            heading(category.name, category.pictogram, place, setter, slim=True)
            if begins
            else Block(self.width, 0)
        )
        repeated = again(row.name, place, setter)
        what, claim = self.what(row, policy), self.claim(row, policy)
        # A heading that is repeated is told from the first by being another block.
        return (
            Section(category.id, band, repeated, tuple(self.kept(policy, what, 0.0))),
            Section(
                category.id, replace(repeated), repeated, tuple(self.kept(policy, claim, self.gap))
            ),
        )

    def kept(self, policy: Policy, parts: Iterable[Block], first: float) -> Iterator[Kept]:
        """Parts with the room above them, ``first`` pt above the first, in the element of their
        policy.
        """
        above = first
        for part in parts:
            if part.height:
                whole = Block(part.width, part.height + above, parts=((part, 0, above),))
                yield Kept(policy.id, whole.tagged("Sect", key=f"policy:{policy.id}"))
                above = self.gap

    def what(self, row: Row, policy: Policy) -> Iterator[Block]:
        """Name, who can have it, what one gets."""
        yield self.title(row, policy)
        yield self.told(policy, "who", [policy.who])
        yield from self.amounts(row)

    def claim(self, row: Row, policy: Policy) -> Iterator[Block]:
        """How it is claimed, where and with what, when it is paid, whom to ring, and the notice
        behind the figures.
        """
        catalogue = self.surround.catalogue
        yield self.told(policy, "how", policy.how, numbered=len(policy.how) > 1)
        yield self.told(policy, "papers", policy.papers)
        yield self.told(policy, "office", [policy.office] if policy.office else [])
        paid = [
            text for text in ((policy.paid.when, policy.paid.by) if policy.paid else ()) if text
        ]
        yield self.told(policy, "paid", paid or [catalogue.words["paid_ask"]])
        yield self.told(policy, "deadline", [policy.deadline] if policy.deadline else [])
        source = OfferRows(catalogue, self.surround.setter, self.width).source(row, self.width)
        yield stacked([self.phones(), source], self.gap / 2)

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
        drawing = OfferRows(self.surround.catalogue, setter, self.width).pictogram(row)
        width = self.width - drawing.width - COLUMN_GAP
        named = setter.pair(row.name, "name", width, place(policy.id, "name"), bold=True, tag="H3")
        head = beside([drawing, named], COLUMN_GAP, middle=True)
        told = stacked(
            [head, setter.pair(summary, "body", self.width, place(policy.id, "summary"))], mm(1.4)
        )
        return Block(self.width, told.height + TOP, parts=((told, 0, TOP),))

    def amounts(self, row: Row) -> Iterator[Block]:
        """What one gets now, and below it what changed."""
        offers = OfferRows(self.surround.catalogue, self.surround.setter, self.width)
        yield offers.flat_box(row)
        yield from offers.changes(row, LANGS)

    def told(
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
        return Block(
            self.width, columns.height + self.gap, (self.rule(),), ((columns, 0, self.gap),)
        )

    def phones(self) -> Block:
        """The nearest telephone and the supervising one, side by side."""
        half = (self.width - COLUMN_GAP) / 2
        rungs = ends_of_ladder(self.surround.catalogue, self.surround.imprint.area)
        columns = beside([self.phone(key, contact, half) for key, contact in rungs], COLUMN_GAP)
        return Block(
            self.width, columns.height + self.gap, (self.rule(),), ((columns, 0, self.gap),)
        )

    def phone(self, key: str, contact: Contact, width: float) -> Block:
        """What a telephone is for, and below it the number large."""
        catalogue, setter = self.surround.catalogue, self.surround.setter
        place = catalogue.place("contacts")
        label = setter.inline(catalogue.words[key], "body", width, place, bold=True)
        return stacked(
            [
                label,
                setter.paragraph([Span(contact.phone)], "zh", "phone", width, place, bold=True),
            ],
            mm(0.4),
        )

    def rule(self) -> Tagged:
        """A hairline above a part."""
        return Tagged(
            "Artifact", (Box(0, 0, self.width, 0.4, fill=self.surround.setter.look.rule),)
        )
