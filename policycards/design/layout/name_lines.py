"""Names of people: as large as their place holds, or a ruled blank to be written by hand. No family
loses its card.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.core.problems import Place, Problem, problem
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.typesetter import Typesetter
from policycards.typeset import Fonts
from policycards.typeset import problems as unsettable

BLANK = "blank"
_TIBETAN = re.compile(r"[\u0f00-\u0fff]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass
class Namer:
    """Sets the names of one household and collects what of them cannot be printed.

    ``sizes`` are the roles in which a name is tried, the largest first, and the lines that it may
    take in each; ``place`` is where the roster has the household.
    """

    setter: Typesetter
    household: str
    place: Place
    sizes: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def name(self, name: str, lang: Lang, width: float) -> Block | None:
        """A name as large as it fits; None where no font draws it, or where it is too long."""
        role = self.role(name, lang, width)
        if role and role != BLANK:
            return self.setter.own(name, lang, role, width, self.place, bold=True)
        if not role:
            self.tell_too_long()
        return None

    def role(self, name: str, lang: Lang, width: float) -> str | None:
        """The largest role in which a name takes few lines; ``BLANK`` where no font draws it."""
        if not self.is_settable(name, lang):
            return BLANK
        lines_by_role = (
            (role, self.setter.lines(name, lang, role, width, bold=True)) for role in self.sizes
        )
        return next(
            (role for role, lines in lines_by_role if lines and lines <= self.sizes[role]), None
        )

    def is_settable(self, text: str, lang: Lang) -> bool:
        """Whether faces can draw a text of the roster; where not, that is reported by the
        characters' numbers.
        """
        if _is_settable(text, lang, self.setter.fonts):
            return True
        bad = [
            each
            for each in dict.fromkeys(text)
            if unsettable([(each, lang, self.place)], self.setter.fonts)
        ]
        numbers = " ".join(f"U+{ord(each):04X}" for each in bad or text)
        self._tell(problem("W341", self.place, household=self.household, numbers=numbers))
        return False

    def tell_too_long(self) -> None:
        """That a name takes more room than there is, so that a rule stands in its place."""
        self._tell(problem("W342", self.place, household=self.household))

    def _tell(self, found: Problem) -> None:
        self.problems += [found] if found not in self.problems else []


@lru_cache(maxsize=4096)
def _is_settable(text: str, lang: Lang, fonts: Fonts) -> bool:
    """Asked of each name for the card, the cover sheet and the register, and many households share
    a name.
    """
    return not unsettable([(text, lang, Place(""))], fonts)


def language(text: str) -> Lang:
    """The language by whose rules a text of the roster is set: Tibetan where there is any Tibetan
    script in it.
    """
    return "bo" if _TIBETAN.search(text) else "zh"


def without_selectors(name: str | None) -> str | None:
    """A name without variation selectors, which say how a character is drawn and have no glyph."""
    return _SELECTORS.sub("", name) if name else name


def home_of(catalogue: Catalogue, namer: Namer, village: Text, group: str | None) -> Text:
    """Village and group; a group that is a number stands in both languages, any other in
    its own script.

    ``namer`` hears of each household whose group cannot be drawn.
    """
    if not group or not namer.is_settable(group, "zh"):
        return village
    if group.isdecimal():
        words = catalogue.words["group"]
        sides = {lang: f"{village[lang]} {words[lang].format(name=group)}" for lang in LANGS}
        return Text(**sides)
    if language(group) == "bo":
        return Text(bo=f"{village.bo} {group}", zh=village.zh)
    return Text(bo=village.bo, zh=f"{village.zh} {group}")


def ruled_blank(width: float, height: float) -> Block:
    """Room to write by hand, so high, above a rule."""
    rule = Tagged("Artifact", (Box(0, height - 0.8, width, 0.8, fill=0.0),))
    return Block(width, height, (rule,))
