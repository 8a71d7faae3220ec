"""Whether a document has the form of a policy, of the settings or of reviews; what pydantic finds,
in our words.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from policycards.catalogue.model.policy import AREA_CODE, Form, Text
from policycards.catalogue.yaml.source import Document, Path_, read_source
from policycards.core.files import shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.tables.encoding import MOST, read_bytes

F = TypeVar("F", bound=Form)

_MONEY = frozenset({"amount", "rounding", "sheet_price", "shares"})
_NUMBER = re.compile(r"[-+.,_0-9eE]+")
_CODES = {
    "string_type": "E123",
    "decimal_type": "E123",
    "int_type": "E123",
    "bool_type": "E123",
    "literal_error": "E133",
    "tuple_type": "E124",
    "dict_type": "E125",
    "model_type": "E125",
    "date_form": "E128",
    "date_impossible": "E129",
    "day_needed": "E130",
    "amount_form": "E131",
    "string_pattern_mismatch": "E134",
    "string_too_long": "E134",
    "string_too_short": "E127",
    "too_short": "E138",
    "too_long": "E139",
    "reserved_name": "E189",
    "int_parsing": "E136",
    "float_parsing": "E136",
    "float_type": "E123",
    "int_parsing_size": "E136",
    "bool_parsing": "E137",
    "greater_than": "E139",
    "greater_than_equal": "E139",
    "less_than_equal": "E139",
}
_SIGNS = {"gt": ">", "ge": "≥", "le": "≤", "max_length": "≤"}


def parse_form(model: type[F], document: Document) -> tuple[F | None, list[Problem]]:
    """The document as the model; None where anything is wrong with it."""
    if not isinstance(document.data, dict):
        return None, [problem("E112", document.place(()))]
    problems = list(_unquoted_money(document))
    try:
        form = model.model_validate(document.data, by_alias=True, by_name=False)
    except ValidationError as error:
        found = [fault for fault in error.errors(include_url=False) if not _follows(fault)]
        return None, problems + [_problem_of(fault, model, document) for fault in found[:MOST]]
    return None if problems else form, problems


def _follows(fault: Any) -> bool:
    """Whether pydantic says so only because of another fault: a list of nothing but faulty entries
    is no empty list.
    """
    return fault["type"] == "too_short" and bool(fault["input"])


def read_form(path: Path, model: type[F]) -> tuple[F | None, list[Problem], Mapping[Path_, Place]]:
    """A YAML file as the model, what is wrong with it, and the places of its parts."""
    content, problems = read_bytes(path)
    if content is None:
        return None, problems, {}
    document, problems = read_source(content, shown_path(path))
    if document is None:
        return None, problems, {}
    form, found = parse_form(model, document)
    return None if problems else form, problems + found, document.places


def _unquoted_money(document: Document) -> Iterable[Problem]:
    for path in document.places:
        if _money(path) and path not in document.quoted:
            value = document.value(path)
            if isinstance(value, str) and _NUMBER.fullmatch(value):
                yield problem("E132", document.place(path), value=value)


def _money(path: Path_) -> bool:
    return bool(path) and (path[-1] in _MONEY or (len(path) > 1 and path[-2] == "shares"))


def _problem_of(fault: Any, model: type[BaseModel], document: Document) -> Problem:
    """One finding of pydantic as a problem with its place."""
    path: Path_ = tuple(step for step in fault["loc"] if step != "[key]")
    value, kind = fault["input"], fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path, model, document)
    if kind == "missing":
        code = "E122" if _model_at(model, path[:-1]) is Text else "E121"
        return problem(
            code, document.key(path[:-1]), **{"lang" if code == "E122" else "key": path[-1]}
        )
    key = next((step for step in reversed(path) if isinstance(step, str)), document.file)
    if value is None:
        return problem("E127", document.key(path), key=key)
    code = _CODES[kind]
    if kind == "model_type" and _model_at(model, path) is Text:
        code = "E126"
    if kind == "string_pattern_mismatch" and fault["ctx"]["pattern"] == AREA_CODE:
        code = "E135"
    place = document.key(path) if "[key]" in fault["loc"] else document.place(path)
    return problem(code, place, key=key, value=brief(value), **_bounds(fault.get("ctx", {})))


def _bounds(context: dict[str, Any]) -> dict[str, str]:
    facts = {
        "limit": " ".join(
            f"{sign} {context[name]}" for name, sign in _SIGNS.items() if name in context
        )
    }
    if "expected" in context:
        facts["allowed"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return facts


def brief(value: object) -> str:
    """A value as a message quotes it: one line, not long.

    >>> brief("二〇一六年")
    "'二〇一六年'"
    >>> brief({"a": 1})
    '{…}'
    """
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = " ".join(str(value).split())
    return f"'{text[:40]}…'" if len(text) > 41 else f"'{text}'"


def _unknown_key(path: Path_, model: type[BaseModel], document: Document) -> Problem:
    key, place = str(path[-1]), document.key(path)
    if "：" in key:
        return problem("E110", place, key=key.partition("：")[0])
    owner = _model_at(model, path[:-1])
    known = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
    return problem(
        "E120", place, key=brief(key), nearest=nearest(key, known), known=", ".join(known)
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like another one; a dash where nothing is known.

    >>> nearest("sumary", ["name", "summary"])
    'summary'
    """
    from difflib import SequenceMatcher

    start = word[:60]
    return max(
        sorted(known),
        key=lambda candidate: SequenceMatcher(None, start, candidate).ratio(),
        default="–",
    )


def _model_at(model: type[BaseModel], path: Path_) -> type[BaseModel] | None:
    """The model that a path of keys and positions leads to."""
    current: Any = model
    for step in path:
        inner = _keyed(current)
        if isinstance(step, int) or inner is None:
            continue
        if get_origin(inner) is dict:
            current = get_args(inner)[1]
        else:
            fields = {
                field.alias or name: field.annotation for name, field in inner.model_fields.items()
            }
            current = fields.get(step)
    found = _keyed(current)
    return None if get_origin(found) is dict else found


def _keyed(annotation: Any) -> Any:
    """The model or dictionary within an annotation, behind unions and sequences; None where there
    is neither.
    """
    if get_origin(annotation) is dict or (
        isinstance(annotation, type) and issubclass(annotation, BaseModel)
    ):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType, tuple):
        return next((found for part in get_args(annotation) if (found := _keyed(part))), None)
    return None
