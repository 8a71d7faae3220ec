"""The general card: every policy that may concern an area, a line a standard, on both sides of one
A4 leaf, or on one side of A3 for the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from policycards.catalogue.model.catalogue import Catalogue, Contact
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.card.general_rows import COLUMN_GAP, SIGN, Row, StandardRows
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import Drafts, PrintContext, ladder, marks
from policycards.design.content.standard_lines import SIGNS, standard_lines
from policycards.design.layout.blocks import Block, beside, placed, spread, stacked
from policycards.design.layout.frames import Bookmark, Page, Piece, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.theme import A3, A4, Look, Theme, look_on
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import (
    SUM_RULE,
    rule,
    strip,
    title_band,
)
from policycards.design.parts.contact_blocks import (
    Rung,
    code_block,
    opened,
    phone_rows,
    rungs,
    source_line,
    warning_frame,
)
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import bound
from policycards.typeset import Fonts

Design = Literal["a4", "a3"]
DESIGNS: Final[tuple[Design, ...]] = ("a4", "a3")
MARGIN = 7.0
LARGER = 2**0.5
"""By which an A4 page grows to A3: the larger type."""
MOST_OPENED = 3.2
"""mm by which a row grows where a page has room."""
MODULE = 0.54
VILLAGE = 12
"""Digits of a village's code."""
WARNINGS = ("no_fee", "no_secrets", "newest_card")
STRIP = 160.0
"""mm of the marks beside the title on A3."""
BLEED = mm(3)
MOST_SIDES = 99


@dataclass(frozen=True, slots=True)
class CardChoices:
    """What a person may choose: a policy in Chinese alone while its Tibetan is unreviewed, digits,
    crop marks.
    """

    chinese_only: bool = False
    tibetan_digits: bool = False
    crop_marks: bool = False


@dataclass(frozen=True, slots=True)
class _Side:
    """A side's rows by column, and how much each row is opened."""

    columns: list[list[Row]]
    opened: float = 0.0


def general_look(theme: Theme, design: Design, *, large: bool = False) -> Look:
    """The type of the hand card on the paper of a design; larger type takes A3 upright."""
    if large:
        return look_on(theme, "hand", A3, margin=MARGIN, scale=LARGER)
    return look_on(theme, "hand", A4 if design == "a4" else A3[::-1], margin=MARGIN)


def general_card(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    look: Look,
    fonts: Fonts,
    choices: CardChoices,
) -> tuple[Piece | None, list[Problem]]:
    """The sides of a general card, and what is wrong with them. With an error nothing may be
    printed.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    setter = Typesetter(look, fonts)
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    drafts = Drafts.of(catalogue).owners if choices.chinese_only else frozenset()
    speaker = PolicyText(catalogue, imprint.area, imprint.day, choices.tibetan_digits)
    ordered = [
        policy
        for category in catalogue.settings.categories
        for policy in policies
        if policy.category == category.id
    ]
    rows = StandardRows(surround, drafts)
    card = _Card(surround, ordered, rows)
    groups = [
        rows.group(each, speaker, starts=before is None or before.category != each.category)
        for before, each in pairwise((None, *ordered))
        if each
    ]
    sides, too_tall = card.filled(groups)
    pages, bookmarks = card.pages(sides)
    piece = bound(catalogue, imprint, look, imprint.area, pages, bookmarks)
    return replace(
        piece,
        identity=f"{piece.identity} {look.width:.0f} {look.scale:.2f}",
        bleed=BLEED if choices.crop_marks else 0.0,
        crop_marks=choices.crop_marks,
    ), [*setter.problems, *too_tall]


@dataclass(frozen=True, slots=True)
class _Card:
    """Sets the parts of one card."""

    surround: PageFurniture
    policies: Sequence[Policy]
    rows: StandardRows

    @property
    def setter(self) -> Typesetter:
        return self.surround.setter

    @property
    def look(self) -> Look:
        return self.surround.setter.look

    @property
    def catalogue(self) -> Catalogue:
        return self.surround.catalogue

    # Columns

    def filled(self, groups: Sequence[Sequence[Row]]) -> tuple[list[_Side], list[Problem]]:
        """The rows on as few sides as they need, opened until those are full; policies are kept
        whole.
        """
        heights = [sum(row.height for row in rows) for rows in groups]
        most = max(self.rooms(3)[1][0], self.rooms(1)[0][0])
        too_tall = [
            problem("E311", self.catalogue.place(rows[0].line.policy), over=f"{over / MM:.1f}")
            for rows, height in zip(groups, heights, strict=True)
            if (over := height - most) > 0
        ]
        if too_tall:
            return [], too_tall
        rooms = next(
            rooms for n in range(1, MOST_SIDES) if _poured(groups, rooms := self.rooms(n), 0.0)
        )
        widest = self.look.length(MOST_OPENED)
        opened = _most(widest, lambda opened: bool(_poured(groups, rooms, opened)))
        # The columns of the last side end about level.
        spare = _most(
            min(rooms[-1]),
            lambda less: bool(_poured(groups, [*rooms[:-1], _less(rooms[-1], less)], opened)),
        )
        poured = _poured(groups, [*rooms[:-1], _less(rooms[-1], spare)], opened) or []
        return [_Side(columns, opened) for columns in poured], []

    def rooms(self, sides: int) -> list[list[float]]:
        """pt of height for the rows of each column of each side, of so many."""
        live = self.look.height - 2 * self.look.margin - self.source(1, sides).height
        heads = [self.front().height, *[self.running().height] * (sides - 1)]
        feet = [*[0.0] * (sides - 1), self.foot().height]
        return [
            [live - head - foot] * self.rows.columns for head, foot in zip(heads, feet, strict=True)
        ]

    def pages(self, sides: Sequence[_Side]) -> tuple[list[Page], list[Bookmark]]:
        """The sides, and where each category begins."""
        look, pages, bookmarks = self.look, list[Page](), list[Bookmark]()
        begun: set[str] = set()
        names = {category.id: category for category in self.catalogue.settings.categories}
        for number, side in enumerate(sides):
            head = self.running() if number else self.front()
            top = look.margin + head.height
            items = [*placed(head, look.margin, look.margin)]
            for at, rows in enumerate(side.columns):
                left = look.margin + at * (self.rows.width + look.length(COLUMN_GAP))
                y, drawn = top, list[tuple[Row, float]]()
                for row in rows:
                    if row.line.category not in begun:
                        begun.add(row.line.category)
                        name = names[row.line.category].name
                        bookmarks.append(Bookmark(f"{name.bo} {name.zh}", number, y))
                    drawn.append((row, y))
                    y += row.height + side.opened
                items += self.rows.column(drawn, left, y, side.opened, names)
            source = self.source(number + 1, len(sides))
            bottom = look.height - look.margin - source.height
            if number + 1 == len(sides):
                foot = self.foot()
                items += placed(foot, look.margin, bottom - foot.height)
            items += placed(source, look.margin, bottom)
            pages.append(Page(look.width, look.height, tuple(items)))
        return pages, bookmarks

    # What surrounds them

    def running(self) -> Block:
        """The top of a further side: the marks."""
        band = self.surround.mark_band()
        gap = self.look.length(0.6) if band.height else 0.0
        return Block(band.width, band.height + gap, parts=((band, 0, 0),))

    def front(self) -> Block:
        """Marks, what it is and of which year, for which area, what decides, and the legend."""
        width, gap = self.look.inner_width, self.look.length(0.5)
        band = self.surround.mark_band()
        if self.rows.columns == 2 and band.height:
            marked = strip(
                self.setter, self.catalogue, self.surround.marks, self.look.length(STRIP)
            )
            room = width - marked.width - self.look.length(3)
            top = [beside([self.title(room), marked], self.look.length(3), middle=True)]
        else:
            top = [band, self.title(width)]
        content = self.setter.closely(list(self.content(width)), self.look.length(6.9))
        return stacked([*top, content, rule(width, SUM_RULE), Block(width, 0.1)], gap)

    def title(self, width: float) -> Block:
        """What it is, of which category if all is of one, and of which year."""
        words, place = self.catalogue.words, self.catalogue.place("words", "title")
        here = {policy.category for policy in self.policies}
        names = [each.name for each in self.catalogue.settings.categories if each.id in here]
        kind = names[0] if len(names) == 1 else words["general_card"]
        year = str(self.surround.imprint.day.year)
        return title_band(self.setter, words["title"], width, place, [kind, year], height=9.0)

    def content(self, width: float) -> Iterator[Block]:
        """The area and what decides, and the signs of the kinds of money that are on the card; on
        one line where it is wide enough.
        """
        words, setter, gap = self.catalogue.words, self.setter, self.look.length(1)
        place, side = self.catalogue.place("words", "sign_cash"), self.look.length(SIGN)
        area = self.catalogue.areas[self.surround.imprint.area].name
        where = [
            setter.line(area, "body", self.catalogue.place("areas"), bold=True),
            setter.line(words["general_approval"], "body", place),
        ]
        speaker = self.surround.speaker
        lines = [line for each in self.policies for line in standard_lines(speaker, each)]
        signs = []
        for pictogram, word in dict.fromkeys(SIGNS[line.pays] for line in lines):
            drawn = Tagged("Artifact", (shape(pictogram, 0, 0, side, 0.0),))
            named = setter.line(words[word], "body", place)
            signs.append(beside([Block(side, side, (drawn,)), named], gap, middle=True))
        raised = setter.line(words["sign_raised"], "body", place)
        rose = [beside([self.rows.arrow, raised], gap, middle=True)]
        if not any(line.is_raised for line in lines):
            rose = []
        if sum(each.width for each in (*where, *signs, *rose)) + 9 * gap <= width:
            yield spread([*where, *signs, *rose], width, self.look.length(24))
        else:
            yield spread([*where, *rose], width, width)
            yield spread(signs, width, self.look.length(24))

    def foot(self) -> Block:
        """Whom to ring, with a rule for the village's number, what the code opens, the warnings."""
        width, place = self.look.inner_width, self.catalogue.place("contacts")
        half = (width - self.look.length(COLUMN_GAP)) / 2 if self.rows.columns == 2 else width
        code = code_block(self.surround, MODULE, self.surround.imprint.domain, bold=False)
        entries: list[Rung] = list(rungs(self.surround, short=True))
        if not any(len(contact.area) == VILLAGE for _key, contact in self.ladder):
            entries.insert(0, (self.catalogue.words["card_village"], None))
        room, gap = half - code.width - self.look.length(2.5), self.look.length(3)
        nearest, *others = entries
        each = (room - gap * (len(others) - 1)) / max(1, len(others))
        rows = [phone_rows(self.setter, [nearest], room, place)]
        if others:
            small = [phone_rows(self.setter, [other], each, place, digits=16.0) for other in others]
            rows.append(beside(small, gap))
        rows.append(opened(self.surround))
        content = beside(
            [code, self.setter.closely(rows, self.look.length(7.2))],
            self.look.length(2.5),
            middle=True,
        )
        warned = warning_frame(self.surround, WARNINGS, half)
        parts = [content, warned]
        whole = (
            beside(parts, self.look.length(COLUMN_GAP), middle=True)
            if self.rows.columns == 2
            else stacked(parts, self.look.length(1))
        )
        return stacked([rule(width, SUM_RULE), whole, Block(width, 0.1)], self.look.length(0.6))

    @property
    def ladder(self) -> tuple[tuple[str, Contact], ...]:
        return ladder(self.catalogue, self.surround.imprint.area)

    def source(self, number: int, of: int) -> Block:
        return source_line(self.surround, self.look.inner_width, f"{number}/{of}")


def _poured(
    groups: Sequence[Sequence[Row]], rooms: Sequence[Sequence[float]], opened: float
) -> list[list[list[Row]]] | None:
    """The rows of each column of each side; None where they do not all have room."""
    waiting = list(groups)
    sides: list[list[list[Row]]] = []
    for columns in rooms:
        sides.append([])
        for room in columns:
            column: list[Row] = []
            while waiting:
                needed = sum(row.height + opened for row in waiting[0])
                if needed > room + 0.01:
                    break
                room -= needed
                column += waiting.pop(0)
            sides[-1].append(column)
    return None if waiting else sides


def _less(rooms: Sequence[float], spare: float) -> list[float]:
    return [room - spare for room in rooms]


def _most(limit: float, holds: Callable[[float], bool]) -> float:
    """The largest length up to a limit for which something holds that holds for 0."""
    least = 0.0
    for _step in range(12):
        middle = (least + limit) / 2
        if holds(middle):
            least = middle
        else:
            limit = middle
    return least
