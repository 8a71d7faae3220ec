"""Where a line may end: rules for Tibetan, Chinese and mixed text (tlreq, clreq, GB/T 15834—2011,
UAX #14).

A text is cut into atoms, each with its opening and closing marks and the spaces after it. A line
may end after an atom and nowhere else; the spaces at its end are dropped.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SPACES = " \u2002-\u2006\u2008-\u200a\u3000"
SPACE = re.compile(rf"[{SPACES}\n]")
"""What is dropped at the end of a line."""
SHADS = "\u0f0d-\u0f11\u0f14"
HEADS = "\u0f01-\u0f0a\u0fd0\u0fd1\u0fd3\u0fd4"
# After these a syllable has ended: tsheg, visarga, paluta, bsdus rtags, ku ru kha, nyis tsheg (UAX
# #14 class BA).
ENDS = "\u0f0b\u0f7f\u0f85\u0f34\u0fbe\u0fbf\u0fd2"
LETTERS = "\u0f00\u0f40-\u0f6c\u0f88-\u0f8c"
VOWELS = "\u0f71-\u0f7e\u0f80-\u0f84"
LATIN = "A-Za-z0-9"
DIGITS = "0-9\u0f20-\u0f33０-９"
HAN = (
    "\u2460-\u24ff\u25a0-\u27bf\u2e80-\u2fff\u3003-\u3007\u3012\u3013\u3021-\u3029\u3031-\u3035"
    "\u3038-\u30ff\u3105-\u312f\u31a0-\u31ff\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
MARKS = (
    "\u0300-\u036f\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f7e\u0f80-\u0f84\u0f86\u0f87"
    "\u0f8d-\u0fbc\u0fc6\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
OPENERS = r"(\[{（［｛《〈「『【〔〖“‘\u0f3a\u0f3c"
BRACKETS = r")\]}）］｝》〉」』】〕〗”’\u0f3b\u0f3d"
PERCENT = "%％‰℃°′″"
STOPS = ",.;:!?"
RANGES = "–—―~～〜"
# Never at the start of a line: closing brackets, stops, dashes, dots, percent; the slash is glue
# besides.
CLOSERS = BRACKETS + STOPS + PERCENT + RANGES + "，。、；：！？．·‧・･•∙⋅●…⋯/／々〻"
# No line ends beside these: U+0F0C, no-break spaces, word joiner, slash, straight quotes, hyphen,
# U+0F12, U+0FD9-0FDA.
GLUE = "\u0f0c\u00a0\u202f\u2007\u2060\ufeff\u2011/／\"'\\-\u0f12\u0fd9\u0fda"

UNITS = (
    "个工作日|平方公里|平方千米|立方米|平方米|公斤|千克|毫克|公里|千米|厘米|毫米|公顷|公升|毫升|人次|个月|周岁|小时|分钟|"
    "学年|学期|年度|年底|年初|年末|月底|月初|月末|人民币|百分点|元|角|分|亩|斤|吨|克|米|升|头|只|匹|口|户|人|名|天|日|月|年|"
    "岁|次|份|项|条|级|档|期|倍|度|周|季|代|辆|台|套|座|株|棵|间|孔|家|批|村|乡|组|届"
)
"""Chinese units that stay with their number even across a typed space."""

LATIN_UNITS = "(?:kg|km|cm|mm|ha|kWh|[mgt])(?![A-Za-z0-9])"
"""International units that do the same."""

TIBETAN_UNITS = ("སྒོར", "མུའུ", "སྤྱི་རྒྱ", "ཏུན")
"""Tibetan units, which stand before their number: they stay with it even across a typed space."""


def _part() -> str:
    """The regular expression of an atom, or of a part of one; the names are the rules of the
    classes above.

    Nothing in it that must match follows something that repeats, so it never steps back. No
    possessive quantifiers: before Python 3.11.5 they may loop for ever (CPython issue 106052).
    """
    after_unit = "|".join(f"(?<={unit})" for unit in TIBETAN_UNITS)
    unit = rf"(?:[万亿千百]?(?:{UNITS})|[{HAN}])[{MARKS}]*"
    other = rf"[^{SPACES}{SHADS}{HEADS}{ENDS}{HAN}{MARKS}{OPENERS}{CLOSERS}{GLUE}]"
    word = rf"""(?:
        {other}[{MARKS}]*                        # a letter, digit or sign with its marks
        | [{MARKS}]+                              # marks without a letter
        | (?<=[{LATIN}])[{STOPS}’\-](?=[{LATIN}])  # within a Latin word or an address
        | (?<=[{DIGITS}{PERCENT}])[{STOPS}．{RANGES}\-](?=[{DIGITS}])  # 7.50 13,800 8:30 5—6
        | (?<=[{DIGITS}])[{PERCENT}]                                  # ༡༢.༥%ལས་
        | (?<=[{DIGITS}])[{SPACES}]+(?=[{DIGITS}])                   # 138 0000 0000
        | (?:{after_unit})་?[{SPACES}]+(?=[{DIGITS}])                # སྒོར་ 7.50
    )+"""
    measured = rf"(?<=[{DIGITS}])(?:[{SPACES}]+(?:{UNITS}|{LATIN_UNITS})|[多余]?{unit})"
    core = rf"(?:(?:第(?=[{DIGITS}]))?(?:{word})(?:{measured})?|[{HAN}][{MARKS}]*)"
    lead = rf"(?:[{HEADS}][{HEADS}{SHADS}{MARKS}{SPACES}]*|[{OPENERS}][{SPACES}]*|[{GLUE}])*"
    tail = rf"(?:[{SPACES}]*[{ENDS}{SHADS}{CLOSERS}{MARKS}]|[{GLUE}])*"
    return rf"(?:\A[{SPACES}]+)?{lead}{core}?{tail}[{SPACES}]*"


_PART = re.compile(_part(), re.VERBOSE)

# Between parts of one atom.
_JOINED = re.compile(
    rf"""(?<=[{GLUE}])
    | (?<=[{ENDS}])(?=[{DIGITS}])      # a syllable right before a number: སྒོར་7.50
    | (?<=·)(?=(?:{UNITS}))                                           # 元/人·月
    | (?<=[{BRACKETS}])(?=[{LETTERS}])                                # 《…》ཀྱི་
    | (?<=[)\]}}{STOPS}{PERCENT}])(?=[{LATIN}])                         # (a)b
    | (?<=[{LATIN}])(?=[(\[])                                         # f(x)
    """,
    re.VERBOSE,
)

FREE, WITHIN_WORD, UGLY = range(3)
"""How good a break is: free; between a word and its particle, which tlreq would rather not; only
for want of others.
"""

# Ugly: after KA or GA whose shad was left out (tlreq), between the parts of a date, in a range
# whose ends have units.
_KA_GA = re.compile(rf"[ཀག][{VOWELS}]*[{SPACES}]+\Z")
_DATED = re.compile(rf"[{DIGITS}](?:[年月]|[^{SPACES}{SHADS}]{{0,8}}[{ENDS}])\Z")
_DATE_PART = re.compile(rf"[{DIGITS}]|(?:ཟླ|ཚེས)[{ENDS}]?[{DIGITS}]")
_RANGED = re.compile(rf"[{DIGITS}][^{SPACES}]{{0,4}}[{RANGES}]\Z")
_PARTICLE = re.compile(
    "(?:[པབ](?:འི|ར|ས|ོ|ོའི|ོར|ོས)?|མ(?:འི|ོ|ོའི)?|[ཀག]ྱིས?|གིས?|ཡིས?|[ཏདརས]ུ"
    "|ལ|ན|ནས|ལས|དང|ནི|སྟེ|ཏེ|ཀྱང|ཡང|ཅིང|ཚོ|རྣམས)"
    rf"(?![{LETTERS}{MARKS}])"
)


class Break(NamedTuple):
    """A line may end before the character at ``offset``; the higher the grade, the worse."""

    offset: int
    grade: int


def breaks(text: str) -> list[Break]:
    """Where lines of a text without line feeds may end, its end not counted.

    >>> [found.offset for found in breaks("སྲིད་ཇུས། །7.50元（每亩）。")]
    [5, 11, 16, 18]
    """
    ends = [match.end() for match in _PART.finditer(text)]
    return [
        Break(end, _grade(text, end))
        for end in ends
        if end < len(text) and not _JOINED.match(text, end)
    ]


def _grade(text: str, offset: int) -> int:
    last = text[offset - 1]
    if last == " ":
        return UGLY if _KA_GA.search(text, max(0, offset - 8), offset) else FREE
    if last == "་" and _PARTICLE.match(text, offset):
        return WITHIN_WORD
    if not _DATE_PART.match(text, offset):
        return FREE
    start = max(0, offset - 12)
    return (
        UGLY if _DATED.search(text, start, offset) or _RANGED.search(text, start, offset) else FREE
    )
