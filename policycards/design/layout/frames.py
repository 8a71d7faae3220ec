"""Frames: what layout hands to drawing. Every decision is made here; whoever draws only obeys.

Lengths are pt, the origin is the top left corner of the trimmed page, y runs downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from policycards.typeset.text_model import Lang, Line

Colour = float | tuple[float, float, float]
"""Gray (0 is black) or sRGB, each 0…1. Text that must survive a photocopier is gray 0."""

Role = Literal[
    "Document",
    "Sect",
    "H1",
    "H2",
    "H3",
    "P",
    "L",
    "LI",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "Figure",
    "Span",
    "TOC",
    "TOCI",
    "Reference",
    "Link",
    "Artifact",
]


class Text(NamedTuple):
    """A set line with its left edge and baseline."""

    x: float
    y: float
    line: Line
    colour: Colour = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled, outlined or both; ``radius`` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    line_width: float = 0.5
    radius: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A pictogram: path segments in pt, each ``("M"|"L", x, y)``, ``("C", x1, y1, x2, y2, x, y)``
    or ``("Z",)``.
    """

    segments: tuple[tuple[str | float, ...], ...]
    stroke: Colour | None = 0.0
    fill: Colour | None = None
    line_width: float = 1.0


@dataclass(frozen=True, slots=True)
class Squares:
    """A QR code without its quiet zone: dark modules as rows of booleans, ``module`` pt wide, pure
    black.
    """

    x: float
    y: float
    module: float
    rows: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """Items that belong to one structure element.

    Elements with the same ``key`` on several pages are one element in the structure tree. ``alt``
    is the alternate text of a Figure, or what a Link says of itself; ``opens`` is the key of the
    bookmark that a Link leads to. ``Artifact`` is what a screen reader must not read: rules,
    repeated heads, page numbers.
    """

    role: Role
    items: tuple[Item, ...]
    lang: Lang | None = None
    alt: str | None = None
    key: str | None = None
    opens: str | None = None


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Plate:
    """Items that many cards share, from their own top left corner; where their figures differ,
    lines have slots.

    Equal only to itself, so that what was drawn for it can be kept as long as it is.
    """

    items: tuple[Item, ...]


class BlockRef(NamedTuple):
    """A plate printed at a place, with the figures that go into its slots."""

    x: float
    y: float
    plate: Plate
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """Items of a page of its own, turned clockwise by so many degrees, its top left corner at
    ``x``, ``y``.

    Only in pieces whose structure is not written: sheets of several pages are for paper.
    """

    x: float
    y: float
    angle: Literal[0, 90, 180, 270]
    items: tuple[Item, ...]


Item = Text | Box | Shape | Squares | Tagged | BlockRef | Turned


@dataclass(frozen=True, slots=True)
class Page:
    """One page at trimmed size."""

    width: float
    height: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: opens ``page`` (from 0) at ``y``; ``level`` counts from 0; links
    name its ``key``.
    """

    title: str
    page: int
    y: float
    level: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole printed piece: its pages and what the file says of itself.

    ``date`` and ``identity`` (any text that decides the content, such as a digest) fix the file's
    dates and id, so that equal input gives equal bytes. ``bleed`` is pt around the trimmed page;
    ``crop_marks`` need a slug around it.
    """

    title: str
    lang: Lang
    author: str
    date: date
    identity: str
    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...] = field(default=())
    bleed: float = 0.0
    crop_marks: bool = False
