"""Imposing: the pages of cards as sides of sheets, each page turned and moved to its place, with
cut or fold marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policycards.core.units import mm
from policycards.design.layout.frames import Box, Page, Tagged, Turned
from policycards.design.layout.sheet_plan import Mark, Side

HAIRLINE = 0.25
DASH = mm(1)


def imposed(cards: Sequence[Sequence[Page]], printed: Iterable[Side]) -> list[Page]:
    """A page for each printed side, from the pages of all cards in walking order."""
    return [
        Page(
            side.width,
            side.height,
            (
                *(
                    Turned(each.x, each.y, each.turn, cards[each.card][each.page].items)
                    for each in side.pages
                ),
                *(Tagged("Artifact", tuple(hairlines(mark))) for mark in side.marks),
            ),
        )
        for side in printed
    ]


def hairlines(mark: Mark) -> Iterator[Box]:
    """A mark as a hairline, for a fold in dashes."""
    length = DASH if mark.is_fold else mark.bottom - mark.top
    top = mark.top
    while top < mark.bottom:
        yield Box(mark.x - HAIRLINE / 2, top, HAIRLINE, min(length, mark.bottom - top), fill=0.0)
        top += 2 * length
