"""States of cards, spares and packs, and the counts of them, written beside the events they follow
from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils import timezone

from policycards.ledger.domain.card_states import Fact, State, card_state, spare_state, tally
from policycards.ledger.models import Card, Count, DayCount, Event, Spare, Stock

Key = tuple[Any, ...]
Shift = Counter[Key]

KEYS: Mapping[type[models.Model], tuple[str, ...]] = {
    Count: ("pack_id", "area_id", "is_spare", "status", "validity", "evidence", "edition"),
    DayCount: ("area_id", "edition", "day", "status"),
    Stock: ("pack_id", "goods", "hop", "kind"),
}
"""The fields by which a row is known, in the order of the keys below."""
_UNIQUE: Mapping[type[models.Model], tuple[str, ...]] = {**KEYS, Count: KEYS[Count][:-1]}


def count_key(piece: Card | Spare) -> Key:
    """The row of ``Count`` in which a card or spare is counted."""
    validity = piece.validity if isinstance(piece, Card) else ""
    place = (piece.pack_id, piece.area_id, isinstance(piece, Spare))
    return (*place, piece.status, validity, piece.evidence, piece.edition)


def day_key(piece: Card | Spare) -> Key | None:
    """The row of ``DayCount`` in which a card is counted; None for spares, and for cards of which
    nothing is known.
    """
    if isinstance(piece, Spare) or piece.since is None:
        return None
    return piece.area_id, piece.edition, timezone.localtime(piece.since).date(), piece.status


class Counts:
    """Shifts of counts, gathered while states change, then written at once."""

    def __init__(self) -> None:
        self._shifts: dict[type[models.Model], Shift] = {
            Count: Counter(),
            DayCount: Counter(),
            Stock: Counter(),
        }

    def add(self, piece: Card | Spare, sign: int) -> None:
        """Count a card or spare in its present state, or with -1 no longer."""
        self._shifts[Count][count_key(piece)] += sign
        if day := day_key(piece):
            self._shifts[DayCount][day] += sign

    def shift(self, table: type[models.Model], key: Key, number: int) -> None:
        """Change one row by a number."""
        self._shifts[table][key] += number

    def write(self) -> None:
        """Bring the tables up to date, in the order of their keys so that no two writers wait for
        each other.
        """
        for table, shifts in self._shifts.items():
            rows = [(*key, number) for key, number in sorted(shifts.items(), key=_order) if number]
            if rows:
                _upsert(table, rows)


def _order(shift: tuple[Key, int]) -> list[str]:
    return [str(part) for part in shift[0]]


def _upsert(table: type[models.Model], rows: list[Key]) -> None:
    names, target = KEYS[table], table._meta.db_table
    columns = ", ".join((*names, "number"))
    marks = ", ".join("%s" for _name in (*names, "number"))
    statement = (
        f"INSERT INTO {target} ({columns}) VALUES ({marks}) ON CONFLICT"
        f" ({', '.join(_UNIQUE[table])}) DO UPDATE SET number = {target}.number + excluded.number"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


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
