"""Files: how a path is written in a message."""

from __future__ import annotations

from pathlib import Path


def shown_path(path: Path) -> str:
    """A path as messages name it, with slashes; bytes that are not UTF-8 become question marks."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")
