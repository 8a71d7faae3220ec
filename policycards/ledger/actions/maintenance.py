"""Upkeep of a ledger: upgrade the database, prove its counts, forget what is no longer needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Exists, OuterRef, Q

from policycards.core.problems import Place, Problem, problem
from policycards.ledger import triggers
from policycards.ledger.domain.card_states import State, card_state, spare_state, tally
from policycards.ledger.models import (
    Call,
    Card,
    Count,
    DayCount,
    Device,
    Event,
    Household,
    Note,
    Refusal,
    Slip,
    Spare,
    Stock,
    Submission,
    User,
)
from policycards.ledger.permissions import Refused, ask, log
from policycards.ledger.projections import KEYS, Key, count_key, day_key, facts_of


def refuse_newer() -> None:
    """Raises Refused (E696) where the database is of a newer version than this program, which would
    not understand what it finds there.
    """
    loader = MigrationLoader(connection)
    newer = sorted(
        name
        for app, name in loader.applied_migrations
        if app == "ledger" and (app, name) not in loader.disk_migrations
    )
    if newer:
        why = f"it is of a newer version of the program ({newer[-1]}), which has to be installed"
        raise Refused(problem("E696", Place("ledger"), why=why))


def upgrade() -> None:
    """Migrate forward; raises Refused (E698) if the database then would let somebody change
    events.
    """
    refuse_newer()
    call_command("migrate", verbosity=0)
    if found := triggers.proven(["default"]):
        raise Refused(*(problem("E698", Place("ledger"), why=each.msg) for each in found))


_CHUNK = 2000
PLACE = Place("ledger")


@transaction.atomic
def recount() -> list[Problem]:
    """Everything in which cards, spares and counts differ from what the events say; empty in a
    sound ledger.
    """
    counted: Counter[Key] = Counter()
    days: Counter[Key] = Counter()
    problems: list[Problem] = []
    for table, fold in ((Card, card_state), (Spare, spare_state)):
        for pieces in _parts(table):
            facts = facts_of(_events(table, pieces), f"{table.__name__.lower()}_id")
            for piece in pieces:
                problems += _difference(piece, fold(facts[piece.code]))
                counted[count_key(piece)] += 1
                if day := day_key(piece):
                    days[day] += 1
    stocks: Counter[Key] = Counter()
    for pack, facts_of_pack in facts_of(
        Event.objects.filter(card=None, spare=None), "pack_id"
    ).items():
        stocks.update({(pack, *key): number for key, number in tally(facts_of_pack).items()})
    for rows, wanted in ((Count, counted), (DayCount, days), (Stock, stocks)):
        problems += _differences(rows, wanted)
    return problems


def _parts(table: type[Card] | type[Spare]) -> Iterator[Sequence[Card | Spare]]:
    """All cards or spares, some thousand at a time."""
    last = ""
    rows: models.QuerySet[Any] = table.objects.order_by("code")
    while part := list(rows.filter(code__gt=last)[:_CHUNK]):
        yield part
        last = part[-1].code


def _events(
    table: type[Card] | type[Spare], pieces: Sequence[Card | Spare]
) -> models.QuerySet[Event]:
    name = table.__name__.lower()
    return Event.objects.filter(**{f"{name}__gte": pieces[0].code, f"{name}__lte": pieces[-1].code})


def _difference(piece: Card | Spare, state: State) -> Iterator[Problem]:
    shown = {
        "status": piece.status,
        "conflict": piece.conflict,
        "since": piece.since,
        "evidence": piece.evidence,
        "detail": piece.detail,
    }
    if isinstance(piece, Card):
        shown |= {
            "validity": piece.validity,
            "replaced_by": piece.replaced_by,
            "collected": piece.collected,
        }
    else:
        shown |= {"household": piece.household_id, "confirmed": piece.confirmed}
    for name, found in shown.items():
        wanted = getattr(state, name)
        if found != wanted:
            yield problem(
                "E690", PLACE, card=piece.code, found=f"{name}={found}", wanted=f"{name}={wanted}"
            )


def _differences(
    table: type[Count] | type[DayCount] | type[Stock], wanted: Counter[Key]
) -> Iterator[Problem]:
    found = {tuple(row[:-1]): row[-1] for row in table.objects.values_list(*KEYS[table], "number")}
    for key in sorted(found.keys() | wanted.keys(), key=str):
        if found.get(key, 0) != wanted[key]:
            what = f"{table.__name__} {' '.join(map(str, key))}"
            yield problem("E691", PLACE, what=what, found=found.get(key, 0), wanted=wanted[key])


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
