"""Timing whole commands in turn, A B A B …, so that a drifting machine slows both."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(*command: str) -> Callable[[], object]:
    """A command to be timed; it must succeed."""
    return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def in_turn(works: Sequence[Callable[[], object]], rounds: int = 7) -> list[float]:
    """Median seconds of each work, after one round that does not count."""
    times: list[list[float]] = [[] for _ in works]
    for round_ in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            spent = seconds(work)
            if round_:
                taken.append(spent)
    return [statistics.median(taken) for taken in times]
