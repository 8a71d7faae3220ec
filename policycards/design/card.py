"""The general card: every policy that may concern an area, on as many pages as it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policycards.catalogue import text_digest
from policycards.catalogue.model import LANGS, Catalogue, Category, Policy
from policycards.design.blocks import Block, beside, framed, placed
from policycards.design.frames import Bookmark, Box, Page, Piece, Tagged
from policycards.design.icons import shape
from policycards.design.imprint import Imprint, ladder, marks
from policycards.design.pour import Kept, Placement, Section, pour
from policycards.design.row import RowSetter
from policycards.design.setting import Setter
from policycards.design.statement import Row, statement
from policycards.design.surround import Surround
from policycards.design.theme import Look
from policycards.problems import Problem, problem
from policycards.typeset import Fonts
from policycards.units import MM, mm

BLEED = mm(3)
FOOT_GAP = mm(2)
EMPTY = Block(0, 0)
MOST_PAGES = 999
"""The widest page number for which the foot is given room."""


@dataclass(frozen=True, slots=True)
class CardChoices:
    """What a person may choose: a policy in Chinese alone while its Tibetan is unreviewed, digits, crop marks."""

    chinese_only: bool = False
    tibetan_digits: bool = False
    crop_marks: bool = False


def general_card(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: Imprint,
    look: Look,
    fonts: Fonts,
    choices: CardChoices,
) -> tuple[Piece | None, list[Problem]]:
    """The pages of a general card, and what is wrong with them: then nothing may be printed."""
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    setter = Setter(look, fonts)
    surround = Surround(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    drafts = unreviewed(catalogue) if choices.chinese_only else frozenset()
    rows = RowSetter(catalogue, setter, look.inner_width, drafts)
    closing = tuple(Kept("catalogue", block) for block in surround.closing())
    front, head, foot = surround.front(), surround.running_head(), surround.foot(MOST_PAGES, MOST_PAGES)
    inner = look.height - 2 * look.margin - foot.height - FOOT_GAP
    told = [statement(catalogue, policy, imprint.area, imprint.day, choices.tibetan_digits) for policy in policies]
    sections = list(_sections(catalogue, told, rows, inner - head.height))
    poured, too_tall = pour([*sections, Section("", EMPTY, EMPTY, closing)], inner - front.height, inner - head.height)
    problems = [
        *setter.problems,
        *(problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}") for row in too_tall),
    ]
    pages = tuple(
        _page(look, placements, head if number > 1 else front, surround.foot(number, len(poured)))
        for number, placements in enumerate(poured, 1)
    )
    title = catalogue.words["title"]
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=" ".join((catalogue.digest, imprint.edition, imprint.area, look.name)),
        pages=pages,
        bookmarks=tuple(_bookmarks(catalogue, poured, look.margin + head.height, look.margin + front.height)),
        bleed=BLEED if choices.crop_marks else 0.0,
        crop_marks=choices.crop_marks,
    )
    return piece, problems


def unreviewed(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the policies of which a text is still a draft."""
    return frozenset(text.owner for text in catalogue.texts if text_digest(text.text) not in catalogue.reviewed)


def _sections(catalogue: Catalogue, told: list[Row], rows: RowSetter, room: float) -> Iterator[Section]:
    for category in catalogue.settings.categories:
        heading = _heading(catalogue, category, rows.setter)
        kept = tuple(
            Kept(row.policy, _ruled(block, rows.setter.look))
            for row in told
            if row.category == category.id
            for block in rows.blocks(row, room - heading.height)
        )
        if kept:
            again = _again(catalogue, category, rows.setter)
            yield Section(category.id, heading.tagged("Sect", key=f"heading:{category.id}"), again, kept)


def _ruled(block: Block, look: Look) -> Block:
    """A row with a thin rule above it."""
    rule = Tagged("Artifact", (Box(0, 0, block.width, 0.6, fill=look.rule),))
    return Block(block.width, block.height, (rule, *block.items))


def _heading(catalogue: Catalogue, category: Category, setter: Setter) -> Block:
    """A category's band: pictogram and both names on a tint, a heavy rule at its left."""
    look, padding, bar = setter.look, mm(1.4), mm(1.6)
    icon = look.pictogram * 0.8
    width = look.inner_width - icon - 3 * padding - bar - padding
    name = setter.pair(
        category.name,
        "heading",
        width,
        catalogue.place("catalogue", "categories"),
        bold=True,
        tag="H2",
        gap=0.1,
    )
    drawing = Block(icon, icon, (Tagged("Artifact", (shape(category.pictogram, 0, 0, icon, look.accent),)),))
    named = beside([Block(bar, 0), drawing, name], padding, middle=True)
    band = framed(named, padding, Box(0, 0, 0, 0, fill=look.tint))
    edge = Tagged("Artifact", (Box(0, 0, bar, band.height, fill=look.accent),))
    return Block(look.inner_width, band.height + mm(2), (*band.items, edge))


def _again(catalogue: Catalogue, category: Category, setter: Setter) -> Block:
    """A heading as repeated at the top of a page: slim, and not read aloud a second time."""
    padding = mm(1)
    half = (setter.look.inner_width - 3 * padding) / 2
    place = catalogue.place("catalogue", "categories")
    names = [setter.paragraph(category.name[lang], lang, "body", half, place, bold=True, tag=None) for lang in LANGS]
    band = framed(beside(names, padding, middle=True), padding, Box(0, 0, 0, 0, fill=setter.look.tint))
    return Block(band.width, band.height + mm(1), band.items).tagged("Artifact")


def _page(look: Look, placements: list[Placement], head: Block, foot: Block) -> Page:
    """One page: what surrounds the rows, and the rows within the element of their category."""
    left, top, bottom = look.margin, look.margin, look.height - look.margin - foot.height
    items = [*placed(head, left, top)]
    for each in placements:
        inside = placed(each.block, left, top + head.height + each.y)
        items.append(Tagged("Sect", inside, key=f"category:{each.category}"))
    items += placed(foot, left, bottom)
    return Page(look.width, look.height, tuple(items))


def _bookmarks(catalogue: Catalogue, poured: list[list[Placement]], top: float, first_top: float) -> Iterator[Bookmark]:
    names = {category.id: category.name for category in catalogue.settings.categories}
    for number, placements in enumerate(poured):
        for placement in placements:
            if placement.is_heading and placement.category:
                name = names[placement.category]
                yield Bookmark(f"{name.bo} {name.zh}", number, (top if number else first_top) + placement.y)
