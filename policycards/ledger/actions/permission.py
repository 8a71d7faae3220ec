"""Permission and the log: what every action begins and ends with."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import models

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.models import LogEntry, Placed, User
from policycards.ledger.permissions import has_permission

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


def taken(user: User, verb: str, rows: Placed[_Row], pk: object) -> _Row:
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
