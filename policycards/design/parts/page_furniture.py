"""A piece's words, marks, day and seal."""

from __future__ import annotations

from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import LANGS, Text
from policycards.core.units import mm
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import PrintContext
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Role, Tagged
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import strip
from policycards.typeset import numbers

SEAL = mm(30)
GAP = mm(2.5)


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """Sets the parts of a piece that are no policy."""

    catalogue: Catalogue
    imprint: PrintContext
    setter: Typesetter
    marks: tuple[Text, ...]

    @property
    def speaker(self) -> PolicyText:
        return PolicyText(self.catalogue, self.imprint.area, self.imprint.day)

    def word(
        self, key: str, role: str, width: float, tag: Role | None = None, bold: bool = False
    ) -> Block:
        return self.setter.pair(
            self.catalogue.words[key],
            role,
            width,
            self.catalogue.place("words", key),
            bold=bold,
            tag=tag,
        )

    def filled(self, key: str, role: str, width: float, **parts: Text) -> Block:
        return self.setter.pair(
            self.telling(key, **parts), role, width, self.catalogue.place("words", key)
        )

    def telling(self, key: str, **parts: Text) -> Text:
        """A word with its placeholders filled, each in its own language."""
        word = self.catalogue.words[key]
        return Text(
            **{
                lang: word[lang].format(**{name: part[lang] for name, part in parts.items()})
                for lang in LANGS
            }
        )

    def mark_band(self) -> Block:
        """The strip of marks across the page."""
        return strip(self.setter, self.catalogue, self.marks, self.setter.look.inner_width)

    def seal(self) -> Block:
        """A free box for the office's seal, 30 mm wide and high, its label below."""
        box = Tagged(
            "Artifact",
            (Box(0.3, 0.3, SEAL - 0.6, SEAL - 0.6, stroke=0.0, line_width=0.6, dash=(3, 2)),),
        )
        words, place = self.catalogue.words["seal"], self.catalogue.place("words", "seal")
        label = self.setter.line(words, "body", place)
        width = max(SEAL, label.width)
        parts = (
            (Block(SEAL, SEAL, (box,)), (width - SEAL) / 2, 0.0),
            (label, (width - label.width) / 2, SEAL + mm(1.2)),
        )
        return Block(width, SEAL + mm(1.2) + label.height, parts=parts)

    def date(self) -> Text:
        day = When(self.imprint.day.year, self.imprint.day.month, self.imprint.day.day)
        words = self.catalogue.words
        return Text(
            **{
                lang: numbers.date(day, {key: text[lang] for key, text in words.items()}, lang)
                for lang in LANGS
            }
        )

    def running_head(self) -> Block:
        """The top of every other page: the marks."""
        band = self.mark_band()
        return Block(band.width, band.height + (mm(1.5) if band.height else 0), band.items).tagged(
            "Artifact"
        )
