"""Stores: where a run is written. In a folder, a file is there whole or not at all, whatever
happens meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from policycards.core.files import FULL, draft, locked, read_file, sweep, write_files
from policycards.core.problems import Place, Problem, problem


class Store(Protocol):
    """A place for the files of one edition, by names relative to it, with ``/``. Stores are
    picklable.
    """

    @property
    def place(self) -> str:
        """The store as a person names it."""

    def write(self, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        """Write whole files; ``private`` ones are for their owner only, where the store knows
        owners.
        """

    def filling(self, name: str, *, private: bool = False) -> AbstractContextManager[Path]:
        """An empty file on this machine to fill; it gets its name when the block ends without an
        error.
        """

    def read(self, name: str) -> bytes:
        """A whole file; FileNotFoundError if there is none."""

    def opened(self, names: Sequence[str]) -> AbstractContextManager[list[Path]]:
        """The files of these names as files on this machine, in the same order."""

    def size(self, name: str) -> int | None:
        """Bytes of a file, None if there is none."""

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; none if there is no such folder."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, those too that are not there."""

    def locked(self, name: str) -> AbstractContextManager[bool]:
        """Whether this process alone may print here, while the block lasts; ``name`` is a file that
        is there.
        """

    def sweep(self) -> None:
        """Remove what an interrupted run has left half written."""


def open_store(where: str) -> tuple[Store | None, list[Problem]]:
    """The store at a folder's path or a URL such as ``s3://bucket/folder``, which needs
    ``policycards[cluster]``.
    """
    if "://" not in where:
        return Folder(Path(where)), []
    if urlsplit(where).scheme == "file":
        from urllib.request import url2pathname

        return Folder(Path(url2pathname(urlsplit(where).path))), []
    try:
        from policycards.press.storage.object_store import Bucket

        return Bucket.at(where), []
    except (ImportError, ValueError) as error:
        return None, [problem("E717", Place(where), why=error)]


def unwritable(store: Store, error: Exception) -> Problem:
    """Why nothing more can be written to a store."""
    if getattr(error, "errno", None) in FULL:
        return problem("E702", Place(store.place))
    return problem(
        "E703", Place(store.place), why=getattr(error, "strerror", None) or type(error).__name__
    )


@dataclass(frozen=True, slots=True)
class Folder:
    """A store on a disk or a shared folder."""

    path: Path

    @property
    def place(self) -> str:
        return str(self.path)

    def write(self, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        write_files(((self.path / name, data) for name, data in files), private=private)

    def filling(self, name: str, *, private: bool = False) -> AbstractContextManager[Path]:
        return draft(self.path / name, private=private)

    def read(self, name: str) -> bytes:
        return read_file(self.path / name)

    @contextmanager
    def opened(self, names: Sequence[str]) -> Iterator[list[Path]]:
        yield [self.path / name for name in names]

    def size(self, name: str) -> int | None:
        try:
            return (self.path / name).stat().st_size
        except FileNotFoundError:
            return None

    def names(self, folder: str) -> list[str]:
        try:
            found = [each.name for each in (self.path / folder).iterdir() if each.is_file()]
        except FileNotFoundError:
            return []
        return sorted(f"{folder}/{name}" for name in found if not name.startswith("."))

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            (self.path / name).unlink(missing_ok=True)

    def locked(self, name: str) -> AbstractContextManager[bool]:
        return locked(self.path / name)

    def sweep(self) -> None:
        sweep(self.path)
