"""Jobs: what a worker gets and what it answers. Both are small: no cards travel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policycards.core.problems import Problem

if TYPE_CHECKING:
    from policycards.press.verification import Expected

Part = Literal["cards", "lines", "spares"]
"""A table of the manifest, of which every village makes its own part."""


@dataclass(frozen=True, slots=True)
class Job:
    """One village of a run. ``first`` and ``count`` say which rows of the plan's table of cards are
    its.

    ``folder`` is where its pack goes, relative to the edition's folder, such as
    ``549901/549901101201``.
    """

    area: str
    folder: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A village's pack, built but not yet written.

    ``files`` are whole files by their names in the job's folder; ``parts`` are whole Parquet files
    of the manifest; ``failed`` are households whose card could not be made, which ``problems``
    explain. ``expected`` is what is looked for in the files once they are written.
    """

    files: tuple[tuple[str, bytes], ...]
    parts: tuple[tuple[Part, bytes], ...]
    cards: int
    pages: int
    problems: tuple[Problem, ...] = ()
    failed: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()


def folder_of(area: str) -> str:
    """Where a village's pack goes, relative to the edition's folder: below its county."""
    return f"{area[:6]}/{area}"


PackBuilder = Callable[[Job], Pack]
"""Builds packs; opened once in each worker, with its fonts, plates and plan. Equal jobs give equal
bytes.
"""

Factory = Callable[[], PackBuilder]
"""Opens a builder in a worker. It travels there, so it is picklable: a function of a module, or a
``partial`` of one.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a run: its name relative to the edition's folder, its bytes' number and digest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Completed:
    """A village whose pack is there whole: what was written, what its builder reports, how many
    cards were read back.
    """

    area: str
    cards: int
    pages: int
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]
    files: tuple[Written, ...]
    parts: tuple[Written, ...]
    checked: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """A village without a pack, and why. ``stops``: the others would fare no better, so the run
    ends here.
    """

    area: str
    problem: Problem
    stops: bool = False


Outcome = Completed | Failed
