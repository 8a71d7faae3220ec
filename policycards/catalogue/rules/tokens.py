"""Cuts a rule into words, numbers, texts and signs; a character that no rule needs ends the
reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policycards.catalogue.model.form import brief
from policycards.catalogue.rules.language import RuleFault

_WORDS = frozenset({"AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "TRUE", "FALSE"})
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z0-9_.])|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|"(?P<quoted>[^"]+)"
    |'(?P<text>(?:[^']|'')*)'|(?P<sign><>|<=|>=|-(?!-)|[=<>+*(),]))""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """``kind`` is number, text, name, word, sign or end; a word is one of the language's own, in
    capitals.
    """

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a rule with their offsets, an end token last; raises RuleFault.

    >>> [token.text for token in tokens("yak >= 2 and not poor")]
    ['yak', '>=', '2', 'AND', 'NOT', 'poor', '']
    """
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if not match:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise RuleFault("E181", at, found=brief(text[at]))
        kind, at = str(match.lastgroup), match.end()
        found, start = match.group(kind), match.start(kind) - (kind in ("text", "quoted"))
        if kind == "name" and found.upper() in _WORDS:
            yield Token("word", found.upper(), start)
        elif kind == "text":
            yield Token("text", found.replace("''", "'"), start)
        else:
            yield Token("name" if kind == "quoted" else kind, found, start)
    yield Token("end", "", end)
