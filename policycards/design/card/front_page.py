"""The outside of a household's card: whose it is, its place in the pile, its code, whom to ring,
warnings.

Nothing here tells what the household is entitled to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from policycards.catalogue.model.policy import LANGS, Lang
from policycards.catalogue.model.policy import Text as Words
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.card_content import CardContent
from policycards.design.layout.block_cache import BlockCache
from policycards.design.layout.blocks import Block, beside, framed, stacked
from policycards.design.layout.frames import Box
from policycards.design.layout.name_lines import Namer, language, ruled_blank
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.qr import format_code
from policycards.typeset import Span
from policycards.typeset.slots import mark

PILE = 60.0
"""pt of the pile number's digits, by which a card is found in its pile."""
PADDING = mm(1.8)
WARNINGS = ("no_fee", "no_secrets", "newest_card")
MOST_LINES = {"title": 2, "heading": 2, "body": 3}
"""Sizes in which a name is tried, the largest first, and the lines that it may take in each."""
NEEDED, NEAREST, WARNING, SUPERVISING, FURTHER = range(5)
"""Ranks of what stands outside: without the needed there is no card, the last goes inside first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the outside, whole; where not all have room, those ranked last go inside."""

    rank: int
    block: Block


@dataclass
class FrontPage:
    """Sets the outside of one card; ``namer`` collects what of the household's own names cannot be
    printed.
    """

    surround: PageFurniture
    plates: BlockCache
    substance: CardContent
    code: str
    pile: int
    namer: Namer

    @classmethod
    def of(
        cls,
        surround: PageFurniture,
        plates: BlockCache,
        substance: CardContent,
        code: str,
        pile: int,
        place: Place,
    ) -> FrontPage:
        """``place`` is where the roster has the household."""
        namer = Namer(surround.setter, substance.household, place, MOST_LINES)
        return cls(surround, plates, substance, code, pile, namer)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What stands on the outside, from top to bottom."""
        width, area = self.surround.setter.look.inner_width, self.surround.imprint.area
        block, marks = self.plates.block, self.surround.marks
        top = block(
            ("top", marks),
            lambda: stacked([self.surround.mark_band(), self.surround.title("heading")], GAP),
        )
        opens = block("opens", lambda: self.opens(width))
        phones = [
            (
                key,
                block(
                    ("phone", area, number), partial(self.surround.phone_line, key, contact, width)
                ),
            )
            for number, (key, contact) in enumerate(self.substance.phones)
        ]
        return (
            Part(NEEDED, top),
            Part(NEEDED, stacked([self.band(width), opens], mm(1.2))),
            *(
                Part(
                    NEAREST if number == 0 else SUPERVISING if key == "supervise" else FURTHER,
                    phone,
                )
                for number, (key, phone) in enumerate(phones)
            ),
            Part(WARNING, block("warnings", lambda: self.warnings(width))),
        )

    def band(self, width: float) -> Block:
        """Household, pile number and code in a heavy frame, side by side; a long name stands above
        the other two.
        """
        inner = width - 2 * PADDING
        number, code = self.number(), self.coded()
        narrow = inner - number.width - code.width - 2 * GAP
        if all(self.namer.role(name, lang, narrow) for name, lang in self.names):
            band = beside([self.household(narrow), number, code], GAP, middle=True)
        else:
            space = Block(max(0.0, narrow / 2), 0)
            band = stacked(
                [self.household(inner), beside([space, number, space, code], GAP, middle=True)], GAP
            )
        return framed(
            Block(inner, band.height, parts=((band, 0, 0),)),
            PADDING,
            Box(0, 0, 0, 0, stroke=0.0, line_width=1.6),
        )

    def number(self) -> Block:
        """The place in the pile, large enough to be found by leafing through it."""
        figures = (str(self.pile),)
        shapes = self.plates.shapes(figures)
        return self.plates.block(
            ("pile", shapes), lambda: self.numbered(self.plates.spell(mark(0), shapes)), figures
        )

    def numbered(self, number: str) -> Block:
        setter, words = self.surround.setter, self.surround.catalogue.words["pile"]
        digits = [Span(number, scale=PILE / setter.look.size("figure"))]
        needs = [setter.natural(words[lang], lang, "body") for lang in LANGS]
        width = max(*needs, setter.natural(digits, "zh", "figure", bold=True)) + 0.1
        place = self.surround.catalogue.place("words", "pile")
        return stacked(
            [
                setter.pair(words, "body", width, place, align="center"),
                setter.paragraph(
                    digits, "zh", "figure", width, self.namer.place, bold=True, align="center"
                ),
            ],
            mm(2),
        )

    def household(self, width: float) -> Block:
        """The head's name in the scripts that the roster has, village and group, number of
        people.
        """
        setter, told = self.surround.setter, self.substance
        written = [
            self.namer.name(name, lang, width) or self.blank(width) for name, lang in self.names
        ]
        where = home_of(self.surround, self.namer, self.substance.village, self.substance.group)
        home = self.plates.block(
            ("where", where.bo, where.zh, width),
            lambda: setter.pair(where, "body", width, self.surround.catalogue.place("areas")),
        )
        parts = [stacked(written, mm(1)), home]
        if told.members is not None:
            parts.append(self.people(str(told.members), width))
        return stacked(parts, mm(1.2))

    def people(self, count: str, width: float) -> Block:
        shapes, place = (
            self.plates.shapes((count,)),
            self.surround.catalogue.place("words", "people"),
        )
        number = self.plates.spell(mark(0), shapes)
        told = self.surround.telling("people", n=Words(bo=number, zh=number))
        make = partial(self.surround.setter.inline, told, "body", width, place)
        return self.plates.block(("people", shapes, width), make, (count,))

    @property
    def names(self) -> list[tuple[str, Lang]]:
        """The head's name in each script that the roster has."""
        sides: tuple[tuple[str | None, Lang], ...] = (
            (self.substance.name_bo, "bo"),
            (self.substance.name_zh, "zh"),
        )
        return [(name, lang) for name, lang in sides if name]

    def blank(self, width: float) -> Block:
        """Where the name is written by hand."""
        head, place = (
            self.surround.catalogue.words["head"],
            self.surround.catalogue.place("words", "head"),
        )
        return stacked(
            [
                self.surround.setter.inline(head, "body", width, place),
                ruled_blank(width, mm(8) + 0.8),
            ]
        )

    def coded(self) -> Block:
        """The QR code with the card's code below it, to be typed; that it needs a network, and the
        plain domain.
        """
        shown, squares = (
            self.surround.setter.signs(format_code(self.code), "body", bold=True),
            self.surround.code(),
        )
        below = self.plates.block("network", self.network)
        width = max(squares.width, shown.width, below.width)
        return stacked(
            [_centred(squares, width), _centred(shown, width), _centred(below, width)], mm(0.8)
        )

    def network(self) -> Block:
        setter, catalogue, domain = (
            self.surround.setter,
            self.surround.catalogue,
            self.surround.imprint.domain,
        )
        words, place = catalogue.words["qr_network"], catalogue.place("words", "qr_network")
        network = sum(
            setter.natural(words[lang], lang, "body") for lang in LANGS
        ) + setter.look.size("body")
        width = max(setter.natural(domain, "zh", "body"), network)
        return stacked(
            [
                setter.inline(words, "body", width, place),
                setter.paragraph(domain, "zh", "body", width, place, align="center"),
            ],
            mm(0.8),
        )

    def opens(self, width: float) -> Block:
        """What the code opens."""
        catalogue = self.surround.catalogue
        return self.surround.setter.inline(
            catalogue.words["qr_opens"], "body", width, catalogue.place("words", "qr_opens")
        )

    def warnings(self, width: float) -> Block:
        """What a swindler would ask, and which card holds."""
        padding, setter, catalogue = mm(1.6), self.surround.setter, self.surround.catalogue
        told = [
            setter.inline(
                catalogue.words[key], "body", width - 2 * padding, catalogue.place("words", key)
            )
            for key in WARNINGS
        ]
        return framed(
            stacked(told, mm(1)), padding, Box(0, 0, 0, 0, stroke=0.0, line_width=1.0, radius=2)
        )


def _centred(block: Block, width: float) -> Block:
    return Block(width, block.height, parts=((block, (width - block.width) / 2, 0),))


def home_of(surround: PageFurniture, namer: Namer, village: Words, group: str | None) -> Words:
    """Village and group; a group that is a number is told in both languages, any other in its own
    script.

    ``namer`` hears of each household whose group cannot be drawn.
    """
    if not group or not namer.is_settable(group, "zh"):
        return village
    if group.isdecimal():
        told = surround.telling("group", name=Words(bo=group, zh=group))
        return Words(bo=f"{village.bo} {told.bo}", zh=f"{village.zh} {told.zh}")
    if language(group) == "bo":
        return Words(bo=f"{village.bo} {group}", zh=village.zh)
    return Words(bo=village.bo, zh=f"{village.zh} {group}")
