"""The lock of a run's folder: two presses there at once would sweep away each other's drafts.

It belongs to the process, so that it ends with it, even by ``kill -9``.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


@contextmanager
def locked(file: Path) -> Iterator[bool]:
    """Hold the lock of an existing file; False if another process does. A share without locks
    counts as not locked.
    """
    with file.open("r+b") as opened:
        try:
            _lock(opened)
        except OSError as error:
            yield error.errno not in _TAKEN
        else:
            yield True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(1 << 30)  # beyond its end, because nobody can read what is locked
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
