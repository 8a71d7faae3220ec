"""Characters that have no place in a text, slips of Chinese typing, and Tibetan orthography.

Tibetan: what prints broken, cannot be found again, or is not how Tibetan is written. Sources: the
error list and the notes on normal forms were measured with HarfBuzz (vowels before subjoined
letters and the like print with a dotted circle, others print wrong in silence); punctuation follows
W3C tlreq and L2/05-073. Errors are wrong sequences; what books differ in is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policycards.catalogue.model.policy import Lang
from policycards.catalogue.yaml.source import excerpt

LETTER = "\u0f40-\u0f6c"
SUBJOINED = "\u0f90-\u0fbc"
VOWEL = "\u0f71-\u0f7d\u0f80\u0f81"
MARK = "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86\u0f87\u0fc6"
TSHEG = "\u0f0b\u0f0c"

Fault = tuple[str, int, dict[str, str]]
"""Code of a problem, offset in the text, facts of its message."""

_CARRIER = f"\u0f00{LETTER}{SUBJOINED}{MARK}\u0f88-\u0f8f"
_WRITTEN = "\u0f00-\u0f1f\u0f34-\u0fbc"
_FIXED = {"\u0f6a": "\u0f62", "\u0fba": "\u0fad", "\u0fbb": "\u0fb1", "\u0fbc": "\u0fb2"}
_OUT_OF_USE = {"\u0f77": "\u0fb2\u0f71\u0f80", "\u0f79": "\u0fb3\u0f71\u0f80"}
_ONE_SIGN = {"\u0f7a\u0f7a": "\u0f7b", "\u0f7c\u0f7c": "\u0f7d"}

_FAULTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("E220", "[，。；：！？、]"),
        ("E221", f"(?<![{_CARRIER}])[{MARK}]"),
        ("E222", f"[{TSHEG}](?=[{TSHEG}])"),
        ("E223", "\u0f7a\u0f7a|\u0f7c\u0f7c"),
        ("E224", f"([{MARK}])(?<!\u0f7a)(?<!\u0f7c)\\1"),
        ("E225", "\u0fb0"),
        ("E226", "[\u0f6a\u0fba-\u0fbc]"),
        ("E227", f"[{VOWEL}\u0f7e\u0f7f\u0f82-\u0f84](?=[{SUBJOINED}])"),
        ("E228", f"[\u0f7e\u0f82\u0f83](?=[{VOWEL}])"),
        ("E229", f"(?<![{_CARRIER}])[{SUBJOINED}]"),
        (
            "E230",
            f"(?<=[{_WRITTEN}])(?:[|¦·•‧'’`´.,;]|[Il](?![A-Za-z0-9]))|(?<![A-Za-z0-9])[Il](?=[{_WRITTEN}])",
        ),
        ("E234", "[\u0f2a-\u0f33]"),
        ("E235", "[\u0f77\u0f79]"),
        ("W239", f"(?<=[{TSHEG}])[ \u00a0]+(?=[{LETTER}])"),
    )
)
_STACK = f"[{LETTER}][{MARK}{SUBJOINED}]*"
_STACK_BEFORE_SPACE = re.compile(f"({_STACK})[ \u00a0]+(?=[{LETTER}])")
_STACK_TSHEG_SHAD = re.compile(f"({_STACK})[{TSHEG}](?=[\u0f0d-\u0f12\u0f14])")
_NGA_SHAD = re.compile(f"\u0f44[{MARK}]*(?=\u0f0d)")
_KA_GA_SHAD = re.compile("[\u0f40\u0f42](?=\u0f0d)")
_SYLLABLE = re.compile(f"[{LETTER}{MARK}{SUBJOINED}]+")
_LETTERS = re.compile(f"[{LETTER}]")
_PARTICLE = re.compile("འ[\u0f72\u0f74\u0f7c]?[ངམསར]?$")
_SPACE_INSTEAD_OF_SHAD = re.compile(f"[\u0f40\u0f42\u0f64][{VOWEL}]*$|\u0f7f$")
_TWO_SHADS = re.compile("\u0f0d[ \u00a0]?\u0f0d")


def tibetan_faults(text: str) -> Iterator[Fault]:
    """What is wrong with a Tibetan text.

    >>> [code for code, *_ in tibetan_faults("བོད་་ཡིག")]
    ['E222']
    """
    for code, pattern in _FAULTS:
        for match in pattern.finditer(text):
            yield code, match.start(), _facts(match.group())
    yield from _spaces(text)
    yield from _long_syllables(text)
    yield from _shads(text)


def _facts(found: str) -> dict[str, str]:
    plain = _FIXED.get(found) or _OUT_OF_USE.get(found) or _ONE_SIGN.get(found) or found[0]
    return {"found": excerpt(found), "plain": excerpt(plain)}


def _spaces(text: str) -> Iterator[Fault]:
    """A space after a letter is right only where KA, GA or SHA has swallowed the shad, and after a
    visarga.
    """
    for match in _STACK_BEFORE_SPACE.finditer(text):
        if not _SPACE_INSTEAD_OF_SHAD.search(match.group(1)):
            yield "E231", match.end(1), {"found": excerpt(match.group(1))}


def _long_syllables(text: str) -> Iterator[Fault]:
    """At most prefix, root and two suffixes carry a syllable; particles such as 'i are written on
    to it.
    """
    for match in _SYLLABLE.finditer(text):
        count = len(_LETTERS.findall(match.group()))
        if count > 4 and len(_LETTERS.findall(_PARTICLE.sub("", match.group()))) > 4:
            yield "E232", match.start(), {"found": match.group(), "count": str(count)}


def _shads(text: str) -> Iterator[Fault]:
    if "\u0f0e" in text and (two := _TWO_SHADS.search(text)):
        yield "E233", two.start(), {}
    for match in _STACK_TSHEG_SHAD.finditer(text):
        if match.group(1)[0] != "\u0f44":
            yield "W236", match.end(1), {"found": excerpt(text[match.end(1) : match.end(1) + 2])}
    for match in _NGA_SHAD.finditer(text):
        yield "W237", match.end(), {"found": excerpt(match.group() + "\u0f0d")}
    for match in _KA_GA_SHAD.finditer(text):
        yield "W238", match.end(), {"found": excerpt(match.group())}


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
            yield code, match.start(), {"found": excerpt(match.group())}
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
                yield "E211", offset, {"found": excerpt(character)}
    for character, offset in open_at:
        yield "E211", offset, {"found": excerpt(character)}


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
