"""A change tried before it is made: dry runs, what to confirm, and what it would mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
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
from policycards.desk.core.desk_page import in_language, language, render_page, start_task, today
from policycards.desk.core.office_folder import Office
from policycards.desk.core.tasks import Task

CONFIRMABLE = ("E819", "E820")
"""A jump of more than half and a date whose month and day look swapped: right if somebody says
so.
"""
WITHOUT_AMOUNT = {
    "ended": N_("ended"),
    "expected": N_("expected, amount not known yet"),
    None: N_("without an amount"),
}
_DATA = ("--format", "json")


@dataclass(frozen=True, slots=True)
class DryRun:
    """A trial and what it came to; ``result`` is None while it is under way, and where it could not
    even begin.
    """

    task: Task
    result: Mapping[str, object] | None
    catalogue: str
    labels: Mapping[str, str]
    """What a form calls the options of the command."""

    @property
    def problems(self) -> list[dict[str, object]]:
        """What is wrong, in the words of the screen."""
        found = self.result["problems"] if self.result else []
        assert isinstance(found, list)
        return [self._worded(each) for each in found]

    def _worded(self, found: dict[str, object]) -> dict[str, object]:
        where, message, hint = str(found["where"] or ""), str(found["message"]), found["hint"]
        if found["code"] in CONFIRMABLE:
            hint = _(
                "Compare it with the notice: the point, by month or by year, month and day. "
                "If it is right, tick the box."
            )
        return {
            **found,
            "message": message.replace(where, self.labels.get(where, where), 1)
            if where
            else message,
            "hint": hint,
        }

    @property
    def days(self) -> list[str]:
        """Since when its changes are to hold."""
        return [str(each["from"]) for each in self.changes]

    @property
    def changes(self) -> list[dict[str, object]]:
        """What would change, old and new as the language of the screen has it."""
        found = self.result.get("changes", []) if self.result else []
        assert isinstance(found, list)
        return [
            {
                **each,
                "from": each["new"]["since"],
                "old": _figure(each["old"]),
                "new": _figure(each["new"]),
            }
            for each in found
        ]

    @property
    def is_sound(self) -> bool:
        """Whether it may be done, and would do something."""
        return self.task.state == "done" and bool(self.result and self.result.get("files"))

    @property
    def is_outdated(self) -> bool:
        """Whether the standards were changed since, by another page or by hand."""
        catalogue = self.result.get("catalogue") if self.result else None
        return catalogue is not None and catalogue != self.catalogue

    @property
    def doubts(self) -> list[str]:
        """The standards of which something is right only if somebody says so."""
        ids = (
            str(each["id"]) for each in self.problems if each["code"] in CONFIRMABLE and each["id"]
        )
        return list(dict.fromkeys(ids))

    @property
    def is_only_doubt(self) -> bool:
        """Whether nothing is wrong but what somebody may confirm."""
        errors = [each["code"] for each in self.problems if each["severity"] == "error"]
        return bool(errors) and all(code in CONFIRMABLE for code in errors)

    def wrong(self, option: str) -> str:
        """What is wrong with an option, in words."""
        return " ".join(
            f"{each['message']} {each['hint']}" for each in self.problems if each["where"] == option
        )


def _figure(figure: Mapping[str, Any] | None) -> str:
    """A value in words: with its unit, or why there is no amount."""
    if figure is None:
        return _("nothing")
    amount, status, unit = (figure[name] for name in ("amount", "status", "unit"))
    if amount is None:
        return _(WITHOUT_AMOUNT[status])
    return in_language(**unit).format(n=amount) if unit else str(amount)


def try_out(office: Office, arguments: Sequence[str], *, title: str, page: str) -> None:
    """Send a trial out."""
    tasks.send(office, [*arguments, *_DATA], title=title, language=language(), then=page, page=page)


def trial(
    office: Office,
    arguments: Sequence[str],
    catalogue: str,
    labels: Mapping[str, str] | None = None,
) -> DryRun | None:
    """The latest trial of a command, if it was ever tried; ``catalogue`` is the digest of what
    holds now.
    """
    wanted = (*arguments, *_DATA)
    found = next((each for each in tasks.history(office) if each.arguments == wanted), None)
    if found is None:
        return None
    facts = None if found.is_under_way else found.facts
    return DryRun(found, facts if facts and "problems" in facts else None, catalogue, labels or {})


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
        digest = hashlib.sha256(question.encode()).hexdigest()[:6]
        return f"output/impact/{self.old}-{self.new}-{digest}"

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
        picture=_written_file(office, asked, "impact.png"),
        book=_written_file(office, asked, "impact.xlsx"),
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


def _written_file(office: Office, asked: Asked, name: str) -> str:
    file = f"{asked.folder}/{name}"
    return file if asked.roster and office.inside(file) else ""


urls = [path("standards/impact/", impact, name="impact")]
