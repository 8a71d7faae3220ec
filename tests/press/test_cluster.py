"""The press on a Dask cluster: a real scheduler, real workers on the loopback address, some of them
killed.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import light
import polars as pl
import pytest
from distributed import Client
from light import Light

from policycards.press.execution.scheduler import ProcessExecutor, Progress, open_executor
from policycards.press.run.print_loop import Summary, print_run
from policycards.press.storage.object_store import Bucket
from policycards.press.storage.store import Folder, Run, Store

JOBS = light.village_jobs(24)
LIGHT = Light()


STRICT = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
"""Dask gives up every job of a worker that dies, the innocent ones too, at the first death."""


@dataclass
class Cluster:
    """A scheduler and workers, each a process of its own; what they say is in files of the
    folder.
    """

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: object, path: str = "") -> subprocess.Popen[bytes]:
        """Start ``dask`` with arguments; ``path`` comes before what is installed."""
        folders = path, str(Path(light.__file__).parent), os.environ.get("PYTHONPATH")
        python_path = os.pathsep.join(filter(None, folders))
        with (self.folder / f"dask-{len(self.processes)}.log").open("wb") as log:
            command = [
                sys.executable,
                "-m",
                "dask",
                *map(str, arguments),
                "--host",
                "127.0.0.1",
                "--no-dashboard",
            ]
            environment = {**os.environ, "PYTHONPATH": python_path, **STRICT}
            started = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, cwd=self.folder
            )
        self.processes.append(started)
        return started

    def schedule(self) -> None:
        file = self.folder / "scheduler.json"
        self.start("scheduler", "--port", 0, "--scheduler-file", file)
        while not (file.exists() and file.read_bytes().endswith(b"}")):
            time.sleep(0.05)
        self.address = json.loads(file.read_bytes())["address"]

    def work(self, *options: object, path: str = "") -> subprocess.Popen[bytes]:
        return self.start(
            "worker", self.address, *(options or ("--nthreads", 1, "--no-nanny")), path=path
        )

    def wait_for(self, workers: int) -> None:
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)

    def print(
        self, run: Run, what: Light = LIGHT, tell: Callable[[Progress], None] = lambda _: None
    ) -> Summary:
        executor, problems = open_executor(1, self.address)
        assert executor is not None, problems
        return print_run(run, partial(light.opened, what), JOBS, executor, tell)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster with a scheduler and no workers."""
    started = Cluster(tmp_path)
    started.schedule()
    yield started
    for process in reversed(started.processes):  # workers before their scheduler
        process.terminate()
        try:
            process.wait(30)
        except (
            subprocess.TimeoutExpired
        ):  # on a busy machine dask may wait for what it has just ended
            process.kill()
            process.wait()


def stores(tmp_path: Path) -> dict[str, Store]:
    return {
        "shared": Folder(tmp_path / "shared"),
        "bucket": Bucket.at(f"local://{tmp_path}/bucket"),
    }


def bare_contents(out: Path) -> dict[str, bytes]:
    """The files of a folder without their modes, which a bucket does not know."""
    return {name: each.partition(b" ")[2] for name, each in light.contents(out).items()}


@pytest.mark.parametrize("where", ["shared", "bucket"])
def test_every_card_exists_once_though_a_worker_is_killed(
    where: str, cluster: Cluster, tmp_path: Path
) -> None:
    first, _ = cluster.work(), cluster.work()
    cluster.wait_for(workers=2)

    def kill_one(progress: Progress) -> None:
        if progress.done == 5:
            first.kill()

    summary = cluster.print(light.started(stores(tmp_path)[where]), Light(0.05), kill_one)
    assert (summary.problems, summary.done, summary.cards) == ((), 24, 24 * 7)
    assert summary.is_whole and first.wait() == -signal.SIGKILL
    out, here = tmp_path / where, tmp_path / "here"
    codes = pl.read_parquet(out / "run/manifest-cards.parquet")["code"].to_list()
    packs = [(out / job.folder / "cover.pdf").read_text(encoding="utf-8").split() for job in JOBS]
    assert codes == [code for pack in packs for code in pack] and len(set(codes)) == 24 * 7
    assert print_run(
        light.started(Folder(here)), partial(light.opened, Light()), JOBS, ProcessExecutor(2)
    ).is_whole
    assert bare_contents(out) == bare_contents(here)


def test_workers_that_would_print_otherwise_are_refused(cluster: Cluster, tmp_path: Path) -> None:
    older = tmp_path / "older/polars-1.0.0.dist-info"
    older.mkdir(parents=True)
    (older / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: polars\nVersion: 1.0.0\n", encoding="utf-8"
    )
    run = light.started(Folder(tmp_path / "shared"))
    assert [each.code for each in cluster.print(run).problems] == ["E712"]
    cluster.work()
    cluster.work(path=str(older.parent))
    cluster.work("--nthreads", 2, "--no-nanny")
    cluster.wait_for(workers=3)
    summary = cluster.print(run)
    assert (summary.done, summary.left) == (0, 24)
    assert sorted(str(each).partition(" error ")[2] for each in summary.problems) == [
        "E709: what is installed here is not what the run was begun with; "
        f"these differ: polars ({light.VERSIONS['polars']}, now 1.0.0)",
        "E714: this worker takes several villages at once in one process",
    ]
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_village_that_kills_worker_after_worker_is_told(cluster: Cluster, tmp_path: Path) -> None:
    cluster.work("--nthreads", 1, "--nworkers", 2)  # with nannies, which replace lost workers
    cluster.wait_for(workers=2)
    summary = cluster.print(light.started(Folder(tmp_path / "shared")), Light(0.05, deadly=("04",)))
    assert (summary.done, summary.failed, summary.left) == (23, 1, 0)
    assert [(each.code, each.place.file) for each in summary.problems] == [
        ("E707", "549901/549901100004")
    ]


def test_a_lost_scheduler_stops_the_run_which_then_goes_on_here(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.work()
    cluster.wait_for(workers=1)

    def kill_the_scheduler(progress: Progress) -> None:
        if progress.done == 3:
            cluster.processes[0].kill()

    run = light.started(Folder(tmp_path / "shared"))
    summary = cluster.print(run, Light(0.05), kill_the_scheduler)
    assert summary.done >= 3 and summary.left > 0
    assert {each.code for each in summary.problems} == {"E715"}
    assert print_run(run, partial(light.opened, Light()), JOBS, ProcessExecutor(2)).is_whole


def test_no_scheduler_is_told() -> None:
    executor, problems = open_executor(1, "tcp://127.0.0.1:9")
    assert executor is None
    assert [str(each) for each in problems] == [
        "tcp://127.0.0.1:9: error E711: no scheduler answers at this address: OSError"
    ]
    assert [each.code for each in open_executor(1, "no address")[1]] == ["E711"]


def test_what_the_paper_says_of_dask_is_what_dask_takes(root: Path) -> None:
    paper = (root / "docs/cluster.md").read_text(encoding="utf-8")
    for command in ("scheduler", "worker"):
        (line,) = re.findall(rf"^.*dask {command} (.*)$", paper, re.MULTILINE)
        told = subprocess.run(
            [sys.executable, "-m", "dask", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        options = re.findall(r"--[a-z-]+", line)
        assert len(options) >= 3 and all(option in told for option in options)
