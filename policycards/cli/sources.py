"""What a piece is printed from: a published edition, or the catalogue on a day, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.cli import report
from policycards.problems import Place, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.design import Theme


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue with the day of its standards and the edition that pieces show; not published, it is a proof."""

    catalogue: Catalogue
    day: date
    edition: str
    is_published: bool


def open_source(policies: Path, edition: str, day: date | None, place: Place) -> Source:
    """The edition of a name, or the catalogue on a day, or today; exits where something is wrong with it."""
    from policycards.catalogue import check
    from policycards.catalogue.editions import read_edition
    from policycards.design import proof_edition

    if edition and day:
        report.wrong_use(problem("E916", place))
    if edition:
        read, problems = read_edition(policies, edition)
        report.stop_on_errors(problems)
        assert read is not None
        catalogue, facts = read
        return Source(catalogue, facts.as_of, facts.name, not facts.draft)
    found, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert found is not None
    day = day or date.today()
    return Source(found, day, proof_edition(found.digest, day), False)


def open_theme(name: str) -> Theme:
    """A shipped theme or a theme file; exits where something is wrong with it."""
    from policycards.design import read_theme

    theme, problems = read_theme(name)
    report.stop_on_errors(problems)
    assert theme is not None
    return theme
