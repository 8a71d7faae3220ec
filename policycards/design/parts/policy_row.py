"""A policy's row: pictogram, name and who on the left, what one gets on the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Lang, Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.policy_text import Offer, Phrase, Row, joined
from policycards.design.layout.blocks import Block, beside, framed, placed, stacked
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.typesetter import Typesetter
from policycards.typeset import Span, lay_out

VALUE_SHARE = 0.40
"""Part of the row's width, beside the pictogram, that is for the value."""
GUTTER = mm(3)
PADDING = mm(2.2)
NO_BADGE = Block(0, 0)


@dataclass(frozen=True, slots=True)
class RowTypesetter:
    """Sets rows of one catalogue at one width; ``badge`` is a row's number, below its pictogram."""

    catalogue: Catalogue
    setter: Typesetter
    width: float
    chinese_only: frozenset[str] = frozenset()
    badge: Block = NO_BADGE

    def block(self, row: Row) -> Block:
        """A row with its padding, one structure element named after the policy's id."""
        langs: tuple[Lang, ...] = ("zh",) if row.policy in self.chinese_only else self.setter.langs
        content = min(self.arrangements(row, langs), key=lambda block: block.height)
        columns = beside([stacked([self.pictogram(row), self.badge], mm(0.8)), content], GUTTER)
        body = stacked(
            [columns, *(self.indented(change) for change in self.changes(row, langs))], mm(1.2)
        )
        items = placed(body, 0, self.padding)
        return Block(
            self.width,
            body.height + 2 * self.padding,
            (Tagged("Sect", items, key=f"policy:{row.policy}"),),
        )

    def blocks(self, row: Row, room: float) -> list[Block]:
        """A row as one block, or where it is higher than ``room`` pt and has several offers, as
        rows with fewer each.

        Every one of them says name and who, so that it is understood alone.
        """
        block = self.block(row)
        if block.height <= room or len(row.offers) == 1:
            return [block]
        half = (len(row.offers) + 1) // 2
        return [
            part
            for offers in (row.offers[:half], row.offers[half:])
            for part in self.blocks(replace(row, offers=offers), room)
        ]

    @property
    def padding(self) -> float:
        """pt above and below a row"""
        return PADDING

    @property
    def inner(self) -> float:
        """pt for words, without the pictogram and the gutters."""
        return self.width - self.icon - 2 * GUTTER

    @property
    def icon(self) -> float:
        """pt of the pictogram's side"""
        return self.setter.look.pictogram

    def arrangements(self, row: Row, langs: tuple[Lang, ...]) -> Iterator[Block]:
        """What one gets beside the words; where that is much or several offers, also below them, in
        two columns.
        """
        value_width = self.inner * VALUE_SHARE
        words_width = self.inner - value_width
        telling = stacked(
            [self.telling(row, words_width, langs), self.source(row, words_width)], mm(1)
        )
        getting = self.getting(row, value_width, langs)
        yield beside([telling, getting], GUTTER)
        if row.offers[1:] or getting.height > 1.5 * telling.height:
            below = stacked([self.table(row, langs), self.source(row, self.inner)], mm(1))
            yield stacked([self.telling(row, self.inner, langs), below], mm(2))

    def indented(self, block: Block) -> Block:
        """A block below the words, not below the pictogram."""
        return Block(self.width, block.height, placed(block, self.icon + GUTTER, 0))

    def lines(self, row: Row, part: Literal["name", "who"], lang: Lang) -> int:
        """How many lines the name or who of a row takes in a language."""
        style = self.setter.look.style(
            lang, "name" if part == "name" else "body", bold=part == "name"
        )
        width = self.inner * (1 - VALUE_SHARE)
        return len(lay_out(getattr(row, part)[lang], style, width, self.setter.fonts).lines)

    def place(self, row: Row, *path: str | int) -> Place:
        return self.catalogue.place(row.policy, *path)

    def pictogram(self, row: Row) -> Block:
        look = self.setter.look
        category = next(
            each for each in self.catalogue.settings.categories if each.id == row.category
        )
        drawing = shape(category.pictogram, 0, 0, self.icon, look.accent)
        alt = self.catalogue.words["pictogram_of"].zh.format(name=category.name.zh)
        return Block(self.icon, self.icon, (Tagged("Figure", (drawing,), lang="zh", alt=alt),))

    def telling(self, row: Row, width: float, langs: tuple[Lang, ...]) -> Block:
        """Name, who, and when and how it is paid."""
        set_pair = self.setter.pair
        return stacked(
            [
                set_pair(
                    row.name,
                    "name",
                    width,
                    self.place(row, "name"),
                    bold=True,
                    tag="H3",
                    langs=langs,
                ),
                *(
                    [set_pair(row.who, "body", width, self.place(row, "who"), langs=langs)]
                    if row.who
                    else []
                ),
                *(
                    set_pair(text, "body", width, self.place(row, "paid"), langs=langs)
                    for text in row.paid
                ),
            ],
            mm(1.2),
        )

    def getting(self, row: Row, width: float, langs: tuple[Lang, ...]) -> Block:
        """Every offer of the policy, and below them what holds for all."""
        offers = [self.offer(offer, row, width, langs) for offer in row.offers]
        notes = self.notes(row.notes, row.since, width, self.place(row, "standards"), langs)
        return stacked([*offers, stacked(notes, mm(0.8))], mm(2.2))

    def notes(
        self,
        notes: tuple[Text, ...],
        since: Text | None,
        width: float,
        place: Place,
        langs: tuple[Lang, ...],
    ) -> list[Block]:
        """Notes in both languages, and since when: short enough for both on one line."""
        pairs = [self.setter.pair(note, "body", width, place, langs=langs) for note in notes]
        if since is None:
            return pairs
        return [*pairs, self.setter.inline(since, "body", width, place, langs)]

    def table(self, row: Row, langs: tuple[Lang, ...]) -> Block:
        """Many offers, two beside each other; what holds for all below."""
        width = (self.inner - 2 * GUTTER) / 2 if row.offers[1:] else self.inner
        offers = [self.offer(offer, row, width, langs) for offer in row.offers]
        pairs = [beside(offers[at : at + 2], 2 * GUTTER) for at in range(0, len(offers), 2)]
        notes = self.notes(row.notes, row.since, self.inner, self.place(row, "standards"), langs)
        return stacked([*pairs, *notes], mm(2))

    def offer(self, offer: Offer, row: Row, width: float, langs: tuple[Lang, ...]) -> Block:
        """What one gets: label, phrase with its large figure, notes, and since when."""
        place = self.place(row, "standards")
        head = (
            joined(offer.label, offer.lead)
            if offer.label and offer.lead
            else offer.label or offer.lead
        )
        pairs = (
            [self.setter.pair(head, "body", width, place, bold=True, langs=langs)] if head else []
        )
        if offer.reckoning:
            pairs.append(self.setter.pair(offer.reckoning, "body", width, place, langs=langs))
        phrase = (
            [self.phrase(offer.phrases[lang], lang, width, place) for lang in langs]
            if offer.phrases
            else []
        )
        blocks = [*pairs, *phrase, *self.notes(offer.notes, offer.since, width, place, langs)]
        return stacked(blocks, mm(0.8))

    def changes(self, row: Row, langs: tuple[Lang, ...]) -> Iterator[Block]:
        """What changed, each in a box across the row; where there are several offers, of which."""
        look, padding = self.setter.look, mm(1.2)
        width = self.inner + GUTTER - 2 * padding
        for offer in row.offers:
            if offer.changed:
                words = (
                    joined(offer.label, offer.changed)
                    if offer.label and row.offers[1:]
                    else offer.changed
                )
                text = self.setter.pair(
                    words, "body", width, self.place(row, "standards"), bold=True, langs=langs
                )
                yield framed(
                    text,
                    padding,
                    Box(0, 0, 0, 0, fill=look.tint, stroke=0.0, line_width=0.8, radius=2),
                )

    def phrase(self, content: Phrase, lang: Lang, width: float, place: Place) -> Block:
        """Words in plain type around their large figure."""
        return self.setter.paragraph(
            self.figured(content, lang), lang, "body", width, place, bold=True
        )

    def needed(self, content: Phrase, lang: Lang) -> float:
        """pt that a phrase takes on one line"""
        return self.setter.natural(self.figured(content, lang), lang, "body", bold=True)

    def figured(self, content: Phrase, lang: Lang) -> list[Span]:
        look = self.setter.look
        style = look.style(lang, "body")
        scale = look.size("figure") / (style.bo if lang == "bo" else style.zh)
        spans = [
            Span(content.before),
            Span(content.number, scale=scale, bold=True),
            Span(content.after),
        ]
        return [span for span in spans if span.text]

    def source(self, row: Row, width: float) -> Block:
        """The notice behind the figures, small; documents have Chinese titles only."""
        if not row.source:
            return Block(width, 0)
        text = f"{self.catalogue.words['source'].zh}：{row.source}"
        return self.setter.paragraph(text, "zh", "small", width, self.place(row, "standards"))
