"""The table of standards by kind of money: whose each is, what it comes to, since when, on which
page it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from policycards.catalogue.model.policy import LANGS, Lang, Pays, Policy
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.policy_text import Offer, Phrase, Row, statement
from policycards.design.layout.blocks import Block, beside, framed, stacked
from policycards.design.layout.frames import Box, Role, Tagged
from policycards.design.layout.pagination import Kept, Section
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import again
from policycards.design.publications.contents import leading, page_number
from policycards.typeset import Span

NAME_SHARE = 0.58
KINDS: tuple[Pays, ...] = tuple(pays for pays in get_args(Pays) if pays not in ("cash", "limit"))
"""Kinds whose words stand in the notes of a statement, and here above their rows."""
COLUMN_GAP = mm(4)
NUMBER = mm(10)


@dataclass(frozen=True, slots=True)
class StandardsTable:
    """Sets the table, its headings in a role; ``pages`` are the page numbers of policies by id,
    none for a sheet.
    """

    surround: PageFurniture
    pages: Mapping[str, int]
    role: Role

    def sections(self, policies: tuple[Policy, ...]) -> Iterator[Section]:
        """The rows of each kind of money under its words, in the order of the catalogue."""
        rows = [
            (policy, offer, row)
            for policy in policies
            for row in [self.told(policy)]
            for offer in row.offers
        ]
        for pays in get_args(Pays):
            kept = tuple(
                Kept(policy.id, self.row(policy, row, offer))
                for policy, offer, row in rows
                if _kind(policy, offer) == pays
            )
            if kept:
                yield self.section(pays, kept)

    def told(self, policy: Policy) -> Row:
        surround = self.surround
        return statement(surround.catalogue, policy, surround.imprint.area, surround.imprint.day)

    def section(self, pays: Pays, kept: tuple[Kept, ...]) -> Section:
        """Rows under the words for their kind, on a tint."""
        key = f"table_{pays}" if pays in ("approved", "limit") else f"pays_{pays}"
        setter, place = self.surround.setter, self.surround.catalogue.place("words", key)
        padding, width = mm(1.4), setter.look.inner_width
        words = self.surround.catalogue.words[key]
        named = setter.inline(words, "heading", width - 2 * padding, place, bold=True).tagged(
            self.role
        )
        band = framed(named, padding, Box(0, 0, 0, 0, fill=setter.look.tint))
        above = Block(width, setter.look.size("body") * 0.5)
        return Section(
            f"standards-{pays}", stacked([above, band]), again(words, place, setter), kept
        )

    def row(self, policy: Policy, row: Row, offer: Offer) -> Block:
        """Whose standard it is, what it comes to, and where more is told, above a hairline."""
        look, size = self.surround.setter.look, self.surround.setter.look.size("body")
        number = [self.number(policy)] if self.pages else []
        room = look.inner_width - COLUMN_GAP - sum(each.width + COLUMN_GAP for each in number)
        amount = self.amount(row, offer, room * (1 - NAME_SHARE))
        named = self.name(row, offer, room * NAME_SHARE if amount.height else room + COLUMN_GAP)
        columns = beside([named, *([amount] if amount.height else []), *number], COLUMN_GAP)
        key = f"table:{_kind(policy, offer)}"
        table = (
            Block(columns.width, columns.height, columns.items)
            .tagged("TR")
            .tagged("Table", key=key)
        )
        rule = Tagged(
            "Artifact",
            (Box(0, columns.height + 0.8 * size, look.inner_width, 0.3, fill=look.rule),),
        )
        return Block(
            look.inner_width, columns.height + 0.8 * size, (rule,), ((table, 0, 0.4 * size),)
        )

    def name(self, row: Row, offer: Offer, width: float) -> Block:
        setter, place = self.surround.setter, self.surround.catalogue.place
        named = [setter.pair(row.name, "body", width, place(row.policy, "name"), bold=True)]
        if offer.label:
            named.append(setter.pair(offer.label, "body", width, place(row.policy, "standards")))
        return stacked(named, setter.look.size("body") * 0.1).tagged("TH")

    def amount(self, row: Row, offer: Offer, width: float) -> Block:
        """The figure in the words of its unit, what else belongs to it, and since when."""
        setter, place = self.surround.setter, self.surround.catalogue.place(row.policy, "standards")
        kinds = [self.surround.catalogue.words[f"pays_{pays}"] for pays in KINDS]
        told = [text for text in (*offer.notes, *row.notes) if text not in kinds]
        since = offer.since or row.since
        blocks = [
            *([setter.inline(offer.lead, "body", width, place)] if offer.lead else []),
            *(
                self.phrase(offer.phrases[lang], lang, width, place)
                for lang in LANGS
                if offer.phrases
            ),
            *(setter.pair(note, "body", width, place) for note in told),
            *([setter.inline(since, "small", width, place)] if since else []),
        ]
        return stacked(blocks, setter.look.size("body") * 0.1).tagged("TD")

    def phrase(self, told: Phrase, lang: Lang, width: float, place: Place) -> Block:
        """An amount in the words of its unit, its number bold."""
        spans = [Span(told.before), Span(told.number, bold=True), Span(told.after)]
        return self.surround.setter.paragraph(
            [span for span in spans if span.text], lang, "body", width, place
        )

    def number(self, policy: Policy) -> Block:
        """The page of a policy, a link to it."""
        shown = page_number(self.surround, policy, self.pages[policy.id], NUMBER)
        return Block(
            shown.width, shown.height, (leading(shown, policy, self.pages[policy.id]),)
        ).tagged("TD")


def _kind(policy: Policy, offer: Offer) -> Pays:
    """What kind of money an offer is; one that stands for no standard says that a notice tells."""
    return next(
        (standard.pays for standard in policy.standards if standard.id == offer.standard),
        "by_notice",
    )
