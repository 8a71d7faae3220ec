"""Checkpoints: a small file for each village, written after its pack, that lists what is there.
Without one, the village is not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from policycards.core.problems import Problem
from policycards.press.execution.jobs import Completed, Job, Pack, Written
from policycards.press.storage.store import Store


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    run: str
    village: Completed


_FORM = TypeAdapter(_Checkpoint)


def write(store: Store, run: str, job: Job, pack: Pack) -> Completed:
    """Write a village's pack and its parts of the manifest, read back what is expected in it, then
    write its checkpoint.

    OSError where the store refuses.
    """
    files = [(f"{job.folder}/{name}", data) for name, data in pack.files]
    parts = [(f"run/parts/{job.area}-{table}.parquet", data) for table, data in pack.parts]
    store.write(files)
    store.write(parts, private=True)
    found, checked = _read_back(store, pack)
    problems = (*pack.problems, *found)
    done = Completed(
        job.area,
        pack.cards,
        pack.pages,
        problems,
        pack.failed,
        _written(files),
        _written(parts),
        checked,
    )
    store.write(
        [(checkpoint_name(job.area), _FORM.dump_json(_Checkpoint(run, done), indent=1) + b"\n")],
        private=True,
    )
    return done


def read(store: Store, run: str, area: str, merged: str) -> Completed | None:
    """What a village's checkpoint lists, if it is of this run and all it names is there unchanged.

    ``merged`` is the digest of the village's parts that went into the manifest already: those may
    be gone.
    """
    try:
        checkpoint = _FORM.validate_json(store.read(checkpoint_name(area)))
    except (FileNotFoundError, ValueError):
        return None
    done = checkpoint.village
    needed = done.files if parts_digest(done) == merged else done.files + done.parts
    return (
        done if checkpoint.run == run and all(_is_there(store, each) for each in needed) else None
    )


def checkpoint_name(area: str) -> str:
    return f"run/villages/{area}.json"


def parts_digest(done: Completed) -> str:
    """One digest of all of a village's parts of the manifest."""
    return hashlib.sha256(
        "\n".join(f"{each.name} {each.sha256}" for each in done.parts).encode()
    ).hexdigest()


def _read_back(store: Store, pack: Pack) -> tuple[tuple[Problem, ...], int]:
    """What is not as expected in a pack that was written, and how many cards were looked at."""
    if not pack.expected:
        return (), 0
    from policycards.press.verify.verification import (
        read_back,
    )  # it opens PDFs, which takes a while to load

    read = read_back(pack.expected, store.read)
    return read.problems, read.cards


def _written(files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
    return tuple(Written(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files)


def _is_there(store: Store, file: Written) -> bool:
    return (
        store.size(file.name) == file.size
        and hashlib.sha256(store.read(file.name)).hexdigest() == file.sha256
    )
