"""Bursts: cards reported as handed over one by one, faster than anybody hands over cards."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from policycards.ledger.domain.event_kinds import SINGLE
from policycards.ledger.models import Event, User

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
    """The bursts among deliveries, ordered by source and then in the order in which they happened."""
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
    """Bursts in what came in since a moment, for a person to ask about; sources are devices, or
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
