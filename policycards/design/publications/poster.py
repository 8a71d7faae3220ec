"""The poster for the notice board: the standards raised this year, large; or all standards as a
table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import get_args

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import CatalogueInForce
from policycards.catalogue.model.policy import LANGS, Pays, Policy, Standard, Text, Value
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import joined, statement
from policycards.design.content.print_context import PrintContext, ladder, marks
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.frames import Box, Piece, Tagged
from policycards.design.layout.pagination import Kept, Section, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter, baseline
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import FOOT_GAP, again, leaf
from policycards.design.parts.policy_row import RowTypesetter
from policycards.design.publications.standards_table import StandardsTable
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
GAP = mm(5)
MODULE = mm(0.85)
"""Of the QR code, so that it is read from half a metre away."""
MOST_PAGES = 99
ARROW = "→"


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
    *,
    is_table: bool,
) -> tuple[Piece | None, list[Problem]]:
    """The sheets of a poster of policies, of their raised standards or as a table, and what is
    wrong with them.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    risen = [] if is_table else raised(policies, imprint.area, imprint.day)
    if not risen and not is_table:
        return None, [problem("E361", catalogue.place("catalogue"), year=imprint.day.year)]
    setter = Typesetter(look, fonts)
    shown = policies if is_table else [each.policy for each in risen]
    maker = _Maker(PageFurniture(catalogue, imprint, setter, marks(catalogue, shown, imprint)))
    title = maker.title(is_table)
    sections = list(maker.table(policies)) if is_table else [maker.rows(risen)]
    front, head = maker.front(title), maker.head(title)
    foot = maker.foot(MOST_PAGES, MOST_PAGES)
    room = look.height - 2 * look.margin - foot.height - FOOT_GAP
    poured, too_tall = paginate(sections, room - front.height, room - head.height)
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=" ".join(
            (catalogue.digest, imprint.edition, imprint.area, look.name, str(is_table))
        ),
        pages=tuple(
            leaf(look, placements, head if number > 1 else front, maker.foot(number, len(poured)))
            for number, placements in enumerate(poured, 1)
        ),
    )
    over = [
        problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
        for row in too_tall
    ]
    return piece, [*setter.problems, *over]


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

    def title(self, is_table: bool) -> Text:
        if is_table:
            return self.surround.catalogue.words["standards_table"]
        return self.surround.speaker.word("raised_title", year=str(self.surround.imprint.day.year))

    def front(self, title: Text) -> Block:
        """What the poster is, for which area, between two bars."""
        place = self.surround.catalogue.place("words", "raised_title")
        area = self.surround.catalogue.areas[self.surround.imprint.area].name
        named = self.setter.pair(
            title, "title", self.width, place, bold=True, align="center", tag="H1", gap=0.3
        )
        where = self.setter.inline(
            self.surround.telling("for_area", area=area), "body", self.width, place
        )
        issuer = self.setter.inline(
            self.surround.catalogue.settings.issuer, "body", self.width, place, bold=True
        )
        places = (
            [where] if self.surround.imprint.area != self.surround.catalogue.settings.area else []
        )
        return stacked(
            [
                self.surround.mark_band(),
                named,
                self.bar(),
                issuer,
                *places,
                self.bar(),
                Block(self.width, 1),
            ],
            GAP / 2,
        )

    def head(self, title: Text) -> Block:
        """The top of a further sheet."""
        repeated = again(title, self.surround.catalogue.place("words", "raised_title"), self.setter)
        return stacked([self.surround.running_head(), repeated, Block(self.width, GAP / 2)])

    def bar(self) -> Block:
        bar = Box(0, 0, self.width, mm(2), fill=self.setter.look.accent)
        return Block(self.width, mm(2), (Tagged("Artifact", (bar,)),))

    def table(self, policies: tuple[Policy, ...]) -> Iterator[Section]:
        return StandardsTable(self.surround, {}, "H2").sections(policies)

    def rows(self, risen: Sequence[Raised]) -> Section:
        """A row for each raised standard."""
        return Section(
            "raised", EMPTY, EMPTY, tuple(Kept(each.policy.id, self.row(each)) for each in risen)
        )

    def row(self, each: Raised) -> Block:
        """Pictogram, whose standard, at the right from what to what it rose; below it all in words,
        above a rule.
        """
        catalogue, imprint = self.surround.catalogue, self.surround.imprint
        rows = RowTypesetter(catalogue, self.setter, self.width)
        drawing = rows.pictogram(statement(catalogue, each.policy, imprint.area, imprint.day))
        room = self.width - drawing.width - GAP
        amounts = self.amounts(each)
        name = self.surround.speaker.filled(each.policy.name, each.policy)
        place = catalogue.place(each.policy.id, "name")
        named = self.setter.pair(
            name, "name", room - amounts.width - GAP, place, bold=True, tag="H2"
        )
        told = stacked([beside([named, amounts], GAP, middle=True), self.told(each, room)], mm(1.5))
        columns = beside([drawing, told], GAP)
        rule = Tagged(
            "Artifact",
            (Box(0, columns.height + GAP / 2, self.width, 1, fill=self.setter.look.rule),),
        )
        whole = Block(self.width, columns.height + GAP, (*columns.items, rule))
        return whole.tagged("Sect", key=f"raised:{each.policy.id}:{each.standard.id}")

    def amounts(self, each: Raised) -> Block:
        """The old amount and the new one large, on one line."""
        speaker, place = self.surround.speaker, self.place(each)
        old, new = (
            speaker.number(value.amount, "zh")
            for value in (each.old, each.new)
            if value.amount is not None
        )
        told = [(old + ARROW, "body", False), (new, "figure", True)]
        small, large = (
            self.setter.paragraph(text, "zh", role, self.needed(text, role, bold), place, bold=bold)
            for text, role, bold in told
        )
        down = baseline(large) - baseline(small)
        left = small.width + mm(1.5)
        return Block(left + large.width, large.height, parts=((small, 0, down), (large, left, 0)))

    def needed(self, text: str, role: str, bold: bool) -> float:
        """pt of a text on one line."""
        return self.setter.natural(text, "zh", role, bold) + 0.1

    def told(self, each: Raised, width: float) -> Block:
        """The label, the amount in the words of its unit, what kind of money it is; small the
        notice and since when.
        """
        catalogue, speaker, place = self.surround.catalogue, self.surround.speaker, self.place(each)
        offer = speaker.offer(each.standard)
        assert offer is not None and offer.phrases is not None
        phrase = Text(**{lang: "".join(astuple(offer.phrases[lang])) for lang in LANGS})
        amount = joined(offer.lead, phrase) if offer.lead else phrase
        told = [offer.label, amount, *offer.notes]
        source = "；".join(speaker.sources((each.standard,)))
        words = f"{catalogue.words['source'].zh}：{source}" if source else ""
        half = (width - GAP) / 2
        since = (
            self.setter.inline(offer.since, "small", half, place) if offer.since else Block(half, 0)
        )
        notice = self.setter.paragraph(words, "zh", "small", half, place)
        texts = (self.setter.inline(text, "body", width, place) for text in told if text)
        return stacked([*texts, beside([since, notice], GAP)], mm(1))

    def place(self, each: Raised) -> Place:
        return self.surround.catalogue.place(each.policy.id, "standards")

    def foot(self, number: int, of: int) -> Block:
        """The bottom of every sheet: page, day and edition, the code, whom to ring."""
        ring = beside([self.surround.code(MODULE), self.surround.ring()], GAP, middle=True)
        return self.surround.foot(number, of, ring)
