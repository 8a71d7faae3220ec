"""Explaining to one household, policy by policy, what it is entitled to and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from policycards import pdf
from policycards.catalogue import Catalogue, Text, check
from policycards.catalogue.model.form import brief, nearest
from policycards.cli import report
from policycards.cli.messages import _, can_print
from policycards.cli.printing import open_fonts
from policycards.cli.report import Told
from policycards.cli.sending import key_of
from policycards.cli.sources import open_theme
from policycards.core.problems import Place, problem
from policycards.design import Look, PrintContext, proof_edition
from policycards.design.content.reasons_text import Explained, Reasoner
from policycards.design.office.explanation import explanation
from policycards.households.entitlements.reasons import ids_of, reasons
from policycards.households.model import Roster
from policycards.households.roster.answers import read_mapping
from policycards.households.roster.homes import HouseholdFacts, picked
from policycards.households.roster.read_roster import read_roster


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line: a household by its id or its head's name, on a day."""

    roster: Path
    household: str
    day: date
    mapping: tuple[str, ...] = ()
    key_file: Path | None = None
    form: Told = Told.TEXT


def explain(question: Question, policies: Path, font_folder: Path, out: Path | None) -> None:
    """Say why, in both languages; make a page of it where ``out`` names a file."""
    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    roster, home = _household(question, catalogue)
    area, household = home.area, home.household_id
    reasoner, found = (
        Reasoner.of(catalogue, area, question.day),
        reasons(roster, household, catalogue, question.day),
    )
    names = _names(roster, catalogue, household)
    if question.form is Told.JSON:
        told = _facts(roster, home, reasoner.in_full(found))
        report.say(json.dumps(told, ensure_ascii=False, indent=1, default=str))
    else:
        _say_all(names, reasoner.in_full(found))
    if out:
        edition = proof_edition(catalogue.digest, question.day)
        imprint = PrintContext(area, question.day, edition, published=False, squares=(), domain="")
        _print(reasoner.in_short(found), names, imprint, catalogue, font_folder, out)


def _household(question: Question, catalogue: Catalogue) -> tuple[Roster, HouseholdFacts]:
    """The household that is meant, alone, and its place in the whole.

    Exits 1 where the roster cannot be read, 2 where it has no such household.
    """
    columns, problems = read_mapping(question.mapping)
    report.stop_on_errors(problems)
    digest = key_of(question.key_file).digest if question.key_file else None
    roster, problems, _notes = read_roster(
        question.roster, catalogue, today=date.today(), digest=digest, mapping=columns
    )
    if roster is None:
        report.stop_on_errors(problems)
    assert roster is not None
    found, place = ids_of(roster, question.household), Place(str(question.roster))
    if not found:
        near = nearest(question.household, roster.households["household_id"])
        report.wrong_use(problem("E610", place, household=brief(question.household), nearest=near))
    if len(found) > 1:
        report.wrong_use(
            problem("E611", place, household=brief(question.household), ids=", ".join(found[:10]))
        )
    some, (home,) = picked(roster, found)
    return some, home


def _facts(roster: Roster, home: HouseholdFacts, told: Sequence[Explained]) -> dict[str, object]:
    """What the list says of a household, and why it has what it has, for a program."""
    return {
        "household": asdict(home),
        "home": roster.households.row(0, named=True),
        "people": list(roster.members.iter_rows(named=True)),
        "reasons": [
            {"title": _both(each.title), "lines": [_both(line) for line in each.lines]}
            for each in told
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"bo": text.bo, "zh": text.zh}


def _names(roster: Roster, catalogue: Catalogue, household: str) -> list[Text]:
    """Whose explanation it is: head and id, then the village."""
    bo, zh = roster.households.select("name_bo", "name_zh").row(0)
    head, village = catalogue.words["head"], catalogue.areas.get(roster.households["area"][0])
    person = Text(bo=f"{head.bo}། {bo or zh} {household}", zh=f"{head.zh}：{zh or bo} {household}")
    return [person, village.name] if village else [person]


def _say_all(names: Sequence[Text], told: Sequence[Explained]) -> None:
    for name in names:
        _say(name)
    for each in told:
        report.say("")
        _say(each.title)
        for line in each.lines:
            _say(line, "    ")


def _say(text: Text, indent: str = "") -> None:
    """Both languages, one line each; Chinese alone on a console that has no Tibetan."""
    for side in dict.fromkeys((text.bo, text.zh)):
        if side == text.zh or can_print(side):
            report.say(indent + side)


def _print(
    told: Sequence[Explained],
    names: Sequence[Text],
    imprint: PrintContext,
    catalogue: Catalogue,
    font_folder: Path,
    out: Path,
) -> None:
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    piece, problems = explanation(catalogue, told, names, imprint, Look(theme, "hand"), fonts)
    report.stop_on_errors(problems)
    assert piece is not None
    out.parent.mkdir(parents=True, exist_ok=True)
    pdf.write(piece, fonts, out, tagged=True)
    report.say("")
    report.say(_("{file}: {pages} pages.").format(file=out, pages=len(piece.pages)))
