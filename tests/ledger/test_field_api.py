"""The API that phones use: joining by a slip, opening a village, sending what happened; and what
offices do with it.
"""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from counties import EAST, VILLAGES, county, load, person, print_run
from databases import PostgreSQL, SQLite, use
from django.db import connection
from django.test import Client

from policycards.ledger.actions.closing import close_run
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.people_changes import make_slips, revoke
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.mobile.village_data import digest
from policycards.ledger.models import (
    Card,
    Device,
    Event,
    Household,
    LogEntry,
    Refusal,
    Run,
    Spare,
    User,
)
from policycards.ledger.permissions import OPERATOR

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


class Phone:
    """A phone as the API sees it; ``clock`` is by how much its own is ahead."""

    def __init__(
        self, area: str = HERE, clock: timedelta = timedelta(), language: str = "en"
    ) -> None:
        self.client = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_ACCEPT_LANGUAGE=language)
        self.area, self.clock, self.device, self.token = area, clock, uuid4(), ""

    def join(self, slip: str = "") -> Any:
        slip = slip or make_slips(OPERATOR, [self.area], now=datetime.now(UTC))[0][1]
        answer = self.post("join", {"slip": slip, "device": str(self.device), "label": "卓玛"})
        reported = answer.json()
        self.token, self.key = reported.get("token", self.token), reported.get("sealing_key", "")
        return answer

    def post(self, path: str, body: object) -> Any:
        return self.client.post(f"/api/{path}", body, "application/json", headers=self.headers)

    def village(self) -> Any:
        return self.client.get("/api/village", headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def event(self, kind: str, card: str, **more: object) -> dict[str, Any]:
        now = datetime.now(UTC) + self.clock
        return {"id": str(uuid7(now)), "kind": kind, "at": now.isoformat(), "card": card, **more}

    def send(self, *events: dict[str, Any]) -> Any:
        return self.post(
            "events", {"sent": (datetime.now(UTC) + self.clock).isoformat(), "events": list(events)}
        )

    def outcomes(self, *events: dict[str, Any]) -> list[str]:
        answer = self.send(*events)
        assert answer.status_code == 200, answer.content
        return [each["status"] for each in answer.json()["outcomes"]]


def joined(area: str = HERE, **more: Any) -> Phone:
    phone = Phone(area, **more)
    assert phone.join().status_code == 200
    return phone


def codes(area: str = HERE) -> list[str]:
    return list(Card.objects.filter(area=area).order_by("pile").values_list("code", flat=True))


def test_a_slip_lets_one_phone_in_once_and_only_into_its_village(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    ((_area, slip),) = make_slips(OPERATOR, [HERE], now=datetime.now(UTC))
    first, second = Phone(), Phone()
    answer = first.join(slip[:4].lower() + " - " + slip[4:])
    assert answer.status_code == 200
    assert answer.json()["area"] == {"code": HERE, "bo": f"ས་{HERE}", "zh": f"地{HERE}"}
    refused = second.join(slip)
    assert (refused.status_code, refused.json()) == (
        409,
        {
            "code": "E679",
            "text": "this slip is not valid: it was used, has expired, or is mistyped",
            "hint": "Check each character. A slip works once; ask the township for a new one.",
        },
    )
    ((_area, old),) = make_slips(OPERATOR, [HERE], now=datetime.now(UTC) - timedelta(days=15))
    assert Phone().join(old).json()["code"] == "E679"
    assert first.village().json()["area"]["code"] == HERE
    foreign = first.event("delivered", codes(VILLAGES[1])[0], detail="self")
    assert first.outcomes(foreign) == ["refused"]


def test_a_village_is_all_that_a_phone_needs_and_nothing_that_it_must_not_know(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    phone = joined()
    reported = phone.village().json()
    assert set(reported) == {
        "area",
        "at",
        "epoch",
        "safe",
        "expires",
        "token",
        "editions",
        "households",
        "cards",
        "spares",
        "neighbours",
    }
    assert [
        (each["pile"], each["bo"], each["zh"], each["pinyin"]) for each in reported["households"]
    ] == [(pile, f"བཀྲ་ཤིས་{pile}", f"扎西{pile}", "zhaxi zx") for pile in range(1, 5)]
    assert {each["card"] for each in reported["cards"]} == {digest(HERE, code) for code in codes()}
    text = json.dumps(reported)
    assert not any(card.code in text for card in Card.objects.all())
    assert not any(spare.code in text for spare in Spare.objects.all())
    assert not any(household.number in text for household in Household.objects.all())
    signed = reported.pop("token")  # which is made by lot, and may well hold two of these letters
    assert signed
    assert not any(word in json.dumps(reported) for word in ("H-", "policy", "amount"))
    other = digest(HERE, codes(VILLAGES[1])[0])[:8]
    assert [other in each["cards"] for each in reported["neighbours"]] == [
        True
    ]  # the other township is none of its own
    assert datetime.fromisoformat(reported["expires"]) - datetime.fromisoformat(
        reported["at"]
    ) == timedelta(days=14)
    assert LogEntry.objects.filter(verb="village.open").get().facts == {
        "device": str(phone.device),
        "rows": 4,
    }


def test_the_data_of_a_large_village_is_small(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path, households=1)
    printed = print_run(tmp_path, edition="2026b", households=300, villages=[HERE, VILLAGES[1]])
    load(printed)
    answer = joined().village()
    assert len(answer.json()["households"]) == 300
    assert (
        len(answer.content) < 300_000 - 20 * 300 * 8
    )  # room for as many neighbours as a township has


def test_events_are_accepted_or_refused_each_by_itself(ledger: Ledger, tmp_path: Path) -> None:
    printed = county(tmp_path)
    phone = joined()
    one, two, three, _four = codes()
    good = phone.event("delivered", one, detail="self", evidence="scanned")
    by_digest = phone.event("absent", digest(HERE, two), evidence="scanned")
    unknown = phone.event("delivered", digest(VILLAGES[1], two), detail="self")
    nonsense = phone.event("delivered", three, detail="twice")
    bound = phone.event(
        "bound", printed.spare(), detail="lost", household=Card.objects.get(code=three).household_id
    )
    replaced = phone.event("replaced", three, other=printed.spare())
    answer = phone.send(good, unknown, by_digest, nonsense, bound, replaced)
    outcomes = answer.json()["outcomes"]
    assert [each["id"] for each in outcomes] == [
        each["id"] for each in (good, unknown, by_digest, nonsense, bound, replaced)
    ]
    assert [each["status"] for each in outcomes] == [
        "accepted",
        "refused",
        "accepted",
        "refused",
        "accepted",
        "accepted",
    ]
    assert outcomes[3]["problem"] == {
        "code": "E643",
        "text": "'delivered' does not say how or why: 'twice' is no such detail",
        "hint": "Give one of: self, relative, proxy.",
    }
    cards = Card.objects.in_bulk()
    assert (cards[one].status, cards[one].evidence) == ("delivered", "scanned")
    assert (cards[two].status, cards[two].evidence) == (
        "absent",
        "typed",
    )  # who has not the code has not scanned it
    assert (cards[three].validity, cards[three].replaced_by) == ("replaced", printed.spare())
    assert Spare.objects.get(code=printed.spare()).household_id == cards[three].household_id
    again = phone.outcomes(good, unknown, by_digest, nonsense, bound, replaced)
    assert again == ["known", "refused", "known", "refused", "known", "known"]
    assert Refusal.objects.count() == 2
    row = next(
        each for each in phone.village().json()["cards"] if each["card"] == digest(HERE, one)
    )
    assert (row["status"], row["by"], row["since"] is not None) == ("delivered", "卓玛", True)


def test_a_phone_takes_back_what_it_told_and_nobody_elses(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    first, second = joined(), joined()
    code = codes()[0]
    reported = first.event("delivered", code, detail="self")
    back = first.event("withdrawn", code, corrects=reported["id"])
    assert first.outcomes(back, reported) == [
        "accepted",
        "accepted",
    ]  # in whatever order they arrive
    assert Card.objects.get(code=code).status == "waiting"
    again = first.event("delivered", code, detail="self")
    assert first.outcomes(again) == ["accepted"]
    assert second.outcomes(second.event("withdrawn", code, corrects=again["id"])) == ["refused"]
    assert Card.objects.get(code=code).status == "delivered"


def test_two_phones_on_one_card_are_both_kept_and_both_see_the_conflict(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    first, second = joined(), joined()
    code = codes()[0]
    assert first.outcomes(first.event("delivered", code, detail="self", evidence="scanned")) == [
        "accepted"
    ]
    assert second.outcomes(second.event("delivered", code, detail="proxy", evidence="scanned")) == [
        "accepted"
    ]
    assert Event.objects.filter(card=code, kind="delivered").count() == 2
    for phone in (first, second):
        row = next(
            each for each in phone.village().json()["cards"] if each["card"] == digest(HERE, code)
        )
        assert row["conflict"]


@pytest.mark.parametrize("days", [-400, -3, 0, 3, 9000])
def test_a_phones_wrong_clock_moves_nothing(ledger: Ledger, tmp_path: Path, days: int) -> None:
    county(tmp_path)
    phone = joined(clock=timedelta(days=days))
    code = codes()[0]
    before = datetime.now(UTC)
    assert phone.outcomes(phone.event("absent", code)) == ["accepted"]
    event = Event.objects.get(card=code)
    assert abs(event.device_time - before - timedelta(days=days)) < timedelta(minutes=1)
    assert abs(event.happened - before) < timedelta(minutes=1)


def test_a_revoked_phone_sees_and_sends_nothing_until_it_joins_again(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    phone = joined()
    reported = phone.event("delivered", codes()[0], detail="self")
    revoke(OPERATOR, phone.device, now=datetime.now(UTC))
    for answer in (phone.village(), phone.send(reported)):
        assert (answer.status_code, answer.json()["code"]) == (401, "E648")
    assert not Event.objects.filter(pk=reported["id"]).exists()
    old = phone.token
    assert phone.join().status_code == 200
    assert phone.outcomes(reported) == ["accepted"]
    phone.token = old
    assert (phone.village().status_code, phone.village().json()["code"]) == (401, "E655")


@pytest.mark.parametrize("token", ["", "x", "x:y:z"])
def test_without_a_token_there_is_nothing(ledger: Ledger, token: str) -> None:
    phone = Phone()
    phone.token = token
    for answer in (phone.village(), phone.send()):
        assert (answer.status_code, answer.json()["code"]) == (401, "E655")


def test_what_is_not_in_the_form_is_told_with_its_place(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    phone = joined(language="zh-CN")
    answer = phone.send({**phone.event("delivered", codes()[0]), "evidence": "bulk"})
    assert answer.status_code == 422
    reported = answer.json()
    assert reported["code"] == "E656"
    assert reported["text"].startswith("读不懂：body.sending.events.0.evidence: ")
    many = [phone.event("absent", codes()[0]) for _number in range(101)]
    assert phone.send(*many).status_code == 422
    assert not Event.objects.exclude(evidence="manifest").exists()


def test_cards_of_closed_editions_leave_the_phone(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    load(print_run(tmp_path, edition="2026b", villages=[HERE]))
    phone = joined()
    assert phone.village().json()["editions"] == ["2026a", "2026b"]
    close_run(OPERATOR, Run.objects.get(edition="2026a").pk, now=datetime.now(UTC))
    reported = phone.village().json()
    assert reported["editions"] == ["2026b"]
    assert {each["edition"] for each in reported["cards"]} == {"2026b"}


def file_of(phone: Phone, *events: dict[str, Any]) -> dict[str, Any]:
    sent, text = datetime.now(UTC).isoformat(), json.dumps(events)
    seal = hmac.new(phone.key.encode(), f"{sent}\n{text}".encode(), sha256).hexdigest()
    return {"device": str(phone.device), "sent": sent, "events": text, "seal": seal}


def office(role: str, area: str) -> Client:
    client = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person(role, area), "django.contrib.auth.backends.ModelBackend")
    return client


def test_an_office_brings_in_the_file_of_a_phone_without_a_network(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    phone, other = joined(), joined()
    events = [phone.event("delivered", code, detail="self", evidence="scanned") for code in codes()]
    file = file_of(phone, *events, phone.event("delivered", "0" * 12, detail="self"))
    township = office("township", HERE[:9])
    answer = township.post("/api/carried", file, "application/json")
    reported = answer.json()
    assert (
        answer.status_code,
        reported["accepted"],
        reported["known"],
        len(reported["refused"]),
    ) == (
        200,
        4,
        0,
        1,
    )
    assert {event.device_id for event in Event.objects.exclude(evidence="manifest")} == {
        phone.device
    }
    assert phone.outcomes(*events) == ["known"] * 4  # the phone came to a network after all
    reported = township.post("/api/carried", file, "application/json").json()
    assert (reported["accepted"], reported["known"]) == (0, 4)
    changed = {**file, "events": file["events"].replace("delivered", "absent")}
    for wrong in (changed, {**file, "device": str(other.device)}, {**file, "device": str(uuid4())}):
        answer = township.post("/api/carried", wrong, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (409, "E658")
    for stranger in (
        office("township", VILLAGES[2][:9]),
        office("viewer", EAST),
        office("team", HERE),
    ):
        answer = stranger.post("/api/carried", file, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "E640")


def test_an_office_sees_and_revokes_the_phones_of_its_own_area(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    phone, foreign = joined(), joined(VILLAGES[2])
    township = office("township", HERE[:9])
    assert [each["id"] for each in township.get("/api/devices").json()] == [str(phone.device)]
    assert township.post(f"/api/devices/{foreign.device}/revoke").json()["code"] == "E640"
    assert township.post(f"/api/devices/{phone.device}/revoke").status_code == 204
    assert phone.village().status_code == 401
    assert foreign.village().status_code == 200
    for stranger in (office("viewer", EAST), office("team", HERE)):
        assert stranger.get("/api/devices").status_code == 403
        assert stranger.post(f"/api/devices/{foreign.device}/revoke").status_code == 403
    assert Client(HTTP_X_FORWARDED_PROTO="https").get("/api/devices").status_code == 401


def test_a_page_elsewhere_cannot_use_the_session_of_an_office(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    phone = joined()
    client = Client(enforce_csrf_checks=True, HTTP_X_FORWARDED_PROTO="https")
    client.force_login(person("township", HERE[:9]), "django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/api/devices/{phone.device}/revoke").status_code == 403
    assert Device.objects.get(pk=phone.device).revoked is None


@pytest.mark.parametrize("role", ["region", "county", "township", "team", "viewer"])
def test_every_route_knows_the_border_of_an_area(ledger: Ledger, tmp_path: Path, role: str) -> None:
    """A phone shows only its own village; every role of an office meets only phones of its own
    area.
    """
    county(tmp_path)
    phones = {area: joined(area) for area in VILLAGES}
    for area, phone in phones.items():
        shown = {each["card"] for each in phone.village().json()["cards"]}
        assert shown == {digest(area, code) for code in codes(area)}
        foreign = [card.code for card in Card.objects.exclude(area=area)]
        assert set(phone.outcomes(*(phone.event("absent", code) for code in foreign))) == {
            "refused"
        }
        taken = [digest(area, code) for code in foreign]
        assert set(phone.outcomes(*(phone.event("absent", known) for known in taken))) == {
            "refused"
        }
    place = HERE[: {"region": 2, "county": 6, "township": 9, "team": 12, "viewer": 6}[role]]
    client = office(role, place)
    may = role in ("region", "county", "township")
    for area, phone in phones.items():
        inside = may and area.startswith(place)
        answer = client.post("/api/carried", file_of(phone), "application/json")
        assert answer.status_code == (200 if inside else 403), area
        assert client.post(f"/api/devices/{phone.device}/revoke").status_code == (
            204 if inside else 403
        )
        assert phone.village().status_code == (401 if inside else 200)


def test_a_full_disk_refuses_politely_and_loses_nothing(tmp_path: Path) -> None:
    use(SQLite(tmp_path).fresh())
    county(tmp_path)
    phone = joined()
    events = [phone.event("absent", code) for code in codes()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    many = [
        [phone.event(kind, code) for code in codes()] for kind in ["moved", "absent", "left"] * 15
    ]
    answers = [phone.send(*few) for few in many]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 503} == {"E657"}
    written = [few for few, answer in zip(many, answers, strict=True) if answer.status_code == 200]
    assert Event.objects.exclude(evidence="manifest").count() == 4 * len(written)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert phone.outcomes(*events) == ["accepted"] * 4
    for few, answer in zip(many, answers, strict=True):
        assert set(phone.outcomes(*few)) == {"known" if answer.status_code == 200 else "accepted"}
    assert Event.objects.exclude(evidence="manifest").count() == 4 * (len(many) + 1)
    assert recount() == []
    connection.close()


def test_nobody_is_let_in_by_an_inactive_user(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    phone = joined()
    User.objects.filter(devices=phone.device).update(is_active=False)
    assert phone.village().status_code == 401


def test_the_office_that_told_is_named_on_the_phone(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    clerk, code, now = person("township", HERE[:9], "clerk"), codes()[0], datetime.now(UTC)
    record(clerk, [EventInput(uuid7(now), "delivered", now, code, "self", "register")], now=now)
    row = next(
        each for each in joined().village().json()["cards"] if each["card"] == digest(HERE, code)
    )
    assert row["by"] == "clerk"
