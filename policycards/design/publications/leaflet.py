"""The leaflet: the policies of one topic on both sides of an A4 sheet, folded in three."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.catalogue import TOPICS, Catalogue, Topic
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.print_context import (
    Drafts,
    Marks,
    PrintContext,
    ladder,
)
from policycards.design.content.standard_lines import short_name
from policycards.design.layout.blocks import Block, beside, placed, stacked
from policycards.design.layout.frames import Box, Item, Page, Piece, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.pagination import Section, paginate
from policycards.design.layout.sheet_plan import MARK, Mark
from policycards.design.layout.theme import Theme, look_on
from policycards.design.layout.tiling import hairlines
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import LIST_RULE, SUM_RULE, rule, strip, title_band
from policycards.design.parts.contact_blocks import (
    code_block,
    phone_rows,
    rungs,
    source_line,
    warning_frame,
)
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import bound
from policycards.design.publications.booklet_parts import WARNINGS, BookParts
from policycards.design.publications.topic_panels import Detail, TopicPanels
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
NARROWER = 3.0
"""mm by which the panel that is folded in is narrower than the others."""
PANELS = 4
"""Panels for policies: the three inside, then the one that is folded in."""
FREE = 0.34
"""Part of a panel from which lines for notes fill it."""
NOTES_GAP = mm(5)
STEPS = 40
"""Heights that are tried for panels to be equally full."""


SCALES = (1.6, 1.45, 1.3, 1.15)
DETAILS = (
    *(Detail(scale, tells_how=True) for scale in (*SCALES, 1.0)),
    Detail(),
    Detail(is_short=True),
)
"""The first that fits is taken."""
ENTRY = mm(0.5)
"""Above and below a name on the cover."""
MODULE = 0.5


def leaflet(
    catalogue: Catalogue,
    topic: Topic,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    theme: Theme,
    fonts: Fonts,
) -> tuple[Piece | None, list[Problem]]:
    """The two sides of a leaflet, the outside first; E362 where its panels do not hold the topic's
    policies.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    shown = Marks(catalogue, imprint, Drafts.of(catalogue)).of(
        [*(policy.id for policy in policies), TOPICS]
    )
    width, height = theme.designs["leaflet"].paper
    paper = (_narrow(width), height)
    plain = Typesetter(look_on(theme, "leaflet", paper), fonts)
    maker = _Maker(PageFurniture(catalogue, imprint, plain, shown), topic, policies)
    over = 0.0
    for detail in DETAILS:
        margin = theme.designs["leaflet"].margin / detail.scale
        look = look_on(theme, "leaflet", paper, margin=margin, scale=detail.scale)
        setter = Typesetter(look, fonts)
        panels = TopicPanels(PageFurniture(catalogue, imprint, setter, shown), detail)
        content, over = maker.filled(panels.section(policies))
        if over <= 0 and (not setter.problems or detail.scale == 1.0):
            problems = [*plain.problems, *setter.problems]
            return maker.bound(mm(width), content), [*problems, *maker.too_tall()]
    place = catalogue.place(TOPICS, "topics", catalogue.topics.index(topic))
    return None, [problem("E362", place, topic=topic.id, over=f"{over / MM:.0f}")]


def _narrow(width: float) -> float:
    """mm of the panel that is folded in."""
    return (width - 2 * NARROWER) / 3


@dataclass(frozen=True, slots=True)
class _Maker:
    """Sets the panels of one leaflet, all as wide as the narrowest."""

    surround: PageFurniture
    topic: Topic
    policies: Sequence[Policy]

    @property
    def setter(self) -> Typesetter:
        return self.surround.setter

    @property
    def width(self) -> float:
        return self.setter.look.inner_width

    @property
    def room(self) -> float:
        """pt of a panel below its mark."""
        return self.setter.look.height - 2 * self.setter.look.margin - self.marks_height

    @property
    def marks_height(self) -> float:
        """pt that the tallest of the panels' marks takes."""
        return max(self.mark(number).height for number in range(PANELS))

    def filled(self, section: Section) -> tuple[list[Block], float]:
        """The panels of policies, as equally full as whole policies allow, and by how many pt they
        are too high.
        """
        found: list[Block] = []
        over = 0.0
        for step in range(STEPS):
            room = self.room * (1 - step / STEPS)
            pages, too_tall = paginate([section], room, room)
            stacks = [stacked(placement.block for placement in page) for page in pages]
            over = sum(stack.height for stack in stacks[PANELS:]) + sum(
                row.over for row in too_tall
            )
            if over > 0:
                break
            found = stacks
        spare = [EMPTY] * (PANELS - len(found))
        return [self.noted(panel) for panel in (*found, *spare)], 0.0 if found else over

    def noted(self, panel: Block) -> Block:
        """A panel with lines for notes where much of it is free."""
        free = self.room - panel.height - NOTES_GAP
        notes = BookParts(self.surround).notes(free) if free > self.room * FREE else EMPTY
        return stacked([panel, notes], NOTES_GAP)

    def too_tall(self) -> Iterator[Problem]:
        """Whether cover or back need more height than a panel has."""
        for panel in (self.cover(), self.back()):
            if panel.height > self.room:
                place = self.surround.catalogue.place("words", "leaflet_kind")
                yield problem("E352", place, over=f"{(panel.height - self.room) / MM:.1f}")

    def cover(self) -> Block:
        """The topic large, for whom it is and what is inside, who issued it and of which day."""
        surround, setter, width = self.surround, self.setter, self.width
        catalogue, place = surround.catalogue, surround.catalogue.place(TOPICS)
        words = catalogue.words["leaflet_kind"]
        kind = title_band(setter, words, width, catalogue.place("words", "leaflet_kind"), tag="P")
        top = [kind, self.drawing(), self.name(), self.who()]
        area = catalogue.areas[surround.imprint.area].name
        dated = surround.telling("as_of", date=surround.date())
        bottom = stacked(
            [
                rule(width, SUM_RULE),
                setter.inline(catalogue.settings.issuer, "body", width, place, bold=True),
                setter.inline(area, "body", width, catalogue.place("areas")),
                setter.inline(dated, "body", width, place),
            ],
            mm(1),
        )
        gap = mm(3)
        content = self.contents()
        whole = stacked([*top, content], gap)
        if whole.height + bottom.height + gap > self.room:
            whole = stacked(top, gap)
        return self.apart(whole, bottom)

    def drawing(self) -> Block:
        """The topic's pictogram, white on its square."""
        side, padding = mm(28), mm(3)
        look = self.setter.look
        items = (
            Box(0, 0, side, side, fill=look.tile(""), radius=mm(2)),
            shape(self.topic.pictogram, padding, padding, side - 2 * padding, 1.0),
        )
        square = Block(side, side, (Tagged("Artifact", items),))
        return Block(self.width, side, parts=((square, (self.width - side) / 2, 0),))

    def name(self) -> Block:
        place = self.surround.catalogue.place(TOPICS)
        return self.setter.pair(
            self.topic.name,
            "title",
            self.width,
            place,
            bold=True,
            align="center",
            tag="H1",
            gap=0.2,
        )

    def who(self) -> Block:
        place = self.surround.catalogue.place(TOPICS)
        return self.setter.pair(self.topic.who, "heading", self.width, place, align="center")

    def contents(self) -> Block:
        """The names of the policies inside, short."""
        rows = []
        for policy in self.policies:
            place = self.surround.catalogue.place(policy.id, "name")
            name = self.surround.speaker.filled(short_name(policy), policy)
            named = self.setter.inline(name, "body", self.width, place)
            rows.append(rule(self.width, LIST_RULE))
            rows.append(Block(self.width, named.height + 2 * ENTRY, parts=((named, 0, ENTRY),)))
        return stacked(rows)

    def back(self) -> Block:
        """Whom to ring, what the code opens, the warnings; at the foot who issued it."""
        surround, setter, width = self.surround, self.setter, self.width
        words, place = surround.catalogue.words, surround.catalogue.place
        phones = phone_rows(setter, rungs(surround, short=True), width, place("contacts"))
        code = code_block(surround, MODULE, surround.imprint.domain)
        beside_code = width - code.width - GAP
        content = stacked(
            (surround.word(key, "body", beside_code) for key in ("qr_opens", "qr_network")),
            mm(0.8),
        )
        coded = beside([code, content], GAP, middle=True)
        asked = setter.inline(words["paid_unknown"], "body", width, place("words", "paid_unknown"))
        ruled = rule(width, SUM_RULE)
        parts = [phones, ruled, coded, ruled, asked, warning_frame(surround, WARNINGS, width)]
        return self.apart(stacked(parts, mm(3)), source_line(surround, width))

    def apart(self, top: Block, bottom: Block) -> Block:
        """One block at the top of a panel, one at its foot."""
        height = max(self.room, top.height + bottom.height + mm(6))
        return Block(self.width, height, parts=((top, 0, 0.0), (bottom, 0, height - bottom.height)))

    def mark(self, number: int) -> Block:
        """A mark on top of a panel: of several each panel has the next, so that a fold never
        divides one.
        """
        marks = self.surround.marks
        shown = marks[number % len(marks) :][:1] if marks else ()
        band = strip(self.setter, self.surround.catalogue, shown, self.width)
        return Block(self.width, band.height + mm(2) * bool(band.height), band.items)

    def bound(self, paper: float, panels: list[Block]) -> Piece:
        """The outside, from left to right the panel that is folded in, the back and the cover; and
        the inside.
        """
        look, name = self.setter.look, self.topic.name
        wide, narrow = (paper - mm(_narrow(paper / MM))) / 2, mm(_narrow(paper / MM))
        *inside, flap = panels
        # An element for the inside stands before those of flap and back: whoever has the sheet read
        # out opens it first.
        outer = [
            self.panel(self.cover(), narrow + wide, wide, 0, "cover"),
            (Tagged("Sect", (), key="inside"),),
            self.panel(flap, 0, narrow, 2, "flap"),
            self.panel(self.back(), narrow, wide, 1, "back"),
        ]
        inner = [
            self.panel(block, at * wide, wide if at < 2 else narrow, at, "inside")
            for at, block in enumerate(inside)
        ]
        folds = (narrow, narrow + wide), (wide, 2 * wide)
        pages = tuple(
            Page(paper, look.height, (*(item for items in sides for item in items), self.folds(at)))
            for sides, at in zip((outer, inner), folds, strict=True)
        )
        surround = self.surround
        piece = bound(
            surround.catalogue,
            surround.imprint,
            look,
            f"{surround.imprint.area} {self.topic.id}",
            pages,
        )
        return replace(piece, title=f"{name.bo} {name.zh}")

    def panel(
        self, block: Block, left: float, width: float, number: int, key: str
    ) -> tuple[Item, ...]:
        """A block below the mark of its panel, in the middle of the panel's width."""
        x, y, mark = left + (width - self.width) / 2, self.setter.look.margin, self.mark(number)
        items = (*placed(mark, x, y), *placed(block, x, y + mark.height))
        return (Tagged("Sect", items, key=key),)

    def folds(self, at: tuple[float, float]) -> Tagged:
        """Dashes at the edges where the sheet is folded."""
        height = self.setter.look.height
        ends = (0.0, MARK), (height - MARK, height)
        marks = [Mark(x, top, bottom, is_fold=True) for x in at for top, bottom in ends]
        return Tagged("Artifact", tuple(line for mark in marks for line in hairlines(mark)))
