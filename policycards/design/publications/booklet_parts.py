"""Parts of the booklet that tell of no policy: cover, titles of chapters, lines for notes, the
back, the foot.
"""

from __future__ import annotations

from dataclasses import dataclass

from policycards.core.units import mm
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.icons import shape
from policycards.design.parts.bands import SUM_RULE, rule
from policycards.design.parts.contact_blocks import code_block, phone_rows, rungs, warning_frame
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.typeset import Span
from policycards.typeset.text_model import Align

NUMBER = mm(16)
MODULE = 0.54
LEAST_GAP = mm(4)
TOP = mm(2)
LINE = mm(10)
"""Between lines to write on."""
FAINT = 0.6
WARNINGS = ("no_fee", "no_secrets", "newest_print")
LEAST = mm(32)
"""Height from which there are lines for notes."""
ACROSS = 5
"""Pictograms beside each other on the cover."""


@dataclass(frozen=True, slots=True)
class BookParts:
    """Sets the parts of one booklet."""

    surround: PageFurniture

    @property
    def width(self) -> float:
        return self.surround.setter.look.inner_width

    def cover(self, height: float) -> Block:
        """What it is, for which area, the pictograms of all categories, who issued it and of which
        day.
        """
        surround = self.surround
        words, place = (
            surround.catalogue.words["booklet_title"],
            surround.catalogue.place("words", "booklet_title"),
        )
        title = surround.setter.pair(
            words, "title", self.width, place, bold=True, align="center", tag="H1", gap=0.35
        )
        area = surround.telling(
            "for_area", area=surround.catalogue.areas[surround.imprint.area].name
        )
        where = surround.setter.pair(area, "heading", self.width, place, align="center")
        top = stacked([self.bar(), title, self.bar(), where], mm(6))
        foot = surround.setter.pair(
            surround.catalogue.settings.issuer, "name", self.width, place, bold=True, align="center"
        )
        dated = surround.setter.pair(
            surround.telling("as_of", date=surround.date()),
            "body",
            self.width,
            place,
            align="center",
        )
        bottom = stacked([foot, dated], mm(3))
        pictures = self.pictograms()
        needed = top.height + pictures.height + bottom.height + 3 * LEAST_GAP
        height = max(height, needed)
        spare = (height - needed) / 3 + LEAST_GAP
        across = (self.width - pictures.width) / 2
        parts = (
            (top, 0, spare),
            (pictures, across, 2 * spare + top.height),
            (bottom, 0, height - bottom.height),
        )
        return Block(self.width, height, parts=parts)

    def bar(self) -> Block:
        return Block(
            self.width,
            mm(1.2),
            (
                Tagged(
                    "Artifact",
                    (Box(0, 0, self.width, mm(1.2), fill=self.surround.setter.look.accent),),
                ),
            ),
        )

    def pictograms(self) -> Block:
        """The pictograms of the categories, a few beside each other."""
        look, side, gap = self.surround.setter.look, mm(13), mm(9)
        drawn = [
            Block(
                side,
                side,
                (Tagged("Artifact", (shape(category.pictogram, 0, 0, side, look.accent),)),),
            )
            for category in self.surround.catalogue.settings.categories
        ]
        return stacked(
            [beside(drawn[at : at + ACROSS], gap) for at in range(0, len(drawn), ACROSS)], gap
        )

    def title(self, key: str) -> Block:
        """The name of a chapter, on a bar."""
        words, place = (
            self.surround.catalogue.words[key],
            self.surround.catalogue.place("words", key),
        )
        named = self.surround.setter.pair(words, "name", self.width, place, bold=True, tag="H2")
        return stacked([Block(self.width, mm(1)), named, self.bar()], mm(2))

    def notes(self, height: float) -> Block:
        """Lines to write on, as many as ``height`` pt have room for; nothing where that is too
        few.
        """
        if height < LEAST:
            return Block(self.width, 0)
        words, place = (
            self.surround.catalogue.words["notes"],
            self.surround.catalogue.place("words", "notes"),
        )
        named = self.surround.setter.inline(words, "body", self.width, place, bold=True)
        lines = tuple(
            Box(0, named.height + LINE * n, self.width, 0.4, fill=FAINT)
            for n in range(1, int((height - named.height) / LINE) + 1)
        )
        return Block(self.width, height, (Tagged("Artifact", lines),), ((named, 0, 0),))

    def back(self) -> Block:
        """Whom to ring, what the code opens, the seal and the warnings."""
        surround, setter, width = self.surround, self.surround.setter, self.width
        place = surround.catalogue.place("contacts")
        phones = phone_rows(setter, rungs(surround), width, place, pitch=9.0)
        code, seal = code_block(surround, MODULE, surround.imprint.domain), surround.seal()
        left = width - code.width - seal.width - 2 * GAP
        words = stacked(
            (surround.word(key, "body", left) for key in ("qr_opens", "qr_network")), mm(0.8)
        )
        parts = [
            phones,
            rule(width, SUM_RULE),
            beside([code, words, seal], GAP, middle=True),
            warning_frame(surround, WARNINGS, width),
        ]
        content = stacked(parts, LEAST_GAP)
        return Block(width, content.height + TOP, parts=((content, 0, TOP),))

    def foot(self, number: int) -> Block:
        """The page's number at the outer edge, beside it the day and the edition, small."""
        surround, setter = self.surround, self.surround.setter
        place, left = surround.catalogue.place("words", "as_of"), self.width - NUMBER - GAP
        as_of = surround.telling("as_of", date=surround.date())
        edition = f"{surround.imprint.edition} · {surround.catalogue.digest[:8]}"
        is_right = number % 2 == 1
        ends: tuple[Align, Align] = ("left", "right")
        align, outer = ends if is_right else ends[::-1]
        content = stacked(
            [
                setter.paragraph(as_of.bo, "bo", "small", left, place, align=align),
                setter.paragraph(
                    f"{as_of.zh} · {edition}", "zh", "small", left, place, align=align
                ),
            ]
        )
        shown = setter.paragraph(
            [Span(str(number))], "zh", "phone", NUMBER, place, bold=True, align=outer
        )
        return beside([content, shown] if is_right else [shown, content], GAP, middle=True).tagged(
            "Artifact"
        )
