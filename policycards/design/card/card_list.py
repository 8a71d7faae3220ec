"""The list of a card's policies without an amount of the household's own, a line or a name each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Pays, Text
from policycards.core.problems import Place
from policycards.design.card.card_format import (
    OTHER_FIGURE,
    FormatSetter,
)
from policycards.design.content.card_lines import KINDS, CardLine, LineForm
from policycards.design.layout.blocks import Block
from policycards.design.layout.typesetter import baseline, texts_of
from policycards.design.parts.bands import kind_band
from policycards.design.parts.phrases import (
    READ,
    Part,
    Phrase,
    Word,
    beside,
    clearance,
    flowing,
    lines_at,
    numbered,
    on_axis,
    on_baseline,
    phrase_of,
)
from policycards.typeset.slots import mark

CLEAR = 0.35
"""mm of white between ink and a rule."""
INSET = 1.5
LIST_HEAD, LIST_FOOT = 13.2, 7.2
"""pt above and below the baseline of a policy in the list."""
ICONS: dict[Pays, str] = {
    "approved": "document",
    "event": "calendar",
    "in_kind": "assistance",
    "by_notice": "information",
    "paid_for_you": "hospital",
}
"""Pictograms of kinds of money; all others have that of money."""


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line with the number of its policy on the card; 0 where a line above has it.

    ``old`` is the amount on the card that is replaced, where it was another.
    """

    number: int
    line: CardLine
    old: str = ""


@dataclass(frozen=True, slots=True)
class CardList:
    """Sets the list in a format; ``is_dated`` cards have a column for when a policy is paid."""

    made: FormatSetter
    catalogue: Catalogue
    is_dated: bool = False

    def place(self, key: str = "card_policy") -> Place:
        return self.catalogue.place("words", key)

    def mm(self, length: float) -> float:
        return self.made.look.length(length)

    def block(
        self,
        key: tuple[Hashable, ...],
        make: Callable[[], Block],
        *figures: str,
        of: LineForm | None = None,
    ) -> Block:
        place = self.catalogue.place(of.policy, "name") if of else self.place()
        return self.made.block((*key, self.is_dated), make, place, figures)

    def kind(self, pays: Pays, limits: Sequence[str]) -> Block:
        """The band above the policies of a kind of money."""
        return self.block(("kind", pays, tuple(limits)), lambda: self._kind(pays, limits))

    def _kind(self, pays: Pays, limits: Sequence[str]) -> Block:
        words = self.catalogue.words
        key = KINDS[pays]
        text = (
            words[key]
            if key
            else Text(
                bo=" ".join(words[f"pays_limit_{each}"].bo for each in limits),
                zh="、".join(words[f"pays_limit_{each}"].zh for each in limits),
            )
        )
        place = self.place(key or "pays_limit_at_most")
        icon = ICONS.get(pays, "money")
        return kind_band(self.made.setter, text, self.made.width, place, icon)

    def other(self, each: NumberedLine, is_first: bool, several: bool) -> Block:
        """A policy without an amount of the household's own, on one line."""
        figures = (str(each.number),) if each.number else ()
        shapes = self.made.plates.shapes(figures)
        make = partial(self._other, each.line, shapes, is_first, several)
        key = ("other", each.line.form, shapes, is_first, several)
        return self.block(key, make, *figures, of=each.line.form)

    def _other(self, line: CardLine, shapes: Sequence[str], is_first: bool, several: bool) -> Block:
        form, _setter = line.form, self.made.setter
        place = self.catalogue.place(form.policy, "name")
        name = form.short or form.name
        label = form.label if several else None
        bo = name.bo if is_first or not label else label.bo
        zh = name.zh if not label else f"{name.zh}（{label.zh}）" if is_first else label.zh
        value = (form.value, form.unit) if form.value and form.unit else ("", None)
        number = self.made.plates.spell(mark(0), shapes) if shapes else ""
        return self._listed(bo, zh, number, value, form.phrase, place)

    def short_row(self, each: NumberedLine) -> Block:
        """A line of own money where there is little room: its name and amount alone."""
        figures = (
            (each.line.amount or "—", str(each.number))
            if each.number
            else (each.line.amount or "—",)
        )
        shapes = self.made.plates.shapes(figures)
        make = partial(self._short_row, each.line, shapes)
        return self.block(("short", each.line.form, shapes), make, *figures, of=each.line.form)

    def _short_row(self, line: CardLine, shapes: Sequence[str]) -> Block:
        name = line.form.short or line.form.name
        spell, place = self.made.plates.spell, self.catalogue.place(line.form.policy, "name")
        number = spell(mark(1), shapes) if shapes[1:] else ""
        amount = spell(mark(0), shapes)
        unit = self.catalogue.words["card_yuan"]
        zh = line.form.label.zh if line.form.label and not number else name.zh
        return self._listed(name.bo, zh, number, (amount, unit), None, place)

    def _listed(
        self,
        bo: str,
        zh: str,
        number: str,
        value: tuple[str, Text | None],
        whole: Text | None,
        place: Place,
    ) -> Block:
        """A line of the list: number, name in both languages, figure between its units."""
        setter, width, pt = self.made.setter, self.made.width, self.made.pt
        chinese, unit_before, figure_wide, unit_after = map(self.mm, self.made.format.others)
        figure_right = width - unit_after
        name_at = self.mm(6)
        zh_at = figure_right - figure_wide - unit_before - chinese
        upper = setter.paragraph(bo, "bo", READ, zh_at - name_at, place)
        lower = phrase_of(setter, [Word(zh, "zh")], place)
        first = max(pt(LIST_HEAD), baseline(upper) + self.mm(CLEAR))
        last = first + last_baseline(upper) - baseline(upper)
        axis = first - 0.383 * setter.look.tibetan(READ)
        parts: list[list[Part]] = [[on_baseline(upper, name_at, first)], [], []]
        if number:
            parts[0].insert(0, on_axis(numbered(setter, number, place), 0.0, axis))
        y = last
        figure, unit = value
        wide_figure = (
            phrase_of(setter, [Word(figure, "zh", OTHER_FIGURE, True)], place) if figure else None
        )
        crowded = lower.width > chinese or (
            wide_figure is not None and wide_figure.width > figure_wide + unit_before * 0.5
        )
        axis2 = axis
        taken = (
            max(figure_wide + unit_after, wide_figure.width + unit_after) if wide_figure else 0.0
        )
        room = width - name_at - taken - self.mm(1)
        if lower.width > room:
            block = setter.paragraph(zh, "zh", READ, room, place)
            lower = Phrase(block, baseline(block) - 0.383 * setter.look.size(READ))
        if crowded:
            over, under = lines_at(upper, name_at), lines_at(lower.block, name_at)
            y = last + clearance(setter, over, under, pt(17.4))
            axis2 = y - 0.383 * setter.look.size(READ)
            parts[1].append(on_axis(lower, name_at, axis2))
        else:
            parts[1].append(on_axis(lower, zh_at, axis))
        if wide_figure is not None and unit is not None:
            parts[2].append(on_axis(wide_figure, figure_right - wide_figure.width, axis2))
            before = phrase_of(setter, [Word(unit.bo, "bo")], place)
            at = figure_right - max(figure_wide, wide_figure.width + self.mm(1)) - before.width
            if at > (name_at + lower.width if crowded else zh_at + lower.width):
                parts[2].append(on_axis(before, at, axis2))
            after = phrase_of(setter, [Word(unit.zh, "zh")], place)
            parts[2].append(on_axis(after, figure_right + self.mm(0.8), axis2))
        if whole:
            sides = [phrase_of(setter, [Word(whole[lang], lang)], place) for lang in LANGS]
            block = flowing(setter, sides, width - name_at, self.mm(2))
            parts[2].append((block, name_at, y + pt(20) - baseline(block)))
            y = parts[2][-1][2] + block.height - pt(LIST_FOOT)
        inks = [top + block.height for cell in parts for block, _left, top in cell]
        high = max(y + pt(LIST_FOOT), max(inks) + self.mm(0.1))
        cells = tuple((Block(width, 0, parts=tuple(cell)).tagged("TD"), 0.0, 0.0) for cell in parts)
        return Block(width, high, parts=cells).tagged("TR")

    def running(self, lines: Sequence[NumberedLine]) -> Block:
        """The names of policies one behind the other, the Tibetan first."""
        named = [each for each in lines if each.number]
        figures = tuple(str(each.number) for each in named)
        shapes = self.made.plates.shapes(figures)
        forms = tuple(each.line.form for each in named)
        make = partial(self._running, [each.line for each in named], shapes)
        return self.block(("running", forms, shapes), make, *figures, of=forms[0])

    def _running(self, lines: Sequence[CardLine], shapes: Sequence[str]) -> Block:
        setter, width, inset = self.made.setter, self.made.width, self.mm(INSET)
        blocks = []
        for lang in LANGS:
            entries = []
            for at, line in enumerate(lines):
                place = self.catalogue.place(line.form.policy, "name")
                pill = numbered(setter, self.made.plates.spell(mark(at), shapes), place)
                name = (line.form.short or line.form.name)[lang]
                words = phrase_of(setter, [Word(name, lang)], place)
                entries.append(beside([(pill, 0.0), (words, self.mm(0.8))]))
            pitch = 20.0 if lang == "bo" else 15.0
            blocks.append(flowing(setter, entries, width - inset, self.mm(2.4), pitch))
        block = setter.closely(blocks, self.made.pt(17.4))
        high = block.height + self.mm(1)
        return Block(width, high, parts=((block, inset, self.mm(0.5)),)).tagged("P")


def last_baseline(block: Block) -> float:
    """pt from the top of a block to its last baseline."""
    return max((text.y for text in texts_of(block.items)), default=0.0)
