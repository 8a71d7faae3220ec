"""Blocks: pieces of layout with a height, set at the origin and moved to where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policycards.design.layout.frames import (
    BlockRef,
    Box,
    Item,
    Role,
    Shape,
    Squares,
    Tagged,
    Text,
    Turned,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Items of its own and other blocks within ``width`` x ``height`` pt, from their own top left
    corner.

    The blocks in it are moved to their places when its items are asked for, once for all levels.
    """

    width: float
    height: float
    own: tuple[Item, ...] = ()
    parts: tuple[tuple[Block, float, float], ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is to be drawn, its own items first."""
        return placed(self, 0, 0) if self.parts else self.own

    def tagged(self, role: Role, **marks: str) -> Block:
        """The same block as one structure element."""
        element = Tagged(role, self.items, **marks)  # type: ignore[arg-type]
        return Block(self.width, self.height, (element,))


def moved(item: Item, dx: float, dy: float) -> Item:
    """An item so many pt further right and down."""
    # Constructors, not dataclasses.replace: a card moves some 5,000 items, and replace takes three
    # times as long.
    match item:
        case BlockRef():
            x, y, plate, figures = item
            return BlockRef(x + dx, y + dy, plate, figures)
        case Text():
            x, y, line, colour = item
            return Text(x + dx, y + dy, line, colour)
        case Tagged(role, items, lang, alt, key, opens):
            return Tagged(
                role, tuple(moved(inner, dx, dy) for inner in items), lang, alt, key, opens
            )
        case Shape(segments):
            return replace(
                item, segments=tuple(_moved_segment(segment, dx, dy) for segment in segments)
            )
        case Box() | Squares() | Turned():
            return replace(item, x=item.x + dx, y=item.y + dy)


def _moved_segment(
    segment: tuple[str | float, ...], dx: float, dy: float
) -> tuple[str | float, ...]:
    verb, *numbers = segment
    shifts = [dx, dy] * (len(numbers) // 2)
    return (verb, *(float(number) + shift for number, shift in zip(numbers, shifts, strict=True)))


def placed(block: Block, x: float, y: float) -> tuple[Item, ...]:
    """A block's items at a place on the page."""
    items: list[Item] = []
    _place(block, x, y, items)
    return tuple(items)


def _place(block: Block, x: float, y: float, items: list[Item]) -> None:
    for item in block.own:
        items.append(moved(item, x, y))
    for part, dx, dy in block.parts:
        _place(part, x + dx, y + dy, items)


def stacked(blocks: Iterable[Block], gap: float = 0.0) -> Block:
    """Blocks one below the other; empty ones take no gap."""
    parts: list[tuple[Block, float, float]] = []
    width = height = 0.0
    for block in blocks:
        if not block.height:
            continue
        height += gap if height else 0.0
        parts.append((block, 0, height))
        width, height = max(width, block.width), height + block.height
    return Block(width, height, parts=tuple(parts))


def beside(blocks: Sequence[Block], gap: float, middle: bool = False) -> Block:
    """Blocks side by side, their tops (or their middles) level."""
    height = max(block.height for block in blocks)
    parts: list[tuple[Block, float, float]] = []
    x = 0.0
    for block in blocks:
        parts.append((block, x, (height - block.height) / 2 if middle else 0))
        x += block.width + gap
    return Block(x - gap, height, parts=tuple(parts))


def flowing(blocks: Iterable[Block], width: float, gap: float, line_gap: float) -> Block:
    """Blocks side by side as long as they fit into ``width`` pt, then on a further line, their
    middles level.
    """
    lines: list[list[Block]] = [[]]
    room = width
    for block in blocks:
        if lines[-1] and block.width > room:
            lines.append([])
            room = width
        lines[-1].append(block)
        room -= block.width + gap
    return stacked((beside(line, gap, middle=True) for line in lines if line), line_gap)


def spread(blocks: Sequence[Block], width: float, widest: float) -> Block:
    """Blocks on one line, their middles level, with equal gaps of at most ``widest`` pt; of several
    the last at the right edge where the gaps are no wider. Several lines where one is too short.
    """
    spare = width - sum(block.width for block in blocks)
    gap = min(spare / max(1, len(blocks) - 1), widest)
    return flowing(blocks, width + 0.1, max(gap, 6.0), 1.5)


def framed(block: Block, padding: float, box: Box) -> Block:
    """A block inside a box that is as large as it needs."""
    width, height = block.width + 2 * padding, block.height + 2 * padding
    frame = Tagged("Artifact", (replace(box, x=0, y=0, width=width, height=height),))
    return Block(width, height, (frame,), ((block, padding, padding),))
