"""Running the command as a person would: its exit code and what it printed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from policycards.cli import main

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "from policycards.cli import main; main()"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def policycards(
    *arguments: object,
    lang: str = "en",
    folder: Path = ROOT,
    encoding: str = "utf-8",
    in_process: bool | None = None,
) -> Said:
    """What ``policycards`` does with arguments, in a folder, on a console of an encoding.

    In a process of its own where Django is set up, which can be done only once, or where the test
    is about the process.
    """
    words = [str(each) for each in arguments]
    environment = {
        "POLICYCARDS_LANG": lang,
        "PYTHONIOENCODING": encoding,
        "COLUMNS": "120",
    }
    if in_process is None:
        in_process = words[:1] not in (["ledger"], ["desk"])
    if not in_process:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *words],
            cwd=folder,
            env=os.environ | environment,
            capture_output=True,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
    out, err = (
        io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _stream in range(2)
    )
    code: object = 0
    with (
        patch.dict(os.environ, environment),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main(words)
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    return Said(code, *(_text(stream) for stream in (out, err)))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(stream.encoding)
