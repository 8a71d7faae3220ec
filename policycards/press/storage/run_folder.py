"""Runs: what one act of printing is made from, kept in its folder, so that only the same run goes
on there.
"""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

from policycards.core.problems import Place, Problem, problem
from policycards.press.storage.store import Store, unwritable

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
