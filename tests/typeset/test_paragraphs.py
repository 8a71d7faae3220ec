"""Paragraphs: the text layer, the measure, the ink, and how lines are chosen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrases import CHINESE, MIXED, TIBETAN, fonts, policy_texts, style

from policycards.typeset import Fonts, Line, Paragraph, Span, lay_out, single
from policycards.typeset.break_rules import breaks
from policycards.typeset.normalization import normal
from policycards.typeset.paragraphs import _paragraph
from policycards.typeset.text_model import Align, Lang

BO = (
    "ཞིང་པ་དང་འབྲོག་པར་ཕན་པའི་སྲིད་ཇུས་ཀྱི་ཤེས་གསལ་བྱང་བུ་འདི་ཁྱིམ་ཚང་རེ་རེར་སྤྲོད་རྒྱུ་ཡིན།"
    " མུའུ་རེར་སྒོར་7.50རེ་སྤྲོད། ཁྱིམ་ཚང་ལ་བརྟན་པོའི་སྐྱོང་བ་དགོས།"
)
ZH = (
    "自2024年7月1日起，对种植青稞的农户，每亩补贴7.50元；“一卡通”发放（打入社会保障卡）。"
    "疑问请咨询：村委会、乡镇政府。"
)
ALIGNS: tuple[Align, ...] = ("left", "right", "center", "justified")
WIDTHS = st.sampled_from([60.0, 130.0, 230.0])


def texts(paragraph: Paragraph) -> list[str]:
    return [line.text for line in paragraph.lines]


def ends(paragraph: Paragraph, text: str) -> list[int]:
    """Where each line but the last ends in a text, its spaces counted; fails if a line is not next
    in the text.
    """
    found, at = [], 0
    for line in texts(paragraph):
        assert text.startswith(line, at), (line, text[at:])
        at += len(line)
        at += len(text[at:]) - len(text[at:].lstrip(" \n"))
        found.append(at)
    assert at == len(text)
    return found[:-1]


# The text layer


@given(MIXED, st.sampled_from(["bo", "zh"]), st.sampled_from(ALIGNS), WIDTHS)
def test_no_character_is_lost_doubled_or_moved_and_no_break_is_illegal(
    text: str, lang: Lang, align: Align, width: float
) -> None:
    legal = {found.offset for found in breaks(text)}
    assert set(ends(lay_out(text, style(lang, align), width, fonts()), text)) <= legal | {0}


@given(MIXED)
def test_every_cluster_has_its_text(text: str) -> None:
    line = single(text, style("bo"), fonts())
    assert (
        "".join(cluster.text for run in line.runs for cluster in run.clusters)
        == line.text
        == text.rstrip(" ")
    )


def test_spaces_at_line_ends_are_dropped_and_others_kept() -> None:
    assert texts(lay_out("རེད། འགྲོ།  བོད། ", style("bo"), 40, fonts())) == [
        "རེད།",
        "འགྲོ།",
        "བོད།",
    ]
    assert texts(lay_out("རེད། འགྲོ།  བོད། ", style("bo"), 400, fonts())) == ["རེད། འགྲོ།  བོད།"]


def test_a_line_feed_ends_a_line() -> None:
    assert texts(lay_out("青稞\n\n小麦\n", style("zh"), 400, fonts())) == ["青稞", "", "小麦"]


def test_single_never_breaks() -> None:
    line = single(ZH + "\n" + ZH + "  ", style("zh"), fonts())
    assert line.text == ZH + " " + ZH


def test_text_is_made_normal_before_it_is_set() -> None:
    assert single("\u0f00\u0f40\u0f77", style("bo"), fonts()).text == normal("\u0f00\u0f40\u0f77")


def test_tibetan_digits_are_set_in_tibetan_only() -> None:
    assert single("སྒོར་7", style("bo", tibetan_digits=True), fonts()).text == "སྒོར་༧"
    assert single("7元", style("zh", tibetan_digits=True), fonts()).text == "7元"


def test_nothing_is_set_of_nothing() -> None:
    paragraph = lay_out("", style("zh"), 100, fonts())
    assert [(line.runs, line.width) for line in paragraph.lines] == [((), 0)]


def test_a_character_that_no_face_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"U\+20BB7"):
        lay_out("\U00020bb7", style("zh"), 100, fonts())


# The measure


@pytest.mark.parametrize(("lang", "text"), [("bo", BO), ("zh", ZH)])
@pytest.mark.parametrize("width", [90.0, 120.0, 180.0, 333.0])
def test_ragged_lines_stay_within_the_column(lang: Lang, text: str, width: float) -> None:
    paragraph = lay_out(text, style(lang), width, fonts())
    assert all(line.width <= width + 1e-6 for line in paragraph.lines)
    assert set(paragraph.lefts) == {0.0}


def test_lines_are_set_flush_right_and_centred() -> None:
    right, centre = (lay_out(ZH, style("zh", align), 150, fonts()) for align in ("right", "center"))  # type: ignore[arg-type]
    assert all(
        left + line.width == pytest.approx(150)
        for left, line in zip(right.lefts, right.lines, strict=True)
    )
    assert all(
        left * 2 + line.width == pytest.approx(150)
        for left, line in zip(centre.lefts, centre.lines, strict=True)
    )


def test_a_word_that_is_wider_than_the_column_stands_over() -> None:
    paragraph = lay_out("网址 http://example.cn/policies/2024 可查", style("zh"), 60, fonts())
    assert texts(paragraph) == ["网址", "http://example.cn/policies/2024", "可查"]
    assert [line.width > 60 for line in paragraph.lines] == [False, True, False]


@given(st.one_of(TIBETAN, CHINESE), st.sampled_from([110.0, 170.0, 260.0]))
def test_justified_lines_reach_the_measure_and_the_last_does_not_pass_it(
    text: str, width: float
) -> None:
    for lang in ("bo", "zh"):
        paragraph = lay_out(text, style(lang, "justified"), width, fonts())  # type: ignore[arg-type]
        for line in paragraph.lines[:-1]:
            if len(breaks(line.text)) > 1:
                assert line.width == pytest.approx(width, abs=0.1), line.text
        assert paragraph.lines[-1].width <= width + 0.1 or not breaks(paragraph.lines[-1].text)


def padding(line: Line) -> str:
    return "".join(run.text for run in line.runs if run.artifact)


def test_a_justified_tibetan_line_that_ends_in_a_tsheg_is_padded_and_the_padding_is_no_text() -> (
    None
):
    paragraph = lay_out(BO, style("bo", "justified"), 180, fonts())
    padded = [line for line in paragraph.lines if padding(line)]
    assert padded
    assert all(line.text.endswith("་") and set(padding(line)) == {"་"} for line in padded)
    ends(paragraph, BO)


def test_a_line_that_ends_in_a_shad_is_stretched_and_never_padded() -> None:
    paragraph = lay_out("བོད་ཡིག་རེད། " * 6, style("bo", "justified"), 130, fonts())
    assert all(line.text.endswith("།") and not padding(line) for line in paragraph.lines)
    assert all(line.width == pytest.approx(130, abs=0.05) for line in paragraph.lines[:-1])


def test_a_no_break_space_is_not_stretched() -> None:
    line = lay_out("བོད།\u00a0ཡིག་རེད། " * 6, style("bo", "justified"), 100, fonts()).lines[0]
    advances = {cluster.text: cluster.advance for run in line.runs for cluster in run.clusters}
    assert advances["\u00a0"] == 260


def test_a_chinese_line_is_squeezed_before_it_is_stretched() -> None:
    text = "青稞（小麦）、油菜，豌豆"
    width = single(text, style("zh"), fonts()).width - 3
    ragged, full = (
        lay_out(text, style("zh", align), width, fonts()) for align in ("left", "justified")
    )  # type: ignore[arg-type]
    assert (len(ragged.lines), texts(full)) == (2, [text])
    assert full.lines[0].width == pytest.approx(width, abs=0.03)


def test_brackets_are_squeezed_before_commas_and_commas_before_full_stops() -> None:
    def widths(text: str, less: float) -> list[int]:
        width = single(text, style("zh"), fonts()).width - less
        (line,) = lay_out(text, style("zh", "justified"), width, fonts()).lines
        return [
            cluster.advance
            for run in line.runs
            for cluster in run.clusters
            if cluster.text in "（，。"
        ]

    text = "青（稞，小麦。油菜"
    assert widths(text, 5.25) == [500, 1000, 1000]
    assert widths(text, 10.5) == [500, 500, 1000]
    assert widths(text, 15.75) == [500, 500, 500]


def test_the_last_line_of_a_justified_paragraph_is_left_as_it_is() -> None:
    last = lay_out(ZH, style("zh", "justified"), 160, fonts()).lines[-1]
    assert last.width == pytest.approx(single(last.text, style("zh"), fonts()).width, abs=0.02)


def test_runs_follow_each_other_without_hole_or_overlap() -> None:
    for lang, text in (("bo", BO + "《青稞7》"), ("zh", ZH + "བོད་ཡིག7")):
        for line in lay_out(text, style(lang, "justified"), 150, fonts()).lines:  # type: ignore[arg-type]
            for run, after in pairwise(line.runs):
                assert run.x + run.width == pytest.approx(after.x)
            assert line.runs[-1].x + line.runs[-1].width == pytest.approx(line.width)


# How lines are chosen


def test_a_lone_character_on_the_last_line_is_avoided() -> None:
    text = "种植青稞的农户可以领取"
    width = single(text[:-1], style("zh"), fonts()).width + 1
    assert [len(line) for line in texts(lay_out(text, style("zh"), width, fonts()))] == [9, 2]


def test_a_lone_syllable_on_the_last_line_is_avoided() -> None:
    text = "བོད་ཡིག་སྲིད་ཇུས་བྱང་ཁང་།"
    width = single("བོད་ཡིག་སྲིད་ཇུས་བྱང་", style("bo"), fonts()).width + 1
    assert texts(lay_out(text, style("bo"), width, fonts()))[-1] == "བྱང་ཁང་།"


def test_a_date_is_kept_whole_where_a_line_more_will_do() -> None:
    text = "补贴自2024年7月1日起发放"
    width = single("补贴自2024年7月", style("zh"), fonts()).width + 1
    assert any("2024年7月1日" in line for line in texts(lay_out(text, style("zh"), width, fonts())))


def test_a_break_after_ka_or_ga_without_shad_is_avoided() -> None:
    text = "བོད་ཡིག་ཤོག བདེ་ལེགས་ཡོད།"
    width = single("བོད་ཡིག་ཤོག", style("bo"), fonts()).width + 1
    assert not texts(lay_out(text, style("bo"), width, fonts()))[0].endswith("ག")


def test_a_particle_is_not_parted_from_its_word_where_there_is_room() -> None:
    text = "རྒྱལ་ཁབ་རིམ་པའི་སྤྱི་ཕན་ནགས་ཚལ་དུ་བཅད་པའི་དུད་ཚང་ངམ་གྲོང་ཚོ"
    width = single("རྒྱལ་ཁབ་རིམ་པའི་སྤྱི་ཕན་ནགས་ཚལ་དུ་བཅད་", style("bo"), fonts()).width + 1
    assert not any(
        line.startswith("པའི") for line in texts(lay_out(text, style("bo"), width, fonts()))
    )


# Ink and baselines


def boxes(paragraph: Paragraph) -> list[list[tuple[float, float, float, float]]]:
    """Left, right, top and bottom of the ink of every cluster, by line, y downwards."""
    found = []
    for line, left, baseline in zip(
        paragraph.lines, paragraph.lefts, paragraph.baselines, strict=True
    ):
        row = []
        for run in line.runs:
            x, em = left + run.x, run.size / 1000
            for cluster in run.clusters:
                ink, y = fonts()[run.face].ink(cluster.glyphs), baseline - run.rise
                row.append(
                    (x + ink.left * em, x + ink.right * em, y - ink.top * em, y - ink.bottom * em)
                )
                x += cluster.advance * em
        found.append(row)
    return found


@settings(max_examples=40)
@given(st.one_of(TIBETAN, MIXED), st.sampled_from(ALIGNS))
def test_the_ink_of_neighbour_lines_never_meets(text: str, align: Align) -> None:
    for upper, lower in pairwise(boxes(lay_out(text, style("bo", align), 120, fonts()))):
        for left, right, _, bottom in upper:
            for other_left, other_right, top, _ in lower:
                assert bottom < top or right <= other_left or other_right <= left


NAMES = {
    "bo": st.text("ཀཁགངཅཆཉཏདནཔབམཙཚཞཟལཤསཨིེོུ་ྱྲླརྟྐྔྡྷཾཱྀ", min_size=1, max_size=24),
    "zh": st.text("扎西卓玛次仁旺久巴桑德吉龘𪚥", min_size=1, max_size=12),
}


@given(
    st.sampled_from(["bo", "zh"]).flatmap(lambda lang: st.tuples(st.just(lang), NAMES[lang])),
    WIDTHS,
    st.booleans(),
)
def test_a_name_is_set_as_any_text_is(told: tuple[Lang, str], width: float, bold: bool) -> None:
    lang, text = told
    for align in ("left", "right", "center"):
        wanted = replace(style(lang, align), bold=bold)
        try:
            whole = _paragraph((Span(text),), wanted, width, fonts())
        except ValueError:
            continue
        assert lay_out(text, wanted, width, fonts()) == whole


def test_every_policy_text_stays_clear_of_itself_and_within_its_block() -> None:
    for lang, text in policy_texts():
        paragraph = lay_out(text, style(lang), 140, fonts())
        rows = boxes(paragraph)
        for upper, lower in pairwise(rows):
            assert all(a[3] < b[2] or a[1] <= b[0] or b[1] <= a[0] for a in upper for b in lower), (
                text
            )
        inked = [box for row in rows for box in row if box[1] > box[0]]
        assert min(box[2] for box in inked) == pytest.approx(0, abs=1e-6)
        assert max(box[3] for box in inked) <= paragraph.height + 1e-6


def test_the_pitch_is_as_asked_where_the_ink_allows_it() -> None:
    paragraph = lay_out(ZH, style("zh"), 120, fonts())
    assert {round(b - a, 6) for a, b in pairwise(paragraph.baselines)} == {round(1.6 * 10.5, 6)}


def test_tibetan_lines_open_to_what_their_ink_needs_and_all_alike() -> None:
    tight = lay_out(BO, style("bo", pitch=1.0), 120, fonts())
    steps = {round(b - a, 6) for a, b in pairwise(tight.baselines)}
    assert len(steps) == 1
    assert 1.3 * 13 < steps.pop() <= 1.9 * 13


def test_a_stack_of_unusual_depth_opens_its_own_line_only() -> None:
    paragraph = lay_out(
        "ཀྱི་" * 3 + "གྲྭུ་\n" + "ཀི་" * 4 + "\n" + "ཀི་" * 4, style("bo", pitch=1.0), 200, fonts()
    )
    first, second = (b - a for a, b in pairwise(paragraph.baselines))
    assert first > second


def test_ink_top_and_bottom_of_a_line() -> None:
    line = single("།", style("bo"), fonts())
    assert (line.ink_top, line.ink_bottom) == (
        pytest.approx(0.678 * 13),
        pytest.approx(-0.472 * 13),
    )


# Sizes and faces


def test_fallback_of_another_size_is_raised_so_that_bodies_share_a_centre() -> None:
    tibetan, chinese = single("བོད་元", style("bo"), fonts()).runs
    assert (tibetan.face, tibetan.rise, chinese.face) == ("bo", 0, "zh")
    assert chinese.rise == pytest.approx(0.383 * (13 - 10.5), abs=0.05)
    chinese, tibetan = single("元བོད", style("zh"), fonts()).runs
    assert (chinese.rise, tibetan.rise) == (0, pytest.approx(0.383 * (10.5 - 13), abs=0.05))


def test_tibetan_of_two_sizes_hangs_from_one_head_line() -> None:
    small, large = single([Span("བོད་"), Span("ཡིག", 1.5)], style("bo"), fonts()).runs
    assert small.rise + 0.678 * small.size == pytest.approx(large.rise + 0.678 * large.size)


def test_a_figure_of_another_size_stands_on_the_baseline() -> None:
    runs = single([Span("སྒོར་"), Span("7.50", 1.5, bold=True)], style("bo"), fonts()).runs
    assert [(run.face, run.size, run.rise) for run in runs] == [("bo", 13, 0), ("bo-bold", 19.5, 0)]


def test_spans_join_to_one_text_and_break_as_one() -> None:
    spans = [Span("每亩"), Span("7.50", 1.6), Span("元，按年")]
    joined = "".join(span.text for span in spans)
    paragraph = lay_out(spans, style("zh"), 60, fonts())
    assert set(ends(paragraph, joined)) <= {found.offset for found in breaks(joined)}


def test_a_line_cut_between_two_syllables_that_shape_each_other_is_shaped_anew() -> None:
    whole = single("ཕོ་མོ", style("bo"), fonts())
    cut = lay_out("ཕོ་མོ", style("bo"), 15, fonts())
    alone = single("མོ", style("bo"), fonts())
    assert texts(cut) == ["ཕོ་", "མོ"]
    assert cut.lines[1].runs[0].clusters == alone.runs[0].clusters != whole.runs[0].clusters[2:]


def test_the_same_text_is_laid_out_the_same_by_fonts_opened_anew(font_folder: Path) -> None:
    anew = Fonts.open(font_folder)
    for text, style_ in ((BO, style("bo", "justified")), (ZH, style("zh", "justified"))):
        assert lay_out(text, style_, 170, fonts()) == lay_out(text, style_, 170, anew)
