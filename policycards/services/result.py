"""What a use case gives back: a frozen result, or an error with its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from policycards.core.problems import Problem, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``problems`` are errors and warnings, ``files`` what was written, in the order to read it."""

    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()
    hidden_warnings: int = 0
    """Warnings about the catalogue that ``check`` tells and this use case only counts."""

    @property
    def is_ok(self) -> bool:
        return not has_errors(self.problems)

    def to_dict(self) -> dict[str, Any]:
        """What it came to, as JSON has it; problems and files stand beside it."""
        shared = {each.name for each in fields(Result)}
        return {
            each.name: plain(getattr(self, each.name))
            for each in fields(self)
            if each.name not in shared
        }


def plain(value: Any) -> Any:
    """A value as JSON has it: paths with slashes, days and amounts as text.

    >>> plain({"day": date(2026, 7, 1), "yuan": Decimal("7.50"), "files": (Path("a/b"),)})
    {'day': '2026-07-01', 'yuan': '7.50', 'files': ['a/b']}
    """
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    raise TypeError(f"{type(value).__name__} is no data")


class ServiceError(Exception):
    """A use case that cannot go on. What it has written, if anything, its problems say."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*map(str, problems))
        self.problems = problems


class WrongUse(ServiceError):
    """What was asked for makes no sense: a name that is not there, options that exclude each
    other.
    """

    exit_code = 2


def sound(problems: Iterable[Problem]) -> list[Problem]:
    """The warnings; raises where there is an error, with the errors alone."""
    found = list(problems)
    if has_errors(found):
        raise ServiceError(*(each for each in found if each.severity == "error"))
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a use case is: of ``cards`` or other pieces, and of villages where it has them.

    ``stage`` is ``reading, checking, setting, printing, verifying`` or ``loading``; ``problems``
    are the first that were found, while there is time to stop.
    """

    stage: str
    done: int = 0
    of: int = 0
    villages: int = 0
    of_villages: int = 0
    problems: tuple[Problem, ...] = ()


Listener = Callable[[Progress], None]


def unheard(_progress: Progress) -> None:
    """Progress that nobody listens to."""
