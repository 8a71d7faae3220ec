"""The formats of a household's card: one sheet of A4, or half of one, and the sizes of all that
stands on it.

Lengths are mm and sizes pt at scale 1; a size is that of the Tibetan and of the Chinese.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM, mm
from policycards.design.layout.block_cache import BlockCache
from policycards.design.layout.blocks import Block
from policycards.design.layout.theme import Look, Theme, look_on
from policycards.design.layout.typesetter import Typesetter, texts_of
from policycards.typeset import Fonts
from policycards.typeset.slots import as_zeros

CardDesign = Literal["a4", "a5"]
PAPERS: dict[CardDesign, tuple[float, float]] = {"a5": (148.0, 210.0), "a4": (210.0, 297.0)}
MARGIN = 7.0
READ = (13.0, 10.5)
"""The least that old eyes read; figures in the table are larger."""
FIGURE, OTHER_FIGURE = (13.0, 11.5), (13.0, 12.0)
NAMES = ((20.0, 15.0), (17.0, 13.0), (15.0, 12.0), READ)
"""Sizes in which the household's name is tried, the largest first."""
TOTAL_MORE = 4.0
"""pt by which a sum is larger than an amount."""
LEAST_AMOUNT = 16.0
MOST_SPILLED = 3
"""Lines that may move to the back of half a sheet; with more the village gets whole ones."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a card is laid out. ``columns`` are those of the table beside the name: pictogram,
    standard, quantity, amount; ``others`` those of the list: Chinese name, unit, figure, unit.

    ``is_dense`` cards have a grid of their own for many lines, with whole names in bold.
    """

    design: CardDesign
    scale: float
    is_dense: bool = False
    columns: tuple[float, float, float, float] = (9.5, 18.5, 22.0, 29.5)
    tile: float = 8.6
    amount: float = 18.0
    pile: float = 42.0
    phone: float = 17.0
    module: float = 0.532
    code: float = 9.5
    others: tuple[float, float, float, float] = (26.5, 18.0, 12.6, 12.0)

    @property
    def paper(self) -> tuple[float, float]:
        return PAPERS[self.design]


A5 = Format("a5", 1.0)
_DENSE = Format(
    "a4", 1.0, True, (12.0, 30.0, 27.0, 38.0), 10.4, 19.0, 38.0, 20.0, 0.6, 10.5, (41, 24, 16, 17)
)
LARGE = tuple(
    replace(A5, design="a4", scale=scale, module=0.74 / scale) for scale in (1.41, 1.34, 1.26, 1.18)
)
"""A4 with the type of A5 enlarged, the largest first."""
DENSE = tuple(replace(_DENSE, scale=scale, module=0.6 / scale) for scale in (1.12, 1.06, 1.0))
FORMATS: dict[CardDesign, tuple[Format, ...]] = {"a5": (A5,), "a4": (*LARGE, *DENSE)}


@dataclass(slots=True)
class FormatSetter:
    """A typesetter of a format, and the blocks that many cards of it share."""

    format: Format
    setter: Typesetter
    plates: BlockCache = field(init=False)

    def __post_init__(self) -> None:
        self.plates = BlockCache(self.setter)

    @property
    def look(self) -> Look:
        return self.setter.look

    @property
    def width(self) -> float:
        """pt of the live width."""
        return self.look.width - 2 * mm(MARGIN)

    @property
    def height(self) -> float:
        """pt of the live height."""
        return self.look.height - 2 * mm(MARGIN)

    def pt(self, size: float) -> float:
        return size * self.look.scale

    def block(
        self, key: Hashable, make: Callable[[], Block], place: Place, figures: tuple[str, ...] = ()
    ) -> Block:
        """A block that many cards share; a text that leaves the margin is an error, and its card
        is not printed.
        """

        def checked() -> Block:
            block = make()
            for text in texts_of(block.items):
                self.has_room(text.x + text.line.width, self.width, text.line.text, place)
            return block

        return self.plates.block(key, checked, figures)

    def has_room(self, taken: float, room: float, text: str, place: Place) -> None:
        """Tell of a text that takes more room than there is."""
        if taken > room + 0.5:
            over = f"{(taken - room) / MM:.1f}"
            self.setter.problems.append(problem("E310", place, text=as_zeros(text), over=over))


class FormatSetters:
    """The typesetters of the formats that are asked for; ``problems`` are those of all of them."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self._made: dict[Format, FormatSetter] = {}
        self._look = partial(look_on, theme, "hand")
        self._fonts = fonts

    def of(self, form: Format) -> FormatSetter:
        if form not in self._made:
            look = self._look(form.paper, margin=MARGIN / form.scale, scale=form.scale)
            self._made[form] = FormatSetter(form, Typesetter(look, self._fonts))
        return self._made[form]

    def clear(self) -> None:
        """Forget what was wrong with the last card."""
        for each in self._made.values():
            each.setter.problems = []

    def problems_of(self, form: Format) -> list[Problem]:
        return list(dict.fromkeys(self._made[form].setter.problems))
