"""Leaves: what the pages of every card share: headings and their repetition, rules between rows,
the page itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.print_context import PrintContext
from policycards.design.layout.blocks import Block, beside, framed, placed
from policycards.design.layout.frames import Bookmark, Box, Page, Piece, Role, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.pagination import Placement
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter

FOOT_GAP = mm(2)


def ruled(block: Block, look: Look) -> Block:
    """A row with a thin rule above it."""
    rule = Tagged("Artifact", (Box(0, 0, block.width, 0.6, fill=look.rule),))
    return Block(block.width, block.height, (rule, *block.items))


def heading(
    name: Text,
    pictogram: str,
    place: Place,
    setter: Typesetter,
    slim: bool = False,
    tag: Role = "H2",
) -> Block:
    """A section's band: pictogram and both names on a tint, a heavy rule at its left; slim with
    both on one line.
    """
    look, padding, bar = setter.look, mm(0.8 if slim else 1.4), mm(1.6)
    icon = look.pictogram * 0.8
    width = look.inner_width - icon - 3 * padding - bar - padding
    words = setter.inline(name, "heading", width, place, bold=True).tagged(tag) if slim else None
    words = words or setter.pair(name, "heading", width, place, bold=True, tag=tag, gap=0.1)
    drawing = Block(icon, icon, (Tagged("Artifact", (shape(pictogram, 0, 0, icon, look.accent),)),))
    named = beside([Block(bar, 0), drawing, words], padding, middle=True)
    band = framed(named, padding, Box(0, 0, 0, 0, fill=look.tint))
    edge = Tagged("Artifact", (Box(0, 0, bar, band.height, fill=look.accent),))
    return Block(look.inner_width, band.height + mm(1 if slim else 2), (*band.items, edge))


def again(name: Text, place: Place, setter: Typesetter) -> Block:
    """A heading as repeated at the top of a page: slim, and not read aloud a second time."""
    padding = mm(1)
    names = setter.inline(name, "body", setter.look.inner_width - 2 * padding, place, bold=True)
    band = framed(names, padding, Box(0, 0, 0, 0, fill=setter.look.tint))
    return Block(band.width, band.height + mm(1), band.items).tagged("Artifact")


def leaf(look: Look, placements: list[Placement], head: Block, foot: Block) -> Page:
    """One page: what surrounds the rows, and the rows within the element of their section."""
    left, top, bottom = look.margin, look.margin, look.height - look.margin - foot.height
    items = [*placed(head, left, top)]
    for each in placements:
        inside = placed(each.block, left, top + head.height + each.y)
        items.append(Tagged("Sect", inside, key=f"category:{each.category}"))
    items += placed(foot, left, bottom)
    return Page(look.width, look.height, tuple(items))


def bound(
    catalogue: Catalogue,
    imprint: PrintContext,
    look: Look,
    subject: str,
    pages: Iterable[Page],
    bookmarks: Iterable[Bookmark] = (),
    title: str = "title",
) -> Piece:
    """The pages of a piece, ``title`` the key of what it is called; its identity says of which
    ``subject``: an area, or a card's code.
    """
    words = catalogue.words[title]
    return Piece(
        title=f"{words.bo} {words.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=" ".join((catalogue.digest, imprint.edition, subject, look.name)),
        pages=tuple(pages),
        bookmarks=tuple(bookmarks),
    )
