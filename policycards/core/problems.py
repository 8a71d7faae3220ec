"""What can be wrong, and where: one shape for every error and warning of every room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policycards.core.codes import KINDS, Kind, Severity

__all__ = ["Place", "Problem", "Severity", "has_errors", "problem"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1, 0 means unknown.

    >>> str(Place("policies/x.yaml", 12, 5))
    'policies/x.yaml:12:5'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [self.line, self.column] if self.column else [self.line] if self.line else []
        return ":".join([self.file, *map(str, numbers)])


def _as_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, its place, and the facts that fill its message.

    >>> print(problem("E100", Place("a.yaml"), why="no such file"))
    a.yaml: error E100: this file cannot be read: no such file
    """

    code: str
    place: Place
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    def message(self, translate: Callable[[str], str] = _as_is) -> str:
        return translate(self.kind.message).format(**dict(self.facts))

    def hint(self, translate: Callable[[str], str] = _as_is) -> str:
        return translate(self.kind.hint).format(**dict(self.facts))

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.code}: {self.message()}"


def problem(code: str, place: Place, **facts: object) -> Problem:
    """A problem of a known code; the facts are what its message and hint name in braces."""
    return Problem(
        KINDS[code].code, place, tuple(sorted((name, str(fact)) for name, fact in facts.items()))
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error."""
    return any(found.severity is Severity.ERROR for found in problems)
