"""Where what belonged to an area belongs today: areas are renamed, merged and split."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol


class Division(Protocol):
    """An area as far as its succession goes."""

    code: str
    valid_to: date | None
    successors: str


def home_of(code: str, areas: Mapping[str, Division], today: date) -> str:
    """The area that an ended one became, over any number of steps; itself where it still is, or was
    split.

    >>> from types import SimpleNamespace as Area
    >>> old = Area(code="1", valid_to=date(2025, 1, 1), successors="2")
    >>> home_of("1", {"1": old, "2": Area(code="2", valid_to=None, successors="")}, date(2026, 1, 1))
    '2'
    """
    seen = {code}
    while is_over(area := areas[code], today):
        heirs = [heir for heir in area.successors.split() if heir in areas]
        if len(heirs) != 1 or heirs[0] in seen:
            break
        code = heirs[0]
        seen.add(code)
    return code


def is_over(area: Division, today: date) -> bool:
    """Whether an area has ended."""
    return area.valid_to is not None and area.valid_to < today
