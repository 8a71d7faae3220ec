"""Changing standards from the command line: open, read what is told, prove, show, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

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
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.policy import Policy
from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.standardresults import ChangeOptions, Result
from policycards.core.journal import NewFile
from policycards.core.problems import Place, Problem, has_errors, problem


def open_policies(policies: Path) -> Opened:
    """The catalogue to be read or changed; exits 1 where it has errors, since a faulty policy would
    be missing.
    """
    opened, problems = open_catalogue(policies)
    report.tell(each for each in problems if each.code.startswith(("W8", "E")))
    if opened is None or has_errors(problems):
        report.say(_("Nothing was changed: correct the errors above first."))
        raise SystemExit(1)
    return opened


def entry_of(command: str, told: Mapping[str, tuple[str, str]]) -> Entry:
    """What the options of a command tell: by field, the option and its text."""
    place = Place(f"policycards standards {command}")
    return Entry(
        place, {field: Cell(text, place, option) for field, (option, text) in told.items()}
    )


def write(policies: Path, told: Entry, confirm: bool, wish: ChangeOptions) -> None:
    """One value, written at once, or only shown."""
    opened = open_policies(policies)
    policy, index = standard_of(told, opened.catalogue)
    confirmed = frozenset([standard_id(policy, policy.standards[index])] if confirm else [])
    found = change(opened, [told], None, [], confirmed, wish)
    if not wish.applies and not wish.is_data:
        found.show_lines()


def write_checks(policies: Path, told: Sequence[Entry], wish: ChangeOptions) -> None:
    """The day on which standards were looked up, written at once: of all that are named, or of
    none.
    """
    opened, today = open_policies(policies), date.today()
    found = [read_looked_up(entry, opened.catalogue, today) for entry in told]
    if wrong := [each for entry in told for each in entry.problems]:
        report.tell(wrong[:-1])
        report.wrong_use(wrong[-1])
    looked_up = [each for each in found if each]
    files, problems = catalogue_edit.checked(opened, looked_up, today)
    report.stop_on_errors(problems)
    result = Result(opened, looked_up=looked_up, files=files)
    _carry_out(result, wish)
    if not wish.applies and not wish.is_data:
        result.show_lines()


def standard_of(told: Entry, catalogue: Catalogue) -> tuple[Policy, int]:
    """The standard that an entry names; exits 2 where there is none."""
    found = find_standard(told, catalogue)
    if found is None:
        report.wrong_use(told.problems[0])
    return found


def change(
    opened: Opened,
    entries: list[Entry],
    form: Entry | None,
    problems: list[Problem],
    confirmed: frozenset[str],
    wish: ChangeOptions,
) -> Result:
    """Shows what entries and a form change, if anything, and writes it if told to; exits 1 where
    anything is wrong.
    """
    result = proved(opened, entries, form, problems, confirmed)
    _carry_out(result, wish)
    return result


def proved(
    opened: Opened,
    entries: list[Entry],
    form: Entry | None,
    problems: list[Problem],
    confirmed: frozenset[str],
) -> Result:
    """What entries and a form would change, with everything that is wrong; nothing is written."""
    _known_ids(opened, confirmed)
    today = date.today()
    amendments, found = read_amendments(entries, opened.catalogue, today, confirmed)
    draft = draft_policy(form, opened.catalogue, today) if form else None
    problems = [*problems, *found, *(form.problems if form else ())]
    files: list[NewFile] = []
    if not has_errors(problems):
        files, faults = catalogue_edit.proposed(
            opened, amendments, dict([draft] if draft else []), today
        )
        problems += [_where(fault, form, draft) for fault in faults]
    return Result(opened, amendments, draft, files=files, problems=problems)


def _where(fault: Problem, form: Entry | None, draft: tuple[str, bytes] | None) -> Problem:
    """A problem of the new policy stands in the form, for its file is not there yet."""
    if form is None or draft is None or not fault.place.file.endswith(draft[0]):
        return fault
    return at_cell(fault, form, draft[1])


def _known_ids(opened: Opened, confirmed: frozenset[str]) -> None:
    known = [
        standard_id(policy, each)
        for policy in opened.catalogue.policies
        for each in policy.standards
    ]
    for told in sorted(confirmed - set(known)):
        place = Place("policycards standards import")
        report.wrong_use(
            problem("E903", place, option="--confirm", value=told, known=nearest(told, known))
        )


def _carry_out(result: Result, wish: ChangeOptions) -> None:
    """Tell a change and write it if that is wished and nothing is wrong; exits 1 where something
    is.
    """
    if not wish.is_data:
        result.tell(date.today())
    if has_errors(result.problems):
        if wish.is_data:
            result.tell_data()
        else:
            report.say(_("Nothing was changed: correct the errors above first."))
        raise SystemExit(1)
    if wish.applies:
        problems = catalogue_edit.apply(result.opened, result.files)
        result.written = not has_errors(problems)
        if not wish.is_data:
            report.tell(problems)
        result.problems = [*result.problems, *problems]
    if wish.is_data:
        result.tell_data()
    if has_errors(result.problems):
        raise SystemExit(1)
    for file in result.files if result.written and not wish.is_data else ():
        report.say(_("{file}: written.").format(file=result.opened.folder / file.name))
