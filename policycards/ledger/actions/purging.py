"""Forgetting what is no longer needed: names, notes and errors, never cards, events and counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from policycards.ledger.actions.permission import ask, log
from policycards.ledger.models import (
    Call,
    Card,
    Device,
    Household,
    Note,
    Refusal,
    Slip,
    Submission,
    User,
)


@transaction.atomic
def purge(user: User, *, now: datetime, days: int) -> dict[str, int]:
    """Forget what belongs only to runs and packs that were closed more than ``days`` ago; how many
    rows of each.

    Households keep their number and place in the pile, not their names; of calls the answer goes,
    and of errors, slips and sessions everything that is as old.
    """
    ask(user, "ledger.purge", "")
    term = now - timedelta(days=days)
    in_use = Card.objects.filter(household=OuterRef("pk")).exclude(pack__run__closed__lt=term)
    nameless = Household.objects.exclude(name_bo="", name_zh="").exclude(Exists(in_use))
    done = {
        "names": nameless.update(name_bo="", name_zh=""),
        "answers": Call.objects.filter(answered__lt=term).exclude(answer="").update(answer=""),
        "notes": Note.objects.filter(
            Q(event__pack__run__closed__lt=term) | Q(event__pack__closed__lt=term)
        ).delete()[0],
        "errors": Refusal.objects.filter(at__lt=term).delete()[0],
        "slips": Slip.objects.filter(expires__lt=term).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0]
        + AccessAttempt.objects.filter(attempt_time__lt=term).delete()[0],
        "forms": Submission.objects.filter(at__lt=now - timedelta(days=7)).delete()[0],
        "labels": Device.objects.filter(seen__lt=term).exclude(label="").update(label=""),
    }
    log(user, "ledger.purge", "", now, days=days, **done)
    return done
