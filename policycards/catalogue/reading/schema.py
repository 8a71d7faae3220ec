"""JSON Schemas of the catalogue's files, with which an editor completes and checks while one
types.
"""

from __future__ import annotations

import json
from typing import Any

from policycards.catalogue.model.catalogue import Settings, Topics
from policycards.catalogue.model.policy import LANGS, Cases, Form, Policy
from policycards.catalogue.model.words import WORDS
from policycards.catalogue.reading.glossary import Terms

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """File name to text, the same for the same model."""
    made = {
        "policy.schema.json": _schema_of(Policy, "政策 policy"),
        "cases.schema.json": _schema_of(Cases, "例子 cases"),
        "catalogue.schema.json": _schema_of(Settings, "总目录 catalogue"),
        "glossary.schema.json": _schema_of(Terms, "词汇 glossary"),
        "topics.schema.json": _schema_of(Topics, "主题 topics"),
        "words.schema.json": _words(),
    }
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def _schema_of(model: type[Form], title: str) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    return {"$schema": _DIALECT, **_plain(schema), "title": title}


def _plain(node: Any) -> Any:
    """Without pydantic's titles, the notes for programmers and defaults of nothing, which would
    bury the rest.
    """
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    is_form = isinstance(node.get("properties"), dict)
    return {
        key: _plain(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "description" and is_form)
        and not (key == "default" and not value)
    }


def _words() -> dict[str, Any]:
    """Every fixed word is there, each with its placeholders in both languages."""
    return {
        "$schema": _DIALECT,
        "title": "固定用语 fixed words",
        "type": "object",
        "additionalProperties": False,
        "required": sorted(WORDS),
        "properties": {
            key: _word(sorted(placeholders)) for key, placeholders in sorted(WORDS.items())
        },
    }


def _word(placeholders: list[str]) -> dict[str, Any]:
    side: dict[str, Any] = {"type": "string", "minLength": 1}
    if placeholders:
        side["description"] = " ".join(f"{{{name}}}" for name in placeholders)
        side["allOf"] = [{"pattern": rf"\{{{name}\}}"} for name in placeholders]
    sides = dict.fromkeys(LANGS, side)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(LANGS),
        "properties": sides,
    }
