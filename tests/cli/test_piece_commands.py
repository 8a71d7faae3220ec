"""Booklet, poster and leaflet as commands."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from command import ROOT, policycards
from readers import pdfium
from ready_folder import county_key, ready_folder

DAY = ("--as-of", "2026-11-23")
MARKS = [
    "Marked: 样稿·不得发放 ཟིན་བྲིས། སྤྲོད་མི་ཆོག",
    "Marked: 示例数据·不得发放 དཔེ་མཚོན་གཞི་གྲངས། སྤྲོད་མི་ཆོག",
    "Marked: 试印 ཚོད་ལྟའི་པར",
]


def pages(file: Path) -> int:
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def test_the_booklet_comes_as_pages_and_on_sheets(tmp_path: Path) -> None:
    said = policycards("booklet", *DAY, "--out", tmp_path)
    assert said.code == 0, said.out + said.err
    whole = pages(tmp_path / "booklet.pdf")
    assert said.out.splitlines() == [
        *MARKS,
        f"{tmp_path / 'booklet.pdf'}: {whole} pages.",
        f"{tmp_path / 'booklet-imposed.pdf'}: {whole // 2} pages.",
    ]
    assert whole % 4 == 0


def test_the_poster_of_what_was_raised_comes_whole_and_in_tiles(tmp_path: Path) -> None:
    said = policycards("poster", *DAY, "--out", tmp_path)
    assert said.code == 0, said.out + said.err
    sheets = pages(tmp_path / "poster.pdf")
    assert said.out.splitlines()[-2:] == [
        f"{tmp_path / 'poster'}.pdf: {sheets} pages.",
        f"{tmp_path / 'poster'}-tiles.pdf: {2 * sheets} pages.",
    ]


def test_the_poster_of_all_standards_is_the_general_card_on_a3(tmp_path: Path) -> None:
    for command in (("poster", "--all"), ("card", "--design", "a3")):
        said = policycards(*command, *DAY, "--theme", "colour", "--out", tmp_path)
        assert said.code == 0, said.out + said.err
    poster, card = (tmp_path / name for name in ("poster-all.pdf", "card-549901-a3.pdf"))
    assert poster.read_bytes() == card.read_bytes()
    assert pages(poster) == 1
    assert len(list(tmp_path.iterdir())) == 2


def test_the_leaflet_of_a_topic_and_of_a_village(tmp_path: Path) -> None:
    said = policycards(
        "leaflet", "--topic", "birth", *DAY, "--area", "549901101201", "--out", tmp_path
    )
    assert said.out.splitlines() == [*MARKS, f"{tmp_path / 'leaflet-birth.pdf'}: 2 pages."]
    assert "0000-0000201" in pdfium(tmp_path / "leaflet-birth.pdf")[0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("leaflet", "--topic", "unicorns"),
            (
                "policycards leaflet: error E903: --topic: there is no 'unicorns'\n"
                "    Known are: birth, border, disability, farming, old-age, pasture, schooling.\n"
            ),
        ),
        (
            ("booklet", "--edition", "2026a", "--as-of", "2026-01-01"),
            (
                "policycards booklet: error E916: --edition and --as-of exclude each other: an"
                " edition has its own day\n    Give one of them, or none for a proof of today.\n"
            ),
        ),
        (
            ("poster", "--area", "110101"),
            "policycards poster: error E903: --area: there is no '110101'\n    Known are: 5406, ",
        ),
        (("leaflet",), "policycards leaflet: error E910: "),
    ],
)
def test_a_wrong_choice_is_told_with_what_there_is(
    arguments: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    said = policycards(*arguments, "--out", tmp_path)
    assert said.code == 2
    assert said.err.startswith(told)
    assert list(tmp_path.iterdir()) == []


def test_a_year_in_which_nothing_rose_makes_no_poster(tmp_path: Path) -> None:
    said = policycards("poster", "--as-of", "2019-12-01", "--out", tmp_path / "out")
    assert said.code == 1
    assert "E361: no standard was raised in 2019" in said.out
    assert not (tmp_path / "out").exists()


def test_a_published_edition_is_printed_without_marks_and_as_it_was_frozen(tmp_path: Path) -> None:
    folder = ready_folder(tmp_path / "policies")
    key = county_key(tmp_path / "county.key")
    facts = (
        "--as-of",
        "2024-07-01",
        "--prepared",
        "示例经办人",
        "--approved",
        "示例负责人",
        "--key-file",
        key,
    )
    published = policycards(
        "edition", "publish", "2024b", *facts, "--policies", folder, "--out", tmp_path
    )
    assert published.code == 0, published.out
    for command in (("booklet",), ("poster", "--all"), ("card", "--area", "549901")):
        said = policycards(*command, "--edition", "2024b", "--policies", folder, "--out", tmp_path)
        assert said.code == 0, said.out + said.err
        assert "Marked" not in said.out
    for name in ("booklet.pdf", "poster-all.pdf", "card-549901-a4.pdf"):
        told = "".join(pdfium(tmp_path / name))
        assert "2024b" in told and "7.50" in told
        assert not any(mark in told for mark in ("样稿", "示例数据·", "试印"))


def test_the_help_says_what_each_is() -> None:
    said = policycards("--help", folder=ROOT)
    for name in ("booklet", "poster", "leaflet"):
        assert f" {name} " in said.out
