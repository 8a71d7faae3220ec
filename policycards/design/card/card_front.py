"""What stands on the front of a card besides its table: whose it is, when it is paid and whom to
ring.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.card.card_format import NAMES, FormatSetter
from policycards.design.content.card_content import CardContent
from policycards.design.content.print_context import Phone
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Squares, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.name_lines import Namer, home_of, ruled_blank
from policycards.design.layout.typesetter import BODY_CENTRE, Typesetter, baseline
from policycards.design.parts.bands import SUM_RULE, strip, title_band
from policycards.design.parts.contact_blocks import FOOT_TYPE
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.phrases import (
    READ,
    Part,
    Phrase,
    Word,
    beside,
    both,
    on_axis,
    on_baseline,
    one_line,
    phrase_of,
)
from policycards.qr import format_code
from policycards.typeset.slots import mark

INSET = 1.5
STRIP_GAP = 1.2
TITLE = ((13.5, 11.5), (13.0, 10.5))
LINE = 7.3
"""mm of a line of its own: when it is paid, a telephone."""
PILE_WIDTH, PILE_GAP = 37.0, 1.5
TOP_RULE = mm(0.18)


@dataclass(frozen=True, slots=True)
class CardFront:
    """Sets the parts of a card's front in a format, and those of both sides."""

    made: FormatSetter
    surround: PageFurniture
    marker: Typesetter
    content: CardContent
    code: str
    pile: int
    namer: Namer

    def mm(self, length: float) -> float:
        return self.made.look.length(length)

    @property
    def setter(self) -> Typesetter:
        return self.made.setter

    def block(
        self, key: Hashable, make: Callable[[], Block], figures: tuple[str, ...] = ()
    ) -> Block:
        return self.made.block(key, make, self.place("title"), figures)

    def strip(self) -> Block:
        """The marks, with the gap below them."""
        marks = self.surround.marks

        def make() -> Block:
            found = strip(self.marker, self.surround.catalogue, marks, self.made.width)
            return Block(found.width, found.height + mm(STRIP_GAP), found.items)

        return self.block(("strip", marks), make) if marks else Block(self.made.width, 0)

    def title(self) -> Block:
        """What the card is, and of which year or, where there is room, day."""
        day = self.surround.imprint.day
        entries = day.isoformat() if self.made.format.is_dense else str(day.year)
        words, place = self.surround.catalogue.words["title"], self.place("title")
        make = partial(
            title_band,
            self.setter,
            words,
            self.made.width,
            place,
            [entries],
            sizes=TITLE,
            height=9.0,
        )
        return self.block(("title", entries), make)

    def place(self, key: str) -> Place:
        return self.surround.catalogue.place("words", key)

    def household(self) -> Block:
        """Name, village and group, people and day; at the outer corner the pile number."""
        number = self.number()
        width = self.made.width - number.width - self.mm(INSET + PILE_GAP)
        rows = [self.name(width), *self.facts(width)]
        pt = self.made.pt
        entries = self.setter.closely(rows, pt(20.6))
        first = max(pt(20.5), baseline(entries) + self.mm(0.6))
        top = first - baseline(entries)
        least = self.mm(20.9 if self.made.format.is_dense else 27.9)
        high = max(least, top + entries.height + self.mm(0.9), number.height + self.mm(2.4))
        box = self.framed_number(number, high - self.mm(2.4))
        parts = (
            (entries, self.mm(INSET), top),
            (box, self.made.width - number.width, self.mm(1.2)),
        )
        return Block(self.made.width, high, parts=parts)

    def number(self) -> Block:
        """The pile number and its words, as large as they need."""
        if not self.pile:
            return self.spare_box()
        figures = (str(self.pile),)
        shapes = self.made.plates.shapes(figures)
        make = partial(self._number, shapes)
        return self.block(("pile", shapes), make, figures)

    def spare_box(self) -> Block:
        """What stands in the pile number's place on a card that is nobody's yet."""

        def make() -> Block:
            words, place = self.surround.catalogue.words["spare_title"], self.place("spare_title")
            width = self.mm(PILE_WIDTH)
            entries = [
                self.setter.paragraph(words[lang], lang, READ, width - self.mm(3), place, bold=True)
                for lang in LANGS
            ]
            block = self.setter.closely(entries, self.made.pt(17.4))
            high = block.height + self.mm(2)
            return Block(width, high, parts=((block, self.mm(1.5), self.mm(1)),))

        return self.block("spare box", make)

    def _number(self, shapes: Sequence[str]) -> Block:
        setter, words, place = (
            self.setter,
            self.surround.catalogue.words["pile"],
            self.place("pile"),
        )
        size = (self.made.format.pile, self.made.format.pile)
        figure = self.made.plates.spell(mark(0), shapes)
        digits = one_line(setter, figure, "zh", size, place, bold=True)
        label = self.mm(14.5)
        entries = [
            setter.paragraph(words.bo, "bo", READ, label, place),
            setter.paragraph(words.zh, "zh", READ, label, place),
        ]
        block = setter.closely(entries, self.made.pt(16.6))
        width = max(self.mm(PILE_WIDTH), label + digits.width + self.mm(4.4))
        high = max(block.height, setter.look.size(size) * 0.74) + self.mm(2)
        axis = baseline(digits) - setter.look.size(size) * 0.733 / 2
        parts = (
            (block, self.mm(1.4), (high - block.height) / 2),
            (digits, width - self.mm(2) - digits.width, high / 2 - axis),
        )
        return Block(width, high, parts=parts)

    def framed_number(self, number: Block, high: float) -> Block:
        look = self.setter.look
        box = Box(
            0.7,
            0.7,
            number.width - 1.4,
            high - 1.4,
            fill=look.tint if look.title != 1.0 else None,
            stroke=look.accent,
            line_width=1.4,
        )
        frame = Tagged("Artifact", (box,))
        return Block(number.width, high, (frame,), ((number, 0.0, (high - number.height) / 2),))

    def name(self, width: float) -> Block:
        """The head's name in the scripts that the roster has, as large as fits; a rule to write on
        where it cannot be printed.
        """
        sides = self.names()
        if sides:
            for size in NAMES:
                entries = self._name_line(sides, size)
                if entries.width <= width:
                    return entries.block
            size = NAMES[-1]
            wrapped = [self._wrapped(text, lang, width) for text, lang in sides]
            if all(wrapped):
                return self.setter.closely([each for each in wrapped if each], self.made.pt(20))
            self.namer.tell_too_long()
        head = both(self.setter, self.surround.catalogue.words["head"], self.place("head"))
        rule = ruled_blank(max(self.mm(20), width - head.width - self.mm(2)), head.block.height)
        parts = ((head.block, 0.0, 0.0), (rule, head.width + self.mm(2), 0.0))
        return Block(width, head.block.height, parts=parts)

    def _wrapped(self, text: str, lang: Lang, width: float) -> Block | None:
        lines = self.setter.lines(text, lang, READ, width, bold=True)
        if not lines or lines > 2:
            return None
        return self.setter.own(text, lang, READ, width, self.namer.place, bold=True)

    def _name_line(self, sides: Sequence[tuple[str, Lang]], size: tuple[float, float]) -> Phrase:
        entries = []
        for at, (text, lang) in enumerate(sides):
            width = self.setter.natural(text, lang, size, True) + 0.01
            block = self.setter.own(text, lang, size, width, self.namer.place, bold=True)
            look = self.setter.look
            body = look.tibetan(size) if lang == "bo" else look.size(size)
            entries.append(
                (Phrase(block, baseline(block) - BODY_CENTRE * body), self.mm(3) * bool(at))
            )
        return beside(entries)

    def names(self) -> list[tuple[str, Lang]]:
        """The name in each script that the roster has and that faces can draw."""
        entries: tuple[tuple[str | None, Lang], ...] = (
            (self.content.name_bo, "bo"),
            (self.content.name_zh, "zh"),
        )
        return [
            (name, lang) for name, lang in entries if name and self.namer.is_settable(name, lang)
        ]

    def facts(self, width: float) -> list[Block]:
        """Village and group; people, and the day where the title has not got it."""
        home = self.home()
        people = self.people() if self.pile else self.blank_group(width)
        day = [] if self.made.format.is_dense else [self.day()]
        first: list[Phrase | Block] = self._home_rows(home, width)
        gap = self.mm(3.4)
        more = [each for each in (people, *day) if each]
        last = first[-1]
        fits = isinstance(last, Phrase) and more and last.width + gap + more[0].width <= width
        if self.made.format.is_dense and fits and isinstance(last, Phrase):
            first[-1] = beside([(last, 0.0), (more[0], gap)])
            more = more[1:]
        rows = [each.block if isinstance(each, Phrase) else each for each in first]
        if more and sum(each.width for each in more) + gap <= width:
            rows.append(beside([(each, gap) for each in more]).block)
        else:
            rows += [each.block for each in more]
        return rows

    def _home_rows(self, home: Text, width: float) -> list[Phrase | Block]:
        place = self.surround.catalogue.place("areas")
        one = both(self.setter, home, place)
        if one.width <= width:
            return [one]
        return [self.setter.pair(home, READ, width, place)]

    def home(self) -> Text:
        return home_of(
            self.surround.catalogue, self.namer, self.content.village, self.content.group
        )

    def people(self) -> Phrase | None:
        """How many people the household has."""
        if self.content.members is None:
            return None
        words = self.surround.catalogue.words["people"]
        zh, _, unit = words.zh.partition("{n}")
        entries = (
            Word(words.bo.replace("{n}", "").strip("་ "), "bo"),
            Word(zh, "zh", READ, False, self.mm(1.6)),
            Word(str(self.content.members), "zh", (13.0, 12.0), True, self.mm(1)),
            Word(unit, "zh", READ, False, self.mm(0.6)),
        )
        return phrase_of(self.setter, entries, self.place("people"))

    def blank_group(self, width: float) -> Phrase:
        """Where the group is written by hand."""
        words = self.surround.catalogue.words["group_kind"]
        entries = both(self.setter, words, self.place("group_kind"))
        wide = min(self.mm(30), width * 0.4)
        rule = Phrase(ruled_blank(wide, entries.block.height), entries.axis)
        return beside([(entries, 0.0), (rule, self.mm(2))])

    def day(self) -> Phrase:
        words = self.surround.catalogue.words["day"]
        entries = (
            Word(words.bo, "bo"),
            Word(words.zh, "zh", READ, False, self.mm(1.6)),
            Word(self.surround.imprint.day.isoformat(), "zh", (13.0, 12.0), True, self.mm(1)),
        )
        return phrase_of(self.setter, entries, self.place("day"))

    def line(self, key: str, *, ruled: bool = False) -> Block:
        """A sentence on a line of its own, on two where it is long."""
        return self.block(("line", key, ruled), lambda: self._line(key, ruled))

    def _line(self, key: str, ruled: bool) -> Block:
        words, place = self.surround.catalogue.words[key], self.place(key)
        width = self.made.width - self.mm(2 * INSET)
        entries = self.setter.inline(words, READ, width, place)
        pt = self.made.pt
        first = max(pt(13.2), baseline(entries) + pt(0.7))
        high = max(self.mm(LINE), first - baseline(entries) + entries.height + pt(0.2))
        rule = (Tagged("Artifact", (Box(0, 0, self.made.width, TOP_RULE, fill=0.0),)),)
        part = on_baseline(entries, self.mm(INSET), first)
        return Block(self.made.width, high, rule if ruled else (), (part,))

    def foot(self, *, alone: bool = False) -> Block:
        """The QR code with the card's code; beside it whom to ring and what the code opens. On a
        front that stands ``alone``, who supervises and the first warning too.
        """
        coded = self.coded()
        left = coded.width + self.mm(2.5)
        area = self.surround.imprint.area
        entries = self.block(
            ("beside code", area, alone, left), lambda: self._beside_code(left, alone)
        )
        high = max(coded.height, entries.height + self.mm(0.8)) + self.mm(0.4)
        rule = Tagged(
            "Artifact", (Box(0, 0, self.made.width, SUM_RULE, fill=self.setter.look.rule),)
        )
        parts = ((coded, 0.0, SUM_RULE), (entries, left, SUM_RULE + self.mm(0.4)))
        return Block(self.made.width, high + SUM_RULE, (rule,), parts)

    def _beside_code(self, left: float, alone: bool) -> Block:
        keys = ("ask", "supervise") if alone else ("ask",)
        width = self.made.width - left
        rows = [row for key in keys for row in self.phones(key, width)]
        words, catalogue = self.surround.catalogue.words, self.surround.catalogue
        if alone:
            rows.append(self._sentence(words["no_fee"], width, "no_fee"))
        zh = f"{words['qr_opens'].zh}（{words['qr_network'].zh}）{self.surround.imprint.domain}"
        place, inset = catalogue.place("words", "qr_opens"), self.mm(4)
        opens = self.setter.paragraph(words["qr_opens"].bo, "bo", READ, width - inset, place)
        arrow = Tagged("Artifact", (shape("search", 0, self.mm(1.2), self.mm(3.4), 0.0),))
        top = Block(width, opens.height, (arrow,), ((opens, inset, 0.0),))
        below = self.setter.paragraph(zh, "zh", READ, width, place)
        opened = self.setter.closely([top, below], self.made.pt(15.4))
        return self.setter.closely([*rows, opened], self.made.pt(19.4))

    def phones(self, role: str, width: float) -> list[Block]:
        """The telephones of a role, each on a line."""
        return [self.phone(each, width) for each in self.content.phones if each.role == role]

    def _sentence(self, text: Text, width: float, key: str) -> Block:
        return self.setter.inline(text, READ, width, self.place(key))

    def phone(self, phone: Phone, width: float) -> Block:
        """A telephone: the office, and its number large at the right."""
        catalogue, setter, look = self.surround.catalogue, self.setter, self.setter.look
        size = (self.made.format.phone, self.made.format.phone)
        place = catalogue.place("contacts")
        digits = one_line(setter, phone.number, "zh", size, place, bold=True)
        left = self.mm(6)
        room = width - left - digits.width - self.mm(INSET + 1)
        entries = both(setter, phone.office, place)
        block, axis = entries.block, entries.axis
        if entries.width > room:
            block = setter.inline(phone.office, READ, room, place)
            axis = baseline(block) - BODY_CENTRE * look.tibetan(READ)
        middle = max(axis, look.size(size) * 0.4)
        icon = self.mm(5)
        drawn = Tagged("Artifact", (shape("phone", 0, middle - icon / 2, icon, 0.0),))
        digit_axis = baseline(digits) - look.size(size) * 0.733 / 2
        parts: list[Part] = [
            (block, left, middle - axis),
            (digits, width - self.mm(INSET) - digits.width, middle - digit_axis),
        ]
        if self.made.format.is_dense and phone.hours and entries.width <= room:
            hours = phrase_of(setter, [Word(phone.hours, "zh")], place)
            if entries.width + hours.width + self.mm(4) <= room:
                parts.append(on_axis(hours, left + entries.width + self.mm(4), middle))
        return Block(width, max(block.height + middle - axis, icon), (drawn,), tuple(parts))

    def coded(self) -> Block:
        """The QR code, and below it the card's code to be typed; its quiet zone is white on all
        sides.
        """
        look, rows = self.setter.look, self.surround.imprint.squares
        module = self.mm(self.made.format.module)
        size = (self.made.format.code,) * 2
        typed = self.setter.signs(format_code(self.code), (size[0], size[1]), bold=True)
        side, quiet = len(rows) * module, 4 * module
        width = max(side + quiet, typed.width)
        at = max((width - side) / 2, 0.0)
        alt = self.surround.catalogue.words["qr_alt"].zh
        squares = Tagged("Figure", (Squares(at, quiet, module, rows),), lang="zh", alt=alt)
        top = side + quiet * 2
        part = (typed, (width - typed.width) / 2, top - baseline(typed) + look.size(size) * 0.733)
        return Block(width, top + look.size(size) * 0.85, (squares,), (part,))

    def source(self, *, dated: bool) -> Block:
        """Who issued the card, or of which day it is, and the edition; small, at the foot."""
        catalogue, imprint = self.surround.catalogue, self.surround.imprint
        key = ("source", imprint.edition, imprint.day, dated)
        return self.block(key, lambda: self._source(catalogue.settings.issuer, dated))

    def _source(self, issuer: Text, dated: bool) -> Block:
        setter, catalogue, imprint = (
            self.surround.setter,
            self.surround.catalogue,
            (self.surround.imprint),
        )
        place = catalogue.place("words", "as_of")
        entries = self.surround.telling("as_of", date=self.surround.date()) if dated else issuer
        small = (FOOT_TYPE[0] / setter.look.scale, FOOT_TYPE[1] / setter.look.scale)
        edition = f"{imprint.edition} · {catalogue.digest[:8]}"
        right = phrase_of(setter, [Word(edition, "zh", small)], place)
        room = self.made.width - right.width - mm(2)
        gap = setter.look.size(small) * 0.5
        words = (Word(entries.bo, "bo", small), Word(entries.zh, "zh", small, False, gap))
        left = phrase_of(setter, words, place)
        if left.width > room:
            left = phrase_of(setter, [Word(entries.zh, "zh", small)], place)
        axis = max(left.axis, mm(3.4)) + mm(0.3)
        parts = (on_axis(left, 0.0, axis), on_axis(right, self.made.width - right.width, axis))
        rule = Tagged("Artifact", (Box(0, 0, self.made.width, mm(0.2), fill=0.0),))
        return Block(self.made.width, mm(6.9), (rule,), parts).tagged("Artifact")

    def seal(self, high: float) -> Block:
        """The place for the seal, so many mm high."""

        def make() -> Block:
            words, place = self.surround.catalogue.words["seal"], self.place("seal")
            width, height = self.mm(max(high, 34.0)), self.mm(high)
            sides = [one_line(self.setter, words[lang], lang, READ, place) for lang in LANGS]
            named = self.setter.closely(sides, self.made.pt(17.4))
            box = Box(
                0.4, 0.4, width - 0.8, height - 0.8, stroke=0.4, line_width=0.8, dash=(2.0, 2.0)
            )
            part = (named, self.mm(1.5), height - named.height - self.mm(0.8))
            return Block(width, height, (Tagged("Artifact", (box,)),), (part,))

        return self.block(("seal", round(high, 2)), make)
