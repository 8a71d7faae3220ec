"""The screen of standards: the steps of an update; values, and texts that nobody verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.catalogue_changes import difference
from policycards.catalogue.editions.edition import read_version
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.reviews.verdicts import (
    Pair,
    pairs,
    read_by_owner,
    reading_minutes,
    unread,
)
from policycards.core.codes import N_
from policycards.core.problems import Severity
from policycards.desk.core.desk_page import keep_upload, render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.core.tasks import latest
from policycards.desk.standards import (
    impact_page,
    publishing,
    stale_page,
    standard_page,
    standard_workbooks,
)
from policycards.desk.standards.standard_rows import table
from policycards.desk.standards.standard_workbooks import FOLDER

OWNERS = {
    "catalogue": N_("the office, categories and units"),
    "words": N_("the fixed words of cards"),
    "topics": N_("subjects"),
    "areas": N_("names of places"),
}
"""Texts that belong to no policy."""
BOOK, SHEET = "output/review.xlsx", "output/review.pdf"


@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest) -> HttpResponse:
    """How far the reading is. ``do``: make the list; else a list is dropped."""
    office, page = Office.of_environment(), reverse("readings")
    catalogue, problems = opened(office, today())
    problems = [each for each in problems if each.severity is Severity.ERROR]
    if request.method == "POST" and request.POST.get("do") == "make":
        return start_task(
            office,
            ["review", "export", "--out", BOOK],
            title=N_("Make the list"),
            page=page,
            then=page,
        )
    if request.method == "POST":
        file, problems = keep_upload(request, office, (".xlsx",), office.folder / FOLDER)
        if file:
            return start_task(
                office,
                ["review", "import", file, "--apply"],
                title=N_("Take the list back"),
                page=page,
                then=page,
            )
    if catalogue is None:
        return render_page(request, "unreadable", problems=problems)
    made = _pairs(office, catalogue)
    to_read = unread(made, catalogue)
    return render_page(
        request,
        "readings",
        left=len(to_read),
        count=len(made),
        minutes=reading_minutes(to_read),
        owners=_owners(catalogue),
        made=[each for each in (BOOK, SHEET) if office.inside(each)],
        problems=problems,
    )


def left(office: Office, catalogue: Catalogue) -> int:
    """How many texts are still to be read."""
    return len(unread(_pairs(office, catalogue), catalogue))


def _pairs(office: Office, catalogue: Catalogue) -> list[Pair]:
    return pairs(catalogue, read_glossary(office.policies)[0])


def _owners(catalogue: Catalogue) -> list[tuple[str, str, int, int]]:
    """For each policy, and what is no policy, whose texts are not all read: names, how many are
    read, of how many.
    """
    names = {policy.id: policy.name for policy in catalogue.policies}
    return [
        (
            names[owner].bo if owner in names else "",
            names[owner].zh if owner in names else _(OWNERS.get(owner, owner)),
            read,
            count,
        )
        for owner, (read, count) in read_by_owner(catalogue).items()
        if read < count
    ]


verify_urls = [path("reviews/", readings, name="readings")]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the order of work, where it is done and how far it is."""

    title: str
    address: str
    state: str = ""


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """The order of work and the table."""
    catalogue, problems = opened(Office.of_environment(), today())
    errors = [each for each in problems if each.severity is Severity.ERROR]
    rows = list(table(catalogue, today())) if catalogue else []
    return render_page(request, "standards", rows=rows, steps=steps(), problems=errors)


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """The order of work with how far each step is, as a part of the screen: it compares whole
    catalogues.
    """
    office = Office.of_environment()
    catalogue, _problems = opened(office, today())
    return render_page(request, "standardsteps", steps=steps(office, catalogue))


def steps(office: Office | None = None, catalogue: Catalogue | None = None) -> list[Step]:
    """The order of work; without an office, which takes longer, how far it is stays open."""
    states = _states(office, catalogue) if office and catalogue else [""] * 6
    titles = (
        (N_("Write down the new values"), "standard-book"),
        (N_("What they mean for households and money"), "impact"),
        (N_("Have the texts read"), "readings"),
        (N_("Publish an edition"), "editions"),
        (N_("Which cards are wrong now"), "stale"),
        (N_("Print only those"), "stale"),
    )
    return [
        Step(title, reverse(name), state)
        for (title, name), state in zip(titles, states, strict=True)
    ]


def _states(office: Office, catalogue: Catalogue) -> list[str]:
    known = publishing.newest(office)
    asked = latest(office, "impact")
    unread = left(office, catalogue)
    decision = stale_page.latest_decision(office)
    again = stale_page.printed_again(office)
    return [
        _changed(office, catalogue, known),
        _("asked on {day}").format(day=f"{asked.started:%Y-%m-%d}")
        if asked
        else _("not asked yet"),
        _("{count} texts are still to be read").format(count=unread)
        if unread
        else _("all are read"),
        _("the last is {name}").format(name=known) if known else _("none is published yet"),
        _stale(decision) if decision else _("not looked for yet"),
        _("printed: {runs}").format(runs=again[0]) if again else _("none is printed yet"),
    ]


def _changed(office: Office, catalogue: Catalogue, known: str | None) -> str:
    if known is None:
        return _("no edition to compare with yet")
    count = _differing(office, known, catalogue.digest, today())
    if not count:
        return _("the same values as in edition {name}").format(name=known)
    return _("{count} values are others than in edition {name}").format(count=count, name=known)


def _stale(decision: dict[str, object]) -> str:
    counts = decision["counts"]
    assert isinstance(counts, dict)
    return _("{now} to be printed again, {right} are right").format(
        now=counts["now"], right=counts["right"]
    )


@lru_cache(maxsize=4)
def _differing(office: Office, name: str, _digest: str, day: date) -> int:
    """How many values differ from an edition's, looked for once for each state of the catalogue."""
    catalogue, _problems = opened(office, day)
    frozen, _problems = read_version(office.policies, name, day)
    if catalogue is None or frozen is None:
        return 0
    return len(difference(frozen.catalogue, catalogue, frozen.day, day).values)


urls = [
    path("standards/", standards, name="standards"),
    path("standards/steps/", states, name="standard-steps"),
    *standard_page.urls,
    *standard_workbooks.urls,
    *impact_page.urls,
    *verify_urls,
    *publishing.urls,
    *stale_page.urls,
]
