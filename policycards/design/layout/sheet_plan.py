"""Sheets: where every page of every card lies on the paper, so that a pile that is cut or folded is
in walking order.

Lengths are pt from the top left corner of the paper, as its printed side is read. Nothing is drawn
here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm

Form = Literal["single", "cut-and-stack", "saddle"]
Duplex = Literal["long-edge", "short-edge", "two-passes"]
Offset = tuple[float, float]
Size = tuple[float, float]

A5 = (mm(148), mm(210))
A4_ACROSS = (mm(297), mm(210))
MOST_SHEETS = 50
"""Sheets of a part: as many as a hand squares and a guillotine cuts, so that a jam spoils no more
than them.
"""
THICKNESS = mm(0.1)
"""Of a sheet of office paper of 80 g."""
MARK = mm(7)
"""Length of a cut or fold mark from the paper's edge, of which a printer leaves some 4 mm white."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How cards lie on paper and how that is printed.

    ``single``: sheets as large as the card. ``cut-and-stack``: two cards of A5 beside each other on
    A4; a part of the pile is cut in the middle and its left half put on the right one. ``saddle``:
    A4 folded once for a whole booklet, whose inner pages are moved to the fold by the thickness of
    the sheets around them, so that the outer edge can be cut straight.

    ``long-edge`` and ``short-edge``: about which edge of the paper a duplex printer turns it.
    ``two-passes``: for a printer of single sides. The fronts of a part are printed and come out
    face down, the last on top; the stack goes back into the tray as it lies, neither turned over
    nor around, blank side up. So the last sheet is printed first and each is turned about its short
    edge: the backs come in that order, turned accordingly.

    ``front`` and ``back`` are mm by which all is moved right and down on those sides, as the print
    is read: what the crosses of the test page show a printer to be out, with the opposite sign.
    """

    form: Form = "single"
    duplex: Duplex = "long-edge"
    front: Offset = (0.0, 0.0)
    back: Offset = (0.0, 0.0)

    def paper(self, page: Size = A5) -> Size:
        """Width and height of the paper for cards with pages of a size, pt: their own, or A4
        across.
        """
        return page if self.form == "single" else A4_ACROSS


@dataclass(frozen=True, slots=True)
class Placed:
    """A page of a card, both counted from 0: where its top left corner lies, and how far it is
    turned, clockwise.

    ``slot`` counts the pages beside each other from the left, as they are read.
    """

    card: int
    page: int
    slot: int
    x: float
    y: float
    turn: Literal[0, 180]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line at the edge of the paper that says where to cut, or dashed, where to fold."""

    x: float
    top: float
    bottom: float
    is_fold: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A printed side of a sheet; sheets and parts count from 0 through the pile."""

    sheet: int
    part: int
    is_back: bool
    width: float
    height: float
    pages: tuple[Placed, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card begins: its sheet, the side and slot there, and the place of that side in the
    file, from 0.
    """

    sheet: int
    side: Literal["front", "back"]
    slot: int
    page: int


_Page = tuple[int, int] | None
"""A card and its page, or a blank one."""
_Paper = tuple[Sequence[_Page], Sequence[_Page]]
"""What is on the front and on the back of a sheet from left to right, the back as seen when turned
like a book's.
"""


def sides(cards: Sequence[int], sheet: Sheet, page: Size = A5) -> list[Side]:
    """All sides in the order in which they are printed; ``cards`` are the numbers of pages in
    walking order.

    ``page`` is the size of a card's page, pt. Each sheet has a back, blank or not.

    >>> planned = sides([2, 2, 1], Sheet("cut-and-stack"))
    >>> [[(each.card, each.page) for each in side.pages] for side in planned]
    [[(0, 0), (2, 0)], [(0, 1)], [(1, 0)], [(1, 1)]]
    """
    printed: list[Side] = []
    first = 0
    for part, members in enumerate(_parts(cards, sheet.form)):
        papers = list(_papers(members, cards, sheet.form))
        fronts, backs = (
            [
                _side(first + at, part, paper[face], bool(face), sheet, page)
                for at, paper in enumerate(papers)
            ]
            for face in (0, 1)
        )
        if sheet.duplex == "two-passes":
            printed += [*fronts, *reversed(backs)]
        else:
            printed += [side for pair in zip(fronts, backs, strict=True) for side in pair]
        first += len(papers)
    return printed


def without_backs(printed: Sequence[Side]) -> list[Side]:
    """The fronts alone, for cards that have nothing on their backs."""
    return [side for side in printed if not side.is_back]


def problems(page: Size, sheet: Sheet, place: Place) -> list[Problem]:
    """What keeps pages of a size, pt, from the slots of the paper; single pages are their own
    paper.
    """
    width, height = sheet.paper(page)
    if sheet.form == "single" or (page[0] <= width / 2 and page[1] <= height):
        return []
    return [problem("E351", place, width=f"{page[0] / MM:.0f}", height=f"{page[1] / MM:.0f}")]


def spots(printed: Sequence[Side]) -> list[Spot]:
    """Where each card begins, in walking order."""
    found = {
        each.card: Spot(side.sheet, "back" if side.is_back else "front", each.slot, number)
        for number, side in enumerate(printed)
        for each in side.pages
        if each.page == 0
    }
    return [found[card] for card in sorted(found)]


def is_turned(paper: Size, duplex: Duplex) -> bool:
    """Whether the back must be upside down in the file: where the edge about which the paper turns
    lies across.
    """
    width, height = paper
    return (duplex == "long-edge") == (width > height)


def sheets_of(pages: int, form: Form) -> float:
    """Sheets of paper that a card of so many pages takes.

    >>> sheets_of(3, "single"), sheets_of(3, "cut-and-stack"), sheets_of(3, "saddle")
    (2.0, 1.0, 1.0)
    """
    leaves, folded = -(-pages // 2), -(-pages // 4)
    return {"single": float(leaves), "cut-and-stack": leaves / 2}.get(form, float(folded))


def _parts(cards: Sequence[int], form: Form) -> Iterator[list[int]]:
    """Whole cards that share a part, one behind the other."""
    part: list[int] = []
    taken = 0.0
    for card, pages in enumerate(cards):
        needed = sheets_of(pages, form)
        if part and taken + needed > MOST_SHEETS:
            yield part
            part, taken = [], 0.0
        part.append(card)
        taken += needed
    if part:
        yield part


def _papers(members: Sequence[int], cards: Sequence[int], form: Form) -> Iterator[_Paper]:
    """The sheets of a part, the first of the pile first."""
    if form == "saddle":
        for card in members:
            yield from _booklet(card, cards[card])
        return
    leaves = [leaf for card in members for leaf in _leaves(card, cards[card])]
    if form == "single":
        yield from (((front,), (back,)) for front, back in leaves)
        return
    half = -(-len(leaves) // 2)
    for at in range(half):
        left, right = leaves[at], leaves[at + half] if at + half < len(leaves) else (None, None)
        yield (left[0], right[0]), (right[1], left[1])


def _pages(card: int, pages: int, at_once: int) -> list[_Page]:
    """The pages of a card, filled up with blank ones to whole leaves or sheets."""
    return [
        (card, page) if page < pages else None for page in range(-(-pages // at_once) * at_once)
    ]


def _leaves(card: int, pages: int) -> Iterator[tuple[_Page, _Page]]:
    filled = _pages(card, pages, 2)
    return zip(filled[0::2], filled[1::2], strict=True)


def _booklet(card: int, pages: int) -> Iterator[_Paper]:
    """Folded sheets, the outermost first: its front has the last page beside the first, its back
    the two after it.
    """
    filled = _pages(card, pages, 4)
    for at in range(0, len(filled) // 2, 2):
        yield (filled[-1 - at], filled[at]), (filled[at + 1], filled[-2 - at])


def _side(
    number: int, part: int, pages: Sequence[_Page], is_back: bool, sheet: Sheet, size: Size
) -> Side:
    """Pages in the middle of their slots, moved as the printer needs it, the whole turned where
    backs are.
    """
    paper = sheet.paper(size)
    width, height = paper
    dx, dy = map(mm, sheet.back if is_back else sheet.front)
    turn: Literal[0, 180] = 180 if is_back and is_turned(paper, sheet.duplex) else 0
    slot_width = width / len(pages)
    creep = _creep(pages) if sheet.form == "saddle" else 0.0
    placed = []
    for slot, page in enumerate(pages):
        if page:
            x, y = slot * slot_width + (slot_width - size[0]) / 2 + dx, (height - size[1]) / 2 + dy
            x += creep if slot == 0 else -creep
            placed.append(Placed(*page, slot, *((width - x, height - y) if turn else (x, y)), turn))
    middle = width / 2 + (-dx if turn else dx)
    ends = ((0.0, MARK), (height - MARK, height)) if len(pages) > 1 and not is_back else ()
    marks = tuple(Mark(middle, top, bottom, sheet.form == "saddle") for top, bottom in ends)
    return Side(number, part, is_back, width, height, tuple(placed), marks)


def _creep(pages: Sequence[_Page]) -> float:
    """pt that the pages of a folded sheet move to the fold: the thickness of the sheets around
    it.
    """
    return THICKNESS * (min((page for _card, page in filter(None, pages)), default=0) // 2)
