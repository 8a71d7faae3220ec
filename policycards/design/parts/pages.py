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
from policycards.design.layout.blocks import Block, framed, placed
from policycards.design.layout.frames import Bookmark, Box, Page, Piece, Tagged
from policycards.design.layout.pagination import Placement
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter

FOOT_GAP = mm(2)


def ruled(block: Block, look: Look) -> Block:
    """A row with a thin rule above it."""
    rule = Tagged("Artifact", (Box(0, 0, block.width, 0.6, fill=look.rule),))
    return Block(block.width, block.height, (rule, *block.items))


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
