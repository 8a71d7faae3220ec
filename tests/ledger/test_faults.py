"""What goes wrong in the field and in the office: many senders at once, files that are damaged,
whole days at once.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from browsers import browser
from counties import EAST, NOW, VILLAGES, county, later, person, told
from databases import PostgreSQL, SQLite, use
from django.db import DatabaseError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from policycards.ledger.actions.backups import backup, last_backup, restore
from policycards.ledger.actions.encryption import (
    MAGIC,
    Unreadable,
    decrypt,
    encrypt,
    key_of,
    new_key,
)
from policycards.ledger.actions.permission import Refused
from policycards.ledger.actions.recording import record
from policycards.ledger.actions.recount import recount
from policycards.ledger.models import Card, Count, Event, Household, LogEntry, Pack, User
from policycards.ledger.permissions import OPERATOR
from policycards.ledger.queries.anomalies import MOST, bursts, bursts_of

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]
KEY = key_of(new_key())


def test_a_batch_sent_twenty_times_by_eight_clients_at_once_counts_once(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path, households=10)
    team = person("team", HERE)
    batch = [
        told("delivered", code, detail="self", evidence="scanned") for code in printed.cards[HERE]
    ]

    def send(turn: int) -> list[str]:
        try:
            mine = batch[turn % 3 :] + batch[: turn % 3]
            return [outcome.status for outcome in record(team, mine, now=later())]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(send, range(20)))
    assert sum(answer.count("accepted") for answer in answers) == 10
    assert sum(answer.count("known") for answer in answers) == 190
    assert Event.objects.filter(kind="delivered").count() == 10
    assert Count.objects.get(pack__village=HERE, status="delivered").number == 10
    assert recount() == []


def test_an_event_whose_transaction_was_broken_off_is_sent_again_and_counts_once(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    team = person("team", HERE)
    one = told("delivered", printed.code(), detail="self")
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        record(team, [one], now=later())
        raise KeyboardInterrupt
    assert Card.objects.get(code=printed.code()).status == "waiting" and recount() == []
    assert record(team, [one], now=later())[0].status == "accepted"
    assert Card.objects.get(code=printed.code()).status == "delivered" and recount() == []


def test_an_id_that_stands_for_something_else_already_is_refused(
    ledger: Ledger, tmp_path: Path
) -> None:
    from dataclasses import replace

    printed = county(tmp_path)
    team = person("team", HERE)
    one = told("absent", printed.code())
    record(team, [one], now=later())
    for other in (replace(one, kind="refused"), replace(one, code=printed.code(0, 2))):
        (outcome,) = record(team, [other], now=later())
        assert outcome.problem is not None and outcome.problem.code == "E647"
    assert recount() == []


@pytest.mark.parametrize("days", [-4000, -3, 3, 4000])
def test_a_clock_that_is_wrong_by_days_does_not_move_what_happened(
    ledger: Ledger, tmp_path: Path, days: int
) -> None:
    printed = county(tmp_path)
    from dataclasses import replace

    team = person("team", HERE)
    now = later(9)
    at = now - timedelta(hours=2)
    wrong = timedelta(days=days)
    one = replace(told("delivered", printed.code(), detail="self"), device_time=at - wrong)
    record(team, [one], now=now, clock=wrong)
    event = Event.objects.get(pk=one.id)
    assert (event.happened, event.device_time, event.server_time) == (at, at - wrong, now)
    hasty = replace(
        told("delivered", printed.code(0, 2), detail="self"), device_time=now + timedelta(days=800)
    )
    record(team, [hasty], now=now)
    assert Event.objects.get(pk=hasty.id).happened == now


@given(st.binary(max_size=5000), st.integers(0), st.integers(0, 7))
def test_what_is_encrypted_comes_back_and_one_changed_bit_is_noticed(
    content: bytes, at: int, bit: int
) -> None:
    sealed, clear = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(content), sealed, KEY)
    decrypt(io.BytesIO(sealed.getvalue()), clear, KEY)
    assert clear.getvalue() == content
    damaged = bytearray(sealed.getvalue())
    damaged[at % len(damaged)] ^= 1 << bit
    with pytest.raises(Unreadable):
        decrypt(io.BytesIO(bytes(damaged)), io.BytesIO(), KEY)


def test_a_backup_of_many_chunks_that_is_cut_or_reordered_is_noticed() -> None:
    sealed = io.BytesIO()
    encrypt(io.BytesIO(bytes(3 << 20)), sealed, KEY)
    whole, chunk = sealed.getvalue(), (1 << 20) + 16
    head = len(MAGIC) + 7
    cut = whole[: head + 2 * chunk]
    turned = (
        whole[:head]
        + whole[head + chunk : head + 2 * chunk]
        + whole[head : head + chunk]
        + whole[head + 2 * chunk :]
    )
    for wrong in (cut, turned, whole[:10], b""):
        with pytest.raises(Unreadable):
            decrypt(io.BytesIO(wrong), io.BytesIO(), KEY)


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_backup_is_restored_on_a_second_installation_with_everything_in_it(
    ledger: Ledger, tmp_path: Path, encrypted: bool
) -> None:
    key = new_key() if encrypted else None
    printed = county(tmp_path)
    record(person("team", HERE), [told("delivered", printed.code(), detail="self")], now=later())
    assert last_backup() is None
    file = tmp_path / "ledger.backup"
    backup(OPERATOR, file, now=NOW, key=key)
    assert last_backup() == NOW
    assert ("扎西1".encode() in file.read_bytes()) == (key is None and ledger.vendor == "sqlite")
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused) as refused:
        restore(OPERATOR, file, now=NOW, key=key)
    assert [each.code for each in refused.value.problems] == ["E687"]
    events = Event.objects.count()
    use(ledger.fresh(empty=True))
    restore(OPERATOR, file, now=later(), key=key)
    assert (Event.objects.count(), Card.objects.get(code=printed.code()).status) == (
        events,
        "delivered",
    )
    assert Household.objects.filter(name_zh="扎西1").exists() and recount() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()
    assert (
        record(User.objects.get(role="team"), [told("absent", printed.code(0, 2))], now=later())[
            0
        ].status
        == "accepted"
    )


def test_a_damaged_backup_fills_nothing(ledger: Ledger, tmp_path: Path) -> None:
    use(ledger.fresh(empty=True))
    file = tmp_path / "x.backup"
    file.write_bytes(b"no backup at all")
    for key, code in ((new_key(), "E686"), ("short", "E686"), ("", "E685")):
        with pytest.raises(Refused) as refused:
            restore(OPERATOR, file, now=NOW, key=key)
        assert [each.code for each in refused.value.problems] == [code]
    with pytest.raises(Refused) as refused:
        restore(OPERATOR, file, now=NOW, key=None)
    assert [each.code for each in refused.value.problems] == [
        "E686" if ledger.vendor == "sqlite" else "E688"
    ]


def test_nobody_but_the_operator_takes_the_whole_ledger(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    for user in (person("region", "99"), person("county", EAST)):
        with pytest.raises(Refused):
            backup(user, tmp_path / "a", now=NOW, key=new_key())
    assert not (tmp_path / "a").exists()
    assert not LogEntry.objects.filter(verb="ledger.backup").exists()


def test_a_burst_is_more_deliveries_than_a_person_makes() -> None:
    calm = [("a", NOW + timedelta(seconds=6 * number)) for number in range(40)]
    assert list(bursts(calm)) == []
    fast = [("b", NOW + timedelta(seconds=number)) for number in range(40)]
    late = [("b", NOW + timedelta(hours=1))]
    (found,) = bursts([*calm, *fast, *late])
    assert (found.source, found.first, found.last, found.cards) == (
        "b",
        NOW,
        NOW + timedelta(seconds=39),
        40,
    )


@given(st.lists(st.integers(0, 400), max_size=60))
def test_bursts_are_told_exactly_where_too_many_fall_into_a_minute(seconds: list[int]) -> None:
    times = sorted(NOW + timedelta(seconds=second) for second in seconds)
    too_many = any(
        sum(at - timedelta(minutes=1) < other <= at for other in times) > MOST for at in times
    )
    assert bool(list(bursts(("a", at) for at in times))) == too_many


def test_bursts_of_an_area_are_shown_to_its_office(ledger: Ledger, tmp_path: Path) -> None:
    from dataclasses import replace

    printed = county(tmp_path, households=20)
    team = person("team", HERE)
    batch = [
        replace(told("delivered", code, detail="self"), device_time=NOW + timedelta(seconds=number))
        for number, code in enumerate(printed.cards[HERE])
    ]
    record(team, batch, now=later())
    (found,) = bursts_of(person("county", EAST), since=NOW)
    assert (found.source, found.cards) == (team.username, 20)
    assert bursts_of(person("county", VILLAGES[3][:6]), since=NOW) == []
    clerk = browser(person("township", HERE[:9], "clerk"))
    shown = {
        village: clerk.get(f"/pack/{Pack.objects.get(village=village).pk}/")
        for village in VILLAGES[:2]
    }
    assert [each.cards for each in shown[HERE].context["bursts"]] == [20]
    assert "Faster than anybody hands over" in shown[HERE].content.decode()
    assert shown[VILLAGES[1]].context["bursts"] == []
