"""An executor on a Dask cluster: the same jobs, on the workers of other machines. The one home of
dask and distributed.
"""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Future

from distributed import Client, KilledWorker

from policycards.core.problems import Place, Problem, problem
from policycards.press.execution.jobs import Job, Outcome
from policycards.press.execution.worker import RunContext, incompatibility, work

PATIENCE = 5
"""Seconds in which a scheduler answers, or there is none."""


class ClusterExecutor:
    """The workers of a Dask scheduler.

    Dask gives the jobs of a worker that died to others. After a few deaths it gives up a job with
    KilledWorker, innocent or not: of jobs that were together on a worker it knows no better.
    """

    lost_errors: tuple[type[BaseException], ...] = (KilledWorker, BrokenExecutor)

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self.width = 3 * max(1, len(self._workers()))

    def incompatibilities(self, context: RunContext) -> list[Problem]:
        """Every worker that would print something else, or elsewhere, or several villages at once
        in one process.
        """
        if not (workers := self._workers()):
            return [problem("E712", Place(self._address))]
        crowded = [address for address, threads in workers.items() if threads != 1]
        answers = self._client.run(incompatibility, context, on_error="return")
        odd = {address: answer for address, answer in answers.items() if answer is not None}
        return [problem("E714", Place(address)) for address in crowded] + [
            _worker_problem(address, answer) for address, answer in sorted(odd.items())
        ]

    def submit(self, context: RunContext, job: Job, merged: str) -> Future[Outcome]:
        future: Future[Outcome] = self._executor.submit(work, context, job, merged)
        return future

    def renew(self) -> None:
        """Nothing: the cluster replaces its workers itself."""

    def shutdown(self, *, at_once: bool = False) -> None:
        """Let go of the workers, which go on serving others."""
        self._executor.shutdown(wait=not at_once)
        self._client.close()  # type: ignore[no-untyped-call]

    def _workers(self) -> dict[str, int]:
        """The threads of each worker, by its address."""
        known = self._client.scheduler_info()["workers"]
        return {address: int(worker["nthreads"]) for address, worker in sorted(known.items())}


def connect(address: str) -> tuple[ClusterExecutor | None, list[Problem]]:
    """The executor of a scheduler's address, such as ``tcp://10.0.0.1:8786``."""
    try:
        options = {"timeout": PATIENCE, "set_as_default": False}
        client = Client(address, **options)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        return None, [problem("E711", Place(address), why=type(error).__name__)]
    return ClusterExecutor(client, address), []


def _worker_problem(address: str, answer: object) -> Problem:
    """What is wrong with a worker; an exception means that it could not even load our code."""
    if isinstance(answer, Problem):
        return problem(answer.code, Place(address), **dict(answer.facts))
    return problem("E713", Place(address), kind=type(answer).__name__)
