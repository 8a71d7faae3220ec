"""Punctuation squeezed and gaps opened in Chinese (A6), before lines are chosen."""

from __future__ import annotations

import pytest
from phrases import fonts, style

from policycards.typeset import lay_out, single


def advances(text: str, lang: str = "zh") -> list[int]:
    line = single(text, style(lang), fonts())  # type: ignore[arg-type]
    return [cluster.advance for run in line.runs for cluster in run.clusters]


@pytest.mark.parametrize("pair", ["）。", "，“", "》《", "（《", "”）", "。”", "）（"])
def test_of_two_marks_one_loses_its_blank_half_if_one_is_a_bracket(pair: str) -> None:
    assert sum(advances(f"中{pair}中")) == 2000 + 1500


def test_two_stops_keep_their_width() -> None:
    assert advances("中！？中") == [1000, 1000, 1000, 1000]


def test_a_mark_at_the_end_of_a_line_is_half_as_wide() -> None:
    assert advances("中，中。") == [1000, 1000, 1000, 500]
    wide = single("青稞、", style("zh"), fonts()).width
    assert wide == 2.5 * 10.5
    assert [line.text for line in lay_out("青稞、小麦、", style("zh"), wide, fonts()).lines] == [
        "青稞、",
        "小麦、",
    ]


def test_an_opening_bracket_at_the_start_of_a_line_loses_its_blank_half() -> None:
    (bracket, *_), *_ = (run.clusters for run in single("（中）", style("zh"), fonts()).runs)
    assert bracket.advance == 500
    assert fonts()["zh"].ink(bracket.glyphs).left >= 0


def test_what_is_squeezed_is_white_and_never_ink() -> None:
    for text in ("（《中》，“中”。）", "中！」「中"):
        for run in single(text, style("zh"), fonts()).runs:
            for cluster in run.clusters:
                ink = fonts()["zh"].ink(cluster.glyphs)
                assert ink.left >= 0
                assert ink.right <= cluster.advance


def test_a_gap_opens_between_han_and_latin_or_digits() -> None:
    assert advances("补7元A") == [1160, 555 + 160, 1160, 608]


def test_no_gap_beside_marks_spaces_or_at_line_ends() -> None:
    assert advances("7，A（7）")[:2] == [555, 1000]
    assert advances("补 7 元") == [1000, 224, 555, 224, 1000]
    first, second = lay_out("青稞补7元", style("zh"), 33, fonts()).lines
    assert (first.text, second.text) == ("青稞补", "7元")
    assert first.width == 31.5


def test_the_gap_is_as_wide_in_tibetan_as_in_chinese() -> None:
    digit, _ = single("7元", style("bo"), fonts()).runs
    assert digit.clusters[0].advance == 559 + round(160 * 10.5 / 13)


def test_brackets_in_tibetan_keep_half_of_their_blank_half() -> None:
    assert advances("དེ་《དེ》དེ", "bo")[2:5:2] == [750, 750]


def test_a_typed_space_is_blank_enough_beside_a_bracket() -> None:
    assert advances("དེ། 《དེ", "bo")[3] == 500
