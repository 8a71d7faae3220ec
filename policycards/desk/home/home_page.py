"""The first screen: what is in force, what needs doing, what was printed lately."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.edition import Edition
from policycards.core.problems import Problem, Severity
from policycards.desk.core import tasks
from policycards.desk.core.catalogue_cache import opened
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import render_page
from policycards.desk.core.printed_runs import printed
from policycards.desk.core.task_view import STATES
from policycards.desk.home import current_edition


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
    known = current_edition.published(office)
    edition = current_edition.current(known, today)
    catalogue, problems = _frozen(office.policies, edition) if edition else opened(office, today)
    wrong = [each for each in problems if each.severity is Severity.ERROR] if edition else []
    has_key = current_edition.has_key(office)
    day = edition.as_of if edition else today
    marks = current_edition.marks(catalogue, day, edition, has_key=has_key) if catalogue else []
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
    return current_edition.frozen(policies, edition)


def needs(
    office: Office, catalogue: Catalogue | None, problems: list[Problem]
) -> dict[str, object]:
    """What needs doing: errors, drafts, values that nobody looked up for too long, placeholders."""
    from policycards.catalogue.checks.value_checks import stale_checks
    from policycards.catalogue.reading.glossary import read_glossary
    from policycards.catalogue.reviews.reading_list import pairs, unread

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
