"""The plan of a run: what is chosen, what it comes to, then the run itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.edition import editions
from policycards.core.codes import N_
from policycards.core.files import digest_files
from policycards.desk.core import tasks
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import in_language, language, render_page, start_task, today
from policycards.desk.core.tasks import Task
from policycards.desk.printing.roster_list import Listed, find

LAYOUTS = {
    "a4": N_("A4: one sheet for each household"),
    "a5": N_("A5: two on an A4 sheet, cut in the middle"),
}
DUPLEX = {
    "long-edge": N_("Printer does both sides, turned about the long edge"),
    "short-edge": N_("Printer does both sides, turned about the short edge"),
    "two-passes": N_("Printer does one side: two passes by hand"),
}
MOST_SPARES = 500
OLD_CHECKS = "E849"


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody chose."""

    edition: str = ""
    layout: str = "a4"
    duplex: str = "long-edge"
    spare: int = 0
    area: str = ""
    large: bool = False
    old: bool = False

    @classmethod
    def of(cls, fields: Mapping[str, str], known: Sequence[str]) -> Plan:
        """From a form; what no form of ours says is left at what is usual."""
        spare, edition = fields.get("spare", ""), fields.get("edition", "")
        return cls(
            edition=edition if edition in known else "",
            layout=fields["layout"] if fields.get("layout") in LAYOUTS else cls().layout,
            duplex=fields["duplex"] if fields.get("duplex") in DUPLEX else cls().duplex,
            spare=min(int(spare), MOST_SPARES) if spare.isdecimal() else 0,
            area="".join(sign for sign in fields.get("area", "") if sign.isalnum())[:20],
            large="large" in fields,
            old="old" in fields,
        )

    @property
    def query(self) -> str:
        """The same as an address has it."""
        parts = {
            "edition": self.edition,
            "layout": self.layout,
            "duplex": self.duplex,
            "spare": self.spare,
        }
        flags = {name: "on" for name in ("large", "old") if getattr(self, name)}
        return urlencode({**parts, "area": self.area, **flags})

    def options(self) -> list[str]:
        """The same as the command has it."""
        options = ["--design", self.layout, "--duplex", self.duplex]
        options += ["--edition", self.edition] if self.edition else []
        options += ["--spare", str(self.spare)] if self.spare else []
        options += ["--area", self.area] if self.area else []
        return options + ["--large"] * self.large + ["--accept-old-checks"] * self.old


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, name: str) -> HttpResponse:
    """``act``: ``reckon`` tries a run without writing it, ``print`` prints it."""
    office = Office.of_environment()
    listed = find(office, name)
    if listed is None:
        return render_page(request, "missing", status=404)
    known = editions(office.policies)[::-1]
    fields = request.POST or request.GET
    usual = {} if fields else {"edition": next(iter(known), "")}
    chosen = Plan.of({**usual, **{key: str(value) for key, value in fields.items()}}, known)
    if request.method == "POST":
        return _sent(listed, chosen, prints=request.POST.get("act") == "print")
    catalogue, problems = opened(office, today())
    trial = _trial(listed, chosen) if request.GET else None
    facts = trial.facts if trial and not trial.is_under_way else None
    return render_page(
        request,
        "plan",
        list=listed,
        problems=problems if catalogue is None else [],
        editions=known,
        plan=chosen,
        layouts=LAYOUTS,
        duplexes=DUPLEX,
        areas=_areas(listed, catalogue),
        trial=trial,
        facts=facts,
        failed=trial if trial and not trial.is_under_way and facts is None else None,
        is_refused_as_old=bool(
            trial and any(each["code"] == OLD_CHECKS for each in trial.problems)
        ),
        command=" ".join(["policycards", "print", *listed.source, *chosen.options()]),
    )


def _sent(listed: Listed, chosen: Plan, *, prints: bool) -> HttpResponseRedirect:
    """Try a run and come back, or print it and go on to its screen."""
    here = f"{reverse('plan', args=[listed.name])}?{chosen.query}"
    if not prints:
        tasks.send(
            listed.office,
            trial_of(listed, chosen),
            title=N_("Plan"),
            language=language(),
            page=here,
        )
        return redirect(here)
    out = f"output/{listed.file.stem}-{_digest(listed, chosen)}"
    arguments = ["print", *listed.source, *chosen.options(), "--out", out]
    then = reverse("run", args=[out])
    return start_task(listed.office, arguments, title=N_("Print the packs"), page=here, then=then)


def trial_of(listed: Listed, chosen: Plan) -> list[str]:
    """The command that says what a run comes to."""
    return ["print", *listed.source, *chosen.options(), "--dry-run", "--format", "json"]


def _digest(listed: Listed, chosen: Plan) -> str:
    """Another for another run: a folder takes cards of one run only."""
    digest = digest_files([listed.file, *([listed.headings] if listed.headings.is_file() else [])])
    return sha256(f"{digest} {chosen.query}".encode()).hexdigest()[:6]


def _trial(listed: Listed, chosen: Plan) -> Task | None:
    """The latest trial of this plan, if list and policies are still as it had them."""
    policies = (file for file in listed.office.policies.rglob("*") if file.is_file())
    changed = max([listed.changed, *(each.stat().st_mtime for each in policies)])
    words = tuple(trial_of(listed, chosen))
    found = (each for each in tasks.history(listed.office) if each.arguments == words)
    latest = next(found, None)
    is_old = (
        latest is None or latest.started.timestamp() < changed or latest.started.date() != today()
    )
    return None if is_old else latest


def _areas(listed: Listed, catalogue: Catalogue | None) -> list[tuple[str, str]]:
    """Divisions that the list has households in, by code, with their names: counties, townships,
    villages.
    """
    records = (listed.facts or {}).get("villages")
    villages = [str(each["area"]) for each in records] if isinstance(records, list) else []
    prefixes = sorted(
        {code[:length] for code in villages for length in (6, 9, 12) if len(code) >= length}
    )
    areas = catalogue.areas if catalogue else {}
    return [
        (code, in_language(areas[code].name.bo, areas[code].name.zh))
        for code in prefixes
        if code in areas
    ]


urls = [path("printing/lists/<str:name>/plan/", plan, name="plan")]
