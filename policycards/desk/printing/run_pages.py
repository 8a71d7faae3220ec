"""The screens of printing: what to print and how, dry runs, printed runs, and sheets printed again."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.urls import path as address
from django.views.decorators.http import require_http_methods

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.edition import editions
from policycards.core.codes import N_
from policycards.core.files import digest_files
from policycards.desk.core import tasks
from policycards.desk.core.desk_page import in_language, language, render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.core.tasks import Task
from policycards.desk.printing.roster_list import Listed, find
from policycards.manifest import read_cards

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
        by_hand = self.duplex == "two-passes"
        options = ["--design", self.layout]
        options += ["--manual-duplex"] if by_hand else ["--duplex", self.duplex]
        options += ["--edition", self.edition] if self.edition else []
        options += ["--spare", str(self.spare)] if self.spare else []
        options += ["--area", self.area] if self.area else []
        return options + ["--large"] * self.large + ["--allow-unverified"] * self.old


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


plan_urls = [path("printing/lists/<str:name>/plan/", plan, name="plan")]


FILES = {
    "cards.pdf": N_("Cards"),
    "cover.pdf": N_("Cover sheet"),
    "register.pdf": N_("Register to sign"),
    "spares.pdf": N_("Spare cards"),
    "slips.pdf": N_("Slips"),
    "notice.pdf": N_("Notice for the board"),
    "unsettled.csv": N_("What the list lacks"),
}
SHOWN = 60
"""Villages on the screen; more are found by name or code."""
FIRST = range(4)
"""Pages of a pack that are shown: front and back of the test sheet, and of the first sheet of
cards.
"""
WHAT = ("sheets", "cards", "codes")


@dataclass(frozen=True, slots=True)
class Village:
    """A village's pack: its files by their paths from the office's folder, each with what it is."""

    code: str
    name: str
    cards: int
    files: tuple[tuple[str, str], ...]

    @property
    def pack(self) -> str:
        """The file of cards."""
        return next((path for path, _what in self.files if path.endswith("cards.pdf")), "")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A reprint: its list of what to destroy, its files, and the rows of the list."""

    list: str
    files: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, path: str) -> HttpResponse:
    """``path`` is the run's folder, or that in which it is the only one; a POST reprints what was
    spoilt.
    """
    office = Office.of_environment()
    folder = office.inside(path)
    if folder is None or not folder.is_relative_to(office.output.resolve()):
        return render_page(request, "unprinted", status=404)
    if not (folder / "run" / "run.json").is_file():
        inner = [each.parent.parent for each in sorted(folder.glob("*/run/run.json"))]
        if len(inner) != 1:
            return render_page(request, "unprinted", status=404)
        return redirect("run", office.relative(inner[0]))
    if request.method == "POST":
        return _reprint(request, office, folder)
    return _run(request, office, folder)


def _run(request: HttpRequest, office: Office, folder: Path) -> HttpResponse:
    catalogue, _problems = opened(office, today())
    facts, readback = _json(folder / "run" / "run.json"), _json(folder / "run" / "readback.json")
    cards, problems = read_cards(folder)
    counts = (
        []
        if cards is None
        else list(cards.group_by("area", "file").len().sort("area", "file").iter_rows())
    )
    villages = list(_villages(office, folder, counts, catalogue))
    asked = request.GET.get("q", "").strip()
    found = [each for each in villages if asked in each.code or asked in each.name]
    chosen = next(
        (each for each in found if each.code == request.GET.get("village")),
        found[0] if found else None,
    )
    jam = tasks.read(office, request.GET.get("jam", ""))
    errors = folder / "run" / "errors.xlsx"
    unsettled = folder / "run" / "unsettled.csv"
    return render_page(
        request,
        "run",
        path=office.relative(folder),
        name=folder.name,
        facts=facts,
        sheet=_sheet(facts),
        is_proof=_inputs(facts).get("is_published") != "True",
        villages=found[:SHOWN],
        all=len(villages),
        hidden=len(found) - SHOWN,
        total=sum(each.cards for each in villages),
        asked=asked,
        chosen=chosen,
        first=FIRST,
        files=FILES,
        readback=readback,
        errors=office.relative(errors) if errors.is_file() else "",
        unsettled=office.relative(unsettled) if unsettled.is_file() else "",
        faults=problems,
        jam=jam,
        jam_failed=jam if jam and not jam.is_under_way and jam.code else None,
        spoilt=list(_reprints(office, folder)),
    )


def _villages(
    office: Office, folder: Path, counts: list[tuple[str, str, int]], catalogue: Catalogue | None
) -> Iterator[Village]:
    areas = catalogue.areas if catalogue else {}
    for code, file, count in counts:
        pack = (folder / file).parent
        there = [
            (office.relative(pack / name), what)
            for name, what in FILES.items()
            if (pack / name).is_file()
        ]
        name = in_language(areas[code].name.bo, areas[code].name.zh) if code in areas else code
        yield Village(code, name, count, tuple(there))


def _reprint(request: HttpRequest, office: Office, folder: Path) -> HttpResponseRedirect:
    """Send out the reprint of what somebody says was spoilt, and come back."""
    what = request.POST.get("what", "")
    numbers = request.POST.get("numbers", "").strip()
    path = office.relative(folder)
    here = reverse("run", args=[path])
    village = [
        f"--village={code}"
        for code in [request.POST.get("village", "")]
        if code and what != "codes"
    ]
    arguments = ["reprint", path, f"--{what if what in WHAT else 'sheets'}={numbers}", *village]
    title = N_("Print spoilt sheets again")
    task = tasks.send(office, arguments, title=title, language=language(), page=here)
    return HttpResponseRedirect(f"{here}?jam={task.id}#jam")


def _reprints(office: Office, folder: Path) -> Iterator[Spoilt]:
    """What was printed again, the latest first."""
    lists = sorted(
        (folder / "reprint").glob("spoilt-*.csv"), key=lambda each: -each.stat().st_mtime
    )
    for each in lists:
        rows = list(csv.reader(io.StringIO(each.read_text(encoding="utf-8-sig"), newline="")))[1:]
        cleaned = tuple(tuple(cell.strip() for cell in row) for row in rows)
        villages = {row[1] for row in cleaned if len(row) > 1}
        name = each.stem.removeprefix("spoilt-")
        for village in villages:
            name = name.removeprefix(f"{village}-")
        files = sorted(file for file in each.parent.glob("*.pdf") if file.stem.endswith(f"-{name}"))
        own = [file for file in files if any(file.name.startswith(village) for village in villages)]
        yield Spoilt(office.relative(each), tuple(map(office.relative, own)), cleaned)


def _sheet(facts: dict[str, object]) -> dict[str, object]:
    """How cards lie on paper and how it is printed: ``form``, ``duplex``."""
    try:
        sheet = ast.literal_eval(str(_inputs(facts).get("sheet", "{}")))
    except (ValueError, SyntaxError):
        return {}
    return sheet if isinstance(sheet, dict) else {}


def _inputs(facts: dict[str, object]) -> dict[str, object]:
    inputs = facts.get("inputs")
    return inputs if isinstance(inputs, dict) else {}


def _json(file: Path) -> dict[str, object]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


urls = [address("runs/<path:path>/", run, name="run")]
