"""Who may do what, and where: one table of verbs, one question; and the log of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import models

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.models import LogEntry, Placed, User
from policycards.ledger.models.areas import ROLES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_OFFICES = ("operator", "region", "county", "township")
_HIGH = ("operator", "region", "county")
_FIELD = (*_OFFICES, "team")
_ALL = (*_FIELD, "viewer")

TIERS: Mapping[str, tuple[str, ...]] = {
    "numbers": _ALL,
    "households": _FIELD,
    "people": _OFFICES,
    "log": _HIGH,
}
"""What is shown to whom: counts of areas and packs; names, cards and calls of households; users,
phones and slips; the log. ``docs/deploy.md`` has this table too.
"""

PERMISSIONS: Mapping[str, tuple[str, ...]] = {
    "area.load": _HIGH,
    "area.assign": _HIGH,
    "run.load": _HIGH,
    "run.close": _HIGH,
    "pack.record": _FIELD,
    "pack.close": _OFFICES,
    "card.record": _FIELD,
    "card.bulk": _OFFICES,
    "card.void": _HIGH,
    "card.carry": _OFFICES,
    "card.withdraw": _OFFICES,
    "spare.bind": _FIELD,
    "spare.confirm": _OFFICES,
    "household.add": _OFFICES,
    "stale.load": _HIGH,
    "call.open": _OFFICES,
    "call.answer": _OFFICES,
    "check.draw": _HIGH,
    "check.record": _HIGH,
    "user.add": _HIGH,
    "user.change": _HIGH,
    "user.reset": _HIGH,
    "log.see": TIERS["log"],
    "people.see": TIERS["people"],
    "slip.make": _OFFICES,
    "device.revoke": _OFFICES,
    "list.export": _OFFICES,
    "report.export": (*_OFFICES, "viewer"),
    "correction.export": _OFFICES,
    "reissue.export": _HIGH,
    "village.open": _FIELD,
    "household.see": TIERS["households"],
    "ledger.see": TIERS["numbers"],
    "ledger.backup": ("operator",),
    "ledger.restore": ("operator",),
    "ledger.purge": ("operator",),
}
"""Every change and export, as the log names it, and the roles that may. ``card.carry`` brings in a
phone's file, ``card.withdraw`` is of what others reported; everybody who may record may withdraw
the own. Verbs ending in ``.see`` open pages, by ``TIERS``; nothing is logged of them.
"""

RANKS: Mapping[str, tuple[str, ...]] = {
    "operator": ("operator", "region", "county", "township", "team", "viewer"),
    "region": ("county", "township", "team", "viewer"),
    "county": ("township", "team", "viewer"),
    "township": ("team",),
}
"""The roles that each role may give to others, in its own area."""

OPERATOR = User(username="", role="operator", area="")
"""Who runs commands on the server itself: the log has no user for it."""


def has_permission(user: User | AnonymousUser, verb: str, area: str) -> bool:
    """Whether a person may do something in an area: the role has the verb, and the area is the own
    or in it.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    return (
        user.role in PERMISSIONS[verb]
        and area.startswith(user.area)
        and (bool(user.area) or user.role == "operator")
    )


def needs_second_factor(user: User) -> bool:
    """Whether a person signs in with a second factor only, as this installation asks of the role
    and all above it.
    """
    lowest = settings.SECOND_FACTOR_FROM
    return bool(lowest) and ROLES.index(user.role) <= ROLES.index(lowest)


_Row = TypeVar("_Row", bound=models.Model)


class Refused(Exception):
    """An action that was not done, and why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def refuse(code: str, place: str = "ledger", **facts: object) -> Refused:
    """A refusal with one problem, to be raised."""
    return Refused(problem(code, Place(place), **facts))


def ask(user: User, verb: str, *areas: str) -> None:
    """Raises Refused (E640) unless a person may do something in all of some areas."""
    if not all(has_permission(user, verb, area) for area in areas):
        raise refuse("E640", person=name_for_messages(user), verb=verb)


def locked_row(user: User, verb: str, rows: Placed[_Row], pk: object) -> _Row:
    """One of the rows that a person sees, locked until the transaction ends, to do something with
    it.

    Raises Refused (E640) where it is none of them, or the person may not.
    """
    found = rows.select_for_update().filter(pk=pk).first()
    if found is None:
        raise refuse("E640", person=name_for_messages(user), verb=verb)
    ask(user, verb, found.serializable_value(rows.place))
    return found


def name_for_messages(user: User) -> str:
    """How messages name a person: by the user name, never by the name."""
    return user.username or user.role


def log(user: User, verb: str, area: str, now: datetime, **facts: object) -> None:
    """Write down what was done; ``facts`` are ids and counts."""
    LogEntry.objects.create(
        at=now, user=user if user.pk else None, verb=verb, area=area, facts=facts
    )
