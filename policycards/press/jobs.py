"""Jobs: what a worker is told and what it answers. Both are small; the cards themselves never travel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from policycards.problems import Problem

Part = Literal["cards", "lines", "spares"]
"""A table of the manifest, of which every village makes its own part."""


@dataclass(frozen=True, slots=True)
class Job:
    """One village of a run. ``first`` and ``count`` say which rows of the plan's table of cards are its.

    ``folder`` is where its pack goes, relative to the edition's folder, such as ``549901/549901101201``.
    """

    area: str
    folder: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A village's pack, made but not yet written.

    ``files`` are whole files by their names in the job's folder; ``parts`` are whole Parquet files of the manifest;
    ``failed`` are households whose card could not be made, which ``problems`` explain.
    """

    files: tuple[tuple[str, bytes], ...]
    parts: tuple[tuple[Part, bytes], ...]
    cards: int
    pages: int
    problems: tuple[Problem, ...] = ()
    failed: tuple[str, ...] = ()


Maker = Callable[[Job], Pack]
"""Makes packs; opened once in each worker, with its fonts, plates and plan. Equal jobs give equal bytes."""
