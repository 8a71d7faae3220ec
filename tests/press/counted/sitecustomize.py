"""Counts what a process and its workers change below a folder, and kills them all at a given step.

Python runs this at the start of every process that has this folder in its path. ``COUNTED`` says
which process counts (``main`` or ``worker``), at which step all are killed, and below which folder;
each process that ends in peace adds its number of steps to the file beside that folder.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from itertools import count

WHO, LAST, ROOT = os.environ["COUNTED"].split(":")
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}
steps = count(1)


def take_step() -> None:
    if next(steps) == int(LAST):
        os.killpg(0, signal.SIGKILL)


def hook(event: str, arguments: tuple[object, ...]) -> None:
    is_change = event in CHANGES or (
        event == "open"
        and isinstance(arguments[2], int)
        and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    if is_change and str(arguments[0]).startswith(ROOT):
        take_step()


def fsync(number: int, usual: object = os.fsync) -> None:
    take_step()
    usual(number)  # type: ignore[operator]


def tell() -> None:
    with open(f"{ROOT}-{WHO}-steps", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(str(next(steps) - 1))


is_worker = "--multiprocessing-fork" in sys.orig_argv
if is_worker == (WHO == "worker") and not any("resource_tracker" in each for each in sys.orig_argv):
    os.fsync = fsync
    sys.addaudithook(hook)
    atexit.register(tell)
