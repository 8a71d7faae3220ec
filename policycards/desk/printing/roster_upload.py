"""Print cards, the first screen: drop a list, or go on with one that is here."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, problem
from policycards.desk.core import tasks
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import (
    in_language,
    keep_upload,
    language,
    render_page,
    start_task,
    today,
)
from policycards.desk.printing import one_card, print_plan, roster_detail, run_pages
from policycards.desk.printing.roster_list import Listed, delete, find, lists


@require_http_methods(["GET", "POST"])
def printing(request: HttpRequest) -> HttpResponse:
    """The lists in the office's folder; a list that is dropped is checked at once."""
    office = Office.of_environment()
    problems: list[Problem] = []
    if request.method == "POST":
        kept, problems = keep_upload(request, office)
        found = find(office, kept.rpartition("/")[2]) if kept else None
        if found:
            return checked(found, {})
    catalogue, _found = opened(office, today())
    policies = [
        (each.id, in_language(each.name.bo, each.name.zh))
        for each in (catalogue.policies if catalogue else ())
    ]
    return render_page(
        request, "printing", lists=lists(office), policies=policies, problems=problems
    )


def checked(found: Listed, mapping: Mapping[str, str]) -> HttpResponseRedirect:
    """Send out the check of a list; its own screen shows how that goes."""
    address = reverse("list", args=[found.name])
    title = N_("Check a list")
    tasks.send(
        found.office,
        found.check(mapping),
        title=title,
        language=language(),
        then=address,
        page=address,
    )
    return redirect(address)


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, name: str) -> HttpResponse:
    """A list's own screen. ``act``: ``check``, ``headings``, ``delete``; or a corrected file in its place."""
    office = Office.of_environment()
    found = find(office, name)
    if found is None:
        return render_page(request, "missing", status=404)
    if request.method == "GET":
        return roster_detail.screen(request, found)
    if request.POST.get("act") == "delete":
        return _deleted(request, found)
    if "file" not in request.FILES:
        return checked(
            found,
            roster_detail.mapping(request.POST) if request.POST.get("act") == "headings" else {},
        )
    kept, problems = keep_upload(request, office, stem=found.file.stem)
    corrected = find(office, kept.rpartition("/")[2]) if kept else None
    return checked(corrected, {}) if corrected else roster_detail.screen(request, found, problems)


def _deleted(request: HttpRequest, found: Listed) -> HttpResponse:
    try:
        delete(found)
    except OSError as error:  # Excel holds it open
        problems = [problem("E908", Place(found.name), why=error.strerror or error)]
        return roster_detail.screen(request, found, problems)
    return redirect("printing")


@require_POST
def template(request: HttpRequest) -> HttpResponse:
    """An empty workbook."""
    arguments = ["roster", "template", "--out", "output/lists/roster.xlsx"]
    return start_task(
        Office.of_environment(), arguments, title=N_("An empty list"), page=reverse("printing")
    )


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A department's list added to a list of ours, as a new list beside it."""
    office = Office.of_environment()
    to, policy = find(office, request.POST.get("to", "")), request.POST.get("policy", "")
    kept, problems = keep_upload(request, office)
    if problems or to is None or not policy:
        return render_page(request, "printing", lists=lists(office), problems=problems)
    joined = to.file.with_name(f"{to.file.stem}-joined{to.file.suffix}")
    arguments = ["roster", "add", kept, "--policy", policy, "--to", to.path]
    arguments += [*to.source[1:], "--out", f"{office.relative(to.file.parent)}/{joined.name}"]
    then = reverse("list", args=[joined.name])
    return start_task(
        office, arguments, title=N_("Add a department's list"), page=reverse("printing"), then=then
    )


urls = [
    path("printing/", printing, name="printing"),
    path("printing/empty/", template, name="empty-list"),
    path("printing/add/", add, name="add-list"),
    path("printing/lists/<str:name>/", listed, name="list"),
    *one_card.urls,
    *print_plan.urls,
    *run_pages.urls,
]
