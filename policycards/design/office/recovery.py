"""The recovery sheet: a county's key on one A4 page, for the safe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Problem
from policycards.core.units import mm
from policycards.design.layout.blocks import Block, framed, placed, stacked
from policycards.design.layout.frames import Box, Page, Piece
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.typeset import Fonts, Span

WORDS = ("key_title", "key_keep", "key_use", "key_lost")


def recovery_sheet(
    catalogue: Catalogue,
    lines: Sequence[str],
    fingerprint: str,
    day: date,
    look: Look,
    fonts: Fonts,
) -> tuple[Piece, list[Problem]]:
    """The lines of a key, large, with whose it is, what it is for, and where to keep it."""
    setter = Typesetter(look, fonts)
    width = look.inner_width
    place = catalogue.place("words", "key_title")

    def word(key: str, role: str, bold: bool = False) -> Block:
        return setter.pair(
            catalogue.words[key], role, width, catalogue.place("words", key), bold=bold
        )

    secret = stacked(
        [
            setter.paragraph([Span(line)], "zh", "figure", width - mm(10), place, bold=True)
            for line in lines
        ],
        mm(4),
    )
    mark = setter.paragraph(
        [Span(f"{fingerprint}   {day.isoformat()}")], "zh", "body", width, place
    )
    issuer = setter.pair(
        Text(bo=catalogue.settings.issuer.bo, zh=catalogue.settings.issuer.zh),
        "heading",
        width,
        place,
        bold=True,
    )
    sheet = stacked(
        [
            word("key_title", "title", bold=True),
            issuer,
            framed(secret, mm(5), Box(0, 0, 0, 0, stroke=0.0, line_width=1.0)),
            mark,
            *(word(key, "body") for key in WORDS[1:]),
        ],
        mm(7),
    )
    page = Page(look.width, look.height, placed(sheet, look.margin, look.margin))
    title = catalogue.words["key_title"]
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=day,
        identity=f"key {fingerprint}",
        pages=(page,),
    )
    return piece, setter.problems
