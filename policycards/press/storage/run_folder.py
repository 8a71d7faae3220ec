"""Runs: what one act of printing is made from, told in its folder, so that only the same run goes
on there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from policycards.core.problems import Place, Problem, problem
from policycards.press.storage.store import Store, unwritable
from policycards.press.storage.versions import differences

RUN = "run/run.json"


@dataclass(frozen=True, slots=True)
class Run:
    """A run and its store. Its id is the digest of all that decides its bytes, and of nothing else:
    no clock.
    """

    store: Store
    id: str
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What ``run.json`` tells of a run."""

    id: str
    inputs: dict[str, str]
    versions: dict[str, str]
    counts: dict[str, int]


_FORM = TypeAdapter(_Told)


def open_run(
    store: Store, inputs: Mapping[str, str], versions: Mapping[str, str], counts: Mapping[str, int]
) -> tuple[Run | None, list[Problem]]:
    """The run of these inputs in a store, new or to be finished; a store that holds another run is
    refused.

    ``inputs`` are digests, days and choices by name, ``versions`` those of ``press.versions``,
    ``counts`` what the plan says (cards, villages, pages). All are kept in ``run/run.json``.
    """
    told = _told(inputs, versions, counts)
    try:
        found = _read(store)
        if found is None:
            store.write([(RUN, _FORM.dump_json(told, indent=1) + b"\n")])
    except ValueError:
        return None, [problem("E701", Place(store.place), file=RUN)]
    except OSError as error:
        return None, [unwritable(store, error)]
    if found is not None and found.id != told.id:
        return None, [problem("E700", Place(store.place), differs=_differs(found, told))]
    return Run(store, told.id, tuple(told.versions.items())), []


def read_run(store: Store) -> tuple[Run, Mapping[str, str]] | None:
    """The run in a store and what it was made from by name (``key``, ``day``, ``edition``, …); None
    where none is.
    """
    try:
        told = _read(store)
    except (OSError, ValueError):
        return None
    return (Run(store, told.id, tuple(told.versions.items())), told.inputs) if told else None


def holds(store: Store, run: str) -> bool:
    """Whether a store, as this machine sees it, holds the run of an id."""
    try:
        found = _read(store)
    except (OSError, ValueError):
        return False
    return found is not None and found.id == run


def _told(
    inputs: Mapping[str, str], versions: Mapping[str, str], counts: Mapping[str, int]
) -> _Told:
    deciding = {"inputs": dict(sorted(inputs.items())), "versions": dict(sorted(versions.items()))}
    run = hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()[:32]
    return _Told(run, **deciding, counts=dict(sorted(counts.items())))


def _read(store: Store) -> _Told | None:
    """What ``run.json`` tells, None if there is none; ValueError if it is not ours."""
    try:
        return _FORM.validate_json(store.read(RUN))
    except FileNotFoundError:
        return None


def _differs(found: _Told, told: _Told) -> str:
    return ", ".join(
        filter(
            None,
            [differences(found.inputs, told.inputs), differences(found.versions, told.versions)],
        )
    )
