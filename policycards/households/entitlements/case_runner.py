"""Cases that prove the rules: on this day this household gets this amount.
``policies/tests/<policy-id>.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.form import brief, nearest, read_form
from policycards.catalogue.model.policy import Case, Cases, Home, Policy
from policycards.catalogue.reading.references import unknown_choice
from policycards.catalogue.rules.language import RuleFault, sql
from policycards.catalogue.yaml.source import Path_
from policycards.core import units
from policycards.core.problems import Place, Problem, problem
from policycards.households.entitlements.reasons import Reason, Subject, reasons
from policycards.households.entitlements.rule_checks import value_of
from policycards.households.model import Roster
from policycards.households.roster.fields import OVERRIDE, Owner, fields_of
from policycards.households.roster.fields import Field as Column
from policycards.households.roster.roster_columns import NUMBER

FOLDER = "tests"
_ID = "1"
_TYPES = {"number": NUMBER, "yes_no": pl.Boolean(), "date": pl.Date(), "birth": pl.Date()}


def fixture_files(folder: Path) -> list[Path]:
    """The files of cases of a catalogue's folder."""
    return sorted((folder / FOLDER).glob("*.yaml"))


def fixture_problems(folder: Path, catalogue: Catalogue) -> list[Problem]:
    """Every case of a catalogue's folder that is faulty, or that does not come out as it says."""
    return [found for file in fixture_files(folder) for found in _file_problems(file, catalogue)]


def _file_problems(file: Path, catalogue: Catalogue) -> Iterator[Problem]:
    read, problems, places = read_form(file, Cases)
    yield from problems
    if read is None:
        return
    desk = _Desk(catalogue, places, Place(str(file)))
    policies = {policy.id: policy for policy in catalogue.policies}
    if read.policy not in policies:
        if any(
            path.parent != file.parent for path in file.parent.parent.glob(f"*/{read.policy}.yaml")
        ):
            return  # it is there, and left out for a fault that is reported at its own place
        near = nearest(read.policy, policies)
        yield problem("E600", desk.place("policy"), policy=brief(read.policy), nearest=near)
        return
    for number, case in enumerate(read.cases):
        yield from desk.case(number, case, policies[read.policy])


@dataclass(frozen=True, slots=True)
class _Desk:
    """Goes through the cases of one file."""

    catalogue: Catalogue
    places: Mapping[Path_, Place]
    file: Place

    def place(self, *path: str | int) -> Place:
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.file)

    def case(self, number: int, case: Case, policy: Policy) -> Iterator[Problem]:
        """What is wrong with a case, or with what comes out of it."""
        standards = [standard.id for standard in policy.standards]
        chosen = case.standard or (standards[0] if len(standards) == 1 else "")
        if chosen not in standards:
            place = self.place("cases", number, "standard" if case.standard else "name")
            yield problem(
                "E601", place, policy=policy.id, standard=brief(chosen), known=", ".join(standards)
            )
            return
        home = _Rows(self, ("cases", number, "household"))
        roster = home.roster(case.household)
        yield from home.problems
        if home.problems:
            return
        try:
            reported = reasons(roster, _ID, replace(self.catalogue, policies=(policy,)), case.day)
        except RuleFault:  # the check of rules reports it
            return
        yield from self.differences(
            number, case, next(each for each in reported if each.clause.standard.id == chosen)
        )

    def differences(self, number: int, case: Case, reason: Reason) -> Iterator[Problem]:
        """One problem for a case that comes out differently, at the first thing that differs."""
        got = reason.entitlement
        for key in ("answer", "value", "quantity", "amount", "missing"):
            wanted, found = getattr(case, key), getattr(got, key)
            if key == "missing" and wanted is not None:
                wanted, found = tuple(sorted(wanted)), tuple(sorted(found))
            if wanted is not None and wanted != found:
                place = self.place("cases", number, key)
                facts = {
                    "case": brief(case.name),
                    "day": case.day,
                    "what": key,
                    "why": _why(reason),
                }
                yield problem("E603", place, wanted=_shown(wanted), found=_shown(found), **facts)
                return


@dataclass(slots=True)
class _Rows:
    """Makes the rows of a roster from a case's texts, and notes what is wrong with them."""

    desk: _Desk
    path: Path_
    problems: list[Problem] = field(default_factory=list)

    def roster(self, home: Home) -> Roster:
        if ("areas", (home.area,)) not in self.desk.catalogue.places:
            self.problems.append(
                problem("E157", self.desk.place(*self.path, "area"), area=home.area)
            )
        count = pl.Series("members", [len(home.members) or None], dtype=pl.Int64)
        base = {"household_id": pl.Series([_ID]), "area": pl.Series([home.area]), "members": count}
        households = self.columns("household", [(home.__pydantic_extra__, self.path)])
        persons = [(person, (*self.path, "members", i)) for i, person in enumerate(home.members)]
        ids = pl.Series([_ID] * len(persons), dtype=pl.String)
        members = {
            "birth_date": pl.Series([None] * len(persons), dtype=pl.Date),
            **self.columns("member", persons),
        }
        return Roster(
            pl.DataFrame({**base, **households}), pl.DataFrame({"household_id": ids, **members})
        )

    def columns(
        self, owner: Owner, rows: Sequence[tuple[Mapping[str, str], Path_]]
    ) -> dict[str, pl.Series]:
        """The columns of some rows; a name that no rule can use, or a cell of the wrong kind, is a
        problem.
        """
        known = {each.name: each for each in _columns(self.desk.catalogue) if each.owner == owner}
        cells: dict[str, list[object]] = {}
        for number, (row, path) in enumerate(rows):
            for name, text in row.items():
                place = self.desk.place(*path, name)
                if name not in known:
                    facts = {"nearest": nearest(name, known), "known": ", ".join(known)}
                    self.problems.append(
                        problem("E602", place, column=brief(name), owner=owner, **facts)
                    )
                    continue
                cells.setdefault(name, [None] * len(rows))[number] = self.cell(
                    known[name], text, place
                )
        return {
            name: pl.Series(column, dtype=_TYPES.get(known[name].kind, pl.String))
            for name, column in cells.items()
        }

    def cell(self, column: Column, text: str, place: Place) -> object:
        if column.kind == "choice":
            attribute = next(
                each for each in self.desk.catalogue.settings.attributes if each.name == column.name
            )
            if text not in column.choices:
                self.problems.append(unknown_choice(text, attribute, place))
            return text
        try:
            return _value(column.kind, text)
        except ValueError:
            facts = {"attribute": column.name, "type": column.kind}
            self.problems.append(problem("E145", place, value=brief(text), **facts))
            return None


def _columns(catalogue: Catalogue) -> list[Column]:
    """The columns of a roster that decide something: attributes, lists and birth dates."""
    deciding = {"birth_date", *(attribute.name for attribute in catalogue.settings.attributes)}
    fields = fields_of(catalogue)
    return [each for name, each in fields.items() if name in deciding or name.startswith(OVERRIDE)]


def _value(kind: str, text: str) -> object:
    """A cell as a roster has it; raises ValueError."""
    if kind == "override":
        return text if text in ("yes", "no") else str(units.amount(text))
    if kind == "yes_no" and text not in ("yes", "no"):
        raise ValueError(text)
    return value_of(text, "date" if kind == "birth" else kind)


def _shown(value: object) -> str:
    return (
        ", ".join(value) or "–"
        if isinstance(value, tuple)
        else "–"
        if value is None
        else str(value)
    )


def _why(reason: Reason) -> str:
    """What decided, as short as a message can say it: causes, and the conditions that are not met
    or not known.
    """
    reported = [_because(reason, subject) for subject in reason.subjects] or ["no persons"]
    return "; ".join(dict.fromkeys(reported))


def _because(reason: Reason, subject: Subject) -> str:
    parts = [part for part in subject.parts if part.answer is not True] or list(subject.parts)
    if subject.cause != "rule":
        return subject.cause.replace("_", " ")
    figures = [
        f"{name} = {_plain(value)}"
        for name, value in dict(pair for part in parts for pair in part.figures).items()
    ]
    rules = dict.fromkeys(_bare(sql(part.term).replace('"', "")) for part in parts)
    return f"{' AND '.join(rules)} with {', '.join(figures)}"


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("(") else text


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return "?" if value is None else str(value)
