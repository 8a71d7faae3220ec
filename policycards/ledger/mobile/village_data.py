"""A village as its team's phones know it, the phone's token, and what phones send and carry in.

By digests of card codes a phone knows a card that it sees, and knows no card that it has not seen.
The token lets a phone in after it has joined; a seal proves the file that it saves where there is
never a network, and that an office brings in.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from pydantic import TypeAdapter, ValidationError
from pypinyin import lazy_pinyin

from policycards.ledger.actions.backups import current_epoch, safe_before
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.recording import Outcome, record
from policycards.ledger.mobile.api_schemas import (
    BATCH,
    CardRow,
    Carried,
    Happened,
    HouseholdRow,
    Neighbour,
    Place,
    SpareRow,
    Village,
)
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
    User,
    reach,
)
from policycards.ledger.permissions import ask, log, refuse

DIGEST = 16
"""Characters of a digest: 64 bits, so that no two cards of a village ever share one."""
SHORT = 8
"""Characters that tell a neighbouring village's card: a wrong guess in 400,000 looks at ten
thousand cards.
"""


def digest(area: str, code: str) -> str:
    """What the phones of an area know a code by.

    >>> digest("990101001201", "7F3K9Q2M8ZT1")
    '8a0b4e7b37c53061'
    """
    return sha256(f"policycards field {area} {code}".encode()).hexdigest()[:DIGEST]


def is_digest(known: str) -> bool:
    """Whether a phone gives a digest, not a code that it has seen."""
    return len(known) == DIGEST


def by_digest(area: str, codes: Iterable[str]) -> dict[str, str]:
    """Codes by their digests."""
    return {digest(area, code): code for code in codes}


LASTS = timedelta(days=30)
"""How long a phone stays in without having sent anything; each sending begins it anew."""
_SALT = "policycards.ledger.field"


def token(device: Device) -> str:
    """What a device shows with everything it asks. It names the device and whose it is, so joining
    again ends it.
    """
    return signing.dumps([device.pk.hex, device.user_id], salt=_SALT)


def device_of(text: str) -> Device:
    """The device that shows a token. Raises Refused: E655 where it must join again, E648 where it
    was revoked.
    """
    try:
        id_, user = signing.loads(text, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        raise refuse("E655") from None
    device = Device.objects.select_related("user").filter(pk=UUID(id_), user=user).first()
    if device is None:
        raise refuse("E655")
    if device.revoked or not device.user.is_active:
        raise refuse("E648")
    return device


def sealing_key(device: UUID) -> str:
    """The key with which a device seals its file; it never leaves the device and the server."""
    return salted_hmac(_SALT + ".file", device.hex, algorithm="sha256").hexdigest()


def seal(device: UUID, sent: str, events: str) -> str:
    """What stands under a file of a device with these events, in the bytes in which it wrote
    them.
    """
    return hmac.new(sealing_key(device).encode(), f"{sent}\n{events}".encode(), sha256).hexdigest()


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
    """The other villages of the township, so that a card of theirs is distinguished from one that
    nobody knows.
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


SLOW = timedelta(minutes=2)
"""What a weak network may take is no wrong clock: without this, two events of one minute could
change places.
"""
_EVENTS = TypeAdapter(list[Happened])


@transaction.atomic
def open_village(device: Device, *, now: datetime) -> Village:
    """What a device may keep of its village, written down as the list of names that it is."""
    ask(device.user, "village.open", device.area)
    opened = village(device, now)
    _seen(device, now)
    log(
        device.user,
        "village.open",
        device.area,
        now,
        device=str(device.pk),
        rows=len(opened.households),
    )
    return opened


def send(
    device: Device, events: Sequence[Happened], sent: datetime, *, now: datetime
) -> list[Outcome]:
    """Record what a device sends; ``sent`` is what its clock says now."""
    clock = now - sent if abs(now - sent) > SLOW else timedelta()
    outcomes = record(
        device.user, event_inputs(device, events), now=now, device=device, clock=clock
    )
    _seen(device, now)
    return outcomes


def _seen(device: Device, now: datetime) -> None:
    # Not save(): somebody may be revoking the device at this moment.
    Device.objects.filter(pk=device.pk).update(seen=now)


def carry_in(user: User, file: Carried, *, now: datetime) -> list[Outcome]:
    """Record the events of a file that a phone saved; raises Refused (E658) where another hand was
    on it.

    The phone's clock is taken as right: nobody knows how long the file was on its way.
    """
    device = Device.objects.select_related("user").filter(pk=file.device).first()
    if device is None or not hmac.compare_digest(
        seal(file.device, file.sent, file.events), file.seal
    ):
        raise refuse("E658")
    ask(user, "card.carry", device.area)
    try:
        events = _EVENTS.validate_json(file.events)
    except ValidationError:
        raise refuse("E658") from None
    batches = [events[start : start + BATCH] for start in range(0, len(events), BATCH)]
    with transaction.atomic():
        log(user, "card.carry", device.area, now, device=str(device.pk), events=len(events))
        return [
            outcome
            for batch in batches
            for outcome in record(
                device.user, event_inputs(device, batch), now=now, device=device, clock=timedelta()
            )
        ]
