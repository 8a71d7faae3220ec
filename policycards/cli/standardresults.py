"""What a change of standards comes to: told as lines for a person, or as data for a program."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policycards.catalogue.editing.amendments import Amendment, Verified, standard_id
from policycards.catalogue.editing.catalogue_edit import Opened
from policycards.cli import report, standardnotes
from policycards.cli.messages import _
from policycards.core.journal import NewFile
from policycards.core.problems import Problem


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """How a change is wanted: written or only proved, told as lines or as data."""

    applies: bool = True
    form: report.Told = report.Told.TEXT

    @property
    def is_data(self) -> bool:
        return self.form is report.Told.JSON


@dataclass(slots=True)
class Result:
    """A change that was proved: what it says, the files it makes, and everything that is wrong or
    remarkable.
    """

    opened: Opened
    amendments: Sequence[Amendment] = ()
    draft: tuple[str, bytes] | None = None
    looked_up: Sequence[Verified] = ()
    files: Sequence[NewFile] = ()
    problems: Sequence[Problem] = ()
    written: bool = False

    def tell(self, today: date) -> None:
        """The change as lines, its problems first."""
        report.tell(self.problems)
        if self.looked_up:
            lines = standardnotes.checks(self.looked_up, today)
        else:
            lines = standardnotes.changes(self.opened.catalogue, self.amendments, self.draft)
        for line in lines:
            report.say(line)

    def show_lines(self) -> None:
        """The lines that files gain and lose, where nothing is written."""
        for file in self.files:
            report.say(str(self.opened.folder / file.name))
            for line in _lines(file):
                report.say(f"    {line}")
        report.say(_("Nothing was written: this was a trial."))

    def tell_data(self) -> None:
        """All of it as JSON."""
        report.say(json.dumps(self._told(), ensure_ascii=False, indent=2))

    def _told(self) -> dict[str, object]:
        return {
            "catalogue": self.opened.catalogue.digest,
            "changes": [self._change(each) for each in self.amendments],
            "new_policy": self.draft[0] if self.draft else None,
            "looked_up": [
                standard_id(each.policy, each.policy.standards[each.index])
                for each in self.looked_up
            ],
            "files": [{"file": each.name, "lines": _lines(each)} for each in self.files],
            "problems": [_problem(each) for each in self.problems],
            "written": self.written,
        }

    def _change(self, each: Amendment) -> dict[str, object]:
        catalogue, standard, label = self.opened.catalogue, each.standard, each.standard.label
        return {
            "id": each.id,
            "area": each.value.area,
            "name": each.policy.name.model_dump(),
            "label": label.model_dump() if label else None,
            "from": str(each.value.since),
            "old": standardnotes.figure(catalogue, standard, each.before),
            "new": standardnotes.figure(catalogue, standard, each.value),
            "corrects": each.value.corrects,
        }


def _problem(found: Problem) -> dict[str, object]:
    """A problem with the cell or option in which it is, and the standard that ``--confirm`` would
    name.
    """
    facts = dict(found.facts)
    return report.as_dict(found) | {"where": facts.get("where"), "id": facts.get("id")}


def _lines(file: NewFile) -> list[str]:
    """The lines that a file gains, after a plus, and loses, after a minus."""
    old, new = (
        (content or b"").decode("utf-8-sig").splitlines() for content in (file.old, file.new)
    )
    told = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    return [line for line in told if not line.startswith("@@")]
