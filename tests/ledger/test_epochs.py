"""A restored ledger gets back from the phones what its backup did not have yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from counties import NOW, VILLAGES, county, later, person, reported
from databases import PostgreSQL, SQLite, use
from test_field_api import Phone, joined

from policycards.ledger.actions.backups import (
    MARGIN,
    backup,
    current_epoch,
    new_key,
    restore,
    safe_before,
)
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import record
from policycards.ledger.models import Card, Device, Event
from policycards.ledger.permissions import OPERATOR

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


def test_a_restore_begins_an_epoch_in_which_what_phones_send_again_is_recorded(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed, key, file = county(tmp_path), new_key(), tmp_path / "a.backup"
    team = person("team", HERE)
    device = Device.objects.create(id=uuid4(), user=team, area=HERE, joined=NOW, seen=NOW)
    events = [reported("delivered", printed.code(0, pile), detail="self") for pile in (1, 2, 3)]
    record(team, events[:1], now=later(), device=device)
    first = current_epoch(later())
    backup(OPERATOR, file, now=later(), key=key)
    record(team, events[1:], now=later(2), device=device)
    use(ledger.fresh(empty=True))
    restore(OPERATOR, file, now=later(3), key=key)
    assert current_epoch(later(3)) != first
    assert Event.objects.filter(kind="delivered").count() == 1
    device = Device.objects.get()
    outcomes = record(device.user, events, now=later(4), device=device)
    assert [each.status for each in outcomes] == ["known", "accepted", "accepted"]
    assert [Card.objects.get(pk=printed.code(0, pile)).status for pile in (1, 2, 3)] == [
        "delivered"
    ] * 3
    assert recount() == []


def test_what_came_before_a_backup_of_this_epoch_is_safe(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    current_epoch(NOW)
    assert safe_before(later()) is None
    backup(OPERATOR, tmp_path / "a", now=later(), key=None)
    assert safe_before(later(2)) == later() - MARGIN
    use(ledger.fresh(empty=True))
    restore(OPERATOR, tmp_path / "a", now=later(3), key=None)
    assert safe_before(later(4)) is None


def test_phones_are_told_the_epoch_with_every_answer(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    phone = joined()
    village = phone.village().json()
    sent = phone.send().json()
    assert village["epoch"] == sent["epoch"] == str(current_epoch(datetime.now(UTC)))
    assert village["safe"] is None and village["at"] <= sent["at"]


def test_a_phone_keeps_the_moment_of_its_first_joining(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    phone = joined()
    first = Device.objects.get().joined
    Device.objects.update(joined=first - timedelta(days=3))
    phone.join()
    assert Device.objects.get().joined == first - timedelta(days=3)
    assert isinstance(phone, Phone)
