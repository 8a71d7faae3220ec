"""The screens of policies: the list by category, and the texts of one, worded anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from policycards.catalogue import Catalogue, Policy
from policycards.catalogue.editing.catalogue_edit import (
    differences,
    file_of,
    open_catalogue,
    retold,
)
from policycards.catalogue.editing.editable_texts import FLAG, fields_of
from policycards.catalogue.model.catalogue import Category
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reviews.verdicts import read_by_owner
from policycards.core.codes import N_
from policycards.core.journal import NewFile
from policycards.core.problems import Place, Problem, Severity, has_errors
from policycards.design.content.policy_text import Phrase, PolicyText
from policycards.desk.core.desk_page import render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.policies import new_policy, policy_fields, review_page
from policycards.desk.policies.policy_fields import (
    LABELS,
    Typed,
    as_told,
    changed,
    form_of,
    typed,
    was,
)
from policycards.desk.policies.policy_preview import (
    hints_of,
    page_of,
    picture_of,
    problems_of,
    proposed,
    sure,
)
from policycards.desk.policies.review_page import remembered
from policycards.site.html import pictogram


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy on the list; the marks count texts that are drafts, values that nobody confirmed,
    and problems.
    """

    id: str
    name: Text
    figures: tuple[Text, ...]
    drafts: int
    unconfirmed: int
    problems: int


@dataclass(frozen=True, slots=True)
class Group:
    """A category with its policies."""

    category: Category
    drawing: str
    policies: tuple[Listed, ...]


def in_categories(catalogue: Catalogue, problems: Sequence[Problem], day: date) -> list[Group]:
    """Every sound policy, by category in the order of print."""
    read = read_by_owner(catalogue)
    faults = Counter(each.place.file for each in problems)
    found: dict[str, list[Listed]] = {}
    in_force = catalogue.at(day, catalogue.settings.area)
    for policy in catalogue.policies:
        values = [in_force[each].value for each in policy.standards]
        done, count = read.get(policy.id, (0, 0))
        found.setdefault(policy.category, []).append(
            Listed(
                id=policy.id,
                name=policy.name,
                figures=tuple(_figures(catalogue, policy, day)),
                drafts=count - done,
                unconfirmed=sum(bool(value and not value.confirmed) for value in values),
                problems=sum(
                    number for file, number in faults.items() if file.endswith(file_of(policy))
                ),
            )
        )
    return [
        Group(each, pictogram(each.pictogram), tuple(found[each.id]))
        for each in catalogue.settings.categories
        if each.id in found
    ]


def _figures(catalogue: Catalogue, policy: Policy, day: date) -> Iterator[Text]:
    """What is in force of each standard, in words; the same words once."""
    speaker = PolicyText(catalogue, catalogue.settings.area, day)
    unique: dict[str, Text] = {}
    for standard in policy.standards:
        offer = speaker.offer(standard)
        phrases = offer.phrases if offer else None
        if phrases:
            text = Text.model_construct(bo=_words(phrases["bo"]), zh=_words(phrases["zh"]))
            unique.setdefault(text.zh, text)
    yield from unique.values()


def _words(phrase: Phrase) -> str:
    return phrase.before + phrase.number + phrase.after


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every policy by category."""
    catalogue, found = opened(Office.of_environment(), today())
    errors = [each for each in found if each.severity is Severity.ERROR]
    groups = in_categories(catalogue, found, today()) if catalogue else []
    return render_page(request, "policies", problems=errors, groups=groups)


@require_http_methods(["GET", "POST"])
def policy(request: HttpRequest, name: str) -> HttpResponse:
    """A policy as a form; sent, what would change, or the form again with what is wrong."""
    office = Office.of_environment()
    catalogue, found = _policy(office, name)
    now = fields_of(found)
    if request.method == "POST":
        return _proposed(request, office, found)
    before = after = now
    if kept := policy_fields.read(office, found, request.GET.get("from", "")):
        before = {**now, **{each.field: each.was for each in kept}}
        after = {**now, **{each.field: each.new for each in kept}}
    return _form(request, catalogue, found, before, after)


def _proposed(request: HttpRequest, office: Office, found: Policy) -> HttpResponse:
    before, entered = was(request.POST, found), typed(request.POST, found)
    changes = changed(before, entered.fields)
    fresh, problems = open_catalogue(office.policies)
    policy_now = (
        next((each for each in fresh.catalogue.policies if each.id == found.id), None)
        if fresh
        else None
    )
    files: list[NewFile] = []
    if fresh and policy_now and not has_errors(problems):
        files, problems = retold(fresh, policy_now, changes, today())
    if has_errors(problems) or fresh is None or policy_now is None:
        now = fields_of(policy_now or found)
        conflicts = {each.field for each in changes if now[each.field] not in (each.was, each.new)}
        before = {name: now[name] if name in conflicts else before[name] for name in before}
        catalogue = fresh.catalogue if fresh else _policy(office, found.id)[0]
        return _form(
            request,
            catalogue,
            policy_now or found,
            before,
            entered.fields,
            problems,
            others=conflicts,
        )
    if not files:
        return _form(request, fresh.catalogue, found, before, entered.fields, is_same=True)
    return redirect("policy-changes", found.id, policy_fields.keep(office, found.id, changes))


def _form(
    request: HttpRequest,
    catalogue: Catalogue,
    found: Policy,
    before: policy_fields.Fields,
    after: policy_fields.Fields,
    problems: Sequence[Problem] = (),
    *,
    others: Set[str] = frozenset(),
    is_same: bool = False,
) -> HttpResponse:
    """The form with what was typed; ``others`` are the fields that somebody else changed
    meanwhile.
    """
    remarks = {
        each.digest: each.remark for each in remembered(Office.of_environment()).said if each.remark
    }
    category = next(each for each in catalogue.settings.categories if each.id == found.category)
    return render_page(
        request,
        "policy",
        status=422 if problems else 200,
        policy=found,
        file=file_of(found),
        category=category,
        fields=list(form_of(found, after, catalogue.reviewed, remarks, others)),
        discreet=after[FLAG],
        areas=[
            catalogue.areas[code].name if code in catalogue.areas else None for code in found.area
        ],
        was=as_told(before),
        problems=[_named(each) for each in problems],
        is_same=is_same,
        saved=request.GET.get("saved", ""),
    )


def _named(found: Problem) -> Problem:
    """A problem of a field at the field's name, which a person knows better than the file's
    line.
    """
    label = LABELS.get(str(dict(found.facts).get("field", "")))
    return replace(found, place=Place(_(label))) if label else found


@require_POST
def look(request: HttpRequest, name: str) -> JsonResponse:
    """What was typed so far: problems and terms by field, the row's picture, the page's text.
    Nothing is written.
    """
    office = Office.of_environment()
    catalogue, found = _policy(office, name)
    entered, now, day = typed(request.POST, found), fields_of(found), today()
    problems = problems_of(office, catalogue, found, entered, now, day)
    answer: dict[str, object] = {
        "problems": [_as_told(each) for each in problems],
        "hints": {
            key: [[each.zh, each.bo, each.confidence, sure(each)] for each in terms]
            for key, terms in hints_of(office, entered, found).items()
        },
    }
    if not any(
        each.severity is Severity.ERROR and each.code.startswith("E20") for each in problems
    ):
        answer |= _drawn(office, catalogue, found, entered)
    return JsonResponse(answer)


def _drawn(
    office: Office, catalogue: Catalogue, found: Policy, entered: Typed
) -> dict[str, object]:
    """The row and the page; a policy without a name has neither."""
    made, after = proposed(catalogue, found, entered, fields_of(found))
    if not (after.name and after.summary and after.who):
        return {}
    facts = {"page": page_of(made, after, today()), "words": catalogue.words}
    return {
        "row": picture_of(office, made, after, today()),
        "page": render_to_string("desk/policy-page.html", facts),
    }


def _as_told(found: Problem) -> dict[str, object]:
    return {
        "key": found.place.file,
        "at": max(found.place.column - 1, 0),
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message(_),
        "hint": found.hint(_),
    }


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, name: str, stamp: str) -> HttpResponse:
    """The lines that differ, before they are written; ``act``: ``apply, back``."""
    office = Office.of_environment()
    _catalogue, found = _policy(office, name)
    kept = policy_fields.read(office, found, stamp)
    if not kept:
        raise Http404
    form = f"{reverse('policy', args=[name])}?from={stamp}"
    if request.method == "POST":
        command = ["policy", "edit", name, policy_fields.file_of(office, stamp)]
        if request.POST.get("act") == "back":
            title = N_("Bring back what a policy said before")
            return start_task(
                office,
                [*command, "--back"],
                title=title,
                page=form,
                then=reverse("policy", args=[name]),
            )
        then = f"{reverse('policy', args=[name])}?saved={stamp}"
        return start_task(
            office, command, title=N_("Change what a policy says"), page=form, then=then
        )
    fresh, problems = open_catalogue(office.policies)
    files: list[NewFile] = []
    if fresh and not has_errors(problems):
        now = next(each for each in fresh.catalogue.policies if each.id == name)
        files, problems = retold(fresh, now, kept, today())
    lines = [line for file in files for line in differences(file)]
    return render_page(
        request,
        "policy-changes",
        policy=found,
        lines=lines,
        problems=problems,
        form=form,
        file=file_of(found),
    )


def _policy(office: Office, name: str) -> tuple[Catalogue, Policy]:
    catalogue, _problems = opened(office, today())
    found = (
        next((each for each in catalogue.policies if each.id == name), None) if catalogue else None
    )
    if catalogue is None or found is None:
        raise Http404
    return catalogue, found


urls = [
    path("policies/", policies, name="policies"),
    *new_policy.urls,
    *review_page.urls,
    path("policies/<slug:name>/", policy, name="policy"),
    path("policies/<slug:name>/look/", look, name="policy-look"),
    path("policies/<slug:name>/changes/<slug:stamp>/", changes, name="policy-changes"),
]
