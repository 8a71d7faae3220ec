"""Rules as polars expressions, with the one meaning of ``rules.evaluate``: an unknown is null, and
never counts as no.

Built term by term, not by ``pl.sql_expr``: in SQL a NULL stands for 'there is none', so that
COALESCE and LEAST would answer for households nobody asked. Numbers stay exact decimals, the scale
of every result is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import reduce

import polars as pl

from policycards.catalogue.rules.language import Term
from policycards.households.entitlements.rule_checks import COMPARE

PRECISION = 38
_WORD = 2**62
"""Whole numbers below it are compared as 64-bit integers."""


def money(scale: int) -> pl.Decimal:
    """The type of exact decimals with so many places."""
    return pl.Decimal(PRECISION, scale)


def expression(term: Term, scales: Mapping[str, int]) -> pl.Expr:
    """A term for every row at once; null where it cannot be known. ``scales`` are the decimal places
    of columns.
    """
    match term.op:
        case "column":
            return pl.col(str(term.value))
        case "literal":
            return _literal(term)
        case "+" | "-" | "*":
            return _sum_or_product(term, scales)
    args = [expression(arg, scales) for arg in term.args]
    first, *rest = args
    match term.op:
        case "AND":
            return first & rest[0]
        case "OR":
            return first | rest[0]
        case "NOT":
            return ~first
        case "COALESCE":
            return first
        case "IS NULL":
            return _where_known([first], pl.lit(False))
        case "IN":
            return reduce(lambda known, item: known | (first == item), rest[1:], first == rest[0])
        case "BETWEEN":
            return _where_known(args, (first >= rest[0]) & (first <= rest[1]))
        case "LEAST":
            return _where_known(args, pl.min_horizontal(_alike(term, args, scales)))
        case "GREATEST":
            return _where_known(args, pl.max_horizontal(_alike(term, args, scales)))
        case "LEFT":
            return first.str.head(int(_number(term.args[1])))
        case "ROUND":
            return _rounded(
                first, scale(term.args[0], scales), int(_number(term.args[1])) if rest else 0
            )
    compared: pl.Expr = COMPARE[term.op](first, rest[0])
    return compared


def unknown(term: Term, scales: Mapping[str, int]) -> dict[str, pl.Expr]:
    """For each column of a term, whether the term cannot be known because that column is not
    known.
    """
    found: dict[str, pl.Expr] = {}
    for name, why in _unknown(term, scales):
        found[name] = found[name] | why if name in found else why
    return found


def _unknown(term: Term, scales: Mapping[str, int]) -> Iterator[tuple[str, pl.Expr]]:
    if term.op == "column":
        yield str(term.value), pl.col(str(term.value)).is_null()
    elif term.args:
        untold = expression(term, scales).is_null()
        for arg in term.args:
            for name, why in _unknown(arg, scales):
                yield name, why & untold


def scale(term: Term, scales: Mapping[str, int]) -> int:
    """Decimal places that hold every value of a term exactly.

    >>> scale(Term("*", "number", (Term("column", "number", (), "mu"), Term("literal", "number", (), Decimal("1.5")))),
    ...     {"mu": 2})
    3
    """
    if term.op == "column":
        return scales.get(str(term.value), 0)
    if term.op == "literal":
        exponent = _number(term).as_tuple().exponent if term.kind == "number" else 0
        return max(0, -exponent) if isinstance(exponent, int) else 0
    places = [scale(arg, scales) for arg in term.args]
    if term.op == "*":
        return sum(places)
    if term.op in ("ROUND", "COALESCE"):
        return places[0]
    return max(places, default=0)


def _number(term: Term) -> Decimal:
    assert isinstance(term.value, Decimal)
    return term.value


def _literal(term: Term) -> pl.Expr:
    value = term.value
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < _WORD:
        return pl.lit(int(value))
    return pl.lit(value)


def _sum_or_product(term: Term, scales: Mapping[str, int]) -> pl.Expr:
    """polars gives a product the larger scale of the two and rounds to it: so both have the scale
    of the result.
    """
    first, *rest = _alike(term, [expression(arg, scales) for arg in term.args], scales)
    if not rest:
        return -first
    return (
        first * rest[0]
        if term.op == "*"
        else first + rest[0]
        if term.op == "+"
        else first - rest[0]
    )


def _alike(term: Term, args: list[pl.Expr], scales: Mapping[str, int]) -> list[pl.Expr]:
    return [arg.cast(money(scale(term, scales))) for arg in args] if term.kind == "number" else args


def _where_known(args: list[pl.Expr], then: pl.Expr) -> pl.Expr:
    return pl.when(pl.all_horizontal(arg.is_not_null() for arg in args)).then(then)


def _rounded(value: pl.Expr, places: int, wanted: int) -> pl.Expr:
    """Rounded half away from zero."""
    exact = value.cast(money(places))
    return exact if wanted >= places else exact.round(wanted, mode="half_away_from_zero")
