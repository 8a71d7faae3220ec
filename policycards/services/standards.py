"""Standards: what holds, what held, and new values, proved before any file is touched."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from policycards.catalogue.checks.catalogue_checks import last_day
from policycards.catalogue.editing import catalogue_edit
from policycards.catalogue.editing.amendment_input import Cell, Entry
from policycards.catalogue.editing.amendments import (
    find_standard,
    read_amendments,
    read_looked_up,
    standard_id,
)
from policycards.catalogue.editing.catalogue_edit import Opened, open_catalogue
from policycards.catalogue.editing.drafting import at_cell, draft_policy
from policycards.catalogue.editing.yaml_edit import with_figure
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.policy import Policy, Standard, Text, Value
from policycards.core.journal import NewFile, replace_files
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.households.entitlements.case_runner import FOLDER, fixture_files, fixture_problems
from policycards.services import sources
from policycards.services.result import Result, ServiceError, WrongUse
from policycards.workbooks.standards_reader import read_standards
from policycards.workbooks.standards_writer import write_standards

FIGURES = ("value", "amount")
"""What a new value changes in a case; another answer or quantity is never taken over."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value: its amount with its unit in both languages (``{n}`` is the amount), or the status
    for which it has none, ``ended`` or ``expected``.
    """

    amount: Decimal | None
    status: str | None
    unit: dict[str, str] | None
    since: str
    corrects: str | None

    @classmethod
    def of(cls, catalogue: Catalogue, standard: Standard, value: Value | None) -> Figure | None:
        if value is None:
            return None
        label = catalogue.unit(standard.unit).label if standard.unit else None
        unit = {"bo": label.bo, "zh": label.zh} if label else None
        return cls(value.amount, value.status, unit, str(value.since), value.corrects)


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A standard in an area of its own values, with what holds and what is still to come."""

    id: str
    area: str
    name: dict[str, str]
    label: dict[str, str] | None
    holds: Figure | None
    to_come: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardList(Result):
    standards: tuple[StandardLine, ...]


def list_standards(policies: Path, day: date) -> StandardList:
    """Every standard with the value in force."""
    opened, warnings = open_for_change(policies)
    catalogue, lines = opened.catalogue, []
    for policy, held in catalogue.on(day):
        standard = held.standard
        to_come = [
            Figure.of(catalogue, standard, value)
            for value in standard.values
            if (value.area or "") == held.area and value.since.first_day > day
        ]
        lines.append(
            StandardLine(
                standard_id(policy, standard),
                held.area,
                _both(policy.name) or {},
                _both(standard.label),
                Figure.of(catalogue, standard, held.entry),
                tuple(each for each in to_come if each),
            )
        )
    return StandardList(problems=warnings, standards=tuple(lines))


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A value as it was recorded. ``marks``: ``in force``, ``corrected later``, ``late``."""

    area: str | None
    figure: Figure
    marks: tuple[str, ...]
    recorded: str
    published: str | None
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History(Result):
    id: str
    name: dict[str, str]
    label: dict[str, str] | None
    entries: tuple[HistoryEntry, ...]


def read_history(policies: Path, standard_name: str) -> History:
    """All values that a standard ever had, in the order in which they were recorded."""
    opened, warnings = open_for_change(policies)
    catalogue = opened.catalogue
    policy, index = _standard_of(entry_of("history", {"policy": ("ID", standard_name)}), catalogue)
    standard = policy.standards[index]
    entries = []
    for value in standard.values:
        figure, source = Figure.of(catalogue, standard, value), value.source
        assert figure is not None
        parts = (source.title, source.number, source.issuer, source.url) if source else ()
        entries.append(
            HistoryEntry(
                value.area,
                figure,
                tuple(_marks(catalogue, standard, value, date.today())),
                str(value.recorded),
                str(value.published) if value.published else None,
                " ".join(filter(None, parts)),
            )
        )
    return History(
        problems=warnings,
        id=standard_id(policy, standard),
        name=_both(policy.name) or {},
        label=_both(standard.label),
        entries=tuple(entries),
    )


def _marks(catalogue: Catalogue, standard: Standard, value: Value, today: date) -> Iterator[str]:
    if catalogue.holds(standard, value, today):
        yield "in force"
    if value.status is None and not catalogue.holds(standard, value, value.since.first_day):
        yield "corrected later"
    if value.published and value.published.first_day > last_day(value.since):
        yield "late"


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is new: of which standard, what it replaces."""

    id: str
    area: str | None
    name: dict[str, str]
    label: dict[str, str] | None
    old: Figure | None
    new: Figure


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A standard that was looked up and still holds."""

    id: str
    name: dict[str, str]
    label: dict[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardsChange(Result):
    """A change of standards, proved: what it says, the lines it makes, whether it was written.

    ``catalogue`` is the digest of the catalogue that it was proved against.
    """

    catalogue: str
    folder: Path
    changes: tuple[Change, ...] = ()
    new_policy: str | None = None
    looked_up: tuple[LookedUp, ...] = ()
    written: bool = False
    new_files: tuple[NewFile, ...] = field(default=(), repr=False)

    @property
    def contents(self) -> dict[str, bytes]:
        """The files as they would be."""
        return {each.name: each.new for each in self.new_files}

    def to_dict(self) -> dict[str, Any]:
        facts = super(StandardsChange, replace(self, new_files=())).to_dict()
        del facts["new_files"]
        lines = [{"file": each.name, "lines": changed_lines(each)} for each in self.new_files]
        return facts | {"files": lines}


def changed_lines(file: NewFile) -> list[str]:
    """The lines that a file gains, after a plus, and loses, after a minus."""
    old, new = (
        (content or b"").decode("utf-8-sig").splitlines() for content in (file.old, file.new)
    )
    lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    return [line for line in lines if not line.startswith("@@")]


def set_standard(
    policies: Path,
    command: str,
    fields: Mapping[str, tuple[str, str]],
    *,
    confirmed: bool = False,
    dry_run: bool = False,
) -> StandardsChange:
    """One new value, written at once or only proved; ``fields`` are by name the option and its
    text, ``command`` is ``set``, ``end`` or ``correct``.
    """
    (opened, warnings), entry = open_for_change(policies), entry_of(command, fields)
    policy, index = _standard_of(entry, opened.catalogue)
    known = frozenset([standard_id(policy, policy.standards[index])] if confirmed else [])
    return _apply(opened, prove(opened, [entry], None, [*warnings], known), dry_run=dry_run)


def verify_standards(
    policies: Path, names: Sequence[str], area: str, *, dry_run: bool = False
) -> StandardsChange:
    """Record that standards were looked up today and still hold: of all that are named, or of
    none.
    """
    (opened, warnings), today = open_for_change(policies), date.today()
    entries = [
        entry_of("verify", {"policy": ("ID", each), "area": ("--area", area)}) for each in names
    ]
    found = [read_looked_up(entry, opened.catalogue, today) for entry in entries]
    if wrong := [each for entry in entries for each in entry.problems]:
        raise WrongUse(*wrong)
    looked_up = [each for each in found if each]
    files, problems = catalogue_edit.checked(opened, looked_up, today)
    change = StandardsChange(
        problems=(*warnings, *problems),
        catalogue=opened.catalogue.digest,
        folder=opened.folder,
        looked_up=tuple(
            LookedUp(
                standard_id(each.policy, each.policy.standards[each.index]),
                _both(each.policy.name) or {},
                _both(each.policy.standards[each.index].label),
            )
            for each in looked_up
        ),
        new_files=tuple(files),
    )
    return _apply(opened, change, dry_run=dry_run)


def import_standards(
    policies: Path, file: Path, confirmed: Sequence[str], *, dry_run: bool
) -> StandardsChange:
    """The new values of a workbook or CSV: all of them, or none."""
    opened, warnings = open_for_change(policies)
    entries, form, problems = read_standards(file)
    change = prove(opened, entries, form, [*warnings, *problems], frozenset(confirmed))
    return _apply(opened, change, dry_run=dry_run)


def add_policy(policies: Path, form: Entry, *, dry_run: bool) -> StandardsChange:
    """A new policy from a form."""
    opened, warnings = open_for_change(policies)
    change = prove(opened, [], form, [*warnings], frozenset())
    return _apply(opened, change, dry_run=dry_run)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardsBook(Result):
    standards: int


def export_standards(policies: Path, file: Path, day: date) -> StandardsBook:
    """A workbook of all standards for an office to fill in what is new."""
    opened, warnings = open_for_change(policies)
    count = write_standards(opened.catalogue, day, file)
    return StandardsBook(problems=warnings, files=(file,), standards=count)


def open_for_change(policies: Path) -> tuple[Opened, tuple[Problem, ...]]:
    """The catalogue to be read or changed, with warnings about its values; an error stops, since a
    faulty policy would be missing.
    """
    opened, problems = open_catalogue(policies)
    found = tuple(each for each in problems if each.code.startswith(("W8", "E")))
    if opened is None or has_errors(found):
        raise ServiceError(*found)
    return opened, found


def entry_of(command: str, fields: Mapping[str, tuple[str, str]]) -> Entry:
    """What the options of a command say: by field, the option and its text."""
    place = Place(f"policycards standards {command}")
    return Entry(
        place, {field: Cell(text, place, option) for field, (option, text) in fields.items()}
    )


def prove(
    opened: Opened,
    entries: list[Entry],
    form: Entry | None,
    problems: list[Problem],
    confirmed: frozenset[str],
) -> StandardsChange:
    """What entries and a form would change, with everything that is wrong; nothing is written."""
    catalogue, today = opened.catalogue, date.today()
    known = [
        standard_id(policy, each) for policy in catalogue.policies for each in policy.standards
    ]
    for name in sorted(confirmed - set(known)):
        place, near = Place("policycards standards import"), nearest(name, known)
        raise WrongUse(problem("E903", place, option="--confirm", value=name, known=near))
    amendments, found = read_amendments(entries, catalogue, today, confirmed)
    draft = draft_policy(form, catalogue, today) if form else None
    problems = [*problems, *found, *(form.problems if form else ())]
    files: list[NewFile] = []
    if not has_errors(problems):
        files, faults = catalogue_edit.proposed(
            opened, amendments, dict([draft] if draft else []), today
        )
        problems += [_where(fault, form, draft) for fault in faults]
    changes = []
    for each in amendments:
        new = Figure.of(catalogue, each.standard, each.value)
        assert new is not None
        changes.append(
            Change(
                each.id,
                each.value.area,
                _both(each.policy.name) or {},
                _both(each.standard.label),
                Figure.of(catalogue, each.standard, each.before),
                new,
            )
        )
    return StandardsChange(
        problems=tuple(problems),
        catalogue=catalogue.digest,
        folder=opened.folder,
        changes=tuple(changes),
        new_policy=draft[0] if draft else None,
        new_files=tuple(files),
    )


def _where(fault: Problem, form: Entry | None, draft: tuple[str, bytes] | None) -> Problem:
    """A problem of the new policy stands in the form, for its file is not there yet."""
    if form is None or draft is None or not fault.place.file.endswith(draft[0]):
        return fault
    return at_cell(fault, form, draft[1])


def _standard_of(entry: Entry, catalogue: Catalogue) -> tuple[Policy, int]:
    """The standard that an entry names."""
    found = find_standard(entry, catalogue)
    if found is None:
        raise WrongUse(*entry.problems)
    return found


def _apply(opened: Opened, change: StandardsChange, *, dry_run: bool) -> StandardsChange:
    """Write a change that nothing is wrong with."""
    if dry_run or not change.is_ok:
        return change
    problems = catalogue_edit.apply(opened, change.new_files)
    is_written = not has_errors(problems)
    files = tuple(opened.folder / each.name for each in change.new_files if is_written)
    return replace(change, problems=(*change.problems, *problems), files=files, written=is_written)


def _both(text: Text | None) -> dict[str, str] | None:
    return {"bo": text.bo, "zh": text.zh} if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedExamples(Result):
    """Cases of the catalogue that come out otherwise: ``odd`` of them."""

    odd: int
    written: bool


def update_examples(policies: Path, *, dry_run: bool) -> UpdatedExamples:
    """Cases whose figures the new values make wrong, brought to what comes out."""
    catalogue, warnings = sources.open_catalogue(policies)
    found = fixture_problems(policies, catalogue)
    files = _rewritten(policies, catalogue)
    if dry_run:
        return UpdatedExamples(
            problems=tuple(found), hidden_warnings=len(warnings), odd=len(found), written=False
        )
    problems = replace_files(policies, files)
    is_written = not has_errors(problems)
    left = fixture_problems(policies, catalogue)
    return UpdatedExamples(
        problems=(*problems, *left),
        files=tuple(policies / each.name for each in files if is_written),
        hidden_warnings=len(warnings),
        odd=len(found),
        written=is_written,
    )


def _rewritten(policies: Path, catalogue: Catalogue) -> list[NewFile]:
    """The files of cases with the figures that come out; a case may have several, found one after
    the other.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        shutil.copytree(policies / FOLDER, copy / FOLDER)
        for _figure in FIGURES:
            for each in fixture_problems(copy, catalogue):
                facts = dict(each.facts)
                if each.code == "E603" and facts["what"] in FIGURES and facts["found"] != "–":
                    file = Path(each.place.file)
                    figure = Decimal(facts["found"])
                    file.write_bytes(with_figure(file.read_bytes(), each.place, figure))
        return [
            NewFile(f"{FOLDER}/{file.name}", old, new)
            for file in fixture_files(policies)
            if (new := (copy / FOLDER / file.name).read_bytes()) != (old := file.read_bytes())
        ]
