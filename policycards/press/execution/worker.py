"""Worker loop: open the pack builder once, then build, write and checkpoint one village per job.

Nothing raised by a builder leaves the worker: an exception could carry a name from a list into a
log.
"""

from __future__ import annotations

import gc
import pickle
import traceback
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policycards.core.files import HeldOpen
from policycards.core.problems import Place, Problem, problem
from policycards.press.execution import jobs
from policycards.press.execution.jobs import Factory, Failed, Job, Outcome, PackBuilder
from policycards.press.storage.store import (
    OWN,
    Run,
    Store,
    differences,
    holds,
    unwritable,
    versions,
)

COLLECTED_AFTER = 100_000
"""New objects before garbage is looked for: a card is thousands of them, in no circles, gone with
its village.
"""


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every job of a run needs: the pickled factory of its builder, the store, the run's id
    and versions.
    """

    factory: bytes
    store: Store
    run: str
    versions: tuple[tuple[str, str], ...]


class Incompatible(Exception):
    """This process cannot work on a run; the problem says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def context_of(run: Run, factory: Factory) -> RunContext:
    return RunContext(pickle.dumps(factory), run.store, run.id, run.versions)


def work(context: RunContext, job: Job, merged: str = "") -> Outcome:
    """Make a village's pack, unless a sound one is there. ``merged``: see ``checkpoints.read``."""
    store = context.store
    try:
        if done := jobs.read(store, context.run, job.area, merged):
            return done
        build = _open_builder(context)
    except Incompatible as refused:
        return Failed(job.area, refused.problem, stops=True)
    except Exception as error:
        return Failed(job.area, _fault("E706", store.place, error), stops=True)
    try:
        pack = build(job)
    except Exception as error:
        return Failed(job.area, _fault("E705", job.folder, error))
    try:
        return jobs.write(store, context.run, job, pack)
    except HeldOpen as error:
        return Failed(job.area, problem("E704", Place(str(error.filename))))
    except Exception as error:
        return Failed(job.area, unwritable(store, error), stops=True)


def incompatibility(context: RunContext) -> Problem | None:
    """Why this process cannot work on a run: other versions than the run's, or it does not see the
    run's folder.
    """
    place = Place(context.store.place)
    here = versions(name for name, _ in context.versions)
    if differs := differences(dict(context.versions), here):
        return problem("E709", place, differs=differs)
    if not holds(context.store, context.run):
        return problem("E710", place)
    return None


@lru_cache(maxsize=1)
def _open_builder(context: RunContext) -> PackBuilder:
    """The builder of a run, kept for the next job of the same run."""
    if found := incompatibility(context):
        raise Incompatible(found)
    builder: PackBuilder = pickle.loads(context.factory)()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    return builder


def _fault(code: str, where: str, error: Exception) -> Problem:
    """What went wrong in the program, by the kind of exception and the innermost line of our own
    code that it came through (``row.py:81``), else of any; its text could hold a name.
    """
    steps = list(traceback.walk_tb(error.__traceback__))
    files = [(Path(frame.f_code.co_filename), line) for frame, line in steps]
    own = [each for each in files if each[0].is_relative_to(OWN) and each[0] != Path(__file__)]
    file, line = (own or files)[-1]
    return problem(code, Place(where), kind=type(error).__name__, line=f"{file.name}:{line}")
