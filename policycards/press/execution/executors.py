"""Executors: workers that take jobs, in this process, in others of this machine or elsewhere."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Protocol

from policycards.core.problems import Place, Problem, problem
from policycards.press.execution.jobs import Job, Outcome
from policycards.press.execution.worker import RunContext, work

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"), "1"
)
"""Numeric libraries read these when they are loaded, so they are set before a worker starts."""


class Executor(Protocol):
    """Workers that take jobs.

    ``width`` is how many jobs are given out at a time, so that no worker waits; ``lost_errors`` are
    the exceptions of a job whose worker died.
    """

    lost_errors: tuple[type[BaseException], ...]
    width: int

    def incompatibilities(self, context: RunContext) -> list[Problem]:
        """Why workers cannot work on a run."""

    def submit(self, context: RunContext, job: Job, merged: str) -> Future[Outcome]:
        """Give out a job; one of ``lost_errors`` where workers have died."""

    def renew(self) -> None:
        """Replace workers after some were lost."""

    def shutdown(self, *, at_once: bool = False) -> None:
        """Let the workers go, after the jobs they have begun, or at once."""


def open_executor(
    workers: int, cluster: str | None = None
) -> tuple[Executor | None, list[Problem]]:
    """Processes of this machine, or the workers of a scheduler's address such as
    ``tcp://10.0.0.1:8786``.
    """
    if cluster is None:
        return ProcessExecutor(workers), []
    try:
        from policycards.press.execution.dask_cluster import connect
    except ImportError:
        return None, [problem("E718", Place(cluster))]
    return connect(cluster)


class InlineExecutor:
    """This process itself, for a run of one village: starting a worker would take longer than
    making the pack.
    """

    lost_errors: tuple[type[BaseException], ...] = ()
    width = 1

    def incompatibilities(self, context: RunContext) -> list[Problem]:
        """Always compatible: jobs run in this process."""
        return []

    def submit(self, context: RunContext, job: Job, merged: str) -> Future[Outcome]:
        done: Future[Outcome] = Future()
        done.set_result(work(context, job, merged))
        return done

    def renew(self) -> None:
        """Nothing: this process is not lost."""

    def shutdown(self, *, at_once: bool = False) -> None:
        """Nothing: this process goes on."""


class ProcessExecutor:
    """Processes of this machine: spawned, because a fork after polars was used hangs, and with one
    numeric thread each.

    They leave Ctrl-C to us, and end when we do, even by ``kill -9``. When one dies, the pool gives
    up all jobs that are out.
    """

    lost_errors: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.width = 2 * workers
        self._pool: ProcessPoolExecutor | None = None

    def incompatibilities(self, context: RunContext) -> list[Problem]:
        """Always compatible: workers start from this process."""
        return []

    def submit(self, context: RunContext, job: Job, merged: str) -> Future[Outcome]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start,
            )
            if os.name == "posix":
                # not below, because it lets Ctrl-C through when it starts
                resource_tracker.ensure_running()
        with _spawning():  # a pool starts its processes when jobs come
            return self._pool.submit(work, context, job, merged)

    def renew(self) -> None:
        self.shutdown()

    def shutdown(self, *, at_once: bool = False) -> None:
        if at_once:
            for worker in multiprocessing.active_children():
                worker.terminate()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def _spawning() -> Iterator[None]:
    """Processes started within have one numeric thread and no Ctrl-C from their first moment."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    blocked = (
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if os.name == "posix" else set()
    )
    try:
        yield
    finally:
        if os.name == "posix":
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})


def _start() -> None:
    """The beginning of a worker's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
