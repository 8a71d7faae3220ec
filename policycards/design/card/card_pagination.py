"""What stands on which page of a household's card, after its front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policycards.design.layout.blocks import Block
from policycards.design.layout.pagination import Kept, Placement, Section, TooTall, paginate
from policycards.design.parts.page_furniture import GAP

EMPTY = Block(0, 0)
FOLDED = 4
"""Pages of a sheet that is folded once."""

Leaves = list[list[Placement]]


def flat_pages(
    sections: Sequence[Section], closing: Sequence[Block], room: float
) -> tuple[Leaves, list[TooTall]]:
    """Page after page of ``room`` pt, what is said at the end behind all rows."""
    end = tuple(
        Kept("words", replace(block, height=block.height + GAP), is_open=True) for block in closing
    )
    return paginate([*sections, Section("closing", EMPTY, EMPTY, end)], room, room)


def folded_pages(
    sections: Sequence[Section], closing: Sequence[Block], room: float
) -> tuple[Leaves, list[TooTall]]:
    """The pages of a folded card up to its back, which lies outside and holds only what strangers
    may see.

    Where all of it ends on the back of a sheet, the back goes on with rows; else it has what is
    said at the end.
    """
    pages, too_tall = flat_pages(sections, closing, room)
    if (len(pages) + 1) % FOLDED == 0 and all(each.is_open for each in pages[-1]):
        return pages, too_tall
    back, rest = _back(closing, room) if sections else ([], closing)
    pages, too_tall = flat_pages(sections, rest, room)
    pages = pages if pages[0] or not back else []
    pages += [[] for _blank in range(-(len(pages) + 2) % FOLDED)]
    return [*pages, back], too_tall


def _back(blocks: Sequence[Block], room: float) -> tuple[list[Placement], list[Block]]:
    """What stands on the back, and what it has no room for."""
    placements, rest, y = [], [], 0.0
    for block in blocks:
        if y + block.height > room:
            rest.append(block)
            continue
        placements.append(Placement(y, block, "outside", is_open=True))
        y += block.height + GAP
    return placements, rest
