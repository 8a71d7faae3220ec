"""A site in its folder: only what changed is written, and what is no longer part of it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

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

    Pages come last but the worker, so that none ever names what is not there yet.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / LIST).is_file():
        return None, [problem("E622", Place(str(folder)))]
    former = _former(folder)
    all_files = {**files, LIST: "".join(f"{name}\n" for name in sorted(files)).encode()}
    changed = [
        name for name in sorted(all_files, key=_order) if _differs(folder / name, all_files[name])
    ]
    for name in changed:
        _put(folder / name, all_files[name])
    gone = [name for name in former if name not in files and (folder / name).is_file()]
    for name in gone:
        (folder / name).unlink()
    return Written(len(files), len([name for name in changed if name != LIST]), len(gone)), []


def _former(folder: Path) -> list[str]:
    """What was written before. A name that leads out of the folder is none of ours."""
    if not (folder / LIST).is_file():
        return []
    names = (folder / LIST).read_text(encoding="utf-8").splitlines()
    return [
        name for name in names if name and ".." not in PurePosixPath(name).parts and name[0] != "/"
    ]


def _order(name: str) -> tuple[bool, bool, str]:
    return name == "worker.js", name.endswith(".html"), name


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


def _put(path: Path, content: bytes) -> None:
    """A file is there whole or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
