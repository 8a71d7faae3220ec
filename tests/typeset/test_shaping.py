"""Faces: clusters, advances and ink, as text references of Noto Serif Tibetan 2.103 and Noto Sans
SC 2.004.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from phrases import MIXED, TIBETAN, fonts
from specimens import CHINESE, EVERY
from specimens import TIBETAN as HARD

from policycards.typeset.fonts import Face, Fonts, Ink
from policycards.typeset.text_model import Lang


def reference(text: str, lang: Lang) -> str:
    """A shaped text, one line a cluster: its text, its glyphs with their offsets, its advance."""
    lines = []
    for cluster in fonts()[lang].shape(text, lang):
        glyphs = " ".join(f"{glyph.id}@{glyph.dx},{glyph.dy}" for glyph in cluster.glyphs)
        lines.append(f"{cluster.text} {glyphs} +{cluster.advance}")
    return "\n".join(lines)


TIBETAN_REFERENCE = """\
སྐྱོ 1092@0,0 1341@-27,0 +675
ང 10@0,0 +577
་ 1261@0,0 +210
། 1263@0,0 +222
  3@0,0 +260
། 1263@0,0 +222
རྡོ 879@0,0 1409@-40,0 +519
་ 1261@0,0 +160
རྗེ 859@0,0 1405@88,0 +610"""
CHINESE_REFERENCE = """\
4 21@0,0 +555
3 20@0,0 +555
8 25@0,0 +555
月 15070@0,0 +1000
f 71@0,0 +325
i 74@0,0 +275
—— 30430@0,0 +2000
“ 30553@0,0 +1000"""


def test_a_shaped_tibetan_line() -> None:
    assert reference("སྐྱོང་། །རྡོ་རྗེ", "bo") == TIBETAN_REFERENCE


def test_a_shaped_chinese_line() -> None:
    assert reference("438月fi——“", "zh") == CHINESE_REFERENCE


def test_figures_before_month_are_not_joined_to_one_sign() -> None:
    texts = [cluster.text for cluster in fonts()["zh"].shape("438月", "zh")]
    assert texts == ["4", "3", "8", "月"]


def test_letters_of_an_address_stay_single() -> None:
    assert [cluster.text for cluster in fonts()["zh"].shape("offi", "zh")] == list("offi")


def test_a_stack_with_its_vowels_is_one_cluster() -> None:
    assert [cluster.text for cluster in fonts()["bo"].shape("བསྒྲུབས་ཧཱུྃ", "bo")] == [
        "བ",
        "སྒྲུ",
        "བ",
        "ས",
        "་",
        "ཧཱུྃ",
    ]


@pytest.mark.parametrize("text", EVERY)
def test_the_clusters_of_a_specimen_are_its_text(text: str) -> None:
    lang: Lang = "bo" if text in HARD else "zh"
    assert "".join(cluster.text for cluster in fonts()[lang].shape(text, lang)) == text


def test_a_character_beyond_the_first_plane_is_one_cluster() -> None:
    assert [cluster.text for cluster in fonts()["zh"].shape("堃𫐓a𫐓", "zh")] == [
        "堃",
        "𫐓",
        "a",
        "𫐓",
    ]


@given(MIXED)
def test_no_character_of_any_text_is_lost_in_shaping(text: str) -> None:
    for lang in ("bo", "zh"):
        assert "".join(cluster.text for cluster in fonts()[lang].shape(text, lang)) == text  # type: ignore[arg-type]


@given(TIBETAN)
def test_a_cut_that_is_not_called_unsafe_changes_no_shape(text: str) -> None:
    face = fonts()["bo"]
    shaped = face.shaped(text, "bo")
    clusters = shaped.clusters
    for index in range(1, len(clusters)):
        if not shaped.is_unsafe(index):
            head = "".join(cluster.text for cluster in clusters[:index])
            assert face.shape(head, "bo") + face.shape(text[len(head) :], "bo") == clusters


def test_equal_clusters_are_one_object() -> None:
    first, *_, last = fonts()["bo"].shape("བོད་ཡིག་བོ", "bo")
    assert first is last


def test_ink_is_what_is_blackened() -> None:
    face = fonts()["bo"]
    shad, space = face.shape("། ", "bo")
    assert (face.ink(shad.glyphs), face.ink(space.glyphs)) == (
        Ink(36, -472, 186, 678),
        Ink(0, 0, 0, 0),
    )


def test_letters_hang_from_the_head_line_and_both_scripts_share_a_centre() -> None:
    assert fonts()["bo"].head_line == 0.678
    assert fonts()["bo"].centre == pytest.approx(0.383, abs=0.001)
    assert fonts()["zh"].centre == pytest.approx(0.38, abs=0.005)


def test_a_missing_file_and_a_file_that_is_no_font_are_errors(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        Face("bo", tmp_path / "none.ttf")
    (tmp_path / "text.ttf").write_text("no font", encoding="utf-8")
    with pytest.raises(OSError, match="is no font"):
        Face("bo", tmp_path / "text.ttf")


def test_fonts_are_known_by_their_key(font_folder: Path) -> None:
    opened = Fonts.open(font_folder, {"zh": "NotoSansSC-Bold.ttf"})
    assert (opened["zh"].key, opened["zh"].upem, len(opened["zh"].data)) == ("zh", 1000, 10549020)


def test_the_chinese_face_has_every_character_of_gb_2312() -> None:
    rows = [bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    characters = {row.decode("gb2312", "ignore") for row in rows} - {""}
    assert not {
        character for character in characters if ord(character) not in fonts()["zh"].characters
    }
    assert CHINESE
