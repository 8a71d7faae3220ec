"""Standards in a table: what holds today and what is next, with a chart of the steps of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policycards.catalogue import Catalogue, Policy, Standard, Text, Value
from policycards.catalogue.editing.amendments import unit_words
from policycards.catalogue.model.in_force import StandardInForce
from policycards.typeset.numbers import plain


@dataclass(frozen=True, slots=True)
class Size:
    """The field of a chart in units of its own; labels stand only on one that has room for them."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    gap: int
    """Room that a date needs before the next one, twice what an amount needs; 0 for no labels at
    all.
    """


SMALL = Size(180, 40, 5, 12, 6, 34, 0)
LARGE = Size(900, 240, 20, 110, 44, 196, 92)


@dataclass(frozen=True, slots=True)
class Point:
    """A value at its place: ``held``, ``coming`` (its day is still to come), ``ended``, or
    ``expected`` (no amount).
    """

    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text that begins at a place."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Steps of what held and of what is to come, points, labels, and where today is."""

    size: Size
    held: tuple[str, ...]
    coming: tuple[str, ...]
    points: tuple[Point, ...]
    labels: tuple[Label, ...]
    today: int


def values_of(standard: Standard, area: str) -> list[Value]:
    """The entries of exactly one area, oldest first; of one day the last recorded holds."""
    last: dict[date, Value] = {}
    for value in standard.values:
        if (value.area or "") == area:
            day = value.since.first_day
            if day not in last or value.recorded >= last[day].recorded:
                last[day] = value
    return [last[day] for day in sorted(last)]


def chart(values: Sequence[Value], today: date, size: Size) -> Chart | None:
    """The chart of values, oldest first; None where no amount is known at all."""
    amounts = [value.amount for value in values if value.amount is not None]
    if not amounts:
        return None
    first, last = values[0].since.first_day, max(today, values[-1].since.first_day)
    days = max(1, (last - first).days)

    def across(day: date) -> int:
        return size.left + round((size.width - size.left - size.right) * (day - first).days / days)

    def height(value: Value) -> int:
        part = float((value.amount or 0) / (max(amounts) or 1))
        return size.bottom - round((size.bottom - size.top) * part)

    points = [
        Point(across(value.since.first_day), height(value), _kind(value, today)) for value in values
    ]
    ends = [*(point.x for point in points[1:]), size.width - size.right]
    now = across(min(max(today, first), last))
    steps = list(_steps(points, ends))
    return Chart(
        size,
        tuple(path for kind, path in steps if kind == "held"),
        tuple(path for kind, path in steps if kind == "coming"),
        tuple(points),
        tuple(_labels(values, points, size)) if size.gap else (),
        now,
    )


def _kind(value: Value, today: date) -> str:
    if value.status is not None:
        return value.status
    if value.amount is None:
        return "expected"
    return "held" if value.since.first_day <= today else "coming"


def _steps(points: Sequence[Point], ends: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Kind and path of each stretch; what is only expected does not yet end what holds."""
    y, last = None, "held"
    for point, end in zip(points, ends, strict=True):
        if point.kind in ("held", "coming"):
            yield point.kind, f"M{point.x} {point.y if y is None else y}V{point.y}H{end}"
            y, last = point.y, point.kind
        elif point.kind == "ended":
            y = None
        elif y is not None:
            yield last, f"M{point.x} {y}H{end}"


def _labels(values: Sequence[Value], points: Sequence[Point], size: Size) -> list[Label]:
    amounts, years = [], []
    for value, point in zip(values, points, strict=True):
        if value.amount is not None:
            amounts.append(Label(point.x + 2, point.y - 12, plain(value.amount)))
        years.append(Label(point.x, size.height - 14, str(value.since)))
    return [*_apart(amounts, size.gap // 2), *_apart(years, size.gap)]


def _apart(labels: Sequence[Label], gap: int) -> list[Label]:
    """The last label, and of those before it whatever keeps its distance."""
    kept: list[Label] = []
    for label in reversed(labels):
        if not kept or kept[-1].x - label.x >= gap:
            kept.append(label)
    return kept[::-1]


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
