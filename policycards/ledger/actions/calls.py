"""Calls: opened when somebody rings, given to somebody, answered."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from policycards.ledger.models import Call, Household, User
from policycards.ledger.models.events import CALL_KINDS
from policycards.ledger.permissions import (
    ask,
    has_permission,
    locked_row,
    log,
    name_for_messages,
    refuse,
)


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
