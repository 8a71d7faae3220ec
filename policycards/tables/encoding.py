"""From the bytes of an office's file to text: UTF-8, with or without BOM, distinguished from what
Excel writes instead.
"""

from __future__ import annotations

import re
from pathlib import Path

from policycards.core.files import read_file, shown_path
from policycards.core.problems import Place, Problem, problem

LIMIT = 1_000_000
"""Bytes; far above any real catalogue file, and low enough to read without fear."""
MOST = 100
"""Findings of one kind in one file that are reported: a page of them shows that something is wrong with
the whole.
"""

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of surrogate pairs, and what is no character at all."""


def read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    """A file's content, or why there is none."""
    place = Place(shown_path(path))
    try:
        size = path.stat().st_size
        if size > LIMIT:
            return None, [
                problem("E101", place, size=f"{size / 1e6:.1f}", limit=f"{LIMIT / 1e6:.0f}")
            ]
        return read_file(path), []
    except FileNotFoundError:
        return None, [problem("E114", Place(shown_path(path.parent)), file=path.name)]
    except OSError as error:
        return None, [problem("E100", place, why=error.strerror or type(error).__name__)]


def decode(content: bytes, file: str, *, table: bool = False) -> tuple[str | None, list[Problem]]:
    """The text without its BOM and control characters refused; a table may be GB18030, which Excel
    writes.
    """
    place = Place(file)
    if content.startswith(_UTF_16) or b"\x00" in content[:2]:
        return None, [problem("E102", place, encoding="UTF-16")]
    warnings: list[Problem] = []
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        other = _decode_gb18030(content)
        if other is None or not table:
            line = content.count(b"\n", 0, error.start) + 1
            encoding = "GBK/GB18030" if other is not None else "?"
            return None, [problem("E102", Place(file, line), encoding=encoding)]
        text = other
        warnings.append(problem("W103", place))
    if found := UNPRINTABLE.search(text):
        return None, [
            *warnings,
            problem("E104", place_of(text, found.start(), file), character=ord(found.group())),
        ]
    return text, warnings


def _decode_gb18030(content: bytes) -> str | None:
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return None


def place_of(text: str, offset: int, file: str) -> Place:
    """Line and column of an offset.

    >>> str(place_of("a\\nbcd", 3, "x"))
    'x:2:2'
    """
    start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, start) + 1, offset - start + 1)


def same_everywhere(content: bytes) -> bytes:
    """Content as the digest sees it: an editor on Windows changes nothing by its BOM and line
    ends.
    """
    return content.removeprefix(_BOM).replace(b"\r\n", b"\n")
