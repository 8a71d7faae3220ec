"""Figures left open: a text is set once for all figures of one shape, and the digits put in give
what setting gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrases import CHINESE, MIXED, SYLLABLES, TIBETAN, fonts, style

from policycards.typeset import Line, Span, lay_out
from policycards.typeset.fonts import in_signs
from policycards.typeset.slots import (
    as_zeros,
    filled,
    has_even_digits,
    has_slots,
    mark,
    opened,
    reopened,
    slot_of,
    spelled,
)
from policycards.typeset.text_model import Align, Lang, Style

FIGURES = ("7", "0", "7.50", "2,184.50", "1,000,001", "662.5", "10", "0.08", "90,909,090.01")
SUMS = "0123456789 +×,."
CODES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"
ALIGNS: tuple[Align, ...] = ("left", "justified", "right", "center")
faces = pytest.mark.parametrize("face", ["bo", "bo-bold", "zh", "zh-bold"])

figures = st.lists(st.sampled_from(FIGURES), min_size=1, max_size=4)
WIDTHS = st.sampled_from([60.0, 140.0, 400.0])
words = st.lists(st.one_of(MIXED, TIBETAN, CHINESE), min_size=5, max_size=5)


def with_marks(pieces: Sequence[str], count: int) -> str:
    """Words with a mark between them for each figure."""
    return "".join(piece + (mark(at) if at < count else "") for at, piece in enumerate(pieces))


def spans(text: str, bold_from: int, scale: float) -> list[Span]:
    """A text of which the rest from some place is bold and larger."""
    return [
        each
        for each in (Span(text[:bold_from]), Span(text[bold_from:], scale, bold=True))
        if each.text
    ]


def set_with_slots(
    told: Sequence[Span], figures: Sequence[str], how: Style, width: float
) -> list[Line]:
    """What a plate does: set with zeros, open again, then put the digits in."""
    left_open = [replace(span, text=opened(span.text, figures)) for span in told]
    zeros = lay_out(
        [replace(span, text=as_zeros(span.text)) for span in left_open], how, width, fonts()
    )
    lines = reopened(zeros.lines, "".join(span.text for span in left_open))
    return [filled(line, figures, fonts()) for line in lines]


@given(
    words, figures, st.integers(0, 60), st.sampled_from([1.0, 1.4]), st.sampled_from(ALIGNS), WIDTHS
)
@pytest.mark.parametrize("lang", ["bo", "zh"])
def test_digits_in_slots_stand_exactly_where_setting_them_puts_them(
    lang: Lang,
    pieces: list[str],
    told: list[str],
    bold_from: int,
    scale: float,
    align: Align,
    width: float,
) -> None:
    how = style(lang, align)
    text = spans(with_marks(pieces, len(told)), bold_from, scale)
    whole = [replace(span, text=spelled(span.text, told)) for span in text]
    assert [line.runs for line in set_with_slots(text, told, how, width)] == [
        line.runs for line in lay_out(whole, how, width, fonts()).lines
    ]


@given(
    words,
    st.lists(
        st.tuples(st.sampled_from(FIGURES), st.randoms(use_true_random=False)),
        min_size=1,
        max_size=4,
    ),
)
def test_one_setting_serves_all_figures_of_one_shape(
    pieces: list[str], shapes: list[tuple[str, object]]
) -> None:
    shape = [figure for figure, _random in shapes]
    other = [
        re.sub("[0-9]", lambda _digit: str(random.randint(0, 9)), figure)  # type: ignore[attr-defined]  # noqa: B023
        for figure, random in shapes
    ]
    text = opened(with_marks(pieces, len(shape)), shape)
    assert text == opened(with_marks(pieces, len(other)), other)
    how = style("zh")
    lines = reopened(lay_out(as_zeros(text), how, 140.0, fonts()).lines, text)
    assert [filled(line, other, fonts()).runs for line in lines] == [
        line.runs
        for line in lay_out(
            spelled(with_marks(pieces, len(other)), other), how, 140.0, fonts()
        ).lines
    ]


@given(words, figures)
def test_every_digit_of_a_figure_is_one_slot_and_nothing_else_is(
    pieces: list[str], told: list[str]
) -> None:
    text = opened(with_marks(pieces, len(told)), told)
    lines = reopened(lay_out(as_zeros(text), style("zh"), 140.0, fonts()).lines, text)
    found = [
        slot
        for line in lines
        for run in line.runs
        for each in run.clusters
        if (slot := slot_of(each))
    ]
    due = [
        (at, place)
        for at, figure in enumerate(told)
        for place, sign in enumerate(figure)
        if sign.isdigit()
    ]
    assert found == due
    assert has_slots(text) and not has_slots("".join(pieces))


@faces
def test_the_shipped_faces_have_digits_that_may_be_left_open(face: str) -> None:
    assert has_even_digits(fonts()[face])


@faces
@given(
    st.lists(
        st.sampled_from([*"0123456789,.", *"元亩年%+×", *SYLLABLES]), min_size=1, max_size=12
    ).map("".join)
)
def test_a_digit_is_one_glyph_of_one_width_whatever_stands_beside_it(face: str, text: str) -> None:
    opened_face = fonts()[face]
    if not all(map(opened_face.has, map(ord, text))):
        return
    lang: Lang = "bo" if face.startswith("bo") else "zh"
    alone = {digit: opened_face.shape(digit, lang)[0] for digit in "0123456789"}
    assert len({each.advance for each in alone.values()}) == 1
    shaped = [each for each in opened_face.shape(text, lang) if each.text in alone]
    assert [each.glyphs for each in shaped] == [
        alone[each].glyphs for each in text if each in alone
    ]


@pytest.mark.parametrize("face", ["zh", "zh-bold"])
@given(st.text(SUMS, min_size=1, max_size=40))
def test_a_sum_in_signs_is_what_shaping_gives(face: str, text: str) -> None:
    line = in_signs(text, 9.0, fonts()[face])
    (run,) = line.runs
    assert run.clusters == tuple(fonts()[face].shape(text, "zh"))
    ink = [fonts()[face].ink(each.glyphs) for each in run.clusters]
    assert (line.ink_top, line.ink_bottom) == pytest.approx(
        (max(each.top for each in ink) * 0.009, min(each.bottom for each in ink) * 0.009)
    )
    assert (line.width, line.text) == (run.width, text)


@pytest.mark.parametrize("face", ["zh", "zh-bold"])
@given(st.text(CODES, min_size=1, max_size=14))
def test_a_code_in_signs_has_the_glyphs_of_shaping_without_kerning(face: str, text: str) -> None:
    (run,) = in_signs(text, 9.0, fonts()[face]).runs
    assert [each.glyphs for each in run.clusters] == [
        each.glyphs for each in fonts()[face].shape(text, "zh")
    ]
    assert [each.advance for each in run.clusters] == [
        fonts()[face].shape(each, "zh")[0].advance for each in text
    ]


def test_a_sign_that_the_face_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="zh does not have 'མ'"):
        in_signs("མ", 9.0, fonts()["zh"])


def test_marks_slots_and_figures_keep_apart_in_one_text() -> None:
    text = f"{mark(0)}0{mark(1)}"
    for first, second in product(("90", "10"), ("7.50", "0.05")):
        (line,) = set_with_slots([Span(text)], [first, second], style("zh"), 400.0)
        assert line.text == f"{first}0{second}"
