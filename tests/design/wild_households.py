"""Households of all kinds, drawn by hypothesis: names, groups, and what of the shipped policies
they have.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from household_cards import HOME, Sample
from hypothesis import strategies as st

from policycards.catalogue import read_catalogue
from policycards.catalogue.model.policy import Standard
from policycards.households.model import Entitlement
from policycards.households.roster.homes import HouseholdFacts
from policycards.typeset import Fonts

NAMES = (
    "扎西次仁",
    "卓玛",
    "乌坚曲培丹增嘉措白桑布",
    "བཀྲ་ཤིས་ཚེ་རིང",
    "ཨོ་རྒྱན་ཆོས་འཕེལ་བསྟན་འཛིན་རྒྱ་མཚོ",
    "扎\U0001f004",
    None,
)
QUANTITIES = ("0.5", "1", "10", "120", "662.5", "1350.25", "9999")
AMOUNTS = ("5060", "9600", "10119.96", "1000000")


@cache
def sample() -> Sample:
    root = Path(__file__).parents[2]
    read, _problems = read_catalogue(root / "policies")
    assert read is not None
    return Sample(read, Fonts.open(root / "fonts"))


@cache
def everything() -> tuple[Entitlement, ...]:
    return tuple(sample().many(60))


def standard_of(entitled: Entitlement) -> Standard:
    policies = {policy.id: policy for policy in sample().catalogue.policies}
    return next(
        each for each in policies[entitled.policy].standards if each.id == entitled.standard
    )


def with_quantity(entitled: Entitlement, quantity: Decimal) -> Entitlement:
    """For a quantity, the amount rounded once to the standard's step, half away from zero."""
    step = standard_of(entitled).rounding
    assert entitled.value is not None
    amount = (entitled.value * quantity / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return replace(entitled, quantity=quantity, amount=amount)


def own(entitled: Entitlement, quantity: str, amount: str) -> Entitlement:
    """The entitlement with a quantity or an amount of its own, where it has one."""
    if entitled.value is not None and entitled.quantity is not None:
        return with_quantity(entitled, Decimal(quantity))
    return replace(entitled, amount=Decimal(amount)) if entitled.amount is not None else entitled


entitlements = st.lists(st.integers(0, 200), max_size=12, unique=True).flatmap(
    lambda picks: st.tuples(
        *(
            st.builds(
                own,
                st.just(everything()[pick % len(everything())]),
                st.sampled_from(QUANTITIES),
                st.sampled_from(AMOUNTS),
            )
            for pick in dict.fromkeys(pick % len(everything()) for pick in picks)
        )
    )
)
homes = st.builds(
    lambda pile, bo, zh, group, members: replace(
        HOME,
        pile=pile,
        name_bo=bo,
        name_zh=zh if zh or bo else "次仁",
        group=group,
        members=members,
    ),
    st.sampled_from([1, 7, 17, 180, 1204]),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(["二组", "རང་བྱུང་གྲོང་ཚོ", "\U0001f004组", None]),
    st.integers(1, 14),
)
households = st.tuples(homes, entitlements)
Household = tuple[HouseholdFacts, tuple[Entitlement, ...]]
