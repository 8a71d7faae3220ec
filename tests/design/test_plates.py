"""Plates: what many cards share is set once, and yet every card is as if it had been set alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import fields, is_dataclass

import pytest
from household_cards import CODE, DAY, PLACE, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from wild_households import Household, households, sample

from policycards.core.problems import Problem
from policycards.design import read_theme
from policycards.design.card.card_format import FORMATS
from policycards.design.card.household_card import CardChoice, CardIssue, Cards
from policycards.design.content.card_content import CardContent, Teller
from policycards.design.layout.block_cache import BlockCache, whole
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Piece


def cards_of(half: bool) -> Cards:
    theme, _problems = read_theme("plain")
    assert theme is not None
    choice = CardChoice("a5" if half else "a4")
    return Cards(sample().catalogue, theme, sample().fonts, choice)


class Unshared(BlockCache):
    """Keeps nothing: every block is set anew."""

    def blocks(
        self, key: Hashable, make: Callable[[], Sequence[Block]], figures: tuple[str, ...] = ()
    ) -> list[Block]:
        kept = self._build(make)
        self.setter.problems += kept.problems
        return kept.blocks(figures)


class Closed(Unshared):
    """Leaves nothing open either: figures are set in their places."""

    @property
    def opens(self) -> bool:
        return False


def card(cards: Cards, teller: Teller, household: Household) -> tuple[Piece | None, list[Problem]]:
    home, entitled = household
    told: CardContent = teller.substance(home, entitled)
    made = cards.card(told, CardIssue(CODE, home.pile, sample().imprint(entitled)), PLACE)
    return (whole(made.piece, sample().fonts) if made.piece else None), list(made.problems)


def alone(
    household: Household, kind: type[BlockCache] = Unshared, *, half: bool = False
) -> tuple[Piece | None, list[Problem]]:
    """The card set by itself, with nothing kept from another card."""
    cards = cards_of(half)
    for form in FORMATS["a5" if half else "a4"]:
        made = cards.setters.of(form)
        made.plates = kind(made.setter)
    return card(cards, Teller(sample().catalogue, DAY), household)


def differences(one: object, other: object, where: str = "") -> Iterator[str]:
    """Where two pieces or parts of them differ, by more than the rounding of sums of floats."""
    if isinstance(one, float) and isinstance(other, float):
        if abs(one - other) > 1e-6:
            yield f"{where}: {one} and {other}"
    elif is_dataclass(one) and type(one) is type(other):
        for each in fields(one):
            yield from differences(
                getattr(one, each.name), getattr(other, each.name), f"{where}.{each.name}"
            )
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for at, (mine, its) in enumerate(zip(one, other, strict=True)):
            yield from differences(mine, its, f"{where}[{at}]")
    elif one != other:
        yield f"{where}: {one} and {other}"


@settings(max_examples=25)
@given(st.lists(households, min_size=1, max_size=4), st.booleans())
def test_a_card_of_shared_plates_is_the_card_set_alone_whatever_was_set_before(
    told: list[Household], half: bool
) -> None:
    cards, teller = cards_of(half), Teller(sample().catalogue, DAY)
    for household in told:
        piece, problems = card(cards, teller, household)
        by_itself, problems_alone = alone(household, half=half)
        assert list(differences(piece, by_itself)) == []
        assert set(problems) == set(problems_alone)


@settings(max_examples=25)
@given(households, st.booleans())
def test_a_card_with_slots_says_at_the_same_places_what_one_with_its_digits_set_says(
    household: Household, half: bool
) -> None:
    """Zeros may be higher than the digits that are put in, so that lines stand lower by less than a
    hair's breadth.
    """
    (opened, _), (closed, _) = (alone(household, kind, half=half) for kind in (Unshared, Closed))
    assert (opened is None) == (closed is None)
    if opened is None or closed is None:
        return
    assert len(opened.pages) == len(closed.pages)
    for page, other in zip(opened.pages, closed.pages, strict=True):
        for one, same in zip(texts(page), texts(other), strict=True):
            assert one.line.runs == same.line.runs
            assert (one.x, one.y) == (
                pytest.approx(same.x, abs=1e-6),
                pytest.approx(same.y, abs=1.0),
            )
