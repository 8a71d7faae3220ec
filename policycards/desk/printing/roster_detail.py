"""A list's own screen: its headings shown for confirmation, its problems by row with the cell, and
what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from policycards.catalogue import Catalogue
from policycards.core.codes import N_
from policycards.core.problems import Problem
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.page import in_language, render_page, today
from policycards.desk.printing.roster_list import Listed
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
        meanings=meanings(catalogue),
        faults=chosen[:SHOWN],
        groups=list(_groups(records)),
        hidden=len(chosen) - SHOWN,
        kinds=KINDS,
        kind=kind,
        is_open=bool(facts and (_records(facts, "unknown") or not facts.get("households"))),
    )


def _groups(records: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Problems of one kind together, errors and the most frequent first: the first, and how many."""
    counts = Counter(str(each["code"]) for each in records)
    firsts = {str(each["code"]): each for each in reversed(records)}
    order = sorted(counts, key=lambda code: (firsts[code]["severity"] != "error", -counts[code]))
    yield from ({**firsts[code], "count": counts[code]} for code in order)


def mapping(form: QueryDict) -> dict[str, str]:
    """Which odd heading means which column, as the form says it."""
    pairs = zip(form.getlist("heading"), form.getlist("column"), strict=False)
    return {heading: column for heading, column in pairs if heading and column}


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


def _unknown(facts: dict[str, object] | None, catalogue: Catalogue) -> Iterator[dict[str, str]]:
    """Headings that are not known, with the nearest meaning, which is offered where nothing else
    has it.
    """
    fields, taken = fields_of(catalogue), {each["column"] for each in _records(facts, "columns")}
    for each in _records(facts, "unknown"):
        near = str(each["nearest"])
        label = in_language(fields[near].label.bo, fields[near].label.zh) if near in fields else ""
        yield {
            "heading": str(each["heading"]),
            "nearest": label,
            "offered": "" if near in taken else near,
        }


def _records(facts: dict[str, object] | None, name: str) -> list[dict[str, object]]:
    records = (facts or {}).get(name)
    return [each for each in records if isinstance(each, dict)] if isinstance(records, list) else []
