"""After a jam: which sheets are printed again, by which bytes, and whose paper is to be
destroyed.
"""

import csv
from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import polars as pl
import pytest
from command import policycards
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import FILE, TEST_PAGES, VILLAGE, table, write_manifest, write_numbered

from policycards.core.problems import Place
from policycards.design.layout.sheet_plan import Duplex, Form, Sheet, sides
from policycards.pdf.text_reader import Pages
from policycards.press.spoilt_sheets import (
    Choice,
    Length,
    Reprint,
    page_counts,
    plan_reprint,
    reprint_files,
    sheets_of,
    spoilt_list,
)
from policycards.qr import format_code

PLACE = Place("policycards reprint")
OTHER = "549901101202"
SINGLE, TWO_UP = Sheet(), Sheet("cut-and-stack")
FORMS: tuple[Form, ...] = ("single", "cut-and-stack")
EDGES: tuple[Duplex, ...] = ("long-edge", "short-edge", "two-passes")
WAYS = [Sheet(form, edge) for form, edge in product(FORMS, EDGES)]


def length(cards: pl.DataFrame, way: Sheet) -> Length:
    """The pages of every pack of some cards that are imposed in one way."""

    def count(file: str) -> int:
        return TEST_PAGES + len(sides(cards.filter(pl.col("file") == file)["pages"].to_list(), way))

    return count


def planned(cards: pl.DataFrame, choice: Choice, way: Sheet = SINGLE) -> Reprint:
    found, problems = plan_reprint(cards, length(cards, way), choice, PLACE)
    assert problems == []
    assert found is not None
    return found


def told(cards: pl.DataFrame, choice: Choice) -> list[str]:
    found, problems = plan_reprint(cards, length(cards, SINGLE), choice, PLACE)
    assert found is None
    return [str(each).removeprefix("policycards reprint: error ") for each in problems]


def reasons(found: Reprint) -> dict[int | None, str]:
    return {each.pile: each.reason for each in found.spoilt}


@settings(max_examples=60)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=70), st.sampled_from(WAYS))
def test_the_sheets_of_a_pack_are_found_from_its_manifest_and_its_length(
    counts: list[int], way: Sheet
) -> None:
    cards = table(counts, way)
    sheets, problems = sheets_of(cards, length(cards, way))
    assert problems == []
    printed = sides(counts, way)
    assert [sheet.number for sheet in sheets] == list(range(1, 2 + len(printed) // 2))
    assert {page for sheet in sheets for page in sheet.pages} == set(
        range(TEST_PAGES + len(printed))
    )
    codes = cards["code"].to_list()
    for sheet in sheets[1:]:
        its = [printed[page - TEST_PAGES] for page in sheet.pages]
        assert sheet.codes == {codes[each.card] for side in its for each in side.pages}
        if len(its) == 2:
            assert its[0].sheet == its[1].sheet == sheet.number - 2
            assert not its[0].is_back and its[1].is_back
        else:
            assert len(its) == len(printed) and len(counts) < 3


def test_single_leaves_are_reprinted_alone() -> None:
    cards = table([2] * 10, Sheet())
    found = planned(cards, Choice("cards", ((3, 4), (7, 7))))
    assert [(sheet.number, sheet.pages) for sheet in found.sheets] == [
        (4, (6, 7)),
        (5, (8, 9)),
        (8, (14, 15)),
    ]
    assert reasons(found) == {3: "spoilt", 4: "spoilt", 7: "spoilt"}


def test_a_card_that_shares_its_sheet_makes_its_neighbour_come_out_twice() -> None:
    cards = table([2] * 10, TWO_UP)
    found = planned(cards, Choice("cards", ((3, 3),)), TWO_UP)
    assert [(sheet.number, sheet.pages) for sheet in found.sheets] == [(4, (6, 7))]
    assert reasons(found) == {3: "spoilt", 8: "printed twice"}
    by_code = planned(cards, Choice("codes", codes=(cards["code"][2],)), TWO_UP)
    assert by_code == found
    by_sheet = planned(cards, Choice("sheets", ((4, 4),)), TWO_UP)
    assert by_sheet.sheets == found.sheets
    assert reasons(by_sheet) == {3: "spoilt", 8: "spoilt"}


def test_of_a_card_on_several_sheets_only_the_spoilt_sheet_is_reprinted() -> None:
    cards = table([6, 2], Sheet())
    found = planned(cards, Choice("sheets", ((3, 3),)))
    assert [sheet.pages for sheet in found.sheets] == [(4, 5)]
    assert reasons(found) == {1: "spoilt"}
    assert len(planned(cards, Choice("cards", ((1, 1),))).sheets) == 3


def test_the_test_page_is_sheet_1_and_is_nobodys_card() -> None:
    found = planned(table([2, 2], Sheet()), Choice("sheets", ((1, 1),)))
    assert ([sheet.pages for sheet in found.sheets], found.spoilt) == ([(0, 1)], ())


def test_sheets_of_a_village_in_two_files_count_on() -> None:
    cards = pl.concat(
        [
            table([2, 2], Sheet()),
            table([2], Sheet(), file=f"549901/{VILLAGE}/cards-2.pdf", first_pile=3),
        ]
    )
    sheets, _problems = sheets_of(cards, length(cards, SINGLE))
    assert [(Path(sheet.file).name, sheet.number, sheet.pages[0]) for sheet in sheets] == [
        ("cards.pdf", 1, 0),
        ("cards.pdf", 2, 2),
        ("cards.pdf", 3, 4),
        ("cards-2.pdf", 4, 0),
        ("cards-2.pdf", 5, 2),
    ]


def test_what_there_is_not_is_told_with_the_nearest() -> None:
    cards = table([2] * 10, Sheet())
    two = pl.concat([cards, table([2] * 3, Sheet(), area=OTHER, file=f"549901/{OTHER}/cards.pdf")])
    first = cards["code"][0]
    other = ("Z" if first[0] != "Z" else "Y") + first[1:]
    assert told(cards, Choice("cards", ((8, 14),))) == [
        f"E752: there is no card with the pile number 11 in village {VILLAGE}; the nearest is 10"
    ]
    assert told(cards, Choice("sheets", ((11, 12),))) == [
        f"E753: there is no sheet 12 in the pack of village {VILLAGE}; its last is sheet 11"
    ]
    assert told(cards, Choice("codes", codes=(first, other))) == [
        f"E754: this run has no card with the code {format_code(other)}; the nearest is"
        f" {format_code(first)}"
    ]
    assert told(two, Choice("cards", ((1, 1),), village="549901101209")) == [
        f"E755: this run has no cards of village 549901101209; the nearest is {VILLAGE}"
    ]
    assert told(two, Choice("sheets", ((1, 1),))) == [
        "E756: this run has 2 villages, and each counts its cards from 1"
    ]
    assert len(planned(two, Choice("cards", ((1, 1),), village=OTHER)).sheets) == 1
    assert len(planned(two, Choice("codes", codes=(two["code"][0], two["code"][12]))).sheets) == 2


def test_cards_that_lie_in_no_known_way_are_not_guessed() -> None:
    cards = table([2] * 4, Sheet()).with_columns(page=pl.Series([2, 5, 6, 9], dtype=pl.Int32))
    found, problems = plan_reprint(cards, length(cards, SINGLE), Choice("cards", ((1, 1),)), PLACE)
    assert found is None
    assert [str(each) for each in problems] == [
        f"{FILE}: error E759: how the cards of this pack lie on their sheets is not known to this"
        " version"
    ]


@pytest.mark.parametrize(
    ("way", "pages"),
    [(Sheet(), [4, 5, 8, 9]), (Sheet(duplex="two-passes"), [3, 5, 12, 14])],
    ids=["a duplex printer", "two passes"],
)
def test_the_file_has_the_bytes_of_the_pack_in_the_order_of_printing(
    tmp_path: Path, way: Sheet, pages: list[int]
) -> None:
    counts = [2] * 7
    write_numbered(tmp_path, counts, way)
    found = planned(table(counts, way), Choice("cards", ((2, 2), (4, 4))), way)
    files, problems = reprint_files(tmp_path, found)
    assert (problems, [name for name, _data in files]) == ([], [VILLAGE])
    with pikepdf.open(tmp_path / FILE) as pack, pikepdf.open(BytesIO(files[0][1])) as again:
        assert [page.Contents.read_raw_bytes() for page in again.pages] == [
            pack.pages[number].Contents.read_raw_bytes() for number in pages
        ]
    assert files == reprint_files(tmp_path, found)[0]


def test_a_pack_that_is_gone_or_has_other_pages_is_told(tmp_path: Path) -> None:
    cards, choice = table([2] * 7, SINGLE), Choice("cards", ((7, 7),))
    start = (
        f"{FILE}: error E758: this pack is not as it was printed, so its pages cannot be printed"
        " again: "
    )
    gone = [start + "No such file or directory"]
    assert [
        str(each) for each in plan_reprint(cards, page_counts(tmp_path), choice, PLACE)[1]
    ] == gone
    assert [str(each) for each in reprint_files(tmp_path, planned(cards, choice))[1]] == gone
    write_numbered(tmp_path, [2, 2], SINGLE)
    short = [start + "it has 6 pages"]
    assert [
        str(each) for each in plan_reprint(cards, page_counts(tmp_path), choice, PLACE)[1]
    ] == short


def test_a_pack_that_fits_two_ways_of_printing_is_printed_again_whole(tmp_path: Path) -> None:
    for way in (TWO_UP, Sheet("cut-and-stack", "two-passes")):
        found = planned(table([4, 2], way), Choice("cards", ((2, 2),)), way)
        write_numbered(tmp_path, [4, 2], way)
        ((_name, data),), _problems = reprint_files(tmp_path, found)
        with Pages(data) as pages:
            assert [pages.text(number) for number in range(len(pages))] == [
                "page 2.",
                "page 3.",
                "page 4.",
                "page 5.",
            ]
        assert reasons(found) == {1: "printed twice", 2: "spoilt"}


def test_the_list_of_the_spoilt_has_codes_and_no_names() -> None:
    cards = table([2] * 10, TWO_UP)
    text = spoilt_list(planned(cards, Choice("cards", ((3, 3),)), TWO_UP)).decode("utf-8-sig")
    codes = cards["code"].to_list()
    assert [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())] == [
        ["code", "village", "pile", "reason"],
        [format_code(codes[2]), VILLAGE, "3", "spoilt"],
        [format_code(codes[7]), VILLAGE, "8", "printed twice"],
    ]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    counts = [2] * 10
    write_numbered(tmp_path / "2024b", counts, TWO_UP)
    write_manifest(tmp_path / "2024b", table(counts, TWO_UP))
    return tmp_path / "2024b"


def test_the_command_writes_the_sheets_and_the_list(run: Path) -> None:
    said = policycards("reprint", run, "--cards", "3-4")
    made = run / "reprint"
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "2 sheets; 2 cards were spoilt. No card gets a new number or code.",
        "2 other cards share these sheets and come out twice: destroy one of each.",
        f"{made / 'spoilt-cards-3-4.csv'}: the list of what to destroy, for the ledger.",
        f"{made / f'{VILLAGE}-cards-3-4.pdf'}: print it as the pack was printed.",
    ]
    with Pages(made / f"{VILLAGE}-cards-3-4.pdf") as pages:
        assert [pages.text(number) for number in range(len(pages))] == [
            "page 6.",
            "page 7.",
            "page 8.",
            "page 9.",
        ]
    assert (made / "spoilt-cards-3-4.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    code = table([2] * 10, TWO_UP)["code"][2]
    by_code = policycards(
        "reprint", run, "--codes", format_code(code).lower(), "--out", run / "again"
    )
    assert by_code.code == 0, by_code.out + by_code.err
    assert sorted(each.name for each in (run / "again").iterdir()) == [
        f"{VILLAGE}-{format_code(code)}.pdf",
        f"spoilt-{format_code(code)}.csv",
    ]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([], "E757"),
        (["--cards", "1", "--sheets", "1"], "E757"),
        (["--codes", ","], "E757"),
        (["--cards", "9-8"], "E751"),
        (["--codes", "7F3K-9Q2M-8ZTU"], "E411"),
        (["--cards", "11"], "E752"),
        (["--sheets", "7"], "E753"),
        (["--sheets", "1", "--village", "54990110120"], "E755"),
    ],
)
def test_wrong_use_is_told_and_makes_nothing(run: Path, options: list[str], problem: str) -> None:
    said = policycards("reprint", run, *options)
    assert (said.code, said.out) == (2, "")
    assert f"error {problem}: " in said.err
    assert not (run / "reprint").exists()


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    said = policycards("reprint", tmp_path, "--cards", "1")
    assert (said.code, "error E730: " in said.out) == (1, True)
