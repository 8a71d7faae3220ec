"""The same input gives the same file, whoever makes it and whenever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pieces
from specimens import EVERY

from policycards import pdf
from policycards.design.layout.frames import Bookmark, Piece, Tagged


def piece() -> Piece:
    figure = Tagged("Figure", (pieces.checkered(),), "zh", "二维码")
    first = pieces.stacked(EVERY[:20])
    pages = (
        type(first)(first.width, first.height, (*first.items, figure)),
        pieces.stacked(EVERY[20:]),
    )
    return pieces.piece(
        *pages, bookmarks=(Bookmark("一", 0, 0), Bookmark("二", 1, 0)), bleed=9, crop_marks=True
    )


def test_files_are_equal_over_processes_hash_seeds_and_clocks() -> None:
    here = [pdf.render(piece(), pieces.fonts(), tagged=tagged) for tagged in (True, False)]
    for seed, epoch in (("1", "0"), ("2", "1700000000")):
        assert elsewhere(
            PYTHONHASHSEED=seed, SOURCE_DATE_EPOCH=epoch, TZ="Asia/Shanghai"
        ) == b"".join(here)


def elsewhere(**environment: str) -> bytes:
    """Both files as another process makes them."""
    code = (
        "import sys, pieces, test_same_bytes as t\n"
        "for tagged in (True, False):\n"
        "    t.pdf.write(t.piece(), pieces.fonts(), sys.stdout.buffer, tagged=tagged)\n"
    )
    folder = Path(__file__).parent
    paths = os.pathsep.join([str(folder), str(folder.parent), str(folder.parent.parent)])
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**known, "PYTHONPATH": paths, **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout
