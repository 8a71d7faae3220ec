"""The screens of tasks: how one goes, what it said, what it made; stop it, go on with it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from policycards.core.codes import N_
from policycards.desk.core import tasks as store
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import language, render_page
from policycards.desk.core.tasks import Task

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
