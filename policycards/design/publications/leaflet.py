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
    ends_of_ladder,
    ladder,
)
from policycards.design.layout.blocks import Block, beside, placed, stacked
from policycards.design.layout.frames import Item, Page, Piece, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.imposition import hairlines
from policycards.design.layout.pagination import Section, paginate
from policycards.design.layout.sheet_plan import MARK, Mark
from policycards.design.layout.theme import Theme, look_on
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import GAP, PageFurniture
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


DETAILS = (
    Detail(large=True, tells_how=True),
    Detail(tells_how=True),
    Detail(),
    Detail(is_short=True, tells_how=True),
    Detail(is_short=True),
)
"""The first that fits is taken."""


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
    plain, large = (
        Typesetter(look_on(theme, "leaflet", (_narrow(width), height), size), fonts)
        for size in (False, True)
    )
    maker = _Maker(PageFurniture(catalogue, imprint, plain, shown), topic)
    over = 0.0
    for detail in DETAILS:
        surround = PageFurniture(catalogue, imprint, large if detail.large else plain, shown)
        panels, over = maker.filled(TopicPanels(surround, detail).sections(policies))
        if over <= 0:
            used = large.problems if detail.large else []
            return maker.bound(mm(width), panels), [*plain.problems, *used, *maker.too_tall()]
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

    def filled(self, sections: Sequence[Section]) -> tuple[list[Block], float]:
        """The panels of policies, as equally full as whole policies allow, and by how many pt they
        are too high.
        """
        found: list[Block] = []
        over = 0.0
        for step in range(STEPS):
            room = self.room * (1 - step / STEPS)
            pages, too_tall = paginate(sections, room, room)
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
        """The topic large, for whom it is, who issued it and of which day."""
        surround, setter, look, width = self.surround, self.setter, self.setter.look, self.width
        catalogue = surround.catalogue
        place, side = catalogue.place(TOPICS), mm(28)
        drawing = Block(
            side,
            side,
            (Tagged("Artifact", (shape(self.topic.pictogram, 0, 0, side, look.accent),)),),
        )
        bar = BookParts(surround).bar()
        top = [
            Block(width, side, parts=((drawing, (width - side) / 2, 0),)),
            bar,
            setter.pair(
                self.topic.name, "title", width, place, bold=True, align="center", tag="H1", gap=0.3
            ),
            setter.pair(self.topic.who, "heading", width, place, align="center"),
            bar,
            setter.pair(
                catalogue.words["leaflet_kind"], "heading", width, place, bold=True, align="center"
            ),
        ]
        area = surround.telling("for_area", area=catalogue.areas[surround.imprint.area].name)
        dated = surround.telling("as_of", date=surround.date())
        bottom = [
            setter.pair(catalogue.settings.issuer, "name", width, place, bold=True, align="center"),
            *(setter.pair(text, "body", width, place, align="center") for text in (area, dated)),
        ]
        return self.apart(stacked(top, mm(5)), stacked(bottom, mm(2)))

    def back(self) -> Block:
        """Whom to ring, what the code opens, the warnings; at the foot the edition."""
        surround, width = self.surround, self.width
        contacts = ends_of_ladder(surround.catalogue, surround.imprint.area)
        phones = stacked(
            (surround.phone_line(key, contact, width) for key, contact in contacts), mm(2)
        )
        code = surround.code()
        content = [
            surround.word(key, "body", width - code.width - GAP)
            for key in ("qr_opens", "qr_network")
        ]
        place = surround.catalogue.place("catalogue", "base_url")
        content.append(
            self.setter.paragraph(
                surround.imprint.domain, "zh", "body", width - code.width - GAP, place
            )
        )
        coded = beside([code, stacked(content, mm(0.8))], GAP, middle=True)
        named = surround.telling("edition", **surround.edition())
        edition = self.setter.inline(
            named, "small", width, surround.catalogue.place("words", "edition")
        )
        parts = [phones, coded, surround.warnings(width, (*WARNINGS, "paid_unknown"))]
        return self.apart(stacked(parts, mm(4)), edition)

    def apart(self, top: Block, bottom: Block) -> Block:
        """One block at the top of a panel, one at its foot."""
        height = max(self.room, top.height + bottom.height + mm(6))
        return Block(
            self.width, height, parts=((top, 0, mm(4)), (bottom, 0, height - bottom.height))
        )

    def mark(self, number: int) -> Block:
        """A mark on top of a panel: of several each panel has the next, so that a fold never
        divides one.
        """
        marks = self.surround.marks
        band = replace(
            self.surround, marks=marks[number % len(marks) :][:1] if marks else ()
        ).mark_band()
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
        identity = " ".join(
            (
                surround.catalogue.digest,
                surround.imprint.edition,
                surround.imprint.area,
                self.topic.id,
            )
        )
        return Piece(
            title=f"{name.bo} {name.zh}",
            lang="zh",
            author=surround.catalogue.settings.issuer.zh,
            date=surround.imprint.day,
            identity=identity,
            pages=pages,
        )

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
