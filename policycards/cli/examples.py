"""Examples whose figures the new values make wrong: shown, and brought to what comes out where
somebody says so.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from policycards.catalogue import Catalogue, check
from policycards.catalogue.editing.case_edits import with_figure
from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.journal import NewFile, replace_files
from policycards.core.problems import Problem, has_errors
from policycards.households.entitlements.case_runner import FOLDER, fixture_files, fixture_problems

FIGURES = ("value", "amount")
"""What a new value changes; another answer or quantity is never taken over."""


def bring(policies: Path, *, apply: bool) -> None:
    """Show the examples that come out otherwise; with ``apply`` write what comes out. Exits 1 where
    that is not all.
    """
    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    found = fixture_problems(policies, catalogue)
    report.tell(found)
    files = _rewritten(policies, catalogue)
    report.say(_("Examples that come out otherwise: {count}.").format(count=len(found)))
    if apply:
        problems = replace_files(policies, files)
        report.tell(problems)
        for file in files if not has_errors(problems) else ():
            report.say(_("{file}: written.").format(file=policies / file.name))
        raise SystemExit(
            1 if has_errors([*problems, *fixture_problems(policies, catalogue)]) else 0
        )
    raise SystemExit(1 if found else 0)


def _rewritten(policies: Path, catalogue: Catalogue) -> list[NewFile]:
    """The files of cases with the figures that come out; a case may have several, found one after
    the other.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        shutil.copytree(policies / FOLDER, copy / FOLDER)
        for _figure in FIGURES:
            for each in _odd(copy, catalogue):
                file = Path(each.place.file)
                found = Decimal(dict(each.facts)["found"])
                file.write_bytes(with_figure(file.read_bytes(), each.place, found))
        return [
            NewFile(f"{FOLDER}/{file.name}", old, new)
            for file in fixture_files(policies)
            if (new := (copy / FOLDER / file.name).read_bytes()) != (old := file.read_bytes())
        ]


def _odd(folder: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Cases whose figure alone is another."""
    for each in fixture_problems(folder, catalogue):
        facts = dict(each.facts)
        if each.code == "E603" and facts["what"] in FIGURES and facts["found"] != "–":
            yield each
