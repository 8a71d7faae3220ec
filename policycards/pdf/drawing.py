"""Boxes, paths and QR squares as PDF operators, and where on its page a frame is."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from policycards.design.layout.frames import (
    BlockRef,
    Box,
    Colour,
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


Point = tuple[float, float]
_SHARP, _ROUND = 0, 1
"""Caps and joins of lines: pictograms are drawn with a round pen."""
_BITS = bytes.maketrans(b"\0\1", b"01")


def box(canvas: Canvas, corner: Point, item: Box) -> None:
    """Draw a rectangle."""
    _pen(canvas, item.stroke, item.line_width, _SHARP, item.dash)
    fill_with(canvas, item.fill)
    left, bottom = corner[0] + item.x, corner[1] - item.y - item.height
    painted = item.stroke is not None, item.fill is not None
    if item.radius:
        canvas.roundRect(left, bottom, item.width, item.height, item.radius, *painted)
    else:
        canvas.rect(left, bottom, item.width, item.height, *painted)


def shape(canvas: Canvas, corner: Point, item: Shape) -> None:
    """Draw a pictogram."""
    _pen(canvas, item.stroke, item.line_width, _ROUND)
    fill_with(canvas, item.fill)
    path(
        canvas,
        item.segments,
        corner,
        (1, -1),
        stroke=item.stroke is not None,
        fill=item.fill is not None,
    )


def squares(canvas: Canvas, corner: Point, item: Squares) -> None:
    """Draw a QR code."""
    canvas.addLiteral(stencil(item, corner[0] + item.x, corner[1] - item.y))


def stencil(item: Squares, left: float, top: float) -> str:
    """A QR code as one black stencil, so that no renderer leaves seams between modules (ISO
    32000-1, 8.9.6.2).
    """
    width, height = len(item.rows[0]), len(item.rows)
    size, spare = (width + 7) // 8, -width % 8
    bits = b"".join(
        [(int(bytes(row).translate(_BITS), 2) << spare).to_bytes(size, "big") for row in item.rows]
    )
    wide, high = width * item.module, height * item.module
    return (
        f"q 0 g {numbers(wide)} 0 0 {numbers(high, left, top - high)} cm\n"
        f"BI /W {width} /H {height} /BPC 1 /IM true /D [1 0] /F /AHx ID {bits.hex()}> EI Q"
    )


def lines(
    canvas: Canvas, ends: Iterable[tuple[float, float, float, float]], line_width: float
) -> None:
    """Draw straight black lines between places of the sheet."""
    _pen(canvas, 0.0, line_width, _SHARP)
    canvas.lines(list(ends))


def path(
    canvas: Canvas,
    segments: Iterable[tuple[str | float, ...]],
    origin: Point,
    scale: Point,
    *,
    stroke: bool = False,
    fill: bool = False,
) -> None:
    """Draw path segments, ``scale`` times as large, from an origin on the sheet; filled by the
    non-zero rule.
    """
    drawn = canvas.beginPath()
    steps = {"M": drawn.moveTo, "L": drawn.lineTo, "C": drawn.curveTo, "Z": drawn.close}
    for letter, *places in segments:
        steps[str(letter)](
            *(origin[n % 2] + float(place) * scale[n % 2] for n, place in enumerate(places))
        )
    canvas.drawPath(drawn, stroke, fill, FILL_NON_ZERO)


def fill_with(canvas: Canvas, colour: Colour | None) -> None:
    """Fill what follows with a colour; gray stays gray, so that black is the black ink alone."""
    if isinstance(colour, tuple):
        canvas.setFillColorRGB(*colour)
    elif colour is not None:
        canvas.setFillGray(colour)


def numbers(*values: float) -> str:
    """Operands to a thousandth of a point.

    >>> numbers(12.5, -0.00004, 100)
    '12.5 0 100'
    """
    return " ".join([f"{round(value, 3) + 0.0:.7g}" for value in values])


def _pen(
    canvas: Canvas,
    colour: Colour | None,
    line_width: float,
    form: int,
    dash: tuple[float, ...] = (),
) -> None:
    if colour is None:
        return
    if isinstance(colour, tuple):
        canvas.setStrokeColorRGB(*colour)
    else:
        canvas.setStrokeGray(colour)
    canvas.setLineWidth(line_width)
    canvas.setLineCap(form)
    canvas.setLineJoin(form)
    canvas.setDash(list(dash))
