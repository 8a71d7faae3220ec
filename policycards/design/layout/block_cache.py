"""Plates: blocks that many cards share, set once; what differs between cards are figures in their
slots.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policycards.core.problems import Problem
from policycards.design.layout.blocks import Block, moved
from policycards.design.layout.frames import (
    BlockRef,
    Item,
    Page,
    Piece,
    Plate,
    Tagged,
    Text,
    Turned,
)
from policycards.design.layout.typesetter import Typesetter
from policycards.typeset import Fonts
from policycards.typeset.slots import filled, has_even_digits, opened, spelled

MOST_KEPT = 4096
"""Plates that are kept, those used last: those of one village are of no use in the next."""
_ZEROS = str.maketrans("123456789", "000000000")


@dataclass(frozen=True, slots=True)
class Kept:
    """Plates that were made together, with their sizes and with what is wrong with them."""

    plates: tuple[tuple[float, float, Plate], ...]
    problems: tuple[Problem, ...]

    def blocks(self, figures: tuple[str, ...] = ()) -> list[Block]:
        return [
            Block(width, height, (BlockRef(0.0, 0.0, plate, figures),))
            for width, height, plate in self.plates
        ]


@dataclass(slots=True)
class BlockCache:
    """The plates of one setter. What is wrong with a plate is wrong with every card that it is
    on.
    """

    setter: Typesetter
    _kept: dict[Hashable, Kept] = field(default_factory=dict)

    def block(
        self, key: Hashable, make: Callable[[], Block], figures: tuple[str, ...] = ()
    ) -> Block:
        """The block that ``make`` sets, set once for each key."""
        return self.blocks(key, lambda: [make()], figures)[0]

    def blocks(
        self, key: Hashable, make: Callable[[], Sequence[Block]], figures: tuple[str, ...] = ()
    ) -> list[Block]:
        """The blocks that ``make`` sets, set once for each key; ``figures`` go into their slots."""
        kept = self._kept.pop(key, None) or self._build(make)
        self._kept[key] = kept  # the last of all
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self.setter.problems += kept.problems
        return kept.blocks(figures)

    def _build(self, make: Callable[[], Sequence[Block]]) -> Kept:
        outer, self.setter.problems = self.setter.problems, []
        plates = tuple((block.width, block.height, Plate(block.items)) for block in make())
        kept = Kept(plates, tuple(self.setter.problems))
        self.setter.problems = outer
        return kept

    @property
    def opens(self) -> bool:
        """Whether digits may be left open: not in faces in which they are unevenly wide."""
        return all(map(has_even_digits, self.setter.fonts.faces.values()))

    def shapes(self, figures: Iterable[str]) -> tuple[str, ...]:
        """What of figures decides a layout: all but which digits."""
        return (
            tuple(figure.translate(_ZEROS) for figure in figures) if self.opens else tuple(figures)
        )

    @property
    def spell(self) -> Callable[[str, Sequence[str]], str]:
        """What puts the shapes of figures into a text."""
        return opened if self.opens else spelled


def whole(piece: Piece, fonts: Fonts) -> Piece:
    """A piece in which everything stands in its place, without stamps."""
    pages = tuple(
        Page(page.width, page.height, tuple(_whole(page.items, fonts))) for page in piece.pages
    )
    return replace(piece, pages=pages)


def _whole(items: Iterable[Item], fonts: Fonts) -> Iterator[Item]:
    for item in items:
        match item:
            case Tagged():
                yield replace(item, items=tuple(_whole(item.items, fonts)))
            case Turned():
                yield replace(item, items=tuple(_whole(item.items, fonts)))
            case BlockRef():
                yield from (
                    moved(_filled(each, item.figures, fonts), item.x, item.y)
                    for each in item.plate.items
                )
            case _:
                yield item


def _filled(item: Item, figures: Sequence[str], fonts: Fonts) -> Item:
    match item:
        case Tagged():
            return replace(item, items=tuple(_filled(each, figures, fonts) for each in item.items))
        case Text() if figures:
            return item._replace(line=filled(item.line, figures, fonts))
        case _:
            return item
