"""No event is lost and none counted twice: many senders at once, in any order, and a server killed
in the middle.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from counties import VILLAGES, county
from databases import PostgreSQL, SQLite, use
from django.db import connections
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from servers import Server
from test_field_api import Phone, codes, joined

from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.people_changes import revoke
from policycards.ledger.domain.card_states import Fact, card_state
from policycards.ledger.mobile.village_data import digest
from policycards.ledger.models import Card, Event
from policycards.ledger.permissions import OPERATOR

CLIENTS, TIMES = 8, 20
KINDS = ("delivered", "left", "absent", "moved", "refused", "returned", "lost", "collected")


class Sync(RuleBasedStateMachine):
    """Phones that forget nothing, and a model that is a set of what was accepted.

    A phone keeps each event until it has an answer. Answers get lost, batches are mixed and sent
    again, clocks are wrong, phones are revoked and join again.
    """

    databases: SQLite | PostgreSQL

    @initialize(clocks=st.tuples(*[st.integers(-400, 400)] * 3))
    def begin(self, clocks: tuple[int, ...]) -> None:
        use(self.databases.fresh())
        self.folder = Path(tempfile.mkdtemp())
        county(self.folder, households=3)
        places = (VILLAGES[0], VILLAGES[0], VILLAGES[1])
        self.phones = [
            joined(place, clock=timedelta(days=days))
            for place, days in zip(places, clocks, strict=True)
        ]
        self.codes = {place: codes(place) for place in places}
        self.reported: list[list[dict[str, Any]]] = [[], [], []]
        self.accepted: dict[UUID, Fact] = {}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            for number, phone in enumerate(self.phones):  # after days, everything at once
                assert "refused" not in phone.outcomes(*self.reported[number][:100])
                self._count(number, self.reported[number][:100])
            self.every_card_is_what_was_told()
            assert recount() == []
            shutil.rmtree(self.folder)

    @rule(
        phone=st.integers(0, 2),
        pile=st.integers(0, 2),
        kind=st.sampled_from(KINDS),
        seen=st.booleans(),
    )
    def happens(self, phone: int, pile: int, kind: str, seen: bool) -> None:
        """Something is told to a phone; nothing is sent yet."""
        reported = self.phones[phone]
        code = self.codes[reported.area][pile]
        detail = "self" if kind == "delivered" else ""
        known = code if seen else digest(reported.area, code)
        self.reported[phone].append(
            reported.event(kind, known, detail=detail, evidence="scanned" if seen else "typed")
        )

    @rule(phone=st.integers(0, 2), which=st.randoms(use_true_random=False))
    def takes_back(self, phone: int, which: Random) -> None:
        own = [event for event in self.reported[phone] if event["kind"] != "withdrawn"]
        if own:
            event = which.choice(own)
            self.reported[phone].append(
                self.phones[phone].event("withdrawn", event["card"], corrects=event["id"])
            )

    @rule(phone=st.integers(0, 2), order=st.randoms(use_true_random=False), times=st.integers(1, 3))
    def sends(self, phone: int, order: Random, times: int) -> None:
        """Some of all that a phone has ever told, in any order, several times; answers may as well
        get lost.
        """
        batch = order.sample(
            self.reported[phone], k=order.randint(0, min(len(self.reported[phone]), 20))
        )
        for _time in range(times):
            wanted = [
                "known" if UUID(event["id"]) in self.accepted else "accepted" for event in batch
            ]
            assert self.phones[phone].outcomes(*batch) == wanted
            self._count(phone, batch)

    @rule(phone=st.integers(0, 2))
    def is_revoked_and_joins_again(self, phone: int) -> None:
        reported = self.phones[phone]
        revoke(OPERATOR, reported.device, now=datetime.now(UTC))
        assert reported.send(*self.reported[phone][:5]).status_code == 401
        assert reported.join().status_code == 200

    def _count(self, phone: int, batch: list[dict[str, Any]]) -> None:
        known = {
            digest(each.area, code): code for each in self.phones for code in self.codes[each.area]
        }
        for event in batch:
            id_, card = UUID(event["id"]), known.get(event["card"], event["card"])
            if id_ not in self.accepted:
                kept = Event.objects.get(pk=id_)
                assert (kept.card_id, kept.kind, kept.device_id) == (
                    card,
                    event["kind"],
                    self.phones[phone].device,
                )
                corrects = UUID(event["corrects"]) if "corrects" in event else None
                detail = "own" if corrects else event["detail"]
                source = f"device {self.phones[phone].device}"
                self.accepted[id_] = Fact(
                    id_,
                    kept.happened,
                    kept.kind,
                    detail,
                    source,
                    kept.evidence,
                    corrects,
                    household=None,
                    other=card,
                )

    @invariant()
    def every_card_is_what_was_told(self) -> None:
        if not hasattr(self, "folder"):
            return
        assert Event.objects.exclude(evidence="manifest").count() == len(self.accepted)
        for card in Card.objects.filter(area__in=VILLAGES[:2]):
            state = card_state(fact for fact in self.accepted.values() if fact.other == card.pk)
            found = (card.status, card.conflict, card.collected, card.since, card.evidence)
            assert found == (
                state.status,
                state.conflict,
                state.collected,
                state.since,
                state.evidence,
            )


def test_sync_is_what_a_simple_model_says(databases: SQLite | PostgreSQL) -> None:
    machine = type("OnDatabase", (Sync,), {"databases": databases})
    run_state_machine_as_test(machine, settings=settings(max_examples=5, stateful_step_count=15))


def _post(address: str, token: str, batch: list[dict[str, Any]]) -> list[str] | None:
    """What the server says of each event; None where nobody answers."""
    body = json.dumps({"sent": datetime.now(UTC).isoformat(), "events": batch}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"{address}/api/events", body, headers)
        ) as answer:
            return [each["status"] for each in json.load(answer)["outcomes"]]
    except (OSError, HTTPException):
        return None


def _batches(phone: Phone) -> list[list[dict[str, Any]]]:
    """A delivery of each card, and what else was said of it, in batches."""
    reported = [phone.event("absent", code) for code in codes()] + [
        phone.event("delivered", code, detail="self", evidence="scanned") for code in codes()
    ]
    return [reported[start : start + 10] for start in range(0, len(reported), 10)]


def test_a_batch_sent_twenty_times_by_eight_clients_at_once_counts_once(
    databases: SQLite | PostgreSQL, tmp_path: Path
) -> None:
    url = databases.fresh()
    use(url)
    county(tmp_path, households=10)
    phone = joined()
    batches = _batches(phone)
    with Server(url) as server, ThreadPoolExecutor(CLIENTS) as clients:
        jobs = [batch for _time in range(TIMES) for batch in batches]
        answers = list(clients.map(lambda batch: _post(server.address, phone.token, batch), jobs))
    assert all(answer is not None and set(answer) <= {"accepted", "known"} for answer in answers)
    accepted = sum(answer.count("accepted") for answer in answers if answer)
    assert accepted == Event.objects.exclude(evidence="manifest").count() == 20
    assert set(Card.objects.filter(area=VILLAGES[0]).values_list("status", "conflict")) == {
        ("delivered", False)
    }
    assert recount() == []
    connections.close_all()


def test_a_server_that_is_killed_while_it_records_loses_nothing_that_it_has_acknowledged(
    databases: SQLite | PostgreSQL, tmp_path: Path
) -> None:
    url = databases.fresh()
    use(url)
    county(tmp_path, households=10)
    phone = joined()
    single = [[event] for batch in _batches(phone) for event in batch]
    acknowledged: set[str] = set()
    server = Server(url)

    def send(batch: list[dict[str, Any]]) -> bool:
        answer = _post(server.address, phone.token, batch)
        acknowledged.update(
            event["id"]
            for event, reported in zip(batch, answer or (), strict=False)
            if reported != "refused"
        )
        return answer is not None

    with ThreadPoolExecutor(CLIENTS) as clients:
        for fewest in (1, 6, 12):  # killed as soon as so many are through, with others under way
            server.start()
            jobs = [clients.submit(send, batch) for batch in single * 2]
            while len(acknowledged) < fewest and not all(job.done() for job in jobs):
                pass
            server.kill()
            assert any(not job.result() for job in jobs)
            kept = {str(id_) for id_ in Event.objects.values_list("pk", flat=True)}
            assert acknowledged <= kept
        with server:
            assert all(clients.map(send, single))
    assert {
        str(id_) for id_ in Event.objects.exclude(evidence="manifest").values_list("pk", flat=True)
    } == {batch[0]["id"] for batch in single}
    assert set(Card.objects.filter(area=VILLAGES[0]).values_list("status", "conflict")) == {
        ("delivered", False)
    }
    assert recount() == []
    connections.close_all()
