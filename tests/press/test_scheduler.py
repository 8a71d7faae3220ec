"""The scheduler against executors that are simulated, whose workers die while several jobs are on
them: a job is given up only when it was alone on a worker that died, twice.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Mapping
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from light import village_jobs

from policycards.core.problems import Problem
from policycards.press.execution import scheduler
from policycards.press.execution.jobs import Completed, Failed, Job, Outcome
from policycards.press.execution.scheduler import Progress, Scheduler
from policycards.press.execution.worker import RunContext
from policycards.press.storage.store import Folder

CONTEXT = RunContext(b"", Folder(Path("nowhere")), "run", ())
DEATHS_OF_A_CLUSTER = 3
"""So many deaths of its workers a cluster hides from us."""


class KilledElsewhere(Exception):
    """As Dask says it: this job was on one worker too many that died."""


class Waited(NamedTuple):
    done: list[Future[Outcome]]
    not_done: list[Future[Outcome]]


@dataclass
class SimulatedPool:
    """Workers with one queue of jobs; when one dies, all jobs that are out are lost with it.

    ``deadly`` jobs kill their worker each time. Others are on a worker that dies for reasons of its
    own: any number of times with other jobs, but alone at most once each.
    """

    random: Random
    width: int
    deadly: Collection[str]
    unlucky: float = 0.0
    out: dict[Future[Outcome], Job] = field(default_factory=dict)
    alone: Counter[str] = field(default_factory=Counter)
    deaths: int = 0
    is_broken: bool = False
    lost_errors: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def incompatibilities(self, context: RunContext) -> list[Problem]:
        return []

    def submit(self, context: RunContext, job: Job, merged: str) -> Future[Outcome]:
        if self.is_broken or (not self.out and self.deaths and self._is_unlucky()):
            self.is_broken = True  # a worker without work may die too
            raise BrokenExecutor
        future: Future[Outcome] = Future()
        self.out[future] = job
        return future

    def renew(self) -> None:
        assert not self.out
        self.is_broken = False

    def shutdown(self, *, at_once: bool = False) -> None:
        """Nothing is left over here."""

    def wait(self, running: Mapping[Future[Outcome], Job], **_how: object) -> Waited:
        """As ``concurrent.futures.wait``: something happens until one of the jobs has ended."""
        while running and not any(future.done() for future in running):
            self._step()
        return Waited(
            [future for future in running if future.done()],
            [future for future in running if not future.done()],
        )

    def _step(self) -> None:
        future = self.random.choice(list(self.out))
        if self._dies(self.out[future]):
            self._lose(future)
        else:
            self._complete(future)

    def _dies(self, job: Job) -> bool:
        if job.area in self.deadly:
            return True
        if len(self.out) > 1:
            return self._is_unlucky()
        is_dying = not self.alone[job.area] and self._is_unlucky()
        self.alone[job.area] += is_dying
        return is_dying

    def _lose(self, _future: Future[Outcome]) -> None:
        self.deaths += 1
        self.is_broken = True
        for each in self.out:
            each.set_exception(BrokenExecutor())
        self.out.clear()

    def _complete(self, future: Future[Outcome]) -> None:
        job = self.out.pop(future)
        future.set_result(Completed(job.area, job.count, 1, (), (), (), ()))

    def _is_unlucky(self) -> bool:
        return self.random.random() < self.unlucky


@dataclass
class SimulatedCluster(SimulatedPool):
    """Each job waits on one worker. When that dies, its jobs go to others, and a job whose workers
    have died too often is lost, whether it did it or only waited there.
    """

    workers: dict[Future[Outcome], int] = field(default_factory=dict)
    blamed: Counter[Future[Outcome]] = field(default_factory=Counter)
    lost_errors: tuple[type[BaseException], ...] = (KilledElsewhere,)

    def submit(self, context: RunContext, job: Job, merged: str) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        self.out[future] = job
        self.workers[future] = self.random.randrange(3)
        return future

    def _lose(self, future: Future[Outcome]) -> None:
        self.deaths += 1
        for each in [each for each in self.out if self.workers[each] == self.workers[future]]:
            self.blamed[each] += 1
            self.workers[each] = self.random.randrange(3)
            if self.blamed[each] > DEATHS_OF_A_CLUSTER:
                del self.out[each]
                each.set_exception(KilledElsewhere())

    def _dies(self, job: Job) -> bool:
        if len(self.out) == 1 and job.area not in self.deadly:
            return False  # a cluster that hides three deaths hides these
        return super()._dies(job)


def run(pool: SimulatedPool, jobs: list[Job]) -> tuple[Scheduler, list[Progress]]:
    heard: list[Progress] = []
    made = Scheduler(pool, CONTEXT, heard.append, deque(jobs))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheduler, "wait", pool.wait)
        made.run()
    return made, heard


SEEDS = st.builds(Random, st.integers(0, 1 << 32))
POOLS = st.sampled_from([SimulatedPool, SimulatedCluster])


@given(
    POOLS,
    SEEDS,
    st.integers(1, 40),
    st.integers(1, 12),
    st.sets(st.integers(0, 39), max_size=2),
    st.sampled_from([0.0, 0.02, 0.2, 0.6]),
)
def test_only_a_village_that_was_alone_with_a_dying_worker_twice_is_given_up(
    kind: type[SimulatedPool],
    random: Random,
    count: int,
    width: int,
    deadly: set[int],
    unlucky: float,
) -> None:
    jobs = village_jobs(count)
    killers = {job.area for number, job in enumerate(jobs) if number in deadly}
    made, heard = run(kind(random, width, killers, unlucky), jobs)
    assert sorted(each.area for each in made.outcomes) == [job.area for job in jobs]
    assert {each.area for each in made.outcomes if isinstance(each, Failed)} == killers
    assert [
        (each.problem.code, each.problem.place.file, each.stops)
        for each in made.outcomes
        if isinstance(each, Failed)
    ] == [
        ("E707", job.folder, False)
        for area in (each.area for each in made.outcomes)
        for job in jobs
        if job.area == area and area in killers
    ]
    assert heard[-1] == Progress(
        done=count - len(killers),
        failed=len(killers),
        left=0,
        cards=7 * (count - len(killers)),
        cards_left=0,
    )
    assert not made.is_stopped and not made.is_interrupted


@given(POOLS, SEEDS, st.integers(3, 40), st.integers(1, 12))
def test_where_every_village_kills_its_worker_the_run_ends_soon(
    kind: type[SimulatedPool], random: Random, count: int, width: int
) -> None:
    jobs = village_jobs(count)
    pool = kind(random, width, {job.area for job in jobs})
    made, heard = run(pool, jobs)
    assert [each.problem.code for each in made.outcomes if isinstance(each, Failed)] == [
        "E707",
        "E707",
        "E708",
    ]
    assert made.is_stopped and (heard[-1].done, heard[-1].failed) == (0, 3)
    hidden = 1 if kind is SimulatedPool else (1 + DEATHS_OF_A_CLUSTER)
    assert pool.deaths <= hidden * (width + 9)


@given(POOLS, SEEDS, st.integers(1, 40), st.integers(1, 12))
def test_without_deaths_each_village_is_given_out_once_and_none_alone(
    kind: type[SimulatedPool], random: Random, count: int, width: int
) -> None:
    pool = kind(random, width, ())
    made, heard = run(pool, village_jobs(count))
    assert [each.done for each in heard] == list(range(1, count + 1))
    assert (pool.deaths, made.crashes, made.is_broken) == (0, Counter(), False)
