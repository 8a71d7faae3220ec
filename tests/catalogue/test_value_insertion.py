"""A new value in a policy's file is nothing but new text: all that was there stays, byte for
byte.
"""

from __future__ import annotations

import codecs
import json
import re
from datetime import date
from pathlib import Path

import pytest
from command import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from policycards.catalogue.editing.yaml_edit import pairs_of, with_check, with_value
from policycards.catalogue.model.form import parse_form
from policycards.catalogue.model.policy import Policy, Value
from policycards.catalogue.yaml.source import read_source

FILES = sorted(path for path in (ROOT / "policies").glob("*/*.yaml") if path.parent.name != "tests")
texts = st.text(
    st.sampled_from("通知甲〔2026〕1号 :#,'\"{}[]&*!|>%@`-?~=nullyes0藏བོད་"),
    min_size=1,
    max_size=12,
).map(lambda text: " ".join(text.split()) or "通知")


def a_value(**more: object) -> Value:
    told = {
        "from": "2026-07",
        "amount": "99.50",
        "recorded": "2026-11-25",
        "source": {"title": "通知"},
        "missing": "无",
    }
    return Value.model_validate({**told, **more})


values = st.builds(
    lambda title, number, note, amount: a_value(
        amount=str(amount), source={"title": title, "number": number}, note=note, missing="纸质"
    ),
    texts,
    texts,
    st.none() | texts,
    st.decimals("0.01", "99999", places=2),
)


def policy_of(content: bytes) -> Policy:
    document, problems = read_source(content, "x.yaml")
    assert document is not None, problems
    policy, problems = parse_form(Policy, document)
    assert policy is not None, problems
    return policy


def with_more(policy: Policy, index: int, value: Value) -> Policy:
    standards = list(policy.standards)
    standards[index] = standards[index].model_copy(
        update={"values": (*standards[index].values, value)}
    )
    return policy.model_copy(update={"standards": tuple(standards)})


def put_in(old: bytes, new: bytes) -> bytes:
    """What was put in, one piece; nothing else has changed."""
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    rest = len(old) - start
    assert new[:start] == old[:start] and (rest == 0 or new[-rest:] == old[-rest:])
    return new[start : len(new) - rest]


def assert_rest_stays(old: bytes, new: bytes) -> None:
    """All lines but those of a list in brackets, which comes back on one line."""
    ours = [
        line
        for line in old.decode().splitlines()
        if "values: [" not in line and not line.strip().startswith('{"from"')
    ]
    theirs = iter(new.decode().splitlines())
    assert all(line in theirs for line in ours)
    assert new.startswith(codecs.BOM_UTF8) == old.startswith(codecs.BOM_UTF8)


def assert_only_added(content: bytes, index: int, value: Value) -> bytes:
    new = with_value(content, index, value)
    assert new is not None
    assert policy_of(new) == with_more(policy_of(content), index, value)
    return put_in(content, new)


def each_standard() -> list[tuple[Path, int]]:
    return [(path, i) for path in FILES for i in range(len(policy_of(path.read_bytes()).standards))]


@pytest.mark.parametrize(
    ("path", "index"), each_standard(), ids=lambda part: getattr(part, "stem", str(part))
)
def test_in_every_shipped_file_the_difference_is_just_the_new_lines(path: Path, index: int) -> None:
    old, new = path.read_bytes(), with_value(path.read_bytes(), index, a_value())
    assert new is not None and policy_of(new) == with_more(policy_of(old), index, a_value())
    put_in(old, new)
    before, after = old.decode().splitlines(keepends=True), new.decode().splitlines(keepends=True)
    first = next(i for i, line in enumerate(after) if i == len(before) or line != before[i])
    added = len(after) - len(before)
    assert after[:first] + after[first + added :] == before
    told = next(line for line in after[first : first + added] if '"99.50"' in line)
    assert re.fullmatch(r" {8}amount: \"99.50\"\n", told)


def bracketed(text: str, policy: Policy) -> str:
    """The same policy with its lists of values in brackets, on one line or with an entry a line."""
    for standard in policy.standards:
        entries = [json.dumps(pairs_of(value), ensure_ascii=False) for value in standard.values]
        block = re.compile(r"    values:\n(?:      .*\n)+")
        text = block.sub(
            "    values: [" + ",\n      ".join(entries).replace("\\", r"\\") + "]  # 值\n",
            text,
            count=1,
        )
    return text


def commented(text: str, rows: list[tuple[int, int]]) -> str:
    """The same text with comments between its lines, as far in as they happen to be."""
    lines = text.splitlines(keepends=True)
    for row, indent in rows:
        lines.insert(row % (len(lines) + 1), " " * indent + "# 备注: 'x\"\n")
    return "".join(lines)


comments = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12)), max_size=6)


@settings(max_examples=40)
@given(
    where=st.sampled_from(each_standard()),
    value=values,
    flowing=st.booleans(),
    rows=comments,
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    bom=st.booleans(),
)
def test_in_any_layout_all_that_was_there_stays(
    where: tuple[Path, int],
    value: Value,
    flowing: bool,
    rows: list[tuple[int, int]],
    ending: str,
    last: bool,
    bom: bool,
) -> None:
    path, index = where
    text = path.read_text(encoding="utf-8")
    text = commented(bracketed(text, policy_of(path.read_bytes())) if flowing else text, rows)
    text = (text if last else text.rstrip("\n")).replace("\n", ending)
    content = codecs.BOM_UTF8 * bom + text.encode()
    if flowing:
        new = with_value(content, index, value)
        assert new is not None and policy_of(new) == with_more(policy_of(content), index, value)
        assert_rest_stays(content, new)
    else:
        new = assert_only_added(content, index, value)
    assert set(re.findall(rb"\r\n|\r|\n", new)) <= {ending.encode()}


def test_a_new_entry_looks_like_the_one_above_it() -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_bytes()
    value = a_value(
        published="2026-06",
        source={"title": "通知", "number": "1号", "url": "https://x.cn/1"},
        missing=None,
    )
    assert assert_only_added(old, 0, value).decode() == (
        '      - from: "2026-07"\n'
        '        amount: "99.50"\n'
        '        published: "2026-06"\n'
        "        recorded: 2026-11-25\n"
        "        source: {title: 通知, number: 1号, url: https://x.cn/1}\n"
    )


def test_comments_that_belong_to_the_last_entry_stay_with_it() -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_text(encoding="utf-8")
    told = old + "        # 这一条还没有核对\n  # 以下没有了\n"
    content = with_value(told.encode(), 0, a_value())
    assert content is not None
    new = content.decode()
    assert new.startswith(old + "        # 这一条还没有核对\n      - from: ") and new.endswith(
        "\n  # 以下没有了\n"
    )


def test_a_long_note_in_a_block_of_lines_is_no_hindrance() -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_text(encoding="utf-8")
    for sign in ("|", ">-", "|+"):
        assert_only_added(
            (old + f"        note: {sign}\n          甲\n          乙\n\n\n").encode(), 0, a_value()
        )


@pytest.mark.parametrize(
    "standard", ["  - {id: a, pays: in_kind}\n", "  - id: a\n    pays: in_kind  # 实物\n"]
)
@pytest.mark.parametrize(
    "after", ["", "  - {id: b, pays: in_kind}\n", "audio: {bo: a.mp3}\n", "# 完"]
)
def test_a_standard_without_values_gets_its_first(standard: str, after: str) -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_text(encoding="utf-8")
    head = old[: old.index("standards:")] + "standards:\n"
    assert_only_added((head + standard + after).encode(), 0, a_value())


@pytest.mark.parametrize("indent", [0, 4, 6])
def test_a_list_that_is_indented_otherwise_than_the_rest_takes_its_entry(indent: int) -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_text(encoding="utf-8")
    head, values = old.split("    values:\n")
    moved = "".join(" " * indent + line[2:] for line in values.splitlines(keepends=True))
    assert_only_added(f"{head}    values:\n{moved}".encode(), 0, a_value())


@pytest.mark.parametrize("empty", ["[]", "[ ]", "[\n ]"])
def test_an_empty_list_gets_its_first(empty: str) -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_text(encoding="utf-8")
    content = (old[: old.index("    values:")] + f"    values: {empty}\n").encode()
    new = with_value(content, 0, a_value())
    assert new is not None and policy_of(new) == with_more(policy_of(content), 0, a_value())
    assert new.startswith(content[: content.index(b"    values:")])


TODAY = date(2026, 11, 25)


def looked_up(policy: Policy, index: int, entry: int) -> Policy:
    standards = list(policy.standards)
    values = list(standards[index].values)
    values[entry] = values[entry].model_copy(update={"checked_on": TODAY})
    standards[index] = standards[index].model_copy(update={"values": tuple(values)})
    return policy.model_copy(update={"standards": tuple(standards)})


@settings(max_examples=40)
@given(
    where=st.sampled_from(
        [
            place
            for place in each_standard()
            if policy_of(place[0].read_bytes()).standards[place[1]].values
        ]
    ),
    entry=st.integers(0, 9),
    flowing=st.booleans(),
    rows=comments,
    ending=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
)
def test_a_day_of_looking_up_is_all_that_changes(
    where: tuple[Path, int],
    entry: int,
    flowing: bool,
    rows: list[tuple[int, int]],
    ending: str,
    bom: bool,
) -> None:
    path, index = where
    text = path.read_text(encoding="utf-8")
    text = commented(
        bracketed(text, policy_of(path.read_bytes())) if flowing else text, rows
    ).replace("\n", ending)
    content = codecs.BOM_UTF8 * bom + text.encode()
    policy = policy_of(content)
    entry %= len(policy.standards[index].values)
    new = with_check(content, index, entry, TODAY)
    assert new is not None and policy_of(new) == looked_up(policy, index, entry)
    if flowing:
        assert_rest_stays(content, new)
    elif policy.standards[index].values[entry].checked_on is None:
        added = put_in(content, new).decode()
        assert added.strip(", \r\n") == 'checked_on: "2026-11-25"'
        assert set(re.findall(r"\r\n|\r|\n", added)) <= {ending}
    assert with_check(new, index, entry, TODAY) == new


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_an_earlier_day_of_looking_up_gives_way_to_the_new_one_in_its_own_quotes(
    quote: str,
) -> None:
    old = (ROOT / "tests/catalogue/good/pasture/grazing-ban.yaml").read_text(encoding="utf-8")
    told = old.replace(
        "checked_on: 2024-06-01", f"checked_on: {quote}2024-06-01{quote}  # 电话问过"
    )
    entry = old[: old.index("checked_on")].count("- from:") - 1
    content = with_check(told.encode(), 0, entry, TODAY)
    assert content is not None and content.decode() == told.replace(
        f"checked_on: {quote}2024-06-01", f"checked_on: {quote}2026-11-25"
    )
