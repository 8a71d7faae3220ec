"""Characters that have no place in a text of either language, and slips of Chinese typing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policycards.catalogue.checks.tibetan import Fault
from policycards.catalogue.model.policy import Lang
from policycards.catalogue.yaml.excerpts import shown

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_PAIRS = {
    "（": "）",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "【": "】",
    "“": "”",
    "(": ")",
    "༼": "༽",
    "༺": "༻",
}
_OPENERS = {close: opener for opener, close in _PAIRS.items()}
_MARKS = str.maketrans(",;:?!.()", "，；：？！。（）")

_BREAK = re.compile(r"[\n\r\t\u2028\u2029]+")
_LOOSE = re.compile(r"^[ \u00a0]|[ \u00a0]$|[ \u00a0]{2,}")
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_LOST = re.compile(r"\ufffd+|\?{3,}|？{3,}")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_TIBETAN_RUN = re.compile(r"[\u0f00-\u0fff]+")
_HALF_WIDTH = re.compile(
    f"(?<=[{_HAN}])[,;:?!()]|[,;:?!()](?=[{_HAN}])|(?<=[{_HAN}])\\.(?=[{_HAN}]|$)"
)
_GAP = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")


def common_faults(text: str) -> Iterator[Fault]:
    """What is wrong in whichever language.

    >>> [code for code, *_ in common_faults("《办法")]
    ['E211']
    """
    for match in _BREAK.finditer(text):
        yield "E206", match.start(), {}
    for code, pattern in (
        ("W207", _LOOSE),
        ("E208", _INVISIBLE),
        ("E209", _PRIVATE),
        ("E210", _LOST),
    ):
        for match in pattern.finditer(text):
            yield code, match.start(), {"found": shown(match.group())}
    for match in _WIDE.finditer(text):
        plain = "".join(chr(ord(character) - 0xFEE0) for character in match.group())
        yield "W212", match.start(), {"found": match.group(), "plain": plain}
    yield from _lone_brackets(text)


def _lone_brackets(text: str) -> Iterator[Fault]:
    open_at: list[tuple[str, int]] = []
    for offset, character in enumerate(text):
        if character in _PAIRS:
            open_at.append((character, offset))
        elif character in _OPENERS:
            if open_at and open_at[-1][0] == _OPENERS[character]:
                open_at.pop()
            else:
                yield "E211", offset, {"found": shown(character)}
    for character, offset in open_at:
        yield "E211", offset, {"found": shown(character)}


def foreign_script(text: str, lang: Lang) -> Iterator[Fault]:
    """Runs of the other language's script."""
    code, pattern = ("W213", _HAN_RUN) if lang == "bo" else ("W214", _TIBETAN_RUN)
    for match in pattern.finditer(text):
        yield code, match.start(), {"found": match.group()[:20]}


def chinese_faults(text: str) -> Iterator[Fault]:
    """Half-width marks and gaps between Chinese characters.

    >>> [code for code, *_ in chinese_faults("每亩,每年")]
    ['W215']
    """
    for match in _HALF_WIDTH.finditer(text):
        yield (
            "W215",
            match.start(),
            {"found": match.group(), "plain": match.group().translate(_MARKS)},
        )
    for match in _GAP.finditer(text):
        yield "W216", match.start(), {}
