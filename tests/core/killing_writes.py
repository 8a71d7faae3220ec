"""Run as a program: each way to write files is killed at each step in turn; tells what was left,
and what the same call makes of it afterwards.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from policycards import site
from policycards.core.files import atomic_write, draft_folder, sweep, write_files

OLD = {"a.txt": "old a", "b/b.txt": "old b"}
NEW = {"a.txt": "new a", "b/b.txt": "new b", "c/c.txt": "new c"}


def one(folder: Path, files: dict[str, str]) -> None:
    atomic_write(folder / "a.txt", files["a.txt"])


def several(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        atomic_write(folder / name, text)


def together(folder: Path, files: dict[str, str]) -> None:
    sweep(folder)
    write_files((folder / name, text.encode()) for name, text in files.items())


def as_folder(folder: Path, files: dict[str, str]) -> None:
    target = folder / files["a.txt"].replace(" ", "-")
    if not target.exists():
        with draft_folder(target) as unfinished:
            several(unfinished, files)


def as_site(folder: Path, files: dict[str, str]) -> None:
    written, problems = site.write({name: text.encode() for name, text in files.items()}, folder)
    assert written is not None and problems == []


WAYS: list[Callable[[Path, dict[str, str]], None]] = [one, several, together, as_folder, as_site]


def kill_at(step: int) -> None:
    """Ends the process, with nothing tidied up, before its n-th call that touches a file or
    folder.
    """
    left = [step]

    def hook(event: str, _arguments: object) -> None:
        if event == "open" or event.startswith(("os.", "shutil.", "fcntl.")):
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)

    sys.addaudithook(hook)


def contents(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def main(folder: Path) -> None:
    for way in WAYS:
        for is_first in (True, False):
            step, killed = 0, 9
            while killed == 9:
                step += 1
                work = folder / f"{way.__name__}-{is_first}-{step}" / "out"
                if not is_first:
                    way(work, OLD)
                child = os.fork()
                if child == 0:
                    kill_at(step)
                    way(work, NEW)
                    os._exit(0)
                killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                left = contents(work)
                way(work, NEW)
                print(json.dumps([way.__name__, is_first, killed, left, contents(work)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
