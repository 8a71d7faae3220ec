"""Line breaking, rule by rule (A1 Tibetan, A6 Chinese of the typesetting notes), then all of them
at random.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from phrases import MIXED
from specimens import EVERY
from uniseg.linebreak import line_break_units

from policycards.typeset.break_rules import FREE, UGLY, WITHIN_WORD, breaks


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may end."""
    edges = [0, *(found.offset for found in breaks(text)), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


def grades(text: str) -> list[int]:
    return [found.grade for found in breaks(text)]


# A1: Tibetan


def test_a_line_may_end_after_a_tsheg() -> None:
    assert pieces("བོད་ཡིག་གི་དེབ") == ["བོད་", "ཡིག་", "གི་", "དེབ"]


def test_a_particle_is_rather_not_parted_from_its_word() -> None:
    assert grades("བོད་ཡིག་གི་དེབ") == [FREE, WITHIN_WORD, FREE]
    assert grades("བཅད་པའི་དུད་ཚང") == [WITHIN_WORD, FREE, FREE]


def test_a_line_never_starts_with_a_tsheg_or_a_shad() -> None:
    assert pieces("ང་། བོད ་། ཡིག་ ་ཀ") == ["ང་། ", "བོད ་། ", "ཡིག་ ་", "ཀ"]


def test_a_line_may_end_after_a_shad_and_its_space() -> None:
    assert pieces("རེད། འགྲོ། 2024 ཡིན། 《") == ["རེད། ", "འགྲོ། ", "2024 ", "ཡིན། ", "《"]


@pytest.mark.parametrize("shad", "།༎༏༐༑༔")
def test_a_line_may_end_after_every_shad_even_without_a_space(shad: str) -> None:
    assert pieces(f"རེད{shad}འགྲོ") == [f"རེད{shad}", "འགྲོ"]


@pytest.mark.parametrize("sign", "\u0f7f\u0f85\u0f34\u0fbe\u0fbf\u0fd2")
def test_a_line_may_end_after_visarga_and_its_kin_and_never_before(sign: str) -> None:
    assert pieces(f"དེ{sign}བོད") == [f"དེ{sign}", "བོད"]


def test_a_number_keeps_what_is_written_on_to_it() -> None:
    assert pieces("2024ལོའི་དཔེ") == ["2024ལོའི་", "དཔེ"]
    assert pieces("༡༢.༥%ལས་མང") == ["༡༢.༥%ལས་", "མང"]


def test_a_line_may_end_before_the_space_of_a_number() -> None:
    assert pieces("དུས་ 2024 ལོར") == ["དུས་ ", "2024 ", "ལོར"]


def test_a_tibetan_unit_stays_with_its_number() -> None:
    assert pieces("རེར་སྒོར་7.50སྤྲོད") == ["རེར་", "སྒོར་7.50སྤྲོད"]
    assert pieces("རེར་སྒོར་ 7.50 སྤྲོད") == ["རེར་", "སྒོར་ 7.50 ", "སྤྲོད"]
    assert pieces("ཟླ་7ཚེས་1ཉིན") == ["ཟླ་7ཚེས་1ཉིན"]


def test_no_break_within_a_syllable_or_stack() -> None:
    assert pieces("བསྒྲུབས") == ["བསྒྲུབས"]
    assert pieces("ཧཱུྃ") == ["ཧཱུྃ"]


def test_no_break_after_a_tsheg_that_forbids_it() -> None:
    assert pieces("ང༌།བོད༌ཡིག") == ["ང༌།", "བོད༌ཡིག"]


def test_nga_tsheg_shad_stays_whole_also_with_a_plain_tsheg() -> None:
    assert pieces("འགན་སྲུང་། བོད") == ["འགན་", "སྲུང་། ", "བོད"]


@pytest.mark.parametrize("closer", "》〉）」』】”’，。、；：！？)]}༻༽")
def test_a_line_never_starts_with_a_closing_mark(closer: str) -> None:
    assert pieces(f"བོད་{closer} 中 {closer}文") == [f"བོད་{closer} ", f"中 {closer}", "文"]


def test_a_line_never_starts_with_a_space() -> None:
    assert pieces("中  文 བོད །") == ["中  ", "文 ", "བོད །"]


def test_shad_space_shad_is_one() -> None:
    assert pieces("མཐུ། །དམན། ། །") == ["མཐུ། །", "དམན། ། །"]


def test_ka_and_ga_with_space_and_shad_are_one() -> None:
    assert pieces("ཤོག །གི") == ["ཤོག །", "གི"]
    assert pieces("ཀུ །གི") == ["ཀུ །", "གི"]


@pytest.mark.parametrize("head", ["༄༅། །", "༄༅༎ ", "༈ ", "༁ྃ༔ ", "༆ ", "༇ ", "༉ "])
def test_a_head_mark_stays_with_the_text_after_it(head: str) -> None:
    assert pieces(f"ཡིན། {head}བོད་ཡིག") == ["ཡིན། ", f"{head}བོད་", "ཡིག"]


@pytest.mark.parametrize("opener", "༺༼《〈（“‘([「『【")
def test_no_break_after_an_opening_mark(opener: str) -> None:
    assert pieces(f"ནི་{opener}བོད་ {opener} 文") == ["ནི་", f"{opener}བོད་ ", f"{opener} 文"]


def test_a_particle_stays_with_the_bracket_it_follows() -> None:
    assert pieces("《ཁྲིམས》ཀྱི་དོན") == ["《ཁྲིམས》ཀྱི་", "དོན"]


def test_after_ka_or_ga_whose_shad_is_left_out_a_break_is_ugly() -> None:
    assert (pieces("ཤོག བདེ"), grades("ཤོག བདེ")) == (["ཤོག ", "བདེ"], [UGLY])
    assert (pieces("ཤོ་ཀི བདེ"), grades("ཤོ་ཀི བདེ")) == (["ཤོ་", "ཀི ", "བདེ"], [FREE, UGLY])
    assert grades("གྲུ བདེ") == [FREE]


# A6: Chinese and mixed


@pytest.mark.parametrize("mark", "，。、；：！？）》〉」』】”’·•･∙⋅●—…％/～")
def test_marks_that_never_start_a_chinese_line(mark: str) -> None:
    assert all(not piece.startswith(mark) for piece in pieces(f"中文{mark}中文")[1:])


@pytest.mark.parametrize("mark", "（《〈「『【“‘/")
def test_marks_that_never_end_a_chinese_line(mark: str) -> None:
    assert all(not piece.endswith(mark) for piece in pieces(f"中文{mark}中文")[:-1])


def test_double_dash_and_double_dots_are_never_split_nor_parted_from_what_they_follow() -> None:
    assert pieces("发放——按月……等") == ["发", "放——", "按", "月……", "等"]


@pytest.mark.parametrize(
    "number",
    """7.50|13,800|12%|12％|¥20|￥20|±5|≥60|0891-6324567|138 0000 0000|5—6|2016-2020|8:30|12%—15%|1/3|７．５０|༡༢.༥%
    7.50元|3.5万元|60周岁|2个月|10多户|20余人|37℃|100 元|25 kg|10 %|7.50元/亩|2000元/人·年|第3条|2024年度""".replace(
        "\n    ", "|"
    ).split("|"),
)
def test_a_number_is_never_split_nor_parted_from_its_unit(number: str) -> None:
    assert any(number in piece for piece in pieces(f"中{number}的中"))


def test_a_date_is_only_split_between_its_parts_and_rather_not() -> None:
    assert pieces("自2024年7月1日起") == ["自", "2024年", "7月", "1日", "起"]
    assert grades("自2024年7月1日起") == [FREE, UGLY, UGLY, FREE]
    assert grades("2024ལོའི་ཟླ་7པའི་ཚེས་1ཉིན") == [UGLY, UGLY]
    assert grades("5月—6月") == [UGLY]


@pytest.mark.parametrize(
    "word",
    [
        "Policy",
        "Wi-Fi",
        "don't",
        "don’t",
        "A4b",
        "e.g",
        "http://example.cn/a?b=c&d",
        "COVID-19s",
        "café",
        "f(x)z",
    ],
)
def test_latin_words_and_addresses_are_never_split(word: str) -> None:
    assert pieces(f"中{word}文 {word} བོད") == ["中", word, "文 ", f"{word} ", "བོད"]


def test_han_and_tibetan_part_without_a_sign_between() -> None:
    assert pieces("中文བོད中文") == ["中", "文", "བོད", "中", "文"]


def test_straight_quotes_stay_with_both_sides_and_no_break_space_too() -> None:
    assert pieces('中 "文" 中') == ["中 ", '"文" ', "中"]
    assert pieces("བོད\u00a0ཡིག") == ["བོད\u00a0ཡིག"]


def test_spaces_before_a_text_belong_to_it() -> None:
    assert pieces("  中文") == ["  中", "文"]


# All at random, against rules of one character each

_NOT_FIRST = re.compile(
    r"[ ་།༎༏༐༑༔ཿ༌༻༽，。、；：！？）》〉」』】”’·—…％,.;:!?)\]}%/／\u0f71-\u0f84\u0f90-\u0fbc\u00a0]"
)
_NOT_LAST = re.compile(r"(?:[༺༼《〈（“‘(\[「『【] *|[༄༅༈][༄༅༈།༎ ]*|[༌/／-]|\u00a0)\Z")
_NOT_BETWEEN = [
    (re.compile(before + r"\Z"), re.compile(after))
    for before, after in (
        ("[\u0f40-\u0f6c\u0f71-\u0f7e\u0f80-\u0f84\u0f90-\u0fbc]", "[\u0f40-\u0f6c0-9༠-༩A-Za-z]"),
        ("[0-9༠-༩]", "[0-9༠-༩A-Za-z\u0f40-\u0f6c\u4e00-\u9fff]"),
        ("[0-9][.,:—-]", "[0-9]"),
        ("[A-Za-z]", "[A-Za-z0-9]"),
        ("[¥￥]", "[0-9]"),
        ("第", "[0-9]"),
        ("་", "[0-9༠-༩]"),
        ("[—…]", "[—…]"),
        ("[0-9] +", "[0-9元]"),
        ("སྒོར་? +", "[0-9]"),
    )
]


@given(MIXED)
def test_no_illegal_break_ever(text: str) -> None:
    for offset in (found.offset for found in breaks(text)):
        before, after = text[:offset], text[offset:]
        shown = f"{before}|{after}"
        assert not _NOT_FIRST.match(after), shown
        assert not _NOT_LAST.search(before), shown
        for ending, beginning in _NOT_BETWEEN:
            assert not (ending.search(before) and beginning.match(after)), shown


@given(MIXED)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
    assert all(pieces(text)) or not text


# UAX #14, as uniseg has it


def uax14(text: str) -> set[int]:
    edges, at = set(), 0
    for unit in line_break_units(text):
        at += len(unit)
        edges.add(at)
    return edges - {len(text)}


STRICTER = {
    "after a head mark": ("༄༅༎ དཔེ", 4),
    "before a number's unit": ("7.50元", 4),
    "between a syllable and its number": ("སྒོར་7", 5),
    "in a telephone number with spaces": ("138 0000", 4),
    "between a closing bracket and its particle": ("《ཀ》ལ", 3),
    "before a double dash": ("中——文", 1),
    "before a middle dot": ("中·文", 1),
    "after a slash": ("元/亩", 2),
    "within a range": ("80–89", 3),
}
LOOSER = {
    "before an opening quote in Tibetan": ("དེ་“བོད", 3),
    "before a head mark": ("དེ༈ བོད", 2),
    "before an opening bracket of Tibetan": ("ཡིག༼བོད", 3),
    "between a middle dot and Tibetan": ("中·བོད", 2),
}


@pytest.mark.parametrize(("text", "offset"), STRICTER.values(), ids=STRICTER)
def test_where_uax_14_breaks_and_these_rules_do_not(text: str, offset: int) -> None:
    assert offset in uax14(text)
    assert offset not in {found.offset for found in breaks(text)}


@pytest.mark.parametrize(("text", "offset"), LOOSER.values(), ids=LOOSER)
def test_where_these_rules_break_and_uax_14_does_not(text: str, offset: int) -> None:
    assert offset not in uax14(text)
    assert offset in {found.offset for found in breaks(text)}


_KNOWN = re.compile(
    r"[༁-༊][༁-༊།-༑༔ྃ ]*\|"
    # 16周岁, 5个工作日
    r"|[0-9༠-༩]%?[\u4e00-\u9fff]{,4}\|[\u4e00-\u9fff]|第\||་\|[0-9༠-༩]|[0-9] +\|"
    r"|[》）”]\|[ཀ-ཬ]|\|[—…·～“‘༼]|[/／]\||·\||[0-9]–\|[0-9]"
)


_PLAIN = """
མི་རེར་ཆ་སྙོམས་ཀྱི་ཟླ་རེའི་ཡོང་འབབ་ས་གནས་ཀྱི་གྲོང་ཁྱེར་གྲོང་རྡལ་དམའ་མཐའི་འགན་སྲུང་ཚད་གཞི་ལས་དམའ་བའི་ཁྱིམ་ཚང
ངལ་རྩོལ་བྱེད་ནུས་དང་འཚོ་བའི་ཡོང་ཁུངས། གསོ་སྐྱོང་བྱེད་མཁན་བཅས་མེད་པའི་གྲོང་གསེབ་ཀྱི་རྒན་པ་དང་དབང་པོ་སྐྱོན་ཅན། ལོ་ན་མ་སོན་པ
རིན་མེད་སློབ་གསོའི་ཆེད་ལས་ཀྱི་སློབ་ཡོན་དང་སྡོད་ཁང་། འཚོ་བའི་འགྲོ་གྲོན་བཅས་ལ་རོགས་དངུལ་གཏོང
ལོ་60ལོན་ཞིང་ལས་བཟོའི་རྒན་གསོའི་དངུལ་མི་ལེན་པའི་གྲོང་ཁྱེར་གྲོང་གསེབ་སྡོད་དམངས
住C级或D级危房的低保户、五保户、贫困残疾人家庭、建档立卡户
就读师范、农林水、地矿等免费教育专业的新生；年满60周岁、没有领职工养老金的城乡居民
在任村（居）“两委”成员和其他村干部，全年按1,234天计，共12,345元
边境二线村（其他边境村）16周岁以上的边民，高龄健康补贴（80–89岁）
2016年7月1日以前：每亩7.50元/年，不高于30%。查询：http://example.cn/a 或 000-0000-0000
"""


def test_the_rules_agree_with_uax_14_but_for_the_known_differences() -> None:
    compared = 0
    for text in (*EVERY, *_PLAIN.split("\n")):
        for offset in uax14(text) ^ {found.offset for found in breaks(text)}:
            shown = text[max(0, offset - 12) : offset] + "|" + text[offset : offset + 3]
            assert _KNOWN.search(shown), shown
        compared += len(breaks(text))
    assert compared > 250
