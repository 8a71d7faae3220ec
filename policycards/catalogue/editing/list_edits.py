"""Lists of texts in a YAML file: steps and papers that are reworded, added, taken out and moved,
comments with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from policycards.catalogue.editing.yaml_style import Pairs, Style, as_entry, block, flow, scalar
from policycards.catalogue.model.policy import LANGS, Text
from policycards.catalogue.yaml.nodes import (
    BREAK,
    block_end,
    child,
    ending_of,
    line_start,
    quote_of,
)

Piece: TypeAlias = tuple[int, int, str]
"""What stands from one offset to another, and what is put in its place."""
_TEXTS = ("name", "short", "summary", "who", "office", "deadline", "when", "by", "label")


class Unfit(Exception):
    """The file is written in a way in which this cannot be changed without touching something
    else.
    """


def style_of(policy: Any) -> Style:
    """How the file writes its texts: as its name."""
    name = child(policy, "name")
    sides = {key.value: quote_of(side) for key, side in name.value if side.style not in ("|", ">")}
    braced = frozenset(_TEXTS) if name.flow_style else frozenset[str]()
    step = 2 if name.flow_style else name.start_mark.column - policy.start_mark.column
    return Style(sides, braced, max(step, 1))


def pairs_of_text(text: Text) -> Pairs:
    return [(lang, text[lang]) for lang in LANGS]


def text_pieces(text: str, node: Any, new: Text, within: bool) -> list[Piece]:
    """The sides of a text that change."""
    return [
        (side.start_mark.index, _end(text, side), scalar(new[lang], quote_of(side), braced=within))
        for lang in LANGS
        if (side := child(node, lang)).value != new[lang]
    ]


def _end(text: str, side: Any) -> int:
    end: int = side.end_mark.index
    return len(text[:end].rstrip()) if side.style in ("|", ">") else end


def with_pieces(text: str, pieces: Iterable[Piece]) -> str:
    for start, end, piece in sorted(pieces, reverse=True):
        text = text[:start] + piece + text[end:]
    return text


def with_list(text: str, root: Any, node: Any, new: Sequence[Text]) -> str:
    """The text with other entries in a list: one that only moves or is reworded keeps its layout
    and its comments.
    """
    old = [
        Text.model_construct(**{key.value: side.value for key, side in entry.value})
        for entry in node.value
    ]
    origins = _origins(old, new)
    if node.flow_style:
        return _in_brackets(text, root, node, new, origins)
    starts, ends = _bounds(text, node)
    ending, dash = ending_of(text), node.start_mark.column
    told, moved = [], {origin for origin in origins if origin is not None}
    for origin, wanted in zip(origins, new, strict=True):
        if origin is None:
            told.append(ending.join(_fresh(root, node, dash, wanted)))
        else:
            pieces = text_pieces(
                text, node.value[origin], wanted, bool(node.value[origin].flow_style)
            )
            told.append(_chunk(text, starts[origin], ends[origin], pieces))
    left = [n for n in range(len(old)) if n not in moved]
    kept = [line for n in left for line in _comments_of(text, starts[n], ends[n], node.value[n])]
    return text[: starts[0]] + ending.join([*kept, *told]) + text[ends[-1] :]


def _origins(old: Sequence[Text], new: Sequence[Text]) -> list[int | None]:
    """For each new text the old one that it comes from: the same, one with the same side, or what
    stood there.

    >>> a, b, c = (Text(bo=sign, zh=sign) for sign in "abc")
    >>> _origins([a, b], [b, a]), _origins([a, b], [c, a, b]), _origins([a, b], [a, c])
    ([1, 0], [None, 0, 1], [0, 1])
    """
    found: list[int | None] = [None] * len(new)
    free = list(range(len(old)))

    def take(number: int, origin: int) -> None:
        found[number] = origin
        free.remove(origin)

    def alike(one: Text, other: Text) -> bool:
        return one.bo == other.bo or one.zh == other.zh

    for same in (Text.__eq__, alike):
        for number, text in enumerate(new):
            if (
                found[number] is None
                and (origin := next((n for n in free if same(old[n], text)), None)) is not None
            ):
                take(number, origin)
    for number in range(len(new)):
        if found[number] is None and number in free:
            take(number, number)
    return found


def _bounds(text: str, node: Any) -> tuple[list[int], list[int]]:
    """Where the lines of each entry start and end; comments between two entries are the lower
    one's. Raises Unfit.
    """
    dash = node.start_mark.column
    first = line_start(text, node.start_mark.index)
    if text[first : node.start_mark.index].strip():
        raise Unfit
    ends = [block_end(text, entry, dash) for entry in node.value]
    return [first, *(_next_line(text, end) for end in ends[:-1])], ends


def _next_line(text: str, end: int) -> int:
    found = BREAK.match(text, end)
    if not found:
        raise Unfit
    return found.end()


def _chunk(text: str, start: int, end: int, pieces: Iterable[Piece]) -> str:
    return with_pieces(
        text[start:end], [(one - start, other - start, piece) for one, other, piece in pieces]
    )


def _fresh(root: Any, node: Any, dash: int, wanted: Text) -> list[str]:
    """A new entry in the layout of the first one."""
    style, first = style_of(root), node.value[0]
    column = first.start_mark.column
    lines = [" " * column + flow(pairs_of_text(wanted), style)]
    return as_entry(
        lines if first.flow_style else block(pairs_of_text(wanted), style, column), dash
    )


def _comments_of(text: str, start: int, end: int, entry: Any) -> list[str]:
    """The comments of an entry that is taken out. Raises Unfit where they cannot be told from its
    texts.
    """
    if any(side.start_mark.line != side.end_mark.line for _key, side in entry.value):
        raise Unfit
    return comments(text[start:end])


def comments(text: str) -> list[str]:
    """The lines that are comments and no more."""
    return [line for line in BREAK.split(text) if line.lstrip(" ").startswith("#")]


def _in_brackets(
    text: str, root: Any, node: Any, new: Sequence[Text], origins: Sequence[int | None]
) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    if "#" in text[start:end]:
        raise Unfit
    told = []
    for origin, wanted in zip(origins, new, strict=True):
        if origin is None:
            told.append(flow(pairs_of_text(wanted), style_of(root)))
        else:
            entry = node.value[origin]
            pieces = text_pieces(text, entry, wanted, within=True)
            told.append(_chunk(text, entry.start_mark.index, entry.end_mark.index, pieces))
    return text[:start] + "[" + ", ".join(told) + "]" + text[end:]
