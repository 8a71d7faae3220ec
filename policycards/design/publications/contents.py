"""Contents: policies under headings, each with the number of its page, both a link to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policycards.catalogue.model.policy import Policy, Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.layout.blocks import Block, beside
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.pagination import Kept, Section
from policycards.design.parts.bands import bar
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import again

NUMBER = mm(12)
NUMBER_GAP = mm(3)
GAPS = tuple(mm(gap) for gap in (1.3, 1.1, 0.9, 0.7, 0.55))
"""Above and below an entry, the widest first."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Sets lists of policies; ``pages`` are their page numbers by id, 0 where one is not known
    yet.
    """

    surround: PageFurniture
    pages: Mapping[str, int]
    gap: float

    def listed(
        self, key: str, name: Text, pictogram: str, place: Place, policies: Iterable[Policy]
    ) -> Section:
        """Policies under a heading."""
        setter = self.surround.setter
        width, look = setter.look.inner_width, setter.look
        named = bar(setter, name, width, place, fill=look.tint, icon=pictogram, tag="H3")
        band = Block(width, named.height + self.gap, parts=((named, 0, 0),))
        kept = tuple(
            Kept(policy.id, self.entry(policy).tagged("TOC", key=f"toc:{key}"))
            for policy in policies
        )
        return Section(key, band, again(name, place, setter), kept)

    def entry(self, policy: Policy) -> Block:
        """A name in both scripts and its page, above a hairline."""
        setter, place = self.surround.setter, self.surround.catalogue.place(policy.id, "name")
        width, number = setter.look.inner_width, self.pages[policy.id]
        name = self.surround.speaker.filled(policy.name, policy)
        named = setter.pair(name, "body", width - NUMBER - NUMBER_GAP, place, tag="Span")
        line = beside(
            [named, page_number(self.surround, policy, number, NUMBER)], NUMBER_GAP, middle=True
        )
        rule = Tagged(
            "Artifact", (Box(0, line.height + self.gap, width, 0.3, fill=setter.look.rule),)
        )
        entry = Tagged("TOCI", (Tagged("Reference", (leading(line, policy, number),)), rule))
        return Block(width, line.height + 2 * self.gap, (entry,))


def page_number(surround: PageFurniture, policy: Policy, number: int, width: float) -> Block:
    """The number of a policy's page at the right of its column; a dash for 0, which is not known
    yet.
    """
    place = surround.catalogue.place(policy.id, "name")
    return surround.setter.paragraph(
        str(number or "–"), "zh", "heading", width, place, bold=True, align="right", tag="Span"
    )


def leading(block: Block, policy: Policy, number: int) -> Tagged:
    """A block that opens the page of a policy."""
    return Tagged("Link", block.items, alt=f"{policy.name.zh} {number}", opens=policy.id)
