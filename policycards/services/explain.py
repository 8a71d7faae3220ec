"""Explaining to one household, policy by policy, what it is entitled to and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from policycards import pdf
from policycards.catalogue import Catalogue, Text
from policycards.catalogue.model.form import brief, nearest
from policycards.core.problems import Place, problem
from policycards.design import Look, PrintContext, proof_edition
from policycards.design.content.reasons_text import Explained, Reasoner
from policycards.design.office.explanation import explanation
from policycards.households.entitlements.reasons import ids_of, reasons
from policycards.households.model import Roster
from policycards.households.roster.homes import HouseholdFacts, picked
from policycards.services.result import Result, WrongUse, sound
from policycards.services.rosters import open_roster
from policycards.services.sources import open_catalogue, open_fonts, open_key, open_theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Result):
    """What the list says of a household, and why it has what it has. ``names``: its head and id,
    then its village; ``pages`` of the file, where one was made.
    """

    household: HouseholdFacts
    home: dict[str, Any]
    people: tuple[dict[str, Any], ...]
    names: tuple[Text, ...]
    reasons: tuple[Explained, ...]
    pages: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "household": _as_json(asdict(self.household)),
            "home": _as_json(self.home),
            "people": _as_json(list(self.people)),
            "names": [_both(each) for each in self.names],
            "reasons": [
                {"title": _both(each.title), "lines": [_both(line) for line in each.lines]}
                for each in self.reasons
            ],
            "pages": self.pages,
        }


def explain(
    roster: Path,
    household: str,
    policies: Path,
    fonts: Path,
    *,
    day: date,
    mapping: Sequence[str] = (),
    key_file: Path | None = None,
    out: Path | None = None,
) -> Explanation:
    """Why a household, named by its id or its head's name, has what it has; ``out`` is a page of it
    to print.
    """
    catalogue, warnings = open_catalogue(policies)
    digest = open_key(key_file).digest if key_file else None
    read = open_roster(roster, catalogue, digest, mapping)
    one, home = _find(read.roster, household, Place(str(roster)))
    reasoner = Reasoner.of(catalogue, home.area, day)
    found = reasons(one, home.household_id, catalogue, day)
    names, pages = _names(one, catalogue, home.household_id), 0
    if out:
        edition = proof_edition(catalogue.digest, day)
        context = PrintContext(home.area, day, edition, published=False, squares=(), domain="")
        look = Look(open_theme(), "hand")
        opened = open_fonts(fonts, look.theme)
        piece, problems = explanation(
            catalogue, reasoner.in_short(found), names, context, look, opened
        )
        sound(problems)
        assert piece is not None
        out.parent.mkdir(parents=True, exist_ok=True)
        pdf.write(piece, opened, out, tagged=True)
        pages = len(piece.pages)
    return Explanation(
        files=(out,) if out else (),
        hidden_warnings=len(warnings),
        household=home,
        home=one.households.row(0, named=True),
        people=tuple(one.members.iter_rows(named=True)),
        names=tuple(names),
        reasons=tuple(reasoner.in_full(found)),
        pages=pages,
    )


def _find(roster: Roster, household: str, place: Place) -> tuple[Roster, HouseholdFacts]:
    """The household that is meant, alone, and its place in the whole."""
    found = ids_of(roster, household)
    if not found:
        near = nearest(household, roster.households["household_id"])
        raise WrongUse(problem("E610", place, household=brief(household), nearest=near))
    if len(found) > 1:
        ids = ", ".join(found[:10])
        raise WrongUse(problem("E611", place, household=brief(household), ids=ids))
    one, (home,) = picked(roster, found)
    return one, home


def _names(roster: Roster, catalogue: Catalogue, household: str) -> list[Text]:
    """Whose explanation it is: head and id, then the village."""
    bo, zh = roster.households.select("name_bo", "name_zh").row(0)
    head, village = catalogue.words["head"], catalogue.areas.get(roster.households["area"][0])
    person = Text(bo=f"{head.bo}། {bo or zh} {household}", zh=f"{head.zh}：{zh or bo} {household}")
    return [person, village.name] if village else [person]


def _both(text: Text) -> dict[str, str]:
    return {"bo": text.bo, "zh": text.zh}


def _as_json(value: Any) -> Any:
    """A row of a roster as JSON has it: days and amounts as text."""
    if isinstance(value, dict):
        return {name: _as_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(each) for each in value]
    if isinstance(value, (date, datetime)) or not isinstance(value, (str, int, float, type(None))):
        return str(value)
    return value
