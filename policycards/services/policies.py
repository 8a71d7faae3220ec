"""Policies: word fields anew, take that back, make a new policy from a form."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from policycards.catalogue.editing.catalogue_edit import Opened, differences, retold
from policycards.catalogue.editing.catalogue_edit import apply as write_files
from policycards.catalogue.editing.drafting import read_draft_form
from policycards.catalogue.editing.editable_texts import read_changes
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.policy import Policy
from policycards.core.journal import NewFile
from policycards.core.problems import Place, has_errors, problem
from policycards.services.result import Result, WrongUse
from policycards.services.standards import StandardsChange, add_policy, open_for_change
from policycards.workbooks.standards_columns import form_names


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange(Result):
    """Fields of a policy that are worded anew: the lines of its file that differ."""

    policy: str
    written: bool
    new_files: tuple[NewFile, ...] = field(repr=False)

    @property
    def lines(self) -> dict[str, list[str]]:
        """By file, the lines with their signs."""
        return {
            file.name: [f"{line.sign} {line.text}".rstrip() for line in differences(file)]
            for file in self.new_files
        }

    def to_dict(self) -> dict[str, Any]:
        return {"policy": self.policy, "written": self.written, "lines": self.lines}


def set_field(
    policies: Path, policy_id: str, field_name: str, bo: str, zh: str, *, dry_run: bool
) -> PolicyChange:
    """One field in both languages; both empty leave it out."""
    opened, policy = _open(policies, policy_id)
    new = {"bo": bo, "zh": zh} if bo or zh else None
    text = json.dumps({"fields": {field_name: {"new": new}}})
    return _change(opened, policy, text, "policycards policy set", dry_run=dry_run)


def edit_policy(
    policies: Path, policy_id: str, file: Path, *, back: bool, dry_run: bool
) -> PolicyChange:
    """Fields as a JSON file says; ``back`` brings back what they said before."""
    opened, policy = _open(policies, policy_id)
    return _change(opened, policy, _content(file), str(file), back=back, dry_run=dry_run)


def new_policy(
    policies: Path, file: Path, in_language: Callable[[str, str], str], *, dry_run: bool
) -> StandardsChange:
    """A new policy from a form in JSON."""
    names = {name: in_language(text.bo, text.zh) for name, text in form_names().items()}
    form, problems = read_draft_form(_content(file), names, str(file))
    if form is None:
        raise WrongUse(*problems)
    return add_policy(policies, form, dry_run=dry_run)


def _open(policies: Path, policy_id: str) -> tuple[Opened, Policy]:
    """The catalogue and the policy to be changed."""
    opened, _warnings = open_for_change(policies)
    known = {each.id: each for each in opened.catalogue.policies}
    if policy_id not in known:
        place, near = Place("policycards policy"), nearest(policy_id, known)
        raise WrongUse(problem("E903", place, option="ID", value=policy_id, known=near))
    return opened, known[policy_id]


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(problem("E946", Place(str(file)), why="UTF-8")) from None


def _change(
    opened: Opened, policy: Policy, text: str, place: str, *, back: bool = False, dry_run: bool
) -> PolicyChange:
    """Prove the changes of a JSON text, and write them where nothing is wrong."""
    changes, problems = read_changes(text, policy, place)
    if problems:
        raise WrongUse(*problems)
    if back:
        changes = [each.reverse for each in changes]
    files, found = retold(opened, policy, changes, date.today())
    is_written = False
    if not dry_run and files and not has_errors(found):
        found = [*found, *write_files(opened, files)]
        is_written = not has_errors(found)
    return PolicyChange(
        problems=tuple(found),
        files=tuple(opened.folder / each.name for each in files if is_written),
        policy=policy.id,
        written=is_written,
        new_files=tuple(files if not has_errors(found) or is_written else ()),
    )
