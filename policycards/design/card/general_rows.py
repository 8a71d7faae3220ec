"""Rows of the general card: a line a standard, cell by cell, below the bars of their categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from policycards.catalogue.model.catalogue import Catalogue, Category
from policycards.catalogue.model.policy import Lang, Policy
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.standard_lines import SIGNS, StandardLine, standard_lines
from policycards.design.layout.blocks import Block, placed
from policycards.design.layout.frames import Box, Item, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import BODY_CENTRE, Typesetter, baseline
from policycards.design.parts.bands import LIST_RULE, tile
from policycards.design.parts.page_furniture import PageFurniture
from policycards.typeset.text_model import Align

COLUMNS = (8.0, 5.6, 61.0, 92.4, 29.0)
"""mm on A4: bar of the category, sign of the kind of money, name in Tibetan, name in Chinese and
unit with figure, unit in Chinese. The wider columns of A3 are shared out.
"""
COLUMN_GAP = 6.0
ABOVE, BELOW = 12.0, 6.0
"""pt of a row above and below its baseline, more where ink needs it."""
CLEAR = 0.22
"""pt of white between ink and a rule."""
FIGURE = 13.0
INDENT = 8.0
STRONG_RULE = mm(0.3)
TILE, SIGN, BAR = 6.4, 4.6, 1.2
"""mm of a category's pictogram, of the sign of a kind of money, and of the bar along a category."""

Cell = tuple[Block, float, float]
"""A block, its left edge, and how far its baseline lies above the row's."""


@dataclass(frozen=True, slots=True)
class Row:
    """A set line: blocks with their left edges and how far their baselines lie above the row's;
    ``top`` pt from its rule down to its baseline, ``height`` to the next rule.
    """

    line: StandardLine
    names: tuple[Cell, ...]
    values: tuple[Cell, ...]
    top: float
    height: float
    thickness: float


@dataclass(frozen=True, slots=True)
class StandardRows:
    """Sets rows and draws columns of them; the Tibetan of ``drafts`` is left out."""

    surround: PageFurniture
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

    def group(self, policy: Policy, speaker: PolicyText, *, starts: bool) -> list[Row]:
        """The lines of a policy; ``starts`` where it is the first of its category, below a heavier
        rule.
        """
        content = standard_lines(speaker, policy)
        ruled = [STRONG_RULE if starts else LIST_RULE, *[LIST_RULE] * (len(content) - 1)]
        return [self.row(*each) for each in zip(content, ruled, strict=True)]

    def row(self, line: StandardLine, thickness: float) -> Row:
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
        return Row(line, names, values, above, above + below, thickness)

    def names(self, line: StandardLine) -> Iterator[Cell]:
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

    def values(self, line: StandardLine) -> Iterator[Cell]:
        """Unit, figure and unit: Tibetan is read into the figure, Chinese out of it; an arrow
        before a figure that rose.
        """
        place = self.catalogue.place(line.policy, "standards")
        *_names, zh, unit, end = self.lefts
        left, gap = unit - self.look.length(0.8), self.look.length(1)
        figures: list[Cell] = []
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
    ) -> Cell:
        block = self.setter.paragraph(text, lang, "body", width, place, align=align, tag="Span")
        return block, left, self.rise(self.look.size("body")) if lang == "zh" else 0.0

    def rise(self, size: float) -> float:
        """pt by which signs of a size stand above the baseline, so that their bodies are level."""
        return BODY_CENTRE * (self.look.tibetan("body") - size)

    def column(
        self,
        rows: Sequence[tuple[Row, float]],
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
        self, row: Row, left: float, y: float, opened: float, category: Category | None
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
