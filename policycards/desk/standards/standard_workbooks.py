"""The workbook of standards: made for an office to fill in, dropped, tried out, applied."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from policycards.core.codes import N_
from policycards.core.files import atomic_write, digest_file
from policycards.core.problems import Place, Problem, problem
from policycards.desk.core import choices
from policycards.desk.core.desk_page import keep_upload, render_page, start_task, today
from policycards.desk.core.office_folder import LISTS, Office, opened
from policycards.desk.standards import impact_page
from policycards.desk.standards.impact_page import trial, try_out

FOLDER = "workbooks"
"""Where workbooks that were filled in are kept, in the office's folder."""


@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest) -> HttpResponse:
    """Make the workbook, or drop the filled one."""
    office = Office.of_environment()
    page, problems = reverse("standard-book"), list[Problem]()
    if request.method == "POST" and request.POST.get("do") == "make":
        name = f"output/standards-{today()}.xlsx"
        office.output.mkdir(exist_ok=True)
        return start_task(
            office,
            ["standards", "export", name],
            title=N_("Make the workbook"),
            page=page,
            then=page,
        )
    if request.method == "POST":
        file, problems = keep_upload(request, office, LISTS, office.folder / FOLDER)
        if file:
            return _look(office, file, [])
    return render_page(request, "standardbook", made=_latest_workbooks(office), problems=problems)


def written_out(office: Office, row: dict[str, str]) -> str:
    """A list of one row with what a form says, by the fields of the workbook: its path from the
    office's folder.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(row)
    rows.writerow(row.values())
    content = text.getvalue().encode("utf-8")
    file = office.folder / FOLDER / f"{row['policy']}-{hashlib.sha256(content).hexdigest()[:6]}.csv"
    atomic_write(file, content)
    return office.relative(file)


def _latest_workbooks(office: Office) -> list[str]:
    """Workbooks that were made, the latest first."""
    return [
        office.relative(file)
        for file in sorted(office.output.glob("standards-*.xlsx"), reverse=True)[:3]
    ]


@require_http_methods(["GET", "POST"])
def seen(request: HttpRequest) -> HttpResponse:
    """What a filled workbook would change; apply it."""
    office = Office.of_environment()
    fields = request.POST if request.method == "POST" else request.GET
    file, confirmed = fields.get("file", ""), fields.getlist("confirm")
    found = office.inside(file)
    catalogue, problems = opened(office, today())
    if found is None or not file.startswith(f"{FOLDER}/") or catalogue is None:
        problems = problems if catalogue is None else [problem("E942", Place(file or FOLDER))]
        return render_page(
            request, "standardbook", made=_latest_workbooks(office), problems=problems
        )
    arguments, digest, problems = _arguments(file, confirmed), _digest(found), []
    if request.method == "POST" and fields.get("do") == "look":
        return _look(office, file, confirmed)
    tried = trial(office, arguments, catalogue.digest)
    if request.method == "POST" and fields.get("do") == "suppose" and tried:
        back = f"{reverse('standard-seen')}?{_query(file, confirmed)}"
        return impact_page.suppose(office, fields, file, confirmed, tried, back)
    if request.method == "POST":
        problems = _changed_since(
            file, fields.get("digest") == digest, fields.get("catalogue") == catalogue.digest
        )
        if not problems:
            page = f"{reverse('standard-seen')}?{_query(file, confirmed)}"
            then = f"{reverse('standards')}?written=yes"
            return start_task(
                office,
                [*arguments, "--apply"],
                title=N_("Write the new values"),
                page=page,
                then=then,
            )
    return render_page(
        request,
        "standardseen",
        file=file,
        trial=None if problems else tried,
        digest=digest,
        confirmed=confirmed,
        lists=choices.lists(office),
        problems=problems,
    )


def _look(office: Office, file: str, confirmed: list[str]) -> HttpResponse:
    page = f"{reverse('standard-seen')}?{_query(file, confirmed)}"
    try_out(office, _arguments(file, confirmed), title=N_("What would change"), page=page)
    return redirect(page)


def _arguments(file: str, confirmed: list[str]) -> list[str]:
    return ["standards", "import", file, *(f"--confirm={each}" for each in confirmed)]


def _query(file: str, confirmed: list[str]) -> str:
    return urlencode({"file": file, "confirm": confirmed}, doseq=True)


def _digest(file: Path) -> str:
    return digest_file(file)


def _changed_since(file: str, same_file: bool, same_catalogue: bool) -> list[Problem]:
    """Why what was looked at is not what would be applied now."""
    place = Place(file)
    return [
        problem(code, place)
        for code, same in (("E940", same_file), ("E941", same_catalogue))
        if not same
    ]


urls = [
    path("standards/workbook/", workbook, name="standard-book"),
    path("standards/workbook/seen/", seen, name="standard-seen"),
]
