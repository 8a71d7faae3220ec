"""Buckets: stores at a URL, through fsspec. The one home of fsspec."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs


@dataclass(frozen=True, slots=True)
class Bucket:
    """A store at a URL. Who may write there is known to fsspec from its own settings, never from
    the URL.

    Renaming is not one step on an object store, so files are written under their own names, whole
    as the store takes them; whoever needs several together writes a marker last, and reads the
    marker first.
    """

    url: str

    @classmethod
    def at(cls, url: str) -> Bucket:
        """ValueError or ImportError where fsspec does not know such URLs or lacks what they
        need.
        """
        url_to_fs(url, use_listings_cache=False)
        return cls(url)

    @property
    def place(self) -> str:
        return self.url

    def write(self, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        for name, data in files:
            system, path = self._path(name)
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            system.pipe_file(path, data)

    @contextmanager
    def filling(self, name: str, *, private: bool = False) -> Iterator[Path]:
        system, path = self._path(name)
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "draft"
            draft.touch()
            yield draft
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            system.put_file(str(draft), path)

    def read(self, name: str) -> bytes:
        system, path = self._path(name)
        return bytes(system.cat_file(path))

    @contextmanager
    def opened(self, names: Sequence[str]) -> Iterator[list[Path]]:
        with tempfile.TemporaryDirectory() as folder:
            copies = [Path(folder) / str(number) for number, _ in enumerate(names)]
            for name, copy in zip(names, copies, strict=True):
                system, path = self._path(name)
                system.get_file(path, str(copy))
            yield copies

    def size(self, name: str) -> int | None:
        system, path = self._path(name)
        try:
            return int(system.info(path)["size"])
        except FileNotFoundError:
            return None

    def names(self, folder: str) -> list[str]:
        system, path = self._path(folder)
        try:
            found = system.ls(path, detail=True)
        except FileNotFoundError:
            return []
        return sorted(
            f"{folder}/{each['name'].rsplit('/', 1)[-1]}"
            for each in found
            if each["type"] == "file"
        )

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            system, path = self._path(name)
            if system.exists(path):
                system.rm_file(path)

    def locked(self, name: str) -> AbstractContextManager[bool]:
        """Always: a bucket has no locks, and no drafts that another press could sweep away."""
        return nullcontext(True)

    def sweep(self) -> None:
        """Nothing: there are no drafts in a bucket."""

    def _path(self, name: str) -> tuple[Any, str]:
        system, root = url_to_fs(self.url, use_listings_cache=False)
        return system, f"{root.rstrip('/')}/{name}"
