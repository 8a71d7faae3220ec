"""The page of one standard: its chart, all its values with their notices, and the forms that change
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policycards.catalogue import Catalogue, Standard, Text, Value
from policycards.catalogue.checks.catalogue_checks import last_day
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.desk.core import choices
from policycards.desk.core.desk_page import render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.standards import impact_page, standard_workbooks
from policycards.desk.standards.impact_page import DryRun, trial, try_out
from policycards.desk.standards.standard_rows import LARGE, Row, chart, figure, row, values_of

NEW = (
    "amount",
    "from",
    "published",
    "title",
    "number",
    "issuer",
    "url",
    "missing",
    "confirmed",
    "note",
)
ACTS = {
    "set": NEW,
    "correct": ("why", *NEW),
    "end": tuple(name for name in NEW if name != "amount"),
    "checked": (),
}
"""What somebody may say of a standard, and what the form of each asks."""
OPTIONS = {"title": "--source", "confirmed": "--confirmed-by"}
"""Options that are called otherwise than their fields."""
TITLES = {
    "set": N_("A new value"),
    "correct": N_("Correct a value"),
    "end": N_("It has ended"),
    "checked": N_("It still holds"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: what it asks, how it is filled in, what is in it and what is wrong with
    that.
    """

    name: str
    label: str
    help: str
    needed: bool
    text: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as the table shows it."""

    value: Value
    figure: Text | None
    is_held: bool
    is_late: bool
    is_coming: bool


FIELDS = {
    "why": (N_("What was wrong"), N_("such as: the notice says 1250, 1200 was typed"), True),
    "amount": (
        N_("The figure"),
        N_("digits only, such as 1400 or 7.50; 'expected' where it is not known yet"),
        True,
    ),
    "from": (
        N_("In force since"),
        N_("2026, 2026-07 or 2026-07-01: as precise as the notice says"),
        True,
    ),
    "published": (
        N_("Date of the notice"),
        N_("written the same way; later than it takes effect is allowed"),
        False,
    ),
    "title": (N_("Title of the notice"), N_("in full"), True),
    "number": (N_("Number of the notice"), "", False),
    "issuer": (N_("Who issued it"), "", False),
    "url": (N_("Its address on the web"), N_("the original, not a copy"), False),
    "missing": (
        N_("Why date, number or address is not there"),
        N_("needed where one of them is empty"),
        False,
    ),
    "confirmed": (N_("Who compared it with the notice"), N_("empty where nobody did yet"), False),
    "note": (N_("A remark"), N_("is not printed"), False),
}
"""What a field asks, how it is filled in, and whether it must be."""


@require_http_methods(["GET", "POST"])
def standard(request: HttpRequest, policy: str, name: str) -> HttpResponse:
    """A standard in an area. ``act`` says what is to be changed, ``do`` whether to look or to
    apply.
    """
    office = Office.of_environment()
    catalogue, problems = opened(office, today())
    form = request.POST if request.method == "POST" else request.GET
    found = _row(catalogue, policy, name, form.get("area", ""))
    act = form.get("act", "")
    if catalogue is None or found is None:
        if catalogue is not None:
            raise Http404
        return render_page(
            request,
            "unreadable",
            problems=[each for each in problems if each.severity is Severity.ERROR],
        )
    arguments = _arguments(found, act, form) if act in ACTS else []
    tried = (
        trial(office, [*arguments, "--dry-run"], catalogue.digest, _labels()) if arguments else None
    )
    faults: list[Problem] = []
    if request.method == "POST" and form.get("do") == "suppose" and tried and act != "checked":
        return _suppose(office, found, act, form, tried)
    if request.method == "POST" and arguments:
        answer = _posted(office, found, act, form, arguments, catalogue)
        if isinstance(answer, HttpResponseRedirect):
            return answer
        faults, tried = answer, None
    return render_page(
        request,
        "standard",
        row=found,
        chart=chart(values_of(found.standard, found.area), today(), LARGE),
        entries=_entries(catalogue, found.standard, today()),
        forms={
            each: _fields(found, each, form if each == act else QueryDict(), tried)
            for each in ACTS
            if each != "checked"
        },
        titles=TITLES,
        act=act,
        trial=tried,
        written="written" in request.GET,
        lists=choices.lists(office),
        problems=faults,
    )


def _row(catalogue: Catalogue | None, policy: str, name: str, area: str) -> Row | None:
    found = (
        next((each for each in catalogue.policies if each.id == policy), None)
        if catalogue
        else None
    )
    standard = next((each for each in found.standards if each.id == name), None) if found else None
    known = {value.area or "" for value in standard.values} | {""} if standard else set()
    if catalogue is None or found is None or standard is None or area not in known:
        return None
    return row(catalogue, found, catalogue.at(today(), area)[standard], today())


def address(found: Row, **fields: str) -> str:
    """The page of a standard; with the fields of its form."""
    query = {name: text for name, text in {"area": found.area, **fields}.items() if text}
    page = reverse("standard", args=[found.policy.id, found.standard.id])
    return f"{page}?{urlencode(query)}" if query else page


def _arguments(found: Row, act: str, form: QueryDict) -> list[str]:
    """The command that says it."""
    texts = {name: " ".join(form.get(name, "").split()) for name in ACTS[act]}
    options = [f"{OPTIONS.get(name, f'--{name}')}={text}" for name, text in texts.items() if text]
    area = [f"--area={found.area}"] if found.area else []
    confirmed = ["--confirm"] if form.get("confirm") and act != "checked" else []
    return ["standards", act, f"{found.policy.id}/{found.standard.id}", *options, *area, *confirmed]


def _suppose(office: Office, found: Row, act: str, form: QueryDict, tried: DryRun) -> HttpResponse:
    """Ask what it means before it is written."""
    fields = {
        "corrects" if name == "why" else name: " ".join(form.get(name, "").split())
        for name in ACTS[act]
    }
    ended = {"amount": "ended"} if act == "end" else {}
    named = {"policy": found.policy.id, "standard": found.standard.id, "area": found.area}
    book = standard_workbooks.written_out(office, {**named, **fields, **ended})
    confirmed = [f"{found.policy.id}/{found.standard.id}"] if form.get("confirm") else []
    back = address(found, **{name: form.get(name, "") for name in ("act", *ACTS[act], "confirm")})
    return impact_page.suppose(office, form, book, confirmed, tried, back)


def _posted(
    office: Office,
    found: Row,
    act: str,
    form: QueryDict,
    arguments: list[str],
    catalogue: Catalogue,
) -> HttpResponseRedirect | list[Problem]:
    """Look what it would change, or apply it; what stands against that."""
    kept = {name: form.get(name, "") for name in ("act", *ACTS[act], "confirm")}
    page = address(found, **kept)
    if form.get("do") != "apply":
        try_out(office, [*arguments, "--dry-run"], title=N_("What would change"), page=page)
        return redirect(page + "#result")
    if form.get("catalogue") != catalogue.digest:
        return [problem("E941", Place(f"{found.policy.id}/{found.standard.id}"))]
    return start_task(
        office, arguments, title=TITLES[act], page=page, then=address(found, written="yes")
    )


def _fields(found: Row, act: str, form: QueryDict, tried: DryRun | None) -> list[Field]:
    """The form of an act, with what was form before and what is wrong with it."""
    fields = []
    for name in ACTS[act]:
        label, help_, needed = FIELDS[name]
        wrong = tried.wrong(OPTIONS.get(name, f"--{name}")) if tried and form else ""
        fields.append(Field(name, label, help_, needed, form.get(name, ""), wrong))
    return fields


def _labels() -> dict[str, str]:
    """What the form calls each option."""
    return {
        OPTIONS.get(name, f"--{name}"): _(label) for name, (label, _help, _needed) in FIELDS.items()
    }


def _entries(catalogue: Catalogue, standard: Standard, day: date) -> list[Entry]:
    """All that was ever written down, newest first."""
    return [
        Entry(
            value,
            figure(catalogue, standard, value),
            catalogue.holds(standard, value, day),
            bool(value.published and value.published.first_day > last_day(value.since)),
            value.since.first_day > day,
        )
        for value in reversed(standard.values)
    ]


urls = [path("standards/of/<str:policy>/<str:name>/", standard, name="standard")]
