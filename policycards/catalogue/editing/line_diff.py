"""What a change of a file takes out and puts in, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from policycards.core.journal import NewFile

AROUND = 2
"""Lines that stay, shown beside those that change."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: ``+`` put in, ``-`` taken out, a space where it stays, ``…`` where lines
    are left out.
    """

    sign: Literal["+", "-", " ", "…"]
    text: str


def differences(file: NewFile) -> Iterator[Line]:
    """The lines of a file that change, with some around them."""
    old, new = (_lines(content or b"") for content in (file.old, file.new))
    for number, group in enumerate(
        SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)
    ):
        if number:
            yield Line("…", "")
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                yield from (Line(" ", text) for text in old[old_from:old_to])
            else:
                yield from (Line("-", text) for text in old[old_from:old_to])
                yield from (Line("+", text) for text in new[new_from:new_to])


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
