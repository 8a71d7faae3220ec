"""The catalogue as it would be if a filled workbook were written: what that means can be asked
before it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policycards.catalogue import check
from policycards.catalogue.editions.edition import NOW, Version
from policycards.cli import report
from policycards.cli.standardchanges import open_policies, proved
from policycards.core.problems import Place, has_errors, problem
from policycards.workbooks.standards_reader import read_standards

COMMAND = Place("policycards impact")


def supposed(policies: Path, told: str, file: Path, confirmed: Sequence[str]) -> Version:
    """The catalogue of a day, or of now, with the values of a workbook; exits where the workbook is
    not right.
    """
    day, opened = _day(told), open_policies(policies)
    result = proved(opened, *read_standards(file), frozenset(confirmed))
    report.tell_errors(result.problems)
    if has_errors(result.problems):
        raise SystemExit(1)
    after, problems = check(policies, date.today(), {each.name: each.new for each in result.files})
    report.stop_on_errors(problems)
    assert after is not None
    return Version(after, day, None)


def _day(told: str) -> date:
    try:
        return date.today() if told == NOW else date.fromisoformat(told)
    except ValueError:
        report.wrong_use(
            problem("E903", COMMAND, option="--to", value=told, known="now / 2024-07-01")
        )
