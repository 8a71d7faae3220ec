"""What a leaflet tells of policies: figures as large and words as many as its panels have room
for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policycards.catalogue.model.policy import Policy, Text
from policycards.design.content.policy_text import Row, joined, listed, statement
from policycards.design.content.standard_lines import (
    SIGNS,
    StandardLine,
    standard_lines,
)
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.pagination import Kept, Section
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import SUM_RULE
from policycards.design.parts.figure_row import Figures, category_tile, figure_row, row_length
from policycards.design.parts.page_furniture import PageFurniture

EMPTY = Block(0, 0)
GAP, INSET, SIGN = 0.8, 1.2, 4.6
"""mm between the parts of a policy, around its figures, and of the sign of a kind of money."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is printed of each policy, and in type how many times as large; ``is_short`` with
    names in the size of the text and without notices.
    """

    scale: float = 1.0
    tells_how: bool = False
    is_short: bool = False


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

    def section(self, policies: Sequence[Policy]) -> Section:
        """The policies in their order, each kept whole."""
        kept = tuple(Kept(policy.id, self.policy(policy)) for policy in policies)
        return Section("topic", EMPTY, EMPTY, kept)

    def policy(self, policy: Policy) -> Block:
        """Name, what one gets, who, how it is claimed and paid, the notice behind it."""
        surround, setter = self.surround, self.setter
        row = statement(surround.catalogue, policy, surround.imprint.area, surround.imprint.day)
        lead = category_tile(setter, surround.catalogue, policy.category)
        place = surround.catalogue.place(policy.id, "name")
        gap = row_length(setter, INSET)
        named = setter.pair(
            row.name,
            "body" if self.detail.is_short else "name",
            self.width - lead.width - gap,
            place,
            bold=True,
            tag="H2",
            gap=0.05,
        )
        high = max(named.height, lead.height)
        head = Block(
            self.width,
            high,
            parts=((lead, 0.0, 0.0), (named, lead.width + gap, (high - named.height) / 2)),
        )
        words = [
            setter.inline(text, "body", self.width, surround.catalogue.place(policy.id))
            for text in self.texts(policy, row)
        ]
        parts = [head, self.figures(policy, row), *words]
        parts += [] if self.detail.is_short else [self.source(policy, row)]
        return self.below_rule(stacked(parts, row_length(setter, GAP))).tagged(
            "Sect", key=f"policy:{policy.id}"
        )

    def texts(self, policy: Policy, row: Row) -> Iterator[Text]:
        yield self.surround.speaker.filled(policy.who, policy)
        yield from row.paid
        if self.detail.tells_how and (how := self.how(policy)):
            yield how

    def figures(self, policy: Policy, row: Row) -> Block:
        """What one gets, a line a standard, on a tint; what kind of money that is."""
        setter, place = self.setter, self.surround.catalogue.place(policy.id, "standards")
        inset = row_length(setter, INSET)
        width = self.width - 2 * inset
        lines = standard_lines(self.surround.speaker, policy)
        rows = [self.line(line, width) for line in lines]
        words = self.surround.catalogue.words
        kinds = [words[f"pays_{line.pays}"] for line in lines if f"pays_{line.pays}" in words]
        notes = [note for offer in row.offers for note in offer.notes] + [*row.notes]
        distinct = dict.fromkeys(
            note for note in notes if note not in kinds and note != words["pays_by_notice"]
        )
        rows += [setter.inline(note, "body", width, place) for note in distinct]
        rows += [
            self.kind(*kind, width) for kind in dict.fromkeys(SIGNS[each.pays] for each in lines)
        ]
        content = stacked(rows)
        box = Box(0, 0, self.width, content.height + inset, fill=setter.look.column)
        frame = Tagged("Artifact", (box,))
        return Block(self.width, box.height, (frame,), ((content, inset, 0.0),))

    def line(self, line: StandardLine, width: float) -> Block:
        place = self.surround.catalogue.place(line.policy, "standards")
        words = Text(bo=line.before, zh=line.after)
        value = Figures(words, line.figure) if line.figure else words
        return figure_row(self.setter, line.label, value, width, place, after=0.0)

    def kind(self, pictogram: str, word: str, width: float) -> Block:
        """The sign of a kind of money with its word, as the general card has it."""
        setter, side = self.setter, row_length(self.setter, SIGN)
        words, place = (
            self.surround.catalogue.words[word],
            self.surround.catalogue.place("words", word),
        )
        left = side + row_length(setter, INSET)
        named = setter.inline(words, "body", width - left, place)
        drawn = Tagged("Artifact", (shape(pictogram, 0, (named.height - side) / 2, side, 0.0),))
        return Block(width, named.height, (drawn,), ((named, left, 0.0),))

    def how(self, policy: Policy) -> Text | None:
        """Steps, papers and office in one paragraph."""
        words, speaker = self.surround.catalogue.words, self.surround.speaker
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
                filled = [speaker.filled(text, policy) for text in texts]
                content.append(joined(words[key], listed(filled, "、")))
        return joined(words["how"], listed(content, "；")) if content else None

    def source(self, policy: Policy, row: Row) -> Block:
        """Since when, where that is one day, and the notice behind the figures; small."""
        place = self.surround.catalogue.place(policy.id, "standards")
        days = dict.fromkeys([offer.since for offer in row.offers if offer.since])
        since = row.since or (next(iter(days)) if len(days) == 1 else None)
        notice = f"{self.surround.catalogue.words['source'].zh}：{row.source}" if row.source else ""
        if since:
            facts = Text(bo=since.bo, zh="，".join(part for part in (since.zh, notice) if part))
            return self.setter.inline(facts, "small", self.width, place)
        return self.setter.paragraph(notice, "zh", "small", self.width, place)

    def below_rule(self, block: Block) -> Block:
        gap = 1.5 * row_length(self.setter, GAP)
        rule = Tagged("Artifact", (Box(0, 0, self.width, SUM_RULE, fill=0.0),))
        return Block(self.width, block.height + 2 * gap, (rule,), ((block, 0, gap),))
