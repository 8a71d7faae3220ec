"""Jobs of a run, one a village; the checkpoints of those that are done; the manifest merged of them.

A checkpoint is a small file written after a village's pack, that lists what is there: without one,
the village is not there. Merging may be interrupted anywhere: the merged files come first, then
``run/manifest.json``, which says of which parts they are made, and only after that are parts
removed. Without a sound ``manifest.json`` the parts are still there.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import polars as pl
from pydantic import TypeAdapter

from policycards.core.problems import Problem
from policycards.press.storage.store import Store

if TYPE_CHECKING:
    from policycards.press.verification import Expected

Part = Literal["cards", "lines", "spares"]
"""A table of the manifest, of which every village makes its own part."""


@dataclass(frozen=True, slots=True)
class Job:
    """One village of a run. ``first`` and ``count`` say which rows of the plan's table of cards are
    its.

    ``folder`` is where its pack goes, relative to the edition's folder, such as
    ``549901/549901101201``.
    """

    area: str
    folder: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A village's pack, built but not yet written.

    ``files`` are whole files by their names in the job's folder; ``parts`` are whole Parquet files
    of the manifest; ``failed`` are households whose card could not be made, which ``problems``
    explain. ``expected`` is what is looked for in the files once they are written.
    """

    files: tuple[tuple[str, bytes], ...]
    parts: tuple[tuple[Part, bytes], ...]
    cards: int
    pages: int
    problems: tuple[Problem, ...] = ()
    failed: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()


def folder_of(area: str) -> str:
    """Where a village's pack goes, relative to the edition's folder: below its county."""
    return f"{area[:6]}/{area}"


PackBuilder = Callable[[Job], Pack]
"""Builds packs; opened once in each worker, with its fonts, plates and plan. Equal jobs give equal
bytes.
"""

Factory = Callable[[], PackBuilder]
"""Opens a builder in a worker. It travels there, so it is picklable: a function of a module, or a
``partial`` of one.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a run: its name relative to the edition's folder, its bytes' number and digest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Completed:
    """A village whose pack is there whole: what was written, what its builder reports, how many
    cards were read back.
    """

    area: str
    cards: int
    pages: int
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]
    files: tuple[Written, ...]
    parts: tuple[Written, ...]
    checked: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """A village without a pack, and why. ``stops``: the others would fare no better, so the run
    ends here.
    """

    area: str
    problem: Problem
    stops: bool = False


Outcome = Completed | Failed


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
    from policycards.press.verification import (
        read_back,  # it opens PDFs, which takes a while to load
    )

    read = read_back(pack.expected, store.read)
    return read.problems, read.cards


def _written(files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
    return tuple(Written(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files)


def _is_there(store: Store, file: Written) -> bool:
    return (
        store.size(file.name) == file.size
        and hashlib.sha256(store.read(file.name)).hexdigest() == file.sha256
    )


MANIFEST = "run/manifest.json"
PARTS = "run/parts"
ROWS = 100_000
"""Rows of a row group: a fixed number, for equal bytes on any machine and little memory."""


@dataclass(frozen=True, slots=True)
class _Merged:
    """What the merged tables are: their files, and for each village the digest of the parts that
    went in.
    """

    run: str
    tables: tuple[Written, ...]
    villages: dict[str, str]


_MERGE_FORM = TypeAdapter(_Merged)


def table_name(table: Part) -> str:
    """The name of a merged table of the manifest."""
    return f"run/manifest-{table}.parquet"


def merged_villages(store: Store, run: str) -> Mapping[str, str]:
    """For each village whose parts are in the merged tables, their digest; none while a merged
    table is not sound.
    """
    try:
        merged = _MERGE_FORM.validate_json(store.read(MANIFEST))
        with store.opened([table.name for table in merged.tables]) as files:
            sound = [
                _merge_written(table.name, file)
                for table, file in zip(merged.tables, files, strict=True)
            ]
    except (FileNotFoundError, ValueError):
        return {}
    return merged.villages if merged.run == run and tuple(sound) == merged.tables else {}


def merge(store: Store, run: str, villages: Sequence[Completed], *, is_whole: bool) -> list[str]:
    """Merge the parts of villages, in the order of their codes, if that is not done yet; once the
    run is whole, the parts go.

    Gives the villages whose parts are needed and gone, in which case nothing is merged: they must
    be made again.
    """
    villages = sorted(villages, key=lambda done: done.area)
    wanted = {done.area: parts_digest(done) for done in villages}
    if merged_villages(store, run) != wanted:
        gone = [
            done.area
            for done in villages
            if any(store.size(part.name) is None for part in done.parts)
        ]
        if gone:
            store.remove([MANIFEST])
            return gone
        tables = [_merge_table(store, table, villages) for table in get_args(Part)]
        merged = _Merged(run, tuple(filter(None, tables)), wanted)
        store.write([(MANIFEST, _MERGE_FORM.dump_json(merged, indent=1) + b"\n")], private=True)
    if is_whole:
        store.remove(store.names(PARTS))
    return []


def _merge_table(store: Store, table: Part, villages: Sequence[Completed]) -> Written | None:
    """One table of the manifest, streamed from its parts; None where no village has any."""
    parts = [
        part.name
        for done in villages
        for part in done.parts
        if part.name.endswith(f"-{table}.parquet")
    ]
    if not parts:
        return None
    with (
        store.opened(parts) as files,
        store.filling(table_name(table), private=table == "lines") as target,
    ):
        rows = pl.scan_parquet(files, glob=False)
        with _system_errors():
            rows.sink_parquet(target, compression="zstd", row_group_size=ROWS, maintain_order=True)
        return _merge_written(table_name(table), target)


@contextmanager
def _system_errors() -> Iterator[None]:
    """A full disk is an OSError; polars tells it in words only."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        if found := re.search(r"\(os error (\d+)\)", str(error)):
            number = int(found[1])
            raise OSError(number, os.strerror(number), None, number) from error
        raise


def _merge_written(name: str, file: Path) -> Written:
    with file.open("rb") as opened:
        return Written(name, file.stat().st_size, hashlib.file_digest(opened, "sha256").hexdigest())
