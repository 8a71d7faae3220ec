"""A policy's row on a household's card: what it comes to stands at the right, one amount below the
other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policycards.catalogue.model.policy import Lang, Text
from policycards.core.units import mm
from policycards.design.content.policy_text import Offer, Phrase, Row, joined
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.parts.policy_row import GUTTER, RowTypesetter

FIGURE_SHARE = 0.62
"""Part of the width for words that amounts take at most: milliards in large type."""
PADDING = mm(1.2)
LINE_GAP = mm(0.7)


@dataclass(frozen=True, slots=True)
class BenefitRows(RowTypesetter):
    """Sets rows for a household: denser than a general card's, for what concerns everybody is not
    said again.
    """

    @property
    def padding(self) -> float:
        return PADDING

    @property
    def inner(self) -> float:
        return self.width - self.icon - GUTTER

    def figure_width(self, row: Row, langs: tuple[Lang, ...]) -> float:
        """As wide as the widest amount of the row needs, within its share."""
        needs = [
            self.needed(offer.phrases[lang], lang)
            for offer in row.offers
            if offer.phrases
            for lang in langs
        ]
        return min(max(needs, default=0.0) + 0.1, self.inner * FIGURE_SHARE)

    def arrangements(self, row: Row, langs: tuple[Lang, ...]) -> Iterator[Block]:
        """The name beside the amount, or above it; how it was reckoned beside the amount, or
        below.
        """
        place = self.place(row, "name")
        last = self.said((*row.notes, *row.paid), row, self.inner, langs)
        figures = self.figure_width(row, langs)
        beside_figures = self.inner - figures - GUTTER
        for width in (beside_figures, self.inner):
            name = self.setter.inline(row.name, "name", width, place, langs, bold=True).tagged("H3")
            for most in (0, 1, 99):
                head = [name] if width == beside_figures else []
                offers = [self.entry(row.offers[0], row, head, most, figures, langs)]
                offers += [
                    self.entry(offer, row, [], most, figures, langs) for offer in row.offers[1:]
                ]
                yield stacked([*([] if head else [name]), *offers, *last], LINE_GAP)

    def entry(
        self,
        offer: Offer,
        row: Row,
        head: list[Block],
        most: int,
        wide: float,
        langs: tuple[Lang, ...],
    ) -> Block:
        """An offer: beside its ``wide`` figures what is given as head, its label and the first
        lines of its details.
        """
        width = self.inner - wide - GUTTER if offer.phrases else self.inner
        texts = [*([offer.reckoning] if offer.reckoning else []), *offer.notes]
        told = [
            *head,
            *self.label(offer, row, width, langs),
            *self.said(texts[:most], row, width, langs),
        ]
        below = self.said(texts[most:], row, self.inner, langs)
        if not offer.phrases:
            return stacked([*told, *below], LINE_GAP)
        figures = self.figures(offer.phrases, row, wide, langs)
        left = stacked(told, LINE_GAP)
        columns = beside([Block(width, left.height, parts=((left, 0, 0),)), figures], GUTTER)
        return stacked([columns, *below], LINE_GAP)

    def label(self, offer: Offer, row: Row, width: float, langs: tuple[Lang, ...]) -> list[Block]:
        """What the offer is for, and what kind of limit it is."""
        head = (
            joined(offer.label, offer.lead)
            if offer.label and offer.lead
            else offer.label or offer.lead
        )
        place = self.place(row, "standards")
        return [self.setter.inline(head, "body", width, place, langs, bold=True)] if head else []

    def said(
        self, texts: Iterable[Text], row: Row, width: float, langs: tuple[Lang, ...]
    ) -> list[Block]:
        """Texts, each on one line in both languages where it fits."""
        place = self.place(row, "standards")
        return [self.setter.inline(text, "body", width, place, langs) for text in texts]

    def figures(
        self, phrases: Mapping[Lang, Phrase], row: Row, width: float, langs: tuple[Lang, ...]
    ) -> Block:
        """The amount in both languages."""
        place = self.place(row, "standards")
        return stacked((self.phrase(phrases[lang], lang, width, place) for lang in langs), LINE_GAP)
