"""A card of rows, one a policy, on as many pages as it needs: what spare cards are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Problem, problem
from policycards.core.units import MM
from policycards.design.card.general_card import BLEED, CardChoices
from policycards.design.content.policy_text import Row, statement
from policycards.design.content.print_context import Drafts, PrintContext, ladder, marks
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Bookmark, Piece
from policycards.design.layout.pagination import Kept, Placement, Section, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import FOOT_GAP, again, bound, heading, leaf, ruled
from policycards.design.parts.policy_row import RowTypesetter
from policycards.qr import format_code
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
MOST_PAGES = 999
"""The widest page number for which the foot is given room."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What makes a general card somebody's: its code, and the block below the front that says whose
    it is.
    """

    code: str
    block: Callable[[PageFurniture], Block]


def row_card(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    look: Look,
    fonts: Fonts,
    choices: CardChoices,
    whose: Whose | None = None,
) -> tuple[Piece | None, list[Problem]]:
    """The pages of a card of rows, nobody's unless ``whose`` says otherwise, and what is wrong with
    them.

    With an error nothing may be printed.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    setter = Typesetter(look, fonts)
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    drafts = Drafts.of(catalogue).owners if choices.chinese_only else frozenset()
    rows = RowTypesetter(catalogue, setter, look.inner_width, drafts)
    closing = tuple(Kept("catalogue", block) for block in surround.closing())
    known_as = setter.signs(format_code(whose.code), "small") if whose else None
    front, head, foot = (
        surround.front(),
        surround.running_head(),
        surround.foot(MOST_PAGES, MOST_PAGES, None, known_as),
    )
    if whose:
        front = stacked([front, whose.block(surround), Block(look.inner_width, GAP)])
    inner = look.height - 2 * look.margin - foot.height - FOOT_GAP
    told = [
        statement(catalogue, policy, imprint.area, imprint.day, choices.tibetan_digits)
        for policy in policies
    ]
    sections = list(_sections(catalogue, told, rows, inner - head.height))
    poured, too_tall = paginate(
        [*sections, Section("", EMPTY, EMPTY, closing)], inner - front.height, inner - head.height
    )
    over = front.height - inner
    problems = [
        *setter.problems,
        *(
            [problem("E352", catalogue.place("words", "title"), over=f"{over / MM:.1f}")]
            if over > 0
            else []
        ),
        *(
            problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
            for row in too_tall
        ),
    ]
    pages = tuple(
        leaf(
            look,
            placements,
            head if number > 1 else front,
            surround.foot(number, len(poured), None, known_as),
        )
        for number, placements in enumerate(poured, 1)
    )
    bookmarks = _bookmarks(catalogue, poured, look.margin + head.height, look.margin + front.height)
    piece = bound(catalogue, imprint, look, whose.code if whose else imprint.area, pages, bookmarks)
    return replace(
        piece, bleed=BLEED if choices.crop_marks else 0.0, crop_marks=choices.crop_marks
    ), problems


def _sections(
    catalogue: Catalogue, told: list[Row], rows: RowTypesetter, room: float
) -> Iterator[Section]:
    for category in catalogue.settings.categories:
        place = catalogue.place("catalogue", "categories")
        band = heading(category.name, category.pictogram, place, rows.setter)
        kept = tuple(
            Kept(row.policy, ruled(block, rows.setter.look))
            for row in told
            if row.category == category.id
            for block in rows.blocks(row, room - band.height)
        )
        if kept:
            repeated = again(category.name, place, rows.setter)
            yield Section(
                category.id, band.tagged("Sect", key=f"heading:{category.id}"), repeated, kept
            )


def _bookmarks(
    catalogue: Catalogue, poured: list[list[Placement]], top: float, first_top: float
) -> Iterator[Bookmark]:
    names = {category.id: category.name for category in catalogue.settings.categories}
    for number, placements in enumerate(poured):
        for placement in placements:
            if placement.is_heading and placement.category:
                name = names[placement.category]
                yield Bookmark(
                    f"{name.bo} {name.zh}", number, (top if number else first_top) + placement.y
                )
