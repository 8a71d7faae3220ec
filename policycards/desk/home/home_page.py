"""The first screen: what is in force, what needs doing, what was printed lately; and all problems.

In force is the edition of the day, with the marks that cards printed from it bear, and why.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from policycards.catalogue import Catalogue, read_form
from policycards.catalogue.editions.edition import (
    FACTS,
    FOLDER,
    Edition,
    editions,
    read_edition,
    unready,
)
from policycards.catalogue.model.policy import Text
from policycards.core.codes import N_
from policycards.core.problems import Problem, Severity
from policycards.desk.core import tasks
from policycards.desk.core.choices import printed
from policycards.desk.core.desk_page import STATES, language, render_page
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.core.tasks import Task


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mark is there: a text with its count, and the name of the address where that is
    mended.
    """

    text: str
    count: int
    where: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it stands on cards."""

    words: Text
    reasons: tuple[Reason, ...]


DRAFTS = N_("there are texts that nobody who knows Tibetan has read")
SAMPLE = N_("the catalogue says of itself that its data is a sample")
UNCONFIRMED = N_("{count} values in force were confirmed by no office")
NO_KEY = N_("there is no key of the county in this folder")
TRIAL = N_("the edition is a trial")
UNPUBLISHED = N_("no edition is published, so whatever is printed is a proof")


def published(office: Office) -> list[Edition]:
    """The facts of every edition that can be read, the one of the latest day first."""
    found = []
    for name in editions(office.policies):
        facts, _problems, _places = read_form(office.policies / FOLDER / name / FACTS, Edition)
        if facts is not None:
            found.append(facts)
    return sorted(found, key=lambda each: (each.as_of, each.name), reverse=True)


def current(known: list[Edition], today: date) -> Edition | None:
    """The edition that holds: the latest whose day has come, real ones before trials."""
    come = [each for each in known if each.as_of <= today]
    return next((each for each in come if not each.draft), come[0] if come else None)


def edition_marks(
    catalogue: Catalogue, day: date, edition: Edition | None, *, has_key: bool
) -> list[Mark]:
    """The marks of households' cards of a catalogue on a day, each with why it is there."""
    counts: dict[str, int] = {}
    for each in unready(catalogue, day):
        counts[each.code] = counts.get(each.code, 0) + _count(each)
    found = {
        "mark_draft": _reasons(
            (DRAFTS, counts.get("E855", 0), "reviews"), (NO_KEY, int(not has_key), "")
        ),
        "mark_sample": _reasons(
            (SAMPLE, counts.get("E854", 0), "policies"),
            (UNCONFIRMED, counts.get("E856", 0), "standards"),
        ),
        "mark_proof": _reasons(
            (TRIAL, int(edition is not None and edition.draft), "editions"),
            (UNPUBLISHED, int(edition is None), "editions"),
        ),
    }
    return [Mark(catalogue.words[name], reasons) for name, reasons in found.items() if reasons]


def _count(found: Problem) -> int:
    facts = dict(found.facts)
    return int(str(facts.get("count", 1)))


def _reasons(*counted: tuple[str, int, str]) -> tuple[Reason, ...]:
    return tuple(Reason(*each) for each in counted if each[1])


def has_county_key(office: Office) -> bool:
    """Whether the office has a key that is not the demo's."""
    from policycards.qr import read_key

    key = read_key(office.key)[0] if office.key else None
    return key is not None and not key.is_demo


def frozen(policies: Path, edition: Edition) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of an edition; what is wrong where somebody changed it."""
    read, problems = read_edition(policies, edition.name)
    return (read[0] if read else None), problems


COMMAND = ("check", "--format", "json")


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem as the check reports it."""

    code: str
    is_error: bool
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class File:
    """A file with its problems, errors first; ``policy`` is the id of the policy that it is, where
    it is one.
    """

    name: str
    policy: str
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> int:
        return sum(each.is_error for each in self.faults)

    @property
    def warnings(self) -> int:
        return len(self.faults) - self.errors


@require_http_methods(["GET", "POST"])
def problems(request: HttpRequest) -> HttpResponse:
    """What the last check found, and whether anything has changed since."""
    office = Office.of_environment()
    if request.method == "POST":
        page = reverse("problems")
        tasks.send(
            office, COMMAND, title=N_("Check everything"), language=language(), page=page, then=page
        )
        return redirect("problems")
    task = tasks.latest(office, *COMMAND)
    faults = problem_records(task) if task and task.code is not None else None
    files = by_file(office, faults or [])
    return render_page(
        request,
        "faults",
        task=task,
        was_checked=faults is not None,
        files=files,
        errors=sum(each.errors for each in files),
        warnings=sum(each.warnings for each in files),
        is_old=task is not None and _changed(office.policies) > task.started,
    )


def problem_records(task: Task) -> list[dict[str, object]] | None:
    """The problems that a check found; None where it came to nothing."""
    problems = task.document and task.document["problems"]
    return problems if isinstance(problems, list) else None


def by_file(office: Office, records: Iterable[dict[str, object]]) -> list[File]:
    """Problems by file, those with errors first."""
    files: dict[str, list[Fault]] = {}
    for each in records:
        line = each.get("line")
        fault = Fault(
            code=str(each["code"]),
            is_error=each["severity"] == "error",
            line=line if isinstance(line, int) else 0,
            message=str(each["message"]),
            hint=str(each["hint"]),
        )
        files.setdefault(str(each["file"]).replace("\\", "/"), []).append(fault)
    made = [
        File(
            name,
            _policy(name),
            tuple(sorted(faults, key=lambda fault: (not fault.is_error, fault.line))),
        )
        for name, faults in files.items()
    ]
    return sorted(made, key=lambda file: (not file.errors, file.name))


def _policy(name: str) -> str:
    """The id of a policy from ``policies/CATEGORY/ID.yaml``.

    >>> _policy("policies/health/birth-grant.yaml"), _policy("policies/words.yaml")
    ('birth-grant', '')
    """
    parts = name.split("/")
    return parts[2].removesuffix(".yaml") if len(parts) == 3 and name.endswith(".yaml") else ""


def _changed(policies: Path) -> datetime:
    """When anything that is checked was changed last."""
    stamps = [file.stat().st_mtime for file in policies.rglob("*") if file.is_file()]
    return datetime.fromtimestamp(max(stamps, default=0)).astimezone()


urls = [path("problems/", problems, name="problems")]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shown at once; ``force`` and ``todo`` come after it, since they read the whole catalogue."""
    office = Office.of_environment()
    latest = [each for each in islice(tasks.history(office), 20) if not each.is_server][:5]
    return render_page(request, "home", runs=printed(office)[:5], latest=latest, states=STATES)


@require_safe
def force(request: HttpRequest) -> HttpResponse:
    """What is in force, with its marks, as a part of the first screen."""
    office, today = Office.of_environment(), date.today()
    known = published(office)
    edition = current(known, today)
    catalogue, problems = _frozen(office.policies, edition) if edition else opened(office, today)
    wrong = [each for each in problems if each.severity is Severity.ERROR] if edition else []
    has_key = has_county_key(office)
    day = edition.as_of if edition else today
    marks = edition_marks(catalogue, day, edition, has_key=has_key) if catalogue else []
    others = [each for each in known if each is not edition]
    facts = {
        "edition": edition,
        "marks": marks,
        "others": others,
        "wrong": wrong,
        "is_known": catalogue is not None,
    }
    return render_page(request, "force", force=facts)


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What needs doing, as a part of the first screen."""
    office = Office.of_environment()
    catalogue, problems = opened(office, date.today())
    return render_page(
        request, "todo", needs=needs(office, catalogue, problems), stale=stale(office)
    )


@dataclass(frozen=True, slots=True)
class StaleCards:
    """What the last search for stale cards found: when, and how many are to be printed again now or
    taken back.
    """

    time: datetime
    now: int
    back: int


def stale(office: Office) -> StaleCards | None:
    """The last search under the folder of what was made; None where there is none."""
    files = [
        *office.output.glob("stale/decision.json"),
        *office.output.glob("stale/*/decision.json"),
    ]
    for file in sorted(files, key=lambda each: each.stat().st_mtime, reverse=True):
        try:
            counts = json.loads(file.read_text(encoding="utf-8"))["counts"]
            return StaleCards(
                datetime.fromtimestamp(file.stat().st_mtime),
                int(counts["now"]),
                int(counts["back"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None


@lru_cache(maxsize=2)
def _frozen(policies: Path, edition: Edition) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of an edition, which nobody changes any more."""
    return frozen(policies, edition)


def needs(
    office: Office, catalogue: Catalogue | None, problems: list[Problem]
) -> dict[str, object]:
    """What needs doing: errors, drafts, values that nobody looked up for too long, placeholders."""
    from policycards.catalogue.checks.catalogue_checks import stale_checks
    from policycards.catalogue.reading.glossary import read_glossary
    from policycards.catalogue.reviews.verdicts import pairs, unread

    errors = [each for each in problems if each.severity is Severity.ERROR]
    warned = Counter(each.code for each in problems if each.severity is not Severity.ERROR)
    if catalogue is None:
        return {"errors": errors}
    draft = unread(pairs(catalogue, read_glossary(office.policies)[0]), catalogue)
    old = stale_checks(catalogue, catalogue.policies, date.today())
    return {
        "errors": errors,
        "drafts": len(draft),
        "old": old,
        "warnings": warned.total(),
        "catalogue": catalogue,
    }
