"""A table with known columns as a list of typed rows: what is no person left out, every cell
checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from policycards.core.codes import KINDS, Severity
from policycards.core.names import name_key
from policycards.households.model import BORN_FROM, BORN_TO
from policycards.households.roster.area_codes import QUESTION, AreaCodes
from policycards.households.roster.cells import TIBETAN, by_script, folded
from policycards.households.roster.date_cells import UNSURE, days_of, known_parts
from policycards.households.roster.fields import DROPPED, Field
from policycards.households.roster.findings import ROW_BITS, Findings, Question
from policycards.households.roster.heading_match import Matching
from policycards.households.roster.identity_numbers import births_of, whole_numbers
from policycards.households.roster.relations import heads_of
from policycards.households.roster.roster_columns import Converted, convert, trimmed
from policycards.households.roster.rows import (
    are_moved_headings,
    is_no_name,
    is_signature,
    is_sum,
    kind_of,
    plain,
)
from policycards.tables.csv_reader import ROW
from policycards.tables.tables import Table

BAD, DOUBTED = "bad", "doubted"
"""Rows that cannot be used; and rows of people of whom a cell is faulty, so that what it tells is
not known.
"""
HEAD, STRANGE, STRAY, HIDDEN, NUMBERED = "head", "strange", "stray", "hidden", "numbered"
"""Rows that say of themselves that they are a head's; those whose relation nobody knows; those that
are no person and fit nowhere; those that the office has hidden.
"""
OF_A_PERSON = frozenset({"birth", "date", "number", "choice", "yes_no"})
"""Kinds of facts about a person without which the rest of a row holds."""
IDENTITY = "identity"
MONTH_QUESTION = "month:"
"""How a number such as 1956.1 is asked about: January or October."""

RECENT = 4
"""Years within which a day may be that of a signature."""

_NAMES = ("name_zh", "name_bo")
_SUSPECT = (
    r"计|共|总|数|注|完|填|制|审|核|负|签|章|页|以下|空|日期|时间|单位|书记|主任|说明|例|负责|汇|均|其中"
    r"|[:：\d]|^[(（]?(?:无|空|待|不详|未|没有)|会$|府$|处$|室$|组$|队$|心$|社$|所$"
    r"|བསྡོམས|སྒྲིག་མཁན|འབྲི་མཁན|ཞིབ་བཤེར|འགན་ཁུར|མིང་རྟགས|ཐམ་ག|ཨུ་ཡོན"
    r"|(?i)total|[一二三四五六七八九十]、"
)
"""Where none of these stands in a cell of names, it is looked at no further."""
_PERSONAL_FACTS = ("relation", "birth_date", IDENTITY, "head_identity", "people")


@dataclass(frozen=True, slots=True)
class PersonList:
    """Rows of one or more tables: ``row``, the columns of their fields typed, ``bad``, ``doubted``,
    ``head``, ``strange``, ``hidden``, and the whole identity numbers.

    ``matchings`` no longer hold the text of the tables: at a region's size that would be a second
    roster in memory. ``aside`` are rows that are no people, by what they are.
    """

    matchings: tuple[Matching, ...]
    frame: pl.DataFrame
    aside: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    births: int = 0

    @property
    def matching(self) -> Matching:
        return self.matchings[0]

    @property
    def file(self) -> str:
        return self.matching.table.file

    def has(self, name: str) -> bool:
        return any(name in each.columns for each in self.matchings)

    def column(self, row: int, name: str) -> int:
        """The column of a field in the table of a row, from 1; 0 where it has none."""
        columns = self.matchings[min(row >> ROW_BITS, len(self.matchings) - 1)].columns
        return columns[name] + 1 if name in columns else 0

    @property
    def is_of_heads(self) -> bool:
        return all(each.is_of_heads for each in self.matchings)


def joined(lists: list[PersonList]) -> PersonList:
    """The lists of several tables as one, in their order."""
    if len(lists) == 1:
        return lists[0]
    aside: dict[str, tuple[int, ...]] = {}
    for each in lists:
        for kind, rows in each.aside.items():
            aside[kind] = (*aside.get(kind, ()), *rows)
    return PersonList(
        tuple(matching for each in lists for matching in each.matchings),
        pl.concat([each.frame for each in lists], how="diagonal"),
        aside,
        sum(each.births for each in lists),
    )


def read_list(
    matching: Matching,
    fields: Mapping[str, Field],
    areas: AreaCodes,
    today: date,
    findings: Findings,
    *,
    answers: Mapping[str, str] | None = None,
    questions: dict[str, Question] | None = None,
    village: str = "",
    of_people: bool = True,
) -> PersonList:
    """Checks and converts every cell; rows with an error are marked ``bad``, or ``doubted`` if it
    is a person's fact.

    An approval is none of these: where its cell were taken for an empty one, the person would not
    be on the list. ``village`` holds for rows that name none.
    """
    index = len(findings.files)
    findings.files.append(matching.table.file)
    asked = questions if questions is not None else {}
    raw, stray, aside = _rows(matching, of_people, today, findings, index)
    table = matching.table
    matching = replace(matching, table=replace(table, frame=pl.DataFrame()))
    rows = raw[ROW] + (index << ROW_BITS)
    bad = _too_wide(matching, table, raw, rows, findings)
    raw = raw.select(ROW, *dict.fromkeys(str(column) for column in matching.columns.values()))
    columns: dict[str, pl.Series] = {ROW: rows}
    texts = {name: raw[str(column)] for name, column in matching.columns.items()}
    numbers = raw[ROW]
    del raw
    whole = _identities(texts, matching)
    births = 0
    if "birth_date" in matching.columns or whole is not None:
        text, births = _birth_texts(texts.get("birth_date"), whole, numbers, matching, table)
        texts["birth_date"] = _answered_months(text, matching, answers or {}, asked)
        if "birth_date" not in matching.columns:
            at = matching.columns.get(IDENTITY, matching.columns.get("head_identity", 0))
            matching = replace(matching, columns={**matching.columns, "birth_date": at})
    if "area" in texts and "township" in texts:
        texts["area"] = _with_township(texts["area"], texts["township"], areas)
    doubted = pl.repeat(False, len(rows), eager=True)
    for name, column in sorted(matching.columns.items(), key=lambda each: each[1]):
        if name not in texts or fields[name].kind == "drop":
            continue
        text = _kept_once(texts.pop(name), numbers, fields[name], column, table)
        converted = convert(
            text, fields[name], areas, today, matching.meanings.get(name), table.first_day
        )
        columns[name] = converted.values.alias(name)
        if name == "birth_date":
            columns |= _partial_births(text, converted)
        faulty = _reported(name, text, converted, rows, matching, findings)
        if name == "area":
            _ask_villages(text, converted, areas, asked)
        if fields[name].owner == "member" and fields[name].kind in OF_A_PERSON:
            doubted |= faulty
        else:
            bad |= faulty
    frame = pl.DataFrame({**columns, BAD: bad, DOUBTED: doubted})
    if whole is not None:
        frame = frame.with_columns(whole.alias(IDENTITY))
        frame = _checked_identities(frame, texts, numbers, matching, findings)
    frame = frame.with_columns(*_heads(frame, matching), stray.alias(STRAY))
    hidden = numbers.is_in(sorted(table.hidden)) if table.hidden else pl.lit(False)
    frame = frame.with_columns((pl.col(BAD) | pl.col(STRAY)).alias(BAD), hidden.alias(HIDDEN))
    if village:
        known = pl.col("area") if "area" in frame.columns else pl.lit(None, pl.String)
        frame = frame.with_columns(known.fill_null(village).alias("area"))
    shifted = {
        kind: tuple(row + (index << ROW_BITS) for row in rows) for kind, rows in aside.items()
    }
    for row in frame[ROW].filter(stray):
        findings.add("E563", row, 0, None)
    return PersonList((matching,), _names_in_place(frame), shifted, births)


def _reported(
    name: str,
    text: pl.Series,
    converted: Converted,
    rows: pl.Series,
    matching: Matching,
    findings: Findings,
) -> pl.Series:
    """Reports what was found in a column, and tells the rows in which it is an error."""
    if not converted.findings:
        return pl.repeat(False, len(text), eager=True)
    found = pl.DataFrame({ROW: rows, "text": text, "found": converted.found}).filter(
        pl.col("found").is_not_null()
    )
    column, heading = matching.columns[name] + 1, matching.heading(name)
    for row, cell, number in found.iter_rows():
        finding = converted.findings[number]
        findings.add(
            finding.code,
            row,
            column,
            cell.rstrip(UNSURE) if cell else cell,
            heading=heading,
            **finding.facts,
        )
    errors = [KINDS[found.code].severity is Severity.ERROR for found in converted.findings]
    return converted.found.replace_strict(
        range(len(errors)), errors, default=False, return_dtype=pl.Boolean
    )


def _rows(
    matching: Matching, of_people: bool, today: date, findings: Findings, index: int
) -> tuple[pl.DataFrame, pl.Series, dict[str, tuple[int, ...]]]:
    """The rows below the headings that are people or fit nowhere, which of them do the latter, and
    what the others are.
    """
    known = sorted(set(matching.columns.values()))
    below = matching.table.frame.slice(int((matching.table.frame[ROW] <= matching.row).sum()))
    blank = pl.all_horizontal(~_filled(str(column)) for column in range(below.width - 1))
    below = below.filter(~blank)
    is_person = _is_person(below, matching, of_people, today)
    others = below.filter(~is_person)
    if others.is_empty():
        return below, is_person & False, {}
    kinds: dict[int, str] = {}
    moved: list[int] = []
    aside: dict[str, tuple[int, ...]] = {}
    for row, *cells in others.iter_rows():
        kind = kind_of(cells, matching.headings)
        if kind == "stray" and not any((cells[at] or "").strip() for at in known):
            kind = "note"
        kinds[row] = kind
        if kind == "headings" and are_moved_headings(cells, matching.headings):
            moved.append(row)
        if kind != "stray":
            aside[kind] = (*aside.get(kind, ()), row)
    stray_rows = [row for row, kind in kinds.items() if kind == "stray"]
    stray = below[ROW].is_in(stray_rows)
    kept = is_person | stray
    if moved:
        findings.add("E598", moved[0] + (index << ROW_BITS), 0, None)
        kept &= below[ROW] < moved[0]
    return below.filter(kept), stray.filter(kept), aside


def _is_person(below: pl.DataFrame, matching: Matching, of_people: bool, today: date) -> pl.Series:
    """Rows with a name and something of a person; of a table of households, with their number.

    What a sum or a signature says in any cell decides over a name and a date alone.
    """
    columns = matching.columns
    if not of_people:
        number = below.select(_filled(str(columns["household_id"]))).to_series()
        return number & ~_says_no_number(below, columns["household_id"])
    names = _name_columns(matching)
    if not names:  # a department's list that tells who is meant by a number alone
        own_numbers = [columns[name] for name in ("household_id", IDENTITY) if name in columns]
        filled = pl.any_horizontal(_filled(str(at)) for at in own_numbers)
        return below.select(filled).to_series() & ~_says_no_number(below, own_numbers[0])
    headings = [heading for heading in matching.headings if heading]
    again = pl.any_horizontal(
        pl.col(str(at)).str.strip_chars().is_in(headings).fill_null(False) for at in names
    )
    named = below.select(pl.any_horizontal(_filled(str(at)) for at in names) & ~again).to_series()
    named &= ~_surely_no_name(below, names)
    facts = [columns[name] for name in _PERSONAL_FACTS if name in columns]
    own = [columns[name] for name in ("household_id",) if name in columns]
    if "relation" not in columns:
        facts += own
        facts += [
            at
            for name, at in columns.items()
            if name == "area" or (matching.is_of_heads and name not in (*_NAMES, *DROPPED))
        ]
    else:
        facts += own
    has_person = below.select(
        pl.any_horizontal(_filled(str(at)) for at in facts) if facts else pl.lit(True)
    ).to_series()
    sure = [columns[name] for name in ("relation", IDENTITY) if name in columns]
    person = named & has_person & ~_only_a_recent_day(below, matching, today)
    doubtful = person
    if sure:
        doubtful = (
            person & ~below.select(pl.any_horizontal(_filled(str(at)) for at in sure)).to_series()
        )
    if not doubtful.any():
        return person
    texts = [below.filter(doubtful)[str(at)].drop_nulls().unique() for at in range(below.width - 1)]
    words = {
        text
        for series in texts
        for text in series
        if (each := plain(text)) and (is_sum(each) or is_signature(each))
    }
    if not words:
        return person
    marked = below.select(
        pl.any_horizontal(
            pl.col(str(at)).is_in(sorted(words)).fill_null(False) for at in range(below.width - 1)
        )
    ).to_series()
    return person & ~(doubtful & marked)


def _only_a_recent_day(below: pl.DataFrame, matching: Matching, today: date) -> pl.Series:
    """Rows that have a name and a day of the last years and nothing else of a person or household:
    a child, or somebody who signed the list. Nobody could tell.
    """
    columns = matching.columns
    if "birth_date" not in columns:
        return pl.repeat(False, below.height, eager=True)
    apart = {columns["birth_date"], *_name_columns(matching)}
    own = sorted({at for name, at in columns.items() if name != "sex"} - apart)
    years = "|".join(str(today.year - back) for back in range(RECENT))
    return below.select(
        pl.col(str(columns["birth_date"])).str.contains(rf"^\D{{0,3}}(?:{years})").fill_null(False)
        & ~pl.any_horizontal(_filled(str(at)) for at in own)
        if own
        else pl.lit(False)
    ).to_series()


def _name_columns(matching: Matching) -> list[int]:
    return [matching.columns[name] for name in _NAMES if name in matching.columns]


def _surely_no_name(below: pl.DataFrame, columns: list[int]) -> pl.Series:
    """Rows all of whose names are none, by what stands in the columns of names."""
    answers = []
    for at in columns:
        texts = below[str(at)]
        odd = texts.filter(
            ~texts.str.contains(r"^[\p{Han}\p{Tibetan}\p{Latin}·• \u{f0b}]{1,60}$")
            | texts.str.contains(_SUSPECT)
            | (texts.str.len_chars() <= 4) & ~texts.str.contains(r"^[\p{Han}\p{Tibetan}]+$")
        ).unique()
        none = [text for text in odd if text is not None and is_no_name(text)]
        answers.append(
            (~_filled(str(at))) | pl.col(str(at)).is_in(none).fill_null(False)
            if none
            else ~_filled(str(at))
        )
    if not answers:
        return pl.repeat(False, below.height, eager=True)
    return below.select(pl.all_horizontal(answers)).to_series()


def _says_no_number(below: pl.DataFrame, column: int) -> pl.Series:
    """Rows whose cell of household numbers says that they are a sum or a note."""
    texts = below[str(column)]
    is_number = texts.str.contains(r"^[\dA-Za-z./-]+$")
    odd = texts.filter((texts.str.contains(_SUSPECT) & ~is_number).fill_null(False)).unique()
    none = [text for text in odd if text is not None and is_no_name(text)]
    return texts.is_in(none).fill_null(False)


def _filled(name: str) -> pl.Expr:
    """Whether anything can be seen in a cell."""
    return (
        pl.col(name)
        .str.contains(r"[^\s\u{ad}\u{200b}-\u{200f}\u{2060}\u{feff}\u{3000}'/\-—]")
        .fill_null(False)
    )


def _too_wide(
    matching: Matching, table: Table, raw: pl.DataFrame, rows: pl.Series, findings: Findings
) -> pl.Series:
    """Rows of a CSV with a cell beyond the last heading: a comma in a cell has shifted all that
    follow it.
    """
    last = max(column for column, heading in enumerate(matching.headings) if heading) + 1
    beyond = [str(column) for column in range(last, raw.width - 1)]
    if not table.separated or not beyond:
        return pl.repeat(False, raw.height, eager=True)
    wide = raw.select(
        pl.any_horizontal((pl.col(beyond).str.strip_chars() != "").fill_null(False))
    ).to_series()
    for row in rows.filter(wide):
        findings.add("E511", row, 0, None, columns=last)
    return wide


def _identities(texts: Mapping[str, pl.Series], matching: Matching) -> pl.Series | None:
    """The whole identity number of each row: the person's own, or the head's in a list of heads."""
    own = texts.get(IDENTITY)
    if own is None and (matching.is_of_heads or "relation" not in matching.columns):
        own = texts.get("head_identity")
    return whole_numbers(own) if own is not None else None


def _birth_texts(
    text: pl.Series | None,
    whole: pl.Series | None,
    numbers: pl.Series,
    matching: Matching,
    table: Table,
) -> tuple[pl.Series, int]:
    """The cells of birth dates, where they tell less than the identity number that number's date;
    how many these are. Dates that lost a nought are marked.
    """
    length = len(numbers)
    if text is None:
        assert whole is not None
        born = births_of(whole).dt.to_string("%Y-%m-%d")
        return born, length - born.null_count()
    text = trimmed(text)
    column = matching.columns["birth_date"]
    if table.separated:
        lost = text.str.contains(r"^[0-9]{4}\.1$").fill_null(False)
    else:
        rows = sorted(row for row, at in table.numbers if at == column)
        lost = numbers.is_in(rows) & text.str.ends_with(".1").fill_null(False)
    if whole is not None:
        born = births_of(whole)
        is_day = text.str.contains(
            r"^[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?$|^[0-9]{8}$|^[0-9]{5}$"
        ).fill_null(False)
        open_ones = (
            pl.DataFrame({"t": text, "b": born, "lost": lost})
            .with_row_index("at")
            .filter(pl.col("b").is_not_null() & ~is_day)
        )
        taken = [
            (at, day.isoformat())
            for at, cell, day, unsure in open_ones.iter_rows()
            if _agrees(cell, day, unsure)
        ]
        if taken:
            at = pl.Series([each for each, _day in taken])
            new = pl.Series([day for _at, day in taken], dtype=pl.String)
            text = text.scatter(at, new)
            lost = lost.scatter(at, False)
        births = len(taken)
    else:
        births = 0
    if lost.any():
        text = pl.select(pl.when(lost).then(text + UNSURE).otherwise(text)).to_series()
    return text, births


def _partial_births(text: pl.Series, converted: Converted) -> dict[str, pl.Series]:
    """The first and the last day that births can have of which only month or year are told."""
    partial = [at for at, each in enumerate(converted.findings) if each.code == "W528"]
    if not partial:
        return {}
    cells = trimmed(text)
    told = converted.found.is_in(partial).fill_null(False)
    odd = cells.filter(told).unique().drop_nulls()
    spans = [days_of(known_parts(cell)) for cell in odd]
    return {
        name: pl.select(
            pl.when(told).then(
                cells.replace_strict(
                    odd, pl.Series([span[at] for span in spans], dtype=pl.Date), default=None
                )
            )
        )
        .to_series()
        .alias(name)
        for at, name in enumerate((BORN_FROM, BORN_TO))
    }


def _agrees(cell: str | None, day: date, unsure: bool) -> bool:
    """Whether a cell that tells no day tells nothing against a date."""
    if cell is None:
        return True
    parts = known_parts(cell)
    if not parts:
        return not any(each.isdecimal() for each in folded(cell)[:4])
    if parts[0] != day.year:
        return False
    months = {1, 10} if unsure else {parts[1]} if len(parts) > 1 else {day.month}
    return day.month in months


def _answered_months(
    text: pl.Series,
    matching: Matching,
    answers: Mapping[str, str],
    asked: dict[str, Question],
) -> pl.Series:
    """Dates such as 1956.1 by what the office has said of them; else they are asked about."""
    unsure = text.str.ends_with(UNSURE).fill_null(False)
    count = int(unsure.sum())
    if not count:
        return text
    heading = matching.heading("birth_date")
    id_ = MONTH_QUESTION + heading
    month = {"january": "-1", "october": "-10"}.get(answers.get(id_, ""))
    if month is None:
        before = asked[id_].count if id_ in asked else 0
        asked[id_] = Question(id_, heading, ("january", "october"), before + count)
        return text
    plain_years = text.str.head(4) + month
    return pl.select(pl.when(unsure).then(plain_years).otherwise(text)).to_series()


def _with_township(text: pl.Series, township: pl.Series, areas: AreaCodes) -> pl.Series:
    """Names of villages that several townships have, with the township of their row before them."""
    pairs = pl.DataFrame({"v": trimmed(text), "t": trimmed(township)})
    odd = pairs.drop_nulls().unique().filter(~pl.col("v").str.contains(r"^\d+$"))
    mended = [
        (village, town, town + village)
        for village, town in odd.iter_rows()
        if len(areas.named(village)) != 1 and len(areas.named(town + village)) == 1
    ]
    if not mended:
        return text
    table = pl.DataFrame(mended, schema=["v", "t", "whole"], orient="row")
    joined_pairs = pairs.join(table, on=["v", "t"], how="left", maintain_order="left")
    return joined_pairs.select(pl.coalesce("whole", "v")).to_series()


def _ask_villages(
    text: pl.Series, converted: Converted, areas: AreaCodes, asked: dict[str, Question]
) -> None:
    """One question for each name of a village that nobody knows."""
    unknown = [at for at, each in enumerate(converted.findings) if each.code == "E513"]
    if not unknown:
        return
    cells = trimmed(text).filter(converted.found.is_in(unknown))
    for name, count in cells.value_counts(sort=True).head(200).iter_rows():
        id_ = QUESTION + name_key(name)
        if id_ not in asked and re.search(r"[^\d\W]", name):
            near = areas.nearest(name)
            asked[id_] = Question(id_, name, tuple(filter(None, near.split(", "))), count)


def _kept_once(
    text: pl.Series, numbers: pl.Series, field: Field, column: int, table: Table
) -> pl.Series:
    """An approved amount in a cell merged over the rows of a household holds once, not for each of
    its people.
    """
    if field.kind != "override" or not table.blocks:
        return text
    later = {
        row
        for left, top, right, bottom in table.blocks
        if left <= column <= right
        for row in range(top + 1, bottom + 1)
    }
    if not later:
        return text
    amount = text.str.contains(r"\d{2,}").fill_null(False)
    return pl.select(
        pl.when(numbers.is_in(sorted(later)) & amount).then(pl.lit(None, pl.String)).otherwise(text)
    ).to_series()


def _checked_identities(
    frame: pl.DataFrame,
    texts: Mapping[str, pl.Series],
    numbers: pl.Series,
    matching: Matching,
    findings: Findings,
) -> pl.DataFrame:
    """Compares each identity number with the birth date and the sex of its row, and tells of those
    that cannot be right; where dates differ, neither holds.
    """
    name = IDENTITY if IDENTITY in texts else "head_identity"
    column, heading = matching.columns[name] + 1, matching.heading(name)
    own = trimmed(texts[name])
    broken = own.is_not_null() & frame[IDENTITY].is_null() & own.str.contains(r"\d{6}")
    for row in frame[ROW].filter(broken.fill_null(False)):
        findings.add("W581", row, column, None, heading=heading)
    if "birth_date" in frame.columns:
        born = births_of(frame[IDENTITY])
        differs = (born != frame["birth_date"]).fill_null(False)
        at = matching.columns["birth_date"] + 1
        for row in frame[ROW].filter(differs):
            findings.add("W582", row, at, None, heading=matching.heading("birth_date"))
        if differs.any():
            frame = frame.with_columns(
                pl.when(differs).then(None).otherwise("birth_date").alias("birth_date"),
                (pl.col(DOUBTED) | differs).alias(DOUBTED),
            )
    if "sex" in texts:
        sex = trimmed(texts["sex"]).str.head(1)
        odd = frame[IDENTITY].str.slice(16, 1).cast(pl.Int32, strict=False) % 2 == 1
        other = ((sex == "男") & ~odd) | ((sex == "女") & odd)
        for row in frame[ROW].filter(other.fill_null(False)):
            findings.add(
                "W584", row, matching.columns["sex"] + 1, None, heading=matching.heading("sex")
            )
    return frame


def _heads(frame: pl.DataFrame, matching: Matching) -> list[pl.Series]:
    """Which rows say that they are a head's, and which say what nobody knows."""
    none = pl.repeat(False, frame.height, eager=True)
    if "relation" in frame.columns:
        heads, strange = heads_of(frame["relation"])
        return [heads.alias(HEAD), strange.alias(STRANGE)]
    if matching.is_of_heads:
        return [(~none).alias(HEAD), none.alias(STRANGE)]
    return [none.alias(HEAD), none.alias(STRANGE)]


def _names_in_place(frame: pl.DataFrame) -> pl.DataFrame:
    """Both name columns, each name where its script belongs."""
    for name in ("name_bo", "name_zh"):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, pl.String).alias(name))
    crossed = pl.col("name_zh").str.contains(TIBETAN.pattern) | pl.col("name_bo").str.contains(
        r"[^\x{f00}-\x{fff}]"
    )
    odd = frame.select(ROW, "name_bo", "name_zh").filter(crossed.fill_null(False))
    if odd.is_empty():
        return frame
    pairs = [by_script(bo, zh) for _row, bo, zh in odd.iter_rows()]
    mended = pl.DataFrame(
        {ROW: odd[ROW], "bo": [bo for bo, _zh in pairs], "zh": [zh for _bo, zh in pairs]},
        schema_overrides={"bo": pl.String, "zh": pl.String},
    ).with_columns(mended=pl.lit(True))
    joined_names = frame.join(mended, on=ROW, how="left", maintain_order="left")
    crossed = pl.col("mended").is_not_null()
    return joined_names.with_columns(
        name_bo=pl.when(crossed).then("bo").otherwise("name_bo"),
        name_zh=pl.when(crossed).then("zh").otherwise("name_zh"),
    ).drop("bo", "zh", "mended")
