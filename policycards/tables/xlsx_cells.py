"""Cells of a workbook as Excel shows them: texts, numbers with the digits that Excel keeps, days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats of dates that have a number and no text: ECMA-376 part 1, 18.8.30; 27 to 58 are those of
Chinese Excel.
"""
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|General')
_DATE_PART = re.compile(r"[ymdhs]", re.IGNORECASE)
_SIMPLE = re.compile(
    r'((?:"[^"]*"|\\.|[^0#?.,;@*_"\\\[\]%])*)(0+)((?:"[^"]*"|\\.|[^0#?.,;@*_"\\\[\]%E])*)'
)
"""A format of noughts alone, with or without words around: 0000, "第"0"组", 0"户"."""
_WORD = re.compile(r'"([^"]*)"|\\(.)|([^"\\])')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_466
"""Day number after 9999-12-31, where Excel's calendar ends."""


@dataclass(frozen=True, slots=True)
class FormatCode:
    """How a cell shows a number: as a day, or with noughts before it and words around it."""

    is_day: bool = False
    digits: int = 0
    before: str = ""
    after: str = ""

    def applied(self, number: str) -> str:
        """A number as the cell shows it, where the format does no more than add noughts and words.

        >>> FormatCode(digits=4).applied("7"), FormatCode(digits=1, after="组").applied("2")
        ('0007', '2组')
        """
        if not self.digits or not number.isdigit():
            return number
        return f"{self.before}{number.zfill(self.digits)}{self.after}"


@lru_cache
def format_of(number: str, code: str | None) -> FormatCode:
    """The format of a number and, where the workbook has one of its own, a code.

    >>> format_of("164", "0000").digits, format_of("14", None).is_day
    (4, True)
    """
    if code is None:
        return FormatCode(is_day=number.isdigit() and int(number) in _DATE_FORMATS)
    if shows_day(code):
        return FormatCode(is_day=True)
    simple = _SIMPLE.fullmatch(code)
    if not simple or (len(simple[2]) == 1 and not simple[1] and not simple[3]):
        return FormatCode()
    words = ["".join(map("".join, _WORD.findall(simple[part]))) for part in (1, 3)]
    return FormatCode(False, len(simple[2]), *words)


def unescaped(text: str) -> str:
    """A text with its characters that XML cannot hold; an escape that is no character stays.

    >>> unescaped("a_x000A_b"), unescaped("_xD83D_")
    ('a\\nb', '_xD83D_')
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return match.group() if 0xD800 <= code < 0xE000 or code >= 0xFFFE else chr(code)


def shown_number(value: str) -> str:
    """A number as Excel shows it, with the 15 digits that it keeps; more than that has an exponent,
    being altered.

    >>> shown_number("12.299999999999999"), shown_number("5.4012119500302E+17")
    ('12.3', '5.4012119500302E+17')
    >>> shown_number("540121100201"), shown_number("1.0")
    ('540121100201', '1')
    """
    if value.isascii() and value.isdigit() and len(value) <= 15:
        return value
    number = float(value)
    if number != number or abs(number) == float("inf"):
        raise ValueError(f"{value[:12]} is no number")
    if abs(number) >= 1e15:
        return f"{number:.15g}".upper()
    text = f"{number:.15g}"
    if "e" not in text:
        return text
    return f"{Decimal(text).quantize(Decimal('1e-15'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")


def shows_day(form: str) -> bool:
    """Whether a number format shows a date.

    >>> shows_day('yyyy"年"m"月"d"日"'), shows_day('0.00_);[Red]\\\\(0.00\\\\)'), shows_day("General")
    (True, False, False)
    """
    return bool(_DATE_PART.search(_NOT_SHOWN.sub("", form)))


def shown_day(value: str, first_day: date) -> str:
    """The date that a number of days stands for; Excel has a 29 February 1900 that never was.

    >>> shown_day("18324", date(1899, 12, 30)), shown_day("1", date(1899, 12, 30))
    ('1950-03-02', '1900-01-01')
    """
    days = float(value)
    if not 0 <= days < _LAST_DAY:
        return shown_number(value)
    if days < 60 and first_day.year == 1899:
        days += 1
    try:
        return (first_day + timedelta(days=int(days))).isoformat()
    except OverflowError:
        return shown_number(value)
