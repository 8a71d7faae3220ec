"""What a kind of problem is: its code, how grave it is, what it says, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """What all problems of one code have in common."""

    code: str
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING


def N_(text: str) -> str:
    """Mark a text for translation; the face translates it when it prints."""
    return text
