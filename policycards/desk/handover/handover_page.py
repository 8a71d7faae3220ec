"""The screen of handing over: the ledger of this PC, and printed runs loaded into it.

The ledger's server is a task that lives on.
"""

from __future__ import annotations

import os
import socket
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, problem
from policycards.desk.core import choices, tasks
from policycards.desk.core.choices import Printed, printed
from policycards.desk.core.desk_page import language, render_page, start_task
from policycards.desk.core.office_folder import Office
from policycards.desk.core.tasks import Task
from policycards.ledger.local_ledger import (
    FOLDER,
    LedgerConfig,
    free_port,
    loaded_runs,
    read_config,
    write_config,
)
from policycards.ledger.runs.printed_run import read_facts

HOST = "127.0.0.1"
SERVES = ("ledger", "serve")


def address(kept: LedgerConfig) -> str:
    """Where browsers find it. Cookies know no ports: another name keeps those of ledger and desk
    apart.
    """
    return f"http://localhost:{kept.port}/"


def server(office: Office) -> Task | None:
    """The task that serves the ledger, where it is under way."""
    found = tasks.latest(office, *SERVES)
    return found if found and found.is_under_way else None


def answers(kept: LedgerConfig) -> bool:
    """Whether the ledger is there for browsers."""
    try:
        with closing(HTTPConnection(HOST, kept.port, timeout=2)) as asking:
            asking.request("GET", "/health/")
            return asking.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def served(office: Office, kept: LedgerConfig, language: str) -> LedgerConfig:
    """Have the ledger served, by the server that there is or a new one; its port may be another
    than it was.
    """
    if server(office) or answers(kept):
        return kept
    if not _is_free(kept.port):
        kept = replace(kept, port=free_port())
        write_config(office.folder, kept)
    tasks.send(
        office,
        [*SERVES, "--port", str(kept.port)],
        title=N_("The ledger's server"),
        language=language,
        page="/handing/",
    )
    return kept


def _is_free(port: int) -> bool:
    with socket.socket() as asking:
        try:
            asking.bind((HOST, port))
        except OSError:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Loadable:
    """A run that was printed, as the ledger sees it: since when it has it, or why it does not take
    it.

    ``roster`` is the list from which it was printed, where that still lies there as it was.
    """

    run: Printed
    loaded: str
    problems: list[Problem]
    roster: str


def loadable(office: Office, kept: LedgerConfig) -> list[Loadable]:
    """Every printed run, the latest first."""
    known, digests = loaded_runs(office.folder), _digests(office)
    found = []
    for run in printed(office):
        if run.is_slips:
            continue
        facts, problems = read_facts(office.folder / run.path, is_demo=kept.is_trial)
        roster = digests.get(facts.roster, "") if facts else ""
        loaded = known.get(facts.id, "") if facts else ""
        found.append(Loadable(run, loaded, problems, roster))
    return found


def rosters(office: Office) -> list[str]:
    """The lists of the office, by their paths from its folder."""
    return sorted(choices.lists(office))


def _digests(office: Office) -> dict[str, str]:
    from policycards.core.files import digest_files

    return {digest_files([office.folder / path]): path for path in rosters(office)}


PASSWORD = f"{FOLDER}/first-password.txt"
"""The first user's name and password, until somebody has seen it."""


@require_safe
def handing(request: HttpRequest) -> HttpResponse:
    return _screen(request, [])


def _screen(request: HttpRequest, problems: list[Problem]) -> HttpResponse:
    office = Office.of_environment()
    kept, faults = read_config(office.folder)
    here = kept if kept and not kept.address else None
    latest = tasks.latest(office, "ledger", "load-run")
    return render_page(
        request,
        "handing",
        status=400 if problems else 200,
        problems=[*problems, *faults],
        is_new=kept is None and not faults,
        kept=kept,
        here=here,
        server=here and server(office),
        loaded=latest if latest and not latest.is_under_way else None,
        runs=loadable(office, kept) if kept else [],
        rosters=rosters(office) if kept else [],
        has_password=(office.folder / PASSWORD).is_file(),
        can_load=here is not None or bool(os.environ.get("DATABASE_URL")),
    )


@require_POST
def set_up(request: HttpRequest) -> HttpResponse:
    """A ledger on this PC."""
    name = " ".join(request.POST.get("user", "").split())
    if not name or name.startswith("-"):
        return _screen(request, [problem("E950", Place("policycards desk"))])
    trial = ["--trial"] if request.POST.get("trial") else []
    arguments = ["ledger", "init", "--user", name, *trial, "--password-file", PASSWORD]
    page = reverse("handing")
    return start_task(
        Office.of_environment(), arguments, title=N_("Set up a ledger"), page=page, then=page
    )


@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Keep the address of the server that keeps the ledger; an empty one forgets it."""
    office = Office.of_environment()
    kept, _faults = read_config(office.folder)
    typed = request.POST.get("address", "").strip()
    where = urlsplit(typed)
    if typed and (where.scheme not in ("http", "https") or not where.hostname):
        return _screen(request, [problem("E954", Place(typed[:80]))])
    if kept and not kept.address:  # this PC keeps one: nothing of it is overwritten
        return _screen(request, [problem("E952", Place("policycards desk"), folder=FOLDER)])
    if typed:
        write_config(
            office.folder,
            LedgerConfig(address=f"{where.scheme}://{where.netloc}{where.path.rstrip('/')}/"),
        )
    elif kept:
        (office.ledger / "ledger.json").unlink(missing_ok=True)
        with suppress(OSError):  # something else lies in it
            office.ledger.rmdir()
    return redirect("handing")


@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """The first password, shown once: from now on nobody can read it here."""
    file = Office.of_environment().folder / PASSWORD
    try:
        name, secret = file.read_text(encoding="utf-8").splitlines()
        file.unlink()
    except (OSError, ValueError):
        return redirect("handing")
    return render_page(request, "password", name=name, password=secret)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load a run that was printed, with the list from which it was printed."""
    office = Office.of_environment()
    run, roster = request.POST.get("run", ""), request.POST.get("roster", "")
    if run not in {each.path for each in printed(office)}:
        return _screen(request, [problem("E950", Place("policycards desk"))])
    if roster not in rosters(office):
        return _screen(request, [problem("E955", Place(run))])
    page = reverse("handing")
    arguments = ["ledger", "load-run", run, "--roster", roster]
    return start_task(
        office, arguments, title=N_("Load a run into the ledger"), page=page, then=f"{page}#runs"
    )


@require_POST
def areas(request: HttpRequest) -> HttpResponse:
    """Bring the areas of the ledger to what the office's policies say."""
    page = reverse("handing")
    title = N_("Bring the ledger's areas up to date")
    return start_task(
        Office.of_environment(), ["ledger", "areas"], title=title, page=page, then=page
    )


@require_POST
def migrate(request: HttpRequest) -> HttpResponse:
    """Bring the ledger's database to the version of the program."""
    page = reverse("handing")
    title = N_("Bring the ledger to this version of the program")
    return start_task(
        Office.of_environment(), ["ledger", "migrate"], title=title, page=page, then=page
    )


@require_POST
def opening(request: HttpRequest) -> HttpResponse:
    """Open the ledger of this PC; its server is started where it does not run."""
    office = Office.of_environment()
    kept, _faults = read_config(office.folder)
    if kept is None or kept.address:
        return redirect("handing")
    kept = served(office, kept, language())
    return render_page(request, "opening", address=address(kept), server=server(office))


@require_safe
def state(request: HttpRequest) -> JsonResponse:
    """Whether the ledger answers, and whether there is still hope that it will."""
    office = Office.of_environment()
    kept, _faults = read_config(office.folder)
    is_here = bool(kept and not kept.address and answers(kept))
    return JsonResponse({"ready": is_here, "hope": is_here or server(office) is not None})


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the ledger's server; what is in the ledger stays."""
    if running := server(Office.of_environment()):
        running.stop(for_good=True)
    return redirect("handing")


urls = [
    path("handing/", handing, name="handing"),
    path("handing/set-up/", set_up, name="ledger-set-up"),
    path("handing/elsewhere/", elsewhere, name="ledger-elsewhere"),
    path("handing/password/", password, name="ledger-password"),
    path("handing/load/", load, name="ledger-load"),
    path("handing/areas/", areas, name="ledger-areas"),
    path("handing/migrate/", migrate, name="ledger-migrate"),
    path("handing/opening/", opening, name="ledger-opening"),
    path("handing/state/", state, name="ledger-state"),
    path("handing/close/", close, name="ledger-close"),
]
