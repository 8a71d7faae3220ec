"""The numbered sheet for a reader of Tibetan, and each Tibetan text as a picture's page for the
workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import Term
from policycards.catalogue.reviews.verdicts import Pair
from policycards.core.problems import Place, Problem
from policycards.core.units import mm
from policycards.design.content.print_context import PrintContext, proof_edition
from policycards.design.layout.block_cache import whole
from policycards.design.layout.blocks import Block, placed, stacked
from policycards.design.layout.frames import Box, Page, Piece, Tagged
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import title_band
from policycards.design.parts.grid import (
    Chapter,
    Column,
    Rows,
    digits,
    filled_pages,
    heading_row,
    ruled_row,
)
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import bound
from policycards.typeset import Fonts

NUMBER, TICK, ANSWER, REMARK = mm(12), mm(16), mm(58), mm(24)
"""Widths of the columns beside the texts."""
LEAST, SIGNING, SQUARE = mm(10), mm(15), mm(5)
"""Height to write in, of a row and of who reads; and the box to tick."""
READER = ("review_reader", "review_office", "review_date")
PICTURE = mm(92)
"""Width of a text in the workbook."""
MARGIN = mm(1)


def review_sheet(
    catalogue: Catalogue, pairs: Sequence[Pair], day: date, look: Look, fonts: Fonts
) -> tuple[Piece, list[Problem]]:
    """Every pair with its number, a box to tick and room for a better text; as many A4 pages as
    that needs.
    """
    setter, imprint = Typesetter(look, fonts), _imprint(catalogue, day)
    surround = PageFurniture(catalogue, imprint, setter, ())
    sheet = _Sheet(catalogue, surround)
    rows = [sheet.row(number, pair) for number, pair in enumerate(pairs, 1)]
    chapter = Chapter(sheet.front(), sheet.head(), [Rows("texts", sheet.heading(), rows)])
    pages, too_tall = filled_pages([chapter], surround)
    piece = bound(catalogue, imprint, look, "review", pages, title="review_title")
    return whole(piece, fonts), [*setter.problems, *too_tall]


def text_pages(
    catalogue: Catalogue, pairs: Sequence[Pair], day: date, look: Look, fonts: Fonts
) -> tuple[Piece, list[Problem]]:
    """A page for each pair's Tibetan, as high as the text needs."""
    setter = Typesetter(look, fonts)
    pages = []
    for pair in pairs:
        block = setter.paragraph(pair.text.bo, "bo", "body", PICTURE - 2 * MARGIN, pair.where[0].bo)
        pages.append(Page(PICTURE, block.height + 2 * MARGIN, placed(block, MARGIN, MARGIN)))
    imprint = _imprint(catalogue, day)
    piece = bound(catalogue, imprint, look, "texts", pages, title="review_title")
    return piece, setter.problems


def _imprint(catalogue: Catalogue, day: date) -> PrintContext:
    edition = proof_edition(catalogue.digest, day)
    return PrintContext(catalogue.settings.area, day, edition, False, (), "")


class _Sheet:
    """Sets the parts of the sheet."""

    def __init__(self, catalogue: Catalogue, surround: PageFurniture) -> None:
        self.catalogue, self.surround, self.setter = catalogue, surround, surround.setter
        self.width = self.setter.look.inner_width
        texts = self.width - NUMBER - TICK - ANSWER - REMARK
        self.columns = [
            Column("", NUMBER),
            Column("review_texts", texts),
            Column("review_right", TICK),
            Column("review_new", ANSWER),
            Column("review_remark", REMARK),
        ]

    def head(self) -> Block:
        """The top of every page: what the sheet is, and what to do."""
        words, place = self.catalogue.words, self.catalogue.place("words", "review_title")
        title = title_band(self.setter, words["review_title"], self.width, place)
        note = self.setter.inline(words["review_note"], "body", self.width, place)
        return stacked([title, note, Block(self.width, 0.1)], mm(1))

    def front(self) -> Block:
        """The same, and who read it, for which office, on which day."""
        columns = [Column(key, self.width / len(READER)) for key in READER]
        fields = []
        for column in columns:
            words = self.surround.word(column.key, "body", column.inner)
            fields.append(Block(column.inner, SIGNING, parts=((words, 0, 0),)))
        reader = ruled_row(fields, columns, SIGNING)
        return stacked([self.head(), reader, Block(self.width, 0.1)], mm(1))

    def heading(self) -> Block:
        return heading_row(self.columns, self.surround)

    def row(self, number: int, pair: Pair) -> Block:
        """Number, both texts with the terms in them, the box to tick, room to write."""
        place, width = pair.where[0].bo, self.columns[1].inner
        content = [self.setter.inline(pair.text, "body", width, place)]
        content += [self.term(term, pair, width, place) for term in pair.hits]
        at = (self.columns[2].inner - SQUARE) / 2
        tick = Tagged("Artifact", (Box(at, 0, SQUARE, SQUARE, stroke=0.0, line_width=0.8),))
        cells = [
            digits(str(number), "body", self.columns[0].inner, self.surround, bold=True),
            stacked(content, mm(0.3)),
            Block(self.columns[2].inner, SQUARE, (tick,)),
            *(Block(column.inner, 0) for column in self.columns[3:]),
        ]
        return ruled_row(cells, self.columns, LEAST, padding=mm(0.6))

    def term(self, term: Term, pair: Pair, width: float, place: Place) -> Block:
        """A term of the glossary and how sure it is, on a small line; of a text that is the term
        only how sure.
        """
        sure = self.catalogue.words[f"review_{term.confidence}"]
        content = Text(bo=f"{term.bo}（{sure.bo}）", zh=f"{term.zh}（{sure.zh}）")
        return self.setter.inline(sure if pair.is_term else content, "small", width, place)
