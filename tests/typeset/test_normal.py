"""One spelling before shaping (A5)."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.typeset.normalization import normal, tibetan_digits


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\u0f40\u0f77", "\u0f40\u0fb2\u0f71\u0f80"),
        ("\u0f40\u0f79", "\u0f40\u0fb3\u0f71\u0f80"),
        ("\u0f00", "\u0f68\u0f7c\u0f7e"),
        ("\u0f69", "\u0f40\u0fb5"),
        ("\u0f40\u0f73", "\u0f40\u0f71\u0f72"),
        ("e\u0301", "é"),
        ("\uf900", "豈"),
    ],
)
def test_one_spelling_for_what_reads_alike(typed: str, meant: str) -> None:
    assert normal(typed) == meant


def test_the_tsheg_that_forbids_a_break_stays_what_it_is() -> None:
    assert normal("ང\u0f0c།") == "ང\u0f0c།"
    assert normalize("NFKC", "ང\u0f0c།") != "ང\u0f0c།"


@given(st.text(st.characters(min_codepoint=0x0F00, max_codepoint=0x0FFF)))
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert normalize("NFC", normal(text)) == normal(text)


def test_digits_become_tibetan_ones_but_not_in_latin_words() -> None:
    assert tibetan_digits("སྒོར་13,800 A4 0891") == "སྒོར་༡༣,༨༠༠ A4 ༠༨༩༡"
    assert tibetan_digits("http://example.cn/2024 7") == "http://example.cn/2024 ༧"


@given(st.text(alphabet="0123456789༠༩༪༳.,% A་", max_size=20))
def test_a_number_has_the_digits_of_one_script_and_no_half_digit_is_made(text: str) -> None:
    made = tibetan_digits(text)
    assert len(made) == len(text)
    for old, new in zip(text, made, strict=True):
        assert new in ({old, "༠༡༢༣༤༥༦༧༨༩"[int(old)]} if old in "0123456789" else {old})
    if "A" not in text:
        assert not set(made) & set("0123456789")
