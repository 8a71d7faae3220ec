"""An errand of the desk: one command in a process of its own, with its beat and its end kept in a
folder.

``python -m policycards.cli.errand FOLDER``: the folder says which command (``desk/core/tasks.py``
has the form).
"""

from __future__ import annotations

import _thread
import json
import signal
import sys
import threading
import time
from pathlib import Path

BEAT = 1
"""Seconds between two signs of life."""


def run(folder: Path) -> None:
    told = json.loads((folder / "errand.json").read_text(encoding="utf-8"))
    threading.Thread(target=_beat, args=(folder,), daemon=True).start()
    code = _command(told["arguments"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what comes now comes too late
    sys.stdout.flush()
    sys.stderr.flush()
    unfinished = folder / "done.part"
    unfinished.write_text(json.dumps({"code": code}), encoding="utf-8")
    unfinished.replace(folder / "done.json")


def _command(arguments: list[str]) -> int:
    """Run a command as the console would; what it exits with."""
    from policycards.cli import main

    sys.argv = ["policycards", *arguments]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        return 130
    return 0


def _beat(folder: Path) -> None:
    """Show that we live, and stop the command as Ctrl-C would when asked to.

    Ctrl-C is pressed again until somebody listens for it: an import may swallow what it raises.
    """
    is_heard = False
    while True:
        (folder / "beat").touch()
        if not is_heard and (folder / "stop").exists():
            is_heard = signal.getsignal(signal.SIGINT) is not signal.default_int_handler
            _thread.interrupt_main()
        time.sleep(BEAT)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
