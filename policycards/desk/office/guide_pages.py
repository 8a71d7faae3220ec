"""The guide through the first run: at most five screens from an empty folder to an office."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policycards.catalogue import Catalogue, read_catalogue
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, problem
from policycards.desk.core.desk_page import render_page
from policycards.desk.core.office_folder import Office
from policycards.desk.office import office_files
from policycards.desk.office.new_office import (
    SAMPLE_COUNTY,
    AreaRow,
    NewOffice,
    Phone,
    guide_file,
    is_new,
)
from policycards.desk.office.office_files import area_rows, short_code, text_of_file

STEPS = ("unit", "areas", "phones", "policies", "key")


@dataclass(frozen=True, slots=True)
class Guide:
    """``reached`` is the step that comes next; those before it can be opened again."""

    wanted: NewOffice
    reached: str = STEPS[0]
    pasted: str = ""
    """Areas as they were pasted last."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The sample county has its areas and telephones already."""
        return tuple(
            each for each in STEPS if not (self.wanted.is_sample and each in ("areas", "phones"))
        )

    def after(self, step: str) -> str:
        """The step that follows; the last one is followed by itself."""
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def can_open(self, step: str) -> bool:
        return step in self.steps and STEPS.index(step) <= STEPS.index(self.reached)

    def done(self, step: str, wanted: NewOffice) -> Guide:
        """With what was entered at a step, on to the next."""
        following = replace(self, wanted=wanted).after(step)
        reached = max(self.reached, following, key=STEPS.index)
        return replace(self, wanted=wanted, reached=reached)


def kept_guide(office: Office) -> Guide:
    """The guide as it was left."""
    try:
        document = json.loads(guide_file(office).read_text(encoding="utf-8"))
        wanted = document["wanted"]
        areas = tuple(AreaRow(**each) for each in wanted.pop("areas"))
        phones = tuple(Phone(**each) for each in wanted.pop("phones"))
        chosen = frozenset(wanted.pop("policies"))
        new = NewOffice(**wanted, areas=areas, phones=phones, policies=chosen)
        return Guide(new, document["reached"], document["pasted"])
    except (OSError, ValueError, LookupError, TypeError):  # nothing there yet
        return Guide(NewOffice("", "", ""))


def keep(office: Office, guide: Guide) -> None:
    """Keep the guide, whole or not at all."""
    file = guide_file(office)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    document = asdict(guide)
    document["wanted"]["policies"] = sorted(guide.wanted.policies)
    unfinished = file.with_suffix(".part")
    unfinished.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(file)


def finish(office: Office) -> None:
    """The office is made."""
    guide_file(office).unlink(missing_ok=True)


class FirstRun:
    """Sends every screen of a new office to its guide."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        free = ("/start/", "/enter/", "/language/", "/static/")
        office = Office.of_environment()
        if request.path.startswith(free) or not is_new(office):
            return self._get_response(request)
        return redirect("guide", kept_guide(office).reached)


TITLES = {
    "unit": N_("Which office"),
    "areas": N_("Areas"),
    "phones": N_("Telephones on the cards"),
    "policies": N_("Policies to begin with"),
    "key": N_("The key of the county"),
}
SHOWN = 400
"""Areas that are shown; a larger county is checked all the same."""


@require_http_methods(["GET", "POST"])
def guide(request: HttpRequest, step: str) -> HttpResponse:
    """A screen of the guide; a POST keeps it and goes on."""
    office = Office.of_environment()
    if not is_new(office):
        return redirect("home")
    state = kept_guide(office)
    if not state.can_open(step):
        return redirect("guide", state.reached)
    source = office_files.shipped()
    if source is None:
        return _screen(request, state, step, [problem("E937", Place(_title(step)))])
    model, _problems = read_catalogue(source / "policies")
    assert model is not None
    if request.method == "GET":
        return _screen(request, state, step, [], model)
    if step == "key":
        return _key(request, office)
    entered, problems = {
        "unit": _unit,
        "areas": _areas,
        "phones": _phones,
        "policies": _policies,
    }[step](request, state, model)
    if not problems and step == "policies":
        problems = office_files.make(office, entered.wanted, source)
    if problems:
        if step == "areas":
            keep(office, replace(state, wanted=entered.wanted, pasted=entered.pasted))
        return _screen(request, entered, step, problems, model)
    keep(office, replace(state, pasted=entered.pasted).done(step, entered.wanted))
    return redirect("guide", replace(state, wanted=entered.wanted).after(step))


def _screen(
    request: HttpRequest,
    state: Guide,
    step: str,
    problems: list[Problem],
    model: Catalogue | None = None,
) -> HttpResponse:
    office, wanted = Office.of_environment(), state.wanted
    number = state.steps.index(step) + 1
    return render_page(
        request,
        "guide",
        status=422 if problems else 200,
        step=step,
        title=TITLES[step],
        number=number,
        count=len(state.steps),
        way=[(each, TITLES[each], state.can_open(each)) for each in state.steps],
        before=state.steps[number - 2] if number > 1 else "",
        state=state,
        wanted=wanted,
        sample=SAMPLE_COUNTY,
        problems=problems,
        areas=wanted.areas[:SHOWN],
        hidden=len(wanted.areas) - SHOWN,
        phones=wanted.phones or _usual_phones(wanted),
        groups=_groups(model) if model and step == "policies" else [],
        chosen=wanted.policies if wanted.policies else None,
        has_key=office.key is not None,
        has_sheet=office_files.recovery_file(office).is_file(),
    )


def _title(step: str) -> str:
    return _(TITLES[step])  # gathered above


def _words(request: HttpRequest, name: str) -> str:
    return _line(request.POST.get(name, ""))


def _line(text: str) -> str:
    return " ".join(text.split())


def _unit(request: HttpRequest, state: Guide, model: Catalogue) -> tuple[Guide, list[Problem]]:
    """The office's name in both scripts and its county; or the county that does not exist."""
    if request.POST.get("act") == "sample":
        issuer = model.settings.issuer
        return replace(state, wanted=NewOffice(issuer.zh, issuer.bo, SAMPLE_COUNTY)), []
    county = short_code(_words(request, "county"))
    wanted = replace(
        state.wanted, zh=_words(request, "zh"), bo=_words(request, "bo"), county=county
    )
    place = Place(_title("unit"))
    problems = [
        problem("E933", place, name=_(label))
        for label, text in (
            (N_("Name of the office in Chinese"), wanted.zh),
            (N_("Name of the office in Tibetan"), wanted.bo),
            (N_("Code of the county"), county),
        )
        if not text
    ]
    if county and not (len(county) == 6 and county.isdecimal()):
        problems.append(problem("E907", place, area=county))
    return replace(state, wanted=wanted), problems


def _areas(request: HttpRequest, state: Guide, model: Catalogue) -> tuple[Guide, list[Problem]]:
    """Areas pasted or of a file; Tibetan names that were missing are typed beside them."""
    text, file = request.POST.get("pasted", ""), request.FILES.get("file")
    if file is not None:
        with TemporaryDirectory() as folder:
            kept = Path(folder) / f"areas{Path(file.name or '').suffix.lower()}"
            kept.write_bytes(file.read())
            text = text_of_file(kept)
    county = state.wanted.county
    found = [each for each in area_rows(text) if each.code.startswith(county)]
    rows = [replace(each, bo=each.bo or _words(request, f"bo-{each.code}")) for each in found]
    if rows and county not in {each.code for each in rows}:
        rows.insert(0, _county(request, state.wanted, model))
    place = Place(_("Areas"))
    villages = [each for each in rows if len(each.code) == 12]
    problems = []
    if not villages:
        problems.append(problem("E934", place, county=county))
    if missing := [each for each in rows if not each.bo]:
        problems.append(problem("E935", place, count=len(missing), first=missing[0].zh))
    wanted = replace(state.wanted, areas=tuple(rows))
    return replace(state, wanted=wanted, pasted=text), problems


def _county(request: HttpRequest, wanted: NewOffice, model: Catalogue) -> AreaRow:
    """The county's own row where the table has none: its name as far as it is known."""
    code, known = wanted.county, model.areas.get(wanted.county)
    named = re.match(".+?[县区市旗]", wanted.zh)
    zh = known.name.zh if known else named[0] if named else wanted.zh
    return AreaRow(code, zh, known.name.bo if known else _words(request, f"bo-{code}"))


def _phones(request: HttpRequest, state: Guide, model: Catalogue) -> tuple[Guide, list[Problem]]:
    """Telephones; a row without a number is printed as one that is still to come."""
    form = request.POST
    columns = [form.getlist(name) for name in ("area", "role", "zh", "bo", "number", "hours")]
    speaks = set(form.getlist("speaks"))
    rows = [
        Phone(
            area,
            role,
            _line(zh),
            _line(bo),
            _line(number),
            _line(hours),
            f"{area} {role}" in speaks,
        )
        for area, role, zh, bo, number, hours in zip(*columns, strict=False)
    ]
    wanted = replace(state.wanted, phones=tuple(rows))
    empty = [each for each in rows if not (each.zh and each.bo)]
    name, place = _(N_("The name of an office")), Place(_title("phones"))
    problems = [problem("E933", place, name=name)] if empty else []
    return replace(state, wanted=wanted), problems


def _policies(request: HttpRequest, state: Guide, model: Catalogue) -> tuple[Guide, list[Problem]]:
    known = {each.id for each in model.policies}
    chosen = frozenset(request.POST.getlist("policy")) & known
    return replace(state, wanted=replace(state.wanted, policies=chosen)), []


def _usual_phones(wanted: NewOffice) -> list[Phone]:
    """Whom every card needs: somebody to ask, somebody to complain to, and each township to ask."""
    townships = [each for each in wanted.areas if len(each.code) == 9]
    county = [Phone(wanted.county, role, wanted.zh, wanted.bo) for role in ("ask", "supervise")]
    return [*county, *(Phone(each.code, "ask", each.zh, each.bo) for each in townships)]


def _groups(model: Catalogue) -> Iterable[tuple[object, list[object]]]:
    for category in model.settings.categories:
        own = [each for each in model.policies if each.category == category.id]
        if own:
            yield category.name, list(own)


def _key(request: HttpRequest, office: Office) -> HttpResponse:
    """``make`` the key and its sheet; ``done`` when the sheet is in the safe."""
    if request.POST.get("act") == "make":
        catalogue, problems = read_catalogue(office.policies)
        if catalogue is None:
            return _screen(request, kept_guide(office), "key", problems)
        office_files.make_key(office, catalogue)
        return redirect("guide", "key")
    if request.POST.get("printed"):
        office_files.recovery_file(office).unlink(missing_ok=True)
    finish(office)
    return redirect("home")


@require_safe
def recovery(request: HttpRequest) -> HttpResponse | FileResponse:
    """The recovery sheet, as long as it lies there."""
    file = office_files.recovery_file(Office.of_environment())
    if not file.is_file():
        return redirect(reverse("home"))
    return FileResponse(file.open("rb"), filename=file.name)


urls = [
    path("start/recovery.pdf", recovery, name="recovery"),
    path("start/<slug:step>/", guide, name="guide"),
]
