"""Printing a run: every village that is not there yet, then the manifest; the same call again
finishes the rest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.press.execution.executors import Executor
from policycards.press.execution.jobs import Completed, Factory, Failed, Job
from policycards.press.execution.manifest_merge import merge, merged_villages
from policycards.press.execution.scheduler import Progress, Scheduler
from policycards.press.execution.worker import desk_of
from policycards.press.storage.run_folder import RUN, Run
from policycards.press.storage.store import Store, unwritable


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run has come to: villages there, failed by their own fault and still to print; cards
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
    crew: Executor,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Summary:
    """Print the villages of a run that are not there yet, and merge the manifest of those that are.

    ``tell`` hears of every village. Ctrl-C lets the villages end that have begun. The crew is
    dismissed in any case.
    """
    dispatch = Scheduler(crew, desk_of(run, factory), tell, deque(jobs))
    try:
        with run.store.locked(RUN) as is_ours:
            found = [] if is_ours else [problem("E719", Place(run.store.place))]
            found = found or crew.unfit(dispatch.desk) or _print(run.store, dispatch)
    except OSError as error:
        found = [unwritable(run.store, error)]
    except KeyboardInterrupt:  # before the first village, or while the manifest is merged
        found, dispatch.is_interrupted = [], True
    finally:
        crew.dismiss()
    return _summary(len(jobs), dispatch, found)


def _print(store: Store, dispatch: Scheduler) -> list[Problem]:
    """Run a dispatch; what is wrong with the manifest of what it printed."""
    run, total = dispatch.desk.run, len(dispatch.waiting)
    store.sweep()
    dispatch.merged = merged_villages(store, run)
    dispatch.run()
    store.sweep()
    if dispatch.is_stopped or dispatch.is_interrupted:
        return []
    villages = [each for each in dispatch.outcomes if isinstance(each, Completed)]
    gone = merge(store, run, villages, is_whole=len(villages) == total)
    return [problem("E716", Place(store.place), villages=len(gone))] if gone else []


def _summary(total: int, dispatch: Scheduler, found: Sequence[Problem]) -> Summary:
    outcomes = sorted(dispatch.outcomes, key=lambda each: each.area)
    done = [each for each in outcomes if isinstance(each, Completed)]
    failed = [each for each in outcomes if isinstance(each, Failed) and not each.stops]
    told = [each.problems if isinstance(each, Completed) else (each.problem,) for each in outcomes]
    return Summary(
        done=len(done),
        failed=len(failed),
        left=total - len(done) - len(failed),
        cards=sum(each.cards for each in done),
        pages=sum(each.pages for each in done),
        problems=tuple(dict.fromkeys([*chain.from_iterable(told), *found])),
        households=tuple(chain.from_iterable(each.failed for each in done)),
        is_interrupted=dispatch.is_interrupted,
        checked=sum(each.checked for each in done),
    )
