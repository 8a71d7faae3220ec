"""Rosters: read one, check it, make an empty one, merge a department's list, make one up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from policycards.catalogue import Catalogue, read_catalogue
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.households.entitlements.calculate import yearly_amounts
from policycards.households.exchange.clean_copy import write_clean
from policycards.households.exchange.marked_copy import NoCopy, mark_list, write_copy, write_errors
from policycards.households.exchange.merge import merge_list as merge_rows
from policycards.households.exchange.sample import write_sample_folder, write_sample_workbook
from policycards.households.exchange.template import write_template
from policycards.households.model import Roster
from policycards.households.roster.answers import read_mapping, remember, write_mapping
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.fields import fields_of
from policycards.households.roster.findings import Group, Notes, Question, grouped
from policycards.households.roster.heading_match import nearest_fields
from policycards.households.roster.identity_numbers import Digest
from policycards.households.roster.read_roster import read_roster
from policycards.services.result import Result, ServiceError, plain, sound
from policycards.services.sources import known_value, open_key
from policycards.tables.xlsx import letters

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ReadRoster:
    """A roster that was read, with what is wrong with it and what was done to read it."""

    roster: Roster
    problems: tuple[Problem, ...]
    notes: Notes


def open_roster(
    file: Path, catalogue: Catalogue, digest: Digest | None, mapping: Sequence[str]
) -> ReadRoster:
    """A roster of which something can be used; ``mapping`` are odd headings, as ``--map`` has
    them.
    """
    columns = answered(mapping)
    roster, problems, notes = read_roster(
        file, catalogue, today=date.today(), digest=digest, mapping=columns
    )
    if roster is None:
        raise ServiceError(*problems)
    return ReadRoster(roster, tuple(problems), notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRoster(Result):
    """A roster that was checked. ``columns`` are headings that are known and what they mean,
    ``unknown`` the others with the nearest meaning, ``named`` the ``errors``, the list ``marked``
    and a ``clean`` copy, those that there are. ``yuan`` is what the households that each kind of
    fault keeps from being printed have in a year, as far as it is known.
    """

    file: Path
    households: int
    persons: int
    villages: tuple[dict[str, object], ...]
    unknown: tuple[dict[str, object], ...]
    named: dict[str, Path]
    notes: Notes = field(repr=False)
    yuan: dict[str, Decimal] = field(default_factory=dict)

    @property
    def groups(self) -> list[Group]:
        """The problems by kind, those that cost most first."""
        return grouped(self.problems, self.notes)

    def to_dict(self) -> dict[str, Any]:
        errors = sum(each.severity is Severity.ERROR for each in self.problems)
        notes = self.notes
        return {
            "file": self.file.as_posix(),
            "rows": notes.rows,
            "households": self.households,
            "persons": self.persons,
            "errors": errors,
            "warnings": len(self.problems) - errors,
            "left_out": list(notes.left_out),
            "villages": list(self.villages),
            "columns": [
                {"heading": heading, "column": name} for heading, name in notes.matched.items()
            ],
            "unknown": list(self.unknown),
            "dropped": list(notes.personal),
            "hidden_rows": notes.hidden,
            "rows_of_sums": notes.totals,
            "filled_cells": notes.merged,
            "derived_numbers": notes.derived,
            "births_from_identity": notes.births,
            "set_aside": {kind: list(rows) for kind, rows in notes.aside.items()},
            "questions": [
                {
                    "id": each.id,
                    "about": each.about,
                    "choices": list(each.choices),
                    "count": each.count,
                }
                for each in notes.questions
            ],
            "groups": [
                {
                    "code": each.code,
                    "severity": str(each.first[0].severity),
                    "heading": each.heading,
                    "count": each.count,
                    "households": each.households,
                    "yuan": plain(self.yuan.get(each.code)),
                    "first": [str(found.place) for found in each.first],
                    "questions": [question.id for question in each.questions],
                }
                for each in self.groups
            ],
            "cells": [self._cell(each) for each in self.problems],
            "files": {name: path.as_posix() for name, path in self.named.items()},
        }

    def _cell(self, found: Problem) -> dict[str, str]:
        """The cell of a problem as a sheet names it, such as ``D14``, and what stands there."""
        place = found.place
        cell = f"{letters(place.column - 1)}{place.line}" if place.column else ""
        return {"cell": cell, "value": str(self.notes.values.get(place, ""))}


def check_roster(
    file: Path,
    policies: Path,
    out: Path,
    translate: Translate,
    *,
    mapping: Sequence[str] = (),
    answers: Sequence[str] = (),
    save_map: Path | None = None,
    key_file: Path | None = None,
) -> CheckedRoster:
    """Check a list: every problem as a workbook, the list marked, and a clean copy of all that is
    sound. ``answers`` are kept for the next lists.
    """
    catalogue, columns = _catalogue(policies), answered(mapping, answers)
    digest = open_key(key_file).digest if key_file else None
    roster, problems, notes = read_roster(
        file, catalogue, today=date.today(), digest=digest, mapping=columns
    )
    out.mkdir(parents=True, exist_ok=True)
    named: dict[str, Path] = {}
    if problems:
        named["errors"] = out / "errors.xlsx"
        write_errors(named["errors"], problems, notes.values, translate)
    if problems and notes.rows:
        suffix = file.suffix if file.is_file() else ""
        target = out / f"{file.stem}-marked{suffix}"
        try:
            named["marked"] = mark_list(file, target, catalogue, columns, problems, translate)
        except NoCopy as why:
            problems = [*problems, problem("E591", Place(file.as_posix()), why=why)]
    if roster:
        named["clean"] = write_clean(roster, catalogue, out / f"{file.stem}-clean.xlsx")
    if save_map:
        save_map.parent.mkdir(parents=True, exist_ok=True)
        write_mapping(save_map, {**notes.matched, **columns})
    counts = roster.households.group_by("area").len().sort("area").iter_rows() if roster else ()
    fields = fields_of(catalogue)
    return CheckedRoster(
        problems=tuple(problems),
        files=(*named.values(), *([save_map] if save_map else ())),
        file=file,
        households=notes.households,
        persons=roster.members.height if roster else 0,
        villages=tuple({"area": area, "households": count} for area, count in counts),
        unknown=tuple(
            {
                "heading": each,
                "nearest": next(iter(near := nearest_fields(each, fields)), ""),
                "suggestions": near,
                "values": list(notes.samples.get(each, ())),
            }
            for each in notes.unmatched
        ),
        named=named,
        notes=notes,
        yuan=_in_question(notes, catalogue),
    )


def _in_question(notes: Notes, catalogue: Catalogue) -> dict[str, Decimal]:
    """Yuan a year that the households have which each kind of fault keeps from being printed."""
    if notes.withheld is None:
        return {}
    known = yearly_amounts(notes.withheld, catalogue, date.today())
    return {
        code: sum((known.get(each, Decimal(0)) for each in ids), Decimal(0))
        for code, ids in notes.costs.items()
    }


def write_empty_roster(policies: Path, out: Path) -> Result:
    """An empty workbook with every column of the catalogue, choices to pick, and help."""
    catalogue = _catalogue(policies)
    write_template(catalogue, AreaCodes.of(catalogue, date.today()), out)
    return Result(files=(out,))


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRoster(Result):
    """A roster with a department's list in it: ``fitting`` of its ``rows`` were found,
    ``questions`` are about the others.
    """

    rows: int
    fitting: int
    questions: tuple[Question, ...]


def merge_list(
    file: Path,
    policy: str,
    to: Path,
    policies: Path,
    out: Path | None = None,
    *,
    mapping: Sequence[str] = (),
    answers: Sequence[str] = (),
) -> MergedRoster:
    """Add a department's list of people approved for a policy to a roster, as a new file without
    numbers of persons; ``answers`` are kept for the next lists.
    """
    catalogue, place = _catalogue(policies), Place("policycards roster merge")
    known_value(place, "--policy", policy, sorted(each.id for each in catalogue.policies))
    said = answered(mapping, answers)
    joined, problems = merge_rows(to, file, policy, catalogue, date.today(), said)
    if joined is None:
        raise ServiceError(*problems)
    target = out or to.with_name(f"{to.stem}-joined{to.suffix}")
    write_copy(to, target, joined.added)
    return MergedRoster(
        problems=tuple(problems),
        files=(target,),
        rows=joined.rows,
        fitting=joined.fitting,
        questions=joined.questions,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Result):
    """A roster that was made up; ``areas`` is the file of its villages where the catalogue has
    fewer.
    """

    areas: Path | None


def write_sample(policies: Path, out: Path, villages: int, households: int, seed: int) -> Sample:
    """People and figures that look right and are nobody's; the same seed makes the same people."""
    catalogue = _catalogue(policies)
    write = write_sample_workbook if out.suffix.lower() == ".xlsx" else write_sample_folder
    write(catalogue, out, villages, households, seed)
    areas = out / "areas.csv"
    return Sample(files=(out,), areas=areas if areas.exists() else None)


def _catalogue(policies: Path) -> Catalogue:
    """The catalogue as far as it can be read: a faulty policy keeps no list from being checked."""
    catalogue, problems = read_catalogue(policies)
    if catalogue is None:
        sound(problems)
    assert catalogue is not None
    return catalogue


def answered(mapping: Sequence[str], answers: Sequence[str] = ()) -> dict[str, str]:
    """What is said now, and what the office has said before, in the folder of its catalogue, where
    ``answers`` are kept.
    """
    given, problems = read_mapping(list(answers))
    sound(problems)
    if given:
        remember(Path(), given)
    said, problems = read_mapping(list(mapping), Path())
    sound(problems)
    return said
