"""Pages on sheets: imposed to be cut or folded, and a poster tiled over A4 sheets to be glued.

Each page is turned and moved to its place, with marks that say where to cut, fold and glue.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Problem
from policycards.core.units import mm
from policycards.design.layout.blocks import placed
from policycards.design.layout.frames import Box, Item, Page, Piece, Tagged, Turned
from policycards.design.layout.sheet_plan import Mark, Side, Size
from policycards.design.layout.typesetter import Typesetter

HAIRLINE = 0.25
CUT_DASH = mm(1)


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
    length = CUT_DASH if mark.is_fold else mark.bottom - mark.top
    top = mark.top
    while top < mark.bottom:
        yield Box(mark.x - HAIRLINE / 2, top, HAIRLINE, min(length, mark.bottom - top), fill=0.0)
        top += 2 * length


A4: tuple[Size, ...] = ((mm(297), mm(210)), (mm(210), mm(297)))
EDGE = mm(5)
"""What a printer leaves white."""
STRIP = mm(10)
"""At the left, for what is to be done with a sheet."""
OVERLAP = mm(8)
LINE = 0.5
DASH = mm(1.5)
TICK = mm(4)
WHITE = mm(1)
"""Of a poster's margin, kept around its ink."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """Windows on a poster's page, all of one size, each on a sheet of its own; neighbours
    overlap.
    """

    paper: Size
    inset: float
    columns: int
    rows: int
    width: float
    height: float

    @property
    def sheets(self) -> int:
        return self.columns * self.rows

    @property
    def corner(self) -> tuple[float, float]:
        """Where a window's top left corner lies on its sheet."""
        width, height = self.paper
        return EDGE + STRIP + (width - 2 * EDGE - STRIP - self.width) / 2, (
            height - self.height
        ) / 2


def tiling(page: Size, margin: float) -> Tiling:
    """The fewest sheets for a page with a white margin of so many pt.

    >>> tiling((mm(297), mm(420)), mm(15)).sheets
    2
    """
    inset = max(0.0, margin - WHITE)
    live = page[0] - 2 * inset, page[1] - 2 * inset
    found = []
    for paper in A4:
        printable = paper[0] - 2 * EDGE - STRIP, paper[1] - 2 * EDGE
        counts = [
            math.ceil((side - OVERLAP) / (most - OVERLAP) - 1e-9)
            for side, most in zip(live, printable, strict=True)
        ]
        sizes = [
            (side + (count - 1) * OVERLAP) / count for side, count in zip(live, counts, strict=True)
        ]
        found.append(Tiling(paper, inset, *counts, *sizes))
    return min(found, key=lambda each: each.sheets)


def tiled(
    piece: Piece, catalogue: Catalogue, setter: Typesetter, margin: float
) -> tuple[Piece, list[Problem]]:
    """A poster's pages on A4 sheets, row by row."""
    first = piece.pages[0]
    over = tiling((first.width, first.height), margin)
    pages = [
        _sheet(
            page,
            over,
            row,
            column,
            _label(catalogue, setter, over, row * over.columns + column + 1),
        )
        for page in piece.pages
        for row in range(over.rows)
        for column in range(over.columns)
    ]
    identity = f"{piece.identity} tiles"
    return replace(piece, identity=identity, bookmarks=(), pages=tuple(pages)), setter.problems


def _sheet(page: Page, over: Tiling, row: int, column: int, label: Turned) -> Page:
    """The window of a row and column, all around it white but the label and the lines."""
    width, height = over.paper
    left, top = over.corner
    x, y = over.inset + column * (over.width - OVERLAP), over.inset + row * (over.height - OVERLAP)
    right, bottom = left + over.width, top + over.height
    white = (
        Box(-width, -height, 3 * width, height + top, fill=1.0),
        Box(-width, bottom, 3 * width, 2 * height, fill=1.0),
        Box(-width, top, width + left, over.height, fill=1.0),
        Box(right, top, 2 * width, over.height, fill=1.0),
    )
    lines = tuple(_lines(over, row, column))
    items: tuple[Item, ...] = (
        Turned(left - x, top - y, 0, page.items),
        Tagged("Artifact", (*white, *lines)),
        label,
    )
    return Page(width, height, items)


def _lines(over: Tiling, row: int, column: int) -> Iterator[Box]:
    """Dashes along an edge that lies on a neighbour, ticks at the ends of a line on which a
    neighbour comes to lie.
    """
    left, top = over.corner
    right, bottom = left + over.width, top + over.height
    if row:
        yield from (Box(left + at, top, DASH, LINE, fill=0.0) for at in _steps(over.width))
    if column:
        yield from (Box(left, top + at, LINE, DASH, fill=0.0) for at in _steps(over.height))
    if row < over.rows - 1:
        yield from (
            Box(x - TICK, bottom - OVERLAP, 2 * TICK, LINE, fill=0.0) for x in (left, right)
        )
    if column < over.columns - 1:
        yield from (Box(right - OVERLAP, y - TICK, LINE, 2 * TICK, fill=0.0) for y in (top, bottom))


def _steps(length: float) -> Iterator[float]:
    """Where dashes begin."""
    yield from (2 * DASH * step for step in range(int(length / DASH / 2)))


def _label(catalogue: Catalogue, setter: Typesetter, over: Tiling, number: int) -> Turned:
    """What is to be done with a sheet, upwards along its left edge."""
    length = over.paper[1] - 2 * EDGE
    numbers = {"n": str(number), "all": str(over.sheets)}
    words = catalogue.words["tile_join"]
    content = Text(bo=words.bo.format(**numbers), zh=words.zh.format(**numbers))
    block = setter.inline(content, "small", length, catalogue.place("words", "tile_join"))
    return Turned(EDGE, over.paper[1] - EDGE, 270, placed(block, 0, 0))
