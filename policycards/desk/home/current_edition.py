"""What is in force: the edition of the day, the marks that cards printed from it bear, and why each
is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
from policycards.core.problems import Problem
from policycards.desk.core.office_folder import Office


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


def marks(catalogue: Catalogue, day: date, edition: Edition | None, *, has_key: bool) -> list[Mark]:
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


def has_key(office: Office) -> bool:
    """Whether the office has a key that is not the demo's."""
    from policycards.qr import read_key

    key = read_key(office.key)[0] if office.key else None
    return key is not None and not key.is_demo


def frozen(policies: Path, edition: Edition) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of an edition; what is wrong where somebody changed it."""
    read, problems = read_edition(policies, edition.name)
    return (read[0] if read else None), problems
