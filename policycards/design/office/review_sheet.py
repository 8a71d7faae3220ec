"""The numbered sheet for a reader of Tibetan, and each Tibetan text as a picture's page for the
workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import Term
from policycards.catalogue.reviews.reading_list import Pair
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.print_context import PrintContext, proof_edition
from policycards.design.layout.blocks import Block, beside, placed, stacked
from policycards.design.layout.frames import Box, Page, Piece, Tagged
from policycards.design.layout.pagination import Kept, Section, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import FOOT_GAP, leaf, ruled
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
MOST_PAGES = 999
NUMBER, TICK, ANSWER, REMARK = mm(11), mm(13), mm(46), mm(20)
"""Widths of the columns beside the texts."""
PICTURE = mm(92)
"""Width of a text in the workbook."""
MARGIN = mm(1)


def review_sheet(
    catalogue: Catalogue, pairs: Sequence[Pair], day: date, look: Look, fonts: Fonts
) -> tuple[Piece, list[Problem]]:
    """Every pair with its number, a box to tick and room for a better text; as many A4 pages as
    that needs.
    """
    sheet = _Sheet(catalogue, day, Typesetter(look, fonts))
    front, head, foot = sheet.front(), sheet.head(), sheet.foot(MOST_PAGES, MOST_PAGES)
    room = look.height - 2 * look.margin - foot.height - FOOT_GAP
    rows = tuple(
        Kept(pair.where[0].owner, sheet.row(number, pair)) for number, pair in enumerate(pairs, 1)
    )
    poured, too_tall = paginate(
        [Section("", EMPTY, EMPTY, rows)], room - front.height, room - head.height
    )
    over = [
        problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
        for row in too_tall
    ]
    pages = tuple(
        leaf(look, placements, head if number > 1 else front, sheet.foot(number, len(poured)))
        for number, placements in enumerate(poured, 1)
    )
    return _piece(catalogue, day, "review", pages), [*sheet.setter.problems, *over]


def text_pages(
    catalogue: Catalogue, pairs: Sequence[Pair], day: date, look: Look, fonts: Fonts
) -> tuple[Piece, list[Problem]]:
    """A page for each pair's Tibetan, as high as the text needs."""
    setter = Typesetter(look, fonts)
    pages = []
    for pair in pairs:
        block = setter.paragraph(pair.text.bo, "bo", "body", PICTURE - 2 * MARGIN, pair.where[0].bo)
        pages.append(Page(PICTURE, block.height + 2 * MARGIN, placed(block, MARGIN, MARGIN)))
    return _piece(catalogue, day, "texts", tuple(pages)), setter.problems


def _piece(catalogue: Catalogue, day: date, kind: str, pages: tuple[Page, ...]) -> Piece:
    title = catalogue.words["review_title"]
    return Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=day,
        identity=f"{kind} {catalogue.digest}",
        pages=pages,
    )


class _Sheet:
    """Sets the parts of the sheet."""

    def __init__(self, catalogue: Catalogue, day: date, setter: Typesetter) -> None:
        self.catalogue, self.setter, self.width = catalogue, setter, setter.look.inner_width
        imprint = PrintContext(
            catalogue.settings.area, day, proof_edition(catalogue.digest, day), False, (), ""
        )
        self.surround = PageFurniture(catalogue, imprint, setter, ())
        self.texts = self.width - NUMBER - TICK - ANSWER - REMARK - 4 * GAP

    def front(self) -> Block:
        """What the sheet is, what to do, and who read it."""
        title, place = (
            self.catalogue.words["review_title"],
            self.catalogue.place("words", "review_title"),
        )
        return stacked(
            [
                self.setter.pair(
                    title, "title", self.width, place, bold=True, align="center", tag="H1"
                ),
                self.surround.word("review_note", "body", self.width),
                *(self.blank(key) for key in ("review_reader", "review_office", "review_date")),
                self.head(),
            ],
            mm(2),
        )

    def blank(self, key: str) -> Block:
        """A word and a line to write on."""
        label = self.surround.word(key, "body", mm(60))
        rule = Tagged("Artifact", (Box(0, label.height, self.width - mm(62), 0.6, fill=0.0),))
        return beside([label, Block(self.width - mm(62), label.height, (rule,))], mm(2))

    def head(self) -> Block:
        """The columns, repeated on every page."""
        labels = (
            ("review_texts", self.texts),
            ("review_right", TICK),
            ("review_new", ANSWER),
            ("review_remark", REMARK),
        )
        words = [self.surround.word(key, "small", width, bold=True) for key, width in labels]
        row = beside([Block(NUMBER, 0), *words], GAP)
        return stacked([row, Block(self.width, mm(1))]).tagged("Artifact")

    def foot(self, number: int, of: int) -> Block:
        return self.surround.foot(number, of, EMPTY)

    def row(self, number: int, pair: Pair) -> Block:
        """Number, both texts with the terms in them, the box to tick, the line to write on."""
        place = pair.where[0].bo
        content = [self.setter.pair(pair.text, "body", self.texts, place, gap=0.05)]
        content += [self.term(term, pair, place) for term in pair.hits]
        words = stacked(content, mm(0.5))
        height = max(words.height, mm(13))
        tick = Tagged(
            "Artifact", (Box(TICK / 2 - mm(3), mm(1.5), mm(6), mm(6), stroke=0.0, line_width=0.8),)
        )
        cells = [
            self.setter.paragraph(str(number), "zh", "body", NUMBER, place, bold=True),
            words,
            Block(TICK, height, (tick,)),
            *(_line(width, height) for width in (ANSWER, REMARK)),
        ]
        return ruled(
            stacked([Block(self.width, mm(1.6)), beside(cells, GAP), Block(self.width, mm(1))]),
            self.setter.look,
        )

    def term(self, term: Term, pair: Pair, place: Place) -> Block:
        """A term of the glossary and how sure it is, on a small line; of a text that is the term
        only how sure.
        """
        sure = self.catalogue.words[f"review_{term.confidence}"]
        content = Text(bo=f"{term.bo}（{sure.bo}）", zh=f"{term.zh}（{sure.zh}）")
        return self.setter.inline(sure if pair.is_term else content, "small", self.texts, place)


def _line(width: float, height: float) -> Block:
    """A line to write on at the foot of a row."""
    return Block(
        width, height, (Tagged("Artifact", (Box(0, height - mm(1.5), width, 0.5, fill=0.0),)),)
    )
