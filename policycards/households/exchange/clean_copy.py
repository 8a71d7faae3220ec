"""The sound households of a list as a list again, in one form and spelling, without anything that
is never kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.files import draft
from policycards.households.model import BORN_FROM, BORN_TO, Roster
from policycards.households.roster.fields import OVERRIDE, fields_of
from policycards.households.roster.household_ids import HID
from policycards.households.roster.members import NAMES
from policycards.households.roster.relations import heads_of
from policycards.tables.csv_writer import harmless
from policycards.tables.xlsx_writer import Column, write_sheet

MOST_ROWS = 1_000_000
"""A sheet ends at row 1,048,576; what is longer becomes a CSV."""
HOME = "home "

_OF_HEADS = {"name_zh": ("户主姓名", "ཁྱིམ་བདག་གི་མིང"), "name_bo": ("户主藏文姓名", "ཁྱིམ་བདག་གི་མིང")}


def write_clean(roster: Roster, catalogue: Catalogue, path: Path) -> Path:
    """One list with a row a person, household columns on the head's row; the file written, XLSX or
    CSV by its size.
    """
    fields = fields_of(catalogue)
    roster = _with_people(roster)
    names = _columns(roster, list(fields))
    headings = {name: (fields[name].label.zh, fields[name].label.bo) for name in names}
    if roster.households["members"].null_count():  # heads, and nobody knows of whom else
        headings |= {name: label for name, label in _OF_HEADS.items() if name in headings}
    columns = [Column(*headings[name]) for name in names]
    if roster.members.height <= MOST_ROWS:
        write_sheet(path, "", columns, _rows(roster, names), private=True)
        return path
    path = path.with_suffix(".csv")
    with (
        draft(path, private=True) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        writer.writerows([harmless(cell) for cell in row] for row in _rows(roster, names))
    return path


def _with_people(roster: Roster) -> Roster:
    """The roster with the number of people of the households that list fewer."""
    listed = roster.members.group_by(HID).len("listed")
    homes = roster.households.join(listed, on=HID, how="left", maintain_order="left")
    more = pl.col("members") > pl.col("listed").fill_null(0)
    people = pl.when(more).then("members").cast(pl.Int64).alias("people")
    return replace(roster, households=homes.with_columns(people).drop("listed"))


def _columns(roster: Roster, known: list[str]) -> list[str]:
    """The columns in which anything stands, in the order of the fields; an empty approval list is
    one too.
    """
    used = {HID}
    for frame in (roster.households, roster.members):
        used_names = (
            name
            for name in frame.columns
            if frame[name].null_count() < frame.height or name.startswith(OVERRIDE)
        )
        used.update(used_names)
    return [name for name in known if name in used]


def _rows(roster: Roster, names: list[str]) -> Iterator[list[str]]:
    """Households in their order, the head first; the household's own columns stand in the head's
    row.
    """
    homes = roster.households.select(HID, pl.exclude(HID).name.prefix(HOME)).with_columns(
        _order=pl.int_range(pl.len())
    )
    heads, _strange = heads_of(roster.members["relation"])
    members = roster.members.with_columns(heads.alias("_head"))
    people = members.join(homes, on=HID, maintain_order="left").sort(
        "_order", _is_head(), "row", descending=[False, True, False]
    )
    people = people.with_columns(_first=pl.col(HID).is_first_distinct())
    cells = [_cell(people, name).fill_null("").alias(name) for name in names]
    for row in people.select(cells).iter_rows():
        yield list(row)


def _is_head() -> pl.Expr:
    named = [(pl.col(name) == pl.col(HOME + name)).fill_null(False) for name in NAMES]
    return pl.col("_head") | pl.any_horizontal(named)


def _cell(people: pl.DataFrame, name: str) -> pl.Expr:
    own = _text(people, name) if name in people.columns else pl.lit(None, pl.String)
    if name == HID or HOME + name not in people.columns:
        return own
    return pl.when("_first").then(pl.coalesce(_text(people, HOME + name), own)).otherwise(own)


def _text(people: pl.DataFrame, name: str) -> pl.Expr:
    """A column as a list has it: 是 and 否, decimals without idle zeros, days as year-month-day, as
    far as they are known.
    """
    if name == "birth_date" and BORN_FROM in people.columns:
        is_month = pl.col(BORN_TO) - pl.col(BORN_FROM) < pl.duration(days=31)
        partial = (
            pl.when(is_month)
            .then(pl.col(BORN_FROM).dt.to_string("%Y年%-m月"))
            .otherwise(pl.col(BORN_FROM).dt.to_string("%Y年"))
        )
        return pl.coalesce(pl.col(name).cast(pl.String), partial)
    match people[name].dtype:
        case pl.Boolean:
            return pl.when(name).then(pl.lit("是")).when(~pl.col(name)).then(pl.lit("否"))
        case pl.Decimal():
            return pl.col(name).cast(pl.String).str.replace(r"\.?0+$", "")
        case _ if OVERRIDE in name[: len(HOME + OVERRIDE)]:
            return pl.col(name).replace({"yes": "是", "no": "否"})
    return pl.col(name).cast(pl.String)
