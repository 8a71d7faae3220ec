"""What a standard says to each row of households or members: does it hold, for want of what can it
not be decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from policycards.catalogue.rules.language import Term
from policycards.households.entitlements.conditions import Condition, roster_columns
from policycards.households.entitlements.expressions import expression, unknown

NO = "no"
"""How a roster's column ``is_<policy>`` says that a policy is not had; ``yes`` or an amount says
that it is.
"""
WHERE = "_where_"
"""Begins the column that says whether the standard of a number is in force where a row's household
lives.
"""

UNKNOWN = pl.lit(None, pl.Boolean)
HOLDS = pl.lit(True)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """One standard as expressions over rows.

    ``holds`` is null where it cannot be decided, and then ``missing`` says which columns of the roster
    are in want. ``approved`` is the amount that the roster gives; ``quantity`` is what is counted
    without it.
    """

    holds: pl.Expr
    missing: Mapping[str, pl.Expr]
    quantity: pl.Expr
    approved: pl.Expr


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What rulings over one kind of rows share: the clauses, the columns that there are, the
    decimal places.
    """

    clauses: Sequence[Condition]
    columns: frozenset[str]
    scales: Mapping[str, int]
    groups: Mapping[str, Term]
    amounts: pl.Decimal

    def ruling(self, clause: Condition) -> Eligibility:
        where, variant, ruled = (
            self.where(clause),
            self.expressed(clause.variant),
            self.ruled(clause),
        )
        quantity = self.expressed(clause.quantity) if clause.quantity else pl.lit(1)
        approved = self.approved(clause)
        missing = {"area": where.is_null()}
        self.add(missing, clause.variant, HOLDS)
        self.add(missing, clause.rule, ruled.is_null())
        if clause.listed:
            missing[clause.override] = ruled.is_null()
        holds = where & variant & ruled
        if clause.counted:
            some = approved.is_not_null() | (quantity > 0)
            holds = holds & some
            self.add(missing, clause.quantity, some.is_null())
        return Eligibility(
            holds,
            {name: why & holds.is_null() for name, why in missing.items()},
            quantity,
            approved,
        )

    def where(self, clause: Condition) -> pl.Expr:
        """Without a column of its own the standard is in force everywhere that these households
        live.
        """
        name = f"{WHERE}{clause.place}"
        return pl.col(name) if name in self.columns else HOLDS

    def expressed(self, term: Term | None) -> pl.Expr:
        return expression(term, self.scales) if term else HOLDS

    def add(self, missing: dict[str, pl.Expr], term: Term | None, mask: pl.Expr) -> None:
        """Add the columns of the roster for want of which a term cannot be decided."""
        for name, why in unknown(term, self.scales).items() if term else ():
            for column in roster_columns([name], self.groups):
                missing[column] = missing.get(column, pl.lit(False)) | (why & mask)

    def ruled(self, clause: Condition) -> pl.Expr:
        """What the roster's list says, and where it says nothing, what the rule says.

        Where there is a list, who is not on it does not have what only the listed have.
        """
        base = UNKNOWN if clause.listed else self.expressed(clause.rule)
        if clause.override not in self.columns:
            return base
        listed = pl.col(clause.override)
        if (
            clause.of_members and not clause.override_of_members
        ):  # a household's yes does not say which of its members
            return pl.when(listed == NO).then(False).otherwise(base)
        refused = (listed == NO) | (self.figure(clause) == 0)
        silent = pl.lit(False) if clause.listed else base
        return (
            pl.when(listed.is_null())
            .then(silent)
            .when(refused)
            .then(False)
            .otherwise(self.granted(clause))
        )

    def granted(self, clause: Condition) -> pl.Expr:
        """What a yes on the list means for a standard.

        It outranks the rule; of several standards the rules still say which, unless all of them say
        no.
        """
        others = [each for each in self.alike(clause) if not each.listed]
        if clause.listed or len(others) == 1:
            return HOLDS
        some = reduce(lambda any_, each: any_ | self.by_rule(each), others, pl.lit(False))
        return pl.when(some.not_()).then(True).otherwise(self.expressed(clause.rule))

    def by_rule(self, clause: Condition) -> pl.Expr:
        return self.where(clause) & self.expressed(clause.variant) & self.expressed(clause.rule)

    def alike(self, clause: Condition) -> list[Condition]:
        """The standards of the same policy that are for the same rows, itself included."""
        same = clause.policy.id, clause.of_members
        return [each for each in self.clauses if (each.policy.id, each.of_members) == same]

    def approved(self, clause: Condition) -> pl.Expr:
        """The amount on the list. It is for the policy, so of several standards that hold the first
        takes it.
        """
        by_list = (
            clause.override in self.columns and clause.of_members == clause.override_of_members
        )
        if not by_list or clause.standard.pays not in ("cash", "approved"):
            return pl.lit(None, self.amounts)
        paid = [each for each in self.alike(clause) if each.standard.pays in ("cash", "approved")]
        before = [each for each in paid if each.place < clause.place]
        taken = reduce(lambda any_, each: any_ | self.ruling(each).holds, before, pl.lit(False))
        return pl.when(~taken.fill_null(True)).then(self.figure(clause))

    def figure(self, clause: Condition) -> pl.Expr:
        return pl.col(clause.override).cast(self.amounts, strict=False)
