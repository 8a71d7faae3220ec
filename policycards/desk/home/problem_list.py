"""The screen of problems: everything that the check finds, by file and line, with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from policycards.core.codes import N_
from policycards.desk.core import tasks
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import language, render_page
from policycards.desk.core.tasks import Task

COMMAND = ("check", "--format", "json")


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem as the check reports it."""

    code: str
    is_error: bool
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class File:
    """A file with its problems, errors first; ``policy`` is the id of the policy that it is, where
    it is one.
    """

    name: str
    policy: str
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> int:
        return sum(each.is_error for each in self.faults)

    @property
    def warnings(self) -> int:
        return len(self.faults) - self.errors


@require_http_methods(["GET", "POST"])
def problems(request: HttpRequest) -> HttpResponse:
    """What the last check found, and whether anything has changed since."""
    office = Office.of_environment()
    if request.method == "POST":
        page = reverse("problems")
        tasks.send(
            office, COMMAND, title=N_("Check everything"), language=language(), page=page, then=page
        )
        return redirect("problems")
    task = tasks.latest(office, *COMMAND)
    faults = found(task) if task and task.code is not None else None
    files = by_file(office, faults or [])
    return render_page(
        request,
        "faults",
        task=task,
        was_checked=faults is not None,
        files=files,
        errors=sum(each.errors for each in files),
        warnings=sum(each.warnings for each in files),
        is_old=task is not None and _changed(office.policies) > task.started,
    )


def found(task: Task) -> list[dict[str, object]] | None:
    """The problems that a check found; None where it came to nothing."""
    problems = task.document and task.document["problems"]
    return problems if isinstance(problems, list) else None


def by_file(office: Office, records: Iterable[dict[str, object]]) -> list[File]:
    """Problems by file, those with errors first."""
    files: dict[str, list[Fault]] = {}
    for each in records:
        line = each.get("line")
        fault = Fault(
            code=str(each["code"]),
            is_error=each["severity"] == "error",
            line=line if isinstance(line, int) else 0,
            message=str(each["message"]),
            hint=str(each["hint"]),
        )
        files.setdefault(str(each["file"]).replace("\\", "/"), []).append(fault)
    made = [
        File(
            name,
            _policy(name),
            tuple(sorted(faults, key=lambda fault: (not fault.is_error, fault.line))),
        )
        for name, faults in files.items()
    ]
    return sorted(made, key=lambda file: (not file.errors, file.name))


def _policy(name: str) -> str:
    """The id of a policy from ``policies/CATEGORY/ID.yaml``.

    >>> _policy("policies/health/birth-grant.yaml"), _policy("policies/words.yaml")
    ('birth-grant', '')
    """
    parts = name.split("/")
    return parts[2].removesuffix(".yaml") if len(parts) == 3 and name.endswith(".yaml") else ""


def _changed(policies: Path) -> datetime:
    """When anything that is checked was changed last."""
    stamps = [file.stat().st_mtime for file in policies.rglob("*") if file.is_file()]
    return datetime.fromtimestamp(max(stamps, default=0)).astimezone()


urls = [path("problems/", problems, name="problems")]
