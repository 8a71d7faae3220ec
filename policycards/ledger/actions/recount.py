"""Counting anew: what is written beside the events is proven against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.domain.card_states import State, card_state, spare_state, tally
from policycards.ledger.models import Card, Count, DayCount, Event, Spare, Stock
from policycards.ledger.projections.card_projection import facts_of
from policycards.ledger.projections.count_projection import KEYS, Key, count_key, day_key

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
