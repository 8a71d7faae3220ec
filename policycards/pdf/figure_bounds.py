"""Where on its page a frame is."""

from __future__ import annotations

from policycards.design.layout.frames import (
    BlockRef,
    Box,
    Item,
    Shape,
    Squares,
    Tagged,
    Text,
    Turned,
)


def extent(item: Item) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of an item, pt from the page's top left corner, y downwards;
    curves by their handles.

    >>> extent(Tagged("Figure", (Box(1, 2, 3, 4), Squares(5, 6, 0.5, ((True, False),)))))
    (1, 2, 6.0, 6.5)
    """
    match item:
        case Text():
            line = item.line
            return item.x, item.y - line.ink_top, item.x + line.width, item.y - line.ink_bottom
        case Box():
            return item.x, item.y, item.x + item.width, item.y + item.height
        case Squares():
            width, height = len(item.rows[0]) * item.module, len(item.rows) * item.module
            return item.x, item.y, item.x + width, item.y + height
        case Shape():
            numbers = [[float(number) for number in segment[1:]] for segment in item.segments]
            xs = [x for point in numbers for x in point[0::2]]
            ys = [y for point in numbers for y in point[1::2]]
            return min(xs), min(ys), max(xs), max(ys)
        case BlockRef():
            left, top, right, bottom = extent(Tagged("Artifact", item.plate.items))
            return item.x + left, item.y + top, item.x + right, item.y + bottom
        case Tagged(items=()):
            return 0.0, 0.0, 0.0, 0.0
        case Tagged():
            return _around(item.items)
        case Turned(x, y, angle, items):
            left, top, right, bottom = _around(items)
            for _quarter in range(angle // 90):
                left, top, right, bottom = -bottom, left, -top, right
            return x + left, y + top, x + right, y + bottom


def _around(items: tuple[Item, ...]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*map(extent, items), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
