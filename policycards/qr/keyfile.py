"""The key as five lines of text, in a file and on the recovery sheet in the safe.

The lines look like card codes. One form serves both: to recover a key, type the sheet into a text
file.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from policycards.core.files import open_regular
from policycards.core.problems import Place, Problem, problem
from policycards.qr import crockford
from policycards.qr.code import LENGTH, format_code, guarded, parse_code
from policycards.qr.key import KEY_BYTES, Key

LINES = 5

_DATA = LENGTH - 1
_SPARE_BITS = LINES * _DATA * 5 - KEY_BYTES * 8
_MOST_BYTES = 4096


def recovery_lines(key: Key) -> tuple[str, ...]:
    """The key for a sheet of paper: five lines, each of eleven characters and a check character.

    The 19 bits that 55 characters have to spare hold a checksum of the key, which shows lines out
    of order.

    >>> from policycards.qr.key import DEMO_KEY
    >>> recovery_lines(DEMO_KEY)[0]
    'E1QP-RTB3-F5HH'
    """
    number = int.from_bytes(key.secret, "big") << _SPARE_BITS | _checksum(key)
    text = crockford.encode(number, LINES * _DATA)
    return tuple(
        format_code(guarded(text[start : start + _DATA])) for start in range(0, len(text), _DATA)
    )


def _checksum(key: Key) -> int:
    return int.from_bytes(key.digest(b"recovery", 3), "big") >> 24 - _SPARE_BITS


def key_text(key: Key) -> str:
    """What a key file holds; lines that start with # are for people."""
    return (
        f"# policycards {key.fingerprint}\n"
        "# 密钥，勿外传。Secret: not in git, mail or chat. Whoever has it can make card codes.\n"
        + "".join(line + "\n" for line in recovery_lines(key))
    )


def parse_key(text: str, file: str) -> tuple[Key | None, list[Problem]]:
    """The key of a key file's text or of a typed recovery sheet; no message repeats a part of
    it.
    """
    rows = [
        (number, row)
        for number, row in enumerate(text.splitlines(), 1)
        if row.strip() and row.lstrip()[0] != "#"
    ]
    if len(rows) != LINES:
        return None, [problem("E401", Place(file), count=len(rows))]
    read = [parse_code(row, Place(file, number)) for number, row in rows]
    if problems := [found for _, slips in read for found in slips]:
        return None, problems
    number = crockford.decode("".join(code[:-1] for code, _ in read if code))
    key = Key((number >> _SPARE_BITS).to_bytes(KEY_BYTES, "big"))
    if _checksum(key) != number & (1 << _SPARE_BITS) - 1:
        return None, [problem("E403", Place(file))]
    return key, []


def read_key(path: Path) -> tuple[Key | None, list[Problem]]:
    """The key of a file, with a warning (W402) where others on the computer can read it."""
    place = Place(str(path))
    try:
        text = _text(path)
    except FileNotFoundError:
        return None, [problem("E400", place)]
    except OSError as error:
        return None, [problem("E100", place, why=error.strerror)]
    key, problems = parse_key(text, str(path))
    # Windows keeps access in lists that these bits do not show.
    if key and os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        problems.append(problem("W402", place, file=path))
    return key, problems


def _text(path: Path) -> str:
    # Whatever is no text comes out as characters that no key has; utf-8-sig because Notepad may
    # write a mark in front.
    with open_regular(path) as file:
        return file.read(_MOST_BYTES).decode("utf-8-sig", errors="replace")


def write_key(path: Path, key: Key) -> None:
    """Make a key file that only its owner can read. Raises FileExistsError: a key in use is never
    overwritten.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(key_text(key))
