"""Stores: where a run is written, and what a run is made from, so that only the same goes on there.

In a folder, a file is there whole or not at all, whatever happens meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import TypeAdapter

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


RUN = "run/run.json"
OWN = Path(__file__).resolve().parents[2]
_DECIDING = ("*.py", "*.yaml", "*.svg", "*.csv", "*.icc")


@dataclass(frozen=True, slots=True)
class Run:
    """A run and its store. Its id is the digest of all that decides its bytes, and of nothing else:
    no clock.
    """

    store: Store
    id: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """The content of ``run.json``."""

    id: str
    inputs: dict[str, str]
    versions: dict[str, str]
    counts: dict[str, int]


_FORM = TypeAdapter(_Facts)


def open_run(
    store: Store, inputs: Mapping[str, str], versions: Mapping[str, str], counts: Mapping[str, int]
) -> tuple[Run | None, list[Problem]]:
    """The run of these inputs in a store, new or to be finished; a store that holds another run is
    refused.

    ``inputs`` are digests, days and choices by name, ``versions`` those of ``press.versions``,
    ``counts`` what the plan says (cards, villages, pages). All are kept in ``run/run.json``.
    """
    deciding = {"inputs": dict(sorted(inputs.items())), "versions": dict(sorted(versions.items()))}
    run = hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:32]
    facts = _Facts(run, **deciding, counts=dict(sorted(counts.items())))
    try:
        found = _read(store)
        if found is None:
            store.write([(RUN, _FORM.dump_json(facts, indent=1) + b"\n")])
    except ValueError:
        return None, [problem("E701", Place(store.place), file=RUN)]
    except OSError as error:
        return None, [unwritable(store, error)]
    if found is not None and found.id != facts.id:
        pairs = (found.inputs, facts.inputs), (found.versions, facts.versions)
        differs = ", ".join(filter(None, (differences(one, other) for one, other in pairs)))
        return None, [problem("E700", Place(store.place), differs=differs)]
    return Run(store, facts.id, tuple(facts.versions.items())), []


def read_run(store: Store) -> tuple[Run, Mapping[str, str]] | None:
    """The run in a store and what it was made from by name (``key``, ``day``, ``edition``, …); None
    where none is.
    """
    try:
        facts = _read(store)
    except (OSError, ValueError):
        return None
    return (Run(store, facts.id, tuple(facts.versions.items())), facts.inputs) if facts else None


def holds(store: Store, run: str) -> bool:
    """Whether a store, as this machine sees it, holds the run of an id."""
    try:
        found = _read(store)
    except (OSError, ValueError):
        return False
    return found is not None and found.id == run


def _read(store: Store) -> _Facts | None:
    """The facts in ``run.json``, None if there is none; ValueError if it is not ours."""
    try:
        return _FORM.validate_json(store.read(RUN))
    except FileNotFoundError:
        return None


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The versions, on this machine, of packages, Python, zlib and policycards itself with a digest
    of its files.
    """
    own = {"policycards": f"{_version('policycards')}+{OWN_DIGEST}"}
    runtime = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return {name: _version(name) for name in sorted(packages)} | own | runtime


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """What two mappings do not share, for a person.

    >>> differences({"polars": "2.1", "zlib": "1.3"}, {"polars": "2.2", "zlib": "1.3", "lz4": "4"})
    'lz4 (none, now 4), polars (2.1, now 2.2)'
    """
    pairs = {
        name: (one.get(name, "none"), other.get(name, "none")) for name in sorted({*one, *other})
    }
    return ", ".join(f"{name} ({a[:40]}, now {b[:40]})" for name, (a, b) in pairs.items() if a != b)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _own_digest() -> str:
    """The digest of our own files, in 12 digits, because an office may correct its copy without a
    new version.
    """
    digest = hashlib.sha256()
    for file in sorted(each for pattern in _DECIDING for each in OWN.rglob(pattern)):
        digest.update(
            file.relative_to(OWN).as_posix().encode()
            + b"\0"
            + file.read_bytes().replace(b"\r\n", b"\n")
        )
    return digest.hexdigest()[:12]


OWN_DIGEST = _own_digest()
"""Taken when this process started, as its code was: a worker that has run since before an update is
found out.
"""
