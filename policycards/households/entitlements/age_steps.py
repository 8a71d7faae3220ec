"""The ages at which rules begin to say something else: between two of them nobody needs to know a
birth date exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.rules.language import Term
from policycards.households.entitlements.conditions import AGES, clauses_of, group_terms

MONTHS = {"age": 12, "age_months": 1}
"""Full months that one of each kind of age has."""
LEAST, MOST = "_least", "_most"
"""The full months that people have at least and at most of whom no birth date is known."""


def passed(months: pl.Series, steps: Sequence[int]) -> pl.Series:
    """How many steps each age in full months has passed; none where it is not known."""
    known = pl.Series("months", range(-1, 2000), dtype=pl.Int16)
    reached = pl.Series(sorted(steps), dtype=pl.Int32)
    table = reached.search_sorted(known.cast(pl.Int32), side="right").cast(pl.Int16)
    return table[(months.fill_null(-1).clip(-1, 1998) + 1).cast(pl.UInt32)]


def decided(members: pl.DataFrame, terms: Iterable[Term]) -> pl.DataFrame:
    """The members with ages also for those of whom only month or year of birth are known, where
    these terms say the same from the least to the greatest age that they can have.
    """
    if LEAST not in members.columns:
        return members
    steps = {step for term in terms for step in steps_of_term(term)}
    if None in steps:
        return members
    known = sorted(step for step in steps if step is not None)
    same = passed(members[LEAST], known) == passed(members[MOST], known)
    filled = pl.when(pl.col("age_months").is_null() & same).then(LEAST).otherwise("age_months")
    months = members.select(filled).to_series()
    return members.with_columns(months.alias("age_months"), (months // 12).alias("age"))


def steps_of(catalogue: Catalogue) -> Iterator[int | None]:
    """The steps of all rules, and of what empty cells mean from an age on."""
    for clause in clauses_of(catalogue):
        for term in clause.terms():
            yield from steps_of_term(term)
    for term in group_terms(catalogue).values():
        yield from steps_of_term(term)
    for attribute in catalogue.settings.attributes:
        if attribute.blank:
            yield attribute.blank.from_age * MONTHS["age"]


def steps_of_term(term: Term) -> Iterator[int | None]:
    """The full months at which what a rule says of an age becomes another; None where that cannot
    be known so.
    """
    first, *rest = term.args or (term,)
    if (
        term.args
        and first.op == "column"
        and first.value in AGES
        and all(each.op == "literal" for each in rest)
    ):
        least = ("<", ">=", "=", "<>", "BETWEEN", "IN")
        most = (">", "<=", "=", "<>", "BETWEEN", "IN")
        months = MONTHS[str(first.value)]
        for at, literal in enumerate(rest):
            age = Decimal(str(literal.value))
            if term.op not in (*least, *most):
                yield None
            if term.op in least and not (term.op == "BETWEEN" and at):
                yield int(age.to_integral_value(ROUND_CEILING)) * months
            if term.op in most and (term.op != "BETWEEN" or at):
                yield (int(age.to_integral_value(ROUND_FLOOR)) + 1) * months
    elif term.op == "column" and term.value in AGES:
        yield None
    else:
        for arg in term.args:
            yield from steps_of_term(arg)
