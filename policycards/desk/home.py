"""The first screen: what is in force, what needs doing, what was printed lately."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from policycards.catalogue import Catalogue, check
from policycards.catalogue.editions import editions
from policycards.desk import errands
from policycards.desk.office import Office
from policycards.desk.page import shown
from policycards.ledger.languages import COOKIE
from policycards.problems import Problem, Severity

YEAR = 365 * 24 * 60 * 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shown at once; ``todo`` comes after it, since it reads the whole catalogue."""
    office = Office.of_environment()
    latest = list(errands.errands(office))[:5]
    return shown(request, "home", runs=printed(office)[:5], latest=latest, editions=editions(office.policies)[::-1])


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What needs doing, as a part of the first screen."""
    office = Office.of_environment()
    catalogue, problems = opened(office, date.today())
    return shown(request, "todo", needs=needs(office, catalogue, problems))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that somebody chose."""
    told, back = request.POST.get("language", ""), request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    response = redirect(back if safe else "/")
    if told in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, told, max_age=YEAR, samesite="Strict")
    return response


@dataclass(frozen=True, slots=True)
class Printed:
    """A run in the office's folder of what was made, by the folder of its edition."""

    edition: str
    path: str
    facts: dict[str, object]

    @property
    def is_published(self) -> bool:
        return bool(self.facts.get("published"))


def printed(office: Office) -> list[Printed]:
    """Every run that was printed, the latest first."""
    found = []
    for file in sorted(office.output.glob("*/run/run.json")) + sorted(office.output.glob("*/*/run/run.json")):
        try:
            facts = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        found.append((file.stat().st_mtime, Printed(file.parts[-3], office.told(file.parent.parent), facts)))
    return [each for _time, each in sorted(found, key=lambda pair: -pair[0])]


def opened(office: Office, day: date) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue as it is on disk with its problems, read again only when a file of it has changed."""
    files = sorted(file for file in office.policies.rglob("*") if file.is_file() and "editions" not in file.parts)
    stamps = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return _read(office.policies, day, stamps)


@lru_cache(maxsize=2)
def _read(policies: Path, day: date, _stamps: object) -> tuple[Catalogue | None, list[Problem]]:
    return check(policies, day)


def needs(office: Office, catalogue: Catalogue | None, problems: list[Problem]) -> dict[str, object]:
    """What needs doing: errors, drafts, values that nobody looked up for too long, placeholders."""
    from policycards.catalogue.glossary import read_glossary
    from policycards.catalogue.reviewing import pairs, unread
    from policycards.catalogue.values import stale_checks

    errors = [each for each in problems if each.severity is Severity.ERROR]
    warned = Counter(each.code for each in problems if each.severity is not Severity.ERROR)
    if catalogue is None:
        return {"errors": errors}
    draft = unread(pairs(catalogue, read_glossary(office.policies)[0]), catalogue)
    old = stale_checks(catalogue, catalogue.policies, date.today())
    return {"errors": errors, "drafts": len(draft), "old": old, "warnings": warned.total(), "catalogue": catalogue}
