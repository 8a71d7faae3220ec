"""How problems and results are told: as text for a person, as JSON for a program, as annotations
for a CI.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from enum import StrEnum
from typing import NoReturn

import typer

from policycards.cli import legacy_record
from policycards.cli.messages import _
from policycards.core.problems import Place, Problem, Severity, has_errors, problem

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What every error in the arguments is; typer names only the most special one."""


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class Told(StrEnum):
    """How a result is told that is no problem."""

    TEXT = "text"
    JSON = "json"


@contextmanager
def aside(form: Told) -> Iterator[None]:
    """What is told to people goes to standard error where the result is for a program."""
    if form is Told.TEXT:
        yield
        return
    with redirect_stdout(sys.stderr):
        yield


def say(text: str) -> None:
    """A line of result on standard output."""
    legacy_record.record_line(text)
    print(text)


def tell(problems: Iterable[Problem], form: Format = Format.TEXT) -> None:
    """Every problem in the chosen form on standard output."""
    found = list(problems)
    if form is Format.JSON:
        print(json.dumps([as_dict(each) for each in found], ensure_ascii=False, indent=2))
    for each in found if form is not Format.JSON else []:
        print(_as_annotation(each) if form is Format.GITHUB else _as_text(each))


def tell_errors(problems: Iterable[Problem]) -> None:
    """The errors among problems as text."""
    tell(each for each in problems if each.severity is Severity.ERROR)


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and warnings in how many files."""
    found = list(problems)
    errors = sum(each.severity is Severity.ERROR for each in found)
    files = len({each.place.file for each in found})
    if not found:
        return _("No problems.")
    return _("Errors: {errors}, warnings: {warnings}, files: {files}.").format(
        errors=errors, warnings=len(found) - errors, files=files
    )


def stop_on_errors(problems: Iterable[Problem]) -> None:
    """Tell the errors and exit 1 if there are any; otherwise only count the warnings."""
    found = list(problems)
    if has_errors(found):
        tell_errors(found)
        say(_("Nothing was printed: correct the errors above first."))
        raise SystemExit(1)
    tell(
        each for each in found if each.code == "W802"
    )  # it is true only now, no later command could say it
    if found:
        print(
            _("Warnings: {count}; 'policycards check' shows them.").format(count=len(found)),
            file=sys.stderr,
        )


def wrong_use(found: Problem) -> NoReturn:
    """Tell what is wrong with how the command was used, and exit 2."""
    print(_as_text(found), file=sys.stderr)
    raise SystemExit(2)


def unusable(error: OSError) -> NoReturn:
    """Tell which file or folder the system refused and why, and exit 1."""
    place = Place(str(error.filename2 or error.filename or "policycards"))
    print(_as_text(problem("E908", place, why=error.strerror or error)), file=sys.stderr)
    raise SystemExit(1)


def misused(error: Exception) -> NoReturn:
    """Tell in the chosen language what is wrong with the arguments, and exit 2."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "policycards"
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter else getattr(error, "param_hint", None) or ""
    if kind == "MissingParameter":
        wrong_use(problem("E910", Place(command), name=name, command=command))
    if kind == "NoSuchOption":
        wrong_use(
            problem("E911", Place(command), name=getattr(error, "option_name", ""), command=command)
        )
    code = "E912" if name else "E913"
    wrong_use(
        problem(
            code, Place(command), name=name, why=getattr(error, "message", error), command=command
        )
    )


def _as_text(found: Problem) -> str:
    legacy_record.record_problem(found)
    severity = _("error") if found.severity is Severity.ERROR else _("warning")
    return f"{found.place}: {severity} {found.code}: {found.message(_)}\n    {found.hint(_)}"


def as_dict(found: Problem) -> dict[str, object]:
    """A problem as data."""
    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "message": found.message(_),
        "hint": found.hint(_),
    }


def _as_annotation(found: Problem) -> str:
    """https://docs.github.com/actions: workflow commands; the message escapes %, CR and LF."""
    text = (
        f"{found.message(_)} {found.hint(_)}".replace("%", "%25")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
    )
    place = found.place
    return (
        f"::{found.severity}"
        f" file={place.file},line={place.line},col={place.column},title={found.code}::{text}"
    )
