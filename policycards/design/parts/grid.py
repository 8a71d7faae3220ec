"""Grids: ruled rows of cells under a heading that is repeated on every page, and the pages that
they fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import accumulate
from math import ceil

from policycards.catalogue.model.policy import LANGS
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.frames import BlockRef, Box, Colour, Page, Plate, Tagged
from policycards.design.layout.name_lines import Namer, ruled_blank
from policycards.design.layout.pagination import Kept, Placement, Section, paginate
from policycards.design.parts.contact_blocks import source_line
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import leaf
from policycards.households.roster.homes import HouseholdFacts

PADDING = mm(1.2)
RULE = 0.5
STEP = mm(0.5)
"""Rows are so many pt high or several times as much, so that few frames serve them all."""
NAME_SIZES = {"name": 1, "body": 3}
"""Sizes in which a name is tried in a list, the largest first, and the lines that it may take in
each.
"""
NAME_GAP = mm(2.5)
BLANK_HEIGHT = mm(9)
EMPTY = Block(0, 0)
MOST_PAGES = 9999
GAP_ABOVE = mm(1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the key of its heading's word; ``width`` in pt."""

    key: str
    width: float

    @property
    def inner(self) -> float:
        """pt between the paddings."""
        return self.width - 2 * PADDING


def heading_row(columns: Sequence[Column], surround: PageFurniture) -> Block:
    """The headings of columns in both scripts, on a tint."""
    place = surround.catalogue.place("words")
    cells = [
        surround.setter.pair(
            surround.catalogue.words[column.key],
            "body",
            column.inner,
            place,
            bold=True,
            align="center",
            gap=0.1,
        )
        if column.key
        else Block(column.inner, 0)
        for column in columns
    ]
    return ruled_row(cells, columns, 0.0, surround.setter.look.tint).tagged("Artifact")


def ruled_row(
    cells: Sequence[Block],
    columns: Sequence[Column],
    least: float,
    fill: Colour | None = None,
    padding: float = PADDING,
) -> Block:
    """Cells side by side in their frames, at least so many pt high, the middles of their contents
    level.
    """
    needed = max(least, *(cell.height + 2 * padding for cell in cells))
    height = ceil(needed / STEP) * STEP
    parts, x = [], 0.0
    for cell, column in zip(cells, columns, strict=True):
        parts.append((cell, x + PADDING, (height - cell.height) / 2))
        x += column.width
    frames = _frames(tuple(column.width for column in columns), height, fill)
    return Block(x, height, (BlockRef(0.0, 0.0, frames),), tuple(parts))


@lru_cache(maxsize=256)
def _frames(widths: tuple[float, ...], height: float, fill: Colour | None) -> Plate:
    """Frames side by side, drawn once for all rows of the same height."""
    lefts = accumulate(widths, initial=0.0)
    boxes = (
        Box(left, 0, width, height, fill=fill, stroke=0.0, line_width=RULE)
        for left, width in zip(lefts, widths, strict=False)
    )
    return Plate((Tagged("Artifact", tuple(boxes)),))


def head_of(
    home: HouseholdFacts,
    width: float,
    surround: PageFurniture,
    place: Place,
    role: str = "name",
) -> tuple[Block, list[Problem]]:
    """The name of a household's head in the scripts that the roster has, beside each other where
    both have room; a ruled blank where it cannot be printed.
    """
    setter = surround.setter
    sizes = NAME_SIZES if role == "name" else {role: 3}
    namer = Namer(setter, home.household_id, place, sizes)
    sides = dict(zip(LANGS, (home.name_bo, home.name_zh), strict=True))
    content = {lang: name for lang, name in sides.items() if name}
    if len(content) > 1 and all(namer.is_settable(name, lang) for lang, name in content.items()):
        needs = [
            setter.natural(name, lang, role, bold=True) + 0.1 for lang, name in content.items()
        ]
        if sum(needs) + NAME_GAP <= width:
            pairs = zip(content.items(), needs, strict=True)
            names = [
                setter.own(name, lang, role, needed, place, bold=True)
                for (lang, name), needed in pairs
            ]
            return beside(names, NAME_GAP, middle=True), namer.problems
    written = [namer.name(name, lang, width) for lang, name in content.items()]
    missing = [] if written and all(written) else [ruled_blank(width, BLANK_HEIGHT)]
    return stacked([*(each for each in written if each), *missing], mm(0.4)), namer.problems


def digits(
    text: str, role: str, width: float, surround: PageFurniture, *, bold: bool = False
) -> Block:
    """A number or code, in the middle of its cell."""
    signs = surround.setter.signs(text, role, bold=bold)
    return Block(width, signs.height, parts=((signs, (width - signs.width) / 2, 0),))


def needed(
    texts: Sequence[str], role: str, surround: PageFurniture, *, bold: bool = False
) -> float:
    """pt of a column that holds these texts on one line each."""
    widths = [surround.setter.signs_width(text, role, bold=bold) for text in texts]
    return max(widths, default=0.0) + 2 * PADDING + 0.1


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under their heading, which every page repeats; ``key`` says what they are."""

    key: str
    heading: Block
    rows: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What begins on a page of its own: ``front`` on top of its first page, ``head`` of the others,
    and its rows.
    """

    front: Block
    head: Block
    rows: Sequence[Rows]


def filled_pages(
    chapters: Sequence[Chapter], surround: PageFurniture
) -> tuple[list[Page], list[Problem]]:
    """The pages of chapters; their feet have the issuer, the page and the edition. What no page
    holds is a problem.
    """
    look = surround.setter.look
    foot = partial(source_line, surround, look.inner_width)
    room = look.height - 2 * look.margin - foot(f"{MOST_PAGES}/{MOST_PAGES}").height - GAP_ABOVE
    filled: list[tuple[Block, list[Placement]]] = []
    over = 0.0
    for chapter in chapters:
        # A heading that is repeated is recognised from the first by being another block.
        sections = [
            Section(
                each.key,
                each.heading,
                replace(each.heading),
                tuple(Kept("", row) for row in each.rows),
            )
            for each in chapter.rows
        ]
        poured, too_tall = paginate(
            sections, room - chapter.front.height, room - chapter.head.height
        )
        filled += zip([chapter.front, *[chapter.head] * (len(poured) - 1)], poured, strict=True)
        over = max(over, chapter.front.height - room, *(row.over for row in too_tall))
    pages = [
        leaf(look, placements, top, foot(f"{number}/{len(filled)}"))
        for number, (top, placements) in enumerate(filled, 1)
    ]
    place = surround.catalogue.place("words", "title")
    return pages, [problem("E352", place, over=f"{over / MM:.1f}")] if over > 0 else []
