"""The difference between two catalogues: empty for equal ones, mirrored when exchanged, and by
name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue import Catalogue, Policy, read_catalogue
from policycards.catalogue.editions.catalogue_changes import (
    Changes,
    RuleChange,
    TextChange,
    difference,
)
from policycards.catalogue.model.policy import Value

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE, _problems = read_catalogue(ROOT / "policies")
assert CATALOGUE is not None
SHIPPED: Catalogue = CATALOGUE
DAYS = st.dates(date(2008, 1, 1), date(2027, 1, 1))


IDS = st.frozensets(st.sampled_from([policy.id for policy in SHIPPED.policies]))


def varied(left_out: frozenset[str], changed: frozenset[str]) -> Catalogue:
    """The shipped catalogue with some policies left out and some changed."""
    policies = [policy for policy in SHIPPED.policies if policy.id not in left_out]
    texts = tuple(text for text in SHIPPED.texts if text.owner not in left_out)
    return replace(
        SHIPPED,
        policies=tuple(_changed(each) if each.id in changed else each for each in policies),
        texts=texts,
    )


def _changed(policy: Policy) -> Policy:
    first, *rest = policy.standards
    return policy.model_copy(
        update={
            "standards": (
                first.model_copy(update={"when": "mu > 7", "values": first.values[:-1]}),
                *rest,
            )
        }
    )


def mirrored(changes: Changes) -> Changes:
    return Changes(
        values=tuple(replace(change, old=change.new, new=change.old) for change in changes.values),
        texts=tuple(replace(change, old=change.new, new=change.old) for change in changes.texts),
        rules=tuple(replace(change, old=change.new, new=change.old) for change in changes.rules),
        added=changes.ended,
        ended=changes.added,
    )


def sets(changes: Changes) -> tuple[frozenset[object], ...]:
    parts = (changes.values, changes.texts, changes.rules, changes.added, changes.ended)
    return tuple(frozenset(map(repr, part)) for part in parts)


@given(IDS, IDS, DAYS)
def test_nothing_differs_from_itself(
    left_out: frozenset[str], changed: frozenset[str], day: date
) -> None:
    assert not difference(varied(left_out, changed), varied(left_out, changed), day, day)


@given(IDS, IDS, IDS, DAYS, DAYS)
def test_the_way_back_is_the_mirror_image(
    one: frozenset[str], other: frozenset[str], changed: frozenset[str], before: date, after: date
) -> None:
    old, new = varied(one, frozenset()), varied(other, changed)
    there, back = difference(old, new, before, after), difference(new, old, after, before)
    assert sets(there) == sets(mirrored(back))


def test_values_are_compared_on_the_two_days() -> None:
    changes = difference(SHIPPED, SHIPPED, date(2024, 6, 1), date(2025, 6, 1))
    amounts = {
        (change.policy, change.standard): (
            change.old and change.old.amount,
            change.new and change.new.amount,
        )
        for change in changes.values
        if change.policy.startswith("longevity")
    }
    assert {key: tuple(map(str, both)) for key, both in amounts.items()} == {
        ("longevity-80", "allowance"): ("1200", "1300"),
        ("longevity-90", "allowance"): ("1400", "1500"),
        ("longevity-100", "allowance"): ("1700", "1800"),
    }
    assert changes.added == ("childcare-subsidy", "preschool-free", "startup-grant")
    assert (changes.ended, changes.texts, changes.rules) == ((), (), ())


def test_texts_rules_and_telephones_are_told_by_where_they_stand() -> None:
    day = date(2026, 11, 1)
    policies = {policy.id: policy for policy in SHIPPED.policies}
    old = policies["longevity-80"]
    standard = old.standards[0].model_copy(update={"when": "age >= 79"})
    contacts = (replace(SHIPPED.contacts[0], phone="0999-5550101"), *SHIPPED.contacts[1:])
    texts = tuple(
        replace(text, text=text.text.model_copy(update={"zh": "七十九岁以上老人"}))
        if text.owner == "longevity-80" and text.path == ("who",)
        else text
        for text in SHIPPED.texts
    )
    policies["longevity-80"] = old.model_copy(update={"standards": (standard,)})
    new = replace(SHIPPED, policies=tuple(policies.values()), contacts=contacts, texts=texts)
    changes = difference(SHIPPED, new, day, day)
    assert changes.rules == (
        RuleChange(
            "longevity-80",
            ("standards", "allowance", "when"),
            "age >= 80 AND age <= 89",
            "age >= 79",
        ),
    )
    assert [(change.owner, change.path) for change in changes.texts] == [
        ("longevity-80", ("who",)),
        ("contacts", ("549901", "ask", "phone")),
    ]
    assert isinstance(changes.texts[0], TextChange) and changes.texts[0].new is not None
    assert changes.texts[0].new.zh == "七十九岁以上老人"


def test_a_standard_that_is_moved_is_no_change() -> None:
    day = date(2026, 11, 1)
    moved = [
        policy.model_copy(update={"standards": tuple(reversed(policy.standards))})
        for policy in SHIPPED.policies
    ]
    assert not difference(
        SHIPPED, replace(SHIPPED, policies=tuple(moved), texts=()), day, day
    ).values


def test_a_policy_that_has_ended_is_told_as_ended() -> None:
    day = date(2026, 11, 1)
    fewer = replace(SHIPPED, policies=SHIPPED.policies[1:])
    changes = difference(SHIPPED, fewer, day, day)
    assert changes.ended == (SHIPPED.policies[0].id,)
    assert changes.texts == () and changes.rules == ()


def test_a_standard_that_ended_in_one_area_alone_differs_there() -> None:
    def ended(policy: Policy) -> Policy:
        first, *rest = policy.standards
        facts = {
            "from": "2026-01",
            "area": "549901101201",
            "status": "ended",
            "recorded": date(2026, 1, 5),
        }
        values = (*first.values, Value.model_validate(facts))
        return policy.model_copy(
            update={"standards": (first.model_copy(update={"values": values}), *rest)}
        )

    policies = tuple(
        ended(each) if each.id == "longevity-80" else each for each in SHIPPED.policies
    )
    day = date(2026, 6, 1)
    (change,) = difference(SHIPPED, replace(SHIPPED, policies=policies), day, day).values
    assert (change.policy, change.area, change.new) == ("longevity-80", "549901101201", None)
    assert change.old is not None and change.old.amount == 1300
