"""The poster for the notice board: the standards raised this year, large, on one side of A3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import CatalogueInForce
from policycards.catalogue.model.policy import Pays, Policy, Standard, Text, Value
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import joined
from policycards.design.content.print_context import PrintContext, ladder, marks
from policycards.design.content.standard_lines import short_name, unit_words
from policycards.design.layout.blocks import Block, beside, framed, placed, stacked
from policycards.design.layout.frames import Box, Page, Piece, Tagged
from policycards.design.layout.theme import Look, on
from policycards.design.layout.typesetter import Typesetter, baseline
from policycards.design.parts.bands import SUM_RULE, rule, strip, tile
from policycards.design.parts.contact_blocks import (
    DIGIT,
    code_block,
    opened,
    phone_rows,
    rungs,
    source_line,
)
from policycards.design.parts.page_furniture import PageFurniture
from policycards.typeset import Fonts, numbers

GAP = mm(5)
MODULE = 0.85
"""mm of the QR code, so that it is read from half a metre away."""
STRIP = 1.5
"""By which the marks are larger than on a card."""
NEAR, FOOT_TYPE = (19.0, 15.5), (15.0, 12.0)
"""What is read from near by: whoever scans the code, and the line of the source."""
ROW_GAP = 1.2
MOST_OPENED = 12.0
"""mm by which a row grows where there is room."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A standard of a policy, what it was, and what it is."""

    policy: Policy
    standard: Standard
    old: Value
    new: Value


def raised(policies: Sequence[Policy], area: str, day: date) -> list[Raised]:
    """The standards that rose by a value that began, or was published, in the year of a day; cash
    first.
    """
    found = []
    for policy, held in CatalogueInForce(tuple(policies), day, area):
        new, old = held.value, held.former
        if (
            new
            and old
            and _is_of_year(new, day.year)
            and (old.amount or 0) < (new.amount or 0)
            and old.amount
        ):
            found.append(Raised(policy, held.standard, old, new))
    return sorted(found, key=lambda each: get_args(Pays).index(each.standard.pays))


def _is_of_year(value: Value, year: int) -> bool:
    return any(when.year == year for when in (value.since, value.published) if when)


def poster(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    look: Look,
    fonts: Fonts,
) -> tuple[Piece | None, list[Problem]]:
    """The sheets of a poster of what was raised, and what is wrong with them; one as long as that
    has room on it, without the notices where it would not with them.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    risen = raised(policies, imprint.area, imprint.day)
    if not risen:
        return None, [problem("E361", catalogue.place("catalogue"), year=imprint.day.year)]
    setter = Typesetter(look, fonts)
    shown = [each.policy for each in risen]
    maker = _Maker(PageFurniture(catalogue, imprint, setter, marks(catalogue, shown, imprint)))
    for with_notice in (True, False):
        blocks = [maker.row(each, with_notice=with_notice) for each in risen]
        sheets = list(maker.sheets(blocks))
        if len(sheets) == 1:
            break
    over = max(block.height for block in blocks) - maker.room
    title = maker.title
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=" ".join((catalogue.digest, imprint.edition, imprint.area, look.name)),
        pages=tuple(maker.page(rows, number, len(sheets)) for number, rows in enumerate(sheets, 1)),
    )
    too_tall = [problem("E352", catalogue.place("words", "raised_title"), over=f"{over / MM:.1f}")]
    return piece, [*setter.problems, *(too_tall if over > 0 else [])]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Sets the parts of one poster."""

    surround: PageFurniture

    @property
    def setter(self) -> Typesetter:
        return self.surround.setter

    @property
    def width(self) -> float:
        return self.setter.look.inner_width

    @property
    def title(self) -> Text:
        return self.surround.speaker.word("raised_title", year=str(self.surround.imprint.day.year))

    @property
    def room(self) -> float:
        """pt for rows on a sheet."""
        look = self.setter.look
        return look.height - 2 * look.margin - self.front().height - self.foot(9, 9).height

    def sheets(self, blocks: Sequence[Block]) -> Iterator[list[Block]]:
        """The rows of each sheet."""
        rows, free = list[Block](), self.room
        for block in blocks:
            if rows and block.height > free:
                yield rows
                rows, free = [], self.room
            rows.append(block)
            free -= block.height
        yield rows

    def page(self, rows: Sequence[Block], number: int, of: int) -> Page:
        """Head, rows with the height that is free shared out among them, foot."""
        look, front, foot = self.setter.look, self.front(), self.foot(number, of)
        spare = (self.room - sum(row.height for row in rows)) / len(rows)
        opened = min(max(spare, 0.0), mm(MOST_OPENED))
        items, y = [*placed(front, look.margin, look.margin)], look.margin + front.height
        for row in rows:
            items += placed(row, look.margin, y + opened / 2)
            y += row.height + opened
            line = Box(look.margin, y - 0.5, self.width, 1.0, fill=0.0)
            items += [Tagged("Artifact", (line,))] * (row is not rows[-1])
        items += placed(foot, look.margin, look.height - look.margin - foot.height)
        return Page(look.width, look.height, tuple(items))

    def front(self) -> Block:
        """The marks, what the poster is, who issued it and for which area."""
        catalogue, place = self.surround.catalogue, self.surround.catalogue.place("words")
        look = self.setter.look
        marked = strip(self.setter, catalogue, self.surround.marks, self.width, scale=STRIP)
        title = self.setter.pair(
            self.title,
            "title",
            self.width - mm(2.4),
            place,
            bold=True,
            align="center",
            tag="H1",
            colour=on(look.title),
        )
        band = framed(title, mm(1.2), Box(0, 0, 0, 0, fill=look.title))
        area = self.surround.imprint.area
        where = (
            []
            if area == catalogue.settings.area
            else [self.setter.line(catalogue.areas[area].name, "name", place, bold=True)]
        )
        return stacked([marked, band, *where, rule(self.width, SUM_RULE), Block(0, 0.1)], mm(2))

    def row(self, each: Raised, *, with_notice: bool) -> Block:
        """Pictogram, whose standard, at the right from what to what it rose; small the notice and
        since when.
        """
        catalogue, setter = self.surround.catalogue, self.setter
        category = next(
            category
            for category in catalogue.settings.categories
            if category.id == each.policy.category
        )
        drawn = tile(setter, catalogue, category, setter.look.pictogram)
        left, name = (
            drawn.width + GAP,
            self.surround.speaker.filled(short_name(each.policy), each.policy),
        )
        label = each.standard.short or each.standard.label
        if label and len(each.policy.standards) > 1:
            name = joined(name, label)
        place, amounts = catalogue.place(each.policy.id, "name"), self.amounts(each)
        named = setter.paragraph(
            name.bo, "bo", "name", self.width - left - amounts.width - GAP, place, bold=True
        ).tagged("H2")
        under = self.under(each, name, place, self.width - left)
        top = max(named.height, amounts.height)
        first = Block(
            self.width - left,
            top,
            parts=(
                (named, 0.0, (top - named.height) / 2),
                (amounts, self.width - left - amounts.width, (top - amounts.height) / 2),
            ),
        )
        words = setter.closely([first, under], setter.look.tibetan("body") * 1.35)
        parts = (drawn, 0.0, (words.height - drawn.height) / 2), (words, left, 0.0)
        whole = Block(self.width, words.height, parts=parts)
        notice = [self.notice(each)] if with_notice else []
        content = stacked([whole, *notice], mm(1))
        padded = Block(
            self.width, content.height + mm(ROW_GAP), parts=((content, 0, mm(ROW_GAP) / 2),)
        )
        return padded.tagged("Sect", key=f"raised:{each.policy.id}:{each.standard.id}")

    def under(self, each: Raised, name: Text, place: Place, width: float) -> Block:
        """The Chinese name, and at the right the unit in both languages."""
        setter = self.setter
        unit = setter.line(
            unit_words(self.surround.speaker, each.standard), "body", self.place(each)
        )
        needed = setter.natural(name.zh, "zh", "name", bold=True) + 0.1
        room = min(needed, width - unit.width - GAP)
        if room < needed:
            room = min(needed, width)
        named = setter.paragraph(name.zh, "zh", "name", room, place, bold=True)
        if room + GAP + unit.width > width:
            return stacked([named, unit], mm(1))
        high = max(named.height, unit.height)
        return Block(
            width,
            high,
            parts=(
                (named, 0.0, (high - named.height) / 2),
                (unit, width - unit.width, (high - unit.height) / 2),
            ),
        )

    def amounts(self, each: Raised) -> Block:
        """The old amount and the new one large, on one line."""
        setter, size = self.setter, self.setter.look.size("figure")
        old, new = (numbers.plain(value.amount or Decimal()) for value in (each.old, each.new))
        middle = setter.look.size("body") * 1.3
        former = setter.signs(f"{old}→", (middle, middle))
        now = setter.signs(new, (size, size), bold=True)
        left, high = former.width + mm(1.5), size * DIGIT
        lift = high - baseline(now)
        return Block(
            left + now.width,
            high + size * 0.13,
            parts=((former, 0.0, high - baseline(former)), (now, left, lift)),
        )

    def notice(self, each: Raised) -> Block:
        """Since when it is so and by which notice, small."""
        speaker, place, half = self.surround.speaker, self.place(each), (self.width - GAP) / 2
        offer = speaker.offer(each.standard)
        source = "；".join(speaker.sources((each.standard,)))
        words = f"{self.surround.catalogue.words['source'].zh}：{source}" if source else ""
        since = (
            self.setter.inline(offer.since, "small", half, place)
            if offer and offer.since
            else Block(half, 0)
        )
        return beside([since, self.setter.paragraph(words, "zh", "small", half, place)], GAP)

    def place(self, each: Raised) -> Place:
        return self.surround.catalogue.place(each.policy.id, "standards")

    def foot(self, number: int, of: int) -> Block:
        """The code and what it opens, whom to ring, the line of the source."""
        surround, look, place = self.surround, self.setter.look, self.surround.catalogue.place
        code = code_block(surround, MODULE)
        size, room = (look.tibetan("body"), look.size("body")), self.width - code.width - GAP
        phones = phone_rows(
            self.setter,
            rungs(surround, short=True)[:2],
            room,
            place("contacts"),
            digits=look.size("phone"),
            pitch=14.5,
            size=size,
        )
        opens = opened(surround, NEAR)
        content = beside([code, stacked([phones, opens], mm(1))], GAP, middle=True)
        source = source_line(
            surround, self.width, f"{number}/{of}" if of > 1 else "", size=FOOT_TYPE
        )
        return stacked([rule(self.width, SUM_RULE), content, source], mm(1))
