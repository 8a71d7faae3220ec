"""What does not add up: gaps in the balances of packs, and cards handed over faster than possible."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from policycards.ledger.domain.balances import Step, steps
from policycards.ledger.domain.card_states import Tally
from policycards.ledger.domain.event_kinds import SINGLE
from policycards.ledger.models import Contact, Count, Event, Pack, Stock, User
from policycards.ledger.models.areas import Placed


@dataclass(frozen=True, slots=True)
class Balance:
    """A pack and its steps."""

    pack: Pack
    steps: list[Step]

    @property
    def gaps(self) -> list[Step]:
        return [step for step in self.steps if step.has_gap]


def balances(user: User, area: str = "", *, edition: str = "") -> Iterator[Balance]:
    """The balance of every pack that a person may see, in an area, of an edition."""
    packs: Placed[Pack] = (
        Pack.objects.within(user).in_area(area).select_related("run", "area").order_by("area", "pk")
    )
    if edition:
        packs = packs.filter(run__edition=edition)
    stocks: dict[int, Tally] = defaultdict(Counter)
    for pack, goods, hop, kind, number in Stock.objects.filter(pack__in=packs).values_list(
        "pack_id", "goods", "hop", "kind", "number"
    ):
        stocks[pack][goods, hop, kind] = number
    cards: dict[tuple[int, bool], Counter[str]] = defaultdict(Counter)
    for pack, is_spare, status, number in Count.objects.filter(pack__in=packs).values_list(
        "pack_id", "is_spare", "status", "number"
    ):
        cards[pack, is_spare][status] += number
    for each in packs:
        found = steps(
            each.area_id,
            stocks[each.pk],
            cards[each.pk, False],
            cards[each.pk, True],
            closed=bool(each.closed),
        )
        yield Balance(each, found)


def totals(found: Iterable[Balance]) -> list[Step]:
    """The steps of many packs as one: sums by goods and step."""
    came: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    missing: Counter[tuple[str, str]] = Counter()
    surplus: Counter[tuple[str, str]] = Counter()
    went: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for balance in found:
        for step in balance.steps:
            key = step.goods, step.at
            came[key] += step.came
            left[key] += step.left
            missing[key] += step.missing
            surplus[key] += step.surplus
            went[key].update(step.went)
    return [
        Step(*key, came[key], dict(went[key]), left[key], missing[key], surplus[key], "")
        for key in came
    ]


def contacts_of(areas: Iterable[str], role: str = "ask") -> dict[str, Contact]:
    """The nearest office around each of some areas that answers the telephone."""
    around = {
        area: [area[:length] for length in (12, 9, 6, 4, 2) if length <= len(area)]
        for area in areas
    }
    codes = {code for some in around.values() for code in some}
    known = {each.area_id: each for each in Contact.objects.filter(area__in=codes, role=role)}
    nearest = {
        area: next((known[code] for code in some if code in known), None)
        for area, some in around.items()
    }
    return {area: contact for area, contact in nearest.items() if contact}


MOST = 12
"""Cards that one person scans and hands over within ``WITHIN``, with the household's signature."""
WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A stretch of deliveries by one source, each closer than it can be to the ``MOST`` before
    it.
    """

    source: str
    first: datetime
    last: datetime
    cards: int


def find_anomalies(deliveries: Iterable[tuple[str, datetime]]) -> Iterator[Anomaly]:
    """The anomalies among deliveries, ordered by source and then in the order in which they happened."""
    window: deque[datetime] = deque()
    open_: Anomaly | None = None
    source = ""
    for who, at in deliveries:
        if who != source:
            if open_:
                yield open_
            source, open_ = who, None
            window.clear()
        window.append(at)
        while window[0] <= at - WITHIN:
            window.popleft()
        if len(window) > MOST:
            open_ = (
                Anomaly(who, open_.first, at, open_.cards + 1)
                if open_
                else Anomaly(who, window[0], at, len(window))
            )
        elif open_ and at - open_.last > WITHIN:
            yield open_
            open_ = None
    if open_:
        yield open_


def anomalies_of(user: User, area: str = "", *, since: datetime, pack: int = 0) -> list[Anomaly]:
    """Anomalies in what came in since a moment, for a person to ask about; sources are devices, or
    users without one.
    """
    events = (
        Event.objects.within(user)
        .in_area(area)
        .filter(kind="delivered", card__isnull=False, evidence__in=SINGLE, server_time__gte=since)
    )
    if pack:
        events = events.filter(pack=pack)
    rows = events.order_by("device", "user", "happened", "pk").values_list(
        "device", "user__username", "happened"
    )
    return list(
        find_anomalies((str(device or username or ""), at) for device, username, at in rows)
    )
