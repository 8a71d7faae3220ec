"""The test page, first in every pack: whether a printer keeps the size, turns the paper right and
has toner enough.

It is a front and a back, laid as the cards are, so that whatever is wrong shows before any card is
spoilt.
"""

from __future__ import annotations

from collections.abc import Iterator

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Policy, Text
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.layout.blocks import Block, beside, framed, placed, stacked
from policycards.design.layout.frames import Box, Item, Page, Piece, Shape, Tagged, Turned
from policycards.design.layout.sheet_plan import Duplex, Sheet, Size, is_turned
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.contact_blocks import code_block, source_line
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import bound

MODULE = 0.54
"""mm of a module of the QR code, as cards have it."""
RULER = 100
"""mm"""
CROSS = 10
"""mm from the edges of the paper to the middle of each cross."""
ARM = 4
"""mm of a cross from its middle."""
STRIP = mm(CROSS + ARM + 1)
"""Top and bottom of the paper that are left to the crosses."""
HAIRLINE = 0.35
TICKS = ((10, mm(5)), (5, mm(3.5)), (1, mm(2)))
"""Lengths of the ruler's ticks at whole centimetres, their halves, millimetres."""
GREYS = (0.95, 0.9, 0.8, 0.65, 0.5, 0.3, 0.0)
EDGES: dict[Duplex, str] = {
    "long-edge": "test_long",
    "short-edge": "test_short",
    "two-passes": "test_passes",
}


def test_pages(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    sheet: Sheet,
    setter: Typesetter,
) -> tuple[Piece | None, list[Problem]]:
    """Front and back of the test page on the paper that ``sheet`` has for cards of this look,
    turned and moved alike.

    The squares of ``imprint`` are the code to be tried; ``policies`` are those of the cards, which
    decide the marks.
    """
    look, setter.problems = setter.look, []
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    sides = (
        stacked([surround.mark_band(), _measures(surround, sheet.duplex)], GAP),
        stacked(
            [
                surround.mark_band(),
                _side(surround, "test_back", sheet.duplex),
                _registration(surround),
            ],
            GAP,
        ),
    )
    paper = sheet.paper((look.width, look.height))
    feet = [
        source_line(surround, look.inner_width, f"{number}/{len(sides)}")
        for number in range(1, len(sides) + 1)
    ]
    over = max(side.height for side in sides) + feet[0].height - paper[1] + 2 * STRIP
    pages = []
    for side, foot, is_back in zip(sides, feet, (False, True), strict=True):
        items = (*_laid(side, foot, paper, look), *_crosses(paper, has_ticks=not is_back))
        pages.append(Page(*paper, (_as_cards_lie(items, paper, sheet, is_back),)))
    subject = f"test {sheet.form} {sheet.duplex} {sheet.front} {sheet.back}"
    too_tall = (
        [problem("E350", catalogue.place("words", "test_title"), over=f"{over / MM:.1f}")]
        if over > 0
        else []
    )
    return bound(catalogue, imprint, look, subject, pages, ()), [*setter.problems, *too_tall]


def _as_cards_lie(items: tuple[Item, ...], paper: Size, sheet: Sheet, is_back: bool) -> Turned:
    """A side moved as the printer needs it, and turned where the backs of cards are."""
    dx, dy = map(mm, sheet.back if is_back else sheet.front)
    if is_back and is_turned(paper, sheet.duplex):
        return Turned(paper[0] - dx, paper[1] - dy, 180, items)
    return Turned(dx, dy, 0, items)


def _laid(block: Block, foot: Block, paper: Size, look: Look) -> Iterator[Item]:
    """The contents between the crosses, in the middle of wider paper."""
    left = (paper[0] - look.inner_width) / 2
    yield from placed(block, left, STRIP)
    yield from placed(foot, left, paper[1] - STRIP - foot.height)


def _side(surround: PageFurniture, key: str, duplex: Duplex, less: float = 0.0) -> Block:
    """Which side this is, with an arrow that points up, and how a printer must turn the paper;
    ``less`` pt narrower.
    """
    arrow = Block(mm(10), mm(16), (Tagged("Artifact", (_arrow(mm(10), mm(16)),)),))
    catalogue, setter = surround.catalogue, surround.setter
    words = catalogue.words[key]
    needed = max(setter.natural(words[lang], lang, "title", bold=True) for lang in LANGS) + 0.1
    named = setter.pair(
        words, "title", needed, catalogue.place("words", key), bold=True, align="center", tag="H1"
    )
    left = setter.look.inner_width - less - arrow.width - named.width - 2 * GAP
    content = [surround.word(each, "body", left) for each in ("test_title", EDGES[duplex])]
    return beside([arrow, named, stacked(content, mm(0.8))], GAP, middle=True)


def _scale(surround: PageFurniture, width: float) -> Block:
    padding = mm(1.6)
    words = surround.word("test_scale", "heading", width - 2 * padding, bold=True)
    return framed(words, padding, Box(0, 0, 0, 0, stroke=0.0, line_width=1.4))


def _measures(surround: PageFurniture, duplex: Duplex) -> Block:
    """The front: a ruler downwards, beside it one across, the code, the smallest type, the
    greys.
    """
    upright = _upright_ruler(surround)
    width = surround.setter.look.inner_width - upright.width - GAP
    length = Text(bo=str(RULER), zh=str(RULER))
    code = code_block(surround, MODULE)
    beside_code = width - code.width - GAP
    content = [
        surround.word(key, role, beside_code)
        for key, role in (("test_code", "body"), ("test_small", "small"))
    ]
    parts = [
        _side(surround, "test_front", duplex, upright.width + GAP),
        _scale(surround, width),
        stacked(
            [_level_ruler(surround, width), surround.filled("test_ruler", "body", width, n=length)],
            mm(1),
        ),
        beside([code, stacked(content, mm(1))], GAP, middle=True),
        stacked([_greys(surround, width), surround.word("test_grey", "body", width)], mm(1)),
    ]
    return beside([upright, stacked(parts, GAP)], GAP)


def _registration(surround: PageFurniture) -> Block:
    """How the two sides must agree, and how far the crosses of both must be from the paper's
    edges.
    """
    width, distance = surround.setter.look.inner_width, Text(bo=str(CROSS), zh=str(CROSS))
    content = [
        surround.word(key, "heading", width, bold=True) for key in ("test_turn", "test_through")
    ]
    return stacked([*content, surround.filled("test_cross", "heading", width, n=distance)], mm(6))


def _level_ruler(surround: PageFurniture, width: float) -> Block:
    """A ruler across, with its centimetres below every second tick."""
    ticks = [
        Box(mm(at) - HAIRLINE / 2, 0, HAIRLINE, _tick(at), fill=0.0) for at in range(RULER + 1)
    ]
    line = Box(0, 0, mm(RULER), HAIRLINE, fill=0.0)
    ruler = Block(mm(RULER), TICKS[0][1], (Tagged("Artifact", (line, *ticks)),))
    numbers = [
        (number, mm(at) - number.width / 2, ruler.height) for at, number in _numbers(surround)
    ]
    height = ruler.height + numbers[0][0].height
    shifted = tuple((block, x + mm(5), y) for block, x, y in ((ruler, 0.0, 0.0), *numbers))
    return Block(width, height, parts=shifted)


def _upright_ruler(surround: PageFurniture) -> Block:
    """A ruler downwards, its centimetres beside every second tick."""
    ticks = [
        Box(0, mm(at) - HAIRLINE / 2, _tick(at), HAIRLINE, fill=0.0) for at in range(RULER + 1)
    ]
    line = Box(0, 0, HAIRLINE, mm(RULER), fill=0.0)
    ruler = Block(TICKS[0][1], mm(RULER), (Tagged("Artifact", (line, *ticks)),))
    numbers = [
        (number, ruler.width, mm(at) - number.height / 2) for at, number in _numbers(surround)
    ]
    down = numbers[0][0].height / 2
    shifted = tuple((block, x, y + down) for block, x, y in ((ruler, 0.0, 0.0), *numbers))
    return Block(ruler.width + mm(8), mm(RULER) + 2 * down, parts=shifted)


def _tick(at: int) -> float:
    return next(length for step, length in TICKS if at % step == 0)


def _numbers(surround: PageFurniture) -> Iterator[tuple[int, Block]]:
    place = surround.catalogue.place("words", "test_ruler")
    for at in range(0, RULER + 1, 20):
        yield at, surround.setter.paragraph(str(at), "zh", "small", mm(8), place, align="center")


def _greys(surround: PageFurniture, width: float) -> Block:
    """Fields from the lightest grey to black, each with the part of ink in it."""
    place = surround.catalogue.place("words", "test_grey")
    each = width / len(GREYS)
    fields = []
    for grey in GREYS:
        field = Tagged(
            "Artifact", (Box(0, 0, each - mm(1), mm(7), fill=grey, stroke=0.0, line_width=0.4),)
        )
        ink = surround.setter.paragraph(
            f"{round(100 - 100 * grey)}%", "zh", "small", each - mm(1), place, align="center"
        )
        fields.append(stacked([Block(each - mm(1), mm(7), (field,)), ink], mm(0.4)))
    return beside(fields, mm(1))


def _crosses(paper: Size, *, has_ticks: bool) -> Iterator[Item]:
    """A cross in each corner; on one side with ticks at the millimetres, on which the other side is
    read off.
    """
    width, height = paper
    for x in (mm(CROSS), width - mm(CROSS)):
        for y in (mm(CROSS), height - mm(CROSS)):
            arms = [
                Box(x - mm(ARM), y - HAIRLINE / 2, 2 * mm(ARM), HAIRLINE, fill=0.0),
                Box(x - HAIRLINE / 2, y - mm(ARM), HAIRLINE, 2 * mm(ARM), fill=0.0),
            ]
            yield Tagged("Artifact", (*arms, *(_cross_ticks(x, y) if has_ticks else ())))


def _cross_ticks(x: float, y: float) -> Iterator[Box]:
    half = mm(0.6)
    for step in (at for at in range(-ARM, ARM + 1) if at):
        yield Box(x + mm(step) - HAIRLINE / 2, y - half, HAIRLINE, 2 * half, fill=0.0)
        yield Box(x - half, y + mm(step) - HAIRLINE / 2, 2 * half, HAIRLINE, fill=0.0)


def _arrow(width: float, height: float) -> Shape:
    """An arrow upwards."""
    middle, shaft, neck = width / 2, width / 5, height * 0.45
    ends = [
        (middle, 0.0),
        (width, neck),
        (middle + shaft, neck),
        (middle + shaft, height),
        (middle - shaft, height),
        (middle - shaft, neck),
        (0.0, neck),
    ]
    (x, y), *rest = ends
    return Shape((("M", x, y), *(("L", *end) for end in rest), ("Z",)), stroke=None, fill=0.0)
