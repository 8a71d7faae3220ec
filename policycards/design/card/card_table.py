"""The table of a household's own money, row by row.

A row is set once for all cards that have it with figures of the same shape; its number on the card
is one of its figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from policycards.catalogue.model.policy import LANGS, Text
from policycards.core.problems import Place
from policycards.design.card.card_format import (
    FIGURE,
    LEAST_AMOUNT,
    OTHER_FIGURE,
    TOTAL_MORE,
)
from policycards.design.card.card_list import CLEAR, INSET, CardList, NumberedLine, last_baseline
from policycards.design.content.card_lines import SUMMED, CardLine, LineForm
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.theme import on
from policycards.design.layout.typesetter import baseline, texts_of
from policycards.design.parts.bands import SUM_RULE, tile
from policycards.design.parts.phrases import (
    READ,
    Part,
    Phrase,
    Word,
    beside,
    both,
    clearance,
    flowing,
    in_bar,
    lines_at,
    numbered,
    on_axis,
    on_baseline,
    one_line,
    phrase_of,
)
from policycards.typeset.slots import mark

HEAD, UPPER, LOWER = 12.8, 17.4, 2.6
"""pt from the top of a row to its Tibetan, from there to its Chinese, and below it."""
ABOVE, BELOW = 0.85, 0.3
"""mm of white above and below the words of a row."""
NOTE = 20.7
"""pt from the Chinese of a row to its note, and from one note to the next."""
COLUMN_SLACK = 3.0
"""mm by which a unit or quantity may be wider than its column, half of it on either side."""
DATED_COLUMNS = (11.0, 26.0, 25.5, 16.5, 35.0)
"""mm of pictogram, standard, quantity, payment and amount, on cards for many lines."""
BLANK = 9.0
"""mm to write a quantity on."""
SUM = 10.6


@dataclass(frozen=True, slots=True)
class CardTable(CardList):
    """Sets the rows of own money, above those of the list."""

    @property
    def columns(self) -> tuple[float, float, float, float, float, float]:
        """pt of the left of name, standard, quantity, payment and amount, and of the right edge;
        payment and amount begin at one place where nothing is dated.
        """
        form, right = self.made.format, self.made.width
        lengths = DATED_COLUMNS if self.is_dated else (*form.columns[:3], 0.0, form.columns[3])
        icon, standard, quantity, paid, amount = map(self.mm, lengths)
        left = right - amount - paid - quantity - standard
        return icon, left, left + standard, right - amount - paid, right - amount, right

    def head(self) -> Block:
        """What the columns are."""
        return self.block(("table head",), self._head)

    def _head(self) -> Block:
        name, standard, quantity, paid, amount, right = self.columns
        words, setter = self.catalogue.words, self.made.setter
        colour, pt = on(setter.look.accent), self.made.pt
        yuan = "" if self.made.format.is_dense else f"（{words['card_yuan'].zh}）"
        cells = []
        for key, left, end, after in (
            ("card_policy", name + self.mm(1), standard, ""),
            ("card_standard", standard, quantity, yuan),
            ("card_quantity", quantity, paid, ""),
            *[("card_paid", paid, amount, "")][: self.is_dated],
            ("card_amount", amount, right - self.mm(INSET), f"（{words['card_yuan'].zh}）"),
        ):
            parts = []
            for lang, y in zip(LANGS, (11.9 + 2.4, 28.4 + 2.4), strict=True):
                text = words[key][lang] + (after if lang == "zh" else "")
                line = one_line(setter, text, lang, READ, self.place(key), bold=True, colour=colour)
                free = end - left - line.width
                at = (
                    left
                    if key == "card_policy"
                    else left + free * (1.0 if key == "card_amount" else 0.5)
                )
                parts.append(on_baseline(line, at, pt(y)))
            cells.append((Block(right, 0, parts=tuple(parts)).tagged("TH"), 0.0, 0.0))
        fill = Tagged("Artifact", (Box(0, 0, right, self.mm(12.7), fill=setter.look.accent),))
        return Block(right, self.mm(12.7), (fill,), tuple(cells)).tagged("TR")

    def row(self, each: NumberedLine) -> Block:
        """A line of the household's own money."""
        line = each.line
        figures = (line.amount, line.quantity, each.old, str(each.number or ""), *line.shares)
        shapes = self.made.plates.shapes(figures)
        make = partial(self._row, line, shapes)
        return self.block(("row", line.form, shapes), make, *figures, of=line.form)

    def _row(self, line: CardLine, shapes: Sequence[str]) -> Block:
        form, setter, pt = line.form, self.made.setter, self.made.pt
        name_at, standard_at, quantity_at, paid_at, amount_at, right = self.columns
        spell = self.made.plates.spell
        figure = [spell(mark(at), shapes) if shape else "" for at, shape in enumerate(shapes)]
        place = self.catalogue.place(form.policy, "name")
        left = name_at + self.mm(1)
        names = self.names(line, standard_at - left, place)
        upper, lower = self.middle(line, figure, standard_at, quantity_at, paid_at)
        pill = [numbered(setter, figure[3], place)] if figure[3] else []
        entries = [*((each, 0.0) for each in pill), (names[1], self.mm(1) if pill else 0.0)]
        chinese = beside(entries)
        notes = list(self.notes(line, figure, place))
        month = self.month(line, place)
        if month and self.is_dated:
            upper.append((month[0].block, _centre(month[0], paid_at, amount_at)))
            lower.append((month[1], _centre(month[1], paid_at, amount_at)))
        elif month:
            dated = beside([(month[0], 0.0), (month[1], self.mm(1))])
            free = standard_at - left - chinese.width - dated.width
            if free >= self.mm(2):
                chinese = beside([(chinese, 0.0), (dated, free)])
            else:
                notes.insert(0, dated)
        tops = [baseline(block) for block, _at in upper]
        first = max(pt(HEAD) + self.mm(ABOVE), max(baseline(names[0]), *tops, 0.0) + self.mm(CLEAR))
        last = first + last_baseline(names[0]) - baseline(names[0])
        parts: list[Part] = [on_baseline(names[0], left, first)]
        axis_up = pt(0.383 * READ[1])
        over = lines_at(names[0], left)
        under = lines_at(chinese.block, left)
        for block, at in upper:
            over += lines_at(block, at)
        for each, at in lower:
            under += lines_at(each.block, at)
        end = last + clearance(setter, over, under, pt(UPPER))
        parts.append(on_axis(chinese, left, end - axis_up))
        spread = (last - first) / 2
        cells: list[list[Part]] = [[], [], []]
        starts = (quantity_at, paid_at)
        for block, at in upper:
            column = sum(at >= start for start in starts)
            cells[column].append(on_baseline(block, at, first + spread))
        for each, at in lower:
            column = sum(at >= start for start in starts)
            cells[column].append(on_axis(each, at, end - spread - axis_up))
        y = end
        if notes:
            room = amount_at - left
            block = flowing(setter, notes, room, self.mm(4))
            text = "".join(each.line.text for each in texts_of(block.items))
            self.made.has_room(max(note.width for note in notes), room, text, place)
            parts.append((block, left, y + pt(NOTE) - max(baseline(block), pt(11.5))))
            y = max(y, parts[-1][2] + block.height - pt(LOWER) / 2)
        high = y + pt(LOWER) + self.mm(BELOW)
        amount, needs = self.amount(figure[0] or "—", amount_at, right)
        middle = high / 2
        if needs:
            middle, high = high + amount.block.height / 2, high + amount.block.height + self.mm(0.6)
        side = self.mm(self.made.format.tile)
        category = next(
            each for each in self.catalogue.settings.categories if each.id == form.category
        )
        picture = tile(setter, self.catalogue, category, side)
        body = Block(right, 0, parts=((picture, 0.0, (high - side) / 2), *parts))
        amount_part = on_axis(amount, right - self.mm(INSET) - amount.width, middle)
        all_cells = (
            body,
            *(Block(right, 0, parts=tuple(cell)) for cell in cells[: 2 + self.is_dated]),
            Block(right, 0, parts=(amount_part,)),
        )
        return Block(
            right, high, parts=tuple((cell.tagged("TD"), 0.0, 0.0) for cell in all_cells)
        ).tagged("TR")

    def names(self, line: CardLine, width: float, place: Place) -> tuple[Block, Phrase]:
        """The name in both languages; the Tibetan on as many lines as it needs."""
        form, setter = line.form, self.made.setter
        dense = self.made.format.is_dense
        name = form.name if dense else form.short or form.name
        if dense and form.short and setter.natural(name.bo, "bo", READ, True) > width:
            name = form.short
        bold = dense
        upper = setter.paragraph(name.bo, "bo", READ, width, place, bold=bold, tag="P")
        room = width - self.mm(6)
        words = [name.zh]
        if setter.natural(name.zh, "zh", READ) > room and form.short:
            words = [form.short.zh]
        chinese = setter.paragraph(words[0], "zh", READ, room, place)
        return upper, Phrase(chinese, baseline(chinese) - 0.383 * setter.look.size(READ))

    def middle(
        self, line: CardLine, figure: Sequence[str], standard: float, quantity: float, amount: float
    ) -> tuple[list[tuple[Block, float]], list[tuple[Phrase, float]]]:
        """What stands in the columns of standard and quantity: Tibetan above, figures with Chinese
        below, each with its left.
        """
        form, words = line.form, self.catalogue.words
        place = self.catalogue.place(form.policy, "standards")
        if line.instead:
            room = amount - standard - self.mm(0.5)
            label = words[line.instead] if self.is_fitting(line.instead, room) else form.unit
            upper = self._fitted([Word(label.bo if label else "", "bo")], room, place)
            entries = [Word(label.zh, "zh")] if label is words[line.instead] else []
            if line.has_value and form.unit:
                entries.append(Word(form.value, "zh", FIGURE, True, self.mm(0.8)))
                entries.append(Word(form.unit.zh, "zh", READ, False, self.mm(0.4)))
            lower = self._fitted(entries, room, place)
            return [(upper.block, _centre(upper, standard, amount))], [
                (lower, _centre(lower, standard, amount))
            ]
        return self.factors(line, figure, standard, quantity, amount, place)

    def is_fitting(self, key: str, room: float) -> bool:
        """Whether words fit the columns of standard and quantity with a value behind them; if not,
        they are a note of the row.
        """
        words, setter = self.catalogue.words[key], self.made.setter
        return (
            max(
                setter.natural(words.bo, "bo", READ),
                setter.natural(words.zh, "zh", READ) + room * 0.45,
            )
            <= room
        )

    def factors(
        self,
        line: CardLine,
        figure: Sequence[str],
        standard: float,
        quantity: float,
        amount: float,
        place: Place,
    ) -> tuple[list[tuple[Block, float]], list[tuple[Phrase, float]]]:
        """A standard and the quantity by which it is multiplied."""
        form, words = line.form, self.catalogue.words
        upper: list[tuple[Block, float]] = []
        lower: list[tuple[Phrase, float]] = []
        if form.unit:
            after = form.unit.zh
            if not self.made.format.is_dense:
                after = after.removeprefix(words["card_yuan"].zh)
            gap = self.mm(0.8) if self.made.format.is_dense else 0.0
            value = [Word(form.value, "zh", FIGURE, True), Word(after, "zh", READ, False, gap)]
            unit = self._fitted([Word(form.unit.bo, "bo")], quantity - standard, place)
            upper.append((unit.block, _centre(unit, standard, quantity)))
            shown = self._fitted(value, quantity - standard - self.mm(0.5), place)
            lower.append((shown, _centre(shown, standard, quantity)))
        counted = form.counted
        if counted:
            unit = self._fitted([Word(counted.bo, "bo")], amount - quantity, place)
            upper.append((unit.block, _centre(unit, quantity, amount)))
        count = [Word("×", "zh"), *self._count(figure[1], form, counted)]
        least = [word._replace(size=READ, gap=0.0) for word in count]
        room = amount - quantity + self.mm(COLUMN_SLACK - 0.5)
        if phrase_of(self.made.setter, least, place).width > room:  # its unit stands above it
            count = [Word("×", "zh"), *self._count(figure[1], form, None)]
        if figure[1]:
            shown = self._fitted(count, amount - quantity - self.mm(0.5), place)
        else:
            shown = self._blank(counted, place)
        lower.append((shown, _centre(shown, quantity, amount)))
        return upper, lower

    def _count(self, count: str, form: LineForm, counted: Text | None) -> list[Word]:
        """A quantity with its unit, and how often a year."""
        gap = 0.0 if len(count) > 5 and not self.made.format.is_dense else self.mm(0.6)
        entries = [Word(count, "zh", FIGURE, True, gap)]
        if counted:
            entries.append(Word(counted.zh, "zh", READ, False, gap))
        if form.times > 1:
            unit = self.catalogue.words["card_month" if form.every == "month" else "card_day"].zh
            entries += [
                Word("×", "zh", READ, False, self.mm(0.4)),
                Word(str(form.times), "zh", FIGURE, True, self.mm(0.2)),
                Word(unit, "zh", READ),
            ]
        return entries

    def _blank(self, counted: Text | None, place: Place) -> Phrase:
        """A rule to write a quantity on."""
        setter = self.made.setter
        times = phrase_of(setter, [Word("×", "zh")], place)
        unit = phrase_of(setter, [Word(counted.zh if counted else "—", "zh")], place)
        wide, low = self.mm(BLANK), setter.look.size(READ)
        rule = Block(wide, low, (Tagged("Artifact", (Box(0, low - 0.8, wide, 0.8, fill=0.0),)),))
        gap = self.mm(0.6)
        return beside([(times, 0.0), (Phrase(rule, low * 0.55), gap), (unit, gap)])

    def _fitted(self, words: list[Word], width: float, place: Place) -> Phrase:
        """Words on one line, smaller where they are too wide, down to what is still read."""
        setter = self.made.setter
        phrase = phrase_of(setter, words, place)
        if phrase.width <= width:
            return phrase
        least = [word._replace(size=READ, gap=0.0) for word in words]
        phrase = phrase_of(setter, least, place)
        text = "".join(word.text for word in words)
        self.made.has_room(phrase.width, width + self.mm(COLUMN_SLACK), text, place)
        return phrase

    def amount(self, entries: str, left: float, right: float) -> tuple[Phrase, bool]:
        """The amount, and whether it is so wide that it needs a line of its own."""
        setter, room = self.made.setter, right - left - self.mm(2.2)
        for size in (self.made.format.amount, LEAST_AMOUNT):
            block = one_line(setter, entries, "zh", (size, size), self.place(), bold=True)
            if block.width <= room:
                break
        axis = baseline(block) - setter.look.size((size, size)) * 0.733 / 2
        return Phrase(block, axis), block.width > room

    def notes(self, line: CardLine, figure: Sequence[str], place: Place) -> Iterator[Phrase]:
        """What must be said with a line: for whom, by instalments, what changed, what is open."""
        form, words, setter = line.form, self.catalogue.words, self.made.setter
        _icon, standard, _quantity, paid, _amount, _right = self.columns
        if form.label:
            yield from self._sides(form.label, place)
        if line.instead and not self.is_fitting(line.instead, paid - standard - self.mm(0.5)):
            yield from self._sides(words[line.instead], place)
        if line.shares:
            yield self._with("card_shares", " + ".join(figure[4:]), place)
        if figure[2]:
            yield self._with("card_former", f"{figure[2]} → {figure[0]}", place)
        if form.change:
            yield self.change(form.change, place)
        if form.section in SUMMED and not line.amount:
            yield both(setter, words["card_open"], place)
        if form.section != "quiet" and form.phrase:
            yield from self._sides(form.phrase, place)
        for text in form.paid:
            yield from self._sides(text, place)

    def _sides(self, text: Text, place: Place) -> Iterator[Phrase]:
        setter = self.made.setter
        for lang in LANGS:
            yield phrase_of(setter, [Word(text[lang], lang)], place)

    def change(self, change: tuple[str, str], place: Place) -> Phrase:
        """What a standard was, and what it is, with an arrow up or down."""
        old, new = change
        arrow = "↑" if _number(new) > _number(old) else "↓"
        entries = self._with("card_before", f"{old} → {new}", place)
        sign = phrase_of(self.made.setter, [Word(arrow, "zh", READ, True)], place)
        return beside([(sign, 0.0), (entries, self.mm(1))])

    def _with(self, key: str, figures: str, place: Place) -> Phrase:
        text, gap = self.catalogue.words[key], self.mm(1.6)
        words = (
            Word(text.bo, "bo"),
            Word(text.zh, "zh", READ, False, gap),
            Word(figures, "zh", FIGURE, True, self.mm(1)),
        )
        return phrase_of(self.made.setter, words, place)

    def month(self, line: CardLine, place: Place) -> tuple[Phrase, Phrase] | None:
        """In which month it is paid, and by what, in Tibetan and in Chinese."""
        form, words, setter = line.form, self.catalogue.words, self.made.setter
        if not form.month:
            return None
        dated = words["card_paid_month"]
        via = f"·{words[f'via_{form.via}'].zh}" if form.via else ""
        sides = (
            Word(dated.bo.format(m=form.month), "bo"),
            Word(dated.zh.format(m=form.month) + via, "zh"),
        )
        return phrase_of(setter, sides[:1], place), phrase_of(setter, sides[1:], place)

    def total(self, key: str, total: str, old: str = "", *, is_short: bool = False) -> Block:
        """A sum: its words, and the figure, larger than the amounts; below the words what it was on
        the card that is replaced.
        """
        figures = (total, old) if old else (total,)
        shapes = self.made.plates.shapes(figures)
        make = partial(self._total, key, shapes, is_short)
        return self.block(("total", key, shapes, is_short), make, *figures)

    def _total(self, key: str, shapes: Sequence[str], is_short: bool) -> Block:
        setter, words, place = self.made.setter, self.catalogue.words, self.place(key)
        width, inset = self.made.width, self.mm(INSET)
        amount = self.made.format.amount
        figure, *old = [self.made.plates.spell(mark(at), shapes) for at in range(len(shapes))]
        name = both(setter, words[key], place, bold=True)
        for size in (amount + TOTAL_MORE, amount, LEAST_AMOUNT):
            entries = (
                Word(words["card_yuan"].bo, "bo", READ, True),
                Word(figure, "zh", (size, size), True, self.mm(1)),
                Word(words["card_yuan"].zh, "zh", READ, True, self.mm(1)),
            )
            sum_ = phrase_of(setter, entries, place)
            if fits := sum_.width + name.width + 3 * inset <= width:
                break
        lines = [name.block]
        if not fits:
            lines = [
                one_line(setter, words[key][lang], lang, READ, place, bold=True) for lang in LANGS
            ]
        lines += [self._with("card_former", each, place).block for each in old]
        high = max(self.mm(SUM), sum_.block.height + self.mm(0.8))
        at = in_bar(name, inset, high, self.mm(0.2))
        if lines[1:]:
            stack = setter.closely(lines, self.made.pt(17.4))
            high = max(high, stack.height + self.mm(1))
            at = (stack, inset, (high - stack.height) / 2)
        right = in_bar(sum_, width - inset - sum_.width, high, self.mm(0.2))
        boxes = (
            Box(0, 0, width, high, fill=setter.look.tint),
            Box(0, 0, width, SUM_RULE, fill=setter.look.rule),
        )
        return self._spanning(high, (Tagged("Artifact", boxes),), "TH", is_short, at, right)

    def _spanning(
        self,
        high: float,
        drawn: tuple[Tagged, ...],
        role: Literal["TH", "TD"],
        is_short: bool,
        first: Part,
        last: Part | None = None,
    ) -> Block:
        """A row of a cell across the table and, at its right edge, one more; those between are
        empty, so that all rows have as many cells as those of short or of whole lines.
        """
        width = self.made.width
        cells = [Block(width, 0, parts=(first,)).tagged(role)]
        cells += [Block(width, 0).tagged("TD")] * (1 if is_short else 2 + self.is_dated)
        cells.append(Block(width, 0, parts=(last,) if last else ()).tagged("TD"))
        return Block(width, high, drawn, tuple((cell, 0.0, 0.0) for cell in cells)).tagged("TR")

    def moved(self, lines: Sequence[NumberedLine], total: str, *, is_short: bool = False) -> Block:
        """What stands on the back, and what it comes to."""
        numbers_ = tuple(str(each.number) for each in lines if each.number)
        figures = (total, *numbers_)
        shapes = self.made.plates.shapes(figures)
        make = partial(self._moved, shapes, is_short)
        return self.block(("moved", shapes, is_short), make, *figures)

    def _moved(self, shapes: Sequence[str], is_short: bool) -> Block:
        setter, words, place = self.made.setter, self.catalogue.words, self.place("card_back")
        width, inset = self.made.width, self.mm(INSET)
        figure = [self.made.plates.spell(mark(at), shapes) for at in range(len(shapes))]
        pills = [numbered(setter, each, place) for each in figure[1:]]
        arrow = phrase_of(setter, [Word("→", "zh")], place)
        back = beside([(arrow, 0.0), (both(setter, words["card_back"], place), self.mm(1))])
        total = phrase_of(setter, [Word(figure[0], "zh", OTHER_FIGURE, True)], place)
        block = flowing(setter, [*pills, back], width - total.width - 3 * inset, self.mm(1.2))
        high = max(self.mm(7.2), block.height + self.mm(1))
        first = block, inset, (high - block.height) / 2
        last = on_axis(total, width - inset - total.width, high / 2)
        return self._spanning(high, (), "TD", is_short, first, last)

    def band(self, key: str, *more: str, is_short: bool = False) -> Block:
        """A band in the table, on the lighter tint."""
        make = partial(self._band, key, *more, is_short=is_short)
        return self.block(("band", key, *more, is_short), make)

    def _band(self, key: str, *more: str, is_short: bool) -> Block:
        setter, width = self.made.setter, self.made.width
        entries = [
            both(setter, self.catalogue.words[each], self.place(each), bold=True)
            for each in (key, *more)
        ]
        room = width - 2 * self.mm(INSET)
        line = beside([(each, self.mm(3)) for each in entries])
        if line.width > room and self.made.format.design == "a5":
            line = entries[0]  # half a sheet has no room for a second line
        elif line.width > room:
            block = flowing(setter, entries, room, self.mm(3))
            line = Phrase(block, block.height / 2)
        high = max(self.mm(7.8), line.block.height + self.mm(0.6))
        fill = Tagged("Artifact", (Box(0, 0, width, high, fill=setter.look.column),))
        at = in_bar(line, self.mm(INSET), high, self.mm(0.2))
        return self._spanning(high, (fill,), "TH", is_short, at)


def _centre(phrase: Phrase, left: float, right: float) -> float:
    return left + (right - left - phrase.width) / 2


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
