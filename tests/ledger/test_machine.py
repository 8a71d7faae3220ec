"""A ledger against a simple model: phones, offices, double sendings, wrong clocks, in any order, on
both databases.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from counties import NOW, VILLAGES, county, person
from databases import PostgreSQL, SQLite, use
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.card_states import Fact, card_state, tally
from policycards.ledger.domain.event_kinds import CARDS, uuid7
from policycards.ledger.models import Card, Count, Device, Event, Pack, Stock, User

DAYS = st.integers(-400, 400)


class Ledger(RuleBasedStateMachine):
    """The ledger, and beside it a dictionary of everything that it accepted."""

    databases: SQLite | PostgreSQL
    sent = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        use(self.databases.fresh())
        self.folder = Path(tempfile.mkdtemp())
        self.printed = county(self.folder, households=2, spares=1)
        self.office = person("county", VILLAGES[0][:6])
        self.phones: list[tuple[User, Device | None]] = [(self.office, None)]
        for village in VILLAGES[:2]:
            for _phone in range(2):
                member = person("team", village, f"{village}-{uuid4()}")
                phone = Device.objects.create(
                    id=uuid4(), user=member, area=village, joined=NOW, seen=NOW
                )
                self.phones.append((member, phone))
        self.now = NOW
        self.facts: dict[str, dict[object, Fact]] = {}
        self.goods: dict[int, dict[object, Fact]] = {}
        self.accepted = Event.objects.count()

    def teardown(self) -> None:
        assert recount() == []
        shutil.rmtree(self.folder)
        self.databases.clear()

    @rule(
        target=sent,
        phone=st.integers(0, 4),
        village=st.integers(0, 3),
        pile=st.integers(1, 2),
        kind=st.sampled_from(sorted(set(CARDS) - {"replaced", "withdrawn"})),
        wrong_clock=DAYS,
    )
    def tell(
        self, phone: int, village: int, pile: int, kind: str, wrong_clock: int
    ) -> tuple[int, EventInput, int]:
        self.now += timedelta(minutes=1)
        code = self.printed.code(village, pile)
        detail = sorted(CARDS[kind].details)[0] if CARDS[kind].details else ""
        at = self.now - timedelta(days=wrong_clock)
        reported = EventInput(uuid7(self.now), kind, at, code, detail, "scanned")
        self.send(phone, reported, wrong_clock)
        return phone, reported, wrong_clock

    @rule(phone=st.integers(0, 4), earlier=sent)
    def withdraw(self, phone: int, earlier: tuple[int, EventInput, int]) -> None:
        self.now += timedelta(minutes=1)
        self.send(
            phone,
            EventInput(
                uuid7(self.now), "withdrawn", self.now, earlier[1].code, corrects=earlier[1].id
            ),
            0,
        )

    @rule(earlier=consumes(sent), times=st.integers(1, 3))
    def send_again(self, earlier: tuple[int, EventInput, int], times: int) -> None:
        for _time in range(times):
            self.send(*earlier)

    @rule(
        phone=st.integers(0, 4),
        village=st.integers(0, 3),
        kind=st.sampled_from(["dispatched", "received", "lost"]),
        count=st.integers(1, 9),
    )
    def count_goods(self, phone: int, village: int, kind: str, count: int) -> None:
        self.now += timedelta(minutes=1)
        pack = Pack.objects.get(village=VILLAGES[village])
        reported = EventInput(
            uuid7(self.now),
            kind,
            self.now,
            pack=pack.pk,
            goods="booklets",
            hop="village",
            count=count,
        )
        user, device = self.phones[phone]
        (outcome,) = record(user, [reported], now=self.now, device=device)
        may = pack.area_id.startswith(user.area) and (user is self.office or kind != "dispatched")
        assert outcome.status == ("accepted" if may else "refused")
        if may:
            fact = Fact(reported.id, self.now, kind, goods="booklets", hop="village", count=count)
            self.goods.setdefault(pack.pk, {})[reported.id] = fact
            self.accepted += 1

    def send(self, phone: int, reported: EventInput, wrong_clock: int) -> None:
        """Send an event twice in one batch, and say what the model expects of it."""
        user, device = self.phones[phone]
        clock = timedelta(days=wrong_clock)
        outcomes = record(user, [reported, reported], now=self.now, device=device, clock=clock)
        assert outcomes[0] == outcomes[1]
        known = self.facts.setdefault(reported.code, {})
        if reported.id in known:
            assert outcomes[0].status == "known"
            return
        if not self.may(user, reported, known, device):
            assert outcomes[0].status == "refused"
            return
        assert outcomes[0].status == "accepted", outcomes[0]
        source = f"device {device.pk}" if device else f"user {user.pk}"
        detail = reported.detail if reported.kind != "withdrawn" else "own" if device else "office"
        at = min(reported.device_time + clock, self.now)
        known[reported.id] = Fact(
            reported.id, at, reported.kind, detail, source, reported.evidence, reported.corrects
        )
        self.accepted += 1

    def may(
        self, user: User, reported: EventInput, known: dict[object, Fact], device: Device | None
    ) -> bool:
        area = Card.objects.get(code=reported.code).area_id
        if not area.startswith(user.area) or (device and reported.kind in ("voided", "spoilt")):
            return False
        target = known.get(reported.corrects)
        return target is None or device is None or target.source == f"device {device.pk}"

    @invariant()
    def every_card_is_what_the_model_says(self) -> None:
        assert Event.objects.count() == self.accepted
        counted: Counter[tuple[str, str, str]] = Counter()
        for card in Card.objects.all():
            state = card_state(self.facts.get(card.code, {}).values())
            found = (
                card.status,
                card.validity,
                card.collected,
                card.conflict,
                card.since,
                card.evidence,
            )
            wanted = (
                state.status,
                state.validity,
                state.collected,
                state.conflict,
                state.since,
                state.evidence,
            )
            assert found == wanted
            counted[card.area_id, card.status, card.validity] += 1
        kept: Counter[tuple[str, str, str]] = Counter()
        for row in Count.objects.filter(is_spare=False):
            kept[row.area_id, row.status, row.validity] += row.number
        assert +kept == counted
        for pack, facts in self.goods.items():
            stock = Stock.objects.filter(pack=pack, goods="booklets").values_list(
                "goods", "hop", "kind", "number"
            )
            assert {tuple(row[:3]): row[3] for row in stock} == dict(tally(facts.values()))


def test_the_ledger_is_what_a_simple_model_says(databases: SQLite | PostgreSQL) -> None:
    machine = type("OnDatabase", (Ledger,), {"databases": databases})
    run_state_machine_as_test(machine, settings=settings(max_examples=10, stateful_step_count=15))
