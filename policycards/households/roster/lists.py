"""A table with known columns as a list of typed rows: sums and remarks left out, every cell
checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from policycards.core.codes import KINDS, Severity
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.columns import Converted, convert
from policycards.households.roster.fields import Field
from policycards.households.roster.findings import Findings
from policycards.households.roster.headings import Matching
from policycards.households.roster.person_names import TIBETAN, by_script
from policycards.households.roster.source_tables import ROW

BAD, DOUBTED = "bad", "doubted"
"""Rows that cannot be used; and rows of people of whom a cell is faulty, so that what it tells is
not known.
"""
OF_A_PERSON = frozenset({"birth", "date", "number", "choice", "yes_no"})
"""Kinds of facts about a person without which the rest of a row holds."""
IDENTITY = "identity"

_TOTAL = r"^\s*(本页)?\s*(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|བསྡོམས|(?i:sub)?(?i:total))"
_REMARK = r"^\s*(注|备注|说明|填表|制表|审核|负责人|单位|联系|日期|经办)"


@dataclass(frozen=True, slots=True)
class PersonList:
    """Rows of a list: ``row``, the columns of its fields typed, ``bad``, ``doubted``, and the
    heads' identity numbers.

    ``matching`` no longer holds the text of the table: at a region's size that would be a second
    roster in memory.
    """

    matching: Matching
    frame: pl.DataFrame
    totals: int

    @property
    def file(self) -> str:
        return self.matching.table.file

    def has(self, field: str) -> bool:
        return field in self.matching.columns


def read_list(
    matching: Matching,
    fields: Mapping[str, Field],
    areas: AreaCodes,
    today: date,
    findings: Findings,
) -> PersonList:
    """Checks and converts every cell; rows with an error are marked ``bad``, or ``doubted`` if it
    is a person's fact.

    An approval is none of these: where its cell were taken for an empty one, the person would not
    be on the list.
    """
    raw, totals = _rows(matching)
    matching = replace(matching, table=replace(matching.table, frame=pl.DataFrame()))
    bad = _too_wide(matching, raw, findings)
    raw = raw.select(ROW, *(str(column) for column in matching.columns.values()))
    columns: dict[str, pl.Series] = {ROW: raw[ROW]}
    doubted = pl.repeat(False, raw.height, eager=True)
    for name, column in sorted(matching.columns.items(), key=lambda each: each[1]):
        text = raw.drop_in_place(str(column))
        if name == IDENTITY:
            columns[IDENTITY] = text.alias(IDENTITY)
        elif fields[name].kind != "drop":
            converted = convert(text, fields[name], areas, today)
            columns[name] = converted.values.alias(name)
            faulty = _reported(name, text, converted, columns[ROW], matching, findings)
            if fields[name].owner == "member" and fields[name].kind in OF_A_PERSON:
                doubted |= faulty
            else:
                bad |= faulty
    return PersonList(
        matching, _names_in_place(pl.DataFrame({**columns, BAD: bad, DOUBTED: doubted})), totals
    )


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
    told = pl.DataFrame({ROW: rows, "text": text, "found": converted.found}).filter(
        pl.col("found").is_not_null()
    )
    column, heading = matching.columns[name] + 1, matching.heading(name)
    for row, cell, number in told.iter_rows():
        found = converted.findings[number]
        findings.add(
            found.code, matching.table.file, row, column, cell, heading=heading, **found.facts
        )
    errors = [KINDS[found.code].severity is Severity.ERROR for found in converted.findings]
    return converted.found.replace_strict(
        range(len(errors)), errors, default=False, return_dtype=pl.Boolean
    )


def _rows(matching: Matching) -> tuple[pl.DataFrame, int]:
    """The rows below the headings, without empty ones, sums, remarks and headings said again; and
    how many of these.
    """
    known = [str(column) for column in sorted(matching.columns.values())]
    first = pl.coalesce(_filled(str(column)) for column in range(int(known[-1]) + 1))
    again = pl.all_horizontal(
        pl.col(str(column)).str.strip_chars() == matching.headings[column].strip()
        for column in matching.columns.values()
    )
    count = pl.sum_horizontal(_filled(name).is_not_null() for name in known)
    below = matching.table.frame.slice(int((matching.table.frame[ROW] <= matching.row).sum()))
    dropped = first.str.contains(_TOTAL) | ((count <= 1) & first.str.contains(_REMARK)) | again
    marks = below.lazy().select(filled=count > 0, dropped=dropped.fill_null(False)).collect()
    kept = marks["filled"] & ~marks["dropped"]
    rows = below if kept.all() else below.filter(kept)
    return rows, int((marks["filled"] & marks["dropped"]).sum())


def _filled(name: str) -> pl.Expr:
    """A cell's text, null where it is blank."""
    return pl.when(pl.col(name).str.contains(r"\S")).then(name)


def _too_wide(matching: Matching, raw: pl.DataFrame, findings: Findings) -> pl.Series:
    """Rows of a CSV with a cell beyond the last heading: a comma in a cell has shifted all that
    follow it.
    """
    table = matching.table
    last = max(column for column, heading in enumerate(matching.headings) if heading) + 1
    beyond = [str(column) for column in range(last, raw.width - 1)]
    if not table.separated or not beyond:
        return pl.repeat(False, raw.height, eager=True)
    wide = raw.select(
        pl.any_horizontal((pl.col(beyond).str.strip_chars() != "").fill_null(False))
    ).to_series()
    for row in raw[ROW].filter(wide):
        findings.add("E511", table.file, row, 0, None, columns=last)
    return wide


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
    joined = frame.join(mended, on=ROW, how="left", maintain_order="left")
    crossed = pl.col("mended").is_not_null()
    return joined.with_columns(
        name_bo=pl.when(crossed).then("bo").otherwise("name_bo"),
        name_zh=pl.when(crossed).then("zh").otherwise("name_zh"),
    ).drop("bo", "zh", "mended")
