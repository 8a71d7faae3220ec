"""The shipped policies have no fault of form or text, and say no more than their sources."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from policycards.catalogue import Catalogue, check, schemas


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    found, problems = check(root / "policies", date(2100, 1, 1))
    assert [str(problem) for problem in problems] == []
    assert found is not None
    return found


def test_there_are_at_least_forty_five_policies(catalogue: Catalogue) -> None:
    assert len(catalogue.policies) >= 45


def test_it_says_of_itself_that_it_is_a_sample(catalogue: Catalogue) -> None:
    assert catalogue.settings.data == "sample"
    assert catalogue.reviewed == frozenset()
    assert all(contact.placeholder for contact in catalogue.contacts)


def test_editors_find_no_fault_in_a_shipped_file(root: Path) -> None:
    made = {name: json.loads(text) for name, text in schemas().items()}
    paths = [
        path
        for path in sorted((root / "policies").glob("**/*.yaml"))
        if path.parent.name != "tests"
    ]
    frame = ("catalogue", "glossary", "topics", "words")
    for path in paths:
        name = f"{path.stem}.schema.json" if path.stem in frame else "policy.schema.json"
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), made[name])
