"""What a rule says of one household, area or person of whom only some is known: yes, no, or cannot
tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import add, eq, ge, gt, le, lt, mul, ne
from typing import Any

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.rules.language import RuleFault, Term
from policycards.catalogue.rules.parser import parse_rule
from policycards.catalogue.rules.rule_columns import rule_columns
from policycards.core.units import amount

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
"""What a comparison does, to values as to columns."""
_RECKON: dict[str, Callable[[Any, Any], Any]] = {**COMPARE, "+": add, "*": mul}


def concerns(rule: str | None, area: Mapping[str, str], catalogue: Catalogue) -> bool | None:
    """Whether a rule can hold in an area of which only the area's attributes are known.

    True and False are certain for every household there; None means that it depends on the
    household, on the list of those approved, or on what is not known of the area. A faulty rule or
    attribute is None too: the check reports it.
    """
    if rule is None:
        return True
    if rule == "listed":
        return None
    columns = rule_columns(catalogue.settings)
    try:
        known = {
            name: value_of(area[name], columns[name].kind)
            for name in area
            if area[name] and name in columns
        }
        answer = evaluate(parse_rule(rule, columns), known)
    except (RuleFault, ValueError, ArithmeticError):
        return None
    return answer if isinstance(answer, bool) else None


def value_of(cell: str, kind: str) -> Any:
    """A cell of ``areas.csv`` as rules compare it; raises ValueError where it does not fit the
    kind.
    """
    if kind == "number":
        return amount(cell)
    if kind == "yes_no":
        return cell == "yes"
    return date.fromisoformat(cell) if kind == "date" else cell


def evaluate(term: Term, known: Mapping[str, object]) -> Any:
    """A term's value where some columns are known; None is 'cannot tell', and whatever depends on
    it cannot tell.

    Unlike NULL in SQL, which stands for 'there is none', an unknown is not replaced by COALESCE and
    answers IS NULL with unknown again. For rows in which all is known it agrees with polars.
    """
    if term.op == "column":
        return known.get(str(term.value))
    if term.op == "literal":
        return term.value
    values = [evaluate(arg, known) for arg in term.args]
    if term.op in ("AND", "OR"):
        decided = term.op == "OR"
        return decided if decided in values else None if None in values else not decided
    if term.op == "IN" and values[0] is not None:
        return values[0] in values[1:]
    if term.op == "COALESCE":
        return values[0]
    return None if None in values else _applied(term.op, values)


def _applied(op: str, values: list[Any]) -> Any:
    """An operation on values that are all known."""
    first, *rest = values
    match op:
        case "NOT":
            return not first
        case "IS NULL":
            return False
        case "BETWEEN":
            return rest[0] <= first <= rest[1]
        case "-":
            return first - rest[0] if rest else -first
        case "LEAST":
            return min(values)
        case "GREATEST":
            return max(values)
        case "LEFT":
            return first[: int(rest[0])]
        case "ROUND":
            places = Decimal(1).scaleb(-int(rest[0]) if rest else 0)
            return first.quantize(places, ROUND_HALF_UP)
    return _RECKON[op](first, rest[0])
