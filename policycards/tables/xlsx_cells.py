"""Cells of an XLSX workbook as Excel shows them: texts, numbers with the digits that Excel keeps,
days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree.ElementTree import Element

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|General')
_DATE_PART = re.compile(r"[ymdhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_466
"""Day number after 9999-12-31, where Excel's calendar ends."""


def local_name(element: Element) -> str:
    """An element's name without its namespace: transitional and strict workbooks differ in nothing
    else here.
    """
    return element.tag.rpartition("}")[2]


def text_of(element: Element) -> str:
    """The text of all runs, without the reading aids that East Asian Excel puts beside it."""
    told = []
    for part in element:
        if local_name(part) == "t":
            told.append(part.text or "")
        elif local_name(part) == "r":
            told += [each.text or "" for each in part if local_name(each) == "t"]
    return unescaped("".join(told))


def unescaped(text: str) -> str:
    """A text with its characters that XML cannot hold.

    >>> unescaped("a_x000A_b")
    'a\\nb'
    """
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def shown_number(value: str) -> str:
    """A number as Excel shows it, with the 15 digits that it keeps; more than that has an exponent,
    being altered.

    >>> shown_number("12.299999999999999"), shown_number("5.4012119500302E+17"), shown_number("540121100201")
    ('12.3', '5.4012119500302E+17', '540121100201')
    """
    if value.isascii() and value.isdigit() and len(value) <= 15:
        return value
    number = float(value)
    if abs(number) < 1e15:
        return (
            f"{number:.15g}"
            if "e" not in f"{number:.15g}"
            else f"{number:.15f}".rstrip("0").rstrip(".")
        )
    return f"{number:.15g}".upper()


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
    return (first_day + timedelta(days=int(days))).isoformat()
