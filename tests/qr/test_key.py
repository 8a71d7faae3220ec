"""The key: what is shown of it, its file, and its recovery from paper."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.qr.key import (
    DEMO_KEY,
    KEY_BYTES,
    Key,
    key_text,
    parse_key,
    read_key,
    recovery_lines,
    write_key,
)

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")
)
KEY = Key(bytes(range(KEY_BYTES)))

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES).map(Key)


def messages(text: str) -> list[str]:
    key, problems = parse_key(text, "key.txt")
    assert key is None
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("vector", VECTORS["keys"], ids=lambda vector: vector["fingerprint"])
def test_fingerprints_and_recovery_lines_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    key = Key(bytes.fromhex(vector["key"]))
    assert (key.fingerprint, list(recovery_lines(key))) == (
        vector["fingerprint"],
        vector["recovery"],
    )


def test_a_key_is_never_shown() -> None:
    assert repr(KEY) == str(KEY) == "Key(fingerprint='4e44a68c')"


def test_only_the_published_key_is_the_demo_key() -> None:
    assert (DEMO_KEY.is_demo, KEY.is_demo) == (True, False)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a key has 32 bytes, not 31"):
        Key(bytes(31))


@given(keys)
def test_a_key_is_recovered_from_its_sheet(key: Key) -> None:
    typed = "\n".join(recovery_lines(key)).lower().replace("-", " ")
    assert parse_key(typed, "sheet.txt") == (key, [])


def test_a_key_file_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "key"
    write_key(file, KEY)
    assert file.stat().st_mode & 0o777 == 0o600 or os.name != "posix"
    assert read_key(file) == (KEY, [])
    with pytest.raises(FileExistsError):
        write_key(file, DEMO_KEY)


def test_a_key_file_says_what_it_is(tmp_path: Path) -> None:
    assert (
        key_text(DEMO_KEY) == "# policycards d50c3463\n"
        "# 密钥，勿外传。Secret: not in git, mail or chat. Whoever has it can make card codes.\n"
        "E1QP-RTB3-F5HH\nP2WK-4ECG-68SC\nBDDW-G6PS-BS5W\nGG6W-VVM4-1SPR\nARVJ-CNTC-H6CX\n"
    )


def test_a_key_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"\xef\xbb\xbf" + key_text(KEY).replace("\n", "\r\n").encode())
    file.chmod(0o600)
    assert read_key(file) == (KEY, [])


def test_a_missing_key_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "key"
    key, problems = read_key(file)
    assert key is None
    assert [str(problem) for problem in problems] == [
        f"{file}: error E400: there is no key file here, and without its key no card gets a code"
    ]


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    key, problems = read_key(tmp_path)
    assert (key, [problem.code for problem in problems]) == (None, ["E100"])


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
def test_a_key_file_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "key"
    write_key(file, KEY)
    file.chmod(0o640)
    key, problems = read_key(file)
    assert key == KEY
    assert [(str(problem), problem.hint()) for problem in problems] == [
        (
            (
                f"{file}: warning W402: others who use this computer can read this key file, "
                "and whoever has the key can make card codes"
            ),
            f"Let only its owner read it: chmod 600 {file}",
        )
    ]


def test_a_file_of_something_else_is_no_key_file() -> None:
    expected = (
        "key.txt: error E401: this is no key file: it has {} lines besides remarks, and a key has 5"
    )
    assert messages("") == [expected.format(0)]
    assert messages("household,area\nH-0001,990101001001\n") == [expected.format(2)]


@pytest.mark.parametrize(
    "content", [bytes(100_000), b"\xff\n" * 50_000], ids=["one line", "many lines"]
)
def test_a_large_file_of_bytes_is_no_key_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    key, problems = read_key(file)
    assert (key, [problem.code for problem in problems]) == (None, ["E401"])


def test_a_slip_in_a_key_names_its_line_and_repeats_nothing_of_the_key() -> None:
    text = key_text(DEMO_KEY).replace("P2WK", "P2VK").replace("CNTC", "CNTU")
    assert messages(text) == [
        "key.txt:4: error E412: one character of this code is wrong, or two are exchanged",
        "key.txt:7: error E411: U (U+0055) does not occur in a code",
    ]


def test_lines_out_of_order_are_no_key() -> None:
    first, second, *rest = recovery_lines(KEY)
    assert messages("\n".join([second, first, *rest])) == [
        "key.txt: error E403: these five lines do not make one key: they are out of order, or from"
        " different sheets"
    ]


@given(keys, keys)
def test_lines_of_two_keys_are_no_key(one: Key, other: Key) -> None:
    mixed = [*recovery_lines(one)[:2], *recovery_lines(other)[2:]]
    key, _ = parse_key("\n".join(mixed), "sheet.txt")
    assert key is None or one == other
