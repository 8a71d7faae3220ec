"""Counts kept by events: what a change of states means for them, and how they are brought up to
date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

from policycards.ledger.models import Card, Count, DayCount, Spare, Stock

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
