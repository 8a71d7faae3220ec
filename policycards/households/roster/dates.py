"""Birth dates and other days in all the forms that Excel and clerks make of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from policycards.households.roster.cells import CellFault, Reading, folded

OLDEST = 125
"""Years; nobody is known to have lived so long, while 1900-01-01 is what an empty cell becomes as a
date.
"""

_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?")
_SERIAL = re.compile(r"\d{5}")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")


def read_date(text: str, today: date, *, birth: bool) -> Reading:
    """The day in a cell; nothing, with a warning, where only year or month is known, since no day
    is invented.

    Raises CellFault: not a date, an order of day and month that cannot be told, a day that no
    calendar has, and for a birth a day to come or too long ago.

    >>> read_date("1950.3.2", date(2024, 9, 1), birth=True).value
    datetime.date(1950, 3, 2)
    """
    text = "".join(folded(text).split(" ")) if "年" in text else folded(text)
    match = _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text) or _YEAR.fullmatch(text)
    if match:
        parts = [int(part) for part in match.groups() if part]
        day, whole = _first_day(parts), len(parts) == 3
    elif _SERIAL.fullmatch(text):
        day, whole = date(1899, 12, 30) + timedelta(days=int(text)), True
    else:
        raise CellFault("E525" if _YEAR_LAST.fullmatch(text) else "E524")
    if birth:
        _possible(day, today)
    return Reading(day) if whole else Reading(None, "W528")


def _first_day(parts: list[int]) -> date:
    """The first day of a year, month or day; raises CellFault for what no calendar has."""
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:
        raise CellFault("E526") from None


def _possible(day: date, today: date) -> None:
    if day > today:
        raise CellFault("E527", today=today)
    if day.year < today.year - OLDEST:
        raise CellFault("E529", years=OLDEST)
