"""What reading back should find on a card: its QR code, its code, its names, every amount with the
words around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policycards.core.units import mm
from policycards.design.content.card_content import CardContent
from policycards.design.layout.frames import Item, Page, Squares, Tagged
from policycards.design.layout.sheet_plan import Placed, Side
from policycards.pdf.text_reader import Box
from policycards.press.verify.verification import Expected
from policycards.qr import format_code
from policycards.typeset import numbers

AROUND = mm(3)
"""Around a QR code, so that its quiet zone is in the picture."""


def expected_card(
    code: str,
    payload: bytes,
    content: CardContent,
    pages: Sequence[Page],
    places: Sequence[tuple[int, Placed]],
    file: str,
    *,
    has_names: bool,
) -> Expected:
    """What should be on a card whose pages lie at ``places``: pages of the file with where each
    lies on it.
    """
    whole = [(0.0, 0.0, page.width, page.height) for page in pages]
    boxes = [_turned(box, spot) for box, (_at, spot) in zip(whole, places, strict=True)]
    square = next(_squares(pages[0].items))
    side = len(square.rows) * square.module
    around = (square.x - AROUND, square.y - AROUND, side + 2 * AROUND, side + 2 * AROUND)
    names = [name for name in (content.name_bo, content.name_zh) if name] if has_names else []
    return Expected(
        code=code,
        payload=payload.decode("ascii"),
        texts=(format_code(code), *names, *_figures(content)),
        file=file,
        pages=[at for at, _spot in places],
        parts=tuple(boxes),
        qr=_turned(around, places[0][1]),
    )


def where_pages_lie(printed: Iterable[Side], before: int) -> dict[int, list[tuple[int, Placed]]]:
    """For each card the pages of the file that hold its pages, in their order; ``before`` pages
    come first in it.
    """
    found: dict[int, dict[int, tuple[int, Placed]]] = {}
    for at, side in enumerate(printed, before):
        for each in side.pages:
            found.setdefault(each.card, {})[each.page] = at, each
    return {card: [of[page] for page in sorted(of)] for card, of in found.items()}


def _figures(content: CardContent) -> Iterator[str]:
    """Every amount of the household's own, with its name, what it is for, and the sums."""
    for line in content.lines:
        if line.form.section != "other":
            yield line.amount or "—"
    for each in content.subtotals:
        yield numbers.plain(each.total)


def _squares(items: Iterable[Item]) -> Iterator[Squares]:
    for item in items:
        if isinstance(item, Squares):
            yield item
        elif isinstance(item, Tagged):
            yield from _squares(item.items)


def _turned(box: Box, spot: Placed) -> Box:
    """A box of a card's page as a box of the file's page on which it lies."""
    left, top, width, height = box
    if spot.turn == 180:
        return spot.x - left - width, spot.y - top - height, width, height
    return spot.x + left, spot.y + top, width, height
