"""What goes wrong in the field and in the office: many senders at once, files that are damaged,
whole days at once.
"""

from __future__ import annotations

import base64
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from browsers import browser
from counties import EAST, NOW, VILLAGES, county, later, person, reported
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from databases import PostgreSQL, SQLite, use
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from policycards.ledger.actions import backups
from policycards.ledger.actions.backups import (
    MAGIC,
    Unreadable,
    backup,
    decrypt,
    encrypt,
    key_of,
    last_backup,
    new_key,
    restore,
)
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import record
from policycards.ledger.models import Card, Count, Event, Household, LogEntry, Pack, User
from policycards.ledger.permissions import OPERATOR, Refused
from policycards.ledger.queries.reconciliation import MOST, anomalies_of, find_anomalies

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]
KEY = key_of(new_key())


def test_a_batch_sent_twenty_times_by_eight_clients_at_once_counts_once(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path, households=10)
    team = person("team", HERE)
    batch = [
        reported("delivered", code, detail="self", evidence="scanned")
        for code in printed.cards[HERE]
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
    one = reported("delivered", printed.code(), detail="self")
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
    one = reported("absent", printed.code())
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
    one = replace(reported("delivered", printed.code(), detail="self"), device_time=at - wrong)
    record(team, [one], now=now, clock=wrong)
    event = Event.objects.get(pk=one.id)
    assert (event.happened, event.device_time, event.server_time) == (at, at - wrong, now)
    hasty = replace(
        reported("delivered", printed.code(0, 2), detail="self"),
        device_time=now + timedelta(days=800),
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
    encrypt(io.BytesIO(bytes(range(256)) * 1024), sealed, KEY)
    whole, chunk = sealed.getvalue(), (1 << 16) + 16
    head = len(whole) - 4 * chunk
    cut = whole[: head + 2 * chunk]
    turned = (
        whole[:head]
        + whole[head + chunk : head + 2 * chunk]
        + whole[head : head + chunk]
        + whole[head + 2 * chunk :]
    )
    decrypt(io.BytesIO(whole), io.BytesIO(), KEY)
    for wrong in (cut, turned, whole[:-1], whole[:10], b""):
        with pytest.raises(Unreadable):
            decrypt(io.BytesIO(wrong), io.BytesIO(), KEY)


OLD = base64.urlsafe_b64encode(bytes(range(32))).decode()
"""A key as earlier versions made it."""


def encrypted_as_before(content: bytes) -> bytes:
    """A backup of an earlier version: AES-256-GCM in chunks of a megabyte."""
    prefix, cipher, size = bytes(7), AESGCM(bytes(range(32))), 1 << 20
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    sealed = [
        cipher.encrypt(prefix + n.to_bytes(4, "big") + bytes([n == len(chunks) - 1]), chunk, MAGIC)
        for n, chunk in enumerate(chunks)
    ]
    return MAGIC + prefix + b"".join(sealed)


def test_a_backup_of_an_earlier_version_still_opens_and_its_key_makes_new_ones() -> None:
    content, clear = bytes(range(256)) * 10_000, io.BytesIO()
    old = encrypted_as_before(content)
    decrypt(io.BytesIO(old), clear, key_of(OLD))
    assert clear.getvalue() == content
    for wrong in (old[:-1], old[: len(MAGIC) + 7 + (1 << 20) + 16], old[:-20] + b"x" + old[-19:]):
        with pytest.raises(Unreadable):
            decrypt(io.BytesIO(wrong), io.BytesIO(), key_of(OLD))
    with pytest.raises(Unreadable):
        decrypt(io.BytesIO(old), io.BytesIO(), KEY)
    sealed, clear = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(content), sealed, key_of(OLD))
    decrypt(io.BytesIO(sealed.getvalue()), clear, key_of(OLD))
    assert clear.getvalue() == content


def test_a_server_that_has_only_the_public_key_makes_backups_and_opens_none() -> None:
    public = key_of(str(KEY.recipient))
    sealed, clear = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(b"names"), sealed, public)
    with pytest.raises(Unreadable, match="this key only makes backups"):
        decrypt(io.BytesIO(sealed.getvalue()), io.BytesIO(), public)
    decrypt(io.BytesIO(sealed.getvalue()), clear, KEY)
    assert clear.getvalue() == b"names"


def test_a_backup_leaves_nothing_readable_beside_its_target(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county(tmp_path / "printed")
    medium = tmp_path / "medium"
    medium.mkdir()
    seen: list[tuple[list[bytes], list[int]]] = []

    def half(source: BinaryIO, target: BinaryIO, _key: object) -> None:
        source.read(100)
        files = [each for each in medium.rglob("*") if each.is_file()]
        seen.append(
            ([each.read_bytes() for each in files], [each.stat().st_mode & 0o777 for each in files])
        )
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "encrypt", half)
    with pytest.raises(Refused) as refused:
        backup(OPERATOR, medium / "a.backup", now=NOW, key=new_key())
    assert [each.code for each in refused.value.problems] == ["E659"]
    assert seen == [([b""], [0o600])]
    assert list(medium.iterdir()) == [] and last_backup() is None
    missing = tmp_path / "nowhere" / "a.backup"
    with pytest.raises(Refused) as refused:
        backup(OPERATOR, missing, now=NOW, key=new_key())
    assert [each.code for each in refused.value.problems] == ["E659"]


def test_what_a_killed_backup_left_on_the_ledgers_own_disk_goes_with_the_next(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    if ledger.vendor == "postgresql":
        return  # whose copy passes from program to program
    home = Path(str(connection.settings_dict["NAME"])).parent
    (home / ".policycards-backup-x").mkdir()
    (home / ".policycards-backup-x" / "dump").write_bytes(b"names")
    backup(OPERATOR, tmp_path / "a", now=NOW, key=new_key())
    assert list(home.glob(".policycards-backup-*")) == []


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_backup_is_restored_on_a_second_installation_with_everything_in_it(
    ledger: Ledger, tmp_path: Path, encrypted: bool
) -> None:
    key = new_key() if encrypted else None
    printed = county(tmp_path)
    record(
        person("team", HERE), [reported("delivered", printed.code(), detail="self")], now=later()
    )
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
        record(
            User.objects.get(role="team"), [reported("absent", printed.code(0, 2))], now=later()
        )[0].status
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
    assert list(find_anomalies(calm)) == []
    fast = [("b", NOW + timedelta(seconds=number)) for number in range(40)]
    late = [("b", NOW + timedelta(hours=1))]
    (found,) = find_anomalies([*calm, *fast, *late])
    assert (found.source, found.first, found.last, found.cards) == (
        "b",
        NOW,
        NOW + timedelta(seconds=39),
        40,
    )


@given(st.lists(st.integers(0, 400), max_size=60))
def test_anomalies_are_exactly_where_too_many_fall_into_a_minute(seconds: list[int]) -> None:
    times = sorted(NOW + timedelta(seconds=second) for second in seconds)
    too_many = any(
        sum(at - timedelta(minutes=1) < other <= at for other in times) > MOST for at in times
    )
    assert bool(list(find_anomalies(("a", at) for at in times))) == too_many


def test_anomalies_of_an_area_are_shown_to_its_office(ledger: Ledger, tmp_path: Path) -> None:
    from dataclasses import replace

    printed = county(tmp_path, households=20)
    team = person("team", HERE)
    batch = [
        replace(
            reported("delivered", code, detail="self"), device_time=NOW + timedelta(seconds=number)
        )
        for number, code in enumerate(printed.cards[HERE])
    ]
    record(team, batch, now=later())
    (found,) = anomalies_of(person("county", EAST), since=NOW)
    assert (found.source, found.cards) == (team.username, 20)
    assert anomalies_of(person("county", VILLAGES[3][:6]), since=NOW) == []
    clerk = browser(person("township", HERE[:9], "clerk"))
    shown = {
        village: clerk.get(f"/pack/{Pack.objects.get(village=village).pk}/")
        for village in VILLAGES[:2]
    }
    assert [each.cards for each in shown[HERE].context["anomalies"]] == [20]
    assert "Faster than anybody hands over" in shown[HERE].content.decode()
    assert shown[VILLAGES[1]].context["anomalies"] == []
