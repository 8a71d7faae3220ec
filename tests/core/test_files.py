"""A file is there whole or as it was, whatever happens; what is read is a file, and has an end."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from killing_writes import NEW, OLD, contents, together

from policycards.core.files import (
    HeldOpen,
    atomic_write,
    digest_file,
    digest_files,
    draft,
    draft_folder,
    drafted_name,
    locked,
    open_regular,
    parse_json,
    read_file,
    sweep,
)

HOLD = """
import sys, time
from pathlib import Path
from policycards.core.files import draft, locked
target = Path(sys.argv[1])
with (locked(target) if sys.argv[2] == "lock" else draft(target)) as held:
    print(held, flush=True)
    sys.stdin.read()
"""


def test_killed_at_every_step_the_same_call_finishes_it(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killing_writes.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path], capture_output=True, text=True, check=True
    )
    steps: defaultdict[tuple[str, bool], int] = defaultdict(int)
    for line in done.stdout.splitlines():
        way, is_first, killed, left, after = json.loads(line)
        steps[way, is_first] += killed == 9
        for name, text in left.items():
            if not any(part.startswith(".") for part in Path(name).parts) and "files" not in name:
                old = {} if is_first else OLD
                key = name.removeprefix("old-a/").removeprefix("new-a/")
                assert text in {old.get(key), NEW[key]}, (way, name)
        wanted = {"a.txt": NEW["a.txt"]} if way == "one" else NEW
        if way == "as_folder":
            wanted = {f"new-a/{name}": text for name, text in wanted.items()}
            wanted |= {} if is_first else {f"old-a/{name}": text for name, text in OLD.items()}
        if way == "as_site":
            wanted = {**wanted, "files.txt": "a.txt\nb/b.txt\nc/c.txt\n"}
        assert after == wanted, (way, is_first)
    assert len(steps) == 10 and min(steps.values()) >= 8


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_full_disk_leaves_what_there_was_and_no_draft(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together(tmp_path, OLD)
    for last in range(3):
        left = [last]

        def full(_file: int, left: list[int] = left) -> None:
            if left[0] == 0:
                raise OSError(number, os.strerror(number))
            left[0] -= 1

        with monkeypatch.context() as patch, pytest.raises(OSError, match=os.strerror(number)):
            patch.setattr(os, "fsync", full)
            together(tmp_path, NEW)
        assert contents(tmp_path) == OLD


def test_a_pipe_a_device_and_a_folder_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name, why in (("pipe", "not a regular file"), ("zero", "not a regular file")):
        for read in (read_file, digest_file, open_regular):
            with pytest.raises(OSError) as caught:
                read(tmp_path / name)
            assert (caught.value.errno, caught.value.strerror) == (errno.EINVAL, why)
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none")


def test_a_file_is_read_to_its_bound_and_not_beyond(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == b"12345"
    with pytest.raises(OSError) as caught:
        read_file(tmp_path / "a", 4)
    assert (caught.value.errno, caught.value.strerror) == (errno.EFBIG, "larger than 4 bytes")


def test_json_that_is_nested_too_deep_is_refused_as_any_other_that_is_wrong() -> None:
    assert parse_json(b'{"a": [1]}') == {"a": [1]}
    for text in ("[" * 100_000, '{"a":' * 100_000):
        with pytest.raises(ValueError, match="nested too deep"):
            parse_json(text)


def test_a_private_file_is_its_owners_and_others_keep_their_permissions(tmp_path: Path) -> None:
    (tmp_path / "a").touch(mode=0o640)
    (tmp_path / "b").touch(mode=0o444)
    for name in "ab":
        atomic_write(tmp_path / name, name)
    atomic_write(tmp_path / "c", "c", private=True)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in "abc"]
    assert modes == [0o640, 0o444, 0o600]
    atomic_write(tmp_path / "a", "a", private=True)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_draft_is_removed_by_the_next_writer_only_once_its_own_is_gone(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, target, "draft"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None and other.stdout is not None
        held = Path(other.stdout.readline().strip())
        atomic_write(target, "ours")
        sweep(tmp_path)
        assert held.exists() and drafted_name(held) == "a"
        other.kill()
        other.wait()
    atomic_write(tmp_path / "b", "of another name")
    assert held.exists()
    atomic_write(target, "ours again")
    assert contents(tmp_path) == {"a": "ours again", "b": "of another name"}


def test_a_lock_is_held_by_one_process_and_ends_with_it(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.touch()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, target, "lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "True\n"
        with locked(target) as is_ours:
            assert not is_ours
        other.kill()
        other.wait()
    with locked(target) as is_ours:
        assert is_ours


def test_two_writers_of_one_file_do_not_mix_what_they_write(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with draft(target) as one, draft(target) as other:
        assert one != other
        one.write_bytes(b"one")
        other.write_bytes(b"other")
    assert contents(tmp_path) == {"a": "one"}


def test_a_file_that_cannot_be_replaced_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError):
        atomic_write(tmp_path / "a", "text")

    def held(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "held")

    with pytest.MonkeyPatch.context() as patch, pytest.raises(HeldOpen) as caught:
        patch.setattr(Path, "replace", held)
        atomic_write(tmp_path / "b", "text")
    assert caught.value.filename == str(tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_takes_its_name_whole_and_no_other_is_replaced(tmp_path: Path) -> None:
    with draft_folder(tmp_path / "a") as unfinished:
        (unfinished / "one").write_bytes(b"1")
        assert not (tmp_path / "a").exists()
    with pytest.raises(OSError), draft_folder(tmp_path / "a") as unfinished:
        (unfinished / "two").write_bytes(b"2")
    with pytest.raises(KeyError), draft_folder(tmp_path / "b"):
        raise KeyError
    assert contents(tmp_path) == {"a/one": "1"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=9), min_size=1))
def test_a_digest_of_files_is_of_their_names_and_bytes(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("digest")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    paths = [folder / name for name in files]
    known = digest_files(paths)
    assert known == digest_files([*reversed(paths), paths[0]]) == digest_files([folder])
    (folder / min(files)).write_bytes(files[min(files)] + b"+")
    assert known != digest_files(paths)
