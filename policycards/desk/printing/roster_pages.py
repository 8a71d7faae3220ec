"""The screens of rosters: uploaded, checked, their columns and words explained, their findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from policycards.catalogue import Catalogue
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, problem
from policycards.desk.core import tasks
from policycards.desk.core.desk_page import (
    in_language,
    keep_upload,
    language,
    render_page,
    start_task,
    today,
)
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.printing import one_card, run_pages
from policycards.desk.printing.roster_list import Listed, delete, find, lists
from policycards.households.roster.area_codes import VILLAGE
from policycards.households.roster.fields import OVERRIDE, PERSONAL, Field, fields_of

SHOWN = 300
"""Problems on the screen; all are in errors.xlsx."""
KINDS = {"": N_("All"), "error": N_("Errors"), "warning": N_("Warnings")}
_GROUPS = (
    ("household", N_("Of the household")),
    ("member", N_("Of a person")),
    ("approved", N_("Approved by a list")),
)


def screen(request: HttpRequest, found: Listed, problems: Sequence[Problem] = ()) -> HttpResponse:
    """The screen of a list, in whatever state its check is."""
    catalogue, faults = opened(found.office, today())
    if catalogue is None:
        return render_page(request, "list", list=found, problems=[*problems, *faults])
    facts, kind = found.facts, request.GET.get("show", "")
    records = _records(facts, "problems")
    chosen = [each for each in records if not kind or each.get("severity") == kind]
    return render_page(
        request,
        "list",
        list=found,
        problems=problems,
        facts=facts,
        failed=found.task if not facts else None,
        columns=list(_columns(facts, catalogue)),
        unknown=list(_unknown(facts, catalogue)),
        questions=list(_questions(facts)),
        villages=_villages(catalogue),
        meanings=meanings(catalogue),
        faults=chosen[:SHOWN],
        groups=list(_groups(records, facts)),
        hidden=len(chosen) - SHOWN,
        kinds=KINDS,
        kind=kind,
        is_open=bool(
            facts
            and (
                _records(facts, "unknown")
                or _records(facts, "questions")
                or not facts.get("households")
            )
        ),
    )


def _groups(
    records: list[dict[str, object]], facts: dict[str, object] | None
) -> Iterator[dict[str, object]]:
    """Problems of one kind together, errors and the most frequent first: the first, how many, and
    how many households with how much money a year they keep from being printed.
    """
    counts = Counter(str(each["code"]) for each in records)
    firsts = {str(each["code"]): each for each in reversed(records)}
    costs = {str(each["code"]): each for each in reversed(_records(facts, "groups"))}
    order = sorted(counts, key=lambda code: (firsts[code]["severity"] != "error", -counts[code]))
    for code in order:
        cost = costs.get(code, {})
        found = {"households": cost.get("households"), "yuan": cost.get("yuan")}
        yield {**firsts[code], **found, "count": counts[code]}


def posted_headings(form: QueryDict) -> dict[str, str]:
    """Which odd heading means which column, as the form says it."""
    return dict(_said(form, "heading"))


def posted_answers(form: QueryDict) -> dict[str, str]:
    """What the form says of villages, months and the like."""
    return dict(_said(form, "question"))


def _said(form: QueryDict, name: str) -> Iterator[tuple[str, str]]:
    """What was chosen of each: a suggestion, else what was picked from all."""
    for number, about in enumerate(form.getlist(name)):
        chosen = form.get(f"{name}-{number}", "") or form.get(f"{name}-{number}-other", "")
        if about and chosen:
            yield about, chosen


def meanings(catalogue: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """All that a heading may mean, in groups: column and label."""
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name, _label in _GROUPS}
    for field in fields_of(catalogue).values():
        if field.name not in PERSONAL:
            groups[_group(field)].append((field.name, in_language(field.label.bo, field.label.zh)))
    return [(_(label), groups[name]) for name, label in _GROUPS]


def _group(field: Field) -> str:
    return "approved" if field.name.startswith(OVERRIDE) else field.owner


def _columns(facts: dict[str, object] | None, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Headings that are known, and what they mean."""
    fields = fields_of(catalogue)
    for each in _records(facts, "columns"):
        field = fields.get(str(each["column"]))
        yield (
            str(each["heading"]),
            in_language(field.label.bo, field.label.zh) if field else str(each["column"]),
        )


def _unknown(facts: dict[str, object] | None, catalogue: Catalogue) -> Iterator[dict[str, object]]:
    """Headings that are not known, with three of their values and the nearest meanings; none of
    them is taken unless somebody chooses it.
    """
    fields = fields_of(catalogue)
    for number, each in enumerate(_records(facts, "unknown")):
        near = [name for name in _texts(each, "suggestions") if name in fields]
        yield {
            "name": f"heading-{number}",
            "heading": str(each["heading"]),
            "values": _texts(each, "values"),
            "choices": [
                (name, in_language(fields[name].label.bo, fields[name].label.zh)) for name in near
            ],
        }


def _questions(facts: dict[str, object] | None) -> Iterator[dict[str, object]]:
    """What has to be said once: which village a name is, whether 1956.1 is January."""
    months = {"january": N_("January"), "october": N_("October")}
    asked = [
        each for each in _records(facts, "questions") if not str(each["id"]).startswith("heading:")
    ]
    for number, each in enumerate(asked):
        is_month = str(each["id"]).startswith("month:")
        yield {
            "name": f"question-{number}",
            "id": each["id"],
            "about": each["about"],
            "count": each["count"],
            "is_month": is_month,
            "choices": [
                (choice, _(months[choice])) if is_month else (choice.rpartition(" ")[2], choice)
                for choice in _texts(each, "choices")
            ],
        }


def _villages(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Every village, to choose from."""
    return [
        (code, f"{in_language(area.name.bo, area.name.zh)} {code}")
        for code, area in sorted(catalogue.areas.items())
        if len(code) == VILLAGE and area.valid_to is None
    ]


def _texts(record: dict[str, object], name: str) -> list[str]:
    found = record.get(name)
    return list(map(str, found)) if isinstance(found, list) else []


def _records(facts: dict[str, object] | None, name: str) -> list[dict[str, object]]:
    records = (facts or {}).get(name)
    return [each for each in records if isinstance(each, dict)] if isinstance(records, list) else []


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


def checked(
    found: Listed, mapping: Mapping[str, str], answers: Mapping[str, str] | None = None
) -> HttpResponseRedirect:
    """Send out the check of a list; its own screen shows how that goes."""
    address = reverse("list", args=[found.name])
    title = N_("Check a list")
    tasks.send(
        found.office,
        found.check(mapping, answers or {}),
        title=title,
        language=language(),
        then=address,
        page=address,
    )
    return redirect(address)


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, name: str) -> HttpResponse:
    """A list's own screen. ``act``: ``check``, ``headings``, ``delete``; or a corrected file in its
    place.
    """
    office = Office.of_environment()
    found = find(office, name)
    if found is None:
        return render_page(request, "missing", status=404)
    if request.method == "GET":
        return screen(request, found)
    if request.POST.get("act") == "delete":
        return _deleted(request, found)
    if "file" not in request.FILES:
        if request.POST.get("act") != "headings":
            return checked(found, {})
        return checked(found, posted_headings(request.POST), posted_answers(request.POST))
    kept, problems = keep_upload(request, office, stem=found.file.stem)
    corrected = find(office, kept.rpartition("/")[2]) if kept else None
    return checked(corrected, {}) if corrected else screen(request, found, problems)


def _deleted(request: HttpRequest, found: Listed) -> HttpResponse:
    try:
        delete(found)
    except OSError as error:  # Excel holds it open
        problems = [problem("E908", Place(found.name), why=error.strerror or error)]
        return screen(request, found, problems)
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
    arguments = ["roster", "merge", kept, "--policy", policy, "--to", to.path]
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
    *run_pages.plan_urls,
    *run_pages.urls,
]
