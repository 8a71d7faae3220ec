"""The ledger that this PC keeps: its server, which is a task that lives on, and the runs that it
could take.
"""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException

from policycards.core.codes import N_
from policycards.core.problems import Problem
from policycards.desk.core import choices, tasks
from policycards.desk.core.office_folder import Office
from policycards.desk.core.printed_runs import Printed, printed
from policycards.desk.core.tasks import Task
from policycards.ledger.local_ledger import LedgerConfig, free_port, loaded_runs, write_config
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
