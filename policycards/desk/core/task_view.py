"""The screens of errands: how one goes, what it said, what it made; stop it, go on with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from policycards.core.codes import N_
from policycards.desk.core import tasks as sent
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import language, shown
from policycards.desk.core.tasks import Task

STATES = {
    "running": N_("under way"),
    "stopping": N_("stopping"),
    "done": N_("done"),
    "problems": N_("ended with problems"),
    "stopped": N_("stopped"),
    "cut": N_("cut off"),
}
_PROBLEM = re.compile(r"^(?P<place>.*?): \S+ (?P<code>[EW]\d{3}): (?P<text>.*)$")
_PARTS = re.compile(r"[\s,，。;；：]+|: ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what a command said; a problem's has a code and a place, the line below it is its
    hint.
    """

    text: str
    code: str = ""
    place: str = ""
    is_detail: bool = False


@require_safe
def errands(request: HttpRequest) -> HttpResponse:
    office = Office.of_environment()
    return shown(request, "errands", errands=list(sent.errands(office))[:100], states=STATES)


@require_http_methods(["GET", "POST"])
def errand(request: HttpRequest, name: str) -> HttpResponse:
    """How an errand goes. ``act``: ``pause, cancel, resume``."""
    office = Office.of_environment()
    found = _errand(name)
    if request.method == "POST":
        act = request.POST.get("act")
        if act in ("pause", "cancel") and found.is_under_way:
            found.stop(for_good=act == "cancel")
        if act == "resume" and not found.is_under_way:
            found = sent.again(office, found, language())
        return redirect("errand", found.id)
    return shown(
        request,
        "errand",
        errand=found,
        state=found.state,
        states=STATES,
        lines=said(found),
        files=made(office, found),
    )


@require_safe
def state(request: HttpRequest, name: str) -> JsonResponse:
    """How far an errand is: ``state``, and ``cards, of, villages, of_villages`` where it tells."""
    found = _errand(name)
    return JsonResponse({"state": found.state, **found.progress})


def _errand(name: str) -> Task:
    found = sent.read(Office.of_environment(), name)
    if found is None:
        raise Http404
    return found


def said(errand: Task) -> list[Line]:
    """What a command said, line by line."""
    lines = []
    for text in errand.said.splitlines():
        found = _PROBLEM.match(text)
        if found:
            lines.append(Line(found["text"], found["code"], found["place"]))
        elif text.strip():
            lines.append(Line(text.strip(), is_detail=text.startswith("  ")))
    return lines


def made(office: Office, errand: Task) -> list[str]:
    """The files of the office that a command names in what it said, by their paths from the
    office's folder.
    """
    found: dict[str, None] = {}
    for part in _PARTS.split(errand.said):
        word = part.strip("'\"`()（）《》.").replace("\\", "/")
        path = office.inside(word) if "/" in word or "." in word else None
        if path is None:
            continue
        told = office.told(path)
        if path.is_file() and told.startswith("output/"):
            found[told] = None
        elif (path / "index.html").is_file():
            found[f"{told}/index.html"] = None
    return list(found)
