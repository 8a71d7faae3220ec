"""A new policy from a form that an office has filled in: the YAML file that says so, its texts
being drafts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from policycards.catalogue.editing.amendment_input import Cell, Entry, value_of
from policycards.catalogue.editing.yaml_edit import new_file, pairs_of
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.form import brief, nearest
from policycards.catalogue.model.policy import LANGS, Pays
from policycards.core.files import parse_json
from policycards.core.problems import Place, Problem, problem

STEPS = 4
"""Steps and papers that the form has room for."""
KINDS = tuple(kind for kind in get_args(Pays) if kind != "limit")
"""Kinds of money that the form offers; a limit says more than the form asks."""
TEXTS = ("name", "summary", "who")
LISTS = ("how", "papers")
_HEAD = "# yaml-language-server: $schema=../policy.schema.json\n"
_MULTIPLIED = ("cash", "event")
_YES = ("是", "yes", "ཡིན")


def draft_policy(form: Entry, catalogue: Catalogue, today: date) -> tuple[str, bytes] | None:
    """The name and the content of a new policy's file; None, with problems in the form, where it is
    not complete.

    The standard holds for those whom the roster's list names, or, where a column of the roster is
    named, for those who have any of it, times that.
    """
    _choose(form, "category", [each.id for each in catalogue.settings.categories])
    _choose(form, "unit", [each.id for each in catalogue.settings.units])
    _choose(form, "pays", KINDS)
    _choose(form, "for", ["household", "member"])
    _choose(form, "column", _columns(catalogue), needed=False)
    if not form["id"]:
        form.report("E835", "id")
    if form["id"] in {policy.id for policy in catalogue.policies}:
        form.report("E836", "id", id=form["id"])
    values = _values(form, today)
    policy = _policy(form, values)
    if form.problems:
        return None
    return f"{_code(form, 'category')}/{form['id']}.yaml", new_file(policy, _HEAD)


def read_draft_form(
    content: str, names: Mapping[str, str], file: str
) -> tuple[Entry | None, list[Problem]]:
    """A form that a program kept, in JSON: its fields with their texts; ``names`` say what a
    message calls each.
    """
    try:
        texts = parse_json(content)
        for name, text in texts.items():
            if name not in names:
                facts = {
                    "field": brief(name),
                    "nearest": nearest(name, names),
                    "known": ", ".join(names),
                }
                return None, [problem("E945", Place(file), **facts)]
            if not isinstance(text, str):
                raise TypeError(f"{name}: {text!r}")
    except (ValueError, TypeError, AttributeError) as error:
        return None, [problem("E946", Place(file), why=brief(error).strip("'"))]
    return form_of(texts, names, lambda _name: Place(file)), []


def form_of(
    texts: Mapping[str, str], names: Mapping[str, str], place: Callable[[str], Place]
) -> Entry:
    """A form whose every field has a place of its own, for what is wrong with it."""
    return Entry(
        place(""),
        {name: Cell(texts.get(name, ""), place(name), named) for name, named in names.items()},
    )


def at_cell(found: Problem, form: Entry, content: bytes) -> Problem:
    """A problem of a drafted file, shown at the cell of the form whose text stands in its line."""
    lines = content.decode("utf-8").splitlines()
    line = lines[found.place.line - 1] if found.place.line else ""
    cells = [
        cell for cell in form.cells.values() if cell.text.strip() and cell.text.strip() in line
    ]
    nearest = max(cells, key=lambda cell: len(cell.text), default=None)
    return replace(found, place=nearest.place if nearest else form.place)


def _columns(catalogue: Catalogue) -> list[str]:
    return [
        each.name
        for each in catalogue.settings.attributes
        if each.of != "area" and each.type == "number"
    ]


def _code(form: Entry, name: str) -> str:
    """The code in a cell that shows it with its meaning: ``cash 现金``."""
    return form[name].partition(" ")[0]


def _choose(form: Entry, name: str, known: Collection[str], *, needed: bool = True) -> None:
    code = _code(form, name)
    if code and code not in known:
        form.report("E837", name, value=code, known=", ".join(known))
    elif needed and not code:
        form.report("E835", name)


def _values(form: Entry, today: date) -> list[dict[str, Any]]:
    """The first value, read as one of any standard; nothing where the kind of money has no
    figure.
    """
    if _code(form, "pays") == "by_notice":
        return []
    cells: Mapping[str, Cell] = {**form.cells, "policy": form.where("id")}
    entry = Entry(form.place, cells)
    value = value_of(entry, today)
    form.problems += entry.problems
    return [pairs_of(value)] if value else []


def _policy(form: Entry, values: list[dict[str, Any]]) -> dict[str, Any]:
    paid = {key: text for key in ("when", "by") if (text := _text(form, f"paid_{key}"))}
    parts = {
        "id": form["id"],
        "category": _code(form, "category"),
        **{name: _text(form, name, needed=True) for name in TEXTS},
        **{name: _list(form, name) for name in LISTS},
        "office": _text(form, "office"),
        "paid": paid,
        "deadline": _text(form, "deadline"),
        "discreet": "true" if form["discreet"] in _YES else "",
        "standards": [_standard(form, values)],
    }
    return {key: part for key, part in parts.items() if part}


def _standard(form: Entry, values: list[dict[str, Any]]) -> dict[str, Any]:
    column, pays = _code(form, "column"), _code(form, "pays")
    parts = {
        "id": form["standard"] or "standard",
        "label": _text(form, "label"),
        "unit": _code(form, "unit"),
        "pays": pays,
        "for": _code(form, "for"),
        "when": f"{column} > 0" if column else "listed",
        "quantity": column if pays in _MULTIPLIED else "",
        "values": values,
    }
    return {key: part for key, part in parts.items() if part}


def _text(form: Entry, name: str, *, needed: bool = False) -> dict[str, str]:
    """Both languages of a text; a problem where only one is there, or none and it is needed."""
    text: dict[str, str] = {lang: form[f"{name}_{lang}"] for lang in LANGS}
    if needed or any(text.values()):
        for lang, side in text.items():
            if not side:
                form.report("E835", f"{name}_{lang}")
    return text if all(text.values()) else {}


def _list(form: Entry, name: str) -> list[dict[str, str]]:
    return [text for n in range(1, STEPS + 1) if (text := _text(form, f"{name}{n}"))]
