"""Packs: what is on their pages is what the pages hold when each is drawn whole, whatever was
packed before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import permutations
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from household_cards import CODE, DAY, HOME, PLACE, Sample, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import READERS
from verapdf import ON_PAPER, broken_rules

from policycards import pdf
from policycards.catalogue import read_catalogue
from policycards.design import read_theme
from policycards.design.card.household_card import CardChoice, CardIssue, Cards
from policycards.design.content.card_content import Teller
from policycards.design.layout.block_cache import whole
from policycards.design.layout.frames import Bookmark, Page, Piece, Turned
from policycards.households.model import Entitlement
from policycards.pdf.pack_objects import Objects, PlateFonts, deflated
from policycards.pdf.pack_writer import Packer
from policycards.typeset import Fonts

NAMES = (
    ("བཀྲ་ཤིས་ཚེ་རིང", "扎西次仁"),
    (None, "卓玛"),
    ("པ་སངས་བཀྲ་ཤིས", None),
    ("ཨོ་རྒྱན་ཆོས་འཕེལ", "乌坚曲培"),
)
DPI = 100


@cache
def sample() -> Sample:
    root = Path(__file__).parents[2]
    read, _problems = read_catalogue(root / "policies")
    assert read is not None
    return Sample(read, Fonts.open(root / "fonts"))


def entitled(number: int) -> list[Entitlement]:
    """Of one household more, of another less."""
    told = sample().eight()
    return [*told[number % 3 :], sample().entitled("grassland-balance-reward", f"{number * 61}.5")][
        : 3 + number
    ]


@cache
def village(count: int = 4, first: int = 1) -> Piece:
    """The cards of so many households, one behind the other, made of plates; a bookmark to each."""
    theme, _problems = read_theme("plain")
    assert theme is not None
    cards, teller = (
        Cards(sample().catalogue, theme, sample().fonts, CardChoice("a5")),
        Teller(sample().catalogue, DAY),
    )
    pages: list[Page] = []
    marks = []
    for number in range(first, first + count):
        bo, zh = NAMES[number % len(NAMES)]
        told = entitled(number)
        home = replace(HOME, household_id=f"h-{number}", pile=number, name_bo=bo, name_zh=zh)
        made = cards.card(
            teller.substance(home, told), CardIssue(CODE, number, sample().imprint(told)), PLACE
        )
        piece = made.piece
        assert piece and not made.problems
        marks.append(Bookmark(str(number), len(pages), 0.0))
        pages += piece.pages
    return Piece("样例村", "zh", "样例县", DAY, f"pack {first}", tuple(pages), tuple(marks))


def turned(piece: Piece) -> Piece:
    """Two pages a sheet, the right one upside down."""
    sheets = []
    for left, right in zip(piece.pages[::2], piece.pages[1::2], strict=False):
        items = (Turned(0, 0, 0, left.items), Turned(2 * left.width, left.height, 180, right.items))
        sheets.append(Page(2 * left.width, left.height, items))
    return replace(piece, pages=tuple(sheets), bookmarks=())


@cache
def plate_fonts(shared: bool) -> PlateFonts:
    """The fonts of a run of which this village has some plates and letters, and of others not."""
    items = (item for page in village(2).pages for item in page.items)
    return PlateFonts.of(items, sample().fonts) if shared else PlateFonts()


def packed(piece: Piece, *, shared: bool = True) -> bytes:
    return Packer(sample().fonts, plate_fonts(shared)).pack(piece)


def written(folder: Path, piece: Piece, *, shared: bool = True) -> Path:
    file = folder / "pack.pdf"
    file.write_bytes(packed(piece, shared=shared))
    return file


def picture(page: pypdfium2.PdfPage) -> np.ndarray:
    return np.asarray(page.render(scale=DPI / 72).to_pil().convert("L"), dtype=np.int16)


def apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far two pictures differ, an edge that falls on the next pixel not counted."""
    shifts = [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)]
    return np.minimum.reduce([np.abs(one - np.roll(other, shift, (0, 1))) for shift in shifts])


@pytest.mark.parametrize("shared", [False, True], ids=["own fonts", "plate fonts"])
@pytest.mark.parametrize("imposed", [lambda piece: piece, turned], ids=["leaves", "sheets"])
def test_a_pack_looks_like_its_pages_drawn_whole(
    imposed: Callable[[Piece], Piece], shared: bool
) -> None:
    piece = imposed(village())
    drawn = pdf.render(whole(piece, sample().fonts), sample().fonts, tagged=False)
    with (
        pypdfium2.PdfDocument(packed(piece, shared=shared)) as one,
        pypdfium2.PdfDocument(drawn) as other,
    ):
        assert len(one) == len(other) == len(piece.pages)
        for number in range(len(one)):
            difference = apart(picture(one[number]), picture(other[number]))
            assert difference.mean() < 0.05, number
            assert (difference > 100).sum() < 12, number


@pytest.mark.parametrize("shared", [False, True], ids=["own fonts", "plate fonts"])
@pytest.mark.parametrize("reader", READERS)
def test_every_line_of_a_pack_is_read_back(reader: str, shared: bool, tmp_path: Path) -> None:
    piece = village()
    read = READERS[reader](written(tmp_path, piece, shared=shared))
    assert len(read) == len(piece.pages)
    for page, told in zip(whole(piece, sample().fonts).pages, read, strict=True):
        lost = [text.line.text for text in texts(page) if _bare(text.line.text) not in _bare(told)]
        assert lost == []


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_packs_keep_the_standard_that_they_claim(tmp_path: Path) -> None:
    files = {
        "leaves": village(),
        "sheets": turned(village()),
        "empty": replace(village(), pages=(Page(200, 100, ()),)),
    }
    claims = []
    for name, piece in files.items():
        for shared in (False, True):
            file = tmp_path / f"{name}-{shared}.pdf"
            file.write_bytes(
                packed(replace(piece, bookmarks=()) if name == "empty" else piece, shared=shared)
            )
            claims += [(file, profile) for profile in ON_PAPER]
    assert dict(zip(claims, broken_rules(claims), strict=True)) == {claim: [] for claim in claims}


def test_bookmarks_are_pile_numbers_and_no_name_is_in_what_is_shown_of_a_closed_file() -> None:
    piece = village()
    with pypdfium2.PdfDocument(packed(piece)) as document:
        found = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        told = repr(document.get_metadata_dict())
    assert found == [(mark.title, mark.page) for mark in piece.bookmarks]
    with pikepdf.open(BytesIO(packed(piece))) as file:
        told += file.Root.Metadata.read_bytes().decode("utf-8")
    assert not [name for pair in NAMES for name in pair if name and name in told]
    assert "样例村" in told


@pytest.mark.parametrize("shared", [False, True])
def test_equal_pages_give_equal_bytes_whatever_was_packed_before(shared: bool) -> None:
    pieces = [village(3), village(2, first=5), turned(village(2, first=8))]
    alone = [packed(piece, shared=shared) for piece in pieces]
    for order in permutations(range(len(pieces))):
        packer = Packer(sample().fonts, plate_fonts(shared))
        assert {number: packer.pack(pieces[number]) for number in order} == dict(enumerate(alone))


def test_plate_fonts_change_no_text(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    files = written(tmp_path, village()), written(tmp_path / "own", village(), shared=False)
    for read in READERS.values():
        one, other = (read(file) for file in files)
        assert len(one) == len(other)
        for page, its in zip(one, other, strict=True):  # readers order what stands on one line
            assert sorted(_bare(page)) == sorted(_bare(its))


@pytest.mark.parametrize("shared", [False, True])
def test_a_pack_is_a_sound_file(shared: bool) -> None:
    with pikepdf.open(BytesIO(packed(village(), shared=shared))) as file:
        assert file.check_pdf_syntax() == []
        assert len(file.pages) == len(village().pages)


bodies = st.lists(st.one_of(st.binary(max_size=300), st.integers(-9, 9)), max_size=30)


@settings(max_examples=40)
@given(bodies, st.binary(min_size=16, max_size=16))
def test_objects_come_back_as_they_were_put(told: list[bytes | int], identity: bytes) -> None:
    objects = Objects()
    catalog, pages = objects.reserve(), objects.reserve()
    numbers = [
        (
            objects.add(f"<</Number {each}>>")
            if isinstance(each, int)
            else objects.add_stream(each, "/Type/Thing")
        )
        for each in told
    ]
    held = objects.add_stream(deflated(b"known"), compressed=True)
    page = objects.add(f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>")
    objects.put(
        pages,
        f"<</Type/Pages/Count 1/Kids[{page} 0"
        f" R]/Held[{' '.join(f'{n} 0 R' for n in [*numbers, held])}]>>",
    )
    objects.put(catalog, f"<</Type/Catalog/Pages {pages} 0 R>>")
    info = objects.add("<</Title(x)>>")
    with pikepdf.open(BytesIO(objects.written(catalog, info, identity))) as file:
        assert file.check_pdf_syntax() == []
        *found, last = file.Root.Pages.Held
        assert [
            each.read_bytes() if isinstance(each, pikepdf.Stream) else int(each.Number)
            for each in found
        ] == told
        assert last.read_bytes() == b"known"
        assert str(file.docinfo.Title) == "x"
        assert [bytes(each) for each in file.trailer.ID] == [identity, identity]
