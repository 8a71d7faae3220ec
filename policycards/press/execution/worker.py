"""What happens in a worker: a maker is opened once, then village after village is made, written and
marked.

Nothing raised by a maker leaves the worker: an exception could carry a name from a list into a log.
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
from policycards.press.execution import checkpoints
from policycards.press.execution.jobs import Factory, Failed, Job, Maker, Outcome, Pack
from policycards.press.storage.run_folder import OWN, Run, differences, holds, versions
from policycards.press.storage.store import Store, unwritable

COLLECTED_AFTER = 100_000
"""Objects made before garbage is looked for: a card is thousands of them, in no circles, gone with
its village.
"""


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every job of a run needs: the pickled factory of its maker, the store, the run's id and
    versions.
    """

    factory: bytes
    store: Store
    run: str
    versions: tuple[tuple[str, str], ...]


class Unfit(Exception):
    """This process cannot work on a run; the problem says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def desk_of(run: Run, factory: Factory) -> RunContext:
    return RunContext(pickle.dumps(factory), run.store, run.id, run.versions)


def work(desk: RunContext, job: Job, merged: str = "") -> Outcome:
    """Make a village's pack, unless a sound one is there. ``merged``: see ``markers.read``."""
    try:
        if done := checkpoints.read(desk.store, desk.run, job.area, merged):
            return done
        make = _open(desk)
    except Unfit as unfit_here:
        return Failed(job.area, unfit_here.problem, stops=True)
    except Exception as error:
        return Failed(job.area, _fault("E706", desk.store.place, error), stops=True)
    try:
        pack = make(job)
    except Exception as error:
        return Failed(job.area, _fault("E705", job.folder, error))
    return _kept(desk, job, pack)


def unfit(desk: RunContext) -> Problem | None:
    """Why this process cannot work on a run: other versions than the run's, or it does not see the
    run's folder.
    """
    here = versions(name for name, _ in desk.versions)
    if differs := differences(dict(desk.versions), here):
        return problem("E709", Place(desk.store.place), differs=differs)
    if not holds(desk.store, desk.run):
        return problem("E710", Place(desk.store.place))
    return None


@lru_cache(maxsize=1)
def _open(desk: RunContext) -> Maker:
    """The maker of a run, kept for the next job of the same run."""
    if found := unfit(desk):
        raise Unfit(found)
    maker: Maker = pickle.loads(desk.factory)()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    return maker


def _kept(desk: RunContext, job: Job, pack: Pack) -> Outcome:
    try:
        return checkpoints.write(desk.store, desk.run, job, pack)
    except HeldOpen as error:
        return Failed(job.area, problem("E704", Place(str(error.filename))))
    except Exception as error:
        return Failed(job.area, unwritable(desk.store, error), stops=True)


def _fault(code: str, where: str, error: Exception) -> Problem:
    """What went wrong in the program, by the kind of exception and its line; its text could hold a
    name.
    """
    return problem(code, Place(where), kind=type(error).__name__, line=_line(error))


def _line(error: Exception) -> str:
    """The innermost line of our own code that an exception came through, such as ``row.py:81``;
    else of any.
    """
    steps = list(traceback.walk_tb(error.__traceback__))
    files = [(Path(frame.f_code.co_filename), line) for frame, line in steps]
    own = [each for each in files if each[0].is_relative_to(OWN) and each[0] != Path(__file__)]
    file, line = (own or files)[-1]
    return f"{file.name}:{line}"
