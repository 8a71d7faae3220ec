"""Values of standards as YAML text, in the style of the entries around them: layout, quotes,
indentation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from policycards.catalogue.model.policy import Value
from policycards.catalogue.yaml.source import means_text, read_source

Pairs: TypeAlias = Sequence[tuple[str, Any]]
"""Keys with a text, with further pairs or with ``Items``, in the order in which they are
written.
"""


class Items(list[Pairs]):
    """The entries of a list, each a map."""


_QUOTED = {
    "from": '"',
    "amount": '"',
    "published": '"',
    "recorded": '"',
    "checked_on": '"',
    "on": '"',
    "area": '"',
}
_DAYS = ("recorded", "checked_on", "on")


@dataclass(frozen=True, slots=True)
class Style:
    """How entries are written: the quote of each key, empty for none; keys that hold a map in
    braces; spaces a step.
    """

    quotes: Mapping[str, str] = field(default_factory=dict)
    braced: frozenset[str] = frozenset()
    step: int = 2


def pairs_of(value: Value) -> Pairs:
    """What an entry says, without what is not there."""
    source, confirmed = value.source, value.confirmed
    told: list[tuple[str, object]] = [
        ("from", value.since),
        ("area", value.area),
        ("amount", None if value.amount is None else f"{value.amount:f}"),
        ("status", value.status),
        ("published", value.published),
        ("recorded", value.recorded),
        ("source", source and _told(source.title, source.number, source.issuer, source.url)),
        ("corrects", value.corrects),
        ("confirmed", confirmed and (("by", confirmed.by), ("on", str(confirmed.on)))),
        ("checked_on", value.checked_on),
        ("note", value.note),
        ("missing", value.missing),
    ]
    return [
        (key, part if isinstance(part, tuple) else str(part))
        for key, part in told
        if part is not None
    ]


def _told(title: str, number: str | None, issuer: str | None, url: str | None) -> Pairs:
    parts = (("title", title), ("number", number), ("issuer", issuer), ("url", url))
    return tuple((key, part) for key, part in parts if part is not None)


def block(pairs: Pairs, style: Style, indent: int = 0) -> list[str]:
    """Lines of a block, each indented.

    >>> block([("from", "2026"), ("source", [("title", "通知")])], Style())
    ['from: "2026"', 'source:', '  title: 通知']
    """
    margin, lines = " " * indent, []
    for key, part in pairs:
        if isinstance(part, str):
            lines.append(f"{margin}{key}: {_shown(key, part, style)}")
        elif isinstance(part, Items):
            lines.append(f"{margin}{key}:")
            for item in part:
                lines += as_entry(block(item, style, indent + 2 * style.step), indent + style.step)
        elif key in style.braced:
            lines.append(f"{margin}{key}: {flow(part, style)}")
        else:
            lines += [f"{margin}{key}:", *block(part, style, indent + style.step)]
    return lines


def as_entry(lines: list[str], dash: int) -> list[str]:
    """The lines of a map as an entry of a list: a dash in the margin of the first."""
    return [lines[0][:dash] + "-" + lines[0][dash + 1 :], *lines[1:]]


def flow(pairs: Pairs, style: Style) -> str:
    """A map in braces on one line.

    >>> flow([("from", "2026"), ("note", "甲, 乙")], Style())
    '{from: "2026", note: "甲, 乙"}'
    """
    told = []
    for key, part in pairs:
        assert not isinstance(part, Items), "a value has no lists"
        quoted = (
            _shown(key, part, style, braced=True) if isinstance(part, str) else flow(part, style)
        )
        told.append(f"{key}: {quoted}")
    return "{" + ", ".join(told) + "}"


def _shown(key: str, text: str, style: Style, *, braced: bool = False) -> str:
    """A text as the entries around it write the key; days stand there without quotes too."""
    quote = style.quotes.get(key, _QUOTED.get(key, ""))
    return text if key in _DAYS and not quote else scalar(text, quote, braced=braced)


def scalar(text: str, quote: str, *, braced: bool = False) -> str:
    """A text in the wanted quotes; without any only where that is read as the same text.

    >>> scalar("甲: 乙", ""), scalar("2026", ""), scalar("it's", "'")
    ('"甲: 乙"', '"2026"', "'it''s'")
    """
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if quote or not _plain(text, braced):
        return json.dumps(text, ensure_ascii=False)
    return text


def _plain(text: str, braced: bool) -> bool:
    shown = f"{{a: {text}, b: c}}" if braced else f"a: {text}\nb: c"
    document, _problems = read_source(shown.encode("utf-8", "surrogatepass"), "")
    return document is not None and document.data == {"a": text, "b": "c"} and means_text(text)
