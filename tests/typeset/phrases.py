"""What the typesetting tests share: fonts, alphabets of pieces, and the texts of the shipped
policies.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from specimens import EVERY

from policycards.typeset import Fonts, Style
from policycards.typeset.text_model import Align, Lang

ROOT = Path(__file__).parents[2]
SYLLABLES = (
    "བོད",
    "ཡིག",
    "སྐྱོང",
    "འགྲོ",
    "ཤོག",
    "ང",
    "ཀུ",
    "གྲུ",
    "རྡོ",
    "རྗེ",
    "ཧཱུྃ",
    "པའི",
    "གཏེར",
    "ལོ",
    "སྒོར",
    "མུའུ",
)
TIBETAN_SIGNS = (*"་་་་།༎༑༔ ༼༽ཿ༌\u00a0", "། ", "། །", "༄༅", "༈ ", "༄༅༎ ")
HAN = tuple("青稞补贴标准发放农牧民卡户村年月日元亩一的")
CHINESE_SIGNS = (*"，。、；：！？（）《》“”·％—…／", "——", "……", "”。", "）《", "“（")
LATIN = (
    "A4",
    "Wi-Fi",
    "example.cn",
    "http://a.cn/b",
    "don't",
    "é",
    "(",
    ")",
    ".",
    ", ",
    " ",
    "  ",
    "/",
    "-",
    '"',
)
NUMBERS = (
    "7.50",
    "13,800",
    "2024",
    "5",
    "༡༢.༥",
    "12%",
    "0891-632",
    "¥20",
    "5—6",
    "第3条",
    "100 元",
    "2024年7月1日",
    "10 kg",
)

_ANY = (*SYLLABLES, *TIBETAN_SIGNS, *HAN, *CHINESE_SIGNS, *LATIN, *NUMBERS)
MIXED = st.lists(st.sampled_from(_ANY), max_size=40).map("".join)
"""Texts of both scripts, Latin, numbers and signs in any order, sensible or not."""
TIBETAN = st.lists(
    st.tuples(st.sampled_from(SYLLABLES), st.sampled_from(TIBETAN_SIGNS)), max_size=30
).map(lambda pairs: "".join(syllable + sign for syllable, sign in pairs))
CHINESE = st.lists(st.sampled_from((*HAN, *HAN, *CHINESE_SIGNS, *NUMBERS, "A4")), max_size=60).map(
    "".join
)


@cache
def fonts() -> Fonts:
    return Fonts.open(ROOT / "fonts")


def style(lang: Lang, align: Align = "left", **more: object) -> Style:
    """Body text of the smaller card."""
    return Style(lang, 13.0, 10.5, align=align, **more)  # type: ignore[arg-type]


@cache
def policy_texts() -> tuple[tuple[Lang, str], ...]:
    """Every text of the shipped policies, a figure for each placeholder, and the specimens, with
    its language.
    """
    found: dict[tuple[Lang, str], None] = {}
    for path in sorted((ROOT / "policies").rglob("*.yaml")):
        for lang, text in re.findall(
            r"^[ -]*(bo|zh): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            found[lang, re.sub(r"\{[^}]*\}", "1,234", text.strip("\"'"))] = None
    for text in EVERY:
        found["bo" if re.search("[\u0f00-\u0fff]", text) else "zh", text] = None
    return tuple(found)
