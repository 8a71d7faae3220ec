"""How a command answers: lines for a person, a document for a program, annotations for a CI.

The document is one shape for every command and for the ``result.json`` of a task:
``command, code, summary, files, problems, result``. An error that nobody expected is logged in the
office's folder without data of people: where it happened and its kind, no message and no value.
"""

from __future__ import annotations

import json
import platform
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policycards.cli.messages import _
from policycards.core.files import atomic_write, shown_path
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.households.roster.findings import Question
from policycards.services.result import Listener, Progress, Result, ServiceError, WrongUse

LOG_FOLDER = "desk"
"""Where an office keeps what the program remembers."""
PACKAGE = Path(__file__).parent.parent.parent


def record_crash(error: BaseException) -> str:
    """Write down where an error happened: the file, or a dash where none can be written."""
    lines = [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}  policycards {version('policycards')},"
        f" Python {platform.python_version()}, {sys.platform}"
    ]
    each: BaseException | None = error
    while each is not None:
        lines.append(f"  {type(each).__module__}.{type(each).__name__}")
        lines += [
            f"    {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
        each = each.__cause__ or each.__context__
    file = Path.cwd() / LOG_FOLDER / "errors.log"
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return "–"
    return shown_path(file.relative_to(Path.cwd()))


def _short(filename: str) -> str:
    """A file of the program from its package on, any other by its name alone."""
    path = Path(filename)
    return shown_path(path.relative_to(PACKAGE)) if path.is_relative_to(PACKAGE) else path.name


SHOWN = 20
"""Problems of a list or run that are shown; the files tell all."""
_task: Path | None = None


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers: a result, and what a person should know of it, the last line being
    what happened and what to do next.
    """

    result: Result
    lines: Iterable[str] = ()
    most: int | None = None
    """Problems shown to a person; None shows all, 0 none: then ``lines`` tell of them."""
    code: int | None = None
    """What the command exits with; by default 1 where there is an error."""

    @property
    def exit_code(self) -> int:
        return (0 if self.result.is_ok else 1) if self.code is None else self.code


def question_lines(questions: Iterable[Question]) -> Iterator[str]:
    """What the office has to say once, with the answers to choose from."""
    for each in questions:
        yield _(
            "Question: {id} ({about}, in {count} places). Answer: --answer {id}=…, such as"
            " {choices}"
        ).format(
            id=each.id,
            about=each.about,
            count=each.count,
            choices=" / ".join(each.choices) or "…",
        )


def present_call(
    call: Callable[[], Answer], command: str, form: Format, refused: str, subject: str = ""
) -> int:
    """Answer what a call comes to, or why it cannot; ``refused`` is then the last line.

    ``subject`` is the file that the command is about: where it meets what nobody expected, that is
    the place, and the details go to a log.
    """
    try:
        answer = call()
    except WrongUse as error:
        answer = Answer(Result(problems=error.problems), code=2)
    except ServiceError as error:
        answer = Answer(Result(problems=error.problems), [_(refused)])
    except OSError as error:  # a full disk, a file held open by a viewer, a folder without rights
        answer = Answer(Result(problems=(unusable(error),)))
    except Exception as error:
        place = Place(subject or command)
        found = problem("E918", place, what=type(error).__name__, log=record_crash(error))
        answer = Answer(Result(problems=(found,)))
    return present(answer, command, form)


def keep_in(folder: Path | None) -> None:
    """From now on the document and the progress of a command are kept in a task's folder too."""
    global _task
    _task = folder


def present(answer: Answer, command: str, form: Format) -> int:
    """Answer in the chosen form and keep the document of a task: the exit code."""
    problems, summary = answer.result.problems, []
    if form is Format.TEXT:
        _show(problems, answer.most, sys.stderr if answer.exit_code == 2 else sys.stdout)
    files = {str(each) for each in answer.result.files}
    for line in answer.lines:
        if not files >= set(line.split(", ")):  # the document has the files beside it
            summary.append(line)
        if form is Format.TEXT:
            print(line)
    if answer.result.hidden_warnings and form is Format.TEXT:
        counted = _("Warnings: {count}; 'policycards check' shows them.")
        print(counted.format(count=answer.result.hidden_warnings), file=sys.stderr)
    document = {
        "command": command,
        "code": answer.exit_code,
        "summary": summary,
        "files": [each.as_posix() for each in answer.result.files],
        "problems": [as_dict(each) for each in problems],
        "result": answer.result.to_dict(),
    }
    if form is Format.JSON:
        print(json.dumps(document, ensure_ascii=False, indent=1))
    for each in problems if form is Format.GITHUB else ():
        print(_as_annotation(each))
    if _task:
        atomic_write(_task / "result.json", json.dumps(document, ensure_ascii=False))
    return answer.exit_code


def _show(problems: Sequence[Problem], most: int | None, stream: Any) -> None:
    """The first problems, errors before warnings where not all are shown, and how many of each."""
    ordered = list(problems)
    if most is not None:
        ordered.sort(key=lambda each: each.severity is not Severity.ERROR)
    for each in ordered[:most]:
        print(as_text(each), file=stream)
    if most and len(ordered) > most:
        counts = sorted(Counter(each.code for each in ordered).items())
        listed = ", ".join(f"{code} × {count}" for code, count in counts)
        print(_("In all: {counts}").format(counts=listed), file=stream)


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


def refuse(found: Problem, command: str, form: Format = Format.TEXT) -> int:
    """Answer that the command was used wrongly: 2."""
    return present(Answer(Result(problems=(found,)), code=2), command, form)


def unusable(error: OSError) -> Problem:
    """Which file or folder the system refused, and why."""
    place = Place(str(error.filename2 or error.filename or "policycards"))
    return problem("E908", place, why=error.strerror or error)


def as_text(found: Problem) -> str:
    severity = _("error") if found.severity is Severity.ERROR else _("warning")
    return f"{found.place}: {severity} {found.code}: {found.message(_)}\n    {found.hint(_)}"


def as_dict(found: Problem) -> dict[str, object]:
    """A problem as data; ``where`` is the cell, option or column, ``id`` the standard it is of, and
    of ``facts`` it can be said again in another language.
    """
    facts = dict(found.facts)
    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "message": found.message(_),
        "hint": found.hint(_),
        "where": facts.get("where"),
        "id": facts.get("id"),
        "facts": facts,
    }


def _as_annotation(found: Problem) -> str:
    """https://docs.github.com/actions: workflow commands; the message escapes %, CR and LF."""
    text = f"{found.message(_)} {found.hint(_)}"
    for sign, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, escaped)
    place = found.place
    return (
        f"::{found.severity}"
        f" file={place.file},line={place.line},col={place.column},title={found.code}::{text}"
    )


@contextmanager
def progress() -> Iterator[Listener]:
    """A bar of cards with the time left, where there is a terminal; for a task a file; else now and
    then a line.
    """
    if _task:
        yield _TaskProgress(_task / "progress.json")
    elif not sys.stderr.isatty():
        yield _Lines()
    else:
        from rich.console import Console  # only a terminal needs it
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Bar(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(_("Cards"), total=None)

            def show(far: Progress) -> None:
                if far.problems:
                    _show_early(far.problems)
                villages = _("{done} of {all} villages").format(
                    done=far.villages, all=far.of_villages
                )
                words = villages if far.of_villages else _("Cards")
                bar.update(task, completed=far.done, total=far.of, description=words)

            yield show


class _TaskProgress:
    """Progress as the file ``progress.json`` of a task's folder."""

    def __init__(self, file: Path) -> None:
        self._file, self._problems = file, list[dict[str, object]]()

    def __call__(self, far: Progress) -> None:
        self._problems += [as_dict(each) for each in far.problems]
        document = {
            "stage": far.stage,
            "cards": far.done,
            "of": far.of,
            "villages": far.villages,
            "of_villages": far.of_villages,
            "problems": self._problems,
        }
        with suppress(
            PermissionError
        ):  # Windows: the desk is just reading it; the next one will do
            atomic_write(self._file, json.dumps(document, ensure_ascii=False))


class _Lines:
    """A line for each tenth of what takes long."""

    def __init__(self) -> None:
        self._next = 0.1

    def __call__(self, far: Progress) -> None:
        if far.problems:
            _show_early(far.problems)
        if far.of > 200 and far.done >= self._next * far.of:
            self._next = far.done / far.of + 0.1
            text = _("{cards} of {all} cards, {villages} villages")
            print(text.format(cards=far.done, all=far.of, villages=far.villages), file=sys.stderr)


def _show_early(problems: Sequence[Problem]) -> None:
    """What is wrong with the first cards, while there is time to stop."""
    _show(problems, SHOWN, sys.stderr)
    words = _(
        "This was found on the first cards; the run goes on with the others. Ctrl-C stops it."
    )
    print(words, file=sys.stderr)
