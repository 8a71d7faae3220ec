"""Pouring rows into pages: rows stay whole, a heading keeps a row below it and is repeated on the
next page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policycards.design.layout.blocks import Block


@dataclass(frozen=True, slots=True)
class Kept:
    """A block that is never split, known by the policy it speaks of; whether strangers may see it
    is ``is_open``.
    """

    policy: str
    block: Block
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A category: its heading, the heading as repeated after a page break, and its rows."""

    category: str
    heading: Block
    again: Block
    rows: tuple[Kept, ...]

    @property
    def height(self) -> float:
        """pt that it takes on one page."""
        return self.heading.height + sum(kept.block.height for kept in self.rows)


@dataclass(frozen=True, slots=True)
class Placement:
    """A block at ``y`` pt below the top of the page's free space, with the category whose element
    holds it.
    """

    y: float
    block: Block
    category: str
    is_heading: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class TooTall:
    """A row that even an empty page cannot hold, and by how many pt."""

    policy: str
    over: float


def paginate(
    sections: Iterable[Section], first: float, later: float
) -> tuple[list[list[Placement]], list[TooTall]]:
    """Placements page by page, where the first page has ``first`` pt free and every other one
    ``later`` pt.
    """
    pages: list[list[Placement]] = [[]]
    too_tall: list[TooTall] = []
    y, room = 0.0, first
    for section in sections:
        lead = section.heading
        for kept in section.rows:
            starts = lead is section.heading
            if y + (lead.height if starts else 0) + kept.block.height > room:
                pages.append([])
                y, room = 0.0, later
                if lead.height + kept.block.height > room:
                    too_tall.append(TooTall(kept.policy, lead.height + kept.block.height - room))
            if starts or y == 0:
                pages[-1].append(
                    Placement(y, lead, section.category, is_heading=starts, is_open=kept.is_open)
                )
                y += lead.height
            pages[-1].append(Placement(y, kept.block, section.category, is_open=kept.is_open))
            y += kept.block.height
            lead = section.again
    return pages, too_tall
