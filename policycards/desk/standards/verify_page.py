"""Having the texts read by somebody who knows Tibetan: how far it is, the list made, the list taken
back.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policycards.catalogue import Catalogue
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.reviews.reading_list import (
    Pair,
    pairs,
    read_by_owner,
    reading_minutes,
    unread,
)
from policycards.core.codes import N_
from policycards.core.problems import Severity
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import keep_upload, render_page, start_task, today
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


urls = [path("reviews/", readings, name="readings")]
