"""Stores: where a run is written. In a folder, a file is there whole or not at all, whatever
happens meanwhile.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from policycards.core.problems import Place, Problem, problem
from policycards.press.storage.lock import locked

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class HeldOpen(OSError):
    """A file cannot be replaced, because another program (on Windows, any viewer) has it open or it
    is protected.
    """


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
    if getattr(error, "errno", None) in _FULL:
        return problem("E702", Place(store.place))
    return problem(
        "E703", Place(store.place), why=getattr(error, "strerror", None) or type(error).__name__
    )


@dataclass(frozen=True, slots=True)
class Folder:
    """A store on a disk or a shared folder.

    A file is written under the name of a draft beside it, brought to the disk, and only then gets
    its own name, so that neither ``kill -9`` nor a power cut leaves half a file. Drafts of the dead
    are removed by ``sweep``.
    """

    path: Path

    @property
    def place(self) -> str:
        return str(self.path)

    def write(self, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        drafts: dict[Path, Path] = {}
        try:
            for name, data in files:
                final = self.path / name
                drafts[final] = _draft(final, private)
                drafts[final].write_bytes(data)
            _publish(drafts)
        finally:
            _discard(drafts.values())

    @contextmanager
    def filling(self, name: str, *, private: bool = False) -> Iterator[Path]:
        final = self.path / name
        draft = _draft(final, private)
        try:
            yield draft
            _publish({final: draft})
        finally:
            _discard([draft])

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

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
        _discard(self.path / name for name in names)

    def locked(self, name: str) -> AbstractContextManager[bool]:
        return locked(self.path / name)

    def sweep(self) -> None:
        _discard(sorted(self.path.rglob(".*.part")))


def _draft(final: Path, private: bool) -> Path:
    """A new empty file beside ``final``, of a name that nobody else writes to: two workers may make
    one village.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    draft = final.parent / f".{final.name}.{secrets.token_hex(4)}.part"
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if private else 0o666))
    return draft


def _publish(drafts: Mapping[Path, Path]) -> None:
    """Give drafts their names. All are on the disk before the first gets its name, which lets the
    disk gather them.
    """
    for draft in drafts.values():
        with draft.open("r+b") as file:
            os.fsync(file.fileno())
    for final, draft in drafts.items():
        _replace(draft, final)
    if os.name == "posix":  # Windows has no way to sync a folder
        for folder in sorted({final.parent for final in drafts}):
            _sync_folder(folder)


def _replace(draft: Path, final: Path) -> None:
    try:
        draft.replace(final)
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EBUSY:
            raise HeldOpen(error.errno, error.strerror, str(final)) from error
        raise


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _discard(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
