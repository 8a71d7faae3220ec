"""What a standard was through the years, with the notice behind each value, as rows of a table and
as a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policycards.catalogue.model.policy import LANGS, Policy, Source, Standard, Text, Value
from policycards.design.content.policy_text import PolicyText
from policycards.typeset.numbers import plain

WIDTH, HEIGHT = 640, 220
"""The chart's field; a unit is a pixel of a wide screen, half of one on a phone."""
LEFT, RIGHT, TOP, BOTTOM = 16, 120, 44, 176
LABEL_GAP = 88
"""A label stands only where the one before it leaves room."""

_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table. ``begun`` is false while a value is announced only."""

    since: Text
    text: Text
    begun: bool
    area: Text | None
    source: Source | None
    published: Text | None


@dataclass(frozen=True, slots=True)
class Label:
    """A text of the chart at a place, which it begins or ends."""

    x: int
    y: int
    text: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The steps of a standard: a path for each stretch that is known, points with their amounts,
    years below.
    """

    paths: tuple[str, ...]
    points: tuple[tuple[int, int], ...]
    amounts: tuple[Label, ...]
    years: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A standard's label, its entries, newest first, and its chart where at least two amounts are
    known.
    """

    label: Text | None
    entries: tuple[Entry, ...]
    chart: Chart | None


def histories(policy: Policy, speaker: PolicyText) -> tuple[History, ...]:
    """The history of every standard of a policy that has one in the speaker's area."""
    dated = [(standard, list(known(standard, speaker.area))) for standard in policy.standards]
    return tuple(
        History(
            label=standard.label,
            entries=tuple(_entry(value, standard, speaker) for value in reversed(values)),
            chart=chart(
                [value for value in values if speaker.area.startswith(value.area or "")],
                speaker.day,
            ),
        )
        for standard, values in dated
        if values
    )


def known(standard: Standard, area: str) -> Iterator[Value]:
    """The values of an area and its parts, oldest first; of one day and area only the last recorded
    holds.
    """
    last: dict[tuple[date, str], Value] = {}
    for value in standard.values:
        scope = value.area or ""
        if area.startswith(scope) or scope.startswith(area):
            key = value.since.first_day, scope
            if key not in last or value.recorded >= last[key].recorded:
                last[key] = value
    yield from (last[key] for key in sorted(last))


def _entry(value: Value, standard: Standard, speaker: PolicyText) -> Entry:
    area = speaker.catalogue.areas.get(value.area or "")
    published = value.published
    return Entry(
        since=speaker.since(value),
        text=_value_text(value, standard, speaker),
        begun=value.since.first_day <= speaker.day,
        area=area.name if area and area.code != speaker.area else None,
        source=value.source,
        published=speaker.word("site_published", date=speaker.date(published))
        if published
        else None,
    )


def _value_text(value: Value, standard: Standard, speaker: PolicyText) -> Text:
    if value.status == "ended":
        return speaker.word("ended", date=speaker.date(value.since))
    if value.amount is None or standard.unit is None:
        return speaker.catalogue.words[
            "site_unknown" if value.status == "expected" else "pays_by_notice"
        ]
    label, amount = speaker.catalogue.unit(standard.unit).label, value.amount
    return Text(**{lang: label[lang].format(n=speaker.number(amount, lang)) for lang in LANGS})


def address(source: Source | None) -> str | None:
    """The web address of a source, if it has one that a browser may open."""
    return source.url if source and source.url and _WEB.match(source.url) else None


def chart(values: list[Value], today: date) -> Chart | None:
    """The chart of values, oldest first, drawn up to today; None where fewer than two amounts have
    begun.

    An entry without an amount breaks the line: nobody knows what held from then on.
    """
    begun = [value for value in values if value.since.first_day <= today]
    amounts = [value.amount for value in begun if value.amount is not None]
    if len(amounts) < 2 or not max(amounts):
        return None
    first, last = begun[0].since.first_day.toordinal(), today.toordinal()
    places = [
        (
            LEFT
            + round(
                (WIDTH - LEFT - RIGHT)
                * (value.since.first_day.toordinal() - first)
                / max(1, last - first)
            ),
            None
            if value.amount is None
            else BOTTOM - round((BOTTOM - TOP) * float(value.amount / max(amounts))),
        )
        for value in begun
    ]
    points = [(x, y, value) for (x, y), value in zip(places, begun, strict=True) if y is not None]
    return Chart(
        paths=tuple(_paths(places)),
        points=tuple((x, y) for x, y, _value in points),
        amounts=_apart(
            [
                Label(x + 6, y - 12, plain(value.amount), x > LEFT + LABEL_GAP)
                for x, y, value in points
                if value.amount is not None
            ]
        ),
        years=_apart([Label(x, HEIGHT - 12, str(value.since.year)) for x, _y, value in points]),
    )


def _paths(places: list[tuple[int, int | None]]) -> Iterator[str]:
    """A step line for each stretch of known amounts; it runs on until the next entry, or to the
    right edge.
    """
    path = ""
    for (x, y), (until, _next) in zip(places, [*places[1:], (WIDTH - RIGHT, None)], strict=True):
        if y is None:
            if path:
                yield path
            path = ""
        else:
            path += f"V{y}H{until}" if path else f"M{x} {y}H{until}"
    if path:
        yield path


def _apart(labels: list[Label]) -> tuple[Label, ...]:
    """The last label, and of those before it whatever keeps its distance."""
    kept: list[Label] = []
    for label in reversed(labels):
        if not kept or kept[-1].x - label.x >= LABEL_GAP:
            kept.append(label)
    return tuple(reversed(kept))
