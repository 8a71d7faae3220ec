"""Change slips: a third of an A4 sheet that tells a household what on its card is another now,
short of a new card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.print_context import Drafts, Marks, PrintContext, ladder
from policycards.design.layout.block_cache import BlockCache
from policycards.design.layout.blocks import Block, beside, flowing, placed, stacked
from policycards.design.layout.frames import Box, Page, Tagged
from policycards.design.layout.name_lines import Namer, home_of, ruled_blank
from policycards.design.layout.pagination import Section, TooTall, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.notices.amount_changes import GAP, Step, StepTypesetter
from policycards.design.parts.page_furniture import PageFurniture
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import format_code
from policycards.typeset import Fonts, Span

ON_SHEET, ON_SHEET_LARGE = 3, 2
"""Slips on an A4 sheet; large type needs half of it."""
MOST_SHEETS = 50
"""Sheets that are cut at once: the pile goes on with the next."""
MARK = mm(7)
EDGE = mm(5)
"""White above and below a slip: what printers leave white, and more than a cut is out."""
HAIRLINE = 0.25
PILE = 26.0
"""pt of the pile number's digits."""
NAME_SIZES = {"heading": 1, "body": 2}
MOST = 9
"""Slips of a household for which the foot is given room."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What changed for a household, and the code of its card, if it is known."""

    home: HouseholdFacts
    code: str | None
    steps: tuple[Step, ...]


class Slips:
    """Sets the slips of households, one after the other; what many of them share is set once."""

    def __init__(
        self, catalogue: Catalogue, look: Look, fonts: Fonts, on_sheet: int = ON_SHEET
    ) -> None:
        self.catalogue, self.look, self.on_sheet = catalogue, look, on_sheet
        self.setter = Typesetter(look, fonts)
        self.plates = BlockCache(self.setter)
        self._drafts = Drafts.of(catalogue)
        self._policies = {policy.id: policy for policy in catalogue.policies}

    @property
    def room(self) -> float:
        """pt of height between the margins of a slip."""
        return self.look.height / self.on_sheet - 2 * EDGE

    def slips(
        self, slip: Slip, imprint: PrintContext, place: Place
    ) -> tuple[list[Block], list[Problem]]:
        """The slips of a household, mostly one, and what is wrong with them; none where the notice
        tells all.

        ``place`` is where the roster has it. With an error nothing may be printed; a name that
        cannot be is a warning.
        """
        if not ladder(self.catalogue, imprint.area):
            return [], [problem("E340", self.catalogue.place("contacts"), area=imprint.area)]
        self.setter.problems = []
        marks = Marks(self.catalogue, imprint, self._drafts).of(step.policy for step in slip.steps)
        surround = PageFurniture(self.catalogue, imprint, self.setter, marks)
        sections = list(StepTypesetter(surround, self.plates, self._policies).sections(slip.steps))
        namer = Namer(self.setter, slip.home.household_id, place, NAME_SIZES)
        made, too_tall = self.filled(sections, slip, surround, namer) if sections else ([], [])
        problems = [
            problem("E354", self.catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
            for row in too_tall
        ]
        return made, [*dict.fromkeys(self.setter.problems), *namer.problems, *problems]

    def filled(
        self, sections: Sequence[Section], slip: Slip, surround: PageFurniture, namer: Namer
    ) -> tuple[list[Block], list[TooTall]]:
        """Slips with the lines that have room between head and foot."""
        head, width = self.head(slip, surround, namer), self.look.inner_width
        room = self.room - head.height - self.foot(surround, MOST, MOST).height - 2 * GAP
        poured, too_tall = paginate(sections, room, room)
        made = []
        for number, placements in enumerate(poured, 1):
            foot = self.foot(surround, number, len(poured))
            lines = ((each.block, 0.0, head.height + GAP + each.y) for each in placements)
            made.append(
                Block(
                    width,
                    self.room,
                    parts=((head, 0, 0), *lines, (foot, 0, self.room - foot.height)),
                )
            )
        return made, too_tall

    def head(self, slip: Slip, surround: PageFurniture, namer: Namer) -> Block:
        """What it is, whose, and to which card it belongs."""
        width = self.look.inner_width
        title = self.plates.block("title", lambda: self.title(surround))
        number = self.number(slip)
        middle = width - title.width - number.width - 2 * mm(4)
        row = beside([title, self.home(slip, surround, namer, middle), number], mm(4))
        rule = Block(
            width, 1.0, (Tagged("Artifact", (Box(0, 0, width, 1.0, fill=self.look.rule),)),)
        )
        return stacked([surround.mark_band(), row, rule], GAP)

    def title(self, surround: PageFurniture) -> Block:
        words, place = (
            self.catalogue.words["slip_title"],
            self.catalogue.place("words", "slip_title"),
        )
        width = (
            max(self.setter.natural(words[lang], lang, "heading", bold=True) for lang in LANGS)
            + 0.1
        )
        return self.setter.pair(words, "heading", width, place, bold=True, tag="H1", gap=0.05)

    def home(self, slip: Slip, surround: PageFurniture, namer: Namer, width: float) -> Block:
        """The head's name in the scripts that the roster has, side by side where they fit; village
        and group.
        """
        home = slip.home
        half = (width - GAP) / 2
        sides = [
            (name, lang)
            for name, lang in ((home.name_bo, LANGS[0]), (home.name_zh, LANGS[1]))
            if name
        ]
        each = half if sides[1:] else width
        written = [namer.name(name, lang, each) or ruled_blank(each, mm(7)) for name, lang in sides]
        where = home_of(self.catalogue, namer, self.catalogue.areas[home.area].name, home.group)
        place = self.catalogue.place("areas")
        column = self.plates.block(
            ("where", where.bo, where.zh, width),
            lambda: self.setter.inline(where, "body", width, place),
        )
        return stacked(
            [flowing(written or [ruled_blank(width, mm(7))], width, GAP, mm(0.4)), column], mm(0.6)
        )

    def number(self, slip: Slip) -> Block:
        """The pile number, large, and the code of the card that the slip belongs to."""
        words, place = self.catalogue.words["pile"], self.catalogue.place("words", "pile")
        digits = [Span(str(slip.home.pile), scale=PILE / self.setter.look.size("figure"))]
        wide = self.setter.natural(digits, "zh", "figure", bold=True) + 0.1
        label = max(self.setter.natural(words[lang], lang, "body") for lang in LANGS) + 0.1
        large = self.setter.paragraph(digits, "zh", "figure", wide, place, bold=True)
        named = self.plates.block(
            "pile", lambda: self.setter.pair(words, "body", label, place, gap=0.05)
        )
        row = beside([named, large], GAP, middle=True)
        code = (
            self.setter.signs(format_code(slip.code), "body", bold=True)
            if slip.code
            else Block(0, 0)
        )
        return stacked([row, code], mm(0.8))

    def foot(self, surround: PageFurniture, number: int, of: int) -> Block:
        """The bottom of a slip, set once for all that are the same number of as many."""
        key = (
            "foot",
            surround.imprint.area,
            surround.imprint.day,
            surround.imprint.edition,
            number,
            of,
        )
        return self.plates.block(key, lambda: self.footed(surround, number, of))

    def footed(self, surround: PageFurniture, number: int, of: int) -> Block:
        """What a swindler would ask, whom to ring, who issued it, of which day and edition; which
        slip of several.
        """
        width, ring, words = self.look.inner_width, surround.ring(), self.catalogue.words
        left, place = width - ring.width - mm(4), self.catalogue.place("words")
        as_of = surround.telling("as_of", date=surround.date())
        edition = surround.telling("edition", **surround.edition())
        issuer, which = self.catalogue.settings.issuer, f" {number}/{of}" if of > 1 else ""
        facts = (f"{issuer.bo} {as_of.bo}", f"{issuer.zh} {as_of.zh} {edition.zh}{which}")
        column = [
            self.setter.inline(words["no_fee"], "body", left, place),
            *(
                self.setter.paragraph(text, lang, "small", left, place)
                for text, lang in zip(facts, LANGS, strict=True)
            ),
        ]
        secrets = self.setter.inline(words["no_secrets"], "body", width, place)
        return stacked([secrets, beside([stacked(column, mm(0.4)), ring], mm(4), middle=True)])


def sheets(slips: Sequence[Block], look: Look, on_sheet: int = ON_SHEET) -> list[Page]:
    """A4 pages of so many slips each: a part of the pile is cut between them, its piles put on each
    other from the top.

    Then the slips are in order.
    """
    pages, most = [], on_sheet * MOST_SHEETS
    for first in range(0, len(slips), most):
        part = slips[first : first + most]
        count = -(-len(part) // on_sheet)
        pages += [_sheet(part[at::count], look, on_sheet) for at in range(count)]
    return pages


def sheet_of(slip: int, slips: int, on_sheet: int = ON_SHEET) -> int:
    """The page on which a slip lies, both counted from 0.

    >>> [sheet_of(slip, 7) for slip in range(7)]
    [0, 1, 2, 0, 1, 2, 0]
    """
    most = on_sheet * MOST_SHEETS
    part, at = divmod(slip, most)
    rest = min(slips - part * most, most)
    return part * MOST_SHEETS + at % -(-rest // on_sheet)


def _sheet(slips: Sequence[Block], look: Look, on_sheet: int) -> Page:
    """Slips one below the other, with marks at the edges where to cut."""
    height = look.height / on_sheet
    items = [
        item
        for at, slip in enumerate(slips)
        for item in placed(slip, look.margin, at * height + EDGE)
    ]
    ends = (0.0, look.width - MARK)
    cuts = [
        Box(x, at * height - HAIRLINE / 2, MARK, HAIRLINE, fill=0.0)
        for at in range(1, on_sheet)
        for x in ends
    ]
    return Page(look.width, look.height, (*items, Tagged("Artifact", tuple(cuts))))
