"""Households that are on no list, cards that are stale, and calls of households.

Offices add them to what runs have reported. A call is opened when somebody rings, given to
somebody, and answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from policycards.ledger.models import Area, Call, Card, Household, Stale, User
from policycards.ledger.models.events import CALL_KINDS
from policycards.ledger.permissions import (
    ask,
    has_permission,
    locked_row,
    log,
    name_for_messages,
    refuse,
)

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


@transaction.atomic
def open_call(
    user: User,
    household: int,
    *,
    policy: str,
    kind: str,
    due: date,
    now: datetime,
    owner: User | None = None,
) -> Call:
    """Write down that a household rang because of a policy, and who owes an answer until when."""
    found = Household.objects.within(user).filter(pk=household).first()
    if found is None:
        raise refuse("E640", person=name_for_messages(user), verb="call.open")
    ask(user, "call.open", found.area_id)
    if kind not in CALL_KINDS:
        raise refuse("E642", kind=kind[:20], piece="call", known=", ".join(CALL_KINDS))
    _check_owner(user, owner, found.area_id)
    call = Call.objects.create(
        household=found,
        area_id=found.area_id,
        policy=policy,
        kind=kind,
        opened=now,
        opened_by=user if user.pk else None,
        owner=owner,
        due=due,
    )
    log(user, "call.open", found.area_id, now, call=call.pk, policy=policy, kind=kind)
    return call


@transaction.atomic
def hand_over(
    user: User, call: int, owner: User, *, now: datetime, due: date | None = None
) -> Call:
    """Give an open call to somebody else who may answer it, perhaps with another day."""
    found = _open(user, call, "call.open")
    _check_owner(user, owner, found.area_id)
    found.owner, found.due = owner, due or found.due
    found.save(update_fields=["owner", "due"])
    log(user, "call.open", found.area_id, now, call=found.pk, owner=owner.username)
    return found


@transaction.atomic
def answer_call(user: User, call: int, answer: str, *, now: datetime) -> Call:
    """Write down the answer given to the household; a call is answered once."""
    found = _open(user, call, "call.answer")
    found.answer, found.answered = answer[:1000], now
    found.save(update_fields=["answer", "answered"])
    log(user, "call.answer", found.area_id, now, call=found.pk)
    return found


def _open(user: User, call: int, verb: str) -> Call:
    found: Call = locked_row(user, verb, Call.objects.within(user), call)
    if found.answered:
        raise refuse("E682")
    return found


def _check_owner(user: User, owner: User | None, area: str) -> None:
    if owner is not None and not has_permission(owner, "call.answer", area):
        raise refuse("E640", person=owner.username, verb="call.answer")
