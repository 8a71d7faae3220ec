"""The schemas that editors use are fresh, valid, and agree with what the reader takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from catalogue_folders import BROKEN, GOOD, POLICY, words_yaml

from policycards.catalogue import schemas

REFUSED = [
    "E120-unknown-key",
    "E121-key-missing",
    "E122-language-missing",
    "E123-list-for-text",
    "E124-text-for-list",
    "E126-one-language",
    "E127-empty",
    "E128-not-a-date",
    "E130-day-needed",
    "E131-not-an-amount",
    "E132-money-without-quotes",
    "E133-unknown-choice",
    "E134-not-a-name",
    "E135-not-an-area-code",
    "E137-yes-or-no",
    "E138-no-entry",
]


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is a text, yes is a text, true is a boolean."""


_Core.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp",)
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> Any:
    return yaml.load(text, Loader=_Core)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schemas_in_the_policies_folder_are_fresh(name: str, root: Path) -> None:
    assert (root / "policies" / name).read_text(encoding="utf-8") == schemas()[name]


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schemas()[name]))


def test_the_good_catalogue_agrees_with_the_schemas() -> None:
    made = {name: json.loads(text) for name, text in schemas().items()}
    jsonschema.validate(
        load((GOOD / POLICY).read_text(encoding="utf-8")), made["policy.schema.json"]
    )
    jsonschema.validate(
        load((GOOD / "catalogue.yaml").read_text(encoding="utf-8")), made["catalogue.schema.json"]
    )
    jsonschema.validate(load(words_yaml()), made["words.schema.json"])


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_reader_refuses_in_a_policys_form_the_editor_refuses(name: str) -> None:
    schema = json.loads(schemas()["policy.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(load((BROKEN / name / POLICY).read_text(encoding="utf-8")), schema)


def test_every_key_of_a_policy_is_described_in_chinese() -> None:
    schema = json.loads(schemas()["policy.schema.json"])
    for form in (schema, *schema["$defs"].values()):
        for key, described in form.get("properties", {}).items():
            assert any(
                "\u4e00" <= character <= "\u9fff" for character in described.get("description", "")
            ), key
