"""Several files of a catalogue changed as one: after a crash at any moment there are the old ones
or the new ones.

New files are first written whole into ``.changes/``, then a journal that lists them: with it the
change is decided, and whoever reads the folder next completes it. Without a journal nothing has
happened yet.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PureWindowsPath

from policycards.core.files import (
    atomic_write,
    parse_json,
    read_file,
    replace_file,
    shown_path,
    write_files,
)
from policycards.core.problems import Place, Problem, has_errors, problem

STAGE = ".changes"
_JOURNAL = "journal.json"
_ELSEWHERE = "it names a file that is not in this folder"
_LARGEST = 1 << 20


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
        problem("E804", _place(folder, each.name), why=_ELSEWHERE)
        for each in files
        if _is_elsewhere(folder, each.name)
    ]
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
    write_files((stage / step.staged, each.new) for each, step in zip(files, steps, strict=True))
    atomic_write(stage / _JOURNAL, json.dumps([asdict(step) for step in steps], ensure_ascii=False))
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
    if not journal.exists():
        return []
    try:
        steps = _read_steps(journal)
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


def _read_steps(journal: Path) -> list[_Step]:
    """The steps of a journal; ValueError where it is none of ours, and where it names a file that
    is not in the folder: whoever brings a catalogue must not decide what is written elsewhere.
    """
    steps = [_Step(**step) for step in parse_json(read_file(journal, _LARGEST))]
    for step in steps:
        is_staged = re.fullmatch("[0-9]+", step.staged)
        if not is_staged or _is_elsewhere(journal.parents[1], step.name):
            raise ValueError(f"{_ELSEWHERE}: {step.name!a:.80}")
    return steps


def _is_elsewhere(folder: Path, name: str) -> bool:
    """Whether a name leads out of the folder, also through a link, or into the stage."""
    named = PureWindowsPath(name)  # knows both kinds of slash, drives and roots
    if named.anchor or not named.parts or {"..", STAGE} & {*named.parts}:
        return True
    return not (folder / name).parent.resolve().is_relative_to(folder.resolve())


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
    replace_file(staged, target)


def _content(folder: Path, name: str) -> bytes | None:
    path = folder / name
    return read_file(path) if path.is_file() else None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _place(folder: Path, name: str) -> Place:
    return Place(shown_path(folder / name))
