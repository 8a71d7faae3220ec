"""A site in its folder: only what changed is written, and what is no longer part of it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policycards.core.files import atomic_write, drafted_name, read_file, sweep
from policycards.core.problems import Place, Problem, problem

LIST = "files.txt"
"""The names of all files of the site, so that nothing else in its folder is ever touched."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the site has, how many of them were written, and how many went."""

    files: int
    written: int
    removed: int


def write(files: Mapping[str, bytes], folder: Path) -> tuple[Written | None, list[Problem]]:
    """Bring a folder up to date; E622 where it holds something else. Raises OSError.

    Pages come last but the worker, so that none ever names what is not there yet. Before anything
    else comes the list with all names, old and new, so that the next run can finish what was
    interrupted.
    """
    listed = folder / LIST
    inside = folder.iterdir() if folder.exists() and not listed.is_file() else ()
    if any(drafted_name(each) != LIST for each in inside):
        return None, [problem("E622", Place(str(folder)))]
    sweep(folder)
    former = _former(listed)
    changed = [name for name in sorted(files, key=_order) if _differs(folder / name, files[name])]
    gone = [name for name in former if name not in files and (folder / name).is_file()]
    _list(listed, {*former, *files})
    for name in changed:
        atomic_write(folder / name, files[name])
    for name in gone:
        (folder / name).unlink()
    _list(listed, files)
    return Written(len(files), len(changed), len(gone)), []


def _former(listed: Path) -> list[str]:
    """What was written before. A name that leads out of the folder is none of ours."""
    if not listed.is_file():
        return []
    names = read_file(listed).decode("utf-8").splitlines()
    return [
        name for name in names if name and ".." not in PurePosixPath(name).parts and name[0] != "/"
    ]


def _list(listed: Path, names: Iterable[str]) -> None:
    content = "".join(f"{name}\n" for name in sorted(names)).encode("utf-8")
    if _differs(listed, content):
        atomic_write(listed, content)


def _order(name: str) -> tuple[bool, bool, str]:
    return name == "worker.js", name.endswith(".html"), name


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or read_file(path) != content
