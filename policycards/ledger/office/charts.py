"""Charts as SVG, drawn by the server: no script, no style that a strict browser would refuse."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

EDGE = 14
"""Room beside the first and last bar for a label that is wider than its bar."""
INK, GOOD, OPEN, BAD = "#333333", "#2a6f4e", "#d9cfc0", "#b3402a"


def bars(
    points: Sequence[tuple[str, int]], title: str, *, width: int = 640, height: int = 150
) -> SafeString:
    """A bar for each point, its number above it where there is room; every third label below."""
    most = max((number for _label, number in points), default=0) or 1
    step = (width - 2 * EDGE) / max(len(points), 1)
    floor, top = height - 22, 18
    parts = []
    for place, (label, number) in enumerate(points):
        tall = (floor - top) * number / most
        left = EDGE + place * step
        parts.append(
            _box(left + step * 0.15, floor - tall, step * 0.7, tall, GOOD, f"{label}: {number}")
        )
        if number and (step > 28 or number == most):
            parts.append(_text(left + step / 2, floor - tall - 4, str(number)))
        if step > 40 or place % 3 == 0:
            parts.append(_text(left + step / 2, height - 6, label))
    parts.append(f'<path d="M0 {floor + 0.5}H{width}" stroke="{INK}"/>')
    return _drawing(width, height, title, parts)


def shares(
    delivered: int, outstanding: int, problems: int, title: str, *, width: int = 160
) -> SafeString:
    """One bar of three parts: delivered, outstanding, problems."""
    whole = delivered + outstanding + problems or 1
    parts, left = [], 0.0
    for number, colour in ((delivered, GOOD), (outstanding, OPEN), (problems, BAD)):
        wide = width * number / whole
        parts.append(_box(left, 0, wide, 14, colour, str(number)))
        left += wide
    return _drawing(width, 14, title, parts)


def _box(left: float, top: float, wide: float, tall: float, colour: str, title: str) -> str:
    place = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return (
        f'<rect {place} fill="{colour}"><title>{escape(title)}</title></rect>'
        if wide and tall
        else ""
    )


def _text(middle: float, base: float, text: str) -> str:
    return (
        f'<text x="{middle:.1f}" y="{base:.1f}" font-size="11" text-anchor="middle"'
        f' fill="{INK}">{escape(text)}</text>'
    )


def _drawing(width: int, height: int, title: str, parts: Sequence[str]) -> SafeString:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return mark_safe(f'<svg {size} role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>')
