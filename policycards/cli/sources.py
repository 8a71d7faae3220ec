"""What commands start from: an edition or the catalogue on a day, a theme, a roster; each checked
and told of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.cli import legacy_record, report
from policycards.core.problems import Place, Problem, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.catalogue.editions.edition import Version
    from policycards.design import Theme
    from policycards.households.model import Roster
    from policycards.households.roster.findings import Notes
    from policycards.households.roster.identity_numbers import Digest


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue with the day of its standards and the edition that pieces show; not published, it
    is a proof.
    """

    catalogue: Catalogue
    day: date
    edition: str
    is_published: bool


def open_source(policies: Path, edition: str, day: date | None, place: Place) -> Source:
    """The edition of a name, or the catalogue on a day, or today; exits where something is wrong
    with it.
    """
    from policycards.catalogue import check
    from policycards.catalogue.editions.edition import read_edition
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


def open_version(policies: Path, told: str) -> Version:
    """What an edition's name, a day or *now* means; exits where that is none of them or is not as
    it was.
    """
    from policycards.catalogue.editions.edition import read_version

    version, problems = read_version(policies, told, date.today())
    report.stop_on_errors(problems)
    assert version is not None
    return version


def open_roster(
    file: Path, catalogue: Catalogue, digest: Digest, mapping: Sequence[str]
) -> tuple[Roster | None, list[Problem], Notes]:
    """A roster, with what is wrong with it told; None where nothing of it can be used.

    ``mapping`` are odd headings, as ``--map`` has them; exits where one is no mapping.
    """
    from policycards.cli.rosternotes import tell_notes, tell_problems
    from policycards.households.roster.answers import read_mapping
    from policycards.households.roster.read_roster import read_roster

    columns, problems = read_mapping(list(mapping))
    report.stop_on_errors(problems)
    roster, problems, notes = read_roster(
        file, catalogue, today=date.today(), digest=digest, mapping=columns
    )
    tell_notes(notes)
    legacy_record.forget_lines()  # how a list was read is no result of what is done with it
    tell_problems(problems)
    return roster, problems, notes


def open_theme(name: str = "plain") -> Theme:
    """A shipped theme or a theme file; exits where something is wrong with it."""
    from policycards.design import read_theme

    theme, problems = read_theme(name)
    report.stop_on_errors(problems)
    assert theme is not None
    return theme
