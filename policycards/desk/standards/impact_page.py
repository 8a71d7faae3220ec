"""What a change means for households and money, before anything is printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policycards.catalogue import When
from policycards.core.codes import N_
from policycards.core.problems import Place, problem
from policycards.desk.core import choices, tasks
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import render_page, start_task, today
from policycards.desk.standards.dry_runs import DryRun


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: a list, what holds before and what is to hold; ``book`` are values that are
    not written yet.
    """

    roster: str
    old: str
    new: str
    book: str = ""
    confirmed: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Where its chart and workbook lie: a folder for each question, so that two pages do no
        harm.
        """
        question = "\n".join((self.roster, self.old, self.new, self.book, *self.confirmed))
        return f"output/impact/{self.old}-{self.new}-{hashlib.sha256(question.encode()).hexdigest()[:6]}"

    @property
    def arguments(self) -> tuple[str, ...]:
        supposed = (
            [f"--with={self.book}", *(f"--confirm={each}" for each in self.confirmed)]
            if self.book
            else []
        )
        return (
            "impact",
            self.roster,
            f"--from={self.old}",
            f"--to={self.new}",
            *supposed,
            f"--out={self.folder}",
        )

    def address(self, back: str) -> str:
        """The screen of its answer; ``back`` is the screen that would write what is not written
        yet.
        """
        parts = {
            "roster": self.roster,
            "from": self.old,
            "to": self.new,
            "book": self.book,
            "back": back,
        }
        query = urlencode({**parts, "confirm": self.confirmed}, doseq=True)
        return f"{reverse('impact')}?{query}"


@require_http_methods(["GET", "POST"])
def impact(request: HttpRequest) -> HttpResponse:
    """Ask, and show the answer."""
    office = Office.of_environment()
    fields = request.POST if request.method == "POST" else request.GET
    known, back = choices.names(office), fields.get("back", "")
    asked = Asked(
        fields.get("roster", ""),
        choices.version(fields, "from", known[0] if known else "now"),
        choices.version(fields, "to"),
        fields.get("book", ""),
        tuple(fields.getlist("confirm")),
    )
    problems = []
    if request.method == "POST":
        if office.inside(asked.roster) is not None and asked.old and asked.new:
            return _send(office, asked, back)
        problems = [
            problem(
                "E942",
                Place(_("A list of households") if asked.old and asked.new else _("The day")),
            )
        ]
    found = tasks.latest(office, *asked.arguments) if asked.roster else None
    return render_page(
        request,
        "impact",
        asked=asked,
        back=back if back.startswith(reverse("standards")) else "",
        lists=choices.lists(office),
        names=known,
        old_is_day=choices.is_day(asked.old),
        new_is_day=choices.is_day(asked.new),
        lines=found.summary if found and found.state == "done" else [],
        picture=_made(office, asked, "impact.png"),
        book=_made(office, asked, "impact.xlsx"),
        problems=problems,
    )


def suppose(
    office: Office, fields: QueryDict, book: str, confirmed: list[str], tried: DryRun, back: str
) -> HttpResponse:
    """Ask what values mean that are not written yet, on the first day on which all of them hold."""
    roster = fields.get("roster", "")
    if office.inside(roster) is None:
        return redirect(back)
    day = max([today(), *(When.parse(since).first_day for since in tried.days)])
    new = "now" if day == today() else day.isoformat()
    return _send(office, Asked(roster, new, new, book, tuple(confirmed)), back)


def _send(office: Office, asked: Asked, back: str) -> HttpResponse:
    page = asked.address(back)
    return start_task(office, asked.arguments, title=N_("What it means"), page=page, then=page)


def _made(office: Office, asked: Asked, name: str) -> str:
    file = f"{asked.folder}/{name}"
    return file if asked.roster and office.inside(file) else ""


urls = [path("standards/impact/", impact, name="impact")]
