"""A policy in few lines: for what every household of an area has alike, and no amount of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from policycards.catalogue.model.policy import Lang, Text
from policycards.core.units import mm
from policycards.design.content.benefit_lines import kind_of_money
from policycards.design.content.policy_text import Offer, Row, closed, joined
from policycards.design.layout.blocks import Block
from policycards.design.parts.policy_row import GUTTER, RowTypesetter
from policycards.typeset import Span

PADDING = mm(0.7)
ICON = 0.65
"""Part of a usual pictogram's side."""


def without_kind(row: Row, words: Mapping[str, Text]) -> Row:
    """A row whose kind of money is said elsewhere."""
    said = [words[key] for key in kind_of_money(row, words)]
    offers = (
        replace(offer, notes=tuple(note for note in offer.notes if note not in said))
        for offer in row.offers
    )
    return replace(
        row, offers=tuple(offers), notes=tuple(note for note in row.notes if note not in said)
    )


@dataclass(frozen=True, slots=True)
class CompactRows(RowTypesetter):
    """Sets a policy's name, figures and conditions in one paragraph of each language."""

    @property
    def padding(self) -> float:
        return PADDING

    @property
    def icon(self) -> float:
        return ICON * self.setter.look.pictogram

    @property
    def inner(self) -> float:
        return self.width - self.icon - GUTTER

    def arrangements(self, row: Row, langs: tuple[Lang, ...]) -> Iterator[Block]:
        place, sides = (
            self.place(row, "name"),
            {lang: list(self.spans(row, lang)) for lang in langs},
        )
        if len(sides) > 1:
            yield self.setter.run_on(sides, "body", self.inner, place)
        else:
            ((lang, spans),) = sides.items()
            yield self.setter.paragraph(spans, lang, "body", self.inner, place)

    def spans(self, row: Row, lang: Lang) -> Iterator[Span]:
        """The name bold, and the numbers of figures."""
        content = [spans for offer in row.offers if (spans := list(self.offered(offer, lang)))]
        content += [[Span(text[lang])] for text in (*row.notes, *row.paid)]
        content += [[Span(text[lang], bold=True)] for text in self.changed(row)]
        end, stop = ("；", "：" * bool(content)) if lang == "zh" else (" ", "")
        yield Span(_stopped(row.name[lang], lang) + stop, bold=True)
        for number, spans in enumerate(content):
            yield Span(" " if lang == "bo" else end if number else "")
            yield from spans[:-1]
            last = spans[-1]
            closing = (
                _stopped(last.text.rstrip(" "), lang)
                if number < len(content) - 1
                else last.text.rstrip(" ")
            )
            yield Span(closing, bold=last.bold)

    def changes(self, row: Row, langs: tuple[Lang, ...]) -> Iterator[Block]:
        """Nothing: what changed stands in the paragraph."""
        yield from ()

    def changed(self, row: Row) -> Iterator[Text]:
        """What changed; where there are several offers, of which."""
        for offer in row.offers:
            if offer.changed:
                yield (
                    joined(offer.label, offer.changed)
                    if offer.label and row.offers[1:]
                    else offer.changed
                )

    def offered(self, offer: Offer, lang: Lang) -> Iterator[Span]:
        head = (
            joined(offer.label, offer.lead)
            if offer.label and offer.lead
            else offer.label or offer.lead
        )
        if head:
            yield Span(_stopped(head[lang], lang) + " " if lang == "bo" else head[lang] + " ")
        if offer.phrases:
            phrase = offer.phrases[lang]
            yield from (
                span
                for span in (
                    Span(phrase.before),
                    Span(phrase.number, bold=True),
                    Span(phrase.after),
                )
                if span.text
            )
        for note in offer.notes:
            stop = "། " if lang == "bo" else "，"
            yield Span(stop * bool(head or offer.phrases) + note[lang])


def _stopped(text: str, lang: Lang) -> str:
    return closed(text) if lang == "bo" else text
