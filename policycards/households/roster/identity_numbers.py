"""Identity numbers: recognised, checked, used to derive a household id, a birth date and a sex, and
never kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date

import polars as pl

from policycards.households.roster.cells import folded, unguarded

Digest = Callable[[bytes, int], bytes]
"""A keyed hash of a message in so many bytes; nobody without the county's key can find an identity
number from it.
"""

_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_WHOLE = rf"[1-9][0-9]{{5}}(?:19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]"
SHAPE = rf"(?:^|[^0-9]){_WHOLE}(?:[0-9]{{2,4}}|[^0-9].*)?$"
"""GB 11643: six digits of a division, the birth date, three digits of order, a check character; the
number of a disability certificate has two to four digits more.
"""
OLD_SHAPE = rf"^[1-9][0-9]{{5}}[0-9]{{2}}{_DAY}[0-9]{{3}}$"
"""The form before 1999, of 15 digits."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = "10X98765432"


def identity_of(text: str | None) -> str | None:
    """The eighteen characters of an identity number; None where Excel altered it or a digit is
    wrong. One of 15 digits gets its century and its check character.

    The division in this example does not exist.

    >>> identity_of(" 549901195003020018 "), identity_of("5.40121195003020E+17")
    ('549901195003020018', None)
    >>> identity_of("549901500302001") == identity_of("549901195003020018")
    True
    """
    number = "".join(folded(unguarded(text or "")).split()).upper()
    if len(number) == 15 and re.match(OLD_SHAPE, number):
        number = f"{number[:6]}19{number[6:]}"
        return number + _check(number)
    if len(number) in (20, 21, 22) and number[:17].isdigit():
        number = number[:18]
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        return None
    return number if _check(number[:17]) == number[17] and _born(number) else None


def _check(number: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True))
    return _CHECKS[total % 11]


def _born(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def whole_numbers(texts: pl.Series) -> pl.Series:
    """A column of identity numbers in their whole form, null where one is none."""
    plain = pl.col("n").str.contains(r"^[1-9][0-9]{16}[0-9X]$")
    digits = [pl.col("n").str.slice(at, 1).cast(pl.Int32, strict=False) for at in range(17)]
    total = pl.sum_horizontal(
        digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)
    )
    check = (total % 11).replace_strict(
        list(range(11)), list(_CHECKS), return_dtype=pl.String, default=None
    )
    day = pl.col("n").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    sure = plain & (check == pl.col("n").str.slice(17, 1)) & day.is_not_null()
    frame = (
        pl.DataFrame({"n": texts.str.strip_chars()})
        .lazy()
        .with_columns(sure=sure.fill_null(False), plain=plain.fill_null(False))
        .with_columns(pl.when("sure").then("n").alias("whole"))
        .collect()
    )
    odd = frame["n"].filter(~frame["plain"] & frame["n"].is_not_null()).unique()
    read = [(each, number) for each in odd if (number := identity_of(each))]
    if not read:
        return frame["whole"]
    extra = frame["n"].replace_strict(
        [each for each, _number in read],
        [number for _each, number in read],
        default=None,
        return_dtype=pl.String,
    )
    return frame.select(pl.coalesce("whole", extra)).to_series()


def births_of(numbers: pl.Series) -> pl.Series:
    """The birth dates in whole identity numbers."""
    return numbers.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)


def is_identity(text: str, villages: Collection[str]) -> bool:
    """Whether a household number is an identity number in disguise; the code of a village with the
    number of a house behind it is none.
    """
    if text[:12] in villages:
        return False
    return bool(re.search(SHAPE, text) or re.match(OLD_SHAPE, text))


def normal_form(text: str) -> str:
    """An identity number in disguise as the one number that all its forms stand for."""
    found = re.search(_WHOLE, text)
    number = found.group().upper() if found else text
    return identity_of(number) or number


def derived_id(identity: str, digest: Digest) -> str:
    """A household id from its head's identity number: H and twelve characters, the same in every
    year's list.
    """
    number = int.from_bytes(digest(b"household\0" + identity.encode("ascii"), 8), "big") >> 4
    return "H" + "".join(_LETTERS[number >> 5 * place & 31] for place in range(11, -1, -1))


def derived_ids(identities: Iterable[str | None], digest: Digest | None) -> list[str | None]:
    """For each head's identity number the household id, or None where there is no whole number or
    no key.
    """
    whole = map(identity_of, identities)
    return [derived_id(number, digest) if number and digest else None for number in whole]
