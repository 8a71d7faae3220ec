"""Dispatch: gives out the jobs of a run, a few at a time, and copes with workers that die and
people who interrupt.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from policycards.core.problems import Place, problem
from policycards.press.execution.executors import Executor
from policycards.press.execution.jobs import Completed, Failed, Job, Outcome
from policycards.press.execution.worker import RunContext

BEAT = 0.2
"""Seconds between two looks at whether somebody interrupts."""

HOPELESS = 3
"""When so many jobs have killed their workers and none was done, the fault is not in the jobs."""


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
    """The jobs of a run on their way. ``outcomes`` grows; a job that has none there was not come
    to.
    """

    crew: Executor
    desk: RunContext
    tell: Callable[[Progress], None]
    waiting: deque[Job]
    merged: Mapping[str, str] = field(default_factory=dict)
    suspects: deque[Job] = field(default_factory=deque)
    running: dict[Future[Outcome], Job] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    is_alone: bool = False
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
                (self.waiting or self.suspects or self.running)
                and not self.is_stopped
                and not pressed.is_set()
            ):
                lost = self._give_out()
                ready, _ = wait(self.running, timeout=BEAT, return_when=FIRST_COMPLETED)
                lost += self._settle(ready)
                if lost:
                    self._recover(lost)
            self.is_interrupted = pressed.is_set()
            self._let_go()

    def _give_out(self) -> list[Job]:
        """Give out as many jobs as may be under way; those that there were no workers for any
        more.
        """
        if not self.running:
            self.is_alone = bool(self.suspects)
        queue = self.suspects if self.is_alone else self.waiting
        width = 1 if self.is_alone else self.crew.width
        while queue and len(self.running) < width:
            job = queue.popleft()
            try:
                self.running[self.crew.submit(self.desk, job, self.merged.get(job.area, ""))] = job
            except BrokenExecutor:
                return [job]
        return []

    def _settle(self, ready: Iterable[Future[Outcome]]) -> list[Job]:
        """Take the outcomes of jobs that have ended; those whose workers were lost."""
        lost = []
        for future in ready:
            job = self.running.pop(future)
            try:
                self._note(job, future.result())
            except BrokenExecutor:
                lost.append(job)
            except self.crew.deadly:
                self._note(job, Failed(job.area, problem("E707", Place(job.folder))))
            except (CancelledError, OSError):
                self._note(
                    job, Failed(job.area, problem("E715", Place(self.desk.store.place)), stops=True)
                )
            except Exception as error:
                told = problem("E705", Place(job.folder), kind=type(error).__name__, line="?")
                self._note(job, Failed(job.area, told))
        return lost

    def _recover(self, lost: list[Job]) -> None:
        """Replace lost workers. One that dies takes along every job that is out, so each of these
        is then tried alone; a job that is lost alone has killed its worker.
        """
        lost += self._settle(wait(self.running).done)
        if not self.is_alone:
            self.suspects.extend(sorted(lost, key=lambda job: job.area))
        for job in lost if self.is_alone else []:
            hopeless = not self.progress.done and self.progress.failed + 1 >= HOPELESS
            self._note(
                job,
                Failed(
                    job.area, problem("E708" if hopeless else "E707", Place(job.folder)), hopeless
                ),
            )
        self.crew.renew()

    def _note(self, job: Job, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        made, before = isinstance(outcome, Completed), self.progress
        self.is_stopped |= isinstance(outcome, Failed) and outcome.stops
        self.progress = Progress(
            before.done + made,
            before.failed + (not made),
            before.left - 1,
            before.cards + (outcome.cards if isinstance(outcome, Completed) else 0),
            before.cards_left - job.count,
        )
        self.tell(self.progress)

    def _let_go(self) -> None:
        """Let jobs end that have begun, and take their outcomes; a second Ctrl-C ends them at
        once.
        """
        try:
            self.crew.dismiss()
        except KeyboardInterrupt:
            self.crew.dismiss(at_once=True)
        ended = wait(self.running, timeout=BEAT).done
        self._settle(future for future in ended if not future.cancelled())


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
