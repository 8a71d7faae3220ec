"""Executors and the scheduler: who runs the jobs of a run, and who gives them out and retries them.

An executor has workers in this process, in others of this machine or elsewhere. The scheduler gives
out a few jobs at a time, and copes with workers that die and people who interrupt.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from types import FrameType
from typing import Protocol

from policycards.core.problems import Place, Problem, problem
from policycards.press.execution.jobs import Completed, Failed, Job, Outcome
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
        if self._pool is None:
            return
        if at_once:
            for worker in multiprocessing.active_children():
                worker.terminate()
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


POLL_SECONDS = 0.2
"""Between two looks at whether somebody interrupts."""
MOST_CRASHES = 2
"""So often a job may be alone on a worker that dies; once may be the machine's fault."""
HOPELESS = 3
"""When so many jobs have been given up and none was done, the fault is not in the jobs."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: villages that are there and that failed, their cards, and what is still to
    come.
    """

    done: int = 0
    failed: int = 0
    left: int = 0
    cards: int = 0
    cards_left: int = 0


@dataclass(slots=True)
class Scheduler:
    """The jobs of a run on their way. ``outcomes`` grows; a job without one there was not reached.

    A worker that dies takes along every job that it had, most of them innocent. So each of these is
    tried again alone, with nothing else on any worker; a job is given up when it was alone on a
    worker that died, twice.
    """

    executor: Executor
    context: RunContext
    report: Callable[[Progress], None]
    waiting: deque[Job]
    merged: Mapping[str, str] = field(default_factory=dict)
    retry_alone: deque[Job] = field(default_factory=deque)
    crashes: Counter[str] = field(default_factory=Counter)
    running: dict[Future[Outcome], Job] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    is_alone: bool = False
    is_broken: bool = False
    is_stopped: bool = False
    is_interrupted: bool = False

    def run(self) -> None:
        """Give out all jobs, until they are done, one of them stops the run, or somebody
        interrupts.
        """
        self.progress = Progress(
            left=len(self.waiting), cards_left=sum(job.count for job in self.waiting)
        )
        with _interrupts() as pressed:
            while (
                (self.waiting or self.retry_alone or self.running)
                and not self.is_stopped
                and not pressed.is_set()
            ):
                self._submit_jobs()
                ready, _ = wait(self.running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
                self._collect(ready)
            self.is_interrupted = pressed.is_set()
            self._shut_down()

    def _submit_jobs(self) -> None:
        """Give out as many jobs as may run at a time: one where jobs are to be tried alone, and
        none before those that were out with them have ended.
        """
        if self.running:
            if self.retry_alone or self.is_broken:
                return
        else:
            if self.is_broken:
                self.executor.renew()
                self.is_broken = False
            self.is_alone = bool(self.retry_alone)
        queue = self.retry_alone if self.is_alone else self.waiting
        width = 1 if self.is_alone else self.executor.width
        while queue and len(self.running) < width:
            job = queue.popleft()
            merged = self.merged.get(job.area, "")
            try:
                self.running[self.executor.submit(self.context, job, merged)] = job
            except self.executor.lost_errors:  # a worker died before it had this job
                queue.appendleft(job)
                self.is_broken = True
                return

    def _collect(self, ready: Iterable[Future[Outcome]]) -> None:
        """Take the outcomes of jobs that have ended."""
        for future in ready:
            job = self.running.pop(future)
            try:
                self._note(job, future.result())
            except self.executor.lost_errors:
                self._note_crash(job)
            except (CancelledError, OSError):
                lost = problem("E715", Place(self.context.store.place))
                self._note(job, Failed(job.area, lost, stops=True))
            except Exception as error:
                fault = problem("E705", Place(job.folder), kind=type(error).__name__, line="?")
                self._note(job, Failed(job.area, fault))

    def _note_crash(self, job: Job) -> None:
        """A job's worker died: it is tried alone, or given up when that has happened before."""
        self.is_broken = True
        self.crashes[job.area] += self.is_alone
        if self.crashes[job.area] < MOST_CRASHES:
            self.retry_alone.append(job)
            return
        is_hopeless = not self.progress.done and self.progress.failed + 1 >= HOPELESS
        crashed = problem("E708" if is_hopeless else "E707", Place(job.folder))
        self._note(job, Failed(job.area, crashed, stops=is_hopeless))

    def _note(self, job: Job, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        is_done, before = isinstance(outcome, Completed), self.progress
        self.is_stopped |= isinstance(outcome, Failed) and outcome.stops
        self.progress = Progress(
            before.done + is_done,
            before.failed + (not is_done),
            before.left - 1,
            before.cards + (outcome.cards if isinstance(outcome, Completed) else 0),
            before.cards_left - job.count,
        )
        self.report(self.progress)

    def _shut_down(self) -> None:
        """Let jobs end that have begun, and take their outcomes; a second Ctrl-C ends them at
        once.
        """
        try:
            self.executor.shutdown()
        except KeyboardInterrupt:
            self.executor.shutdown(at_once=True)
        ended = wait(self.running, timeout=POLL_SECONDS).done
        self._collect(future for future in ended if not future.cancelled())


@contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the next one interrupts as usual."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed  # only the main thread hears of signals
        return
    usual = signal.getsignal(signal.SIGINT)

    def press(_number: int, _frame: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, usual)
