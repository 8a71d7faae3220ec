"""What a policy comes to: a form that many households share, with the household's own numbers in
their places.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from household_cards import DAY, HOME, VILLAGE
from hypothesis import given
from hypothesis import strategies as st
from wild_households import entitlements, everything, sample, standard_of, with_quantity

from policycards.catalogue.model.policy import LANGS
from policycards.design.content.benefit_lines import BenefitLine, claimed
from policycards.design.content.card_content import Teller
from policycards.design.content.policy_text import PolicyText
from policycards.households.model import Entitlement
from policycards.typeset import numbers

quantities = st.decimals(Decimal("0.01"), 9999, places=2).map(
    lambda told: Decimal(f"{told.normalize():f}")
)
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def cash() -> list[Entitlement]:
    """Everything whose amount is value times quantity."""
    return [
        each
        for each in everything()
        if standard_of(each).pays == "cash" and each.value and each.quantity
    ]


def claim(entitled: Entitlement) -> BenefitLine:
    policy = next(each for each in sample().catalogue.policies if each.id == entitled.policy)
    return claimed(PolicyText(sample().catalogue, VILLAGE, DAY), policy, [entitled], {})


@given(st.sampled_from(range(len(cash()))), quantities)
def test_value_quantity_and_amount_of_a_claim_are_those_of_the_entitlement(
    pick: int, quantity: Decimal
) -> None:
    entitled = with_quantity(cash()[pick], quantity)
    (offer,) = claim(entitled).row.offers
    assert entitled.value is not None and entitled.amount is not None
    for lang in LANGS:
        assert offer.reckoning and offer.phrases
        told = re.split(" × ", offer.reckoning[lang])
        assert [NUMBER.findall(side)[-1] for side in told] == [
            numbers.amount(entitled.value, lang),
            numbers.amount(quantity, lang),
        ]
        assert offer.phrases[lang].before.startswith("= ")
        assert offer.phrases[lang].number == numbers.amount(entitled.amount, lang)


def lines(teller: Teller, entitled: tuple[Entitlement, ...]) -> list[tuple[object, ...]]:
    """What a card says of each standard, figures apart."""
    return [
        (line.amount, line.quantity, line.shares, *line.texts(labelled=True))
        for line in teller.substance(HOME, entitled).lines
    ]


@given(st.lists(entitlements, min_size=1, max_size=3))
def test_a_form_said_for_one_household_is_right_for_the_next(
    told: list[tuple[Entitlement, ...]],
) -> None:
    teller = Teller(sample().catalogue, DAY)
    for entitled in told:
        assert lines(teller, entitled) == lines(Teller(sample().catalogue, DAY), entitled)


@given(entitlements)
def test_households_with_other_figures_share_the_form(entitled: tuple[Entitlement, ...]) -> None:
    teller = Teller(sample().catalogue, DAY)
    told, other = (
        teller.substance(HOME, each) for each in (entitled, [_doubled(each) for each in entitled])
    )
    assert [line.form for line in told.lines] == [line.form for line in other.lines]


def _doubled(entitled: Entitlement) -> Entitlement:
    if entitled.amount is None:
        return entitled
    if entitled.value is not None and entitled.quantity is not None:
        return with_quantity(entitled, entitled.quantity * 2)
    return replace(entitled, amount=entitled.amount * 2)
