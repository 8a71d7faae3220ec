"""A light press for tests: a maker that is real (files, Parquet parts) but quick, and the runs it
is used for.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from policycards.core.problems import Place, problem
from policycards.press.execution.jobs import Job, Pack, PackBuilder
from policycards.press.execution.scheduler import ONE_THREAD, ProcessExecutor, Progress
from policycards.press.run.print_loop import Summary, print_run
from policycards.press.storage.store import Folder, Run, Store, open_run, versions

VERSIONS = versions(["polars"])


def village_jobs(count: int, cards: int = 7) -> list[Job]:
    """Villages of a made-up county, in the order of their codes."""
    areas = [f"5499011{number:05}" for number in range(1, count + 1)]
    return [Job(area, f"549901/{area}", number * cards, cards) for number, area in enumerate(areas)]


@dataclass(frozen=True)
class Light:
    """Makes packs; villages named by their last digits are slow, faulty, deadly or hold a household
    that fails.
    """

    seconds: float = 0.0
    faulty: tuple[str, ...] = ()
    deadly: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()
    bytes_each: int = 400

    def __call__(self, job: Job) -> Pack:
        time.sleep(self.seconds)
        if job.area.endswith(self.deadly or "-"):
            os.kill(os.getpid(), signal.SIGKILL)
        if job.area.endswith(self.faulty or "-"):
            raise KeyError("བཀྲ་ཤིས།")
        codes = [_code(job.area, row) for row in range(job.first, job.first + job.count)]
        lines = [(code, policy) for code in codes for policy in ("eco-post", "pension")]
        failed = (codes[-1],) if job.area.endswith(self.poor or "-") else ()
        body = "".join(f"{code}\n" for code in codes).encode()
        return Pack(
            files=(("cards.pdf", body * (self.bytes_each // 13)), ("cover.pdf", body)),
            parts=(
                ("cards", _parquet(pl.DataFrame({"code": codes, "area": job.area}))),
                ("lines", _parquet(pl.DataFrame(lines, schema=["code", "policy"], orient="row"))),
            ),
            cards=len(codes),
            pages=2 * len(codes),
            problems=tuple(
                problem("E915", Place("roster.csv", 3), household=each) for each in failed
            ),
            failed=failed,
        )


def opened(light: Light) -> PackBuilder:
    """The factory's function; it must be one of a module to be picklable."""
    return light


def threads() -> PackBuilder:
    """A maker whose packs tell how many threads its worker has."""
    told = {"polars": pl.thread_pool_size()} | {name: os.environ.get(name) for name in ONE_THREAD}
    return lambda job: Pack((("threads.json", json.dumps(told).encode()),), (), 0, 0)


def started(store: Store, roster: str = "a1") -> Run:
    run, problems = open_run(
        store, {"roster": roster, "as_of": "2024-07-01"}, VERSIONS, {"villages": 24}
    )
    assert run is not None, problems
    return run


def printed(
    out: Path,
    jobs: Sequence[Job],
    light: Light = Light(),
    workers: int = 2,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    return print_run(
        started(Folder(out)), partial(opened, light), jobs, ProcessExecutor(workers), tell
    )


def contents(out: Path) -> dict[str, bytes]:
    """Every file below a folder by its name, with its bytes and its mode."""
    files = sorted(each for each in out.rglob("*") if each.is_file())
    return {
        str(each.relative_to(out)): f"{each.stat().st_mode:o} ".encode() + each.read_bytes()
        for each in files
    }


def _code(area: str, row: int) -> str:
    return hashlib.sha256(f"{area} {row}".encode()).hexdigest()[:12]


def _parquet(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


if __name__ == "__main__":  # a press in a process of its own: OUT WORKERS VILLAGES SECONDS
    folder, crew, villages, seconds = sys.argv[1:]
    print("begun", flush=True)
    told = partial(print, "village", flush=True)
    summary = printed(
        Path(folder), village_jobs(int(villages)), Light(float(seconds)), int(crew), told
    )
    print(summary.done, summary.left, int(summary.is_interrupted))
    sys.exit(0 if summary.is_whole else 1)
