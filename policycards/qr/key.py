"""The secret key of a county, the card codes that come from it, and the key as five lines of text.

Nobody without the key can make up a code. The lines of the file and of the recovery sheet in the
safe look like card codes. One form serves both: to recover a key, type the sheet into a text file.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from policycards.core.files import open_regular
from policycards.core.problems import Place, Problem, problem
from policycards.qr import crockford

LENGTH = 12
"""Characters of a code, the check character included."""


def card_code(key: Key, area: str, household: str, edition: str, copy: int = 1) -> str:
    """The code of a household's card; ``area`` is where it lived when the card was first printed.

    >>> from policycards.qr.key import DEMO_KEY
    >>> format_code(card_code(DEMO_KEY, "990101001001", "H-0001", "2024b"))
    '4X4Y-TPCB-W31S'
    """
    return _code(key, "card", area, household, edition, str(copy))


def spare_code(key: Key, area: str, edition: str, batch: int, number: int) -> str:
    """The code of a spare card, which gets its household when it is handed over."""
    return _code(key, "spare", area, edition, str(batch), str(number))


def _code(key: Key, *fields: str) -> str:
    # Each field goes in behind its length, so that no two lists of fields give the same bytes; the
    # first field keeps
    # cards and spares apart.
    parts = [field.encode("utf-8") for field in fields]
    message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return guarded(crockford.encode(int.from_bytes(key.digest(message, 7), "big") >> 1, LENGTH - 1))


def guarded(text: str) -> str:
    """Eleven characters with their check character behind them."""
    return text + crockford.check_character(text)


def format_code(code: str) -> str:
    """A code as it is printed.

    >>> format_code("7F3K9Q2M8ZT1")
    '7F3K-9Q2M-8ZT1'
    """
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def parse_code(text: str, place: Place) -> tuple[str | None, list[Problem]]:
    """The code that somebody typed, or what is wrong with it (E410, E411, E412).

    >>> parse_code("7f3k 9q2m 8zt1", Place("typed"))
    ('7F3K9Q2M8ZT1', [])
    """
    code = crockford.fold(text)
    if strange := [character for character in code if character not in crockford.ALPHABET]:
        return None, [
            problem("E411", place, character=strange[0], number=f"U+{ord(strange[0]):04X}")
        ]
    if len(code) != LENGTH:
        return None, [problem("E410", place, count=len(code))]
    if code != guarded(code[:-1]):
        return None, [problem("E412", place)]
    return code, []


KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """Thirty-two secret bytes; what is shown of them is never more than the fingerprint.

    >>> DEMO_KEY
    Key(fingerprint='d50c3463')
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(self.secret)}")

    def __repr__(self) -> str:
        return f"Key(fingerprint={self.fingerprint!r})"

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that tell keys apart and give nothing away."""
        return self.digest(b"fingerprint", 4).hex()

    @property
    def is_demo(self) -> bool:
        """Whether this is the key that is published with the program: what it prints is a
        sample.
        """
        return self == DEMO_KEY

    def digest(self, message: bytes, size: int) -> bytes:
        """Keyed BLAKE2b (RFC 7693) of a message, ``size`` bytes; every use starts its message with
        a tag of its own.
        """
        return blake2b(message, digest_size=size, key=self.secret, person=b"policycards").digest()


DEMO_KEY = Key(b"policycards demo key, not secret")
"""The key that everybody has: its cards are marked 样稿, and ``publish`` refuses it."""


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
