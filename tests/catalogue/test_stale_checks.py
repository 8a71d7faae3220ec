"""Values that nobody has looked up for too long are told to printing; those never looked up are
only a warning.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder

from policycards.catalogue import check, read_catalogue
from policycards.catalogue.checks.catalogue_checks import stale_checks
from policycards.core.problems import Severity


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = good_folder(tmp_path / "policies")
    settings = folder / "catalogue.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("data: sample", "data: confirmed"), encoding="utf-8")
    return folder


def told(folder: Path, day: date) -> list[str]:
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None and problems == []
    return [str(found) for found in stale_checks(catalogue, catalogue.policies, day)]


def test_a_value_is_told_from_the_day_on_that_the_catalogue_s_months_are_over(folder: Path) -> None:
    catalogue, _problems = read_catalogue(folder)
    assert catalogue is not None and catalogue.settings.check_after_months == 12
    assert told(folder, date(2025, 5, 31)) == []
    (found,) = told(folder, date(2025, 6, 1))
    line = (folder / POLICY).read_text(encoding="utf-8").splitlines().index(
        "        checked_on: 2024-06-01"
    ) + 1
    said = (
        "error E849: grazing-ban/area: the value in force was last looked up 2024-06-01, 12 months"
        " ago or longer"
    )
    assert found == f"{(folder / POLICY).as_posix()}:{line}:21: {said}"


def test_only_the_value_in_force_counts(folder: Path) -> None:
    assert told(folder, date(2015, 1, 1)) == []


def test_what_was_never_looked_up_is_only_a_warning(folder: Path) -> None:
    path = folder / POLICY
    path.write_text(
        path.read_text("utf-8").replace("        checked_on: 2024-06-01\n", ""), encoding="utf-8"
    )
    assert told(folder, date(2035, 1, 1)) == []
    (found,) = [found for found in check(folder, date(2035, 1, 1))[1] if found.code == "W168"]
    assert found.severity is Severity.WARNING


def test_sample_data_is_not_held_to_it(tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "policies")
    settings = folder / "catalogue.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("data: confirmed", "data: sample"), encoding="utf-8"
    )
    assert told(folder, date(2035, 1, 1)) == []
