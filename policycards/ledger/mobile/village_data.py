"""A village as its team's phones know it, and what the codes and numbers of a phone mean in the
ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from pypinyin import lazy_pinyin

from policycards.ledger.actions.epochs import current_epoch, safe_before
from policycards.ledger.actions.event_input import EventInput
from policycards.ledger.mobile.api_schemas import (
    CardRow,
    Happened,
    HouseholdRow,
    Neighbour,
    Place,
    SpareRow,
    Village,
)
from policycards.ledger.mobile.digests import SHORT, by_digest, digest, is_digest
from policycards.ledger.mobile.tokens import token
from policycards.ledger.models import (
    Area,
    Card,
    Device,
    Event,
    Household,
    Pack,
    Placed,
    Run,
    Spare,
    reach,
)

KEPT = timedelta(days=14)
"""How long a phone keeps a village after it last heard of it."""
_TOWNSHIP = 9
"""Digits of a township's code."""

_Paper = TypeVar("_Paper", Card, Spare)


def village(device: Device, now: datetime) -> Village:
    """What a device is given of its village: cards of the editions that are still handed out."""
    area = Area.objects.get(pk=device.area)
    editions = _editions(area.pk)
    cards = _papers(Card.objects.all(), area.pk, editions)
    # Names leave the phones when nothing is handed out any more.
    households = Q(pk__in={card.household_id for card in cards}) | Q(area=area if editions else "")
    return Village(
        area=Place(code=area.code, bo=area.bo, zh=area.zh),
        at=now,
        epoch=current_epoch(now),
        safe=safe_before(now),
        expires=now + KEPT,
        token=token(device),
        editions=editions,
        households=[
            _household(each) for each in Household.objects.filter(households).order_by("pile", "pk")
        ],
        cards=_card_rows(area.pk, cards),
        spares=[
            _spare_row(area.pk, spare) for spare in _papers(Spare.objects.all(), area.pk, editions)
        ],
        neighbours=[*_neighbours(area.pk, editions)],
    )


def _editions(area: str) -> list[str]:
    open_runs = Run.objects.filter(Q(packs__area=area) | Q(packs__village=area), closed=None)
    return sorted(set(open_runs.values_list("edition", flat=True)))


def _papers(rows: Placed[_Paper], area: str, editions: Collection[str]) -> list[_Paper]:
    """What lies in a village today, and what was printed for it before it was merged into
    another.
    """
    here: list[_Paper] = list(rows.filter(area=area, edition__in=editions).order_by("pk"))
    moved = rows.filter(pack__village=area, edition__in=editions).exclude(area=area).order_by("pk")
    return here + list(moved)


def _household(row: Household) -> HouseholdRow:
    sounds = pinyin(row.name_zh)
    return HouseholdRow(
        id=row.pk,
        pile=row.pile,
        bo=row.name_bo,
        zh=row.name_zh,
        group=row.group,
        pinyin=" ".join(sounds),
    )


def pinyin(name: str) -> tuple[str, str]:
    """A Chinese name in pinyin without tones, and the initials of its characters; what is not
    Chinese is left out.

    >>> pinyin("扎西·次仁A")
    ('zhaxiciren', 'zxcr')
    """
    syllables = lazy_pinyin("".join(sign for sign in name if "\u3400" <= sign <= "\u9fff"))
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def _card_rows(area: str, cards: Sequence[Card]) -> list[CardRow]:
    tellers = _tellers(cards)
    return [
        CardRow(
            card=digest(area, card.pk),
            edition=card.edition,
            status=card.status,
            conflict=card.conflict,
            since=card.since,
            household=card.household_id,
            validity=card.validity,
            collected=card.collected,
            detail=card.detail,
            by=tellers.get((card.pk, card.status, card.since), ""),
        )
        for card in cards
    ]


def _tellers(cards: Sequence[Card]) -> dict[tuple[str | None, str, datetime | None], str]:
    """Who reported what cards are now: a device by its label or the end of its id, an office by its
    user's name.
    """
    decided = [card.pk for card in cards if card.since]
    events = Event.objects.filter(card__in=decided).order_by("server_time")
    rows = events.values_list(
        "card", "kind", "happened", "device", "device__label", "user__name", "user__username"
    )  # not whole rows, which would take as long as all the rest of a village
    return {(card, kind, at): _teller(*who) for card, kind, at, *who in rows}  # type: ignore[arg-type]  # columns


def _teller(device: UUID | None, label: str | None, name: str | None, username: str | None) -> str:
    if device:
        return label or device.hex[-4:]
    return name or username or ""


def _spare_row(area: str, spare: Spare) -> SpareRow:
    return SpareRow(
        card=digest(area, spare.pk),
        edition=spare.edition,
        status=spare.status,
        conflict=spare.conflict,
        since=spare.since,
        household=spare.household_id,
        number=spare.number,
        confirmed=spare.confirmed,
    )


def _neighbours(area: str, editions: Collection[str]) -> Iterator[Neighbour]:
    """The other villages of the township, so that a card of theirs is distinguished from one that nobody
    knows.
    """
    first, last = reach(area[:_TOWNSHIP])
    around = Area.objects.filter(pk__gte=first, pk__lte=last).exclude(pk=area).in_bulk()
    codes: dict[str, list[str]] = defaultdict(list)
    for rows in (Card.objects.all(), Spare.objects.all()):
        found = (
            rows.filter(area__in=around, edition__in=editions)
            .exclude(pack__village=area)
            .order_by("area", "pk")
        )
        for place, code in found.values_list("area", "pk"):
            codes[place].append(digest(area, code)[:SHORT])
    for place, digests in codes.items():
        yield Neighbour(bo=around[place].bo, zh=around[place].zh, cards="".join(digests))


def event_inputs(device: Device, events: Sequence[Happened]) -> list[EventInput]:
    """Events for the ledger: digests become codes, rows of the list become numbers of households.

    A digest that is of no card in the device's village stays as it is, so that the ledger refuses
    it.
    """
    codes = _codes(device.area) if any(is_digest(event.card) for event in events) else {}
    wanted = {event.household for event in events if event.household}
    numbers = (
        dict(Household.objects.filter(pk__in=wanted).values_list("pk", "number")) if wanted else {}
    )
    return [
        event.to_input(codes.get(event.card, event.card), numbers.get(event.household or 0, ""))
        for event in events
    ]


def _codes(area: str) -> dict[str, str]:
    # Two questions, since one with OR over two tables reads every card of the ledger.
    packs = list(Pack.objects.filter(village=area).values_list("pk", flat=True))
    found: set[str] = set()
    for rows in (Card.objects.all(), Spare.objects.all()):
        for some in (rows.filter(area=area), rows.filter(pack__in=packs)):
            found.update(some.values_list("pk", flat=True))
    return by_digest(area, sorted(found))
