"""A policy's file with other texts: what changes is put in its place, and all that stands around it
stays as it is.
"""

from __future__ import annotations

import codecs
import copy
from collections.abc import Iterable, Sequence
from typing import Any

from policycards.catalogue.editing import list_edits
from policycards.catalogue.editing.editable_texts import Change, Wording, path_of
from policycards.catalogue.editing.list_edits import (
    Unfit,
    pairs_of_text,
    style_of,
    text_pieces,
    with_pieces,
)
from policycards.catalogue.editing.yaml_style import Items, block, flow
from policycards.catalogue.model.policy import LANGS, Paid, Policy, Standard, Text
from policycards.catalogue.yaml.nodes import (
    behind,
    block_end,
    child,
    end_of,
    ending_of,
    line_end,
    line_start,
    node_at,
)
from policycards.catalogue.yaml.source import Path_, compose, read_source

_ORDER = {
    "policy": [*Policy.model_fields],
    "paid": [*Paid.model_fields],
    "standard": [field.alias or name for name, field in Standard.model_fields.items()],
}
"""Keys in the order in which a file has them."""


def with_changes(content: bytes, changes: Iterable[Change]) -> bytes | None:
    """The file of a sound policy with fields that say something else; None where that would change
    anything else.
    """
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.removeprefix(bom).decode("utf-8")
    document, _problems = read_source(content, "")
    if document is None:
        return None
    wanted = copy.deepcopy(document.data)
    standards = [each["id"] for each in wanted["standards"]]
    try:
        for change in changes:
            path = path_of(change.field, standards)
            text = _changed(text, path, change.new)
            _put(wanted, path, change.new)
            changed = bom + text.encode("utf-8")
            proof, _problems = read_source(changed, "")
            if proof is None or proof.data != wanted:
                return None
    except (Unfit, UnicodeEncodeError):
        return None
    return bom + text.encode("utf-8")


def _changed(text: str, path: Path_, new: Wording) -> str:
    """The text with another wording at a path. Raises Unfit."""
    root = compose(text)
    parent, within = node_at(root, path[:-1]) if _there(root, path[:-1]) else (None, False)
    old = child(parent, str(path[-1])) if parent is not None else None
    if parent is None and new:
        return _added(text, root, path[:-1], [(path[-1], new)])
    if not new and not isinstance(new, bool):
        return text if old is None else _without(text, root, path)
    if old is None:
        return text if new is False else _added(text, root, path, new)
    if isinstance(new, bool):
        start, end = old.start_mark.index, old.end_mark.index
        return text[:start] + str(new).lower() + text[end:]
    if isinstance(new, tuple):
        return list_edits.with_list(text, root, old, new)
    assert isinstance(new, Text)
    return with_pieces(text, text_pieces(text, old, new, within or bool(old.flow_style)))


def _there(root: Any, path: Path_) -> bool:
    for step in path:
        root = root.value[step] if isinstance(step, int) else child(root, step)
        if root is None:
            return False
    return True


def _added(text: str, root: Any, path: Path_, new: Any) -> str:
    """The text with a key that was not there, behind the keys that come before it."""
    parent, _within = node_at(root, path[:-1])
    key, style = str(path[-1]), style_of(root)
    order = _ORDER[
        "standard"
        if path[0] == "standards"
        else "paid"
        if path[0] == "paid" and path[1:]
        else "policy"
    ]
    before = [pair for pair in parent.value if order.index(pair[0].value) < order.index(key)]
    last = (before or parent.value)[-1][1]
    part = _part(new)
    if parent.flow_style:
        if isinstance(part, Items):
            raise Unfit
        at = end_of(text, last)
        told = flow([(key, part)], style)[1:-1] if not isinstance(new, bool) else f"{key}: true"
        return f"{text[:at]}, {told}{text[at:]}"
    column = parent.start_mark.column
    lines = (
        [" " * column + f"{key}: true"]
        if isinstance(new, bool)
        else block([(key, part)], style, column)
    )
    at, added = behind(text, last, column, lines)
    return text[:at] + added + text[at:]


def _part(new: Any) -> Any:
    """A wording as what is written has it; a list of keys with wordings as a map."""
    if isinstance(new, tuple):
        return Items([pairs_of_text(each) for each in new])
    if isinstance(new, list):
        return [(key, _part(each)) for key, each in new]
    return pairs_of_text(new) if isinstance(new, Text) else new


def _without(text: str, root: Any, path: Path_) -> str:
    """The text without a key; comments that have lines of their own stay."""
    parent, _within = node_at(root, path[:-1])
    if len(parent.value) == 1:
        return _without(text, root, path[:-1])
    number = next(n for n, (key, _value) in enumerate(parent.value) if key.value == path[-1])
    key, value = parent.value[number]
    if parent.flow_style:
        first = number == 0
        start = key.start_mark.index if first else end_of(text, parent.value[number - 1][1])
        end = parent.value[1][0].start_mark.index if first else end_of(text, value)
        return text[:start] + text[end:]
    start, end = (
        line_start(text, key.start_mark.index),
        block_end(text, value, parent.start_mark.column),
    )
    if text[start : key.start_mark.index].strip() or _is_long(value):
        raise Unfit
    kept = list_edits.comments(text[start:end])
    end = min(len(text), end + len(ending_of(text))) if line_end(text, end) < len(text) else end
    return text[:start] + "".join(line + ending_of(text) for line in kept) + text[end:]


def _is_long(node: Any) -> bool:
    """Whether a scalar in a node goes over several lines, where what looks like a comment may be
    none.
    """
    if isinstance(node.value, str):
        return bool(node.start_mark.line != node.end_mark.line)
    parts: Sequence[Any] = [
        part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))
    ]
    return any(_is_long(part) for part in parts)


def _put(data: Any, path: Path_, new: Wording) -> None:
    """Do to the data what was done to the text."""
    *steps, key = path
    owners = [data]
    for step in steps:
        if isinstance(step, str) and step not in owners[-1]:
            owners[-1][step] = {}
        owners.append(owners[-1][step])
    owner = owners[-1]
    if isinstance(new, bool):
        if new or key in owner:
            owner[key] = str(new).lower()
    elif new:
        told = [
            {lang: text[lang] for lang in LANGS}
            for text in (new if isinstance(new, tuple) else (new,))
        ]
        owner[key] = told if isinstance(new, tuple) else told[0]
    else:
        owner.pop(key, None)
    if steps == ["paid"] and not owner:
        del data["paid"]
