"""A made-up region in a ledger for ``ledger_load.py``: its run loaded, three events for each card,
its people.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from counties import areas, contacts, person, print_run
from django.db import connection, transaction
from ledger_runs import HOUSEHOLDS, told, villages

from policycards.ledger.actions.area_changes import load_areas
from policycards.ledger.actions.households import open_call
from policycards.ledger.actions.loading import load_run
from policycards.ledger.actions.people_changes import join, make_slips
from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.models import Card, Device, Event, Household, LogEntry, Pack, User
from policycards.ledger.permissions import OPERATOR
from policycards.ledger.projections import Counts, project_cards
from policycards.ledger.runs.staging import drop, stage
from policycards.manifest import read_cards

DAYS = 60
"""Days over which the run was handed out."""
LIVES = (
    (0.60, ("left", "delivered:self", "collected")),
    (0.75, ("absent", "delivered:relative", "wrong:land")),
    (0.85, ("absent", "absent", "absent")),
    (0.90, ("absent", "left", "left")),
    (0.95, ("absent", "moved", "moved")),
    (1.00, ("absent", "wrong:dead_head", "wrong:dead_head")),
)
"""What happens to cards, and to which share of them; the first share ends where the next begins."""
SECRET = "ten yaks cross a river"
COLUMNS = {
    "id": "uuid",
    "kind": "text",
    "detail": "text",
    "evidence": "text",
    "pack_id": "bigint",
    "card_id": "text",
    "goods": "text",
    "hop": "text",
    "count": "integer",
    "other": "text",
    "device_time": "timestamptz",
    "happened": "timestamptz",
    "server_time": "timestamptz",
    "user_id": "bigint",
    "device_id": "uuid",
}


@dataclass(frozen=True, slots=True)
class Region:
    """What the load asks for: villages, users by name, phones that joined with their villages,
    codes by village.
    """

    villages: list[str]
    users: list[User]
    phones: list[Device]
    cards: dict[str, list[str]]


def made(cards: int, folder: Path, now: datetime) -> Region:
    """Load a run of so many cards, tell three events of each, and prove states and counts."""
    codes = villages(max(cards // HOUSEHOLDS, 40))
    load_areas(OPERATOR, areas(villages=codes), contacts()[:0], now=now - timedelta(days=DAYS + 9))
    printed = print_run(folder, households=HOUSEHOLDS, spares=9, villages=codes)
    frame, _problems = read_cards(printed.folder)
    assert frame is not None
    start = time.perf_counter()
    with transaction.atomic():
        stage("peer", frame.select("code", "household", "area", "pile", "copy"))
        drop("peer")
    told("a bare table", frame.height, start)
    start = time.perf_counter()
    load_run(OPERATOR, printed.folder, now=now - timedelta(days=DAYS + 8), names=printed.names)
    told("load-run", frame.height, start)
    phones = [phone(code, now) for code in codes[:: max(len(codes) // 40, 1)]]
    start = time.perf_counter()
    told("events told to the table", told_of_cards(now, phones), start)
    start = time.perf_counter()
    project()
    told("cards shown as their events say", frame.height, start)
    calls(codes, now)
    logged(now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Region(codes, people(codes), phones, dict(printed.cards))


def phone(code: str, now: datetime) -> Device:
    """A phone that has joined its village by a slip."""
    ((_area, slip),) = make_slips(OPERATOR, [code], now=now)
    return join(slip, uuid4(), now=now, label="1")


def people(codes: list[str]) -> list[User]:
    """Twenty people of all roles, each of another area."""
    counties = sorted({code[:6] for code in codes})
    townships = sorted({code[:9] for code in codes})
    places = [("region", "99"), ("viewer", "99")]
    places += [("county", counties[at * len(counties) // 8]) for at in range(8)]
    places += [("viewer", counties[(2 * at + 1) * len(counties) // 5]) for at in range(2)]
    places += [("township", townships[at * len(townships) // 8]) for at in range(8)]
    return [_person(role, area, f"{role}-{at}") for at, (role, area) in enumerate(places)]


def _person(role: str, area: str, name: str) -> User:
    user = person(role, area, name)
    user.set_password(SECRET)
    user.save()
    return user


def told_of_cards(now: datetime, phones: list[Device]) -> int:
    """Three events of each card, written to the table of events as PostgreSQL and SQLite take them
    fastest.
    """
    lots, count = random.Random(1), 0
    register = person("township", "990101001", "register")
    by_village = {device.area: device for device in phones}
    for pack in Pack.objects.order_by("pk").iterator():
        codes = sorted(Card.objects.filter(pack=pack).values_list("code", flat=True))
        device = by_village.get(pack.village)
        count += _write(list(_rows(pack.pk, codes, device, register, now, lots)))
    return count


def _rows(
    pack: int,
    codes: list[str],
    device: Device | None,
    register: User,
    now: datetime,
    lots: random.Random,
) -> Iterator[tuple[object, ...]]:
    day = now - timedelta(days=lots.uniform(5, DAYS))
    for at, code in enumerate(codes):
        lot = lots.random()
        life = next(events for share, events in LIVES if lot < share)
        for step, told_ in enumerate(life):
            kind, _sign, detail = told_.partition(":")
            happened = day + timedelta(days=2 * step, seconds=20 * at)
            source = (device.user_id, device.pk) if device else (register.pk, None)
            evidence = "scanned" if device else "register"
            fact = (
                kind,
                detail,
                evidence,
                pack,
                code,
                "",
                "",
                0,
                "",
                happened,
                happened,
                happened,
                *source,
            )
            yield (uuid7(happened), *fact)


def _write(rows: list[tuple[object, ...]]) -> int:
    columns = ", ".join(COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY ledger_event ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            fields = {field.column: field for field in Event._meta.concrete_fields}
            told_ = [
                [
                    fields[name].get_db_prep_save(value, connection)
                    for name, value in zip(COLUMNS, row, strict=True)
                ]
                for row in rows
            ]
            marks = ", ".join("%s" for _column in COLUMNS)
            cursor.executemany(f"INSERT INTO ledger_event ({columns}) VALUES ({marks})", told_)
    return len(rows)


def project() -> None:
    """States and counts of all cards, by what projects every recorded event."""
    for pack in Pack.objects.order_by("pk").iterator():
        with transaction.atomic():
            counts = Counts()
            project_cards(Card.objects.filter(pack=pack), counts)
            counts.write()


def calls(codes: list[str], now: datetime) -> None:
    """A call from every village."""
    for code in codes:
        home = Household.objects.filter(area=code)[0]
        due = (now + timedelta(days=7)).date()
        open_call(OPERATOR, home.pk, policy="x", kind="unpaid", due=due, now=now, owner=None)


def logged(now: datetime) -> None:
    """What the log has of ten sendings for each pack."""
    for pack in Pack.objects.order_by("pk").iterator():
        LogEntry.objects.bulk_create(
            LogEntry(
                at=now - timedelta(days=day, seconds=pack.pk),
                verb="card.record",
                area=pack.area_id,
                facts={},
            )
            for day in range(10)
        )
