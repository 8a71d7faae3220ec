"""Run as a program: changes two files of a folder as one, and is killed at each step in turn; tells
what was left.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from policycards.core.journal import NewFile, recover, replace_files

FILES = [
    NewFile("a.yaml", b"old a", b"new a"),
    NewFile("b/b.yaml", b"old b", b"new b"),
    NewFile("c/c.yaml", None, b"new c"),
]


def kill_at(step: int) -> None:
    """Ends the process, with nothing tidied up, before its n-th call that touches a file or
    folder.
    """
    left = [step]

    def hook(event: str, _arguments: object) -> None:
        if event == "open" or event.startswith("os."):
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)

    sys.addaudithook(hook)


def state(folder: Path) -> str:
    found = [
        path.read_bytes() if (path := folder / each.name).is_file() else None for each in FILES
    ]
    return (
        "new"
        if found == [each.new for each in FILES]
        else "old"
        if found == [each.old for each in FILES]
        else "mix"
    )


def main(folder: Path) -> None:
    step, killed = 0, 9
    while killed == 9:
        step += 1
        work = folder / str(step)
        for each in FILES:
            if each.old is not None:
                (work / each.name).parent.mkdir(parents=True, exist_ok=True)
                (work / each.name).write_bytes(each.old)
        child = os.fork()
        if child == 0:
            kill_at(step)
            replace_files(work, FILES)
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        left = state(work)
        codes = [each.code for each in recover(work)]
        after = state(work)
        again = [each.code for each in replace_files(work, FILES)] if after == "old" else []
        rest = sorted(
            path.name
            for path in work.rglob("*")
            if path.name not in ("a.yaml", "b", "b.yaml", "c", "c.yaml")
        )
        print(json.dumps([killed, left, codes, after, again, state(work), rest]))
        shutil.rmtree(work)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
