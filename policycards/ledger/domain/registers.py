"""The words of a register, and its lines as clerks type them: ``1-180 delivered except 7 absent``.

Numbers of the pile stand before what became of them, or after it and a colon. What is excepted
overrides what stood before it; numbers that nothing follows there, and those not collected, are
left open. *All* and *the rest* are what no other part names. What stands in brackets and means
nothing here is a remark. Words may be Chinese, Tibetan or English, digits of any of the three.
Nothing is guessed: what has more than one reading is asked, what has none is reported with the
nearest that has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from policycards.core.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What became of a card: the kind of an event and its detail."""

    kind: str
    detail: str = ""


WORDS: Mapping[Mark, tuple[str, ...]] = {
    Mark("delivered", "self"): ("delivered", "已领", "སྤྲད་ཟིན།", "领", "已发", "སྤྲད་ཟིན"),
    Mark("delivered", "relative"): ("relative", "亲属代领", "ཉེ་དུས་བླངས།", "亲属", "ཉེ་དུས་བླངས"),
    Mark("delivered", "proxy"): ("proxy", "他人代领", "ཚབ་མས་བླངས།", "代领", "ཚབ་མས་བླངས"),
    Mark("left"): ("left", "村干部代管", "འགོ་ཁྲིད་ལ་བཞག", "代管"),
    Mark("absent"): ("absent", "不在", "ཁྱིམ་དུ་མེད།", "不在家", "未到", "ཁྱིམ་དུ་མེད", "མི་འདུག"),
    Mark("moved"): ("moved", "搬走", "གནས་སྤོས་སོང་།", "迁走", "གནས་སྤོས་སོང", "གནས་སྤོས"),
    Mark("refused"): ("refused", "拒收", "མི་ལེན་ཟེར།", "མི་ལེན་ཟེར", "མི་ལེན"),
    Mark("returned"): ("returned", "退回", "ཕྱིར་བསྐུར།", "ཕྱིར་བསྐུར"),
    Mark("lost"): ("lost", "丢失", "བོར་བརླག", "遗失"),
    Mark("wrong", "name"): ("wrong-name", "姓名错", "མིང་ནོར།", "名字错", "མིང་ནོར"),
    Mark("wrong", "dead_head"): ("died", "户主去世", "ཁྱིམ་བདག་འདས།", "去世", "ཁྱིམ་བདག་འདས"),
    Mark("wrong", "split"): ("split", "分户", "ཁྱིམ་བགོས།", "ཁྱིམ་བགོས"),
    Mark("wrong", "merged"): ("merged", "并户", "ཁྱིམ་སྡེབས།", "ཁྱིམ་སྡེབས"),
    Mark("wrong", "moved"): ("rehoused", "户口迁移", "ཐེམ་ཐོ་སྤོས།", "迁移", "ཐེམ་ཐོ་སྤོས"),
    Mark("wrong", "members"): ("wrong-members", "人数错", "མི་གྲངས་ནོར།", "མི་གྲངས་ནོར"),
    Mark("wrong", "land"): ("wrong-land", "土地牲畜错", "ས་ཕྱུགས་ནོར།", "土地错", "ས་ཕྱུགས་ནོར"),
    Mark("wrong", "policy"): ("wrong-policy", "政策错", "སྲིད་ཇུས་ནོར།", "སྲིད་ཇུས་ནོར"),
}
"""The words for each mark: first the English, Chinese and Tibetan one that lists show, then others
that clerks type.
"""
LANGUAGES = ("en", "zh-hans", "bo")
_KIN = (
    *("家人", "家属", "亲戚", "儿子", "女儿", "妻子", "丈夫", "爱人", "老婆", "父亲", "母亲"),
    *("爸爸", "妈妈", "哥哥", "弟弟", "姐姐", "妹妹", "爷爷", "奶奶", "孙子", "孙女", "媳妇"),
    *("女婿", "侄子", "侄女"),
)
KIN = ("亲属", *_KIN)
_MORE: Mapping[Mark, tuple[str, ...]] = {
    Mark("delivered", "self"): (
        *("领取", "已领取", "已领走", "领走", "领到", "领完", "已领完", "已发放", "发放", "发了"),
        *("已签收", "签收", "签字", "本人领取", "本人已领", "本人领", "本人", "领取完毕", "སྤྲད"),
        *("བླངས་ཟིན", "བླངས་སོང", "collected", "given"),
    ),
    Mark("delivered", "relative"): tuple(f"{who}代领" for who in _KIN),
    Mark("delivered", "proxy"): ("邻居代领", "村干部代领", "组长代领", "别人代领", "代为领取"),
    Mark("left"): ("村委会代管", "村委代管", "干部代管", "放村委会", "存村委会"),
    Mark("absent"): (
        *("没在", "没在家", "未在家", "不在村", "家里没人", "家中无人", "无人", "没人", "没来"),
        *("外出", "外出打工", "外出务工", "在外打工", "在外务工", "打工", "务工", "放牧未归"),
        *("ཕྱིར་སོང", "away", "not home"),
    ),
    Mark("moved"): ("搬家", "搬迁", "已搬走", "已搬迁", "搬了", "迁出", "已迁出", "已迁走"),
    Mark("refused"): ("拒领", "拒绝", "不要", "不领", "不愿领", "拒绝领取"),
    Mark("returned"): ("退了", "已退回", "退回乡镇", "退卡"),
    Mark("lost"): ("丢了", "弄丢", "遗失了", "已丢失"),
    Mark("wrong", "name"): ("姓名不对", "名字不对", "姓名有误", "名字写错", "姓名写错"),
    Mark("wrong", "dead_head"): (
        *("死亡", "已故", "过世", "病故", "已死亡", "已去世", "户主死亡", "户主已故", "死了"),
        *("འདས", "གྲོངས"),
    ),
    Mark("wrong", "split"): ("已分户",),
    Mark("wrong", "merged"): ("已并户", "合户"),
    Mark("wrong", "members"): ("人数不对", "人口错", "人口不对", "人数有误"),
    Mark("wrong", "land"): ("土地不对", "牲畜错", "草场错"),
    Mark("wrong", "policy"): ("政策不对", "补贴错"),
}
OPEN = ("未领", "未领取", "没领", "没领取", "没有领", "尚未领取", "还没领", "未发", "མ་བླངས", "open")
"""Not collected, and nobody says why: the number stays open."""
EXCEPT = ("except", "除了", "除去", "除", "མ་གཏོགས།", "མ་གཏོགས")
EXCEPTED = ("除外", "以外", "之外", "外")
"""After the numbers that are excepted."""
ALL = ("全部", "全都", "所有", "全体", "都", "全", "均", "ཚང་མ", "ཡོངས་རྫོགས", "all")
REST = (
    *("其余的", "其余", "其他的", "其他", "其它", "剩下的", "剩下", "剩余", "余下", "另外的"),
    *("གཞན་པ", "གཞན", "ལྷག་མ", "rest", "others"),
)
LEADING = ("有", "的是", "是", "为", "：", ":")
"""Between a word and the numbers that follow it."""
FILLERS = (
    "号",
    "户",
    "和",
    "及",
    "与",
    "and",
    "了",
    "的",
    "第",
    "从",
    "卡",
    "人",
    "བར",
    "དང",
    "ཨང",
    "་",
    "the",
)

MARKS = {word: mark for mark, words in WORDS.items() for word in words} | {
    word: mark for mark, words in _MORE.items() for word in words
}


def word_of(mark: Mark, language: str) -> str:
    """The word that lists show for a mark."""
    return WORDS[mark][LANGUAGES.index(language)]


def mark_of(word: str) -> Mark | None:
    """The mark that a word means, as it stands in the cell of a list."""
    return MARKS.get(unicodedata.normalize("NFKC", word).strip().lower())


FILE = "register"
"""How problems name what was typed."""
_NUMBER = r"(?:第|户号|no\.?|#)?\s*{}\s*(?:号|户(?![主口])|#)*"
_SPAN = r"(?:\.{2,}|[-–—−~～→]+|到|至|ནས)"
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "open": OPEN,
    "except": EXCEPT,
    "excepted": EXCEPTED,
    "all": ALL,
    "rest": REST,
    "leading": LEADING,
    "filler": FILLERS,
    "mark": tuple(MARKS),
}
_KNOWN = {word: name for name, words in _GROUPS.items() for word in words}
_TOKEN = re.compile(
    rf"{_NUMBER.format('(?P<first>[0-9]{1,9})')}"
    rf"(?:\s*{_SPAN}\s*{_NUMBER.format('(?P<last>[0-9]{1,9})')})?"
    r"|由(?P<who>[^\s0-9,、;。:()]{1,10}?)代领"
    rf"|(?P<word>{'|'.join(map(re.escape, sorted(_KNOWN, key=len, reverse=True)))})"
    r"|(?P<comma>[,、.])|(?P<stop>[;。།]|$)"
    r"|(?P<strange>[^\s0-9,、;.。:()།]+|[0-9]+)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_REMARK = re.compile(r"(?:备注|注|མཆན)\s*:.*")


def read_entry(text: str, pile: Collection[int]) -> tuple[dict[int, Mark], list[Problem]]:
    """What became of the numbers of a pile, and what cannot be understood or has to be asked (E630,
    E631, E674, E689, E692, E693).

    A range means those of its numbers that the pile has; its ends must be in the pile.

    >>> marks, problems = read_entry("1-4 delivered except 2 absent, 3", [1, 2, 3, 4])
    >>> [(number, mark.kind) for number, mark in marks.items()], problems
    ([(1, 'delivered'), (2, 'absent'), (4, 'delivered')], [])
    """
    reading = _Reading(frozenset(pile))
    for line_number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), 1):
        tokens = [token for token in _TOKEN.finditer(_plain(line)) if token[0].strip()]
        for at, token in enumerate(tokens):
            place = Place(FILE, line_number, token.end() - len(token[0].lstrip()) + 1)
            reading.take(place, token, [_kind(each) or _sign(each) for each in tokens[at + 1 :]])
        reading.end_line()
    reading.finish()
    return {number: reading.marks[number] for number in sorted(reading.marks)}, reading.problems


def _plain(line: str) -> str:
    """A line with ASCII digits and without remarks, every sign at its place."""
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in line)
    digits = _REMARK.sub(lambda found: " " * len(found[0]), digits)
    return _BRACKETS.sub(_bracket, digits)


def _bracket(found: re.Match[str]) -> str:
    """What stands in brackets is part of the line where it says something, else a remark."""
    says = any(
        token["first"] or token["who"] or _kind(token) == "mark" for token in _tokens(found[1])
    )
    is_known = not any(token["strange"] for token in _tokens(found[1]))
    return f" {found[1]} " if says and is_known else " " * len(found[0])


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return (token for token in _TOKEN.finditer(text) if token[0].strip())


def _kind(token: re.Match[str]) -> str:
    return _KNOWN.get((token["word"] or "").lower(), "")


def _sign(token: re.Match[str]) -> str:
    return "number" if token["first"] else "comma" if token["comma"] else "other"


def _next(following: list[str], *passed: str) -> str:
    """The kind of the next token that is none of some."""
    return next((kind for kind in following if kind not in passed), "")


@dataclass(slots=True)
class _Reading:
    """What has been read so far: numbers wait for the word that follows them, or a word before a
    colon for its numbers.
    """

    pile: frozenset[int]
    marks: dict[int, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)
    _waits_at: Place = field(default_factory=lambda: Place(FILE))
    _signs: list[str] = field(default_factory=list)
    _level: int = 0
    _levels: dict[int, int] = field(default_factory=dict)
    _leading: tuple[Mark | None] | None = None
    _everybody: str = ""
    _rest: tuple[str, Place, Mark | None] | None = None

    def take(self, at: Place, token: re.Match[str], following: list[str]) -> None:
        kind = _kind(token)
        if token["first"]:
            if _next(following, "number", "comma", "filler") == "excepted":
                self._level = max(self._level, 1)
            self._number(at, int(token["first"]), int(token["last"] or token["first"]))
        elif token["strange"]:
            self._strange(at, token["strange"])
        elif token["who"]:
            is_kin = any(word in token["who"] for word in KIN)
            self._word(at, token[0], Mark("delivered", "relative" if is_kin else "proxy"), "")
        elif token["comma"]:
            self._signs.append(token["comma"])
        elif token["stop"] is not None:
            self.end_line()
        elif kind in ("mark", "open"):
            mark = MARKS[token["word"].lower()] if kind == "mark" else None
            self._word(at, token["word"], mark, _next(following, "filler"))
        elif kind == "except":
            self._give(None)
            self._level += 1
        elif kind == "excepted":
            self._except_waiting()
        elif kind in ("all", "rest") and not (kind == "all" and self._waiting):
            self._everybody = self._everybody or kind

    def _strange(self, at: Place, word: str) -> None:
        known = [each for each in _KNOWN if len(each) > 1]
        inside = sorted((each for each in known if each in word.lower()), key=len)[-1:]
        near = inside or get_close_matches(word.lower(), known, n=1, cutoff=0.6)
        if near:
            self.problems.append(problem("E631", at, word=word[:20], nearest=near[0]))
        else:
            self.problems.append(problem("E674", at, word=word[:20]))

    def _word(self, at: Place, word: str, mark: Mark | None, following: str) -> None:
        if self._leading is not None and self._waiting:
            self._end_leading()
        if self._everybody:
            if self._rest is not None or self._waiting:
                self.problems.append(problem("E693", at, what=word))
            self._rest, self._everybody = (self._everybody, at, mark), ""
        elif self._waiting:
            self._give(mark, is_open=mark is None)
        elif following == "leading":
            self._leading = (mark,)
        elif not self.problems:
            self.problems.append(problem("E693", at, what=word))

    def end_line(self) -> None:
        """A sentence is over: numbers after a word and a colon are all there."""
        if self._leading is not None:
            self._end_leading()

    def _end_leading(self) -> None:
        (mark,) = self._leading or (None,)
        self._leading = None
        self._give(mark, is_open=mark is None)

    def _number(self, at: Place, first: int, last: int) -> None:
        if missing := [end for end in (first, last) if end not in self.pile]:
            self.problems.append(
                problem("E692", at, number=missing[0], last=max(self.pile, default=0))
            )
            return
        if not self._waiting:
            self._waits_at, self._signs = at, []
        chosen = sorted(number for number in self.pile if first <= number <= last)
        if not chosen:
            self.problems.append(problem("E693", at, what=f"{first}-{last}"))
        if first != last:  # an exception that stands before its range stays one
            chosen = [number for number in chosen if self._levels.get(number, 0) <= self._level]
        for number in chosen:
            if number in self._waiting or self._levels.get(number, -1) >= self._level:
                self.problems.append(problem("E689", at, number=number))
                return
        self._waiting += chosen

    def _except_waiting(self) -> None:
        """Numbers before *excepted*, or between *except* and its end, are left open."""
        if not self._waiting:
            return
        for number in self._waiting:
            self.marks.pop(number, None)
            self._levels[number] = self._level or 1
        self._waiting, self._level = [], 0

    def _give(self, mark: Mark | None, *, is_open: bool = False) -> None:
        """Give the waiting numbers a mark; without one they are left open, which an exception and
        what was not collected may.
        """
        ends = [min(self.pile, default=0), max(self.pile, default=0)]
        if (
            self._waiting == ends
            and self._signs in ([","], ["."], ["、"])
            and ends[1] - ends[0] > 1
        ):
            self.problems.append(
                problem("E630", self._waits_at, first=ends[0], last=ends[1], sign=self._signs[0])
            )
        if mark is None and self._waiting and not self._level and not is_open:
            self.problems.append(problem("E693", self._waits_at, what=self._waiting[0]))
        for number in self._waiting:
            self._levels[number] = self._level
            if mark is None:
                self.marks.pop(number, None)
            else:
                self.marks[number] = mark
        self._waiting, self._signs = [], []

    def finish(self) -> None:
        self._give(None)
        if self._everybody and not self.problems:
            self.problems.append(problem("E693", Place(FILE), what=self._everybody))
        if self._rest is None:
            return
        how, at, mark = self._rest
        twice = [number for number, level in self._levels.items() if not level]
        if how == "all" and twice:
            self.problems.append(problem("E689", at, number=twice[0]))
        if mark is not None:
            self.marks.update(dict.fromkeys(self.pile - self._levels.keys(), mark))


def written_entry(marks: Mapping[int, Mark], pile: Collection[int], language: str = "en") -> str:
    """Marks as a clerk would type them; read again, they are the same.

    >>> written_entry({1: Mark("absent"), 2: Mark("absent"), 5: Mark("lost")}, [1, 2, 5])
    '1-2 absent, 5 lost'
    """
    order = sorted(pile)
    parts = []
    for mark in sorted(set(marks.values()), key=list(WORDS).index):
        numbers = " ".join(
            _ranges([number for number in order if marks.get(number) == mark], order)
        )
        parts.append(f"{numbers} {word_of(mark, language)}")
    return ", ".join(parts)


def _ranges(numbers: list[int], order: list[int]) -> Iterator[str]:
    """Numbers that follow each other in the pile, as ranges."""
    places = {number: place for place, number in enumerate(order)}
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or places[numbers[end]] != places[numbers[end - 1]] + 1:
            first, last = numbers[start], numbers[end - 1]
            yield str(first) if first == last else f"{first}-{last}"
            start = end
