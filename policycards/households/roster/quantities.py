"""Units of numbers as headings and cells name them: what converts into a column's own unit, and
what does not.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal

from policycards.households.roster.fields import Field

MU = {
    "亩": Decimal(1),
    "市亩": Decimal(1),
    "mu": Decimal(1),
    "公顷": Decimal(15),
    "ha": Decimal(15),
    "hm2": Decimal(15),
    "hm²": Decimal(15),
    "顷": Decimal(100),
    "万亩": Decimal(10_000),
    "平方米": Decimal("0.0015"),
    "平米": Decimal("0.0015"),
    "m2": Decimal("0.0015"),
    "㎡": Decimal("0.0015"),
}
"""Mu in a unit of area: a hectare has fifteen."""
YUAN = {
    "元": Decimal(1),
    "人民币元": Decimal(1),
    "yuan": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
}
_PERIODS = {
    "月": "month",
    "每月": "month",
    "/月": "month",
    "年": "year",
    "每年": "year",
    "/年": "year",
    "全年": "year",
    "年度": "year",
    "季": "quarter",
    "季度": "quarter",
    "/季": "quarter",
    "/季度": "quarter",
    "每季": "quarter",
    "每季度": "quarter",
    "日": "day",
    "天": "day",
    "/日": "day",
    "/天": "day",
    "半年": "half",
    "/半年": "half",
    "次": "once",
    "/次": "once",
    "一次性": "once",
}
_TIMES = {"month": 12, "quarter": 4, "half": 2, "year": 1}
_PER_PERSON = re.compile(r"[/·.每]?(?:人均|人|户均|户)[·./每]?")
_PER_WHOM = re.compile(r"[每人户]均|[/·.每][人户]")
_COUNTED = frozenset({"头", "只", "匹", "株", "棵", "个", "人", "户", "口", "头(只)", "头/只"})

Answer = Literal["own", "unknown"]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def factor_of(unit: str, field: Field) -> Decimal | None:
    """What a number in a unit is multiplied with to be in the field's own; None where it cannot
    be.

    An unknown word is None as well: nobody could tell what it does to the number.
    """
    plain = _plain(unit).removeprefix("单位").lstrip(":")
    if field.kind == "override":
        return _money_factor(plain, field)
    if field.kind in ("number", "order"):
        own = _plain(field.unit.zh) if field.unit else ""
        if own in MU:
            return MU[plain] / MU[own] if plain in MU else None
        return Decimal(1) if plain == own or (not own and plain in _COUNTED) else None
    return None


def _money_factor(plain: str, field: Field) -> Decimal | None:
    """Yuan, for whom and for how long: what is paid each month is twelve times as much in a year,
    but a year's amount tells no month's, and an amount for each person no household's.
    """
    period = field.period
    whose = _PER_WHOM.search(plain)
    if whose and (whose.group() == "户均" or ("人" in whose.group()) != (field.owner == "member")):
        return None
    money = next(
        (word for word in sorted(YUAN, key=len, reverse=True) if plain.startswith(word)), ""
    )
    rest = plain.removeprefix(money)
    lead = next(
        (word for word in ("每月", "每年", "月", "年") if not money and plain.startswith(word)), ""
    )
    if lead:
        rest = plain.removeprefix(lead)
        money = next((word for word in sorted(YUAN, key=len, reverse=True) if rest == word), "元")
        rest = lead if rest in ("", money) else plain
    per_person = _PER_PERSON.match(rest)
    if per_person and per_person.group() and rest != per_person.group():
        rest = "/" + rest[per_person.end() :].lstrip("/·.每")
    elif per_person and per_person.group():
        rest = ""
    stated = _PERIODS.get(rest, "" if not rest else "?")
    if stated == "?":
        return None
    scale = YUAN.get(money, Decimal(1))
    if not stated or stated == period:
        return scale
    if period == "year" and stated in _TIMES:
        return scale * _TIMES[stated]
    return None


def is_unit(text: str) -> bool:
    """Whether a word is a unit of area or money, with or without a period.

    >>> is_unit("公顷"), is_unit("元/月"), is_unit("示例一乡")
    (True, True, False)
    """
    plain = _plain(text)
    return plain in MU or plain in _COUNTED or any(plain.startswith(word) for word in YUAN)


def stated_units(title: str) -> list[str]:
    """The units of a line above a list that does nothing but name them.

    >>> stated_units("乡镇：示例一乡   单位：亩、元"), stated_units("填报单位：示例一乡人民政府")
    (['亩', '元'], [])
    """
    found = re.search(r"(?<!填报)(?<!填表)(?<!制表)(?:计量)?单位[:：]\s*([^\s:：]+)", title)
    words = re.split(r"[、,，;；]", found.group(1).strip("()（）")) if found else []
    return words if words and all(is_unit(word) for word in words) else []


_AMOUNT = re.compile(
    r"(?P<about>约|大约|左右|近)?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+)"
    r"(?P<unit>[^\d.,+\-]*)"
)
_MU_AND_TENTHS = re.compile(r"(\d+)亩(\d)分(?:(\d)厘|(半))?")


def split_amount(text: str) -> tuple[Decimal, str, bool] | None:
    """The number in a folded cell, the unit behind it, and whether it is only said to be about so;
    None for what is no number.

    >>> split_amount("1,200元"), split_amount("12亩5分")
    ((Decimal('1200'), '元', False), (Decimal('12.5'), '亩', False))
    """
    plain = re.sub(r"\s+(?=[^\d\s.,])|(?<=[^\d\s.,])\s+", "", text.strip())
    plain = plain.removeprefix("¥").removeprefix("￥")
    if tenths := _MU_AND_TENTHS.fullmatch(plain):
        small = tenths[3] or ("5" if tenths[4] else "")
        return Decimal(f"{tenths[1]}.{tenths[2]}{small}"), "亩", False
    match = _AMOUNT.fullmatch(plain)
    if not match:
        return None
    unit = match["unit"]
    about = bool(match["about"]) or unit.endswith(("左右", "多", "余", "上下"))
    return Decimal(match["number"].replace(",", "")), unit, about
