"""The document of a task whose command does not answer with one yet: what it reports, recorded.

``report`` records its lines and problems here; this module goes with the last command of
``legacy.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from policycards.cli.output import as_dict
from policycards.core.problems import Problem

_lines: list[str] = []
_problems: list[Problem] = []
_BETWEEN = re.compile(r"[\s,，。;；：]+|: ")


def record_line(text: str) -> None:
    _lines.append(text)


def forget_lines() -> None:
    _lines.clear()


def record_problem(found: Problem) -> None:
    _problems.append(found)


def document(arguments: Sequence[str], code: int, printed: str) -> dict[str, Any]:
    """``command, code, summary, files, problems, result`` of the command that has just ended;
    ``printed`` is its standard output, its data where that is JSON.
    """
    try:
        result = json.loads(printed)
    except ValueError:
        result = {}
    named = [(line, _files(line)) for line in _lines]
    return {
        "command": " ".join(arguments[:2]),
        "code": code,
        "summary": [line for line, files in named if not _is_only_files(line, files)],
        "files": list(dict.fromkeys(file for _line, files in named for file in files)),
        "problems": [as_dict(each) for each in _problems],
        "result": result if isinstance(result, dict) else {},
    }


def _files(line: str) -> list[str]:
    """The files that a line names, the first page of a site for its folder."""
    found = []
    for part in _BETWEEN.split(line):
        word = part.strip("'\"`()（）《》.")
        if "/" not in word and "\\" not in word and "." not in word:
            continue
        path = Path(word)
        try:
            if path.is_file():
                found.append(path.as_posix())
            elif (path / "index.html").is_file():
                found.append((path / "index.html").as_posix())
        except OSError:  # longer than any name
            continue
    return found


def _is_only_files(line: str, files: Sequence[str]) -> bool:
    return bool(files) and len(_BETWEEN.split(line.strip())) == len(files)
