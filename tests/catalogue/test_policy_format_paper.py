"""docs/policy-format.md says what the reader does."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from policycards.catalogue import check
from policycards.catalogue.model.policy import (
    Audio,
    Confirmed,
    Form,
    Paid,
    Policy,
    Source,
    Standard,
    Value,
)
from policycards.core.codes import KINDS


@pytest.fixture(scope="module")
def paper(root: Path) -> str:
    return (root / "docs" / "policy-format.md").read_text(encoding="utf-8")


def test_the_worked_example_is_a_policy_without_fault(
    paper: str, root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(root / "policies", folder)
    name = re.search(r"`policies/(\S+\.yaml)`：", paper)
    example = re.search(r"```yaml\n(.*?)```", paper, re.DOTALL)
    assert name and example
    (folder / name.group(1)).write_text(example.group(1), encoding="utf-8")
    catalogue, problems = check(folder, date(2100, 1, 1))
    assert [str(problem) for problem in problems] == []
    assert catalogue is not None and Path(name.group(1)).stem in {
        policy.id for policy in catalogue.policies
    }


@pytest.mark.parametrize(
    "form",
    [Policy, Standard, Value, Source, Paid, Audio, Confirmed],
    ids=lambda form: form.__name__,
)
def test_every_key_is_explained(paper: str, form: type[Form]) -> None:
    keys = {field.alias or name for name, field in form.model_fields.items()}
    assert {key for key in keys if f"`{key}`" not in paper} == set()


def test_every_code_it_names_exists(paper: str) -> None:
    assert set(re.findall(r"\b[EW][0-9]{3}\b", paper)) <= set(KINDS)
