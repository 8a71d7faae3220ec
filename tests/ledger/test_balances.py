"""At every hop what came is what went on, what was lost and what is there; what cannot be is
shown.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from counties import VILLAGES, county, later, person, reported
from databases import PostgreSQL, SQLite
from hypothesis import given
from hypothesis import strategies as st

from policycards.ledger.actions.closing import close_pack
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.balances import PLACES, Step, steps
from policycards.ledger.domain.card_states import SPARE_STATUSES, STATUSES, Tally
from policycards.ledger.domain.event_kinds import ITEM_TYPES, PACKS
from policycards.ledger.models import Pack
from policycards.ledger.permissions import OPERATOR
from policycards.ledger.queries.reconciliation import balances, totals

Ledger = SQLite | PostgreSQL
VILLAGE = VILLAGES[0]
STOCKS = st.dictionaries(
    st.tuples(
        st.sampled_from(list(ITEM_TYPES)), st.sampled_from(PLACES), st.sampled_from(list(PACKS))
    ),
    st.integers(1, 50),
)


def found(
    stock: dict[tuple[str, str, str], int], *, closed: bool = False, **cards: int
) -> list[Step]:
    return steps(VILLAGE, Counter(stock), Counter(cards), Counter(), closed=closed)


@given(STOCKS, st.dictionaries(st.sampled_from(STATUSES), st.integers(0, 50)), st.booleans())
def test_what_came_is_always_what_went_and_what_is_left(
    stock: dict[tuple[str, str, str], int], cards: dict[str, int], closed: bool
) -> None:
    spares = Counter(dict.fromkeys(SPARE_STATUSES, 1))
    for step in steps(VILLAGE, Tally(stock), Counter(cards), spares, closed=closed):
        assert step.came == sum(step.went.values()) + step.left
        assert step.left >= 0 or step.surplus > 0
        assert VILLAGE.startswith(step.ask)


def test_a_pack_on_its_way_has_no_gap() -> None:
    shown_steps = found(
        {
            ("cards", "press", "printed"): 180,
            ("cards", "press", "spoilt"): 2,
            ("cards", "township", "dispatched"): 178,
            ("cards", "township", "received"): 178,
            ("cards", "village", "dispatched"): 178,
        },
        waiting=178,
        spoilt=2,
    )
    assert [
        (step.at, step.came, step.left, step.missing - step.surplus) for step in shown_steps
    ] == [
        ("press", 180, 0, 0),
        ("to township", 178, 0, 0),
        ("township", 178, 0, 0),
        ("to village", 178, 178, 0),
        ("village", 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("stock", "cards", "at", "gap", "ask"),
    [
        ({("cards", "village", "dispatched"): 181}, {}, "press", -1, VILLAGE[:6]),
        (
            {("cards", "village", "dispatched"): 100, ("cards", "village", "received"): 101},
            {},
            "to village",
            -1,
            "990101",
        ),
        (
            {("cards", "village", "dispatched"): 100, ("cards", "village", "received"): 100},
            {"delivered": 101},
            "village",
            -1,
            VILLAGE,
        ),
        (
            {("cards", "village", "dispatched"): 100, ("cards", "village", "received"): 100},
            {"delivered": 60, "absent": 50},
            "village",
            -10,
            VILLAGE,
        ),
    ],
)
def test_more_than_came_cannot_be(
    stock: dict[tuple[str, str, str], int], cards: dict[str, int], at: str, gap: int, ask: str
) -> None:
    gaps = {
        step.at: step
        for step in found({("cards", "press", "printed"): 180, **stock}, **cards)
        if step.has_gap
    }
    assert list(gaps) == [at]
    assert gaps[at].missing - gaps[at].surplus == gap
    assert gaps[at].ask.startswith(ask) or at == "to village"


def test_a_finished_village_accounts_for_every_card() -> None:
    stock = {
        ("cards", "press", "printed"): 10,
        ("cards", "village", "dispatched"): 10,
        ("cards", "village", "received"): 9,
    }
    (way, village) = (
        step
        for step in found(stock, closed=True, delivered=7, absent=1, waiting=2)
        if step.at in ("to village", "village")
    )
    assert (way.left, way.missing) == (1, 1)
    assert (village.came, village.left, village.missing) == (9, 2, 1)


def test_uncoded_goods_are_counted_by_pack_and_hop(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    pack = Pack.objects.get(village=VILLAGE)
    township = person("township", VILLAGE[:9])
    events = [
        reported("dispatched", pack=pack.pk, goods="booklets", hop="village", count=30),
        reported("received", pack=pack.pk, goods="booklets", hop="village", count=28),
        reported("lost", pack=pack.pk, goods="booklets", hop="village", count=1),
        reported("delivered", pack=pack.pk, goods="booklets", hop="village", count=20),
    ]
    assert {outcome.status for outcome in record(township, events, now=later())} == {"accepted"}
    (balance,) = balances(township, VILLAGE)
    shown = {
        (step.goods, step.at): (step.came, step.left, step.missing - step.surplus)
        for step in balance.steps
    }
    assert shown["booklets", "to village"] == (30, 1, 0)
    assert shown["booklets", "village"] == (28, 8, 0)
    assert balance.gaps == []
    close_pack(township, pack.pk, now=later())
    (balance,) = balances(township, VILLAGE)
    assert {(step.goods, step.at, step.missing) for step in balance.gaps} == {
        ("booklets", "to village", 1)
    }
    assert {(step.goods, step.at): step.came for step in totals(balances(OPERATOR))}[
        "cards", "press"
    ] == 16
