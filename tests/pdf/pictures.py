"""Pictures of strings, two side by side, and how far the ink of two of them is the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

EM, HEIGHT, WIDTH, BASELINE = 144, 432, 1920, 200
"""Pixels of a letter's size, of the cell that a string is set in, and down to its baseline."""

Ink = np.ndarray[Any, np.dtype[np.float64]]
_FAINT = 0.03


def cell(picture: Image.Image, number: int) -> Image.Image:
    """The part of the picture that holds a string."""
    row, column = divmod(number, 2)
    return picture.crop(
        (column * WIDTH, row * HEIGHT, (column + 1) * WIDTH, (row + 1) * HEIGHT)
    ).convert("L")


def overlap(one: Image.Image, other: Image.Image) -> float:
    """F, the share of ink that two pictures have in common: 2|A∩B| / (|A| + |B|), where they fit
    each other best.

    A pixel has as much ink as it is dark, so that the soft edges of strokes, which each renderer
    darkens in its own way, count for what they are. The pictures are laid edge on edge, then moved
    by whole pixels up to two each way; nothing else is forgiven.
    """
    first, second = _ink(one), _ink(other)
    height, width = (max(sides) + 4 for sides in zip(first.shape, second.shape, strict=True))
    fixed = _placed(first, 2, 2, height, width)
    moved = (_placed(second, y, x, height, width) for y in range(5) for x in range(5))
    common = max(float(np.minimum(fixed, candidate).sum()) for candidate in moved)
    return 2 * common / float(first.sum() + second.sum())


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """What only the first has in red, what only the second has in blue, for whoever looks into a
    failure.
    """
    return Image.merge("RGB", (other, Image.new("L", one.size, 255), one))


def _ink(picture: Image.Image) -> Ink:
    dark: Ink = 1 - np.asarray(picture) / 255
    rows, columns = np.nonzero(dark > _FAINT)
    return dark[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _placed(ink: Ink, y: int, x: int, height: int, width: int) -> Ink:
    canvas = np.zeros((height, width))
    canvas[y : y + ink.shape[0], x : x + ink.shape[1]] = ink
    return canvas
