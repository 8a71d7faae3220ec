"""Closing packs and runs, and the sample that another unit checks afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from random import SystemRandom

from django.db import transaction

from policycards.ledger.models import Card, Event, Pack, Run, Sample, User
from policycards.ledger.models.events import RESULTS
from policycards.ledger.permissions import locked_row, log, refuse

SAMPLE = 10
"""Households of a village whom another unit asks."""

Draw = Callable[[Sequence[str], int], list[str]]
_DRAW: Draw = SystemRandom().sample


@transaction.atomic
def close_pack(user: User, pack: int, *, now: datetime) -> Pack:
    """Say that a village's handing over is finished. Events still arrive after that; nothing is
    lost.
    """
    found: Pack = locked_row(user, "pack.close", Pack.objects.within(user), pack)
    if found.closed:
        raise refuse("E683", village=found.village)
    found.closed = now
    found.save(update_fields=["closed"])
    log(user, "pack.close", found.area_id, now, pack=found.pk)
    return found


@transaction.atomic
def draw_sample(user: User, pack: int, *, now: datetime, draw: Draw = _DRAW) -> list[Sample]:
    """Draw households of a closed pack by lot, among those said to have their card."""
    found: Pack = locked_row(user, "check.draw", Pack.objects.within(user), pack)
    if not found.closed or Sample.objects.filter(card__pack=found).exists():
        raise refuse("E683", village=found.village)
    codes = sorted(
        Card.objects.filter(pack=found, status="delivered").values_list("code", flat=True)
    )
    author = user if user.pk else None
    samples = [
        Sample(
            card_id=code, area_id=found.area_id, recorded="delivered", drawn=now, drawn_by=author
        )
        for code in draw(codes, min(SAMPLE, len(codes)))
    ]
    Sample.objects.bulk_create(samples)
    log(
        user,
        "check.draw",
        found.area_id,
        now,
        pack=found.pk,
        cards=sorted(sample.card_id for sample in samples),
    )
    return samples


@transaction.atomic
def record_check(user: User, code: str, result: str, *, now: datetime) -> Sample:
    """Write what a household said, beside what was recorded; never by somebody who recorded that
    card.
    """
    found: Sample = locked_row(user, "check.record", Sample.objects.within(user), code)
    if result not in RESULTS:
        raise refuse("E642", kind=result[:20], piece="check", known=", ".join(RESULTS))
    if Event.objects.filter(card=code, user=user.pk).exists():
        raise refuse("E684")
    found.result, found.checked, found.checked_by = result, now, user if user.pk else None
    found.save(update_fields=["result", "checked", "checked_by"])
    log(user, "check.record", found.area_id, now, card=code, result=result)
    return found


@transaction.atomic
def close_run(user: User, run: str, *, now: datetime) -> Run:
    """Say that a run is finished: from now on the term counts after which ``purge`` forgets
    names.
    """
    found: Run = locked_row(user, "run.close", Run.objects.within(user), run)
    found.closed = found.closed or now
    found.save(update_fields=["closed"])
    log(user, "run.close", found.area, now, run=found.pk)
    return found
