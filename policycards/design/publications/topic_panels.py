"""What a leaflet tells of policies: all of it, or where there are many, in short and by kind of
money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.policy import LANGS, Policy, Text
from policycards.core.units import mm
from policycards.design.content.benefit_lines import KINDS, kind_of_money
from policycards.design.content.policy_text import Row, joined, listed, statement
from policycards.design.layout.blocks import Block, framed, stacked
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.pagination import Kept, Section
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.compact_row import CompactRows, without_kind
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.publications.policy_page import OfferRows

EMPTY = Block(0, 0)
ROW_GAP = mm(1.5)


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is printed of each policy: how it is claimed too, or only the least; and whether in
    larger type.
    """

    large: bool = False
    tells_how: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class ShortRows(CompactRows):
    """Sets a policy's name and figures in a paragraph of each language, as wide as the panel."""

    @property
    def inner(self) -> float:
        return self.width


@dataclass(frozen=True, slots=True)
class TopicPanels:
    """Sets the policies of a leaflet."""

    surround: PageFurniture
    detail: Detail

    @property
    def setter(self) -> Typesetter:
        return self.surround.setter

    @property
    def width(self) -> float:
        return self.setter.look.inner_width

    def sections(self, policies: Sequence[Policy]) -> list[Section]:
        """The policies in their order; in short, those of one kind of money together under its
        words.
        """
        content = [(policy, self.row(policy)) for policy in policies]
        if not self.detail.is_short:
            kept = tuple(Kept(policy.id, self.whole(policy, row)) for policy, row in content)
            return [Section("topic", EMPTY, EMPTY, kept)]
        words = self.surround.catalogue.words
        kinds = {policy.id: (*kind_of_money(row, words), "")[0] for policy, row in content}
        found = []
        for kind in ("", *KINDS):
            kept = tuple(
                Kept(policy.id, self.short(policy, row))
                for policy, row in content
                if kinds[policy.id] == kind
            )
            if kept:
                band = self.band(kind) if kind else EMPTY
                found.append(Section(f"topic-{kind}", band, replace(band), kept))
        return found

    def row(self, policy: Policy) -> Row:
        """What is printed of a policy, without what changed."""
        surround = self.surround
        row = statement(surround.catalogue, policy, surround.imprint.area, surround.imprint.day)
        return replace(row, offers=tuple(replace(offer, changed=None) for offer in row.offers))

    def band(self, kind: str) -> Block:
        """The words for a kind of money, on a tint."""
        padding, place = mm(1.2), self.surround.catalogue.place("words", kind)
        words = self.surround.catalogue.words[kind]
        content = self.setter.pair(words, "body", self.width - 2 * padding, place, bold=True)
        band = framed(content, padding, Box(0, 0, 0, 0, fill=self.setter.look.tint))
        return Block(band.width, band.height + ROW_GAP, band.items)

    def whole(self, policy: Policy, row: Row) -> Block:
        """Name, who, what one gets with large figures, how it is claimed and paid, the notice
        behind it.
        """
        catalogue, setter = self.surround.catalogue, self.setter
        offers = OfferRows(catalogue, setter, self.width)
        parts = [
            setter.pair(
                row.name,
                "name",
                self.width,
                catalogue.place(policy.id, "name"),
                bold=True,
                tag="H2",
            ),
            self.who(policy),
            offers.box(row),
            self.how(policy),
            *(
                setter.pair(text, "body", self.width, catalogue.place(policy.id, "paid"))
                for text in row.paid
            ),
            offers.source(row, self.width),
        ]
        return self.below_rule(policy, stacked(parts, ROW_GAP))

    def short(self, policy: Policy, row: Row) -> Block:
        """Name and figures in a paragraph, who, and the notice."""
        rows = ShortRows(self.surround.catalogue, self.setter, self.width)
        (content,) = rows.arrangements(without_kind(row, self.surround.catalogue.words), LANGS)
        return self.below_rule(
            policy,
            stacked(
                [content, self.who(policy), self.how(policy), rows.source(row, self.width)],
                ROW_GAP / 2,
            ),
        )

    def how(self, policy: Policy) -> Block:
        """Steps, papers and office in one paragraph, where there is room to tell them."""
        catalogue, speaker = self.surround.catalogue, self.surround.speaker
        content = [speaker.filled(text, policy) for text in policy.how]
        if content[1:]:
            content = [
                Text(bo=f"{number}. {text.bo}", zh=f"{number}. {text.zh}")
                for number, text in enumerate(content, 1)
            ]
        for key, texts in (
            ("papers", policy.papers),
            ("office", (policy.office,) if policy.office else ()),
        ):
            if texts:
                content.append(
                    joined(
                        catalogue.words[key],
                        listed([speaker.filled(text, policy) for text in texts], "、"),
                    )
                )
        if not (content and self.detail.tells_how):
            return Block(self.width, 0)
        how = joined(catalogue.words["how"], listed(content, "；"))
        return self.setter.pair(how, "body", self.width, catalogue.place(policy.id, "how"))

    def who(self, policy: Policy) -> Block:
        text, place = (
            self.surround.speaker.filled(policy.who, policy),
            self.surround.catalogue.place(policy.id, "who"),
        )
        return self.setter.pair(text, "body", self.width, place)

    def below_rule(self, policy: Policy, block: Block) -> Block:
        """A policy's element."""
        return self.ruled(block).tagged("Sect", key=f"policy:{policy.id}")

    def ruled(self, block: Block) -> Block:
        """A block with a rule above it."""
        rule = Tagged("Artifact", (Box(0, 0, self.width, 1, fill=self.setter.look.rule),))
        return Block(self.width, block.height + 2 * ROW_GAP, (rule,), ((block, 0, ROW_GAP),))
