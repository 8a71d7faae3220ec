"""A new policy from a form: filled in, shown as it would be written and printed, then made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from policycards.catalogue import check
from policycards.catalogue.checks.catalogue_checks import text_faults
from policycards.catalogue.editing.amendment_input import Entry
from policycards.catalogue.editing.catalogue_edit import open_catalogue
from policycards.catalogue.editing.catalogue_edit import proposed as proved
from policycards.catalogue.editing.drafting import draft_policy, form_of
from policycards.catalogue.editing.editable_texts import one_line
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS
from policycards.core.codes import N_
from policycards.core.files import parse_json
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.desk.core.desk_page import in_language, render_page, start_task, today
from policycards.desk.core.office_folder import Office
from policycards.desk.policies import policy_fields
from policycards.desk.policies.policy_preview import picture_of, sure, terms_for, terms_of_glossary
from policycards.workbooks.standards_columns import FORM, Line, form_names
from policycards.workbooks.standards_writer import choices

HEADINGS = {
    "id": N_("The policy"),
    "standard": N_("Its first standard"),
    "from": N_("The notice behind it"),
}
"""What stands above a line where another part of the form begins."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the form as the screen shows it, with what was typed: one cell, or one in each
    language.
    """

    heading: str
    name: str
    label: str
    help: str
    is_text: bool
    options: tuple[str, ...]
    is_open: bool
    values: tuple[tuple[str, str, str], ...]
    """Language, name of the cell, what is in it."""


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent, the new policy as it would be, or the form again with what is wrong."""
    office = Office.of_environment()
    opened, problems = open_catalogue(office.policies)
    if opened is None:
        return render_page(request, "policy-new", problems=problems)
    entered: dict[str, str] = {}
    if kept := policy_fields.content_of(office, request.GET.get("from", "")):
        entered = json.loads(kept)
    if request.method == "POST":
        entered = typed(request.POST)
        form = _entry(entered)
        draft = draft_policy(form, opened.catalogue, today())
        problems = form.problems
        if draft and not has_errors(problems):
            _files, problems = proved(opened, [], dict([draft]), today())
            problems = [_at_field(each, entered, draft[1]) for each in problems]
        if not has_errors(problems):
            return redirect(
                "policy-draft",
                policy_fields.keep_file(office, json.dumps(entered, ensure_ascii=False)),
            )
    status = 422 if has_errors(problems) else 200
    lines = list(_asked(entered, opened.catalogue))
    return render_page(
        request,
        "policy-new",
        status=status,
        lines=lines,
        problems=[_named(each) for each in problems],
        wrong=sorted({each.place.file for each in problems}),
    )


def typed(data: QueryDict) -> dict[str, str]:
    """What was typed into the form, without what is empty."""
    return {name: text for name in form_names() if (text := one_line(data.get(name, "")))}


def _entry(entered: dict[str, str]) -> Entry:
    """The form, each cell's place being its name."""
    names = {name: in_language(text.bo, text.zh) for name, text in form_names().items()}
    return form_of(entered, names, lambda name: Place(name))


def _at_field(found: Problem, entered: dict[str, str], content: bytes) -> Problem:
    """A problem of the drafted file at the cell whose text stands in its line."""
    lines = content.decode("utf-8").splitlines()
    line = lines[found.place.line - 1] if found.place.line else ""
    cells = [name for name, text in entered.items() if text in line]
    nearest = max(cells, key=lambda name: len(entered[name]), default="")
    return replace(found, place=Place(nearest))


def _named(found: Problem) -> Problem:
    """A problem whose place a person knows: what the form calls the cell."""
    text = form_names().get(found.place.file)
    return replace(found, place=Place(in_language(text.bo, text.zh))) if text else found


def _asked(entered: dict[str, str], catalogue: Catalogue) -> Iterator[Asked]:
    picks = choices(catalogue)
    for line in FORM:
        name = line.heading.field
        cells = [(lang, f"{name}_{lang}") for lang in LANGS] if line.texts else [("", name)]
        yield Asked(
            heading=HEADINGS.get(name, ""),
            name=name,
            label=in_language(line.heading.name.bo, line.heading.name.zh),
            help=in_language(line.heading.help.bo, line.heading.help.zh),
            is_text=line.texts,
            options=tuple(_options(line, picks)),
            is_open=line.pick == "missing",
            values=tuple((lang, cell, entered.get(cell, "")) for lang, cell in cells),
        )


def _options(line: Line, picks: dict[str, list[str]]) -> list[str]:
    return picks[line.pick] if line.pick else []


@require_POST
def look(request: HttpRequest) -> JsonResponse:
    """What is wrong with the texts typed so far, and the terms of the glossary in them."""
    office, entered = Office.of_environment(), typed(request.POST)
    terms = terms_of_glossary(office)
    problems = [
        problem(code, Place(f"{name}_{lang}"), **facts)
        for name, lang in (
            (name[:-3], lang) for name in entered for lang in LANGS if name.endswith(f"_{lang}")
        )
        for code, _offset, facts in text_faults(entered[f"{name}_{lang}"], lang)
    ]
    hints = {
        name[:-3]: terms_for(text, terms) for name, text in entered.items() if name.endswith("_zh")
    }
    return JsonResponse(
        {
            "problems": [
                {
                    "key": each.place.file,
                    "code": each.code,
                    "severity": each.severity.value,
                    "message": each.message(_),
                    "hint": each.hint(_),
                }
                for each in problems
            ],
            "hints": {
                name: [[each.zh, each.bo, each.confidence, sure(each)] for each in terms]
                for name, terms in hints.items()
            },
        }
    )


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, stamp: str) -> HttpResponse:
    """The new policy before it is made: its file, its row on the card."""
    office = Office.of_environment()
    content = policy_fields.content_of(office, stamp)
    opened, problems = open_catalogue(office.policies)
    if not content or opened is None:
        raise Http404
    form = f"{reverse('policy-new')}?from={stamp}"
    entered = parse_json(content)
    if request.method == "POST":
        command = ["policy", "new", policy_fields.file_of(office, stamp)]
        then = reverse("policy", args=[entered["id"]])
        return start_task(office, command, title=N_("Make a new policy"), page=form, then=then)
    entry = _entry(entered)
    made = draft_policy(entry, opened.catalogue, today())
    problems = [*problems, *(_named(each) for each in entry.problems)]
    if made is None:
        return render_page(request, "policy-draft", problems=problems, form=form)
    after, _found = check(office.policies, today(), dict([made]))
    policy = (
        next((each for each in after.policies if each.id == entered["id"]), None) if after else None
    )
    row = picture_of(office, after, policy, today()) if after and policy else ""
    return render_page(
        request,
        "policy-draft",
        policy=policy,
        file=made[0],
        row=row,
        form=form,
        lines=made[1].decode("utf-8").splitlines(),
    )


urls = [
    path("policies/new/", new, name="policy-new"),
    path("policies/new/look/", look, name="policy-new-look"),
    path("policies/new/<slug:stamp>/", draft, name="policy-draft"),
]
