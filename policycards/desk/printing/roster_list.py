"""The lists of households in the office's folder, and what the latest check of each found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import rmtree

from policycards.desk.core import tasks
from policycards.desk.core.office_folder import LISTS, Office
from policycards.desk.core.tasks import Task

HEADINGS = "headings"
"""The folder in that of lists which has a CSV for each list with odd headings, that says what they
mean.
"""
_SET_ASIDE = re.compile(r"-\d{8}-\d{6}$")
"""What ``page.keep_upload`` calls an older list of the same name."""


@dataclass(frozen=True)
class Listed:
    """A list by its file. ``task`` is its latest check, which may be under way."""

    office: Office
    file: Path
    task: Task | None = None

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def path(self) -> str:
        """Its path from the office's folder."""
        return self.office.relative(self.file)

    @property
    def headings(self) -> Path:
        return self.file.parent / HEADINGS / f"{self.file.stem}.csv"

    @property
    def made(self) -> str:
        """The folder for what its checks make."""
        return f"output/lists/{self.file.stem}"

    @property
    def source(self) -> list[str]:
        """The list as an argument of commands, with the meanings of its odd headings."""
        mapping = (
            [f"--map={self.office.relative(self.headings)}"] if self.headings.is_file() else []
        )
        return [self.path, *mapping]

    @property
    def changed(self) -> float:
        """When the list or what its headings mean was last changed."""
        return max(each.stat().st_mtime for each in (*self._files, self.headings) if each.exists())

    def check(self, mapping: Mapping[str, str]) -> list[str]:
        """The command that checks it; headings given a meaning now are kept for the list."""
        now = [f"--map={heading}={column}" for heading, column in mapping.items()]
        kept = [f"--save-map={self.office.relative(self.headings)}"] if now else []
        return [
            "roster",
            "check",
            *self.source,
            *now,
            *kept,
            "--out",
            self.made,
            "--format",
            "json",
        ]

    @cached_property
    def facts(self) -> dict[str, object] | None:
        """What the latest check found; None where there is none, or it did not come so far."""
        if self.task is None or self.task.is_under_way:
            return None
        return self.task.facts

    @property
    def is_old(self) -> bool:
        """Whether the list was changed after its latest check."""
        changed = max(each.stat().st_mtime for each in self._files)
        return self.task is not None and changed > self.task.started.timestamp()

    @property
    def _files(self) -> list[Path]:
        return [self.file, *(sorted(self.file.glob("*.csv")) if self.file.is_dir() else [])]


def delete(listed: Listed) -> None:
    """Delete a list, what its headings mean, and what its checks made; printed cards stay."""
    made = listed.office.folder / listed.made
    if listed.file.is_dir():
        rmtree(listed.file)
    else:
        listed.file.unlink()
    listed.headings.unlink(missing_ok=True)
    rmtree(made, ignore_errors=True)


def lists(office: Office) -> list[Listed]:
    """All lists, the latest first; those that were replaced by one of the same name stay in the
    folder unseen.
    """
    folder = office.rosters
    files = [each for each in sorted(folder.iterdir()) if _is_list(each)] if folder.is_dir() else []
    checks = _checks(office)
    found = [Listed(office, file, checks.get(office.relative(file))) for file in files]
    return sorted(found, key=lambda each: -each.file.stat().st_mtime)


def find(office: Office, name: str) -> Listed | None:
    """A list by the name of its file."""
    file = office.inside(f"rosters/{name}")
    if file is None or file.parent != office.rosters.resolve() or not _is_list(file):
        return None
    return Listed(office, file, _checks(office).get(office.relative(file)))


def _is_list(file: Path) -> bool:
    if file.is_dir():
        return (file / "households.csv").is_file()
    is_hidden = file.name.startswith((".", "~$")) or _SET_ASIDE.search(file.stem)
    return file.suffix.lower() in LISTS and not is_hidden


def _checks(office: Office) -> dict[str, Task]:
    """The latest check of each list."""
    found: dict[str, Task] = {}
    for each in tasks.history(office):
        if each.arguments[:2] == ("roster", "check"):
            found.setdefault(each.arguments[2], each)
    return found
