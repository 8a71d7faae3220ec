"""A pack that was printed is read as a stranger would; whatever differs from what should be there
is found.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from household_cards import Sample
from hypothesis import given
from hypothesis import strategies as st
from packs import FILE, Card, card, expected, home, pack, pack_two_up

from policycards.catalogue import read_catalogue
from policycards.design.layout.sheet_plan import Duplex, Sheet
from policycards.pdf.text_reader import Pages
from policycards.press.verification import Expected, Readback, _bare, _stands, read_back, sample
from policycards.qr import format_code
from policycards.typeset import Fonts


@pytest.fixture(scope="module")
def village(root: Path, font_folder: Path) -> Sample:
    read, _problems = read_catalogue(root / "policies")
    assert read is not None
    return Sample(read, Fonts.open(font_folder))


@pytest.fixture(scope="module")
def cards(village: Sample) -> list[Card]:
    return [card(village, home(1), 120), card(village, home(2, "次仁卓玛", "ཚེ་རིང་སྒྲོལ་མ"), 1350)]


@pytest.fixture(scope="module")
def file(village: Sample, cards: list[Card]) -> bytes:
    return pack(village, cards)


def differing(told: list[Expected], data: bytes) -> list[str]:
    return [str(each) for each in read_back(told, lambda _file: data).problems]


@pytest.mark.parametrize("boxed", [True, False])
def test_a_pack_as_it_should_be_reads_back(
    cards: list[Card], file: bytes, tmp_path: Path, boxed: bool
) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_bytes(file)
    read = read_back(expected(cards, boxed=boxed), tmp_path.__truediv__)
    assert read == Readback(2, sum(len(each.pages) for each in cards))
    assert read.is_as_it_should_be


def test_a_changed_amount_is_found_even_as_part_of_a_longer_one(
    cards: list[Card], file: bytes
) -> None:
    one, two = expected(cards)
    *rest, amount, code = one.texts
    assert amount == "900"
    for changed in ("90", "9,000", "900.50", "901", "每年900"):
        told = differing([replace(one, texts=(*rest, changed, code)), two], file)
        assert told == [
            f"{FILE}: error E744: page 3: 1 of 5 texts that should be on card {code} are not there"
            " (no. 4)"
        ], changed


def test_a_changed_name_is_found(village: Sample, cards: list[Card]) -> None:
    renamed = card(village, home(1, "扎西平措", "བཀྲ་ཤིས་ཕུན་ཚོགས"), 120)
    told = differing(expected(cards), pack(village, [renamed, cards[1]]))
    code = format_code(cards[0].code)
    assert told == [
        f"{FILE}: error E744: page 3: 2 of 5 texts that should be on card {code} are not there (no."
        " 1, 2)"
    ]


def test_exchanged_qr_codes_are_found_on_both_cards(village: Sample, cards: list[Card]) -> None:
    exchanged = [card(village, home(1), 120, cards[1].payload)]
    exchanged += [card(village, home(2, "次仁卓玛", "ཚེ་རིང་སྒྲོལ་མ"), 1350, cards[0].payload)]
    one, two = (format_code(each.code) for each in cards)
    assert differing(expected(cards), pack(village, exchanged)) == [
        (
            f"{FILE}: error E743: page 3: the QR code of card {one} says something else; it belongs"
            f" to card {two}"
        ),
        (
            f"{FILE}: error E743: page 5: the QR code of card {two} says something else; it belongs"
            f" to card {one}"
        ),
    ]


def test_a_qr_code_that_is_not_where_it_should_be_is_found(cards: list[Card], file: bytes) -> None:
    one, _two = expected(cards)
    code = format_code(one.code)
    assert differing([replace(one, qr=(0, 500, 80, 60))], file) == [
        f"{FILE}: error E742: page 3: the QR code of card {code} cannot be read"
    ]


def test_a_card_is_looked_for_only_in_its_own_part_of_a_page(
    cards: list[Card], file: bytes
) -> None:
    one, _two = expected(cards)
    whole = tuple((0.0, 0.0, page.width, page.height) for page in cards[0].pages)
    elsewhere = tuple((0.0, height - 5, width, 5.0) for _left, _top, width, height in whole)
    assert differing([replace(one, parts=whole, qr=None)], file) == []
    assert "5 of 5 texts" in differing([replace(one, parts=elsewhere)], file)[0]


@pytest.mark.parametrize("edge", get_args(Duplex))
def test_cards_that_share_sheets_are_read_each_in_its_own_slot(
    village: Sample, cards: list[Card], edge: Duplex
) -> None:
    data, told = pack_two_up(village, cards, Sheet("cut-and-stack", edge))
    assert differing(told, data) == []
    exchanged = [replace(told[0], parts=told[1].parts), replace(told[1], parts=told[0].parts)]
    assert [each.split(":")[1] for each in differing(exchanged, data)] == [
        " error E743",
        " error E744",
    ] * 2


def test_a_text_that_is_nowhere_on_a_card_is_told(cards: list[Card], file: bytes) -> None:
    one, _two = expected(cards)
    for wrong in ("= 每年900元 7.50元 × 120亩", "每年90元", "× 12亩"):
        assert "1 of 1 texts" in differing([replace(one, texts=(wrong,))], file)[0]


@pytest.mark.parametrize(
    ("text", "page", "stands"),
    [
        ("= ལོ་རེར་སྒོར་13,834.67", "27.87 × = ལོ་རེར་\n= 每年13,834.67元\nསྒོར་13,834.67\n", True),
        (
            "= ལོ་རེར་སྒོར་13,834.67",
            "27.87 × = ལོ་རེར་\n= 每年13,834.67元\nསྒོར་13,834.60\n",
            False,
        ),
        (
            "= ལོ་རེར་སྒོར་13,834.67",
            "27.87 × = ལོ་རེར་\n= 每年13,834.67元\nསྒོར་113,834.67\n",
            False,
        ),
        (
            "= ལོ་རེར་སྒོར་13,834.67",
            "27.87 × = ལོ་རེར་སྒོར་\n= 每年13,834.67元\n13,834.67\n",
            False,
        ),
        (
            "ལོ་རེར་སྒོར་7.50 × མུའུ་1,228.3",
            "ལོ་རེར་སྒོར་7.50 × = ལོ་རེར་\nམུའུ་1,228.3 སྒོར་9,212.25\n",
            True,
        ),
        (
            "ལོ་རེར་སྒོར་7.50 × མུའུ་1,228.3",
            "ལོ་རེར་སྒོར་7.50 × = ལོ་རེར་\nམུའུ་1,228.4 སྒོར་9,212.25\n",
            False,
        ),
        (
            "ལོ་རེར་སྒོར་7.50 × མུའུ་1,228.3",
            "ལོ་རེར་སྒོར་7.50 × = ལོ་རེར་\nམུའུ་1,228.35 སྒོར་9,212.25\n",
            False,
        ),
    ],
)
def test_a_sum_that_is_broken_at_a_syllable_keeps_its_number_with_its_unit(
    text: str, page: str, stands: bool
) -> None:
    lines = frozenset(map(_bare, page.splitlines()))
    assert _stands(text, _bare(page), lines) is stands


def test_a_missing_page_and_a_missing_or_broken_file_are_found(
    cards: list[Card], file: bytes, tmp_path: Path
) -> None:
    one, two = expected(cards)
    with Pages(file) as pages:
        count = len(pages)
    assert differing([one, replace(two, pages=range(count - 1, count + 1))], file) == [
        f"{FILE}: error E741: card {format_code(two.code)} should be on page {count + 1}, "
        f"but the file has {count} pages"
    ]
    assert [str(each) for each in read_back([one, two], tmp_path.__truediv__).problems] == [
        f"{FILE}: error E740: this pack cannot be read back, so 2 of its cards are unproven: No"
        " such file or directory"
    ]
    assert "E740" in differing([one, two], file[:2000])[0]


def test_where_no_qr_code_can_be_read_the_texts_are_and_that_is_said_once(
    cards: list[Card], file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    one, two = expected(cards)
    found = differing([one, replace(two, texts=("某某",))], file)
    assert found[0] == (
        "zxing-cpp: warning W745: the QR codes of the packs are not read back, because this PC"
        " cannot load zxing-cpp: ModuleNotFoundError"
    )
    assert [each.split(": ")[1] for each in found] == ["warning W745", "warning W745", "error E744"]
    assert len(set(found)) == 2


def test_the_report_has_counts_and_places_and_no_text_of_a_card(
    cards: list[Card], file: bytes
) -> None:
    one, two = expected(cards)
    read = read_back([replace(one, texts=("某某", *one.texts)), two], lambda _file: file)
    told = json.dumps(read.to_dict(), ensure_ascii=False)
    assert json.loads(told) == {
        "cards": 2,
        "pages": len(one.pages) + len(two.pages),
        "counts": {"E744": 1},
        "differences": [
            {
                "problem": "E744",
                "file": FILE,
                "card": format_code(one.code),
                "page": "3",
                "count": "1",
                "of": "6",
                "numbers": "1",
            }
        ],
    }
    assert not any(text in told for text in ("某某", *one.texts[:2]))
    assert read + Readback(3, 4) == Readback(5, 4 + read.pages, read.problems)


@given(
    st.sets(st.text("0123456789ABCDEF", min_size=12, max_size=12), max_size=300),
    st.text(max_size=8),
)
def test_the_sample_has_a_card_of_each_village_and_does_not_depend_on_order(
    codes: set[str], seed: str
) -> None:
    chosen = sample(sorted(codes), seed)
    assert chosen == sample(sorted(codes, reverse=True), seed)
    assert chosen <= codes
    assert bool(chosen) == bool(codes)


def test_the_sample_is_about_one_in_a_hundred_and_another_seed_draws_others() -> None:
    codes = [f"{number:012}" for number in range(20_000)]
    assert 150 < len(sample(codes, "one")) < 250
    assert len(sample(codes, "one") & sample(codes, "other")) < 20
