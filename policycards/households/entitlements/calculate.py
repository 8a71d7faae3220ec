"""What every household of a roster is entitled to on a day: each standard's answer, and value x
quantity = amount.

A household's rows come from its own facts and the catalogue alone, whoever else is in the roster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.households.entitlements.age_steps import decided
from policycards.households.entitlements.attributes import AREA, HOME, Facts, Needs, facts_of
from policycards.households.entitlements.evaluate import WHERE, RuleContext
from policycards.households.entitlements.expressions import money, scale
from policycards.households.entitlements.sums import (
    amount,
    by_household,
    by_member,
    decimals,
    yearly_cash,
)
from policycards.households.model import Entitlement, Roster

Part = TypeVar("Part")
Answer = TypeVar("Answer")

ANSWERS = pl.Enum(["yes", "no", "cannot_tell"])


def entitlements(
    roster: Roster,
    catalogue: Catalogue,
    day: date,
    *,
    on: date | None = None,
    with_no: bool = False,
) -> pl.DataFrame:
    """What the standards of a catalogue mean for the households of a roster, a row for each yes and
    each cannot tell.

    Columns: ``household_id, policy, standard, answer, value, quantity, amount, missing``, in the
    order of households, then of the catalogue. ``missing`` names columns of the roster, with spaces
    between. A *yes* with something missing is certain, but not for how many: it has neither
    quantity nor amount. The quantity of a *cannot tell* is the most that it could be. ``with_no``
    gives a row for every household and standard. Raises RuleFault.

    ``day`` is that of the standards. ``on`` is the day on which the households are looked at, that
    of their ages, where it is another one.
    """
    return pl.concat(
        rows
        for _homes, rows in entitlements_by_part(roster, catalogue, day, on=on, with_no=with_no)
    )


def entitlements_by_part(
    roster: Roster,
    catalogue: Catalogue,
    day: date,
    *,
    on: date | None = None,
    with_no: bool = False,
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """As ``entitlements``, some whole villages at a time, at least once: their households, and
    their rows.

    For a region that is larger than the memory.
    """
    judge = EntitlementCalculator(roster, catalogue, day)
    for first, facts in facts_of(roster, catalogue, on or day, judge.needs):
        homes = roster.households.slice(first, facts.households.height)
        yield homes, judge.rows(facts, homes["household_id"], with_no)


def answers_by_part(
    roster: Roster,
    catalogue: Catalogue,
    day: date,
    *,
    on: date | None = None,
    former: tuple[Catalogue, date] | None = None,
) -> Iterator[tuple[pl.DataFrame, dict[tuple[str, str], pl.DataFrame]]]:
    """As ``entitlements_by_part``, the rows of each policy's standard apart, with ``HOME``, the
    place of the household among those of the part, instead of names: for sums over millions.

    ``former`` is a catalogue of the same policies, which differ in their values alone, and its day:
    then each row also has ``former_value`` and ``former_amount``.
    """
    judge = EntitlementCalculator(roster, catalogue, day)
    before = EntitlementCalculator(roster, *former) if former else None
    keys = [(clause.policy.id, clause.standard.id) for clause in judge.needs.clauses]

    def answered(
        part: tuple[int, Facts],
    ) -> tuple[pl.DataFrame, dict[tuple[str, str], pl.DataFrame]]:
        first, facts = part
        homes = roster.households.slice(first, facts.households.height)
        return homes, {keys[place]: rows for place, rows in judge.answers(facts, before)}

    yield from _ahead(answered, facts_of(roster, catalogue, on or day, judge.needs))


def _ahead(work: Callable[[Part], Answer], parts: Iterable[Part]) -> Iterator[Answer]:
    """What some work makes of parts, in their order, two of them at a time in threads: polars
    leaves them the cores.
    """
    with ThreadPoolExecutor(2) as pool:
        running: deque[Future[Answer]] = deque()
        for part in parts:
            running.append(pool.submit(work, part))
            if len(running) > 2:
                yield running.popleft().result()
        yield from (each.result() for each in running)


def yearly_amounts(roster: Roster, catalogue: Catalogue, day: date) -> dict[str, Decimal]:
    """Yuan that each household is certain to have in a year; those that have none are not there."""
    rows = entitlements(roster, catalogue, day).filter(pl.col("answer") == "yes")
    kinds = yearly_cash(catalogue)
    yearly = rows.cast({"policy": pl.String, "standard": pl.String}).join(
        kinds, on=["policy", "standard"]
    )
    money = yearly.drop_nulls("amount").select("household_id", pl.col("amount") * pl.col("times"))
    return dict(money.group_by("household_id").agg(pl.col("amount").sum()).iter_rows())


def of_household(frame: pl.DataFrame, household_id: str) -> list[Entitlement]:
    """One household's entitlements."""
    return grouped(frame.filter(pl.col("household_id") == household_id)).get(household_id, [])


def grouped(frame: pl.DataFrame) -> dict[str, list[Entitlement]]:
    """The entitlements of every household that has a row."""
    found: dict[str, list[Entitlement]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row["household_id"], []).append(_entitlement(row))
    return found


def _entitlement(row: Mapping[str, Any]) -> Entitlement:
    return Entitlement(
        household_id=row["household_id"],
        policy=row["policy"],
        standard=row["standard"],
        answer=row["answer"],
        value=row["value"],
        quantity=plain_quantity(row["quantity"]),
        amount=row["amount"],
        missing=tuple(row["missing"].split()),
    )


def plain_quantity(quantity: Decimal | None) -> Decimal | None:
    """Without the zeros that a column's type adds."""
    if quantity is None:
        return None
    whole = quantity.to_integral_value()
    return whole if quantity == whole else quantity.normalize()


class EntitlementCalculator:
    """Applies the clauses of a catalogue to facts."""

    def __init__(self, roster: Roster, catalogue: Catalogue, day: date) -> None:
        self.day = day
        self.needs = needs = Needs.of(catalogue, roster)
        clauses = needs.clauses
        values = [
            value.amount
            for clause in clauses
            for value in clause.standard.values
            if value.amount is not None
        ]
        quantities = [scale(clause.quantity, needs.scales) for clause in clauses if clause.quantity]
        self.value = money(max(map(decimals, values), default=0))
        self.units = max(quantities, default=0)
        self.amount = money(
            max((decimals(clause.standard.rounding) for clause in clauses), default=2)
        )
        self.codes = [clause.codes for clause in clauses]
        self.policies = pl.Series([clause.policy.id for clause in clauses], dtype=pl.Categorical)
        self.standards = pl.Series([clause.standard.id for clause in clauses], dtype=pl.Categorical)
        self._in_force: dict[tuple[int, str], tuple[bool | None, Decimal | None]] = {}

    def rows(self, facts: Facts, ids: pl.Series, with_no: bool) -> pl.DataFrame:
        """The rows of some households, whose ids they are."""
        return self.finished(
            pl.concat([self.empty(), *(rows for _place, rows in self.answers(facts))]), ids, with_no
        )

    def answers(
        self, facts: Facts, before: EntitlementCalculator | None = None
    ) -> Iterator[tuple[int, pl.DataFrame]]:
        """The place of each clause with its rows, without those that are in force nowhere here."""
        local = [self.in_areas(place, facts) for place in range(len(self.codes))]
        force = [[holds for holds, _value in known] for known in local]
        where = {
            f"{WHERE}{place}": known
            for place, known in enumerate(force)
            if any(holds is not True for holds in known)
        }
        households, members = _located(facts.households, where), _located(facts.members, where)
        benches = {
            of_members: self.bench(frame)
            for of_members, frame in ((False, households), (True, members))
        }
        for place, clause in enumerate(self.needs.clauses):
            if all(holds is False for holds in force[place]):
                continue
            ruling = benches[clause.of_members].ruling(clause)
            found = (
                by_member(decided(members, clause.terms()), clause, ruling)
                if clause.of_members
                else by_household(households, clause, ruling)
            )
            rows = self.answered(place, self.valued(local[place], found, facts))
            if before:
                rows = rows.hstack(
                    before.priced(place, before.valued(before.in_areas(place, facts), found, facts))
                )
            yield place, rows

    def valued(
        self, local: list[tuple[bool | None, Decimal | None]], found: pl.DataFrame, facts: Facts
    ) -> pl.DataFrame:
        """What was found of a clause, with the value where each household lives, of those
        ``in_areas``.
        """
        values = [value for _holds, value in local]
        if len(set(values)) == 1:
            return found.with_columns(pl.lit(values[0], self.value).alias("value"))
        where = facts.households[AREA][found[HOME]]
        return found.with_columns(pl.Series(values, dtype=self.value)[where].alias("value"))

    def bench(self, frame: pl.DataFrame) -> RuleContext:
        needs = self.needs
        return RuleContext(
            needs.clauses, frozenset(frame.columns), needs.scales, needs.groups, self.amount
        )

    def in_areas(self, place: int, facts: Facts) -> list[tuple[bool | None, Decimal | None]]:
        """``Condition.value_in`` in each of the areas, asked once for all that no code of the policy
        tells apart.
        """
        length = max(map(len, self.codes[place]), default=-1) + 1
        heads = [(area or "")[:length] for area in facts.areas]
        known = {head: self.value_in(place, head) for head in dict.fromkeys(heads)}
        return [known[head] for head in heads]

    def value_in(self, place: int, area: str) -> tuple[bool | None, Decimal | None]:
        if (place, area) not in self._in_force:
            self._in_force[place, area] = self.needs.clauses[place].value_in(area, self.day)
        return self._in_force[place, area]

    def priced(self, place: int, found: pl.DataFrame) -> pl.DataFrame:
        """The value of each row, and what it comes to, as those of a former day."""
        worth = amount(self.needs.clauses[place], self.value, self.units, self.amount)
        return found.select(former_value="value", former_amount=worth)

    def answered(self, place: int, found: pl.DataFrame) -> pl.DataFrame:
        """The rows of a clause from what was found of it, with its value."""
        clause = self.needs.clauses[place]
        return found.select(
            HOME,
            pl.lit(place, pl.UInt16).alias("place"),
            pl.when("holds")
            .then(pl.lit("yes"))
            .otherwise(pl.lit("cannot_tell"))
            .cast(ANSWERS)
            .alias("answer"),
            "value",
            pl.col("quantity").cast(money(self.units)),
            amount(clause, self.value, self.units, self.amount).alias("amount"),
            "missing",
        )

    def empty(self) -> pl.DataFrame:
        number = {"value": self.value, "quantity": money(self.units), "amount": self.amount}
        return pl.DataFrame(
            schema={
                HOME: pl.UInt32,
                "place": pl.UInt16,
                "answer": ANSWERS,
                **number,
                "missing": pl.String,
            }
        )

    def finished(self, rows: pl.DataFrame, ids: pl.Series, with_no: bool) -> pl.DataFrame:
        """Rows with ids instead of numbers, in order."""
        if with_no:
            homes = pl.select(pl.arange(ids.len(), dtype=pl.UInt32).alias(HOME))
            places = pl.select(pl.arange(len(self.needs.clauses), dtype=pl.UInt16).alias("place"))
            rows = homes.join(places, how="cross").join(rows, on=[HOME, "place"], how="left")
            rows = rows.with_columns(
                pl.col("answer").fill_null("no"), pl.col("missing").fill_null("")
            )
        rows = rows.sort(HOME, "place")
        return rows.select(
            ids[rows[HOME]].alias("household_id"),
            self.policies[rows["place"]].alias("policy"),
            self.standards[rows["place"]].alias("standard"),
            pl.exclude(HOME, "place"),
        )


def _located(frame: pl.DataFrame, where: Mapping[str, list[bool | None]]) -> pl.DataFrame:
    """The frame with a column for each standard that is not in force in every area of these
    households.
    """
    columns = [
        pl.Series(name, known, dtype=pl.Boolean)[frame[AREA]] for name, known in where.items()
    ]
    return frame.with_columns(columns)
