"""Payloads: what a QR code says, what it leaves out, and which addresses are not fit for print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue.model.catalogue import Catalogue, Settings
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Place
from policycards.qr import crockford
from policycards.qr.key import LENGTH, guarded, parse_code
from policycards.qr.payload import (
    NO_CODE,
    Link,
    Payload,
    base_url_problems,
    length_problems,
    link_of,
    problems,
    read_payload,
)

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)
PLACE = Place("policies/catalogue.yaml", 9, 11)

data = st.text(crockford.ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
codes = st.none() | data.map(guarded)
policies = (
    st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), unique=True, max_size=80)
    .map(sorted)
    .map(tuple)
)


def judged(url: str, publish: bool = False) -> list[str]:
    return [str(problem) for problem in base_url_problems(url, PLACE, publish)]


@pytest.mark.parametrize("vector", VECTORS["payloads"], ids=lambda vector: vector["text"])
def test_payloads_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    link = Link(vector["base_url"], vector["edition"], tuple(vector["policies"]))
    assert link.payload(vector["code"], vector["listed"]).decode("ascii") == vector["text"]
    expected = Payload(vector["base_url"], vector["edition"], vector["code"], vector["mask"])
    assert read_payload(vector["text"], PLACE) == (expected, [])
    assert link.listed(vector["mask"]) == frozenset(vector["listed"])


@given(policies, codes, st.data())
def test_a_payload_reads_back_and_all_have_one_length(
    ids: tuple[str, ...], code: str | None, draw: Any
) -> None:
    listed = draw.draw(st.sets(st.sampled_from(ids)) if ids else st.just(set()))
    link = Link("https://card.example.com/zh", "2024b", ids)
    payload = link.payload(code, listed)
    read, found = read_payload(payload.decode("ascii"), PLACE)
    assert found == []
    assert read is not None
    assert (read.base_url, read.edition, read.code) == (
        "https://card.example.com/zh",
        "2024b",
        code,
    )
    assert (link.listed(read.mask), len(payload)) == (listed, link.length)


def test_a_policy_without_a_bit_leaves_no_trace() -> None:
    link = Link("https://card.example.com", "2024b", ("barley-seed", "eco-post"))
    assert link.payload(None, {"eco-post", "orphan-living"}) == link.payload(None, {"eco-post"})


def test_the_empty_code_is_as_long_as_a_code_and_never_one() -> None:
    code, found = parse_code(NO_CODE, PLACE)
    assert (NO_CODE, len(NO_CODE)) == (VECTORS["no_code"], LENGTH)
    assert (code, [problem.code for problem in found]) == (None, ["E411"])


def test_a_slash_at_the_end_of_the_base_url_makes_no_difference() -> None:
    plain, slashed = (
        Link(url, "2024b", ("a",))
        for url in ("https://card.example.com/x", "https://card.example.com/x/")
    )
    assert plain.payload(None, ()) == slashed.payload(None, ())


def test_the_domain_is_plain() -> None:
    assert Link("https://card.example.com/zh", "2024b", ()).domain == "card.example.com"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://card.example.com",
        "https://card.example.com/c/2024b/4X4YTPCBW31SG0",
        "https://card.example.com/c/2024-b/#4X4YTPCBW31SG0",
        "https://card.example.com/c/2024b/#4X4YTPCBW31",
        "weixin://card.example.com/c/2024b/#4X4YTPCBW31SG0",
    ],
)
def test_another_qr_code_is_not_taken_for_a_card(text: str) -> None:
    payload, found = read_payload(text, Place("scan"))
    assert payload is None
    assert [str(problem) for problem in found] == [
        f"scan: error E413: this is not the QR code of a card: {text}"
    ]


def test_a_card_whose_code_fails_the_check_is_refused() -> None:
    payload, found = read_payload("https://card.example.com/c/2024b/#4X4YTPCBW31TG0", PLACE)
    assert (payload, [problem.code for problem in found]) == (None, ["E412"])


@pytest.mark.parametrize(
    "url",
    [
        "https://card.tibet.cn",
        "https://card.tibet.cn/",
        "https://card.tibet.cn:8443/zh/b-1",
        "https://xn--fiq228c.cn",
    ],
)
def test_an_address_of_a_domain_is_fit_for_print(url: str) -> None:
    assert judged(url, publish=True) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "card.tibet.cn",
        "ftp://card.tibet.cn",
        "https://",
        "https:///c",
        "https://卡.cn",
        "https://card.tibet.cn/卡",
        "https://card.tibet.cn/?a=1",
        "https://card.tibet.cn/#",
        "https://office@card.tibet.cn",
        "https://card tibet.cn",
        "https://card.tibet.cn:x",
        "https://[card",
        "https://card.tibet.cn/a b",
    ],
)
def test_what_is_no_address_of_the_web_is_always_an_error(url: str) -> None:
    assert judged(url) == [
        "policies/catalogue.yaml:9:11: error E420: base_url is not an address that a QR code can"
        f" open: {url}"
    ]


@pytest.mark.parametrize(("publish", "mark"), [(False, "warning W"), (True, "error E")])
def test_an_address_that_must_not_be_published_is_warned_of_before(
    publish: bool, mark: str
) -> None:
    start = f"policies/catalogue.yaml:9:11: {mark}"
    tail = "" if publish else ": good for samples only"
    assert judged("http://card.tibet.cn", publish) == [
        f"{start}421: base_url is http://card.tibet.cn: without https anybody on the way can change"
        " what a household reads"
    ]
    assert judged("https://192.0.2.7:8000", publish) == [
        f"{start}422: base_url names the computer 192.0.2.7 and no domain: when it moves, every"
        " printed card is dead"
    ]
    assert judged("https://card.example.org/a", publish) == [
        f"{start}423: base_url leads to card.example.org, which no phone can open{tail}"
    ]


@pytest.mark.parametrize(
    "host", ["example.com", "a.example", "a.test", "a.invalid", "localhost", "nas.local", "desk"]
)
def test_names_that_nobody_can_register_are_found(host: str) -> None:
    assert [problem.code for problem in base_url_problems(f"https://{host}", PLACE)] == ["W423"]


@pytest.mark.parametrize("host", ["myexample.com", "example.com.cn", "test.cn", "local.tibet.cn"])
def test_names_that_only_look_like_examples_are_not_found(host: str) -> None:
    assert base_url_problems(f"https://{host}", PLACE, publish=True) == []


def test_an_address_may_have_two_faults() -> None:
    found = base_url_problems("http://[2001:db8::1]/", PLACE, publish=True)
    assert [problem.code for problem in found] == ["E421", "E422"]


def test_a_payload_that_passes_version_6_is_refused() -> None:
    fits = Link("https://" + "a" * 71 + ".cn", "2024b", ())
    link = Link(fits.base_url, "2024b", tuple(f"p{number:02}" for number in range(11)))
    assert (fits.length, length_problems(fits, PLACE)) == (104, [])
    assert [str(problem) for problem in length_problems(link, PLACE)] == [
        "policies/catalogue.yaml:9:11: error E424: the QR code would hold 107 bytes, "
        "1 more than the 106 that can be read from a small print"
    ]


def catalogue(base_url: str, *policies: Policy) -> Catalogue:
    settings = Settings.model_construct(base_url=base_url)
    places = {("catalogue", ("base_url",)): PLACE}
    return Catalogue(settings, {}, policies, {}, (), frozenset(), (), "", places)


def test_discreet_policies_have_no_bit_and_the_others_stand_in_order() -> None:
    policies = [
        Policy.model_construct(id=name, discreet=name == "orphan-living")
        for name in ("z", "orphan-living", "a")
    ]
    link = link_of(catalogue("https://card.tibet.cn", *policies), "2024b")
    assert link == Link("https://card.tibet.cn", "2024b", ("a", "z"))


def test_a_catalogue_is_told_what_is_wrong_with_its_address() -> None:
    many = [Policy.model_construct(id=f"p{number}", discreet=False) for number in range(400)]
    assert problems(catalogue("https://card.tibet.cn"), publish=True) == []
    assert [str(problem) for problem in problems(catalogue("https://card.example.com", *many))] == [
        (
            "policies/catalogue.yaml:9:11: warning W423: base_url leads to card.example.com, which"
            " no phone can open: good for samples only"
        ),
        (
            "policies/catalogue.yaml:9:11: error E424: the QR code would hold 129 bytes, "
            "23 more than the 106 that can be read from a small print"
        ),
    ]
