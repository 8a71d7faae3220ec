"""What nobody could tell: per village the cells to fill in, and the money that may hide behind each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from policycards.catalogue.model import Catalogue
from policycards.households.expressions import money
from policycards.households.labels import labels_of
from policycards.households.model import Roster
from policycards.households.sums import is_single, times_a_year
from policycards.workbooks.sheetwriting import ROWS, printable, save

_VILLAGE = ("area", "village_zh", "village_bo")
_TOLD = ("policies", "per_year", "once")
_HEADINGS = {
    "area": "区划代码 ས་ཁུལ་གྱི་ཨང་རྟགས",
    "village_zh": "村",
    "village_bo": "གྲོང་ཚོ",
    "column_zh": "要填的列",
    "column_bo": "འབྲི་དགོས་པའི་སྟར",
    "households": "涉及户数 དུད་ཚང་གི་གྲངས",
    "of": "全村户数 གྲོང་ཚོའི་དུད་ཚང་ཡོངས",
    "policies": "可能漏掉的政策 སྲིད་ཇུས",
    "per_year": "最多可能涉及（元/年） མང་མཐར་ལོ་རེར་སྒོར",
    "once": "最多可能涉及（元，一次性） མང་མཐར་ཐེངས་གཅིག་སྒོར",
    "household_id": "户编号 དུད་ཚང་གི་ཨང་གྲངས",
    "group": "组 གྲོང་མིའི་ཚོ་ཆུང",
    "name_zh": "户主姓名",
    "name_bo": "ཁྱིམ་བདག་གི་མིང",
}


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Which columns are to be filled in, and for which households.

    ``villages`` has a row for each village and column, ``households`` one for each household and column, without the
    columns that are empty for a whole village. Money is cash as far as its quantity is known, at the most.
    """

    villages: pl.DataFrame
    households: pl.DataFrame


def cannot_tell(frame: pl.DataFrame, roster: Roster, catalogue: Catalogue) -> Unsettled:
    """What to ask, village by village, from the rows of ``entitlements`` that want something."""
    named = roster.households.select("household_id", "area", "group", "name_zh", "name_bo").with_row_index("order")
    wanting = frame.filter(pl.col("missing") != "").with_columns(pl.col("policy", "standard").cast(pl.String))
    wanting = wanting.join(_standards(catalogue), on=["policy", "standard"], how="left")
    scale = frame.schema["value"].scale + frame.schema["quantity"].scale  # type: ignore[attr-defined]
    at_stake = pl.col("value").cast(money(scale)) * pl.col("quantity").cast(money(scale))
    figure = pl.col("value").cast(pl.String).str.replace(r"\.0+$", "")
    rate = pl.format("{}（{}）", "name", pl.col("rate").str.replace("{n}", figure, literal=True))
    cells = (
        wanting.with_columns(
            pl.col("missing").str.split(" ").alias("column"),
            (at_stake * pl.col("times")).fill_null(0).cast(money(2)).alias("per_year"),
            (at_stake * pl.col("single")).fill_null(0).cast(money(2)).alias("once"),
            pl.coalesce(rate, "name").alias("name"),
        )
        .explode("column")
        .group_by("household_id", "column", maintain_order=True)
        .agg(pl.col("name").unique(maintain_order=True).alias("policies"), pl.col("per_year", "once").sum())
        .join(named, on="household_id", how="left")
        .join(_villages(roster, catalogue), on="area", how="left")
        .join(_columns(catalogue), on="column", how="left")
        .with_columns(pl.len().over("area", "column").cast(pl.Int64).alias("households"))
        .sort("order", "column")
    )
    villages = cells.group_by(*_VILLAGE, "column_zh", "column_bo", "households", "of", maintain_order=True).agg(
        pl.col("policies").explode().unique(maintain_order=True).str.join("、"), pl.col("per_year", "once").sum()
    )
    own = cells.filter(pl.col("households") < pl.col("of")).with_columns(pl.col("policies").list.join("、"))
    known = (*_VILLAGE, "group", "household_id", "name_zh", "name_bo", "column_zh", "column_bo", *_TOLD)
    return Unsettled(villages.sort("area", "column_zh"), own.select(known))


def _standards(catalogue: Catalogue) -> pl.DataFrame:
    """What a standard's cash is called and counts in a year and once; only the name for other kinds of money."""
    rows: list[tuple[str, str, str, str | None, int, int]] = []
    for policy in catalogue.policies:
        for standard in policy.standards:
            unit = catalogue.unit(standard.unit) if standard.pays == "cash" and standard.unit else None
            counts = (times_a_year(unit.period), int(is_single(unit.period))) if unit else (0, 0)
            rows.append((policy.id, standard.id, policy.name.zh, unit.label.zh if unit else None, *counts))
    kinds = {"policy": pl.String, "standard": pl.String, "name": pl.String, "rate": pl.String}
    return pl.DataFrame(rows, schema={**kinds, "times": pl.Int32, "single": pl.Int32}, orient="row")


def _villages(roster: Roster, catalogue: Catalogue) -> pl.DataFrame:
    counts = roster.households.group_by("area").agg(pl.len().cast(pl.Int64).alias("of"))
    names = [catalogue.areas[code].name if code in catalogue.areas else None for code in counts["area"]]
    return counts.with_columns(
        pl.Series("village_zh", [name.zh if name else "" for name in names], dtype=pl.String),
        pl.Series("village_bo", [name.bo if name else "" for name in names], dtype=pl.String),
    )


def _columns(catalogue: Catalogue) -> pl.DataFrame:
    rows = [(name, label.zh, label.bo) for name, label in labels_of(catalogue).items()]
    return pl.DataFrame(rows, schema=["column", "column_zh", "column_bo"], orient="row")


def write_unsettled(unsettled: Unsettled, path: Path) -> None:
    """The lists as a workbook: a sheet of villages, then as many sheets of households as Excel needs."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _write(book.create_sheet("各村 གྲོང་ཚོ"), unsettled.villages)
    for number, first in enumerate(range(0, max(unsettled.households.height, 1), ROWS), start=1):
        title = "各户 དུད་ཚང" + (f" {number}" if unsettled.households.height > ROWS else "")
        _write(book.create_sheet(title), unsettled.households.slice(first, ROWS))
    save(book, path)


def _write(sheet: Any, rows: pl.DataFrame) -> None:
    """A table with its headings; every text stays a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    sheet.freeze_panes = "A2"
    sheet.append([_HEADINGS[name] for name in rows.columns])
    for row in rows.iter_rows():
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, printable(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
