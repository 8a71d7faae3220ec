"""Figures of cases written into their file: a new one in the place of the old, and nothing else
touched.
"""

from __future__ import annotations

import re
from decimal import Decimal

from policycards.core.problems import Place

_FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")


def with_figure(content: bytes, place: Place, figure: Decimal) -> bytes:
    """A file of cases with another figure at a place; raises ValueError where none stands there.

    >>> with_figure(b'a:\\n  amount: "3600" # x\\n', Place("", 2, 12), Decimal("3900.00"))
    b'a:\\n  amount: "3900" # x\\n'
    """
    lines = content.decode("utf-8").splitlines(keepends=True)
    line = lines[place.line - 1]
    found = _FIGURE.match(line, place.column - 1)
    if found is None:
        raise ValueError(line)
    lines[place.line - 1] = f"{line[: found.start()]}{_plain(figure)}{line[found.end() :]}"
    return "".join(lines).encode("utf-8")


def _plain(figure: Decimal) -> str:
    return f"{figure:f}".rstrip("0").rstrip(".") if figure % 1 else f"{figure:.0f}"
