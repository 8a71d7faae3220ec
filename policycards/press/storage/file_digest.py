"""The digest by which a run knows the files that it is made from."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def file_digest(files: Iterable[Path]) -> str:
    """One digest of some files; of a folder, of the files in it."""
    digest = sha256()
    for path in sorted(set(files)):
        for file in sorted(path.glob("*")) if path.is_dir() else [path]:
            with file.open("rb") as opened:
                digest.update(file.name.encode() + sha256(opened.read()).digest())
    return digest.hexdigest()
