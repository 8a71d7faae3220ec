"""A run's screen: its packs, how to print them on this printer, what was read back, and what to do
after a jam.
"""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path as address
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policycards.catalogue import Catalogue
from policycards.core.codes import N_
from policycards.desk.core import tasks
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import in_language, language, render_page, today
from policycards.manifest import read_cards

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
