"""Stores: one contract for a folder and a bucket; in a folder, a file is there whole or not at
all.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from policycards.press.storage.object_store import Bucket
from policycards.press.storage.store import Folder, Store, open_store


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Folder(tmp_path) if request.param == "folder" else Bucket.at(f"memory://{tmp_path.name}")


def test_what_is_written_is_read(store: Store) -> None:
    store.write([("549901/a/cards.pdf", b"one"), ("549901/a/cover.pdf", b"four")])
    store.write([("549901/a/cards.pdf", b"three")])
    assert store.read("549901/a/cards.pdf") == b"three"
    assert (store.size("549901/a/cards.pdf"), store.size("549901/b")) == (5, None)
    assert store.names("549901/a") == ["549901/a/cards.pdf", "549901/a/cover.pdf"]
    assert store.names("549901/b") == []
    with store.opened(["549901/a/cover.pdf", "549901/a/cards.pdf"]) as files:
        assert [file.read_bytes() for file in files] == [b"four", b"three"]
    assert pickle.loads(pickle.dumps(store)) == store


def test_what_is_removed_is_gone(store: Store) -> None:
    store.write([("run/a", b"one"), ("run/b", b"two")])
    store.remove(["run/a", "run/c"])
    assert store.names("run") == ["run/b"]
    with pytest.raises(FileNotFoundError):
        store.read("run/a")


def test_a_file_that_is_filled_gets_its_name_at_the_end(store: Store) -> None:
    with store.filling("run/manifest") as file:
        file.write_bytes(b"rows")
        assert store.size("run/manifest") is None
    assert store.read("run/manifest") == b"rows"


def test_a_file_that_is_not_filled_to_its_end_is_not_there(store: Store) -> None:
    with pytest.raises(KeyError), store.filling("run/manifest") as file:
        file.write_bytes(b"ro")
        raise KeyError
    assert store.names("run") == []


def test_of_files_written_together_none_is_there_before_all_are_written(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "a/cards.pdf", b"one"
        raise KeyError

    with pytest.raises(KeyError):
        Folder(tmp_path).write(files())
    assert list(tmp_path.rglob("*")) == []


def test_a_private_file_is_never_open_to_others(tmp_path: Path) -> None:
    with Folder(tmp_path).filling("run/lines", private=True) as draft:
        assert draft.stat().st_mode & 0o777 == 0o600
    Folder(tmp_path).write([("run/part", b"")], private=True)
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "run").iterdir()} == {0o600}


def test_a_sweep_takes_drafts_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    for name in ("run/.a.0a1b2c3d.part", ".b.0a1b2c3d.part", "run/a.part", "run/.a"):
        (tmp_path / name).touch()
    Folder(tmp_path).sweep()
    assert sorted(
        str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()
    ) == [
        "run/.a",
        "run/a.part",
    ]


def test_a_store_is_opened_by_its_path_or_url(tmp_path: Path) -> None:
    assert open_store(str(tmp_path)) == (Folder(tmp_path), [])
    assert open_store(f"file://{tmp_path}/a%20b") == (Folder(tmp_path / "a b"), [])
    assert open_store("memory://county/2024b") == (Bucket("memory://county/2024b"), [])
    assert [str(each) for each in open_store("nowhere://county")[1]] == [
        "nowhere://county: error E717: nothing can be written to this address: Protocol not known:"
        " nowhere"
    ]
