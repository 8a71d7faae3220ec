"""Numbers, dates and lists in words. Digit grouping is Babel's; dates and lists are the catalogue's
own patterns, because CLDR's for Tibetan are not fit for print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from policycards.catalogue.model.dates import When
from policycards.typeset.normalization import tibetan_digits as in_tibetan_digits
from policycards.typeset.text_model import Lang

if TYPE_CHECKING:
    from babel import Locale


@cache
def _locale(lang: Lang) -> Locale:
    """Babel's locale of a language, looked up once: by name it is searched for again at every
    number.
    """
    from babel import Locale  # not before a number is wanted: it is read from disk

    return Locale(lang)


def amount(value: Decimal, lang: Lang, tibetan_digits: bool = False) -> str:
    """An amount with grouped digits, its decimals as they are written, without decimals that are
    all zero.

    >>> [amount(Decimal(each), "zh") for each in ("13800", "7.50", "1000.00")]
    ['13,800', '7.50', '1,000']
    >>> amount(Decimal("7.50"), "bo", tibetan_digits=True)
    '༧.༥༠'
    """
    from babel.numbers import format_decimal

    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) and value % 1 else 0
    pattern = "#,##0." + "0" * places if places else "#,##0"
    text: str = format_decimal(value, format=pattern, locale=_locale(lang))
    return in_tibetan_digits(text) if tibetan_digits else text


def plain(value: Decimal) -> str:
    """``amount`` with European digits, the same in both languages, in a tenth of the time.

    >>> plain(Decimal("13800.00")), plain(Decimal("1234.5"))
    ('13,800', '1,234.5')
    """
    return f"{value:,f}" if value % 1 else f"{value.to_integral_value():,f}"


def date(when: When, words: Mapping[str, str], lang: Lang) -> str:
    """A date as precise as it is known, by the patterns ``date_year``, ``date_month`` and
    ``date_day`` of a language.

    >>> date(When.parse("2016-07"), {"date_month": "{y}年{m}月"}, "zh")
    '2016年7月'
    """
    key = "date_day" if when.day else "date_month" if when.month else "date_year"
    return words[key].format(y=when.year, m=when.month, d=when.day)


def since(when: When, words: Mapping[str, str], lang: Lang) -> str:
    """From when something holds, by ``since``, or by ``since_at_latest`` where only the latest date
    is known.

    >>> since(When.parse("../2016"), {"date_year": "{y}年", "since_at_latest": "不晚于{date}"}, "zh")
    '不晚于2016年'
    """
    return words["since_at_latest" if when.at_latest else "since"].format(
        date=date(when, words, lang)
    )


def listing(items: Sequence[str], words: Mapping[str, str], lang: Lang) -> str:
    """Things in a row, by ``list_two``, or by ``list_middle`` between them and ``list_last`` before
    the last.

    >>> patterns = {"list_two": "{a}和{b}", "list_middle": "{a}、{b}", "list_last": "{a}和{b}"}
    >>> listing(["青稞", "小麦", "油菜"], patterns, "zh")
    '青稞、小麦和油菜'
    """
    if len(items) < 3:
        return (
            words["list_two"].format(a=items[0], b=items[1]) if len(items) == 2 else "".join(items)
        )
    listed = items[0]
    for item in items[1:-1]:
        listed = words["list_middle"].format(a=listed, b=item)
    return words["list_last"].format(a=listed, b=items[-1])
