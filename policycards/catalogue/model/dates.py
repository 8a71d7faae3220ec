"""Dates as precise as they are known, and the days that a file may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_DATE = re.compile(r"(\.\./)?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as it is known: year, month or day; ``at_latest`` when only an upper bound
    is known.

    Written ``"2016"``, ``"2016-07"``, ``"2016-07-01"``, and ``"../2016"`` for "in force by 2016,
    start unknown".

    >>> When.parse("2016-07").first_day
    datetime.date(2016, 7, 1)
    >>> str(When.parse("../2016"))
    '../2016'
    """

    year: int
    month: int | None = None
    day: int | None = None
    at_latest: bool = False

    @classmethod
    def parse(cls, text: str) -> When:
        """Raises ValueError for another form and for a day that no calendar has."""
        match = _DATE.fullmatch(text)
        if not match:
            raise ValueError(text)
        at_latest, year, month, day = match.groups()
        date(int(year), int(month or 1), int(day or 1))
        return cls(
            int(year), int(month) if month else None, int(day) if day else None, bool(at_latest)
        )

    @classmethod
    def of(cls, day: date) -> When:
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return ("../" if self.at_latest else "") + "-".join(parts)


def _when(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return When.parse(value)
        except ValueError:
            raise PydanticCustomError(
                "date_impossible" if _DATE.fullmatch(value) else "date_form", "a date"
            ) from None
    if not isinstance(value, When):
        raise PydanticCustomError("string_type", "a date")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    when = _when(value)
    if when.day is None or when.at_latest:
        raise PydanticCustomError("day_needed", "a day")
    return when.first_day


Dated = Annotated[
    When,
    BeforeValidator(_when),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^(\.\./)?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
