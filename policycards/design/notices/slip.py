"""Change slips: a third of an A4 sheet that tells a household what on its card is another now,
short of a new card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Text
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.print_context import Drafts, Marks, PrintContext, ladder
from policycards.design.layout.block_cache import BlockCache
from policycards.design.layout.blocks import Block, beside, flowing, placed, stacked
from policycards.design.layout.frames import Box, Page, Tagged
from policycards.design.layout.name_lines import Namer, home_of, ruled_blank
from policycards.design.layout.pagination import Kept, Section, TooTall, paginate
from policycards.design.layout.theme import Look, on
from policycards.design.layout.typesetter import Typesetter, texts_of
from policycards.design.notices.amount_changes import Step, StepWords
from policycards.design.parts.bands import INSET, TITLE_RULE, strip, title_band
from policycards.design.parts.contact_blocks import phone_rows, rungs, warning_frame
from policycards.design.parts.figure_row import category_tile, figure_row
from policycards.design.parts.notice_parts import cause_band
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.phrases import Word, both, in_bar, phrase_of
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import format_code
from policycards.typeset import Fonts, numbers
from policycards.typeset.slots import mark

ON_SHEET, ON_SHEET_LARGE = 3, 2
"""Slips on an A4 sheet; large type needs half of it."""
MOST_SHEETS = 50
"""Sheets that are cut at once: the pile goes on with the next."""
MARK = mm(7)
EDGE = mm(5)
"""White above and below a slip: what printers leave white, and more than a cut is out."""
GAP = mm(0.9)
MARKS = 0.87
"""Of the usual height and type of the marks."""
HAIRLINE = 0.25
TITLE, CODE = ((14.0, 11.4), (13.0, 10.5)), (11.5, 11.5)
TITLE_HEIGHT = 9.0
PILE = 24.0
"""pt of the pile number's digits."""
NAME_SIZES = {"heading": 1, "body": 2}
MOST = 9
"""Slips of a household for which the foot is given room."""
WARNINGS = ("no_secrets", "no_fee")
RING = 0.54
"""Part of the width that the telephone has in the foot."""


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

    @property
    def width(self) -> float:
        return self.look.inner_width

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
        words = StepWords(surround.speaker, self._policies)
        sections = list(self.sections(slip.steps, words))
        namer = Namer(self.setter, slip.home.household_id, place, NAME_SIZES)
        made, too_tall = self.filled(sections, slip, surround, namer) if sections else ([], [])
        problems = [
            problem("E354", self.catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
            for row in too_tall
        ]
        return made, [*dict.fromkeys(self.setter.problems), *namer.problems, *problems]

    def sections(self, steps: Iterable[Step], words: StepWords) -> Iterator[Section]:
        """Lines that changed on one day by one notice, below that day and notice.

        What the notice of the village tells is not said again, but that it is there. Nothing where
        there is no more.
        """
        groups: dict[tuple[Text, str], list[Step]] = {}
        content = list(steps)
        own = [step for step in content if not words.is_on_notice(step)]
        for step in own:
            groups.setdefault(words.cause(step), []).append(step)
        for cause, alike in groups.items():
            make = partial(cause_band, self.setter, self.catalogue, *cause, self.width)
            band = self.plates.block(("cause", cause[0].bo, cause[0].zh, cause[1]), make)
            rows = tuple(Kept(step.policy, self.row(step, words)) for step in alike)
            yield Section("cause", band, replace(band), rows)
        if own and len(own) < len(content):
            place = self.catalogue.place("words", "slip_others")
            others = self.catalogue.words["slip_others"]
            rest = self.plates.block(
                "others", lambda: self.setter.inline(others, "body", self.width, place)
            )
            yield Section("others", Block(0, 0), Block(0, 0), (Kept("words", rest),))

    def row(self, step: Step, words: StepWords) -> Block:
        """A policy's name, and beside it its old and new figure."""
        amounts = (step.old, step.new)
        figures = tuple(
            numbers.plain(amount.figure)
            for amount in amounts
            if amount and amount.figure is not None
        )
        shapes = self.plates.shapes(figures)
        kinds = tuple(
            (each.is_value, each.figure is not None) if each else None for each in amounts
        )
        key = ("row", step.policy, step.standard, kinds, words.speaker.area, shapes)
        return self.plates.block(key, partial(self._row, step, words, shapes), figures)

    def _row(self, step: Step, words: StepWords, shapes: Sequence[str]) -> Block:
        spelled = [self.plates.spell(mark(at), shapes) for at in range(len(shapes))]
        policy = words.policy(step)
        lead = None
        if not policy.discreet:
            lead = category_tile(self.setter, self.catalogue, policy.category)
        place = self.catalogue.place(step.policy, "standards")
        value = words.value(step, spelled)
        return figure_row(self.setter, words.name(step), value, self.width, place, lead=lead)

    def filled(
        self, sections: Sequence[Section], slip: Slip, surround: PageFurniture, namer: Namer
    ) -> tuple[list[Block], list[TooTall]]:
        """Slips with the lines that have room between head and foot."""
        head = self.head(slip, surround, namer)
        room = self.room - head.height - self.foot(surround, MOST, MOST).height - GAP
        poured, too_tall = paginate(sections, room, room)
        made = []
        for number, placements in enumerate(poured, 1):
            foot = self.foot(surround, number, len(poured))
            lines = ((each.block, 0.0, head.height + GAP + each.y) for each in placements)
            parts = ((head, 0, 0), *lines, (foot, 0, self.room - foot.height))
            made.append(Block(self.width, self.room, parts=parts))
        return made, too_tall

    def head(self, slip: Slip, surround: PageFurniture, namer: Namer) -> Block:
        """What it is, its place in the pile, whose it is, and to which card it belongs."""
        make = partial(strip, self.setter, self.catalogue, surround.marks, self.width, MARKS)
        band = self.plates.block(("marks", surround.marks), make)
        return stacked([band, self.title(slip), self.whose(slip, namer)], GAP)

    def title(self, slip: Slip) -> Block:
        """The title's band, with the pile number large at the outer corner."""
        figures = (str(slip.home.pile),)
        shapes = self.plates.shapes(figures)
        return self.plates.block(("title", shapes), partial(self._title, shapes), figures)

    def _title(self, shapes: Sequence[str]) -> Block:
        words, place = self.catalogue.words, self.catalogue.place("words", "slip_title")
        band = title_band(
            self.setter, words["slip_title"], self.width, place, sizes=TITLE, height=TITLE_HEIGHT
        )
        figure, pile = self.plates.spell(mark(0), shapes), words["pile"]
        number = [
            Word(pile.bo, "bo"),
            Word(pile.zh, "zh", gap=mm(1.5)),
            Word(figure, "zh", (PILE, PILE), bold=True, gap=mm(2)),
        ]
        line = phrase_of(self.setter, number, place, colour=on(self.look.title))
        top = TITLE_RULE if self.look.title == 1.0 else 0.0
        block, left, down = in_bar(line, self.width - INSET - line.width, band.height - top, 0.0)
        return Block(self.width, band.height, parts=((band, 0.0, 0.0), (block, left, top + down)))

    def whose(self, slip: Slip, namer: Namer) -> Block:
        """The household, and at the right the code of its card, if it is known."""
        if not slip.code:
            return self.home(slip, namer, self.width)
        known = self.setter.signs(format_code(slip.code), CODE, bold=True)
        home = self.home(slip, namer, self.width - known.width - mm(4))
        high = max(home.height, known.height)
        parts = (
            (home, 0.0, (high - home.height) / 2),
            (known, self.width - known.width, (high - known.height) / 2),
        )
        return Block(self.width, high, parts=parts)

    def home(self, slip: Slip, namer: Namer, width: float) -> Block:
        """The head's name in the scripts that the roster has, side by side where they fit; village
        and group.
        """
        home = slip.home
        sides = [
            (name, lang)
            for name, lang in ((home.name_bo, LANGS[0]), (home.name_zh, LANGS[1]))
            if name
        ]
        each = (width - mm(4)) / 2 if sides[1:] else width
        written = [
            _narrow(namer.name(name, lang, each)) or ruled_blank(each, mm(7))
            for name, lang in sides
        ]
        where = home_of(self.catalogue, namer, self.catalogue.areas[home.area].name, home.group)
        place = self.catalogue.place("areas")
        column = self.plates.block(
            ("where", where.bo, where.zh, width),
            lambda: both(self.setter, where, place, size="body").block,
        )
        if column.width > width:
            column = self.setter.inline(where, "body", width, place)
        return flowing([*(written or [ruled_blank(width, mm(7))]), column], width, mm(4), mm(0.4))

    def foot(self, surround: PageFurniture, number: int, of: int) -> Block:
        """The bottom of a slip, set once for all that are the same number of as many."""
        imprint = surround.imprint
        key = ("foot", imprint.area, imprint.day, imprint.edition, number, of)
        return self.plates.block(key, lambda: self._foot(surround, number, of))

    def _foot(self, surround: PageFurniture, number: int, of: int) -> Block:
        """What a swindler would ask, whom to ring; who issued it, small, and which slip of several
        it is.
        """
        setter, place = self.setter, self.catalogue.place("contacts")
        ring = phone_rows(setter, rungs(surround, short=True)[:1], self.width * RING, place)
        left = self.width - ring.width - mm(4)
        as_of, issuer = (
            surround.telling("as_of", date=surround.date()),
            self.catalogue.settings.issuer,
        )
        which = [f"{number}/{of}"] if of > 1 else []
        facts = " · ".join((surround.imprint.edition, self.catalogue.digest[:8], *which))
        words = self.catalogue.place("words")
        issued = setter.inline(Text(bo=issuer.bo, zh=facts), "small", left, words)
        dated = setter.paragraph(f"{issuer.zh} · {as_of.zh}", "zh", "small", left, words)
        small = stacked([issued, dated]).tagged("Artifact")
        warned = warning_frame(surround, WARNINGS, self.width)
        return stacked([warned, beside([small, ring], mm(4), middle=True)], mm(0.8))


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


def _narrow(block: Block | None) -> Block | None:
    """A name as wide as its lines are."""
    if block is None:
        return None
    width = max(text.x + text.line.width for text in texts_of(block.items))
    return replace(block, width=width)


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
