"""Changing a catalogue's folder: values, texts and policies, proved before they are written.

All files of a change are written, or none; a change is shown line by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from policycards.catalogue.checks.catalogue_checks import check
from policycards.catalogue.editing.amendments import Amendment, Verified, amended, looked_up_again
from policycards.catalogue.editing.editable_texts import Change, change_problems, place_of, reworded
from policycards.catalogue.editing.yaml_edit import with_changes, with_check, with_value
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.catalogue.reading.folder import in_order, read_folder
from policycards.core.files import shown_path
from policycards.core.journal import NewFile, replace_files
from policycards.core.problems import Place, Problem, Severity, problem

AROUND = 2
"""Lines that stay, shown beside those that change."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: ``+`` put in, ``-`` taken out, a space where it stays, ``…`` where lines
    are left out.
    """

    sign: Literal["+", "-", " ", "…"]
    text: str


def differences(file: NewFile) -> Iterator[Line]:
    """The lines of a file that change, with some around them."""
    old, new = (_lines(content or b"") for content in (file.old, file.new))
    for number, group in enumerate(
        SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)
    ):
        if number:
            yield Line("…", "")
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                yield from (Line(" ", text) for text in old[old_from:old_to])
            else:
                yield from (Line("-", text) for text in old[old_from:old_to])
                yield from (Line("+", text) for text in new[new_from:new_to])


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue with the bytes from which it was read: what is changed is changed in these."""

    folder: Path
    catalogue: Catalogue
    contents: Mapping[str, bytes]


def open_catalogue(folder: Path) -> tuple[Opened | None, list[Problem]]:
    """A folder to be changed; None where it has no catalogue that can be read."""
    reading, catalogue = read_folder(folder)
    opened = None if catalogue is None else Opened(folder, catalogue, dict(reading.contents))
    return opened, in_order(reading.problems)


def proposed(
    opened: Opened, amendments: Sequence[Amendment], new: Mapping[str, bytes], today: date
) -> tuple[list[NewFile], list[Problem]]:
    """The files that amendments and new policies make, and what would be wrong with the catalogue
    then.

    Everything is read again as it would be: the policies must be the old ones with exactly the
    intended changes. There are no files where anything is wrong.
    """
    contents = dict(new)
    for each in amendments:
        name = file_of(each.policy)
        content = contents.get(name) or opened.contents[name]
        changed = with_value(content, each.index, each.value)
        if changed is None:
            return [], [_unwritable(opened, each.policy, each.standard.id)]
        contents[name] = changed
    standards = {each.policy.id: each.standard.id for each in amendments}
    intended = list(amended(opened.catalogue.policies, amendments))
    return _proved(opened, contents, _Intended(intended, frozenset(new), standards), today)


def checked(
    opened: Opened, found: Sequence[Verified], today: date
) -> tuple[list[NewFile], list[Problem]]:
    """The files in which values that were looked up, and still hold, say so; proved like those of
    amendments.
    """
    contents: dict[str, bytes] = {}
    for each in found:
        name = file_of(each.policy)
        content = contents.get(name) or opened.contents[name]
        changed = with_check(content, each.index, each.entry, today)
        if changed is None:
            return [], [_unwritable(opened, each.policy, each.policy.standards[each.index].id)]
        contents[name] = changed
    standards = {each.policy.id: each.policy.standards[each.index].id for each in found}
    intended = list(looked_up_again(opened.catalogue.policies, found, today))
    return _proved(opened, contents, _Intended(intended, frozenset(), standards), today)


def retold(
    opened: Opened, policy: Policy, changes: Sequence[Change], today: date
) -> tuple[list[NewFile], list[Problem]]:
    """The file of a policy whose fields say something else; proved like those of amendments."""
    name = file_of(policy)
    if faults := list(change_problems(changes, policy, opened.catalogue)):
        return [], faults
    content = opened.contents[name]
    for change in changes:
        changed = with_changes(content, [change])
        if changed is None:
            place = place_of(change.field, policy, opened.catalogue)
            return [], [problem("E882", place, field=change.field)]
        content = changed
    if content == opened.contents[name]:
        return [], []
    after = reworded(policy, changes)
    intended = [after if each is policy else each for each in opened.catalogue.policies]
    return _proved(opened, {name: content}, _Intended(intended, frozenset(), {}), today)


@dataclass(frozen=True, slots=True)
class _Intended:
    """What the policies should be afterwards, beside those of new files; the standards that change,
    by policy.
    """

    policies: Sequence[Policy]
    new: frozenset[str]
    standards: Mapping[str, str]


def _proved(
    opened: Opened, contents: Mapping[str, bytes], intended: _Intended, today: date
) -> tuple[list[NewFile], list[Problem]]:
    after, problems = check(opened.folder, today, contents)
    faults = _new_errors(opened.folder, problems, today)
    if after is None or faults:
        return [], faults
    if faults := _unintended(opened, intended, after):
        return [], faults
    return [
        NewFile(name, opened.contents.get(name), content)
        for name, content in sorted(contents.items())
    ], []


def apply(opened: Opened, files: Sequence[NewFile]) -> list[Problem]:
    """Writes proposed files, or none where one has changed since the catalogue was opened."""
    return replace_files(opened.folder, files)


def file_of(policy: Policy) -> str:
    """The name of a sound policy's file in its folder."""
    return f"{policy.category}/{policy.id}.yaml"


def _new_errors(folder: Path, after: Sequence[Problem], today: date) -> list[Problem]:
    """Errors that were not there before; those that were may stand some lines further down now."""
    errors = [each for each in after if each.severity is Severity.ERROR]
    before = check(folder, today)[1] if errors else []
    known = {(each.code, each.place.file, each.facts) for each in before}
    return [each for each in errors if (each.code, each.place.file, each.facts) not in known]


def _unintended(opened: Opened, intended: _Intended, after: Catalogue) -> list[Problem]:
    """A problem for each policy that would be another than it should."""
    found = {policy.id: policy for policy in after.policies if file_of(policy) not in intended.new}
    return [
        _unwritable(opened, each, intended.standards.get(each.id, "–"))
        for each in intended.policies
        if found.get(each.id) != each
    ]


def _unwritable(opened: Opened, policy: Policy, standard: str) -> Problem:
    return problem("E806", Place(shown_path(opened.folder / file_of(policy))), standard=standard)
