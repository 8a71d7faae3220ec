"""Households that are on no list, and cards that are stale: what offices add to what runs have
reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from policycards.ledger.models import Area, Card, Household, Stale, User
from policycards.ledger.permissions import ask, log, refuse

_CHUNK = 500


@transaction.atomic
def add_household(
    user: User,
    area: str,
    number: str,
    *,
    now: datetime,
    name_zh: str = "",
    name_bo: str = "",
    group: str = "",
) -> Household:
    """Add a household that no run has named, at the end of its village's pile; ``number`` is its
    one to be.
    """
    ask(user, "household.add", area)
    if not Area.objects.filter(code=area).exists():
        raise refuse("E673", area=area)
    if (
        not number
        or len(number) > 64
        or Household.objects.filter(county=area[:6], number=number).exists()
    ):
        raise refuse("E653", household=number[:64])
    # Two at the same moment would get the same place in the pile.
    list(Area.objects.select_for_update().filter(code=area))
    last = Household.objects.filter(area=area).aggregate(last=Max("pile"))["last"] or 0
    added = Household.objects.create(
        county=area[:6],
        number=number,
        area_id=area,
        name_zh=name_zh,
        name_bo=name_bo,
        group=group,
        pile=last + 1,
    )
    log(user, "household.add", area, now, household=added.pk)
    return added


@transaction.atomic
def load_stale(user: User, area: str, reasons: Mapping[str, str], *, now: datetime) -> int:
    """Mark the cards of an area that are stale, by code with why, instead of those marked before;
    how many there are.

    Codes that the ledger does not have in this area, and cards that are replaced already, are left
    out.
    """
    ask(user, "stale.load", area)
    Stale.objects.in_area(area).delete()
    codes, count = sorted(reasons), 0
    for start in range(0, len(codes), _CHUNK):
        cards = Card.objects.in_area(area).filter(
            code__in=codes[start : start + _CHUNK], validity="valid"
        )
        marks = [
            Stale(card=card, area_id=card.area_id, listed=now, reasons=reasons[card.code][:200])
            for card in cards
        ]
        Stale.objects.bulk_create(marks)
        count += len(marks)
    log(user, "stale.load", area, now, cards=count, listed=len(codes))
    return count
