"""The register: who received a card. It proves that and nothing else, and says so on every page."""

from __future__ import annotations

from collections.abc import Sequence

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Place, Problem
from policycards.core.units import mm
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Box, Piece, Tagged
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import title_band
from policycards.design.parts.grid import (
    PADDING,
    Chapter,
    Column,
    Rows,
    digits,
    filled_pages,
    head_of,
    heading_row,
    needed,
    ruled_row,
)
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import bound
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import format_code

SIGNING = (mm(30), mm(12.5))
"""The least room for a signature or a fingerprint."""
NAMES = mm(40)
"""The least room for a name."""
DATE, OLD = mm(20), mm(18)
TICK = mm(5)

Handed = tuple[HouseholdFacts, str]
"""A household and the code of its card."""


def register(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    handed: Sequence[Handed],
    roster: str,
    setter: Typesetter,
    *,
    takes_old: bool = False,
) -> tuple[Piece | None, list[Problem]]:
    """The register of a village on A4, in the order of the pile, with no amount and no policy in
    it.

    ``policies`` are those of the cards, which decide the marks; ``roster`` is the file that names
    come from. With ``takes_old`` it has a column for old cards that are taken back. A name that
    cannot be printed is a warning.
    """
    setter.problems = []
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    columns = _columns(handed, surround, takes_old)
    problems: list[Problem] = []
    rows = []
    for home, code in handed:
        name, found = head_of(home, columns[1].inner, surround, Place(roster, home.row))
        problems += found
        rows.append(_row(home, code, name, columns, surround))
    head = _head(surround)
    top = heading_row(columns, surround)
    empty = surround.word("register_empty", "name", setter.look.inner_width, bold=True)
    sections = [
        Rows(
            "register",
            top,
            rows or [Block(empty.width, empty.height + 2 * GAP, parts=((empty, 0, GAP),))],
        )
    ]
    pages, too_tall = filled_pages([Chapter(head, head, sections)], surround)
    piece = bound(catalogue, imprint, setter.look, f"register {imprint.area}", pages, ())
    return piece, [*setter.problems, *problems, *too_tall]


def _columns(handed: Sequence[Handed], surround: PageFurniture, takes_old: bool) -> list[Column]:
    """Pile number, name, code, the old card, room to sign, date; what is left over goes to names
    and signatures.
    """
    piles = [str(home.pile) for home, _code in handed]
    pile = max(needed(piles, "figure", surround, bold=True), mm(22))
    code = max(needed([format_code(code) for _home, code in handed], "body", surround), mm(30))
    old = OLD if takes_old else 0.0
    spare = surround.setter.look.inner_width - pile - code - old - DATE - NAMES - SIGNING[0]
    return [
        Column("pile", pile),
        Column("head", NAMES + spare / 2),
        Column("card_code", code),
        *([Column("register_old", OLD)] if takes_old else []),
        Column("register_sign", SIGNING[0] + spare / 2),
        Column("day", DATE),
    ]


def _row(
    home: HouseholdFacts, code: str, name: Block, columns: Sequence[Column], surround: PageFurniture
) -> Block:
    box = Box((OLD - TICK) / 2 - PADDING, 0, TICK, TICK, stroke=0.0, line_width=0.8)
    cells = {
        "pile": digits(str(home.pile), "figure", columns[0].inner, surround, bold=True),
        "head": name,
        "card_code": digits(format_code(code), "body", columns[2].inner, surround),
        "register_old": Block(TICK, TICK, (Tagged("Artifact", (box,)),)),
    }
    content = [cells.get(column.key, Block(0, 0)) for column in columns]
    return ruled_row(content, columns, SIGNING[1])


def _head(surround: PageFurniture) -> Block:
    """The top of every page: marks, what the register is and of which village, what it proves."""
    catalogue, setter = surround.catalogue, surround.setter
    width, place = setter.look.inner_width, catalogue.place("words", "register_title")
    village = catalogue.areas[surround.imprint.area].name
    title = title_band(setter, catalogue.words["register_title"], width, place, [village])
    only = surround.setter.inline(
        catalogue.words["register_only"],
        "body",
        width,
        catalogue.place("words", "register_only"),
        bold=True,
    )
    return stacked([surround.mark_band(), title, only, Block(width, 0.1)], mm(0.8))
