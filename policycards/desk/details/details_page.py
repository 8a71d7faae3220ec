"""The screen of what tells everybody: site, booklet, poster, leaflets and the general card, made
and shown.
"""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.edition import editions
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.desk.core import pictures, tasks
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import in_language, render_page, start_task, today
from policycards.desk.printing.publications import PIECES, command, made, made_in

LATEST = 24
"""Pieces made before that are shown."""
SHEETS = {
    "booklet": N_("On A4 sheets, to be folded and stapled"),
    "poster": N_("Over A4 sheets, to be glued together"),
}
"""What the second file of a piece is for."""


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Choose what is to be made, of which edition or day and for which area; below it, what was
    made before.
    """
    office = Office.of_environment()
    catalogue, problems = opened(office, today())
    topics = (
        {each.id: in_language(each.name.bo, each.name.zh) for each in catalogue.topics}
        if catalogue
        else {}
    )
    wrong = [each for each in problems if each.severity is Severity.ERROR]
    if request.method == "POST" and catalogue is not None:
        response, wrong = _order(request, office, catalogue)
        if response is not None:
            return response
    return render_page(
        request,
        "details",
        status=400 if request.method == "POST" else 200,
        problems=wrong,
        pieces=PIECES.values(),
        chosen=request.POST or {"piece": "wall", "day": str(today())},
        editions=editions(office.policies)[::-1],
        areas=_areas(catalogue) if catalogue else [],
        topics=topics,
        names={
            code: in_language(area.name.bo, area.name.zh) for code, area in catalogue.areas.items()
        }
        if catalogue
        else {},
        made=made(office)[:LATEST],
        sheets=SHEETS,
    )


def _areas(catalogue: Catalogue) -> list[tuple[str, str, bool]]:
    """Code, name and whether it is the office's own; those inside another are set in."""
    own = catalogue.settings.area
    steps = sorted({len(code) for code in catalogue.areas})
    return [
        (
            code,
            f"{'　' * steps.index(len(code))}{in_language(area.name.bo, area.name.zh)}",
            code == own,
        )
        for code, area in sorted(catalogue.areas.items())
    ]


def _order(
    request: HttpRequest, office: Office, catalogue: Catalogue
) -> tuple[HttpResponse | None, list[Problem]]:
    """Send out the command of what was chosen; or what is wrong with the choice."""
    fields = request.POST
    piece, place = PIECES.get(fields.get("piece", "")), Place("policycards desk")
    area, edition, topic = (
        fields.get("area", ""),
        fields.get("edition", ""),
        fields.get("topic", ""),
    )
    is_known = area in catalogue.areas and (not edition or edition in editions(office.policies))
    has_topic = topic in {each.id for each in catalogue.topics}
    if piece is None or not is_known or (piece.name == "leaflet" and not has_topic):
        return None, [problem("E950", place)]
    try:
        day = date.fromisoformat(fields.get("day", ""))
    except ValueError:
        return None, [problem("E951", place)]
    arguments, folder = command(piece, area, edition, day, topic)
    then = reverse("made", args=(piece.name, folder))
    return start_task(office, arguments, title=piece.title, page=reverse("details"), then=then), []


@require_safe
def result(request: HttpRequest, name: str, folder: str) -> HttpResponse:
    """What was just made, and what its command said."""
    office, piece = Office.of_environment(), PIECES.get(name)
    inside = office.inside(folder)
    found = (
        [each for each in made_in(office, inside) if each.piece is piece]
        if inside and inside.is_dir()
        else []
    )
    if piece is None or not found:
        raise Http404
    task = tasks.latest(office, *piece.command)
    return render_page(
        request,
        "made",
        piece=piece,
        made=max(found, key=lambda each: each.time),
        task=task,
        sheets=SHEETS,
    )


urls = [
    path("details/", details, name="details"),
    path("details/<str:name>/<path:folder>/", result, name="made"),
    *pictures.urls,
]
