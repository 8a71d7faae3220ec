"""The rules of states: the same events, in whatever order and however often, say the same; nothing
is lost in them.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.ledger.domain.card_states import (
    SPARE_STATUSES,
    STATUSES,
    VALIDITIES,
    Fact,
    card_state,
    effective_events,
    spare_state,
    tally,
)
from policycards.ledger.domain.event_kinds import CARDS, SPARES

START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCES = st.sampled_from(["device a", "device b", "user 1"])


def facts(kinds: list[str]) -> st.SearchStrategy[list[Fact]]:
    """Up to nine events, some of which withdraw others or themselves."""
    one = st.builds(
        Fact,
        id=st.integers(1, 9).map(lambda number: UUID(int=number)),
        at=st.integers(0, 5).map(lambda minutes: START + timedelta(minutes=minutes)),
        kind=st.sampled_from(kinds),
        detail=st.sampled_from(["own", "office"]),
        source=SOURCES,
        evidence=st.sampled_from(["scanned", "typed", "register", "bulk"]),
        corrects=st.integers(1, 9).map(lambda number: UUID(int=number)),
        other=st.sampled_from(["AAAAAAAAAAAA", "BBBBBBBBBBBB"]),
        household=st.integers(1, 2),
    )
    return st.lists(one, max_size=9, unique_by=lambda fact: fact.id)


@given(facts(list(CARDS)), st.randoms(use_true_random=False))
def test_a_cards_state_does_not_depend_on_the_order_or_number_of_arrivals(
    reported: list[Fact], chance: object
) -> None:
    shuffled = [*reported, *reported]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    state = card_state(reported)
    assert card_state(shuffled) == state
    assert state.status in STATUSES and state.validity in VALIDITIES
    assert (state.replaced_by != "") >= (state.validity == "replaced")


@given(facts(list(SPARES)), st.randoms(use_true_random=False))
def test_a_spares_state_does_not_depend_on_the_order_or_number_of_arrivals(
    reported: list[Fact], chance: object
) -> None:
    shuffled = [*reported, *reported]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spare_state(shuffled) == spare_state(reported)
    assert spare_state(reported).status in SPARE_STATUSES


@given(facts(list(CARDS)))
def test_a_withdrawn_event_is_as_if_it_had_never_been(reported: list[Fact]) -> None:
    kept = {fact.id for fact in effective_events(reported)}
    without = [fact for fact in reported if fact.id in kept]
    assert card_state(without) == card_state(reported)


@given(facts(list(CARDS)))
def test_somebody_in_the_field_withdraws_only_what_the_same_source_told(
    reported: list[Fact],
) -> None:
    gone = {fact.id for fact in reported if fact.kind != "withdrawn"} - {
        fact.id for fact in effective_events(reported)
    }
    sources = {fact.id: fact.source for fact in reported}
    for id_ in gone:
        assert any(
            each.kind == "withdrawn"
            and each.corrects == id_
            and (each.detail == "office" or each.source == sources[id_])
            for each in reported
        )


_numbers = count(1)


def fact(kind: str, *, source: str = "device a", evidence: str = "scanned", **more: object) -> Fact:
    number = next(_numbers)
    at = START + timedelta(minutes=number)
    return Fact(UUID(int=number), at, kind, source=source, evidence=evidence, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ([], "waiting"),
        (["absent", "delivered"], "delivered"),
        (["left", "delivered"], "delivered"),
        (["lost", "delivered"], "delivered"),  # it was found again
        (["delivered", "lost"], "delivered"),  # the household lost it: it had been delivered
        (["delivered", "wrong"], "delivered"),
        (["delivered", "returned"], "returned"),
        (["wrong", "returned"], "returned"),
        (["delivered", "replaced"], "delivered"),
        (["absent", "moved"], "moved"),
        (["collected"], "waiting"),
    ],
)
def test_what_happens_decides_what_became_of_the_paper(kinds: list[str], status: str) -> None:
    state = card_state([fact(kind, other="BBBBBBBBBBBB") for kind in kinds])
    assert (state.status, state.conflict) == (status, False)


def test_two_phones_that_delivered_the_same_card_contradict_each_other_until_one_is_withdrawn() -> (
    None
):
    first, second = fact("delivered"), fact("delivered", source="device b")
    state = card_state([first, second])
    assert (state.status, state.since, state.conflict) == ("delivered", first.at, True)
    withdrawal = fact("withdrawn", source="user 1", detail="office", corrects=first.id)
    state = card_state([first, second, withdrawal])
    assert (state.status, state.since, state.conflict) == ("delivered", second.at, False)


@pytest.mark.parametrize("kind", ["absent", "moved", "refused", "left", "spoilt"])
def test_a_delivered_card_cannot_be_somewhere_else(kind: str) -> None:
    assert card_state(
        [fact("delivered"), fact(kind, source="user 1", evidence="register")]
    ).conflict


def test_the_register_confirms_what_a_phone_told() -> None:
    state = card_state([fact("delivered"), fact("delivered", source="user 1", evidence="register")])
    assert (state.status, state.evidence, state.conflict) == ("delivered", "scanned", False)


@pytest.mark.parametrize("kind", ["replaced", "voided"])
def test_a_card_that_no_longer_holds_and_is_handed_out_is_for_a_person_to_look_at(
    kind: str,
) -> None:
    assert card_state([fact(kind, other="BBBBBBBBBBBB"), fact("delivered")]).conflict
    assert not card_state([fact("delivered"), fact(kind, other="BBBBBBBBBBBB")]).conflict


def test_a_spare_belongs_to_one_household() -> None:
    bound = fact("bound", household=1)
    assert spare_state([bound, fact("bound", household=1)]).conflict is False
    state = spare_state([bound, fact("bound", household=2, source="device b"), fact("confirmed")])
    assert (state.status, state.household, state.confirmed, state.conflict) == (
        "bound",
        1,
        True,
        True,
    )


def test_goods_of_a_pack_are_summed_without_the_withdrawn() -> None:
    first = fact("dispatched", goods="booklets", hop="village", count=30)
    second = fact("dispatched", goods="booklets", hop="village", count=12)
    withdrawal = fact("withdrawn", corrects=first.id)
    assert tally([first, second, withdrawal]) == Counter(
        {("booklets", "village", "dispatched"): 12}
    )
