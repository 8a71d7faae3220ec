"""The state of cards, spares and packs, written beside them from what their events say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection
from django.db.models import Q, QuerySet

from policycards.ledger.domain.card_states import Fact, State, card_state, spare_state, tally
from policycards.ledger.models import Card, Event, Spare, Stock
from policycards.ledger.projections.count_projection import Counts

_COLUMNS = (
    "id",
    "happened",
    "kind",
    "detail",
    "device_id",
    "user_id",
    "evidence",
    "corrects",
    "other",
    "household_id",
    "goods",
    "hop",
    "count",
)
CARD_FIELDS = (
    "status",
    "conflict",
    "since",
    "evidence",
    "detail",
    "validity",
    "replaced_by",
    "collected",
)
SPARE_FIELDS = ("status", "conflict", "since", "evidence", "detail", "household", "confirmed")


def facts_of(events: QuerySet[Event], of: str) -> dict[object, list[Fact]]:
    """Events as facts, by their card, spare or pack (``card_id``, ``spare_id``, ``pack_id``)."""
    found: dict[object, list[Fact]] = defaultdict(list)
    for owner, id_, at, kind, detail, device, user, *rest in events.values_list(of, *_COLUMNS):
        source = f"device {device}" if device else f"user {user}"
        found[owner].append(Fact(id_, at, kind, detail, source, *rest))
    return found


def project_cards(cards: Iterable[Card], counts: Counts) -> None:
    """Write what became of cards, and shift the counts. Their packs must be locked."""
    known = {card.code: card for card in cards}
    facts = facts_of(Event.objects.filter(card__in=known), "card_id")
    changed = [
        card
        for code, card in known.items()
        if apply_card_state(card, card_state(facts[code]), counts)
    ]
    _update(Card, changed, CARD_FIELDS)


def _update(
    table: type[Card] | type[Spare], rows: Sequence[Card | Spare], names: Sequence[str]
) -> None:
    """Write fields of rows; one statement for all, since Django's ``bulk_update`` takes ten times
    as long.
    """
    fields = [field for field in table._meta.concrete_fields if field.name in names]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    rows_of = [
        [
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),
            row.code,
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table._meta.db_table} SET {columns} WHERE code = %s", rows_of)


def apply_card_state(card: Card, state: State, counts: Counts) -> bool:
    """Give a card the fields of a state; whether anything changed."""
    before = [getattr(card, name) for name in CARD_FIELDS]
    counts.add(card, -1)
    card.status, card.conflict, card.since = state.status, state.conflict, state.since
    card.evidence, card.detail, card.validity = state.evidence, state.detail, state.validity
    card.replaced_by, card.collected = state.replaced_by, state.collected
    counts.add(card, 1)
    return before != [getattr(card, name) for name in CARD_FIELDS]


def project_spares(spares: Iterable[Spare], counts: Counts) -> None:
    """Write what became of spare cards, and shift the counts."""
    known = {spare.code: spare for spare in spares}
    facts = facts_of(Event.objects.filter(spare__in=known), "spare_id")
    for code, spare in known.items():
        apply_spare_state(spare, spare_state(facts[code]), counts)
    _update(Spare, list(known.values()), SPARE_FIELDS)


def apply_spare_state(spare: Spare, state: State, counts: Counts) -> None:
    """Give a spare the fields of a state."""
    counts.add(spare, -1)
    spare.status, spare.conflict, spare.since = state.status, state.conflict, state.since
    spare.evidence, spare.detail = state.evidence, state.detail
    spare.household_id, spare.confirmed = state.household, state.confirmed
    counts.add(spare, 1)


def project_packs(packs: Collection[int], counts: Counts) -> None:
    """Shift the stock of packs to what their own events say."""
    facts = facts_of(Event.objects.filter(Q(card=None, spare=None), pack__in=packs), "pack_id")
    shown: dict[object, dict[tuple[str, str, str], int]] = defaultdict(dict)
    for pack, goods, hop, kind, number in Stock.objects.filter(pack__in=packs).values_list(
        "pack_id", "goods", "hop", "kind", "number"
    ):
        shown[pack][goods, hop, kind] = number
    for pack in packs:
        wanted = tally(facts[pack])
        for key in wanted.keys() | shown[pack].keys():
            counts.shift(Stock, (pack, *key), wanted[key] - shown[pack].get(key, 0))
