"""The rows of the table of standards: each standard in each area in which it has values of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policycards.catalogue import Catalogue, Policy, Standard, Text, Value
from policycards.catalogue.editing.amendments import unit_words
from policycards.catalogue.model.in_force import StandardInForce
from policycards.desk.standards.standard_charts import SMALL, Chart, chart, values_of


@dataclass(frozen=True, slots=True)
class Row:
    """A standard in one area: what holds there today, and what it was."""

    policy: Policy
    standard: Standard
    area: str
    value: Value | None
    figure: Text | None
    ended: Value | None
    coming: Value | None
    chart: Chart | None

    @property
    def held(self) -> Value | None:
        """The entry that says what is so today."""
        return self.value or self.ended


def table(catalogue: Catalogue, day: date) -> Iterator[Row]:
    """Every standard, once for each area in which it has values of its own."""
    for policy, held in catalogue.on(day):
        yield row(catalogue, policy, held, day)


def row(catalogue: Catalogue, policy: Policy, held: StandardInForce, day: date) -> Row:
    standard, value = held.standard, held.value
    values = values_of(standard, held.area)
    coming = next((each for each in values if each.since.first_day > day), None)
    drawn = chart(values, day, SMALL) if len(values) > 1 else None
    words = figure(catalogue, standard, value)
    return Row(policy, standard, held.area, value, words, held.ended, coming, drawn)


def figure(catalogue: Catalogue, standard: Standard, value: Value | None) -> Text | None:
    """An amount with its unit in both languages; None where there is no amount."""
    if value is None or value.amount is None:
        return None
    zh, bo = unit_words(catalogue, standard)
    amount = f"{value.amount:f}"
    return Text(bo=bo.replace("…", amount) or amount, zh=zh.replace("…", amount) or amount)
