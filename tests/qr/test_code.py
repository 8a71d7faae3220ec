"""Card codes: what decides them, what a typed one forgives, and that no slip goes unseen."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.core.problems import Place
from policycards.ledger.mobile.village_data import digest
from policycards.qr import crockford
from policycards.qr.key import (
    DEMO_KEY,
    LENGTH,
    Key,
    card_code,
    format_code,
    guarded,
    parse_code,
    spare_code,
)

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)
TYPED = Place("typed")

data = st.text(crockford.ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def is_code(text: str) -> bool:
    return guarded(text[:-1]) == text


def test_the_alphabet_is_that_of_the_vectors() -> None:
    assert VECTORS["alphabet"] == crockford.ALPHABET


@pytest.mark.parametrize("vector", VECTORS["checks"], ids=lambda vector: vector["text"])
def test_check_characters_are_those_of_the_vectors(vector: dict[str, str]) -> None:
    assert crockford.check_character(vector["text"]) == vector["check"]


@pytest.mark.parametrize("vector", VECTORS["cards"], ids=lambda vector: vector["code"])
def test_codes_of_cards_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    key = Key(bytes.fromhex(vector["key"]))
    code = card_code(key, vector["area"], vector["household"], vector["edition"], vector["copy"])
    assert (code, format_code(code)) == (vector["code"], vector["printed"])


@pytest.mark.parametrize("vector", VECTORS["spares"], ids=lambda vector: vector["code"])
def test_codes_of_spares_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    key = Key(bytes.fromhex(vector["key"]))
    code = spare_code(key, vector["area"], vector["edition"], vector["batch"], vector["number"])
    assert (code, format_code(code)) == (vector["code"], vector["printed"])


def test_phones_know_codes_by_the_digests_of_the_vectors() -> None:
    for vector in (*VECTORS["cards"], *VECTORS["spares"]):
        assert digest(vector["area"], vector["code"]) == vector["digest"]


@pytest.mark.parametrize("vector", VECTORS["folded"], ids=lambda vector: vector["typed"])
def test_a_typed_code_is_forgiven_its_form(vector: dict[str, str]) -> None:
    assert parse_code(vector["typed"], TYPED) == (vector["code"], [])


@pytest.mark.parametrize("vector", VECTORS["wrong"], ids=lambda vector: vector["typed"])
def test_a_wrong_code_is_refused_as_in_the_vectors(vector: dict[str, str]) -> None:
    code, problems = parse_code(vector["typed"], TYPED)
    assert (code, [problem.code for problem in problems]) == (None, [vector["problem"]])


def test_a_wrong_code_is_told_why() -> None:
    messages = [
        str(parse_code(text, TYPED)[1][0])
        for text in ("7F3K-9Q2M-8ZT", "7F3K-9Q2M-8ZTU", "7F3K-9Q2M-8ZT2")
    ]
    assert messages == [
        "typed: error E410: a code has 12 characters, here are 11; dashes and spaces do not count",
        "typed: error E411: U (U+0055) does not occur in a code",
        "typed: error E412: one character of this code is wrong, or two are exchanged",
    ]


@given(data, data)
def test_the_check_is_linear_so_that_proofs_about_zero_hold_for_every_code(
    one: str, other: str
) -> None:
    total = crockford.encode(
        crockford.decode(guarded(one)) ^ crockford.decode(guarded(other)), LENGTH
    )
    assert is_code(total)


def test_no_single_slip_gives_a_code() -> None:
    slips = [value << 5 * place for place in range(LENGTH) for value in range(1, 32)]
    assert is_code("0" * LENGTH)
    assert not any(is_code(crockford.encode(slip, LENGTH)) for slip in slips)


def test_no_exchange_of_two_different_characters_gives_a_code() -> None:
    # Exchanging a and b adds a ⊕ b in both places.
    swaps = [
        value << 5 * one | value << 5 * other
        for one, other in combinations(range(LENGTH), 2)
        for value in range(1, 32)
    ]
    assert not any(is_code(crockford.encode(swap, LENGTH)) for swap in swaps)


@given(data, st.integers(0, LENGTH - 1), st.sampled_from(crockford.ALPHABET))
def test_a_slip_in_any_code_is_reported(text: str, place: int, character: str) -> None:
    code = guarded(text)
    slip = code[:place] + character + code[place + 1 :]
    read, problems = parse_code(slip, TYPED)
    assert (
        (read == code and not problems)
        if slip == code
        else [problem.code for problem in problems] == ["E412"]
    )


@given(data)
def test_a_printed_code_reads_back(text: str) -> None:
    assert parse_code(format_code(guarded(text)), TYPED) == (guarded(text), [])


@given(st.text(max_size=30))
def test_no_input_breaks_the_reading_of_a_code(text: str) -> None:
    code, problems = parse_code(text, TYPED)
    assert (code is None) == bool(problems)


fields = st.tuples(st.text(max_size=4), st.text(max_size=4), st.text(max_size=4))


@given(fields, fields)
def test_different_cards_have_different_codes(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert (card_code(DEMO_KEY, *one) == card_code(DEMO_KEY, *other)) == (one == other)


def test_a_spare_never_shares_a_code_with_a_card_of_the_same_fields() -> None:
    assert card_code(DEMO_KEY, "99", "2024b", "1", 1) != spare_code(DEMO_KEY, "99", "2024b", 1, 1)
