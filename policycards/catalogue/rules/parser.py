"""Reads a rule: cut into words, numbers, texts and signs, then parsed into a term.

Of anything else it says what and where it is; a character that no rule needs ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, NoReturn

from policycards.catalogue.model.form import brief, nearest
from policycards.catalogue.rules.language import (
    CHARACTERS,
    COLUMN,
    DEPTH,
    FUNCTIONS,
    NODES,
    PLACES,
    WHOLE,
    Column,
    Kind,
    RuleFault,
    Term,
    term_text,
    too_large,
)

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


_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_FOLLOWING = _COMPARISONS | {"IN", "BETWEEN", "IS"}
_SQL = frozenset(
    {
        "ALL",
        "ANY",
        "CASE",
        "CAST",
        "CURRENT_DATE",
        "CURRENT_TIMESTAMP",
        "DISTINCT",
        "DIV",
        "EXISTS",
        "FILTER",
        "LIKE",
    }
    | {
        "ILIKE",
        "INTERVAL",
        "MOD",
        "OVER",
        "REGEXP",
        "RLIKE",
        "SELECT",
        "SIMILAR",
        "SOME",
        "UNION",
        "WHEN",
        "XOR",
    }
)


def parse_rule(text: str, columns: Mapping[str, Column]) -> Term:
    """The term of a rule or quantity; raises RuleFault.

    >>> from policycards.catalogue.rules.language import sql
    >>> columns = {"yak": Column("number", "household"), "poor": Column("yes_no", "household")}
    >>> sql(parse_rule("yak > 2 or not poor and yak+1 < 16", columns))
    '(("yak" > 2) OR ((NOT "poor") AND (("yak" + 1) < 16)))'
    """
    if len(text) > CHARACTERS:
        raise too_large(0)
    return _Parser(text, columns).whole()


class _Parser:
    """Reads by recursive descent, loosest first: OR, AND, NOT, comparison, + and -, *, minus."""

    def __init__(self, text: str, columns: Mapping[str, Column]) -> None:
        self.columns = columns
        self.tokens = list(tokens(text))
        self.next = 0
        self.nodes = 0
        self.depth = 0

    def whole(self) -> Term:
        term = self.either()
        if self.token.kind != "end":
            self.unexpected()
        return term

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def take(self, *texts: str) -> str | None:
        """Step over the next token if it is one of these."""
        token = self.token
        if token.kind in ("sign", "word") and token.text in texts:
            self.next += 1
            return token.text
        return None

    def need(self, text: str) -> None:
        if not self.take(text):
            self.unexpected()

    def unexpected(self) -> NoReturn:
        if self.token.kind == "end":
            raise RuleFault("E187", self.token.at)
        raise RuleFault("E180", self.token.at, found=brief(self.token.text))

    def term(
        self, op: str, kind: Kind, at: int, *args: Term, value: str | Decimal | bool | date = ""
    ) -> Term:
        self.nodes += 1
        if self.nodes > NODES:
            raise too_large(at)
        term = Term(op, kind, args, value, at)
        if kind == "number":
            whole, places = digits(term)
            if whole > WHOLE or places > PLACES:
                raise too_large(at)
        return term

    def either(self) -> Term:
        left = self.both()
        while self.take("OR"):
            left = self.term(
                "OR", "yes_no", left.at, _as(left, "yes_no"), _as(self.both(), "yes_no")
            )
        return left

    def both(self) -> Term:
        left = self.negation()
        while self.take("AND"):
            left = self.term(
                "AND", "yes_no", left.at, _as(left, "yes_no"), _as(self.negation(), "yes_no")
            )
        return left

    def negation(self) -> Term:
        at = self.token.at
        if not self.take("NOT"):
            return self.comparison()
        self.deeper()
        inner = _as(self.negation(), "yes_no")
        self.depth -= 1
        return self.term("NOT", "yes_no", at, inner)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise too_large(self.token.at)

    def comparison(self) -> Term:
        left = self.sum()
        if sign := self.take(*_COMPARISONS):
            found = self.compared(sign, left)
        elif self.take("IS"):
            negated = self.take("NOT")
            self.need("NULL")
            found = self.negated(negated, self.term("IS NULL", "yes_no", left.at, left))
        else:
            negated = self.take("NOT")
            if self.take("IN"):
                found = self.negated(negated, self.membership(left))
            elif self.take("BETWEEN"):
                found = self.negated(negated, self.between(left))
            elif negated:
                self.unexpected()
            else:
                return left
        if self.token.kind in ("sign", "word") and self.token.text in _FOLLOWING:
            raise RuleFault("E185", self.token.at)
        return found

    def negated(self, negated: str | None, term: Term) -> Term:
        return self.term("NOT", "yes_no", term.at, term) if negated else term

    def compared(self, sign: str, left: Term) -> Term:
        left, right = self.alike(left, self.sum())
        if sign not in ("=", "<>"):
            for side in (left, right):
                _ordered(side)
        return self.term(sign, "yes_no", left.at, left, right)

    def membership(self, left: Term) -> Term:
        self.need("(")
        items = [self.item(left)]
        while self.take(","):
            items.append(self.item(left))
        self.need(")")
        return self.term("IN", "yes_no", left.at, left, *items)

    def item(self, left: Term) -> Term:
        at = self.token.at
        minus = self.take("-")
        if self.token.kind not in ("number", "text"):
            self.unexpected()
        item = self.primary()
        return self.alike(
            left, self.term("-", "number", at, _as(item, "number")) if minus else item
        )[1]

    def between(self, left: Term) -> Term:
        low = self.alike(_ordered(left), self.sum())[1]
        self.need("AND")
        return self.term("BETWEEN", "yes_no", left.at, left, low, self.alike(left, self.sum())[1])

    def alike(self, left: Term, right: Term) -> tuple[Term, Term]:
        """Both sides of one kind; a text beside a date is a date, a text beside a choice is one of
        its choices.
        """
        if left.kind == "date" and right.kind == "text":
            right = _dated(right)
        elif right.kind == "date" and left.kind == "text":
            left = _dated(left)
        self.chosen(left, right)
        self.chosen(right, left)
        return left, _as(right, left.kind)

    def chosen(self, column: Term, literal: Term) -> None:
        if column.op != "column" or literal.op != "literal" or literal.kind != "text":
            return
        choices = self.columns[str(column.value)].choices
        if choices and literal.value not in choices:
            choice, known = str(literal.value), ", ".join(choices)
            facts = {"choice": brief(choice), "nearest": nearest(choice, choices), "known": known}
            raise RuleFault("E156", literal.at, attribute=column.value, **facts)

    def sum(self) -> Term:
        left = self.product()
        while sign := self.take("+", "-"):
            left = self.term(
                sign, "number", left.at, _as(left, "number"), _as(self.product(), "number")
            )
        return left

    def product(self) -> Term:
        left = self.signed()
        while self.take("*"):
            left = self.term(
                "*", "number", left.at, _as(left, "number"), _as(self.signed(), "number")
            )
        return left

    def signed(self) -> Term:
        at = self.token.at
        if not self.take("-"):
            return self.primary()
        self.deeper()
        inner = _as(self.signed(), "number")
        self.depth -= 1
        return self.term("-", "number", at, inner)

    def primary(self) -> Term:
        kind, text, at = self.token
        if self.take("("):
            self.deeper()
            inner = self.either()
            self.need(")")
            self.depth -= 1
            return inner
        if kind == "number":
            self.next += 1
            return self.term("literal", "number", at, value=Decimal(text))
        if kind == "text":
            self.next += 1
            return self.term("literal", "text", at, value=text)
        if self.take("TRUE", "FALSE"):
            return self.term("literal", "yes_no", at, value=text == "TRUE")
        if text == "NULL" and kind == "word":
            raise RuleFault("E181", at, found=brief("NULL"))
        if kind != "name":
            self.unexpected()
        self.next += 1
        return self.call(text, at) if self.take("(") else self.column(text, at)

    def column(self, name: str, at: int) -> Term:
        column = self.columns.get(name)
        if column is None and name.upper() in _SQL:
            raise RuleFault("E181", at, found=brief(name))
        if column is None:
            known = ", ".join(self.columns)
            raise RuleFault(
                "E182", at, name=brief(name), nearest=nearest(name, self.columns), known=known
            )
        return self.term("column", column.kind, at, value=name)

    def call(self, name: str, at: int) -> Term:
        name = name.upper()
        if name not in FUNCTIONS:
            raise RuleFault("E181", at, found=brief(f"{name}()"))
        self.deeper()
        args = [self.either()]
        while self.take(","):
            args.append(self.either())
        self.need(")")
        self.depth -= 1
        return self.term(name, args[0].kind, at, *self.arguments(name, args, at))

    def arguments(self, name: str, args: list[Term], at: int) -> list[Term]:
        """The arguments as the function needs them."""
        first, *rest = args
        if name in ("LEFT", "ROUND"):
            _as(first, "text" if name == "LEFT" else "number")
            if len(rest) != 1 and (name == "LEFT" or rest):
                raise RuleFault("E180", at, found=brief(f"{name}()"))
            for count in rest:
                if (
                    not isinstance(count.value, Decimal)
                    or count.value != int(count.value)
                    or count.value > (20 if name == "LEFT" else PLACES)
                ):
                    raise RuleFault("E180", count.at, found=brief(f"{name}()"))
            return args
        if not rest:
            raise RuleFault("E180", at, found=brief(f"{name}()"))
        if name != "COALESCE":
            _ordered(first)
        return [first, *(self.alike(first, arg)[1] for arg in rest)]


def digits(term: Term) -> tuple[int, int]:
    """The digits before and behind the point that a number can come to.

    >>> digits(Term("literal", "number", (), Decimal("1.5")))
    (1, 1)
    """
    if term.op == "column":
        return COLUMN
    if term.op == "literal":
        whole, _point, places = f"{term.value:f}".partition(".")
        return len(whole), len(places)
    sides = [digits(arg) for arg in term.args if arg.kind == "number"]
    if term.op == "*":
        return sum(whole for whole, _places in sides), sum(places for _whole, places in sides)
    if term.op in ("ROUND", "COALESCE"):
        sides = sides[:1]
    carried = int(term.op in ("+", "-", "ROUND"))
    return max(whole for whole, _places in sides) + carried, max(places for _whole, places in sides)


def _as(term: Term, kind: Kind) -> Term:
    if term.kind != kind:
        raise RuleFault("E184", term.at, what=term_text(term), wanted=kind, kind=term.kind)
    return term


def _ordered(term: Term) -> Term:
    if term.kind not in ("number", "date"):
        raise RuleFault("E184", term.at, what=term_text(term), wanted="number", kind=term.kind)
    return term


def _dated(term: Term) -> Term:
    """A text in quotes as the day it names."""
    try:
        return Term("literal", "date", (), date.fromisoformat(str(term.value)), term.at)
    except ValueError:
        raise RuleFault(
            "E184", term.at, what=term_text(term), wanted="date", kind=term.kind
        ) from None
