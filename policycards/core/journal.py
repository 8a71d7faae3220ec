"""Several files of a catalogue changed as one: after a crash at any moment there are the old ones
or the new ones.

New files are first written whole into ``.changes/``, then a journal that lists them: with it the
change is decided, and whoever reads the folder next completes it. Without a journal nothing has
happened yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from policycards.core.files import shown_path
from policycards.core.problems import Place, Problem, has_errors, problem

STAGE = ".changes"
_JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file's content as it was read, None for a file that is new, and as it shall be."""

    name: str
    old: bytes | None
    new: bytes


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of the journal: where the new content lies in the stage, and the digests of the old
    and the new one.
    """

    staged: str
    name: str
    old: str
    new: str


def replace_files(folder: Path, files: Iterable[NewFile]) -> list[Problem]:
    """Puts new contents in the place of those that were read: all of them, or none where one has
    changed since.

    Raises OSError before anything is decided, for a full disk or a folder that may not be written.
    """
    files = list(files)
    problems = recover(folder)
    problems += [
        problem("E801", _place(folder, each.name))
        for each in files
        if _content(folder, each.name) != each.old
    ]
    if has_errors(problems) or not files:
        return problems
    stage = folder / STAGE
    problems += _cleared(stage)
    stage.mkdir()
    steps = [
        _Step(str(n), each.name, _digest(each.old), _digest(each.new))
        for n, each in enumerate(files)
    ]
    for each, step in zip(files, steps, strict=True):
        _write(stage / step.staged, each.new)
    _write(
        stage / "draft",
        json.dumps([asdict(step) for step in steps], ensure_ascii=False).encode("utf-8"),
    )
    _sync(stage)
    (stage / "draft").replace(stage / _JOURNAL)
    _sync(stage)
    return problems + [found for found in recover(folder) if found.code != "W802"]


def _cleared(stage: Path) -> list[Problem]:
    """Takes away what a change left that was interrupted before it was decided; an empty stage is
    one completed.
    """
    if not stage.exists():
        return []
    undecided = any(stage.iterdir())
    shutil.rmtree(stage)
    return [problem("W803", Place(shown_path(stage.parent)))] if undecided else []


def recover(folder: Path) -> list[Problem]:
    """Completes a change that was decided and then interrupted, and says so; nothing to do is the
    usual case.

    A file that is neither the old nor the new one was changed by hand meanwhile and is left alone:
    an error.
    """
    journal = folder / STAGE / _JOURNAL
    if not journal.is_file():
        return []
    try:
        steps = [_Step(**step) for step in json.loads(journal.read_bytes())]
        if strange := list(_strange(folder, steps)):
            return strange
        for step in steps:
            _complete(folder, step)
        journal.unlink(missing_ok=True)
        shutil.rmtree(folder / STAGE, ignore_errors=True)
    except (OSError, ValueError, TypeError) as error:
        return [
            problem(
                "E804", Place(shown_path(journal)), why=getattr(error, "strerror", None) or error
            )
        ]
    return [
        problem("W802", Place(shown_path(folder)), files=", ".join(step.name for step in steps))
    ]


def _strange(folder: Path, steps: Iterable[_Step]) -> Iterator[Problem]:
    for step in steps:
        if _digest(_content(folder, step.name)) not in (step.old, step.new):
            yield problem(
                "E805", _place(folder, step.name), kept=f"{STAGE}/{step.staged}", stage=STAGE
            )


def _complete(folder: Path, step: _Step) -> None:
    """Another command may do the same at this moment: what it has already moved need not be
    moved.
    """
    target = folder / step.name
    if _digest(_content(folder, step.name)) == step.new:
        return
    staged = folder / STAGE / step.staged
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        shutil.copymode(target, staged)
    staged.replace(target)
    _sync(target.parent)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """What stands in a folder is on the disk; Windows does that by itself and has no call for
    it.
    """
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _content(folder: Path, name: str) -> bytes | None:
    path = folder / name
    return path.read_bytes() if path.is_file() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _place(folder: Path, name: str) -> Place:
    return Place(shown_path(folder / name))
