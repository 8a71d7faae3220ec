"""Recording events: each is accepted or refused by itself, safe to send twice, in any order, after
days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions.event_validation import EventInput, Pieces, validate_event
from policycards.ledger.models import Card, Device, Event, Note, Refusal, Spare, User
from policycards.ledger.permissions import log
from policycards.ledger.projections import Counts, project_cards, project_packs, project_spares

TOLERANCE = timedelta(minutes=10)
"""What clocks that are right may differ by."""

_Paper = TypeVar("_Paper", Card, Spare)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an event that was reported: accepted now, known already, or refused and why."""

    id: UUID
    status: Literal["accepted", "known", "refused"]
    problem: Problem | None = None


def record(
    user: User,
    reported: Sequence[EventInput],
    *,
    now: datetime,
    device: Device | None = None,
    clock: timedelta = timedelta(),
) -> list[Outcome]:
    """Record events, in one transaction; an outcome for each, in their order.

    ``clock`` is by how much the device's clock was behind when it sent them: its times are moved
    forward by that. A time before the device joined, or after now, is not believed.
    """
    try:
        return _record(user, reported, now, device, clock)
    except (
        IntegrityError
    ):  # the same event came on another connection, under another card: now it is seen
        return _record(user, reported, now, device, clock)


@transaction.atomic
def _record(
    user: User,
    reported: Sequence[EventInput],
    now: datetime,
    device: Device | None,
    clock: timedelta,
) -> list[Outcome]:
    pieces = Pieces.locked(reported)
    outcomes: dict[UUID, Outcome] = {}
    accepted: list[Event] = []
    notes: list[Note] = []
    for each in reported:
        if each.id in outcomes:
            continue
        event, found = validate_event(user, each, pieces, device)
        if event is None:
            outcomes[each.id] = Outcome(each.id, "refused" if found else "known", found)
            continue
        outcomes[each.id] = Outcome(each.id, "accepted")
        earliest = device.joined if device else None
        event.server_time = now
        event.happened, event.doubtful = happened(each, clock, now, earliest)
        accepted.append(event)
        if each.note:
            notes.append(Note(event=event, text=each.note[:500]))
    append(accepted, pieces)
    Note.objects.bulk_create(notes)
    _keep_refusals(user, reported, outcomes, now, device)
    if accepted:
        log(
            user,
            "card.record",
            user.area,
            now,
            accepted=len(accepted),
            device=str(device.pk) if device else "",
        )
    return [outcomes[each.id] for each in reported]


def happened(
    event: EventInput, clock: timedelta, now: datetime, earliest: datetime | None
) -> tuple[datetime, bool]:
    """When something happened by the server's clock, and whether that is in doubt.

    A doubtful event counts when it arrived, which is the one time that is known.
    """
    at = min(event.device_time, now - clock) + clock
    is_early = earliest is not None and at < earliest - TOLERANCE
    is_late = event.device_time > now - clock + TOLERANCE
    return (now, True) if is_early or is_late or event.is_doubtful else (at, False)


def append(events: list[Event], pieces: Pieces) -> None:
    """Add events of pieces whose packs are locked, and bring states and counts up to date."""
    Event.objects.bulk_create(events, batch_size=500)
    counts = Counts()
    project_cards(_touched(pieces.cards, {event.card_id for event in events}), counts)
    project_spares(_touched(pieces.spares, {event.spare_id for event in events}), counts)
    project_packs(
        sorted({event.pack_id for event in events if not event.card_id and not event.spare_id}),
        counts,
    )
    counts.write()


def _touched(pieces: dict[str, _Paper], codes: Iterable[str | None]) -> list[_Paper]:
    return [pieces[code] for code in sorted(filter(None, codes)) if code in pieces]


def _keep_refusals(
    user: User,
    reported: Sequence[EventInput],
    outcomes: dict[UUID, Outcome],
    now: datetime,
    device: Device | None,
) -> None:
    refused = {each.id: each for each in reported if outcomes[each.id].status == "refused"}
    Refusal.objects.bulk_create(
        (
            Refusal(
                id=id_,
                area=user.area,
                problem=(
                    outcomes[id_].problem or problem("E641", Place("ledger"), card=each.code)
                ).code,
                code=each.code[:12],
                at=now,
                user=user if user.pk else None,
                device=device,
            )
            for id_, each in refused.items()
        ),
        ignore_conflicts=True,
    )
