"""Where the parts of a YAML text stand: nodes with their offsets, and what belongs behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from policycards.catalogue.yaml.source import Path_

BREAK = re.compile(r"\r\n|\r|\n")


def child(node: Any, key: str) -> Any:
    """The value of a key of a map; None where there is none."""
    return next((value for name, value in node.value if name.value == key), None)


def node_at(root: Any, path: Path_) -> tuple[Any, bool]:
    """The node at a path, and whether it stands in braces or brackets."""
    node, within = root, False
    for step in path:
        within = bool(node.flow_style)
        node = node.value[step] if isinstance(step, int) else child(node, step)
    return node, within


def quote_of(node: Any) -> str:
    """The quotes of a scalar; empty for none."""
    return node.style if node.style in ("'", '"') else ""


def behind(text: str, node: Any, column: int, lines: Iterable[str]) -> tuple[int, str]:
    """New lines behind a node of a block, and behind the comments that belong to it, being further
    in.
    """
    return block_end(text, node, column), "".join(ending_of(text) + line for line in lines)


def block_end(text: str, node: Any, column: int) -> int:
    """The offset where the last line of a node ends, with the comments below it that are further in
    than a column.
    """
    at = line_end(text, end_of(text, node))
    while (following := BREAK.match(text, at)) and _is_comment(text, following.end(), column):
        at = line_end(text, following.end())
    return at


def ending_of(text: str) -> str:
    """How the lines of a text end."""
    first = BREAK.search(text)
    return first.group() if first else "\n"


def _is_comment(text: str, start: int, column: int) -> bool:
    line = text[start : line_end(text, start)]
    return line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > column


def line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    found = BREAK.search(text, offset)
    return found.start() if found else len(text)


def end_of(text: str, node: Any) -> int:
    """The offset behind the last character of a node; what YAML calls its end may lie behind blank
    lines.
    """
    end: int = node.end_mark.index
    if isinstance(node.value, str):
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return (
        max(end_of(text, last[0]), end_of(text, last[1]))
        if isinstance(last, tuple)
        else end_of(text, last)
    )
