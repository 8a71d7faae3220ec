"""The theme: everything an office may change about how a card looks, and the minima it may not go
below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from policycards.catalogue import read_form
from policycards.catalogue.model.policy import Amount, Form, Id
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import mm
from policycards.design.layout.frames import Colour
from policycards.typeset import Style
from policycards.typeset.fonts import FACES
from policycards.typeset.text_model import Align, Lang

THEMES = Path(__file__).parents[1] / "themes"
LARGE = 1.25
"""What ``--large`` multiplies the sizes of what is read with; titles, marks and small lines stay as
they are.
"""
ENLARGED = frozenset({"name", "body", "figure", "phone"})

DesignName = Literal["hand", "wall", "booklet", "leaflet", "poster"]
CARDS: Final[tuple[DesignName, ...]] = ("hand", "wall")
"""The designs of cards; each other one is of a piece of its own."""
PITCH, IN_HAND = 1.6, 1.45
"""em of the Tibetan between two baselines, more where ink would meet; tighter on what is read from
the hand.
"""
Hex = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
TypeSize = str | tuple[float, float]
"""A size of type: a role of the design, such as ``body``, or pt of the Tibetan and the Chinese."""
Side = Annotated[float, Field(gt=0, le=1200)]
Size = Annotated[float, Field(gt=0, le=200)]

MINIMA: dict[DesignName, dict[str, float]] = {
    "hand": {
        "body": 10.5,
        "name": 10.5,
        "heading": 10.5,
        "figure": 16,
        "phone": 16,
        "small": 8,
        "margin": 6,
    },
    "wall": {
        "body": 12,
        "name": 12,
        "heading": 12,
        "figure": 16,
        "phone": 16,
        "small": 8,
        "margin": 6,
    },
    "booklet": {
        "body": 10.5,
        "name": 10.5,
        "heading": 10.5,
        "figure": 16,
        "phone": 16,
        "small": 8,
        "margin": 8,
    },
    "leaflet": {
        "body": 10.5,
        "name": 10.5,
        "heading": 10.5,
        "figure": 16,
        "phone": 16,
        "small": 8,
        "margin": 6,
    },
    "poster": {
        "body": 22,
        "name": 22,
        "heading": 22,
        "figure": 44,
        "phone": 36,
        "small": 12,
        "margin": 12,
    },
}
"""Chinese sizes in pt and the margin in mm: what old eyes and office printers need, on a poster
from 2 m (``FAR``).
"""
FAR: Final = 28
"""pt of Tibetan that a poster may not go below.

An eye with half the full acuity tells apart what is 2 minutes of arc wide, and a letter is about
five such parts high: 10 minutes, at 2 m 5.8 mm. The shipped Tibetan letter is 0.59 em from head to
foot, without what stands above and below it: 28 pt. A Chinese character is 0.88 em and about six
parts high: 22 pt.
"""


class Colours(Form):
    """What is filled or ruled; text on and beside it survives a photocopier.

    ``accent`` fills heads and bars, ``title`` the title's band (white: a rule above it instead),
    ``tint`` sums and bands, ``column`` the column of amounts, ``tile`` the square behind a
    pictogram, in ``categories`` by the id of a category. Left out, title and tile are as the
    accent, and the column as the tint.
    """

    accent: Hex
    title: Hex | None = None
    tint: Hex
    column: Hex | None = None
    rule: Hex
    tile: Hex | None = None
    categories: dict[Id, Hex] = Field({})


class Design(Form):
    """Sizes of one design: type in pt of the Chinese, paper, margin and pictogram in mm."""

    paper: tuple[Side, Side]
    margin: Size
    title: Size
    heading: Size
    name: Size
    body: Size
    figure: Size
    phone: Size
    small: Size
    pictogram: Size


class Theme(Form):
    name: str
    ratio: Amount
    fonts: dict[str, str]
    colours: Colours
    designs: dict[DesignName, Design]


class Look:
    """A theme's design made ready for setting: sizes in pt, styles by role, colours as numbers.

    ``scale`` enlarges type, margin and all lengths, for the same page on larger paper.
    """

    def __init__(
        self, theme: Theme, design: DesignName, large: bool = False, scale: float = 1.0
    ) -> None:
        self.theme, self.name, self.scale = theme, design, scale
        self._sizes = theme.designs[design]
        self._enlarged = LARGE if large else 1.0
        self._ratio = float(theme.ratio)
        self.width, self.height = (mm(side) for side in self._sizes.paper)
        self.margin = self.length(self._sizes.margin)
        self.pictogram = self.length(self._sizes.pictogram)
        colours = theme.colours
        self.accent, self.tint, self.rule = map(
            colour, (colours.accent, colours.tint, colours.rule)
        )
        self.title = colour(colours.title or colours.accent)
        self.column = colour(colours.column or colours.tint)

    @property
    def inner_width(self) -> float:
        """pt between the margins"""
        return self.width - 2 * self.margin

    def length(self, millimetres: float) -> float:
        """pt of a length in mm at the look's scale."""
        return mm(millimetres) * self.scale

    def tile(self, category: str) -> Colour:
        """What is behind the white pictogram of a category."""
        colours = self.theme.colours
        return colour(colours.categories.get(category) or colours.tile or colours.accent)

    def size(self, role: TypeSize) -> float:
        """pt of the Chinese in a size; a ``mark`` is as large as plain text."""
        if isinstance(role, tuple):
            return role[1] * self.scale
        size = float(getattr(self._sizes, "body" if role == "mark" else role))
        return size * self.scale * (self._enlarged if role in ENLARGED else 1.0)

    def tibetan(self, role: TypeSize) -> float:
        """pt of the Tibetan in a size."""
        return role[0] * self.scale if isinstance(role, tuple) else self.size(role) * self._ratio

    def style(self, lang: Lang, role: TypeSize, bold: bool = False, align: Align = "left") -> Style:
        """The paragraph style of a size in a language."""
        return Style(
            lang,
            bo=self.tibetan(role),
            zh=self.size(role),
            bold=bold,
            align=align,
            pitch=(IN_HAND if self.name == "hand" else PITCH) if lang == "bo" else 1.35,
        )


def colour(text: str) -> Colour:
    """Gray where the three parts are equal, else sRGB.

    >>> colour("#000000"), colour("#ff0000")
    (0.0, (1.0, 0.0, 0.0))
    """
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red if red == green == blue else (red, green, blue)


def read_theme(name: str) -> tuple[Theme | None, list[Problem]]:
    """A shipped theme by name, or a file by its path; with what is wrong with it."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else THEMES / f"{name}.yaml"
    if not path.exists():
        shipped = ", ".join(sorted(file.stem for file in THEMES.glob("*.yaml")))
        return None, [problem("E330", Place(name), shipped=shipped)]
    theme, problems, places = read_form(path, Theme)
    if theme is None:
        return None, problems
    return theme, [*problems, *_problems(theme, lambda *parts: places.get(parts, Place(str(path))))]


def _problems(theme: Theme, place: Callable[..., Place]) -> Iterator[Problem]:
    for design, minima in sorted(MINIMA.items()):
        if design not in theme.designs:
            yield problem("E331", place("designs"), design=design)
            continue
        for role, least in sorted(minima.items()):
            size = getattr(theme.designs[design], role)
            if size < least:
                yield problem(
                    "E332",
                    place("designs", design, role),
                    role=role,
                    design=design,
                    size=size,
                    least=least,
                )
    if poster := theme.designs.get("poster"):
        size = poster.body * float(theme.ratio)
        if size < FAR:
            yield problem("E360", place("ratio"), size=f"{size:g}", least=FAR)
    for face in sorted(FACES):
        if face not in theme.fonts:
            yield problem("E334", place("fonts"), face=face)
    yield from _lost_colours(theme.colours, place)


DARK, LIGHT, FILLS = ((0.0, 0.25),), ((0.75, 1.0),), ((0.0, 0.25), (0.7, 1.0))
"""Lightness that a copier keeps apart from white, from black, and from the text on it."""
SHADES = {
    "accent": FILLS,
    "title": FILLS,
    "rule": DARK,
    "tint": LIGHT,
    "column": LIGHT,
    "tile": DARK,
}


def _lost_colours(colours: Colours, place: Callable[..., Place]) -> Iterator[Problem]:
    content: dict[tuple[str, ...], tuple[str | None, tuple[tuple[float, float], ...]]] = {
        (role,): (getattr(colours, role), shades) for role, shades in SHADES.items()
    }
    content |= {
        ("categories", key): (hex_, DARK) for key, hex_ in sorted(colours.categories.items())
    }
    for path, (hex_, shades) in content.items():
        light = lightness(colour(hex_)) if hex_ else None
        if light is not None and not any(least <= light <= most for least, most in shades):
            least, most = shades[0]
            yield problem(
                "E333",
                place("colours", *path),
                role=".".join(path),
                light=f"{light:.2f}",
                most=most,
                least=least,
            )


def on(fill: Colour) -> Colour:
    """The colour of text on a fill: white on dark, black on light."""
    return 1.0 if lightness(fill) <= DARK[0][1] else 0.0


def lightness(colour: Colour) -> float:
    """Relative luminance as a black-and-white copier sees it (WCAG 2, without its gamma offset).

    >>> lightness(1.0)
    1.0
    """
    red, green, blue = (colour,) * 3 if isinstance(colour, float) else colour
    return float(0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2)


A4: Final = (210.0, 297.0)
A3: Final = (297.0, 420.0)


def look_on(
    theme: Theme,
    sizes: DesignName,
    paper: tuple[float, float],
    large: bool = False,
    *,
    margin: float | None = None,
    scale: float = 1.0,
) -> Look:
    """The type of one of the theme's designs on another paper and margin, in mm."""
    changes = {"paper": paper} | ({"margin": margin} if margin else {})
    design = theme.designs[sizes].model_copy(update=changes)
    designs = {**theme.designs, sizes: design}
    return Look(theme.model_copy(update={"designs": designs}), sizes, large, scale)


def desk_look(theme: Theme) -> Look:
    """A4 with the type of the hand card: for what people read at a desk, and for lists."""
    return look_on(theme, "hand", A4, margin=7)
