"""Trials of a change of standards: what a command says that it would do, before it is result to do
it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from policycards.core.codes.kind import N_
from policycards.desk.core import tasks
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import in_language, language
from policycards.desk.core.tasks import Task

CONFIRMABLE = ("E819", "E820")
"""A jump of more than half and a date whose month and day look swapped: right if somebody says
so.
"""
WITHOUT_AMOUNT = {
    "ended": N_("ended"),
    "expected": N_("expected, amount not known yet"),
    None: N_("without an amount"),
}
_DATA = ("--format", "json")


@dataclass(frozen=True, slots=True)
class DryRun:
    """A trial and what it came to; ``result`` is None while it is under way, and where it could not
    even begin.
    """

    task: Task
    result: Mapping[str, object] | None
    catalogue: str
    labels: Mapping[str, str]
    """What a form calls the options of the command."""

    @property
    def problems(self) -> list[dict[str, object]]:
        """What is wrong, in the words of the screen."""
        found = self.result["problems"] if self.result else []
        assert isinstance(found, list)
        return [self._worded(each) for each in found]

    def _worded(self, found: dict[str, object]) -> dict[str, object]:
        where, message, hint = str(found["where"] or ""), str(found["message"]), found["hint"]
        if found["code"] in CONFIRMABLE:
            hint = _(
                "Compare it with the notice: the point, by month or by year, month and day. "
                "If it is right, tick the box."
            )
        return {
            **found,
            "message": message.replace(where, self.labels.get(where, where), 1)
            if where
            else message,
            "hint": hint,
        }

    @property
    def days(self) -> list[str]:
        """Since when its changes are to hold."""
        return [str(each["from"]) for each in self.changes]

    @property
    def changes(self) -> list[dict[str, object]]:
        """What would change, old and new as the language of the screen has it."""
        found = self.result.get("changes", []) if self.result else []
        assert isinstance(found, list)
        return [
            {
                **each,
                "from": each["new"]["since"],
                "old": _figure(each["old"]),
                "new": _figure(each["new"]),
            }
            for each in found
        ]

    @property
    def is_sound(self) -> bool:
        """Whether it may be done, and would do something."""
        return self.task.state == "done" and bool(self.result and self.result.get("files"))

    @property
    def is_outdated(self) -> bool:
        """Whether the standards were changed since, by another page or by hand."""
        catalogue = self.result.get("catalogue") if self.result else None
        return catalogue is not None and catalogue != self.catalogue

    @property
    def doubts(self) -> list[str]:
        """The standards of which something is right only if somebody says so."""
        ids = (
            str(each["id"]) for each in self.problems if each["code"] in CONFIRMABLE and each["id"]
        )
        return list(dict.fromkeys(ids))

    @property
    def is_only_doubt(self) -> bool:
        """Whether nothing is wrong but what somebody may confirm."""
        errors = [each["code"] for each in self.problems if each["severity"] == "error"]
        return bool(errors) and all(code in CONFIRMABLE for code in errors)

    def wrong(self, option: str) -> str:
        """What is wrong with an option, in words."""
        return " ".join(
            f"{each['message']} {each['hint']}" for each in self.problems if each["where"] == option
        )


def _figure(figure: Mapping[str, Any] | None) -> str:
    """A value in words: with its unit, or why there is no amount."""
    if figure is None:
        return _("nothing")
    amount, status, unit = (figure[name] for name in ("amount", "status", "unit"))
    if amount is None:
        return _(WITHOUT_AMOUNT[status])
    return in_language(**unit).format(n=amount) if unit else str(amount)


def try_out(office: Office, arguments: Sequence[str], *, title: str, page: str) -> None:
    """Send a trial out."""
    tasks.send(office, [*arguments, *_DATA], title=title, language=language(), then=page, page=page)


def trial(
    office: Office,
    arguments: Sequence[str],
    catalogue: str,
    labels: Mapping[str, str] | None = None,
) -> DryRun | None:
    """The latest trial of a command, if it was ever tried; ``catalogue`` is the digest of what
    holds now.
    """
    wanted = (*arguments, *_DATA)
    found = next((each for each in tasks.history(office) if each.arguments == wanted), None)
    if found is None:
        return None
    facts = None if found.is_under_way else found.facts
    return DryRun(found, facts if facts and "problems" in facts else None, catalogue, labels or {})
