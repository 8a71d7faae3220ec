"""The log of what nobody expected, in the office's folder. It holds no data of people: where in the
program it happened and the kind of error, but neither its message nor any value.
"""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from policycards.core.files import shown_path

FOLDER = "desk"
"""Where an office keeps what the program remembers."""
PACKAGE = Path(__file__).parent.parent.parent


def record(error: BaseException) -> str:
    """Write down where an error happened: the file, or a dash where none can be written."""
    lines = [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}  policycards {version('policycards')},"
        f" Python {platform.python_version()}, {sys.platform}"
    ]
    each: BaseException | None = error
    while each is not None:
        lines.append(f"  {type(each).__module__}.{type(each).__name__}")
        lines += [
            f"    {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
        each = each.__cause__ or each.__context__
    file = Path.cwd() / FOLDER / "errors.log"
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return "–"
    return shown_path(file.relative_to(Path.cwd()))


def _short(filename: str) -> str:
    """A file of the program from its package on, any other by its name alone."""
    path = Path(filename)
    return shown_path(path.relative_to(PACKAGE)) if path.is_relative_to(PACKAGE) else path.name
