"""Whole columns of text to values: plain cells at once, and each odd text once, by the reader of
its kind.

A plain form is one of which both ways are known to agree; a million rows hold few odd texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from policycards.households.roster import cells
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.cells import CellFault, Reading
from policycards.households.roster.date_cells import FIRST_DAY, OLDEST, read_date
from policycards.households.roster.fields import Field
from policycards.households.roster.heading_match import Meaning
from policycards.households.roster.quantities import factor_of

NUMBER = pl.Decimal(18, 4)

_ODD = (
    r"[\x00-\x20\x7f-\u{a0}\u{ad}\u{61c}\u{180e}\u{2000}-\u{200f}\u{2028}-\u{202f}\u{205f}-\u{206f}\u{3000}"
    r"\u{e000}-\u{f8ff}\u{feff}\u{fffd}-\u{ffff}\u{f0000}-\u{10ffff}?？=#]"
)
"""Wherever one of these stands, the reader of texts looks; Rust's syntax, which has \\u{…}."""
_HAN_NAME = r"^[\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{20000}-\u{323af}]+([·][\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}]+)*$"
_TIBETAN_NAME = r"^[\u{f40}-\u{fbc}][\u{f0b}\u{f40}-\u{fbc}]*[\u{f40}-\u{fbc}]$"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with all the cells of a column that hold one text."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Converted:
    """A column's values; ``findings`` of its odd texts, and for each row the number of its finding,
    or null.
    """

    values: pl.Series
    findings: tuple[Finding, ...]
    found: pl.Series


@dataclass(frozen=True, slots=True)
class _Reader:
    """``plain`` turns plain texts into values and all others into null; ``read`` reads whatever
    text.
    """

    dtype: pl.DataType | type[pl.DataType]
    plain: Callable[[pl.Expr], pl.Expr]
    read: Callable[[str], Reading]


def convert(
    raw: pl.Series,
    field: Field,
    areas: AreaCodes,
    today: date,
    meaning: Meaning | None = None,
    first_day: date = FIRST_DAY,
) -> Converted:
    """A column of text as values of the field's kind; what is empty or wrong is null.

    ``meaning`` has the unit and the codes that the column's heading names; day numbers count from
    ``first_day``.
    """
    reader = _reader(field, areas, today, meaning or Meaning(field.name, 1), first_day)
    text = pl.col("text")
    frame = pl.DataFrame({"text": trimmed(raw)}).with_columns(value=reader.plain(text))
    odd = (
        frame["text"].filter(frame["value"].is_null() & frame["text"].is_not_null()).unique().sort()
    )
    if odd.is_empty():
        return Converted(
            frame["value"],
            (),
            pl.Series("found", [None], dtype=pl.Int32).new_from_index(0, len(raw)),
        )
    if field.kind in ("override", "yes_no") and not (meaning and meaning.codes):
        reader = _without_codes(odd, reader)
    values, findings, numbers = _read_each(odd, reader)
    table = pl.DataFrame(
        {
            "text": odd,
            "read": pl.Series(values, dtype=reader.dtype),
            "found": pl.Series(numbers, dtype=pl.Int32),
        }
    )
    frame = frame.join(table, on="text", how="left", maintain_order="left")
    return Converted(
        frame.select(pl.coalesce("value", "read")).to_series(), tuple(findings), frame["found"]
    )


def trimmed(raw: pl.Series) -> pl.Series:
    """Cells without outer spaces and without what only kept Excel from altering them; null where
    they are one of the ways to leave a cell empty.
    """
    text = raw.str.strip_chars()
    short = text.filter(text.str.len_chars() <= 3).unique()
    empty = [each for each in short if each is not None and cells.is_empty(each)]
    if set(short) & {"二", "三"}:  # then 一 counts, and is no dash
        empty = [each for each in empty if each != "一"]
    if empty:
        text = (
            pl.DataFrame({"t": text})
            .select(pl.when(~pl.col("t").is_in(empty)).then("t"))
            .to_series()
        )
    guarded = text.filter(text.str.contains(cells.GUARDED)).unique()
    if guarded.len() == 0:
        return text
    plain = [cells.unguarded(each) or None for each in guarded]
    return text.replace(guarded, pl.Series(plain, dtype=pl.String))


def _without_codes(odd: pl.Series, reader: _Reader) -> _Reader:
    """A reader that refuses every figure of a column that has nothing but small codes: nobody could
    tell which of 1 and 2 is yes.
    """
    plain = {cells.folded(each).removesuffix(".0") for each in odd}
    figures = {each for each in plain if each.isdecimal()}
    if not figures or not all(len(each) == 1 for each in figures) or figures <= {"0", "1"}:
        return reader

    def read(text: str) -> Reading:
        if cells.folded(text).removesuffix(".0") in figures:
            raise CellFault("E577", least=cells.LEAST_AMOUNT)
        return reader.read(text)

    return _Reader(reader.dtype, reader.plain, read)


def _read_each(
    odd: pl.Series, reader: _Reader
) -> tuple[list[object], list[Finding], list[int | None]]:
    values: list[object] = []
    findings: list[Finding] = []
    numbers: list[int | None] = []
    for text in odd:
        value, finding = None, None
        try:
            reading = reader.read(text)
            value = reading.value
            finding = Finding(reading.warning, reading.facts) if reading.warning else None
        except CellFault as fault:
            finding = Finding(fault.code, fault.facts)
        values.append(value)
        numbers.append(len(findings) if finding else None)
        findings += [finding] if finding else []
    return values, findings, numbers


def _reader(
    field: Field, areas: AreaCodes, today: date, meaning: Meaning, first_day: date
) -> _Reader:
    def factor(unit: str) -> Decimal | None:
        return factor_of(unit, field) if unit else meaning.factor

    match field.kind:
        case "id":
            return _Reader(
                pl.String,
                _matching(r"^[A-Za-z0-9]{1,40}$", but=r"^[0-9]+[Ee][0-9]+$"),
                cells.read_id,
            )
        case "area":
            return _Reader(
                pl.String, lambda text: pl.when(text.is_in(areas.plain)).then(text), areas.read
            )
        case "name":
            tibetan = field.name == "name_bo"
            plain = _matching(_TIBETAN_NAME if tibetan else _HAN_NAME)
            return _Reader(pl.String, plain, lambda text: cells.read_name(text, tibetan=tibetan))
        case "order":
            return _Reader(
                pl.Int64,
                _cast(r"^[1-9][0-9]{0,5}$", pl.Int64),
                lambda text: cells.read_order(text, factor, least=int(field.name == "people")),
            )
        case "number":
            plain = _cast(r"^[0-9]{1,6}(\.[0-9]{1,4})?$", NUMBER)
            return _Reader(
                NUMBER,
                plain if meaning.factor == 1 else _none(NUMBER),
                lambda text: cells.read_number(text, factor),
            )
        case "birth" | "date":
            birth = field.kind == "birth"
            return _Reader(
                pl.Date,
                _days(today, birth),
                lambda text: read_date(text, today, birth=birth, first_day=first_day),
            )
        case "choice":
            choices = field.choices
            plain_choices = sorted(choices)
            return _Reader(
                pl.String,
                lambda text: pl.when(text.is_in(plain_choices)).then(text),
                lambda text: cells.read_choice(text, choices),
            )
        case "yes_no":
            return _Reader(
                pl.Boolean,
                _words({"是": True, "否": False}, pl.Boolean),
                lambda text: cells.read_yes_no(text, meaning.codes),
            )
        case "override":
            return _Reader(
                pl.String,
                _words({"是": "yes", "否": "no"}, pl.String),
                lambda text: cells.read_override(text, factor, meaning.codes),
            )
        case _:
            return _Reader(
                pl.String,
                lambda text: pl.when(
                    ~text.str.contains(_ODD)
                    & ~text.str.contains(r"^\d{4}-\d|月\d+日$|^[A-Za-z\d]+-[A-Za-z\d]+$")
                ).then(text),
                cells.read_text,
            )


def _none(dtype: pl.DataType | type[pl.DataType]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: pl.lit(None, dtype)


def _matching(pattern: str, but: str | None = None) -> Callable[[pl.Expr], pl.Expr]:
    def plain(text: pl.Expr) -> pl.Expr:
        fits = text.str.contains(pattern)
        return pl.when(fits & ~text.str.contains(but) if but else fits).then(text)

    return plain


def _cast(pattern: str, dtype: pl.DataType | type[pl.DataType]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: pl.when(text.str.contains(pattern)).then(text).cast(dtype)


def _words(words: Mapping[str, object], dtype: type[pl.DataType]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: text.replace_strict(
        list(words), list(words.values()), default=None, return_dtype=dtype
    )


def _days(today: date, birth: bool) -> Callable[[pl.Expr], pl.Expr]:
    """ISO days that exist and, for births, can be; all others are left to the reader."""

    def plain(text: pl.Expr) -> pl.Expr:
        day = (
            pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}$"))
            .then(text)
            .str.to_date("%Y-%m-%d", strict=False)
        )
        if not birth:
            return day
        return pl.when((day <= today) & (day >= date(today.year - OLDEST, 1, 1))).then(day)

    return plain
