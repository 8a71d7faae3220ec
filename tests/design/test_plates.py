"""Plates: what many cards share is set once, and yet every card is as if it had been set alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache

import pytest
from household_cards import CODE, DAY, HOME, PLACE, said, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from wild_households import Household, households, sample

from policycards.core.problems import Problem
from policycards.design import Look, read_theme
from policycards.design.card.household_card import CardIssue, Cards
from policycards.design.content.card_content import CardContent, Teller
from policycards.design.layout.block_cache import BlockCache, whole
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Piece


def look() -> Look:
    theme, _problems = read_theme("plain")
    assert theme is not None
    return Look(theme, "hand")


@cache
def shared_cards(folded: bool) -> Cards:
    return Cards(sample().catalogue, look(), sample().fonts, folded=folded)


class Unshared(BlockCache):
    """Keeps nothing: every block is set anew."""

    def blocks(
        self, key: Hashable, make: Callable[[], Sequence[Block]], figures: tuple[str, ...] = ()
    ) -> list[Block]:
        kept = self._made(make)
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
    piece, problems = cards.card(
        told, CardIssue(CODE, home.pile, sample().imprint(entitled)), PLACE
    )
    return (whole(piece, sample().fonts) if piece else None), problems


def alone(
    household: Household, kind: type[BlockCache] = Unshared, *, folded: bool = False
) -> tuple[Piece | None, list[Problem]]:
    """The card set by itself, with nothing kept from another card."""
    cards = Cards(sample().catalogue, look(), sample().fonts, folded=folded)
    cards.plates = kind(cards.setter)
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


@settings(max_examples=60)
@given(st.lists(households, min_size=1, max_size=4), st.booleans())
def test_a_card_of_shared_plates_is_the_card_set_alone_whatever_was_set_before(
    told: list[Household], folded: bool
) -> None:
    cards, teller = (
        Cards(sample().catalogue, look(), sample().fonts, folded=folded),
        Teller(sample().catalogue, DAY),
    )
    for household in told:
        piece, problems = card(cards, teller, household)
        by_itself, problems_alone = alone(household, folded=folded)
        assert list(differences(piece, by_itself)) == []
        assert set(problems) == set(problems_alone)


@settings(max_examples=40)
@given(households, st.booleans())
def test_a_card_with_slots_says_at_the_same_places_what_one_with_its_digits_set_says(
    household: Household, folded: bool
) -> None:
    """Zeros may be higher than the digits that are put in, so that lines stand lower by less than a
    hair's breadth.
    """
    (opened, _), (closed, _) = (
        alone(household, kind, folded=folded) for kind in (Unshared, Closed)
    )
    assert opened and closed and len(opened.pages) == len(closed.pages)
    for page, other in zip(opened.pages, closed.pages, strict=True):
        for one, same in zip(texts(page), texts(other), strict=True):
            assert one.line.runs == same.line.runs
            assert (one.x, one.y) == (
                pytest.approx(same.x, abs=1e-6),
                pytest.approx(same.y, abs=1.0),
            )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 12, 16, 20, 25, 30])
def test_any_number_of_policies_makes_a_card_and_folded_ones_whole_sheets(count: int) -> None:
    entitled = tuple(sample().many(count))
    told = sample().substance(entitled)
    for is_folded in (True, False):
        piece, problems = card(
            shared_cards(is_folded), Teller(sample().catalogue, DAY), (HOME, entitled)
        )
        assert piece and problems == []
        assert len(piece.pages) % 4 == 0 if is_folded else len(piece.pages) >= 2
        words = said(*piece.pages).replace("\n", "")
        assert [row.name.zh for row in (*told.rows, *told.others) if row.name.zh not in words] == []
        assert len(told.policies) == count
