"""What comes back on a register, as a clerk types it: ``1-180 delivered except 7 12 absent, 33
moved``.

Numbers of the pile stand before what became of them. What follows *except* overrides what stood
before it; numbers that nothing follows there are left open. Words may be Chinese, Tibetan or
English, digits of any of the three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

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
EXCEPT = ("except", "除外", "除了", "除", "མ་གཏོགས།", "མ་གཏོགས")
LANGUAGES = ("en", "zh-hans", "bo")

_MARKS = {word: mark for mark, words in WORDS.items() for word in words}
_FILLERS = ("号", "户", "和", "及", "and")
_KNOWN = sorted([*_MARKS, *EXCEPT, *_FILLERS], key=len, reverse=True)
_TOKEN = re.compile(
    rf"(?P<first>\d{{1,9}})(?:\s*(?:[-–—~～]|到|至|ནས)\s*(?P<last>\d{{1,9}}))?"
    rf"|(?P<word>{'|'.join(map(re.escape, _KNOWN))})"
    r"|(?P<strange>[^\s\d,，、;；.。:：།]+|\d+)",
    re.IGNORECASE,
)
FILE = "register"
"""How problems name what was typed."""


def read_entry(text: str, pile: Collection[int]) -> tuple[dict[int, Mark], list[Problem]]:
    """What became of the numbers of a pile, and what cannot be understood (E674, E689, E692, E693).

    A range means those of its numbers that the pile has; its ends must be in the pile.

    >>> marks, problems = read_entry("1-4 delivered except 2 absent, 3", [1, 2, 3, 4])
    >>> [(number, mark.kind) for number, mark in marks.items()], problems
    ([(1, 'delivered'), (2, 'absent'), (4, 'delivered')], [])
    """
    reading = _Reading(frozenset(pile))
    for at, token in _tokens(text):
        reading.take(at, token)
    reading.finish()
    return {number: reading.marks[number] for number in sorted(reading.marks)}, reading.problems


def _tokens(text: str) -> Iterator[tuple[Place, re.Match[str]]]:
    for line_number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), 1):
        for token in _TOKEN.finditer(line):
            yield Place(FILE, line_number, token.start() + 1), token


@dataclass(slots=True)
class _Reading:
    """What has been read so far: numbers wait for the word that follows them."""

    pile: frozenset[int]
    marks: dict[int, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)
    _waits_at: Place = field(default_factory=lambda: Place(FILE))
    _level: int = 0
    _levels: dict[int, int] = field(default_factory=dict)

    def take(self, at: Place, token: re.Match[str]) -> None:
        if token["first"]:
            self._number(at, int(token["first"]), int(token["last"] or token["first"]))
        elif token["strange"]:
            self.problems.append(problem("E674", at, word=token["strange"][:20]))
        elif (word := token["word"].lower()) in EXCEPT:
            self._settle(None)
            self._level += 1
        elif word in _MARKS:
            if not self._waiting and not self.problems:
                self.problems.append(problem("E693", at, what=word))
            self._settle(_MARKS[word])

    def _number(self, at: Place, first: int, last: int) -> None:
        if missing := [end for end in (first, last) if end not in self.pile]:
            self.problems.append(
                problem("E692", at, number=missing[0], last=max(self.pile, default=0))
            )
            return
        self._waits_at = at if not self._waiting else self._waits_at
        chosen = sorted(number for number in self.pile if first <= number <= last)
        if not chosen:
            self.problems.append(problem("E693", at, what=f"{first}-{last}"))
        for number in chosen:
            if number in self._waiting or self._levels.get(number, -1) >= self._level:
                self.problems.append(problem("E689", at, number=number))
                return
        self._waiting += chosen

    def _settle(self, mark: Mark | None) -> None:
        """Give the waiting numbers a mark; without one they are left open, which only an exception
        may.
        """
        if mark is None and self._waiting and not self._level:
            self.problems.append(problem("E693", self._waits_at, what=self._waiting[0]))
        for number in self._waiting:
            self._levels[number] = self._level
            if mark is None:
                self.marks.pop(number, None)
            else:
                self.marks[number] = mark
        self._waiting = []

    def finish(self) -> None:
        self._settle(None)


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


def word_of(mark: Mark, language: str) -> str:
    """The word that lists show for a mark."""
    return WORDS[mark][LANGUAGES.index(language)]


def mark_of(word: str) -> Mark | None:
    """The mark that a word means, as it stands in the cell of a list."""
    return _MARKS.get(unicodedata.normalize("NFKC", word).strip().lower())


def _ranges(numbers: list[int], order: list[int]) -> Iterator[str]:
    """Numbers that follow each other in the pile, as ranges."""
    places = {number: place for place, number in enumerate(order)}
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or places[numbers[end]] != places[numbers[end - 1]] + 1:
            first, last = numbers[start], numbers[end - 1]
            yield str(first) if first == last else f"{first}-{last}"
            start = end
