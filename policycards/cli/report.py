"""How problems and results are told: as text for a person, as JSON for a program, as annotations for a CI."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn

from policycards.cli.messages import _
from policycards.problems import Place, Problem, Severity, has_errors, problem


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def say(text: str) -> None:
    """A line of result on standard output."""
    print(text)


def tell(problems: Iterable[Problem], form: Format = Format.TEXT) -> None:
    """Every problem in the chosen form on standard output."""
    found = list(problems)
    if form is Format.JSON:
        print(json.dumps([_as_dict(problem) for problem in found], ensure_ascii=False, indent=2))
    for problem in found if form is not Format.JSON else []:
        print(_as_annotation(problem) if form is Format.GITHUB else _as_text(problem))


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and warnings in how many files."""
    found = list(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    files = len({problem.place.file for problem in found})
    if not found:
        return _("No problems.")
    return _("{errors} errors, {warnings} warnings in {files} files.").format(
        errors=errors, warnings=len(found) - errors, files=files
    )


def stop_on_errors(problems: Iterable[Problem]) -> None:
    """Tell the errors and exit 1 if there are any; otherwise only count the warnings."""
    found = list(problems)
    if has_errors(found):
        tell(problem for problem in found if problem.severity is Severity.ERROR)
        say(_("Nothing was printed: correct the errors above first."))
        raise SystemExit(1)
    if found:
        print(_("{count} warnings: 'policycards check' shows them.").format(count=len(found)), file=sys.stderr)


def wrong_use(problem: Problem) -> NoReturn:
    """Tell what is wrong with how the command was used, and exit 2."""
    print(_as_text(problem), file=sys.stderr)
    raise SystemExit(2)


def unusable(error: OSError) -> NoReturn:
    """Tell which file or folder the system refused and why, and exit 1."""
    place = Place(str(error.filename2 or error.filename or "policycards"))
    print(_as_text(problem("E908", place, why=error.strerror or error)), file=sys.stderr)
    raise SystemExit(1)


def _as_text(problem: Problem) -> str:
    severity = _("error") if problem.severity is Severity.ERROR else _("warning")
    return f"{problem.place}: {severity} {problem.code}: {problem.message(_)}\n    {problem.hint(_)}"


def _as_dict(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message(_),
        "hint": problem.hint(_),
    }


def _as_annotation(problem: Problem) -> str:
    """https://docs.github.com/actions: workflow commands; the message escapes %, CR and LF."""
    text = f"{problem.message(_)} {problem.hint(_)}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = problem.place
    return f"::{problem.severity} file={place.file},line={place.line},col={place.column},title={problem.code}::{text}"
