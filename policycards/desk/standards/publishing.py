"""Publishing an edition: what stands against it, the form, and what there is to sign and to put
up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from policycards import qr
from policycards.catalogue import Catalogue
from policycards.catalogue.editions.edition import editions, unready
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.desk.core.desk_page import render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.home.home_page import published
from policycards.households.entitlements.case_runner import fixture_problems

SCREENS = {"E855": "readings", "E856": "standards"}
"""Where an obstacle is put right, if not among the policies."""
SHOWN = 3
"""Places of one kind of obstacle that are shown; the others are counted."""
FACTS = ("name", "as_of", "prepared", "approved", "number", "dated")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against publishing: the first places of one kind, how many more there are, where
    it is put right.
    """

    first: tuple[Problem, ...]
    more: int
    screen: str


@require_http_methods(["GET", "POST"])
def publishing(request: HttpRequest) -> HttpResponse:
    """The editions there are, and the form for the next."""
    office = Office.of_environment()
    catalogue, problems = opened(office, today())
    errors = [each for each in problems if each.severity is Severity.ERROR]
    if catalogue is None:
        return render_page(request, "unreadable", problems=errors)
    if request.method == "POST":
        facts = {name: " ".join(request.POST.get(name, "").split()) for name in FACTS}
        draft = bool(request.POST.get("draft"))
        page = f"{reverse('editions')}?{urlencode({**facts, 'draft': 'yes' if draft else ''})}"
        then = (
            reverse("edition", args=[facts["name"]])
            if re.fullmatch("[0-9a-z]+", facts["name"])
            else ""
        )
        return start_task(
            office, _arguments(facts, draft), title=N_("Publish an edition"), page=page, then=then
        )
    obstacles = list(_grouped([_near(office, each) for each in _obstacles(office, catalogue)]))
    values = {name: request.GET.get(name) or default for name, default in _defaults(office).items()}
    return render_page(
        request,
        "editions",
        known=published(office),
        obstacles=obstacles,
        values=values,
        draft=bool(obstacles) or request.GET.get("draft") == "yes",
        problems=errors,
    )


@require_http_methods(["GET", "POST"])
def examples(request: HttpRequest) -> HttpResponse:
    """Examples that come out otherwise, as a part of the screen: they stop a draft too, and take a
    moment.

    Posting says that the new figures are right.
    """
    office = Office.of_environment()
    if request.method == "POST":
        page = reverse("editions")
        arguments = ["standards", "examples", "--apply"]
        return start_task(
            office,
            arguments,
            title=N_("Put the new figures into the examples"),
            page=page,
            then=page,
        )
    catalogue, _problems = opened(office, today())
    found = list(fixture_problems(office.policies, catalogue)) if catalogue else []
    return render_page(request, "examples", problems=[_near(office, each) for each in found])


def newest(office: Office) -> str | None:
    """The edition whose day is the last."""
    known = published(office)
    return known[0].name if known else None


def _arguments(facts: dict[str, str], draft: bool) -> list[str]:
    options = {
        "as_of": "--as-of",
        "prepared": "--prepared",
        "approved": "--approved",
        "number": "--number",
    }
    filled = [
        f"{option}={facts[name]}"
        for name, option in {**options, "dated": "--dated"}.items()
        if facts[name]
    ]
    return ["edition", "publish", *filled, *(["--draft"] if draft else []), "--", facts["name"]]


def _defaults(office: Office) -> dict[str, str]:
    """What the form proposes: the next free letter of this year, today."""
    known, year = editions(office.policies), today().year
    free = (f"{year}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    name = next((each for each in free if each not in known), "")
    last = published(office)
    people = {"prepared": last[0].prepared, "approved": last[0].approved} if last else {}
    day = today().isoformat()
    return {
        "name": name,
        "as_of": day,
        "prepared": "",
        "approved": "",
        "number": "",
        "dated": day,
        **people,
    }


def _obstacles(office: Office, catalogue: Catalogue) -> Iterator[Problem]:
    """What still makes cards samples or drafts, as publishing itself would refuse it."""
    yield from unready(catalogue, today())
    place = catalogue.place("catalogue", "base_url")
    yield from qr.base_url_problems(catalogue.settings.base_url, place, publish=True)
    if office.key is None:
        yield problem("E858", Place("county.key"))
        return
    key, problems = qr.read_key(office.key)
    yield from [problem("E858", Place(office.key.name))] if key and key.is_demo else problems


def _near(office: Office, found: Problem) -> Problem:
    """A problem with its place relative to the office's folder."""
    file = found.place.file.removeprefix(f"{office.folder.as_posix()}/")
    return replace(found, place=replace(found.place, file=file))


def _grouped(problems: list[Problem]) -> Iterator[Obstacle]:
    for code in dict.fromkeys(each.code for each in problems):
        same = [each for each in problems if each.code == code]
        yield Obstacle(
            tuple(same[:SHOWN]), max(0, len(same) - SHOWN), SCREENS.get(code, "policies")
        )


@require_http_methods(["GET", "POST"])
def edition(request: HttpRequest, name: str) -> HttpResponse:
    """An edition: its facts, the approval sheet, the notice of what is new in it. ``do``: make one
    of the two.
    """
    office, page = Office.of_environment(), reverse("edition", args=[name])
    known = {each.name: each for each in published(office)}
    if name not in known:
        return redirect("editions")
    sheet = f"output/approval-{name}.pdf"
    others = [other for other in known if other != name]
    if request.method == "POST" and request.POST.get("do") == "sheet":
        arguments = ["edition", "show", name, f"--print={sheet}"]
        return start_task(
            office, arguments, title=N_("Make the approval sheet"), page=page, then=page
        )
    if request.method == "POST" and request.POST.get("from") in others:
        arguments = [
            "edition",
            "diff",
            request.POST["from"],
            name,
            f"--print={_notice(request.POST['from'], name)}",
        ]
        return start_task(
            office, arguments, title=N_("Make the notice of changes"), page=page, then=page
        )
    notices = [each for each in (_notice(other, name) for other in others) if office.inside(each)]
    made = office.inside(sheet) is not None
    return render_page(
        request,
        "edition",
        edition=known[name],
        sheet=sheet if made else "",
        notices=notices,
        others=others,
    )


def _notice(old: str, new: str) -> str:
    return f"output/notice-{old}-{new}.pdf"


urls = [
    path("editions/", publishing, name="editions"),
    path("editions/examples/", examples, name="examples"),
    path("editions/of/<slug:name>/", edition, name="edition"),
]
