"""The general card: every policy that may concern an area, a line a standard, on both sides of one
A4 leaf, or on one side of A3 for the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final, Literal

from policycards.catalogue.model.catalogue import Catalogue, Category, Contact
from policycards.catalogue.model.policy import Lang, Policy
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import Drafts, PrintContext, ladder, marks
from policycards.design.content.standard_lines import SIGNS, StandardLine, standard_lines
from policycards.design.layout.blocks import Block, beside, placed, spread, stacked
from policycards.design.layout.frames import Bookmark, Box, Item, Page, Piece, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.theme import A3, A4, Look, Theme, look_on
from policycards.design.layout.typesetter import BODY_CENTRE, Typesetter, baseline
from policycards.design.parts.bands import (
    LIST_RULE,
    SUM_RULE,
    rule,
    strip,
    tile,
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
from policycards.typeset.model import Align

Design = Literal["a4", "a3"]
DESIGNS: Final[tuple[Design, ...]] = ("a4", "a3")
MARGIN = 7.0
LARGER = 2**0.5
"""By which an A4 page grows to A3: the larger type."""
COLUMNS = (8.0, 5.6, 61.0, 92.4, 29.0)
"""mm on A4: bar of the category, sign of the kind of money, name in Tibetan, name in Chinese and
unit with figure, unit in Chinese. The wider columns of A3 are shared out.
"""
COLUMN_GAP = 6.0
ABOVE, BELOW = 12.0, 6.0
"""pt of a row above and below its baseline, more where ink needs it."""
CLEAR = 0.22
"""pt of white between ink and a rule."""
MOST_OPENED = 3.2
"""mm by which a row grows where a page has room."""
FIGURE = 13.0
INDENT = 8.0
STRONG_RULE = mm(0.3)
MODULE = 0.54
TILE, SIGN, BAR = 6.4, 4.6, 1.2
"""mm of a category's pictogram, of the sign of a kind of money, and of the bar along a category."""
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
class _Row:
    """A set line: blocks with their left edges and how far their baselines lie above the row's;
    ``top`` pt from its rule down to its baseline, ``height`` to the next rule.
    """

    line: StandardLine
    names: tuple[_Cell, ...]
    values: tuple[_Cell, ...]
    top: float
    height: float
    thickness: float


_Cell = tuple[Block, float, float]


@dataclass(frozen=True, slots=True)
class _Side:
    """A side's rows by column, and how much each row is opened."""

    columns: list[list[_Row]]
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
    card = _Card(surround, ordered, drafts)
    groups = [
        card.group(each, speaker, starts=before is None or before.category != each.category)
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
    """Sets the parts of one card; the Tibetan of ``drafts`` is left out."""

    surround: PageFurniture
    policies: Sequence[Policy]
    drafts: frozenset[str]

    @property
    def setter(self) -> Typesetter:
        return self.surround.setter

    @property
    def look(self) -> Look:
        return self.surround.setter.look

    @property
    def catalogue(self) -> Catalogue:
        return self.surround.catalogue

    @property
    def columns(self) -> int:
        """Of rows beside each other: two across A3."""
        return 2 if self.look.width > self.look.height else 1

    @property
    def width(self) -> float:
        """pt of a column of rows."""
        gaps = (self.columns - 1) * self.look.length(COLUMN_GAP)
        return (self.look.inner_width - gaps) / self.columns

    @property
    def lefts(self) -> list[float]:
        """Where the cells of a row begin, and where the last ends; names and units share what a
        wider column has to spare.
        """
        widths = [self.look.length(each) for each in COLUMNS]
        spare = self.width - sum(widths)
        widths[2] += spare / 2
        widths[3] += spare / 2
        return list(accumulate(widths, initial=0.0))

    # Rows

    def group(self, policy: Policy, speaker: PolicyText, *, starts: bool) -> list[_Row]:
        """The lines of a policy; ``starts`` where it is the first of its category, below a heavier
        rule.
        """
        content = standard_lines(speaker, policy)
        ruled = [STRONG_RULE if starts else LIST_RULE, *[LIST_RULE] * (len(content) - 1)]
        return [self.row(*each) for each in zip(content, ruled, strict=True)]

    def row(self, line: StandardLine, thickness: float) -> _Row:
        """A line set cell by cell, all on the baseline of their first words."""
        # A text that no face draws is an error by now, and has no line.
        names, values = (
            tuple(cell for cell in cells if cell[0].height)
            for cells in (self.names(line), self.values(line))
        )
        above, below = self.look.scale * ABOVE, self.look.scale * BELOW
        for block, _left, rise in (*names, *values):
            down = baseline(block)
            above = max(above, down + rise + CLEAR + thickness)
            below = max(below, block.height - down - rise + CLEAR)
        return _Row(line, names, values, above, above + below, thickness)

    def names(self, line: StandardLine) -> Iterator[_Cell]:
        """The name with its label, or the label alone, further in."""
        place = self.catalogue.place(line.policy, "name" if line.name else "standards")
        parts = [text for text in (line.name, line.label) if text]
        inward = 0.0 if line.name else self.look.length(INDENT)
        _bar, _kind, bo, zh, unit, _end = self.lefts
        taken, gap = self.figure_width(line), self.look.length(1)
        tibetan = " ".join(text.bo for text in parts)
        if tibetan and line.policy not in self.drafts:
            needed = self.setter.natural(tibetan, "bo", "body") + 0.1 + gap
            pushed = bo + inward + needed  # where the other language begins if this stays whole
            if pushed > zh - inward / 2 and pushed + self.chinese_width(line) + taken <= unit:
                zh = pushed - inward / 2
            yield self.cell(tibetan, "bo", bo + inward, zh - bo - gap - inward / 2, place)
        if parts:
            content, left = " ".join(text.zh for text in parts), zh + inward / 2
            width = max(unit - taken - left, min(self.chinese_width(line), self.look.length(28)))
            yield self.cell(content, "zh", left, width, place)

    def chinese_width(self, line: StandardLine) -> float:
        """pt of the Chinese name with its label on one line."""
        content = " ".join(text.zh for text in (line.name, line.label) if text)
        return self.setter.natural(content, "zh", "body") + 0.1 if content else 0.0

    def figure_width(self, line: StandardLine) -> float:
        """pt of unit and figure on one line, with the gaps around them."""
        before = self.setter.natural(line.before, "bo", "body") if line.before else 0.0
        figure = self.setter.signs_width(line.figure, (FIGURE, FIGURE), bold=True)
        arrow = self.arrow.width if line.is_raised else 0.0
        return before + figure + arrow + self.look.length(4)

    def values(self, line: StandardLine) -> Iterator[_Cell]:
        """Unit, figure and unit: Tibetan is read into the figure, Chinese out of it; an arrow
        before a figure that rose.
        """
        place = self.catalogue.place(line.policy, "standards")
        *_names, zh, unit, end = self.lefts
        left, gap = unit - self.look.length(0.8), self.look.length(1)
        figures: list[_Cell] = []
        if line.figure:
            figure = self.setter.signs(line.figure, (FIGURE, FIGURE), bold=True)
            left -= figure.width
            figures.append((figure, left, self.rise(FIGURE * self.look.scale)))
            left -= gap
        if line.is_raised:
            left -= self.arrow.width
            figures.insert(0, (self.arrow, left, 0.0))
            left -= gap / 2
        if line.before and line.policy not in self.drafts:
            least = zh + min(self.chinese_width(line), self.look.length(28)) + gap
            yield self.cell(line.before, "bo", least, left - least, place, align="right")
        yield from figures
        if line.after:
            yield self.cell(line.after, "zh", unit, end - unit, place)

    @property
    def arrow(self) -> Block:
        """What is before a figure that rose."""
        place = self.catalogue.place("words", "sign_raised")
        width = self.setter.natural("↑", "zh", "body", bold=True) + 0.1
        return self.setter.paragraph("↑", "zh", "body", width, place, bold=True, tag="Span")

    def cell(
        self,
        text: str,
        lang: Lang,
        left: float,
        width: float,
        place: Place,
        align: Align = "left",
    ) -> _Cell:
        block = self.setter.paragraph(text, lang, "body", width, place, align=align, tag="Span")
        return block, left, self.rise(self.look.size("body")) if lang == "zh" else 0.0

    def rise(self, size: float) -> float:
        """pt by which signs of a size stand above the baseline, so that their bodies are level."""
        return BODY_CENTRE * (self.look.tibetan("body") - size)

    # Columns

    def filled(self, groups: Sequence[Sequence[_Row]]) -> tuple[list[_Side], list[Problem]]:
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
        return [[live - head - foot] * self.columns for head, foot in zip(heads, feet, strict=True)]

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
                left = look.margin + at * (self.width + look.length(COLUMN_GAP))
                y, drawn = top, list[tuple[_Row, float]]()
                for row in rows:
                    if row.line.category not in begun:
                        begun.add(row.line.category)
                        name = names[row.line.category].name
                        bookmarks.append(Bookmark(f"{name.bo} {name.zh}", number, y))
                    drawn.append((row, y))
                    y += row.height + side.opened
                items += self.column(drawn, left, y, side.opened, names)
            source = self.source(number + 1, len(sides))
            bottom = look.height - look.margin - source.height
            if number + 1 == len(sides):
                foot = self.foot()
                items += placed(foot, look.margin, bottom - foot.height)
            items += placed(source, look.margin, bottom)
            pages.append(Page(look.width, look.height, tuple(items)))
        return pages, bookmarks

    def column(
        self,
        rows: Sequence[tuple[_Row, float]],
        left: float,
        end: float,
        opened: float,
        categories: Mapping[str, Category],
    ) -> Iterator[Item]:
        """Rows at their places, with their rules and the bars of their categories."""
        if not rows:
            return
        _bar, kind, name, *_rest = self.lefts
        size, drawn, lines = self.look.length(TILE), list[Item](), list[Item]()
        bottoms = [*(y for _row, y in rows[1:]), end]
        before = None
        for (row, y), bottom in zip(rows, bottoms, strict=True):
            category = categories[row.line.category]
            starts, before = category is not before, category
            inward = kind if row.line.name else name + self.look.length(INDENT)
            if y > rows[0][1]:
                lines.append(Box(left + inward, y, self.width - inward, row.thickness, fill=0.0))
            begin = y + self.look.length(0.5) + (size if starts else -self.look.length(0.5))
            x = left + (size - self.look.length(BAR)) / 2
            colour = self.look.tile(category.id)
            drawn.append(Box(x, begin, self.look.length(BAR), bottom - begin, fill=colour))
            yield from self.table_row(row, left, y, opened, category if starts else None)
        yield Tagged("Artifact", (*drawn, *lines))

    def table_row(
        self, row: _Row, left: float, y: float, opened: float, category: Category | None
    ) -> Iterator[Item]:
        """A row of the table: sign of the kind of money, name, figure in its unit."""
        base = y + opened / 2 + row.top
        _bar, kind, *_rest = self.lefts
        signs = list[Item]()
        if category:
            block = tile(self.setter, self.catalogue, category, self.look.length(TILE))
            signs += placed(block, left, y + self.look.length(0.5))
        pictogram, word = SIGNS[row.line.pays]
        side = self.look.length(SIGN)
        middle = base - BODY_CENTRE * self.look.tibetan("body")
        drawing = shape(pictogram, left + kind, middle - side / 2, side, 0.0)
        alt = self.catalogue.words[word].zh
        signs.append(Tagged("Figure", (drawing,), lang="zh", alt=alt))
        names, values = (
            tuple(
                item
                for block, x, rise in cells
                for item in placed(block, left + x, base - rise - baseline(block))
            )
            for cells in (row.names, row.values)
        )
        tagged = Tagged("TD", tuple(signs)), Tagged("TH", names), Tagged("TD", values)
        yield Tagged("Table", (Tagged("TR", tagged),), key="standards")

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
        if self.columns == 2 and band.height:
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
        rose = [beside([self.arrow, raised], gap, middle=True)]
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
        half = (width - self.look.length(COLUMN_GAP)) / 2 if self.columns == 2 else width
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
            if self.columns == 2
            else stacked(parts, self.look.length(1))
        )
        return stacked([rule(width, SUM_RULE), whole, Block(width, 0.1)], self.look.length(0.6))

    @property
    def ladder(self) -> tuple[tuple[str, Contact], ...]:
        return ladder(self.catalogue, self.surround.imprint.area)

    def source(self, number: int, of: int) -> Block:
        return source_line(self.surround, self.look.inner_width, f"{number}/{of}")


def _poured(
    groups: Sequence[Sequence[_Row]], rooms: Sequence[Sequence[float]], opened: float
) -> list[list[list[_Row]]] | None:
    """The rows of each column of each side; None where they do not all have room."""
    waiting = list(groups)
    sides: list[list[list[_Row]]] = []
    for columns in rooms:
        sides.append([])
        for room in columns:
            column: list[_Row] = []
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
