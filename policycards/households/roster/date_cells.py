"""Birth dates and other days in all the forms that Excel and clerks make of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from policycards.households.roster.cells import CellFault, Reading, folded, no_damage

OLDEST = 125
"""Years; nobody is known to have lived so long, while 1900-01-01 is what an empty cell becomes as a
date.
"""
FIRST_DAY = date(1899, 12, 30)
"""From which Excel counts days where a workbook says nothing else."""

UNSURE = "\u203d"
"""Behind a date such as 1956.1, of which a number keeps no last nought."""

_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?|月[份生]?)?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?[生]?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?[生]?")
_SERIAL = re.compile(r"\d{5}")
_YEAR_LAST = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?"
)
_OTHER_CALENDAR = re.compile(
    r"农历|阴历|旧历|夏历|藏历|初[一二三四五六七八九十]|腊月|正月|冬月|廿|饶迥|闰|属|年生肖"
    r"|[鼠牛虎兔龙蛇马羊猴鸡狗猪]年|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|བོད་ཟླ|རབ་བྱུང"
)
_CHINESE = {"〇": "0", "零": "0", "○": "0", "Ｏ": "0"} | {
    character: str(value) for value, character in enumerate("一二三四五六七八九", 1)
}
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月(?:份)?"
    r"(?:([一二三四五六七八九十]{1,3})[日号])?)?"
)


def read_date(text: str, today: date, *, birth: bool, first_day: date = FIRST_DAY) -> Reading:
    """The day in a cell; nothing, with a warning, where only year or month is known, since no day
    is invented.

    Raises CellFault: not a date, an order of day and month that cannot be determined, a day that no
    calendar has, a day of another calendar, and for a birth a day to come or too long ago.

    >>> read_date("1950.3.2", date(2024, 9, 1), birth=True).value
    datetime.date(1950, 3, 2)
    """
    no_damage(text)
    if text.endswith(UNSURE):
        raise CellFault("E590")
    plain = folded(text)
    plain = "".join(plain.split()) if re.search(r"[年月日]", plain) else plain
    if _OTHER_CALENDAR.search(plain):
        raise CellFault("E580")
    plain = re.sub(r"^(?:公历|阳历|新历)[:：]?", "", plain)
    if chinese := _CHINESE_DATE.fullmatch(plain):
        plain = _by_digits(*chinese.groups())
    if parts := _parts(plain):
        day, whole = _first_day(parts), len(parts) == 3
    elif _SERIAL.fullmatch(plain):
        day, whole = first_day + timedelta(days=int(plain)), True
    else:
        raise CellFault("E525" if _YEAR_LAST.fullmatch(plain) else "E524")
    if birth:
        _possible(day, today)
    return Reading(day) if whole else Reading(None, "W528")


def known_parts(text: str) -> tuple[int, ...]:
    """Year and month of a cell that tells no more, or nothing.

    >>> known_parts("1956.3"), known_parts("1956年"), known_parts("1956-03-05")
    ((1956, 3), (1956,), ())
    """
    plain = "".join(folded(text).split())
    if chinese := _CHINESE_DATE.fullmatch(plain):
        plain = _by_digits(*chinese.groups())
    parts = _parts(plain)
    return parts if len(parts) < 3 else ()


def _parts(plain: str) -> tuple[int, ...]:
    """Year, month and day of a folded cell, as far as it has them; nothing where its marks differ:
    1962.7-8 may be a day, or one of two months.
    """
    match = _YEAR_FIRST.fullmatch(plain) or _DIGITS.fullmatch(plain) or _YEAR.fullmatch(plain)
    marks = set(re.findall(r"[-/.年]", re.split(r"[ T]", plain)[0]))
    return tuple(int(part) for part in match.groups() if part) if match and len(marks) < 2 else ()


def days_of(parts: tuple[int, ...]) -> tuple[date, date]:
    """The first and the last day of a year or a month.

    >>> days_of((1956, 2))
    (datetime.date(1956, 2, 1), datetime.date(1956, 2, 29))
    """
    year, month = parts[0], parts[1] if len(parts) > 1 else 0
    return date(year, month or 1, 1), date(year, month or 12, monthrange(year, month or 12)[1])


def _by_digits(year: str, month: str | None, day: str | None) -> str:
    """A date in Chinese numerals with digits: 一九五六年三月 is 1956-3."""
    parts = ["".join(_CHINESE[each] for each in year)]
    for numeral in filter(None, (month, day)):
        tens, ten, ones = numeral.rpartition("十")
        digit = int(_CHINESE.get(ones, "0"))
        parts.append(str((int(_CHINESE.get(tens, "1")) * 10 if ten else 0) + digit))
    return "-".join(parts) if len(parts) > 1 else f"{parts[0]}年"


def _first_day(parts: tuple[int, ...]) -> date:
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
