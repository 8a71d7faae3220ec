"""A form is carried out once, however often and from however many hands it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from browsers import browser
from counties import EAST, VILLAGES, county, person
from databases import PostgreSQL, SQLite
from django.db import connections
from django.test import Client
from django.urls import reverse

from policycards.ledger.actions.maintenance import recount
from policycards.ledger.models import Call, Event, Household, Pack, Slip, Stock, Submission, User
from policycards.ledger.queries.reconciliation import balances

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


def opened(client: Client, page: str) -> str:
    """The token of a page as it is shown."""
    found = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode()
    )
    assert found
    return found[1]


def at_once(times: int, act: Callable[[int], int]) -> list[int]:
    """The same thing by many threads at the same moment; what each of them gave."""
    start, found = Barrier(times), list[int]()

    def run(number: int) -> None:
        start.wait()
        found.append(act(number))
        connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def forms(pack: int, household: int, card: str) -> dict[str, tuple[str, str, dict[str, object]]]:
    """By name: the page that has a form, where it goes, and what it says."""
    page, home = reverse("pack", args=[pack]), reverse("household", args=[household])
    goods = {"goods": "cards", "step": "received:village", "count": "2"}
    call = {"policy": "p", "kind": "less", "due": "2026-04-01"}
    return {
        "pack": (page, page, goods),
        "close": (page, page, {"close": "1"}),
        "card": (reverse("card", args=[card]),) * 2 + ({"kind": "absent"},),
        "call": (home, reverse("open-call", args=[household]), call),
        "household": (
            reverse("find"),
            reverse("new-household"),
            {"area": HERE, "number": "H-new", "name_zh": "卓玛"},
        ),
        "scan": (reverse("scan"),) * 2 + ({"result": "absent", "typed": card},),
        "slip": (reverse("field:slips"),) * 2 + ({"area": HERE, "days": "3"},),
        "user": (
            reverse("people"),
            reverse("users"),
            {"username": "new", "role": "township", "area": HERE[:9]},
        ),
    }


@pytest.mark.parametrize("name", forms(1, 1, "7F3K9Q2M8ZT1"))
def test_twenty_equal_posts_at_once_do_one_thing(ledger: Ledger, tmp_path: Path, name: str) -> None:
    printed = county(tmp_path)
    pack = Pack.objects.get(village=HERE)
    home = Household.objects.get(area=HERE, number=f"H-{HERE[-6:]}-0001").pk
    page, target, sent = forms(pack.pk, home, printed.code())[name]
    user = person("county", EAST, "clerk")
    token = opened(browser(user), page)
    before = counts()
    found = at_once(
        20,
        lambda _n: browser(user).post(target, {**sent, "csrfmiddlewaretoken": token}).status_code,
    )
    assert set(found) <= {200, 302, 409} and Submission.objects.count() == 1
    assert sum(counts()) - sum(before) <= 1
    assert len(set(found)) == 1 or sorted(found).count(409) == 19
    assert recount() == []
    # what is refused has not been carried out, and the same page may be sent again
    assert browser(user).post(target, {**sent, "csrfmiddlewaretoken": "x" * 64}).status_code < 500


def counts() -> tuple[int, ...]:
    of_cards = Event.objects.exclude(evidence="manifest").count()
    return (
        of_cards,
        Call.objects.count(),
        Household.objects.count(),
        Slip.objects.count(),
        User.objects.count(),
    )


def test_a_refused_form_may_be_put_right_and_sent_again(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    page = reverse("pack", args=[Pack.objects.get(village=HERE).pk])
    client = browser(person("county", EAST, "clerk"))
    sent = {
        "goods": "cards",
        "step": "received:village",
        "csrfmiddlewaretoken": opened(client, page),
    }
    assert client.post(page, {**sent, "count": "1980"}).status_code == 422
    assert client.post(page, {**sent, "count": "4"}).status_code == 302
    assert client.post(page, {**sent, "count": "4"}).headers["Location"] == page
    assert Stock.objects.get(kind="received").number == 4


def test_households_added_at_once_get_each_its_own_place_in_the_pile(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    user = person("county", EAST, "clerk")
    page = reverse("new-household")
    at_once(8, lambda n: browser(user).post(page, {"area": HERE, "number": f"N-{n}"}).status_code)
    piles = sorted(Household.objects.filter(area=HERE).values_list("pile", flat=True))
    assert piles == list(range(1, 13))


@pytest.mark.parametrize(
    ("goods", "step", "count"),
    [
        ("cards", "received:village", 5),  # 4 were printed
        ("spares", "dispatched:county", 3),
        ("cards", "dispatched:press", 1),  # nothing is sent to the press
        ("cards", "printed:press", 1),
        ("cards", "delivered:village", 1),  # cards are delivered one by one
        ("posters", "received:press", 1),
        ("posters", "received:village", 0),
        ("posters", "received:village", 10_000_000),
        ("yaks", "received:village", 1),
    ],
)
def test_a_count_that_cannot_be_is_refused(
    ledger: Ledger, tmp_path: Path, goods: str, step: str, count: int
) -> None:
    county(tmp_path)
    page = reverse("pack", args=[Pack.objects.get(village=HERE).pk])
    before = Event.objects.count()
    answer = browser(person("county", EAST, "clerk")).post(
        page, {"goods": goods, "step": step, "count": str(count)}
    )
    assert (answer.status_code, Event.objects.count()) == (422, before)


def test_a_wrong_count_is_taken_back_in_the_history_of_the_pack(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    pack = Pack.objects.get(village=HERE)
    page = reverse("pack", args=[pack.pk])
    client = browser(person("county", EAST, "clerk"))
    for step, count in (("dispatched:village", "30"), ("received:village", "29")):
        sent = {"goods": "posters", "step": step, "count": count}
        assert client.post(page, sent).status_code == 302
    wrong = {"goods": "posters", "step": "received:village", "count": "2"}
    assert client.post(page, wrong).status_code == 422  # 30 were sent
    event = Event.objects.get(kind="received")
    assert client.post(page, {"corrects": str(event.pk)}).status_code == 302
    assert client.post(page, {"corrects": "no id"}).status_code == 422
    assert Stock.objects.filter(kind="received", number__gt=0).count() == 0
    assert client.post(page, {**wrong, "count": "30"}).status_code == 302
    assert "gone" in client.get(page).content.decode()
    (balance,) = (each for each in balances(person("region", "99"), HERE) if each.pack == pack)
    steps = {
        step.at: (step.came, step.left, step.missing, step.surplus)
        for step in balance.steps
        if step.goods == "posters"
    }
    assert steps["to village"] == (30, 0, 0, 0) and recount() == []
