"""Packs of a village as the press makes them: cards of made-up households, their file and what
should be in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from household_cards import DAY, EDITION, PLACE, VILLAGE, Sample, flat
from pieces import fonts, stacked

from policycards import manifest, pdf
from policycards.design import PrintContext, read_theme
from policycards.design.card.household_card import CardChoice, CardIssue, household_card
from policycards.design.layout.frames import Bookmark, Page, Piece, Squares
from policycards.design.layout.sheet_plan import Placed, Sheet, Side, sides, spots
from policycards.design.layout.tiling import imposed
from policycards.households.roster.homes import HouseholdFacts
from policycards.pdf.pack_objects import PlateFonts
from policycards.pdf.pack_writer import Packer
from policycards.pdf.text_reader import Box
from policycards.press.verification import Expected
from policycards.qr import DEMO_KEY, Encoder, card_code, format_code, link_of

FILE = f"549901/{VILLAGE}/cards.pdf"
TEST_PAGES = 2


@dataclass(frozen=True)
class Card:
    """A household's card with what it should say."""

    code: str
    payload: bytes
    pages: tuple[Page, ...]
    texts: tuple[str, ...]

    @property
    def qr(self) -> Box:
        """The QR code with its quiet zone."""
        (squares,) = [item for item in flat(self.pages[0].items) if isinstance(item, Squares)]
        side, zone = len(squares.rows) * squares.module, 4 * squares.module
        return squares.x - zone, squares.y - zone, side + 2 * zone, side + 2 * zone


def home(number: int, zh: str = "扎西次仁", bo: str = "བཀྲ་ཤིས་ཚེ་རིང") -> HouseholdFacts:
    return HouseholdFacts(f"h-{number}", VILLAGE, "二组", number, bo, zh, 5, number)


def card(sample: Sample, facts: HouseholdFacts, mu: int, payload: bytes | None = None) -> Card:
    """A card with one amount, 7.50 yuan for each mu; with another payload it has another card's QR
    code.
    """
    code = card_code(DEMO_KEY, VILLAGE, facts.household_id, EDITION)
    told = sample.substance([sample.entitled("grassland-grazing-ban", str(mu))], facts)
    link = link_of(sample.catalogue, EDITION)
    payload = payload or link.payload(code, told.policies)
    theme, _problems = read_theme("plain")
    assert theme is not None
    imprint = PrintContext(
        VILLAGE, DAY, EDITION, False, Encoder(link.length).encode(payload), link.domain, True
    )
    dress = CardIssue(code, facts.pile, imprint)
    piece, found = household_card(
        sample.catalogue, told, dress, theme, sample.fonts, PLACE, CardChoice("a5")
    )
    assert piece is not None and not found
    amounts = f"{mu:,}", f"{mu * 7.5:,g}"
    texts = (facts.name_zh or "", facts.name_bo or "", *amounts, format_code(code))
    return Card(code, payload, piece.pages, texts)


def pack(sample: Sample, cards: Sequence[Card]) -> bytes:
    """The file of cards on single leaves behind a test page, each with its bookmark."""
    pages = [stacked(["实际大小", "100 mm"]) for _side in range(TEST_PAGES)]
    bookmarks = []
    for number, each in enumerate(cards, 1):
        bookmarks.append(Bookmark(str(number), len(pages), 0))
        pages += each.pages
        pages += [Page(pages[-1].width, pages[-1].height, ())] * (len(each.pages) % 2)
    piece = Piece("明白卡", "zh", "样例县", DAY, EDITION, tuple(pages), tuple(bookmarks))
    return Packer(sample.fonts, PlateFonts()).pack(piece)


def pack_two_up(
    sample: Sample, cards: Sequence[Card], sheet: Sheet
) -> tuple[bytes, list[Expected]]:
    """The file of cards that are cut and stacked, without a test page, and what should be in it."""
    printed = sides([len(each.pages) for each in cards], sheet)
    piece = Piece(
        "明白卡",
        "zh",
        "样例县",
        DAY,
        EDITION,
        tuple(imposed([each.pages for each in cards], printed)),
    )
    found = []
    for number, each in enumerate(cards):
        held = {
            placed.page: (at, _half(side, placed))
            for at, side in enumerate(printed)
            for placed in side.pages
            if placed.card == number
        }
        pages, parts = zip(*(held[page] for page in sorted(held)), strict=True)
        found.append(Expected(each.code, each.payload.decode(), each.texts, FILE, pages, parts))
    return Packer(sample.fonts, PlateFonts()).pack(piece), found


def _half(side: Side, placed: Placed) -> Box:
    """The half of a side on which a page lies; slots are counted as the side is read."""
    left = placed.slot if placed.turn == 0 else 1 - placed.slot
    return left * side.width / 2, 0.0, side.width / 2, side.height


def expected(cards: Sequence[Card], *, boxed: bool = True) -> list[Expected]:
    """What should be in the pack of some cards."""
    found, page = [], TEST_PAGES
    for each in cards:
        pages = range(page, page + len(each.pages))
        found.append(
            Expected(
                each.code,
                each.payload.decode(),
                each.texts,
                FILE,
                pages,
                qr=each.qr if boxed else None,
            )
        )
        page += len(each.pages) + len(each.pages) % 2
    return found


def table(
    counts: Sequence[int],
    sheet: Sheet,
    *,
    area: str = VILLAGE,
    file: str = FILE,
    first_pile: int = 1,
) -> pl.DataFrame:
    """The manifest of a pack of cards with so many pages each, as they are imposed."""
    codes = [card_code(DEMO_KEY, area, f"h{first_pile + at}", EDITION) for at in range(len(counts))]
    rows = [
        (
            codes[at],
            f"h{first_pile + at}",
            area,
            None,
            first_pile + at,
            EDITION,
            1,
            None,
            file,
            TEST_PAGES + spot.page,
            counts[at],
            spot.slot,
            spot.side,
        )
        for at, spot in enumerate(spots(sides(counts, sheet)))
    ]
    return manifest.frame("cards", rows)


def write_manifest(folder: Path, cards: pl.DataFrame) -> None:
    file = manifest.file_of(folder, "cards")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(manifest.part(cards))


def write_numbered(folder: Path, counts: Iterable[int], sheet: Sheet, file: str = FILE) -> int:
    """A pack whose pages only say their numbers, from 0; how many there are."""
    count = TEST_PAGES + len(sides(list(counts), sheet))
    pages = tuple(stacked([f"page {number}."]) for number in range(count))
    marks = tuple(Bookmark(f"{number}", number, 0) for number in range(count))
    piece = Piece("明白卡", "zh", "样例县", DAY, EDITION, pages, marks)
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pdf.render(piece, fonts(), tagged=False))
    return count
