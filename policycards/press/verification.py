"""Verification: printed packs are opened as a stranger would, and compared with what they should
say.

On each card that is its QR code, its code, its names, and every amount with the words around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from policycards.core.problems import Place, Problem, problem
from policycards.core.units import mm
from policycards.design.content.card_content import CardContent
from policycards.design.layout.frames import Item, Page, Squares, Tagged
from policycards.design.layout.sheet_plan import Placed, Side
from policycards.pdf.text_reader import Box, Pages
from policycards.qr import format_code, read_payload
from policycards.typeset import numbers
from policycards.typeset.normalization import normal

DPI = 150
"""A telephone sees no more of a module of 0.5 mm."""
ONE_IN = 100
"""Of so many cards one is in the sample, beside the first of each village."""

_AT_DIGITS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_TSHEGS = re.compile("་+")
_UNSEEN = re.compile("[\\s\u00ad\u200b\ufeff\ufffe]+")
_SYLLABLES = re.compile("(?<=[་\u4e00-\u9fff])(?=[^ ])|(?<=× )")
"""Where a sum may be broken that is too wide for its column."""
_SUM = re.compile("[=×]")
_IN_NUMBER = frozenset("0123456789.,")


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be on a card.

    ``file`` is relative to the edition's folder; ``pages`` are the pages of it, from 0, that hold
    the card, that of its QR code first. Where cards share a page, ``parts`` has the card's own part
    of each. ``qr`` is a box around the QR code with its quiet zone: reading is many times faster
    with it. A text is one that may not lack or differ, best with the words around it: ``=
    每年900元`` proves more than ``900``.
    """

    code: str
    payload: str
    texts: tuple[str, ...]
    file: str
    pages: Sequence[int]
    parts: tuple[Box, ...] = ()
    qr: Box | None = None


@dataclass(frozen=True, slots=True)
class Readback:
    """How many cards on how many pages were read, and what differs; of several villages, the
    sum.
    """

    cards: int = 0
    pages: int = 0
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: Readback) -> Readback:
        return Readback(
            self.cards + other.cards, self.pages + other.pages, self.problems + other.problems
        )

    @property
    def is_as_it_should_be(self) -> bool:
        return not self.problems

    def to_dict(self) -> dict[str, object]:
        """The content of ``readback.json``: counts, and for each difference its code and place,
        but no text of a card.
        """
        return {
            "cards": self.cards,
            "pages": self.pages,
            "counts": dict(sorted(Counter(each.code for each in self.problems).items())),
            "differences": [
                {"problem": each.code, "file": each.place.file, **dict(each.facts)}
                for each in self.problems
            ],
        }


def sample(codes: Collection[str], seed: str) -> frozenset[str]:
    """The codes of a village's cards that are read back: at least one, and about one in a hundred.

    Equal seeds choose the same cards, in whatever order they come; the seed is the id of the run.

    >>> len(sample([], "")), len(sample(["7F3K9Q2M8ZT1"], ""))
    (0, 1)
    """
    drawn = {code: _lot(code, seed) for code in codes}
    first = min(drawn, key=lambda code: (drawn[code], code), default=None)
    return frozenset(code for code, lot in drawn.items() if code == first or lot % ONE_IN == 0)


def read_back(expected: Iterable[Expected], source: Callable[[str], Path | bytes]) -> Readback:
    """Compare packs with what should be in them; ``source`` gives each file, such as
    ``folder.__truediv__``.

    Each file is opened once if its cards come one behind the other.
    """
    total = Readback()
    for file, cards in groupby(expected, key=lambda card: card.file):
        cards_here = list(cards)
        try:
            with Pages(source(file)) as pages:
                read = (_read_card(card, pages) for card in cards_here)
                total += Readback(
                    len(cards_here),
                    sum(len(card.pages) for card in cards_here),
                    tuple(p for ps in read for p in ps),
                )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else error
            total += Readback(
                problems=(problem("E740", Place(file), cards=len(cards_here), why=why),)
            )
    return total


def _lot(code: str, seed: str) -> int:
    return int.from_bytes(blake2b(f"{seed} {code}".encode(), digest_size=8).digest(), "big")


def _read_card(card: Expected, pages: Pages) -> Iterator[Problem]:
    place, code = Place(card.file), format_code(card.code)
    if gone := [page for page in card.pages if not 0 <= page < len(pages)]:
        yield problem("E741", place, card=code, page=gone[0] + 1, count=len(pages))
        return
    yield from _wrong_square(card, pages, place, code)
    missing = _missing(card, pages)
    if missing:
        number, numbers = card.pages[0] + 1, ", ".join(map(str, missing))
        yield problem(
            "E744",
            place,
            card=code,
            page=number,
            count=len(missing),
            of=len(card.texts),
            numbers=numbers,
        )


def _missing(card: Expected, pages: Pages) -> list[int]:
    """Numbers of the texts that are nowhere on a card; backs may stand upside down."""
    missing = list(range(1, len(card.texts) + 1))
    for is_turned in (False, True):
        if missing:
            parts = card.parts or (None,) * len(card.pages)
            places = zip(card.pages, parts, strict=True)
            read = "\n".join(pages.text(page, part, is_turned=is_turned) for page, part in places)
            page_text, lines = _bare(read), frozenset(map(_bare, read.splitlines()))
            missing = [
                number
                for number in missing
                if not _stands(card.texts[number - 1], page_text, lines)
            ]
    return missing


def _stands(text: str, page_text: str, lines: Collection[str]) -> bool:
    """Whether a text stands on a page, whole or on two lines.

    Of a text that is broken, the line without figures may be drawn with the plate, far from the
    other in the file. Broken at a space, both are whole lines. Amounts and reckonings stand in
    narrow columns beside each other and may be broken at any syllable; what is beside their first
    line is read as one with it, and a number keeps its unit.
    """
    if _has(page_text, _bare(text)):
        return True
    words = text.split(" ")
    breaks = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    if any(_bare(head) in lines and _bare(tail) in lines for head, tail in breaks):
        return True
    parted = [
        (text[: each.end()], text[each.end() :])
        for each in _SYLLABLES.finditer(text)
        if _SUM.search(text)
    ]
    return any(
        _has(page_text, _bare(head)) and _has(page_text, _bare(tail))
        for head, tail in parted
        if re.search(r"[^\d.,]", tail)
    )


def _wrong_square(card: Expected, pages: Pages, place: Place, code: str) -> Iterator[Problem]:
    """What is wrong with the QR code; of the payload that is there instead a message has only the
    code.
    """
    try:
        import zxingcpp  # native: its wheel does not load on every Windows PC
    except ImportError as error:
        yield problem("W745", Place("zxing-cpp"), name="zxing-cpp", why=type(error).__name__)
        return
    page = card.pages[0]
    box = card.qr or (card.parts[0] if card.parts else None)
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    read = zxingcpp.read_barcodes(pages.gray(page, DPI, box).rows(), formats)
    found = [each.text for each in read]
    if not found:
        yield problem("E742", place, card=code, page=page + 1)
    elif card.payload not in found:
        payloads = [read_payload(text, place)[0] for text in found]
        others = [format_code(each.code) for each in payloads if each and each.code]
        yield problem("E743", place, card=code, page=page + 1, other=", ".join(others) or "–")


def _bare(text: str) -> str:
    """A text without spaces, as every reader of PDFs finds it; two numbers beside each other stay
    two.
    """
    return _TSHEGS.sub("་", _UNSEEN.sub("", _AT_DIGITS.sub("|", normal(text))))


def _has(page_text: str, text: str) -> bool:
    """Whether a text stands in another, not as a piece of a longer number."""
    start = page_text.find(text)
    while start >= 0:
        end = start + len(text)
        before, after = page_text[max(0, start - 1) : start], page_text[end : end + 2]
        grows_left = text[:1].isdigit() and before in _IN_NUMBER
        grows_right = text[-1:].isdigit() and (
            after[:1].isdigit() or (after[:1] in _IN_NUMBER and after[1:].isdigit())
        )
        if not (grows_left or grows_right):
            return True
        start = page_text.find(text, start + 1)
    return False


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
        if line.is_own:
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
