"""What ``ledger_load.py`` measures: pages of 20 people, villages opened by phones, events that
phones send.

All of it through HTTP, against the server that ``ledger serve`` starts, on this machine: who asks
takes part of it too.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from databases import PostgreSQL, SQLite, postgresql, programs, use
from django.db import connection, transaction
from ledger_region import Region, made
from ledger_runs import BATCH, HOUSEHOLDS, told
from ledger_visitors import Phone, Visitor, pages_of
from servers import Server

from policycards.ledger.actions.maintenance import recount
from policycards.ledger.models import Device, Event

PAUSE = (2.0, 6.0)
"""Seconds for which somebody looks at a page."""
MINUTES = 4.0
AT_ONCE = 8
"""Phones that send at the same time."""
ROUNDS = (("wrong", "land"), ("returned", ""), ("delivered", "proxy"))


def measured(cards: int, vendors: Sequence[str]) -> None:
    """Both databases, the larger one first."""
    minutes = MINUTES if cards >= 100_000 else 0.5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "postgresql" in vendors:
            bin_ = programs()
            assert bin_ is not None, "PostgreSQL is missing"
            with postgresql(bin_, durable=True) as server:
                measure(server, cards, folder / "a", minutes)
        if "sqlite" in vendors:
            measure(SQLite(folder), cards // 5, folder / "b", minutes)


def measure(databases: PostgreSQL | SQLite, cards: int, folder: Path, minutes: float) -> None:
    print(f"{databases.vendor}: {cards:,} cards", flush=True)
    url = databases.fresh()
    use(url)
    region = made(cards, folder, datetime.now(UTC))
    proven("recount of events")
    with Server(url) as server:
        pages(server, region, minutes)
        opening(server, region)
        sending(server, region)
    proven("recount after the sendings")


def proven(step: str) -> None:
    start = time.perf_counter()
    assert recount() == []
    told(step, Event.objects.count(), start)


def pages(server: Server, region: Region, minutes: float) -> None:
    """Twenty people look at pages, each for some seconds; how long each page took to come."""
    taken: dict[str, list[float]] = defaultdict(list)
    visitors = [Visitor(server.port, user.username) for user in region.users]
    end = time.perf_counter() + 60 * minutes

    def visit(at: int) -> None:
        lots, user, visitor = random.Random(at), region.users[at], visitors[at]
        time.sleep(lots.uniform(0, PAUSE[1]))
        while time.perf_counter() < end:
            for name, path in pages_of(user, region, lots):
                taken[name].append(visitor.seconds(path))
                time.sleep(lots.uniform(*PAUSE))
                if time.perf_counter() > end:
                    return

    before = processor_seconds(server.pid)
    together([lambda at=at: visit(at) for at in range(len(visitors))])  # type: ignore[misc]
    spent = processor_seconds(server.pid) - before
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(
        f"  processes that wanted one of {os.cpu_count()} processors in the last 1, 5 and 15"
        f" minutes: {busy}"
    )
    every = [spent for name in taken for spent in taken[name] if name != "sign-in (peer)"]
    for name in sorted(taken, key=lambda name: -percentile(taken[name], 95)):
        told_of(name, taken[name])
    told_of("all pages", every)
    peer = statistics.median(taken["sign-in (peer)"])
    print(
        f"  the server computed for {1000 * spent / len(every):.0f} ms a page, its database besides"
    )
    print(
        f"  a page takes {statistics.median(every) / peer:.1f} times as long as the sign-in, which"
        " has no data"
    )


def processor_seconds(pid: int) -> float:
    """Processor time that a process has taken so far (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def opening(server: Server, region: Region) -> None:
    """Phones open their village, two at a time."""
    taken: list[float] = []
    phones = [Phone(server.port, device) for device in region.phones]

    def open_(some: Sequence[Phone]) -> None:
        for phone in some:
            taken.append(phone.opened())

    before = processor_seconds(server.pid)
    together([lambda: open_(phones[::2]), lambda: open_(phones[1::2])])
    told_of("a village's data", taken)
    print(
        f"  of which {1000 * (processor_seconds(server.pid) - before) / len(taken):.0f} ms of"
        " processor time each"
    )
    print(f"  of {phones[0].bytes:,} bytes")


def sending(server: Server, region: Region) -> None:
    """Phones send what happened to their villages' cards; the peer writes as many rows to a bare
    table.
    """
    parts = [region.phones[at::AT_ONCE] for at in range(AT_ONCE)]
    start = time.perf_counter()
    together([lambda some=some: send(server, region, some) for some in parts])  # type: ignore[misc]
    count, spent = len(region.phones) * HOUSEHOLDS * len(ROUNDS), time.perf_counter() - start
    told(f"sync of {AT_ONCE} phones at once", count, start)
    start = time.perf_counter()
    bare(count)
    told("the same rows to a bare table", count, start)
    print(f"  {spent / (time.perf_counter() - start):.1f} times as long")


def send(server: Server, region: Region, devices: Sequence[Device]) -> None:
    now = datetime.now(UTC) - timedelta(hours=1)
    for device in devices:
        phone, codes = Phone(server.port, device), region.cards[device.area]
        for step, (kind, detail) in enumerate(ROUNDS):
            for first in range(0, len(codes), BATCH):
                at = now + timedelta(minutes=step, seconds=first)
                phone.send(kind, detail, codes[first : first + BATCH], at, as_digests=step == 1)


def bare(count: int) -> None:
    """Rows of an event's size, as many in each transaction as a phone sends."""
    mark = "%s"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE peer (id text PRIMARY KEY, told text)")
    for first in range(0, count, BATCH):
        rows = [(f"{at:036}", "x" * 100) for at in range(first, min(first + BATCH, count))]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO peer VALUES ({mark}, {mark})", rows)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE peer")


def together(works: Sequence[Callable[[], None]]) -> None:
    """Do several things at the same time; the first fault of any is raised."""
    faults: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def percentile(taken: Sequence[float], share: int) -> float:
    return sorted(taken)[min(len(taken) * share // 100, len(taken) - 1)]


def told_of(name: str, taken: Sequence[float]) -> None:
    shown = " / ".join(f"{1000 * percentile(taken, share):.0f}" for share in (50, 95, 99))
    print(f"  {name}: {shown} ms (50, 95, 99 of a hundred; {len(taken)} times)", flush=True)
