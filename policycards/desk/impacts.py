"""What a change means for households and money, before anything is printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from policycards.codes import N_
from policycards.desk import choices, errands
from policycards.desk.errands import Errand
from policycards.desk.office import Office
from policycards.desk.page import sent, shown
from policycards.desk.running import Line, said
from policycards.ledger.languages import _
from policycards.problems import Place, problem


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: a list, what holds before and what is to hold."""

    roster: str
    old: str
    new: str

    @property
    def folder(self) -> str:
        """Where its chart and workbook lie: a folder for each question, so that two pages do no harm."""
        told = hashlib.sha256("\n".join((self.roster, self.old, self.new)).encode()).hexdigest()[:6]
        return f"output/impact/{self.old}-{self.new}-{told}"

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("impact", self.roster, f"--from={self.old}", f"--to={self.new}", f"--out={self.folder}")


@require_http_methods(["GET", "POST"])
def impact(request: HttpRequest) -> HttpResponse:
    """Ask, and show the answer."""
    office = Office.of_environment()
    told = request.POST if request.method == "POST" else request.GET
    known = choices.names(office)
    asked = Asked(
        told.get("roster", ""), choices.version(told, "from", known[0] if known else "now"), choices.version(told, "to")
    )
    problems = []
    if request.method == "POST":
        if office.inside(asked.roster) is not None and asked.old and asked.new:
            page = f"{reverse('impact')}?{urlencode({'roster': asked.roster, 'from': asked.old, 'to': asked.new})}"
            return sent(office, asked.arguments, title=N_("What it means"), page=page, then=page)
        problems = [problem("E942", Place(_("A list of households") if asked.old and asked.new else _("The day")))]
    found = errands.latest(office, *asked.arguments) if asked.roster else None
    return shown(
        request,
        "impact",
        asked=asked,
        lists=choices.lists(office),
        names=known,
        old_is_day=choices.is_day(asked.old),
        new_is_day=choices.is_day(asked.new),
        lines=_lines(found) if found and found.state == "done" else [],
        picture=_made(office, asked, "impact.png"),
        book=_made(office, asked, "impact.xlsx"),
        problems=problems,
    )


def _lines(found: Errand) -> list[Line]:
    """What it came to: the lines after what is said of the list, without the one that names the files."""
    lines = said(found)
    first = next((at for at, each in enumerate(lines) if each.is_detail and not each.code), len(lines))
    return [each for each in lines[max(0, first - 1) :] if "impact.png" not in each.text]


def _made(office: Office, asked: Asked, name: str) -> str:
    file = f"{asked.folder}/{name}"
    return file if asked.roster and office.inside(file) else ""


urls = [path("standards/impact/", impact, name="impact")]
