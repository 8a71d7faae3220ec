"""From rulings to rows of households: counting persons, value x quantity = amount, rounded once,
times a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue, Period
from policycards.households.entitlements.attributes import HOME, TIMES
from policycards.households.entitlements.conditions import Condition
from policycards.households.entitlements.evaluate import Eligibility
from policycards.households.entitlements.expressions import money

_HOLDS, _WANT = "_holds", "_want_"
"""Names of our own beside those of attributes, which begin with a letter."""


def by_household(frame: pl.DataFrame, clause: Condition, ruling: Eligibility) -> pl.DataFrame:
    """A row for each household that a standard for households may concern: ``HOME, holds, units,
    quantity, …``.

    ``units`` are what the value is multiplied by, ``approved`` is what the roster adds,
    ``quantity`` is what is shown.
    """
    some = _possible(frame, ruling).select(
        HOME,
        pl.col(_HOLDS).alias("holds"),
        ruling.quantity.alias("quantity"),
        ruling.approved.alias("approved"),
        _names(ruling.missing).alias("missing"),
    )
    listed = pl.col("approved").is_not_null()
    quantity = pl.when(~listed).then("quantity") if clause.counted else pl.lit(None, pl.Int32)
    return some.with_columns(
        quantity.alias("quantity"), pl.when(~listed).then("quantity").otherwise(0).alias("units")
    )


def by_member(frame: pl.DataFrame, clause: Condition, ruling: Eligibility) -> pl.DataFrame:
    """As ``by_household``, for a standard for persons.

    One person is enough for a yes; where persons are counted, one of whom it cannot be decided leaves
    the quantity open.
    """
    holds, times, listed = pl.col("holds"), pl.col(TIMES), pl.col("approved").is_not_null()
    counted = pl.when(listed).then(0).otherwise(pl.col("quantity") * times)
    uncounted = {"members": pl.col(_HOLDS) & times.is_null()} if clause.counted else {}
    missing = {**ruling.missing, **uncounted}
    some = _possible(frame, ruling).select(
        HOME,
        TIMES,
        pl.col(_HOLDS).alias("holds"),
        ruling.quantity.alias("quantity"),
        ruling.approved.alias("approved"),
        *(why.alias(_WANT + name) for name, why in missing.items()),
    )
    some = some.with_columns(
        holds.fill_null(False).alias("sure"),
        (holds.is_null() | (times.is_null() & clause.counted)).alias("open"),
        counted.alias("units"),
        counted.is_null().alias("boundless"),
        listed.alias("listed"),
        (holds & ~listed).fill_null(False).alias("unlisted"),
    )
    any_of = [
        "sure",
        "open",
        "boundless",
        "listed",
        "unlisted",
        *(_WANT + name for name in missing),
    ]
    homes = some.group_by(HOME, maintain_order=True).agg(
        pl.col("units", "approved").sum(), pl.col(any_of).any()
    )
    sure, open_ = pl.col("sure"), pl.col("open")
    decided = sure & ~open_
    given = decided & pl.col("listed") & (~pl.col("unlisted") | clause.counted)
    most = (decided & ~pl.col("listed")) | (~sure & ~pl.col("boundless"))
    wanting = open_ if clause.counted else ~sure
    names = _names({name: pl.col(_WANT + name) for name in missing})
    return homes.select(
        HOME,
        pl.when(sure).then(True).alias("holds"),
        pl.when(decided).then("units").alias("units"),
        pl.when(most).then("units").alias("quantity")
        if clause.counted
        else pl.lit(None, pl.Int32).alias("quantity"),
        pl.when(given).then("approved").alias("approved"),
        pl.when(wanting).then(names).otherwise(pl.lit("")).alias("missing"),
    )


def _possible(frame: pl.DataFrame, ruling: Eligibility) -> pl.DataFrame:
    """The rows that are no certain *no*, with what is held of them."""
    return frame.with_columns(ruling.holds.alias(_HOLDS)).filter(pl.col(_HOLDS).fill_null(True))


def amount(clause: Condition, value: pl.Decimal, units: int, kind: pl.Decimal) -> pl.Expr:
    """The amount of a row: what the value comes to for its units, and what the roster gives."""
    if not clause.counted:
        return pl.when("holds").then("approved").cast(kind)
    exact = money(value.scale + units)
    product = rounded(
        pl.col("value").cast(exact) * pl.col("units").cast(exact),
        exact.scale,
        clause.standard.rounding,
    )
    whole = product.cast(kind) + pl.col("approved").fill_null(0).cast(kind)
    return pl.when("holds").then(whole)


def rounded(exact: pl.Expr, places: int, step: Decimal) -> pl.Expr:
    """An amount of so many decimal places, not negative, rounded to whole steps, halves up."""
    kind = money(max(places, decimals(step)))
    amount = exact.cast(kind)
    return (
        (amount * 2 + pl.lit(step).cast(kind))
        // pl.lit(2 * step).cast(kind)
        * pl.lit(step).cast(kind)
    )


def decimals(number: Decimal) -> int:
    """Decimal places in which a number is written.

    >>> decimals(Decimal("7.50")), decimals(Decimal("1E+3"))
    (2, 0)
    """
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _names(missing: Mapping[str, pl.Expr]) -> pl.Expr:
    """The names for which it is so, with spaces between."""
    names = [pl.when(why).then(pl.lit(name)) for name, why in missing.items()]
    return pl.concat_str(names, separator=" ", ignore_nulls=True)


def yearly_cash(catalogue: Catalogue) -> pl.DataFrame:
    """How often in a year each standard of cash is paid: ``policy, standard, times``; 0 for no
    yearly income.
    """
    rows = [
        (policy.id, each.id, times_a_year(catalogue.unit(each.unit).period))
        for policy in catalogue.policies
        for each in policy.standards
        if each.pays == "cash" and each.unit
    ]
    return pl.DataFrame(
        rows, schema={"policy": pl.String, "standard": pl.String, "times": pl.Int64}, orient="row"
    )


def times_a_year(period: Period) -> int:
    """How often in a year a period pays; 0 for what is no yearly income."""
    if period.shares:
        return 0
    return {"year": 1, "month": 12, "day": period.times or 0}.get(period.every, 0)


def is_single(period: Period) -> bool:
    """Whether a period pays once, or in instalments of what is paid once."""
    return period.every == "once" or bool(period.shares)
