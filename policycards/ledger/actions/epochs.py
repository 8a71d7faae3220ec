"""Epochs: a restored ledger tells phones to send all that they keep, since it may lack some of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from policycards.ledger.models import Epoch, LogEntry

MARGIN = timedelta(minutes=10)
"""An event that came shortly before a backup may have been written after it was read."""


def current_epoch(now: datetime) -> UUID:
    """The id of the epoch; the first one begins when somebody first asks."""
    known = Epoch.objects.order_by("-begun").first()
    return (known or begin_epoch(now)).pk


def begin_epoch(now: datetime) -> Epoch:
    """Say that the database was restored: from now on phones send again what they keep."""
    return Epoch.objects.create(begun=now)


def safe_before(now: datetime) -> datetime | None:
    """The moment before which all that came is in a backup of this epoch; None where there is
    none.
    """
    epoch = Epoch.objects.order_by("-begun").first()
    made = LogEntry.objects.filter(verb="ledger.backup")
    if epoch is not None:
        made = made.filter(at__gte=epoch.begun)
    last = made.order_by("-at").values_list("at", flat=True).first()
    return last - MARGIN if last else None
