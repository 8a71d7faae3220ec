"""Runs a task of the desk: one command in a process of its own, its state kept in a folder.

``python -m policycards.cli.task_runner FOLDER``: ``errand.json`` there says which command. While it
runs, ``beat`` is touched and ``progress.json`` says how far it is; at the end ``result.json`` is
what it came to (the document of ``--format json``) and ``done.json`` what it exited with.
"""

from __future__ import annotations

import _thread
import json
import signal
import sys
import threading
import time
from pathlib import Path

from policycards.cli import main, output
from policycards.core.files import atomic_write

HEARTBEAT = 1
"""Seconds between two signs of life."""


def run(folder: Path) -> None:
    """Run the command of a task as a console would, and write down how it ended."""
    arguments = json.loads((folder / "errand.json").read_text(encoding="utf-8"))["arguments"]
    threading.Thread(target=_beat, args=(folder,), daemon=True).start()
    output.keep_in(folder)
    code = 0
    try:
        main(arguments)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        code = 130
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what comes now comes too late
    sys.stdout.flush()
    sys.stderr.flush()
    atomic_write(folder / "done.json", json.dumps({"code": code}))


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
        time.sleep(HEARTBEAT)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
