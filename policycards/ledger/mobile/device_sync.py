"""Village teams' phones: they open their village, send what happened, and save files that an office
brings in.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from pydantic import TypeAdapter, ValidationError

from policycards.ledger.actions.recording import Outcome, record
from policycards.ledger.mobile.api_schemas import BATCH, Carried, Happened, Village
from policycards.ledger.mobile.village_data import event_inputs, seal, village
from policycards.ledger.models import Device, User
from policycards.ledger.permissions import ask, log, refuse

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
