"""What ``ledger.py`` measures, once Django has its settings: loading a run, recording events,
counting anew.

On PostgreSQL (a server of its own, which waits for its disk like a real one) with CARDS cards and
three events for each, and on SQLite with a fifth of them. The peer is COPY, or executemany, of the
same rows into a bare table.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from counties import NOW, areas, contacts, person, print_run
from databases import PostgreSQL, SQLite, postgresql, programs, use
from django.db import connection, transaction

from policycards.ledger.actions.area_changes import load_areas
from policycards.ledger.actions.event_validation import Pieces, Told
from policycards.ledger.actions.loading import load_run
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import append, record
from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.models import Card, Device, Event, Pack
from policycards.ledger.permissions import OPERATOR
from policycards.ledger.runs.staging import drop, stage
from policycards.manifest import read_cards

HOUSEHOLDS = 180
"""Of a village."""
SYNCED = 20_000
"""Events that come in as phones send them, in batches."""
BATCH = 50
SYNC_VILLAGES = 40


def villages(count: int) -> list[str]:
    """Codes of villages: ten in a township, ten townships in a county."""
    return [
        f"99{at // 1000:02}{at // 100 % 10 + 1:02}{at // 10 % 10 + 101}{at % 10 + 201}"
        for at in range(count)
    ]


def told(step: str, count: int, start: float) -> None:
    spent = time.perf_counter() - start
    print(f"  {step}: {count:,} in {spent:.1f} s, {count / spent:,.0f} a second", flush=True)


def measured(cards: int) -> None:
    """Both databases, the larger one first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bin_ = programs()
        assert bin_ is not None, "PostgreSQL is missing"
        with postgresql(bin_, durable=True) as server:
            measure(server, cards, folder / "a")
        measure(SQLite(folder), cards // 5, folder / "b")


def measure(databases: PostgreSQL | SQLite, cards: int, folder: Path) -> None:
    codes = villages(max(cards // HOUSEHOLDS, SYNC_VILLAGES))
    print(
        f"{databases.vendor}: {len(codes) * HOUSEHOLDS:,} cards in {len(codes):,} villages",
        flush=True,
    )
    use(databases.fresh())
    load_areas(OPERATOR, areas(villages=codes), contacts()[:0], now=NOW)
    printed = print_run(folder, households=HOUSEHOLDS, spares=9, villages=codes)
    frame, _problems = read_cards(printed.folder)
    assert frame is not None
    start = time.perf_counter()
    with transaction.atomic():
        stage("peer", frame.select("code", "household", "area", "pile", "copy"))
        drop("peer")
    told("a bare table", frame.height, start)
    start = time.perf_counter()
    load_run(OPERATOR, printed.folder, now=NOW, names=printed.names)
    told("load-run", frame.height, start)
    start = time.perf_counter()
    count = sync(printed.cards, codes[:SYNC_VILLAGES])
    told("sync of phones", count, start)
    start = time.perf_counter()
    told("events of registers", fill(codes[SYNC_VILLAGES:]), start)
    start = time.perf_counter()
    assert recount() == []
    told("recount of events", Event.objects.count(), start)


def sync(cards: dict[str, list[str]] | object, codes: list[str]) -> int:
    """Two events for each card of some villages, as their phones send them."""
    phones = {}
    for code in codes:
        member = person("team", code)
        phones[code] = (
            member,
            Device.objects.create(id=uuid4(), user=member, area=code, joined=NOW, seen=NOW),
        )
    count = 0
    for kind, detail in (("absent", ""), ("delivered", "self"), ("wrong", "land")):
        for code in codes:
            user, device = phones[code]
            for start in range(0, HOUSEHOLDS, BATCH):
                some = cards[code][start : start + BATCH]  # type: ignore[index]
                now = NOW + timedelta(seconds=count)
                events = [Told(uuid7(now), kind, now, card, detail, "scanned") for card in some]
                outcomes = record(user, events, now=now, device=device)
                assert all(outcome.status == "accepted" for outcome in outcomes)
                count += len(outcomes)
                if count >= SYNCED:
                    return count
    return count


def fill(codes: list[str]) -> int:
    """Three events for each card of the other villages, a village at a time."""
    count = 0
    for code in codes:
        with transaction.atomic():
            pack = Pack.objects.select_for_update().get(village=code)
            cards = Card.objects.filter(pack=pack).in_bulk()
            events = list(_events(pack, cards))
            append(events, Pieces(cards, {}, {pack.pk: pack}, {}, {}))
            count += len(events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return count


def _events(pack: Pack, cards: dict[str, Card]) -> Iterator[Event]:
    for at, (kind, detail) in enumerate((("absent", ""), ("delivered", "self"), ("wrong", "land"))):
        for number, code in enumerate(sorted(cards)):
            now = NOW + timedelta(hours=at, seconds=number)
            yield Event(
                id=uuid7(now),
                kind=kind,
                detail=detail,
                evidence="register",
                pack=pack,
                card_id=code,
                device_time=now,
                happened=now,
                server_time=now,
            )
