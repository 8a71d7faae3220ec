"""Which face draws what, and what is said of what none can draw."""

from __future__ import annotations

import pytest
from hypothesis import given
from phrases import MIXED, fonts, policy_texts

from policycards.core.problems import Place
from policycards.typeset import problems
from policycards.typeset.streams import pieces
from policycards.typeset.text_model import Lang

HERE = Place("policies/x.yaml", 3, 7)


def faces(text: str, lang: Lang, bold: bool = False) -> list[tuple[str, str]]:
    return [
        (piece.face.key, text[piece.start : piece.end])
        for piece in pieces(text, lang, bold, fonts())
    ]


def found(text: str, lang: Lang) -> list[str]:
    return [str(problem) for problem in problems([(text, lang, HERE)], fonts())]


def test_tibetan_takes_the_tibetan_face_and_chinese_marks_the_chinese() -> None:
    assert faces("《བོད་》（7），A。", "bo") == [
        ("zh", "《"),
        ("bo", "བོད་"),
        ("zh", "》（"),
        ("bo", "7"),
        ("zh", "），"),
        ("bo", "A"),
        ("zh", "。"),
    ]


def test_chinese_takes_the_chinese_face_and_tibetan_script_the_tibetan() -> None:
    assert faces("卡7 A་བོད། །གི 元", "zh") == [("zh", "卡7 A"), ("bo", "་བོད། །གི "), ("zh", "元")]


def test_bold_takes_the_bold_faces() -> None:
    assert faces("བོད元", "bo", bold=True) == [("bo-bold", "བོད"), ("zh-bold", "元")]


def test_marks_and_spaces_go_with_what_stands_before_them() -> None:
    assert faces(" བ\u0f7c 元 e\u0301", "bo") == [("bo", " བོ "), ("zh", "元 "), ("bo", "e\u0301")]
    assert faces("  ", "zh") == [("zh", "  ")]


@given(MIXED)
def test_the_pieces_of_any_text_are_the_text(text: str) -> None:
    for lang in ("bo", "zh"):
        assert "".join(part for _, part in faces(text, lang)) == text  # type: ignore[arg-type]


def test_a_character_that_no_face_has_is_named_with_its_number_and_place() -> None:
    assert found("中\U00020bb7", "zh") == [
        "policies/x.yaml:3:7: error E301: no font can draw \U00020bb7 (U+20BB7); it would be"
        " printed as an empty box"
    ]


@pytest.mark.parametrize(("character", "number"), [("\t", "U+0009"), ("\ue000", "U+E000")])
def test_an_invisible_character_is_told_by_its_number(character: str, number: str) -> None:
    assert found(f"བོད{character}ཡིག", "bo") == [
        f"policies/x.yaml:3:7: error E301: no font can draw a character without a shape ({number});"
        " it would be printed as an empty box"
    ]


def test_every_missing_character_is_told_once_in_a_text() -> None:
    assert len(found("𠮷𠮷\t", "zh")) == 2


@pytest.mark.parametrize("text", ["བེྲ", "\u0f90", "ཀཾི"])
def test_a_mark_without_its_letter_is_an_error(text: str) -> None:
    (told,) = found(f"བོད་{text}་ཡིག", "bo")
    assert told.startswith("policies/x.yaml:3:7: error E302: '")
    assert told.endswith("cannot be drawn: a mark in it has no letter to stand on")


def test_the_spoilt_cluster_is_told_with_its_numbers() -> None:
    assert found("བོད་བེྲ་", "bo") == [
        "policies/x.yaml:3:7: error E302: 'བེྲ' (U+0F56 U+0F7A U+0FB2) cannot be drawn:"
        " a mark in it has no letter to stand on"
    ]


def test_a_dotted_circle_that_was_typed_is_fine() -> None:
    assert found("ནི་\u25cc\u0f7c་", "bo") == []


def test_every_text_of_the_shipped_policies_can_be_drawn() -> None:
    assert problems([(text, lang, HERE) for lang, text in policy_texts()], fonts()) == []


def test_what_no_face_has_is_never_set() -> None:
    with pytest.raises(ValueError, match=r"no face has U\+20BB7"):
        list(pieces("\U00020bb7", "zh", False, fonts()))


@pytest.mark.parametrize("selector", ["\ufe00", "\ufe0f", "\U000e0100", "\U000e0101", "\U000e01ef"])
@pytest.mark.parametrize(("before", "after", "lang"), [("葛", "西", "zh"), ("ཀ", "་ཁ", "bo")])
def test_a_variation_selector_that_no_face_has_leaves_its_letter_as_it_is(
    selector: str, before: str, after: str, lang: Lang
) -> None:
    text = before + selector + after
    assert problems([(text, lang, Place("a.yaml"))], fonts()) == []
    (piece,) = pieces(text, lang, False, fonts())
    shaped = piece.face.shape(text, piece.script)
    plain = piece.face.shape(before + after, piece.script)
    assert shaped[0].glyphs[0].id == plain[0].glyphs[0].id
    assert sum(cluster.advance for cluster in shaped) == sum(each.advance for each in plain)
