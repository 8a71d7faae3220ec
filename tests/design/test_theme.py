from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from page_pictures import looks_as

from policycards import pdf
from policycards.catalogue import read_catalogue
from policycards.design import CardChoices, PrintContext, chosen, general_card, general_look
from policycards.design.layout.theme import THEMES, Look, colour, lightness, on, read_theme
from policycards.typeset import Fonts


@pytest.mark.parametrize("name", sorted(path.stem for path in THEMES.glob("*.yaml")))
def test_every_shipped_theme_is_without_problems(name: str) -> None:
    theme, problems = read_theme(name)
    assert theme is not None
    assert problems == []


def own_theme(folder: Path, old: str, new: str) -> list[str]:
    text = (THEMES / "plain.yaml").read_text(encoding="utf-8")
    assert old in text
    path = folder / "own.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _theme, problems = read_theme(str(path))
    return [str(problem).replace(str(path), "own.yaml") for problem in problems]


def test_a_size_below_the_minimum_is_refused_with_its_place(tmp_path: Path) -> None:
    assert own_theme(tmp_path, "body: 10.5", "body: 9") == [
        "own.yaml:24:11: error E332: 'body' of the design 'hand' is 9.0, less than the 10.5 that"
        " old eyes or the printer need"
    ]


def test_a_margin_that_printers_cannot_reach_is_refused(tmp_path: Path) -> None:
    (message,) = own_theme(tmp_path, "margin: 8", "margin: 4")
    assert "E332: 'margin' of the design 'hand' is 4.0, less than the 6" in message


def test_type_of_a_poster_that_is_not_read_from_two_metres_is_refused(tmp_path: Path) -> None:
    assert own_theme(tmp_path, "body: 23", "body: 21") == [
        (
            "own.yaml:68:11: error E332: 'body' of the design 'poster' is 21.0, less than the 22"
            " that old eyes or the printer need"
        ),
        (
            "own.yaml:5:9: error E360: Tibetan on the poster would be 26.04 pt, less than the 28"
            " that are read from 2 m"
        ),
    ]


def test_a_theme_must_name_all_four_fonts(tmp_path: Path) -> None:
    (message,) = own_theme(tmp_path, "  zh-bold: NotoSansSC-Bold.ttf\n", "")
    assert (
        "E334: the theme names no font 'zh-bold', so a part of the texts cannot be set" in message
    )


def test_a_colour_that_a_photocopy_loses_is_refused(tmp_path: Path) -> None:
    (message,) = own_theme(tmp_path, 'tint: "#e6e6e6"', 'tint: "#2b2b2b"')
    assert "E333: the colour 'tint' has a lightness of" in message


def test_an_unknown_key_of_a_theme_is_told_with_the_nearest_known(tmp_path: Path) -> None:
    messages = own_theme(tmp_path, "    body: 10.5", "    bodi: 10.5")
    assert any("bodi" in message and "body" in message for message in messages)


def test_a_theme_that_does_not_exist_names_those_that_do() -> None:
    theme, problems = read_theme("nowhere")
    assert theme is None
    assert [problem.hint() for problem in problems] == [
        "Shipped are: colour, light, plain. A theme file of your own is named with its path and ends in"
        " .yaml."
    ]


def test_black_is_gray_and_not_a_mix_of_colours() -> None:
    assert colour("#000000") == 0.0
    assert colour("#7a1f1f") == (122 / 255, 31 / 255, 31 / 255)


def test_large_type_enlarges_what_is_read_but_not_paper_titles_and_marks() -> None:
    theme, _problems = read_theme("plain")
    assert theme is not None
    plain, large = Look(theme, "hand"), Look(theme, "hand", large=True)
    assert large.width == plain.width
    roles = ("body", "name", "figure", "phone", "title", "mark", "small")
    assert [large.size(role) / plain.size(role) for role in roles] == [
        1.25,
        1.25,
        1.25,
        1.25,
        1,
        1,
        1,
    ]


def test_text_on_a_fill_is_white_on_dark_and_black_on_light() -> None:
    for name, text in (("colour", 1.0), ("plain", 1.0), ("light", 0.0)):
        theme, _problems = read_theme(name)
        assert theme is not None and on(Look(theme, "hand").accent) == text


def test_tiles_of_categories_are_equally_dark(root: Path) -> None:
    """So that the white pictogram reads alike on all, and the shape tells them apart, not gray."""
    catalogue, _problems = read_catalogue(root / "policies")
    theme, _problems = read_theme("colour")
    assert catalogue is not None and theme is not None
    look = Look(theme, "hand")
    tiles = [look.tile(category.id) for category in catalogue.settings.categories]
    shades = [lightness(tile) for tile in tiles]
    assert len(set(tiles)) == len(tiles) and max(shades) - min(shades) < 0.03
    assert max(shades) < 0.16 and look.tile("of-an-office") == colour("#2b2b2b")


@pytest.mark.parametrize("theme_name", ["colour", "plain", "light"])
def test_a_page_of_each_theme_looks_as_its_reference_picture(
    theme_name: str, root: Path, font_folder: Path, tmp_path: Path
) -> None:
    catalogue, _problems = read_catalogue(root / "policies")
    theme, _problems = read_theme(theme_name)
    assert catalogue is not None and theme is not None
    day = date(2026, 11, 23)
    policies = chosen(catalogue, "549901", day, frozenset(), frozenset())
    squares = ((True,) * 25,) * 25
    imprint = PrintContext("549901", day, "p0test00", False, squares, "card.example")
    fixed, fonts = replace(catalogue, digest="0" * 64), Fonts.open(font_folder)
    look = general_look(theme, "a4")
    piece, problems = general_card(fixed, policies, imprint, look, fonts, CardChoices())
    assert problems == []
    looks_as(theme_name, pdf.render(piece, fonts, tagged=False), 0, tmp_path)
