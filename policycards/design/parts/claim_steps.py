"""How the policies of a card are claimed: each step is said once, with badges that lead to the rows
it belongs to.

Only numbers and steps stand here, so that strangers may see it: a discreet policy tells its steps
in its own row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.policy_text import Row
from policycards.design.layout.blocks import Block, beside, flowing, framed, stacked
from policycards.design.layout.frames import Box
from policycards.design.layout.typesetter import Typesetter

GAP = mm(0.8)
PADDING = mm(0.5)
LAST = 99
"""Rank of papers and offices, which are told after all steps."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step, papers or an office, and the numbers of the rows that need it."""

    told: Text
    numbers: tuple[str, ...]


def steps(rows: Iterable[tuple[int, Row]]) -> list[Step]:
    """The steps of numbered rows, those that come first in their rows before the others."""
    found: dict[tuple[int, Text], list[str]] = {}
    for number, row in rows:
        for rank, text in (*enumerate(row.how), *((LAST, text) for text in row.needs)):
            found.setdefault((rank, text), []).append(str(number))
    ranked = sorted(found.items(), key=lambda each: each[0][0])
    return [Step(text, tuple(numbers)) for (_rank, text), numbers in ranked]


def badge(setter: Typesetter, number: str, place: Place) -> Block:
    """The number of a row, white on black, as wide as two digits."""
    width, height = setter.look.size("body") * 1.5, setter.look.size("body") * 1.2
    digits = setter.paragraph(
        number, "zh", "body", width, place, bold=True, align="center", colour=1.0
    )
    inside = Block(width, height, parts=((digits, 0, (height - digits.height) / 2),))
    return framed(inside, 0, Box(0, 0, 0, 0, fill=0.0, radius=2))


def step_block(
    setter: Typesetter, told: Text, numbers: Sequence[str], width: float, place: Place
) -> Block:
    """A step behind or below the badges of its rows, whichever takes less."""
    badges = [badge(setter, number, place) for number in numbers]
    text = partial(setter.inline, told, "body", place=place)
    line = min(_arranged(badges, text, width), key=lambda each: each.height)
    return Block(width, line.height + 2 * PADDING, parts=((line, 0, PADDING),))


def _arranged(badges: Sequence[Block], text: Callable[..., Block], width: float) -> Iterator[Block]:
    led = flowing(badges, width, GAP, GAP)
    if width - led.width > width / 2:
        yield beside([led, text(width=width - led.width - 2 * GAP)], 2 * GAP)
    yield stacked([led, text(width=width)], GAP)
