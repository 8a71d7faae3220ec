"""The language of rules and quantities: a small part of SQL that means the same for one row as for
a whole roster.

polars reads far more than is safe: aggregates and windows make a household's answer depend on who
else is in the file, ``5 > yak > 1`` is taken with a wrong meaning, a thousand ORs take 20 seconds.
So a rule is read here, word by word, into terms of known columns and kinds; what has no term cannot
be written. ``sql`` gives it back with every bracket.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from policycards.catalogue.model.form import brief

Kind = Literal["number", "text", "yes_no", "date"]

CHARACTERS = 500
NODES = 50
DEPTH = 20
"""How long, how large and how deep a rule may be: no real one comes near, and nothing slow fits
in.
"""
WHOLE = 14
PLACES = 8
"""Digits that a number of a rule may come to before and behind the point: with a value it fits the
38 digits of a decimal column.
"""
COLUMN = (6, 4)
"""The digits that a number of a roster or of an area has."""

FUNCTIONS = frozenset({"COALESCE", "LEAST", "GREATEST", "LEFT", "ROUND"})


class Column(NamedTuple):
    """What a rule may name. ``owner`` is whose fact it is; ``choices`` are all its texts, where
    they are known.
    """

    kind: Kind
    owner: Literal["household", "member", "area"]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a rule: ``op`` is ``column``, ``literal`` or the SQL word; ``at`` is its offset in
    the text.
    """

    op: str
    kind: Kind
    args: tuple[Term, ...] = ()
    value: str | Decimal | bool | date = ""
    at: int = 0


class RuleFault(ValueError):
    """Why a text is no rule: the code of the problem, the offset in the text, and the facts of the
    message.
    """

    def __init__(self, code: str, at: int, **facts: object) -> None:
        super().__init__(code)
        self.code, self.at, self.facts = code, at, facts


def too_large(at: int) -> RuleFault:
    """The fault of a rule that passes one of the bounds."""
    return RuleFault(
        "E183", at, characters=CHARACTERS, nodes=NODES, depth=DEPTH, whole=WHOLE, places=PLACES
    )


def columns_of(term: Term) -> Iterator[str]:
    """The names of the columns in a term."""
    if term.op == "column":
        yield str(term.value)
    for arg in term.args:
        yield from columns_of(arg)


def sql(term: Term) -> str:
    """The term as SQL in one certain way: names quoted, every operation in brackets."""
    parts = [sql(arg) for arg in term.args]
    match term.op:
        case "column":
            return f'"{term.value}"'
        case "literal":
            return _literal(term.value)
        case "NOT" | "-" if len(parts) == 1:
            return f"({term.op} {parts[0]})"
        case "IS NULL":
            return f"({parts[0]} IS NULL)"
        case "BETWEEN":
            return f"({parts[0]} BETWEEN {parts[1]} AND {parts[2]})"
        case "IN":
            return f"({parts[0]} IN ({', '.join(parts[1:])}))"
        case name if name in FUNCTIONS:
            return f"{name}({', '.join(parts)})"
    return f"({f' {term.op} '.join(parts)})"


def _literal(value: str | Decimal | bool | date) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def term_text(term: Term) -> str:
    """A term as a message names it."""
    return brief(str(term.value) if term.op in ("column", "literal") else term.op)
