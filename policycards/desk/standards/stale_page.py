"""Which printed cards are wrong now, why, and printing only those again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policycards.core.codes import N_
from policycards.core.problems import Place, problem
from policycards.desk.core import choices, tasks
from policycards.desk.core.desk_page import in_language, render_page, start_task
from policycards.desk.core.office_folder import Office
from policycards.press.stale.stale_report import REASONS

HOME = "output/stale"
NAMES = ("stale.xlsx", "changes.csv", "reissue.csv", "first.csv", "decision.json")
KINDS = {"cards": "reissue.csv", "slips": "reissue.csv", "first": "first.csv"}
"""What may be printed of a search, and by which of its lists."""
TITLES = {
    "cards": N_("Print the cards that are wrong"),
    "slips": N_("Print slips of what changed"),
    "first": N_("Print first cards"),
}


@dataclass(frozen=True, slots=True)
class Search:
    """A search whose lists are there: its key, and what was decided and counted."""

    key: str
    decision: dict[str, object]
    seconds: float

    @property
    def counts(self) -> dict[str, int]:
        counts = self.decision["counts"]
        assert isinstance(counts, dict)
        return counts

    @property
    def edition(self) -> str:
        return str(self.decision["edition"] or "")

    def again(self, kind: str) -> str:
        """The folder of what is printed by its lists."""
        return f"output/again-{self.key}" + ("-first" if kind == "first" else "")


@require_http_methods(["GET", "POST"])
def stale(request: HttpRequest) -> HttpResponse:
    """Choose what was printed, the list and what is to hold; earlier searches."""
    office = Office.of_environment()
    fields = request.POST if request.method == "POST" else request.GET
    known, runs = choices.names(office), choices.runs(office)
    to = choices.version(fields, "to", known[0] if known else "now")
    chosen = [each for each in fields.getlist("run") if office.inside(each)] or [
        each.path for each in runs
    ]
    roster, problems = fields.get("roster", ""), []
    if request.method == "POST":
        missing = _missing(bool(fields.getlist("run")), office.inside(roster) is not None, bool(to))
        if not missing:
            return _find(office, chosen, roster, to, fields.get("least", ""), fields.get("on", ""))
        problems = [problem("E942", Place(missing))]
    return render_page(
        request,
        "stale",
        runs=runs,
        chosen=chosen,
        lists=choices.lists(office),
        roster=roster,
        names=known,
        to=to,
        to_is_day=choices.is_day(to),
        least=fields.get("least", "0"),
        on=fields.get("on", ""),
        searches=searches(office),
        problems=problems,
    )


def _missing(run: bool, roster: bool, to: bool) -> str:
    for there, name in (
        (run, _("What was printed")),
        (roster, _("A list of households")),
        (to, _("The day")),
    ):
        if not there:
            return name
    return ""


def _find(
    office: Office, runs: list[str], roster: str, to: str, least: str, on: str
) -> HttpResponse:
    """Send the search out; its lists have a folder of their own, so that two pages do no harm."""
    inputs = [
        *runs,
        roster,
        f"--to={to}",
        *([f"--least={least}"] if least else []),
        *([f"--on={on}"] if on else []),
    ]
    key = f"{to}-{hashlib.sha256(chr(10).join(inputs).encode()).hexdigest()[:6]}"
    query = {"run": runs, "roster": roster, "to": to, "least": least, "on": on}
    return start_task(
        office,
        ["stale", *inputs, f"--out={HOME}/{key}"],
        title=N_("Find the cards that are wrong"),
        page=f"{reverse('stale')}?{urlencode(query, doseq=True)}",
        then=reverse("stale-found", args=[key]),
    )


def searches(office: Office) -> list[Search]:
    """The searches whose lists are there, the latest first."""
    return sorted(_searches(office), key=lambda each: -each.seconds)


def _searches(office: Office) -> Iterator[Search]:
    for file in sorted((office.folder / HOME).glob("*/decision.json")):
        try:
            decision = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # just being written
            continue
        yield Search(file.parent.name, decision, file.stat().st_mtime)


def latest_decision(office: Office) -> dict[str, object] | None:
    """What the last search found."""
    found = searches(office)
    return found[0].decision if found else None


def printed_again(office: Office) -> list[str]:
    """The runs that were printed by the lists of searches."""
    return [each.path for each in choices.runs(office) if each.path.startswith("output/again-")]


@require_http_methods(["GET", "POST"])
def search_result(request: HttpRequest, key: str) -> HttpResponse:
    """What a search found; print by its lists."""
    office = Office.of_environment()
    search = next((each for each in _searches(office) if each.key == key), None)
    if search is None:
        return redirect("stale")
    asked = tasks.latest(office, *_asked(office, key))
    roster = request.POST.get("roster") or _roster(asked.arguments if asked else ())
    problems = []
    if request.method == "POST" and request.POST.get("do") in KINDS:
        if office.inside(roster) is not None:
            return _print(office, search, request.POST["do"], roster)
        problems = [problem("E942", Place(_("A list of households")))]
    counts = search.counts
    reasons = [
        (in_language(text.bo, text.zh), counts[kind])
        for kind, text in REASONS.items()
        if counts.get(kind)
    ]
    files = [f"{HOME}/{key}/{name}" for name in NAMES if office.inside(f"{HOME}/{key}/{name}")]
    again = [
        each for each in choices.runs(office) if each.path.startswith(f"{search.again('cards')}")
    ]
    return render_page(
        request,
        "stalefound",
        search=search,
        counts=counts,
        reasons=reasons,
        files=files,
        lists=choices.lists(office),
        roster=roster,
        again=again,
        slips=_slips(office, search),
        problems=problems,
    )


def _asked(office: Office, key: str) -> tuple[str, ...]:
    """The command of the search whose lists lie under a key."""
    out = f"--out={HOME}/{key}"
    return next(
        (each.arguments for each in tasks.history(office) if each.arguments[-1:] == (out,)),
        ("stale", out),
    )


def _roster(arguments: tuple[str, ...]) -> str:
    """The list that a search was for: what stands before its options."""
    places = [each for each in arguments if not each.startswith("--")]
    return places[-1] if len(places) > 1 else ""


def _print(office: Office, search: Search, kind: str, roster: str) -> HttpResponse:
    """Print what a list of the search names, as the search saw it: its edition or day, and its day
    of ages.
    """
    decision = search.decision
    day = str(decision["standards_on"])
    holds = ["--edition", search.edition] if search.edition else ["--as-of", day]
    ages = (
        ["--ages-as-of", str(decision["households_on"])] if decision["households_on"] != day else []
    )
    only = f"{HOME}/{search.key}/{KINDS[kind]}"
    page = reverse("stale-found", args=[search.key])
    arguments = [
        "slips" if kind == "slips" else "print",
        roster,
        *holds,
        *ages,
        "--reissue-list",
        only,
        "--out",
        search.again(kind),
    ]
    return start_task(office, arguments, title=TITLES[kind], page=page, then=f"{page}#printed")


def _slips(office: Office, search: Search) -> list[str]:
    """The slips and notices of the villages that were printed by this search."""
    made = (office.folder / search.again("slips")).glob("*-slips/**/*.pdf")
    return [office.relative(each) for each in sorted(made)]


urls = [
    path("stale/", stale, name="stale"),
    path("stale/<slug:key>/", search_result, name="stale-found"),
]
