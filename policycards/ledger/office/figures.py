"""The figures of the overview and their charts.

The database sums figures from counts that events keep, never from cards. Charts are SVG drawn by
the server: no script, no style that a strict browser would refuse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from django.db.models import Case, Exists, F, FloatField, OuterRef, Sum, Value, When
from django.db.models.functions import Cast, Substr
from django.utils.safestring import SafeString, mark_safe

from policycards.ledger.domain.card_states import OUTSTANDING, PROBLEMS
from policycards.ledger.models import Area, Count, DayCount, Run, User

DELIVERED = ("delivered",)
_LEVELS = (2, 4, 6, 9, 12)
_COUNTY = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """Valid cards by status; replaced and voided cards are not counted."""

    statuses: Mapping[str, int] = field(default_factory=dict)

    def _sum(self, names: Iterable[str]) -> int:
        return sum(self.statuses.get(name, 0) for name in names)

    @property
    def cards(self) -> int:
        return self._sum((*DELIVERED, *OUTSTANDING, *PROBLEMS))

    @property
    def delivered(self) -> int:
        return self._sum(DELIVERED)

    @property
    def outstanding(self) -> int:
        return self._sum(OUTSTANDING)

    @property
    def problems(self) -> int:
        return self._sum(PROBLEMS)

    @property
    def percent(self) -> int:
        """Delivered of a hundred, rounded down: 100 is said only of all."""
        return 100 * self.delivered // self.cards if self.cards else 0


def level_below(area: str) -> int:
    """Digits of the areas into which an area is divided; a village has none below it."""
    return next((length for length in _LEVELS if length > len(area)), _LEVELS[-1])


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of an area, read at once: by the areas below it, by edition, and how deliveries
    are known.
    """

    areas: Mapping[str, Figures]
    editions: Mapping[str, Figures]
    evidence: Sequence[tuple[str, int]]


def overview(user: User, area: str, edition: str = "") -> Overview:
    """Areas and evidence are those of one edition, where one is asked for; the most frequent
    evidence comes first.
    """
    areas: dict[str, Counter[str]] = defaultdict(Counter)
    editions_: dict[str, Counter[str]] = defaultdict(Counter)
    evidence: Counter[str] = Counter()
    rows = _cards(user, area, "").annotate(key=Substr("area_id", 1, level_below(area)))
    for code, name, status, known, number in rows.values_list(
        "key", "edition", "status", "evidence"
    ).annotate(n=Sum("number")):
        editions_[name][status] += number
        if edition in ("", name):
            areas[code][status] += number
            if status in DELIVERED:
                evidence[known] += number
    return Overview(
        _sorted(areas), _sorted(editions_), [each for each in evidence.most_common() if each[1]]
    )


def _sorted(sums: Mapping[str, Counter[str]]) -> dict[str, Figures]:
    return {name: Figures(+sums[name]) for name in sorted(sums) if +sums[name]}


def by_area(user: User, area: str, edition: str = "") -> dict[str, Figures]:
    """The figures of the areas into which an area is divided, by code."""
    return _figures(user, area, edition, Substr("area_id", 1, level_below(area)))


def parts(user: User, area: str, edition: str = "") -> dict[str, Figures]:
    """The figures of the villages of an area; of an area larger than a county, those of the areas
    below it.
    """
    return (
        _figures(user, area, edition, F("area_id"))
        if len(area) >= _COUNTY
        else by_area(user, area, edition)
    )


def total(parts: Iterable[Figures]) -> Figures:
    """Figures of several areas as one."""
    summed: Counter[str] = Counter()
    for part in parts:
        summed.update(part.statuses)
    return Figures(summed)


def by_day(
    user: User, area: str, edition: str, today: date, days: int = 30
) -> list[tuple[date, int]]:
    """How many cards were delivered on each of the last days."""
    first = today - timedelta(days=days - 1)
    rows = (
        DayCount.objects.within(user)
        .in_area(area)
        .filter(status__in=DELIVERED, day__gte=first, day__lte=today)
    )
    if edition:
        rows = rows.filter(edition=edition)
    found = dict(rows.values_list("day").annotate(n=Sum("number")))
    return [
        (day, found.get(day, 0))
        for day in (first + timedelta(days=number) for number in range(days))
    ]


def lagging(user: User, area: str, edition: str = "", most: int = 15) -> list[tuple[Area, Figures]]:
    """The villages with the smallest share delivered, the worst first; those that have finished are
    not among them.
    """
    sums = (
        _cards(user, area, edition)
        .values("area_id")
        .annotate(
            everything=Sum("number"),
            done=Sum(Case(When(status__in=DELIVERED, then=F("number")), default=Value(0))),
        )
    )
    share = Cast("done", FloatField()) / Cast("everything", FloatField())
    behind = sums.filter(everything__gt=F("done")).order_by(share, "-everything", "area_id")[:most]
    codes = [row["area_id"] for row in behind]
    figures: dict[str, dict[str, int]] = defaultdict(dict)
    rows = _cards(user, area, edition).filter(area__in=codes).values_list("area_id", "status")
    for code, status, number in rows.annotate(n=Sum("number")):
        figures[code][status] = number
    known = Area.objects.in_bulk(codes)
    return [(known[code], Figures(figures[code])) for code in codes]


def editions(user: User, area: str) -> list[str]:
    """The editions of which an area has cards."""
    rows = Count.objects.within(user).in_area(area).filter(is_spare=False, number__gt=0)
    loaded = Run.objects.filter(
        Exists(rows.filter(edition=OuterRef("edition")))
    )  # looks at a few rows of each
    return sorted(set(loaded.values_list("edition", flat=True)))


def _cards(user: User, area: str, edition: str):  # type: ignore[no-untyped-def]  # a queryset that mypy cannot name
    rows = Count.objects.within(user).in_area(area).filter(is_spare=False, validity="valid")
    return rows.filter(edition=edition) if edition else rows


def _figures(user: User, area: str, edition: str, key: object) -> dict[str, Figures]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = (
        _cards(user, area, edition)
        .annotate(key=key)
        .values_list("key", "status")
        .annotate(n=Sum("number"))
    )
    for name, status, number in rows:
        if number:
            found[name][status] = number
    return {name: Figures(found[name]) for name in sorted(found)}


EDGE = 14
"""Room beside the first and last bar for a label that is wider than its bar."""
INK, GOOD, OPEN, BAD = "#333333", "#2a6f4e", "#d9cfc0", "#b3402a"


def bars(
    points: Sequence[tuple[str, int]], title: str, *, width: int = 640, height: int = 150
) -> SafeString:
    """A bar for each point, its number above it where there is room; every third label below."""
    most = max((number for _label, number in points), default=0) or 1
    step = (width - 2 * EDGE) / max(len(points), 1)
    floor, top = height - 22, 18
    parts = []
    for place, (label, number) in enumerate(points):
        tall = (floor - top) * number / most
        left = EDGE + place * step
        parts.append(
            _box(left + step * 0.15, floor - tall, step * 0.7, tall, GOOD, f"{label}: {number}")
        )
        if number and (step > 28 or number == most):
            parts.append(_text(left + step / 2, floor - tall - 4, str(number)))
        if step > 40 or place % 3 == 0:
            parts.append(_text(left + step / 2, height - 6, label))
    parts.append(f'<path d="M0 {floor + 0.5}H{width}" stroke="{INK}"/>')
    return _drawing(width, height, title, parts)


def shares(
    delivered: int, outstanding: int, problems: int, title: str, *, width: int = 160
) -> SafeString:
    """One bar of three parts: delivered, outstanding, problems."""
    whole = delivered + outstanding + problems or 1
    parts, left = [], 0.0
    for number, colour in ((delivered, GOOD), (outstanding, OPEN), (problems, BAD)):
        wide = width * number / whole
        parts.append(_box(left, 0, wide, 14, colour, str(number)))
        left += wide
    return _drawing(width, 14, title, parts)


def _box(left: float, top: float, wide: float, tall: float, colour: str, title: str) -> str:
    place = f'x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return (
        f'<rect {place} fill="{colour}"><title>{escape(title)}</title></rect>'
        if wide and tall
        else ""
    )


def _text(middle: float, base: float, text: str) -> str:
    return (
        f'<text x="{middle:.1f}" y="{base:.1f}" font-size="11" text-anchor="middle"'
        f' fill="{INK}">{escape(text)}</text>'
    )


def _drawing(width: int, height: int, title: str, parts: Sequence[str]) -> SafeString:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return mark_safe(f'<svg {size} role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>')
