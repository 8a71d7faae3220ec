"""Update standards: the order of work, and the table of all standards with what they were through
the years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.catalogue_changes import difference
from policycards.catalogue.editions.edition import read_version
from policycards.core.codes import N_
from policycards.core.problems import Severity
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import render_page, today
from policycards.desk.core.tasks import latest
from policycards.desk.standards import (
    impact_page,
    publishing,
    stale_page,
    standard_page,
    standard_workbooks,
    verify_page,
)
from policycards.desk.standards.standard_rows import table


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
    unread = verify_page.left(office, catalogue)
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
    *verify_page.urls,
    *publishing.urls,
    *stale_page.urls,
]
