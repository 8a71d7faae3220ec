"""What all screens share: the office, navigation, files and tasks; and the screens of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policycards.core.codes import N_
from policycards.core.files import digest_file, draft
from policycards.core.problems import Place, Problem, problem
from policycards.desk.core import access, tasks
from policycards.desk.core import tasks as store
from policycards.desk.core.office_folder import LISTS, Office, safe_name
from policycards.desk.core.tasks import Task

NAVIGATION = (
    ("home", N_("Home")),
    ("printing", N_("Print cards")),
    ("standards", N_("Update standards")),
    ("policies", N_("Policies")),
    ("details", N_("Details")),
    ("handing", N_("Hand over")),
)
LARGEST = 100_000_000
"""Bytes of a list that is taken."""


def render_page(
    request: HttpRequest, template: str, *, status: int = 200, **facts: object
) -> HttpResponse:
    """A screen."""
    return render(request, f"desk/{template}.html", facts, status=status)


def around(request: HttpRequest) -> dict[str, object]:
    """What every screen shows around its own: the way to the others, and what is under way."""
    office = Office.of_environment()
    if request.path.startswith("/start/"):  # nothing else is there yet
        return {"navigation": (), "office": office}
    running = [each for each in tasks.running(office) if not each.is_server]
    return {"navigation": NAVIGATION, "under_way": running, "office": office}


def language() -> str:
    """The language of the screen as commands know it."""
    return (translation.get_language() or "zh")[:2]


def in_language(bo: str, zh: str) -> str:
    """A text of the catalogue in the language of the screen; Chinese where that is English."""
    return bo if language() == "bo" else zh


def today() -> date:
    return date.today()


def start_task(
    office: Office, arguments: Sequence[str], *, title: str, page: str, then: str = ""
) -> HttpResponseRedirect:
    """Send a command out and show how it goes; when it is done, ``then`` goes on, else its result
    is shown.

    ``title`` is translated when it is shown: mark it with ``N_``. ``page`` is the address of the
    screen it came from.
    """
    task = tasks.send(office, arguments, title=title, language=language(), then=then, page=page)
    return redirect("task", task.id)


def keep_upload(
    request: HttpRequest,
    office: Office,
    endings: Sequence[str] = LISTS,
    folder: Path | None = None,
    stem: str = "",
) -> tuple[str, list[Problem]]:
    """A dropped list, kept in a folder, usually that of lists: its path from the office's folder,
    or what is wrong.

    A list of the same name is kept beside it under its day and time: nothing that was dropped is
    lost. With ``stem`` it takes the place of the list of that name.
    """
    file = request.FILES.get("file")
    if (
        file is None
        or not file.name
        or (file.size or 0) > LARGEST
        or not file.name.lower().endswith(tuple(endings))
    ):
        name = safe_name(file.name) if file is not None and file.name else ""
        return "", [problem("E930", Place(name or _("file")), endings=" ".join(endings))]
    home, name = folder or office.rosters, safe_name(file.name)
    home.mkdir(parents=True, exist_ok=True)
    target = home / (f"{stem}.{name.rpartition('.')[2]}" if stem else name)
    try:
        with draft(target) as unfinished:
            with unfinished.open("wb") as writing:
                for chunk in file.chunks():
                    writing.write(chunk)
            if target.exists() and digest_file(target) != digest_file(unfinished):
                changed = tasks.moment(target.stat().st_mtime)
                target.replace(target.with_name(f"{target.stem}-{changed}{target.suffix}"))
    except OSError as error:  # Excel holds it open, or the disk is full
        return "", [problem("E908", Place(target.name), why=error.strerror or error)]
    return office.relative(target), []


def open_file(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """A file of the office: shown where a browser can, else to be kept; pages and their folders are
    opened apart.
    """
    office = Office.of_environment()
    found = office.inside(path)
    if found is not None and found.is_dir():
        found = office.inside(f"{path}/index.html")
    if found is None:
        return render_page(request, "missing", status=404)
    if found.suffix.lower() in access.PAGES:
        return access.opened(office, office.relative(found))
    keeps = found.suffix.lower() in (".xlsx", ".csv", ".json", ".parquet", ".yaml")
    return FileResponse(found.open("rb"), as_attachment=keeps, filename=found.name)


STATES = {
    "running": N_("under way"),
    "stopping": N_("stopping"),
    "done": N_("done"),
    "questions": N_("done, with questions"),
    "refused": N_("not done"),
    "stopped": N_("stopped"),
    "cut": N_("cut off"),
}


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    office = Office.of_environment()
    return render_page(request, "tasks", tasks=list(store.history(office))[:100], states=STATES)


@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, name: str) -> HttpResponse:
    """How a task goes. ``act``: ``pause, cancel, resume``."""
    office = Office.of_environment()
    found = _task(name)
    if request.method == "POST":
        act = request.POST.get("act")
        if act in ("pause", "cancel") and found.is_under_way:
            found.stop(for_good=act == "cancel")
        if act == "resume" and not found.is_under_way:
            found = store.again(office, found, language())
        return redirect("task", found.id)
    return render_page(
        request,
        "task",
        task=found,
        state=found.state,
        states=STATES,
        files=files_written(office, found),
    )


@require_safe
def state(request: HttpRequest, name: str) -> JsonResponse:
    """How far a task is: ``state``, and ``cards, of, villages, of_villages`` where that is known."""
    found = _task(name)
    return JsonResponse({"state": found.state, **found.progress})


def _task(name: str) -> Task:
    found = store.read(Office.of_environment(), name)
    if found is None:
        raise Http404
    return found


def files_written(office: Office, task: Task) -> list[str]:
    """The files that a task has written, by their paths from the office's folder."""
    found = (office.inside(name) for name in task.files)
    return [office.relative(each) for each in found if each and each.is_file()]
