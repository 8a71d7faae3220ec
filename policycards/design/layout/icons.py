"""Pictograms: the drawings of ``pictograms/``, as shapes of any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from policycards.design.layout.frames import Colour, Shape

FOLDER = Path(__file__).parents[1] / "pictograms"

# The field on which the files are drawn: viewBox="1 1 22 22", lines two units wide.
_CORNER = 1.0
_FIELD = 22.0
_LINE = 2.0

_PATH = re.compile(r'<path d="([^"]+)"/>')
_SEGMENT = re.compile(r"([MLCZ])([^MLCZ]*)")


@cache
def names() -> frozenset[str]:
    """What a category may name as its pictogram."""
    return frozenset(file.stem for file in FOLDER.glob("*.svg"))


def shape(name: str, x: float, y: float, size: float, colour: Colour = 0.0) -> Shape:
    """A pictogram in a square of ``size`` pt whose top left corner is at x, y; its lines stay
    inside.

    It is made for round caps and joins. Raises KeyError for a name that there is not.
    """
    scale = size / _FIELD
    corner = (x - _CORNER * scale, y - _CORNER * scale)

    def placed(lengths: tuple[float, ...]) -> Iterator[float]:
        return (corner[index % 2] + length * scale for index, length in enumerate(lengths))

    segments: Iterator[tuple[str | float, ...]] = (
        (verb, *placed(lengths)) for verb, lengths in _drawing(name)
    )
    return Shape(tuple(segments), stroke=colour, line_width=_LINE * scale)


@cache
def strokes(name: str) -> tuple[str, ...]:
    """The paths of a pictogram as SVG writes them, in a field of ``1 1 22 22``. Raises KeyError as
    ``shape`` does.
    """
    if name not in names():
        raise KeyError(name)
    return tuple(_PATH.findall((FOLDER / f"{name}.svg").read_text(encoding="utf-8")))


@cache
def _drawing(name: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    return tuple(
        (verb, tuple(map(float, lengths.split())))
        for path in strokes(name)
        for verb, lengths in _SEGMENT.findall(path)
    )
