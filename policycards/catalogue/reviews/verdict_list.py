"""Verdicts of a reader of Tibetan as a program keeps them, in JSON: the same facts as the rows of
the workbook.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from policycards.catalogue.reviews.verdicts import Verdict
from policycards.core.files import parse_json
from policycards.core.problems import Place, Problem, problem

KEYS = ("zh", "bo", "right", "new", "remark", "digest")
READER = ("name", "office", "date")


def read_verdict_list(
    content: str, file: str
) -> tuple[tuple[str, ...], list[Verdict], list[Problem]]:
    """Name, office and day of the reader, and the verdicts, counted from 1; a problem where it is
    no such list.

    ``{"reader": {"name": …, "office": …, "date": …}, "verdicts": [{"digest": …, "zh": …, "bo": …,
    "right": "yes"}]}``
    """
    try:
        data = parse_json(content)
        reader = tuple(_cell(data["reader"], key) for key in READER)
        rows = [{key: _cell(each, key) for key in KEYS} for each in data["verdicts"]]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        return (), [], [problem("E877", Place(file), why=why)]
    return reader, [Verdict(number, **row) for number, row in enumerate(rows, 1)], []


def as_json(reader: Mapping[str, str], verdicts: Iterable[Mapping[str, str]]) -> str:
    """A list as ``read_verdict_list`` reads it."""
    data = {"reader": dict(reader), "verdicts": [dict(each) for each in verdicts]}
    return json.dumps(data, ensure_ascii=False, indent=1)


def _cell(part: Any, key: str) -> str:
    found = part.get(key, "")
    if not isinstance(found, str):
        raise TypeError(f"{key}: {found!r}")
    return found.strip()
