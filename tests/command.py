"""Running the command as a person would: another process, its exit code and what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def policycards(
    *arguments: object, lang: str = "en", folder: Path = ROOT, encoding: str = "utf-8"
) -> Said:
    """What ``policycards`` does with arguments, in a folder, on a console of an encoding."""
    environment = {
        **os.environ,
        "POLICYCARDS_LANG": lang,
        "PYTHONIOENCODING": encoding,
        "COLUMNS": "120",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from policycards.cli import main; main()", *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
