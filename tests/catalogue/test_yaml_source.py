"""YAML keeps every text as typed, knows its places, and refuses what could do harm."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue.yaml import source
from policycards.catalogue.yaml.source import Document, read_source
from policycards.core.problems import Place

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test holds with the C parser and with the pure one, for machines without libyaml."""
    monkeypatch.setattr(source, "_LOADER", request.param)


def read(text: str) -> Document:
    document, problems = read_source(text.encode("utf-8"), "x.yaml")
    assert document is not None and problems == []
    return document


def codes(content: bytes | str) -> list[str]:
    content = content.encode("utf-8") if isinstance(content, str) else content
    document, problems = read_source(content, "x.yaml")
    assert document is None
    return [problem.code for problem in problems]


def test_every_scalar_stays_as_it_was_typed() -> None:
    text = "time: 9:30\ncode: 0123\nanswer: no\nday: 2016-07-01\namount: 7.50\nbig: 1_000\n"
    assert read(text).data == {
        "time": "9:30",
        "code": "0123",
        "answer": "no",
        "day": "2016-07-01",
        "amount": "7.50",
        "big": "1_000",
    }


def test_nothing_and_null_are_none_but_quoted_they_are_texts() -> None:
    assert read("a:\nb: ~\nc: null\nd: 'null'\ne: \"\"\n").data == {
        "a": None,
        "b": None,
        "c": None,
        "d": "null",
        "e": "",
    }


def test_a_value_stands_at_its_first_character_behind_the_quote() -> None:
    document = read("a: ཀཁ\nb: 'ཀཁ'\nc:\n  - \"字\"\n  - 字\n")
    places = {
        path: str(place) for path, place in document.places.items() if path and path != ("c",)
    }
    assert places == {
        ("a",): "x.yaml:1:4",
        ("b",): "x.yaml:2:5",
        ("c", 0): "x.yaml:4:6",
        ("c", 1): "x.yaml:5:5",
    }


def test_a_key_has_a_place_of_its_own() -> None:
    document = read("a:\n  b: ཀ\n")
    assert document.key(("a", "b")) == Place("x.yaml", 2, 3)
    assert document.key(("a", "absent")) == Place("x.yaml", 2, 3)


@pytest.mark.parametrize(
    "text", ["a: 字\n  词\n", 'a: "\\u0f40"\n', "a: |\n  字\n", "a: 'it''s'\n"]
)
def test_a_text_that_is_not_in_the_file_letter_by_letter_has_no_column(text: str) -> None:
    assert read(text).places["a",].column == 0


def test_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain, windows = read("a: 1\nb: 2\n"), read_source(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x.yaml")[0]
    assert windows == plain


def test_of_two_equal_keys_the_first_stays_and_both_are_named() -> None:
    document, problems = read_source(b"a: {b: 1}\na: {b: 2, c: [3]}\n", "x.yaml")
    assert document is not None and document.data == {"a": {"b": "1"}}
    assert [str(problem) for problem in problems] == [
        "x.yaml:2:1: error E111: the key a stands twice, first at x.yaml:1:1; only one of them can"
        " hold"
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[" * 100_000, "E107"),
        ("- " * 100_000, "E107"),
        ("{a: " * 100_000, "E107"),
        ("? " * 100_000, "E108"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "E108"),
        ("a: *nobody\n", "E108"),
        ("<<: *a\n", "E108"),
        ("a: !!python/object/apply:os.system [ls]\n", "E108"),
        ("a: !!int 7\n", "E108"),
        ("[a, b]: c\n", "E108"),
        ("{a: b}: c\n", "E108"),
        ("a: 1\n---\nb: 2\n", "E109"),
        ("a: b: c\n", "E105"),
        ("a: [1\n", "E105"),
        ("a: 1\n\tb: 2\n", "E106"),
        ("a: 1\nb：2\n", "E110"),
        ('a: "x\nb: 1\n', "E115"),
        ("a: \x00\n", "E104"),
        ('a: "\\0"\n', "E104"),
        ("x" * 5 + "\x1b[31m", "E104"),
        ("a: 1\n".encode("utf-16"), "E102"),
        ("a: 1\n".encode("utf-16-le"), "E102"),
        ("名称: 补助\n".encode("gbk"), "E102"),
        (b"a: \xff\xfe\xfa\n", "E102"),
        (b"a: \xed\xa0\x80\n", "E102"),
    ],
)
def test_what_could_do_harm_or_be_lost_is_refused(content: bytes | str, code: str) -> None:
    assert codes(content) == [code]


def test_half_a_surrogate_pair_never_comes_through() -> None:
    document, problems = read_source(rb'a: "\ud800"', "x.yaml")
    assert document is None and [problem.code for problem in problems] in (["E104"], ["E105"])


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    document, problems = read_source(content, "x.yaml")
    assert document is not None or problems


@given(st.text(alphabet=" \n\t:-[]{},&*!?|>'\"%@`#~a1ཀ字：\\", max_size=80))
def test_arbitrary_yaml_never_raises_and_never_leaves_a_value_without_place(text: str) -> None:
    document, problems = read_source(text.encode("utf-8"), "x.yaml")
    if document is None:
        assert problems
    else:
        assert all(document.place(path).file == "x.yaml" for path in document.keys)
