"""What is new written into a policy's file: text put in at a known place, so that all that was
there stays as it was.

Writing the whole file anew would move comments, quotes and line ends; here the difference is just
the new lines.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from datetime import date
from typing import Any

from policycards.catalogue.editing.yaml_style import Style, as_entry, block, flow, pairs_of
from policycards.catalogue.model.policy import Value
from policycards.catalogue.yaml.nodes import behind, child, end_of
from policycards.catalogue.yaml.source import compose


def with_value(content: bytes, standard: int, value: Value) -> bytes:
    """The file of a sound policy with a value added to the end of a standard's values."""

    def edit(text: str, told: Any, style: Style) -> tuple[int, int, str]:
        at, added = _insertion(text, told, value, style)
        return at, at, added

    return _edited(content, standard, edit)


def with_check(content: bytes, standard: int, entry: int, day: date) -> bytes:
    """The file of a sound policy in which an entry of a standard's values says that it was looked
    up on a day.
    """
    pair = ("checked_on", day.isoformat())

    def edit(text: str, told: Any, style: Style) -> tuple[int, int, str]:
        node = child(told, "values").value[entry]
        known = child(node, "checked_on")
        if known is not None:
            shown = block([pair], style)[0].removeprefix("checked_on: ")
            return known.start_mark.index, known.end_mark.index, shown
        if node.flow_style:
            at = end_of(text, node.value[-1][1])
            return at, at, ", " + flow([pair], style)[1:-1]
        column = node.start_mark.column
        at, added = behind(text, node, column - 1, block([pair], style, column))
        return at, at, added

    return _edited(content, standard, edit)


def _edited(
    content: bytes, standard: int, edit: Callable[[str, Any, Style], tuple[int, int, str]]
) -> bytes:
    """A file in which what ``edit`` says is put in the place of what stands between two offsets."""
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.removeprefix(bom).decode("utf-8")
    policy = compose(text)
    told = child(policy, "standards").value[standard]
    start, end, added = edit(text, told, _style(policy, told))
    return bom + (text[:start] + added + text[end:]).encode("utf-8")


def _insertion(text: str, standard: Any, value: Value, style: Style) -> tuple[int, str]:
    """The offset and what to put in there."""
    values, pairs = child(standard, "values"), pairs_of(value)
    if values is None and standard.flow_style:
        return end_of(text, standard.value[-1][1]), f", values: [{flow(pairs, style)}]"
    if values is None:
        column = standard.start_mark.column
        lines = [" " * column + "values:", *as_entry(block(pairs, style, column + 4), column + 2)]
        return behind(text, standard, column - 1, lines)
    if values.flow_style and not values.value:
        return values.end_mark.index - 1, flow(pairs, style)
    last = values.value[-1]
    if values.flow_style:
        return end_of(text, last), ", " + flow(pairs, style)
    dash = values.start_mark.column
    shown = [" " * last.start_mark.column + flow(pairs, style)]
    lines = shown if last.flow_style else block(pairs, style, last.start_mark.column)
    return behind(text, last, dash, as_entry(lines, dash))


def _style(policy: Any, standard: Any) -> Style:
    """How the file writes its entries, this standard's counting most and the last one of it
    first.
    """
    quotes: dict[str, str] = {}
    braced: set[str] = set()
    step = 2
    for each in (*child(policy, "standards").value, standard):
        values = child(each, "values")
        for entry in values.value if values else ():
            for key, part in entry.value:
                if isinstance(part.value, str):
                    _note(quotes, key, part)
                    continue
                for inner, scalar in part.value:
                    _note(quotes, inner, scalar)
                if part.flow_style:
                    braced.add(key.value)
                else:
                    braced.discard(key.value)
                    step = part.start_mark.column - key.start_mark.column
    return Style(quotes, frozenset(braced), step)


def _note(quotes: dict[str, str], key: Any, scalar: Any) -> None:
    if scalar.style not in ("|", ">"):
        quotes[key.value] = scalar.style or ""
