"""Printing a run: every village that is not there yet, then the manifest; the same call again
finishes the rest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.press.execution.jobs import Completed, Factory, Failed, Job, merge, merged_villages
from policycards.press.execution.scheduler import Executor, Progress, Scheduler
from policycards.press.execution.worker import context_of
from policycards.press.storage.store import RUN, Run, Store, unwritable


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a run: villages there, failed by their own fault and still to print; cards
    and pages that are there; all problems in the order of areas; households without a card.
    """

    done: int
    failed: int
    left: int
    cards: int
    pages: int
    problems: tuple[Problem, ...]
    households: tuple[str, ...]
    is_interrupted: bool = False
    checked: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every village and every household has what it should have."""
        return not (self.failed or self.left or self.households or has_errors(self.problems))


def print_run(
    run: Run,
    factory: Factory,
    jobs: Sequence[Job],
    executor: Executor,
    report: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Print the villages of a run that are not there yet, and merge the manifest of those that are.

    ``report`` hears of every village. Ctrl-C lets the villages end that have begun. The executor is
    shut down in any case.
    """
    scheduler = Scheduler(executor, context_of(run, factory), report, deque(jobs))
    try:
        with run.store.locked(RUN) as is_ours:
            found = [] if is_ours else [problem("E719", Place(run.store.place))]
            found = found or executor.incompatibilities(scheduler.context)
            found = found or _print(run.store, scheduler)
    except OSError as error:
        found = [unwritable(run.store, error)]
    except KeyboardInterrupt:  # before the first village, or while the manifest is merged
        found, scheduler.is_interrupted = [], True
    finally:
        executor.shutdown(at_once=scheduler.is_interrupted)
    return _summary(len(jobs), scheduler, found)


def _print(store: Store, scheduler: Scheduler) -> list[Problem]:
    """Print what is not there yet; what is wrong with the manifest of it."""
    run, total = scheduler.context.run, len(scheduler.waiting)
    store.sweep()
    scheduler.merged = merged_villages(store, run)
    scheduler.run()
    store.sweep()
    if scheduler.is_stopped or scheduler.is_interrupted:
        return []
    villages = [each for each in scheduler.outcomes if isinstance(each, Completed)]
    gone = merge(store, run, villages, is_whole=len(villages) == total)
    return [problem("E716", Place(store.place), villages=len(gone))] if gone else []


def _summary(total: int, scheduler: Scheduler, found: Sequence[Problem]) -> Summary:
    outcomes = sorted(scheduler.outcomes, key=lambda each: each.area)
    done = [each for each in outcomes if isinstance(each, Completed)]
    failed = [each for each in outcomes if isinstance(each, Failed) and not each.stops]
    problems = [
        each.problems if isinstance(each, Completed) else (each.problem,) for each in outcomes
    ]
    return Summary(
        done=len(done),
        failed=len(failed),
        left=total - len(done) - len(failed),
        cards=sum(each.cards for each in done),
        pages=sum(each.pages for each in done),
        problems=tuple(dict.fromkeys([*chain.from_iterable(problems), *found])),
        households=tuple(chain.from_iterable(each.failed for each in done)),
        is_interrupted=scheduler.is_interrupted,
        checked=sum(each.checked for each in done),
    )
