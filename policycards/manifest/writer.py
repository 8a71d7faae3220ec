"""Writing a manifest: the part of a village as a Parquet file, and the whole as CSVs to look at."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

import polars as pl

from policycards.core.files import draft
from policycards.manifest.columns import SCHEMAS, Table
from policycards.manifest.reader import file_of
from policycards.tables.csv_writer import FORMULA, NUMBER_LIKE


def part(frame: pl.DataFrame) -> bytes:
    """The Parquet file of a table's rows; equal rows give equal bytes. Raises ValueError for other
    columns.
    """
    if frame.schema not in SCHEMAS.values():
        raise ValueError(f"no table of a manifest has these columns: {frame.schema}")
    file = io.BytesIO()
    frame.write_parquet(file, compression="zstd", compression_level=3)
    return file.getvalue()


def write_csv_twins(folder: Path) -> list[Path]:
    """A CSV beside each table in an edition's folder that opens in Excel as it is; the lines are
    for their owner only.

    Raises OSError where a file cannot be written.
    """
    twins = []
    for table in get_args(Table):
        source = file_of(folder, table)
        if source.is_file():
            twins.append(source.with_suffix(".csv"))
            rows = pl.scan_parquet(source, glob=False).with_columns(as_text(pl.col(pl.String)))
            with draft(twins[-1], private=table == "lines") as unfinished:
                rows.sink_csv(unfinished, include_bom=True, line_terminator="\r\n")
    return twins


def as_text(cell: pl.Expr) -> pl.Expr:
    """``spreadsheets.as_text`` for millions of cells."""
    marked = pl.when(cell.str.contains(FORMULA)).then("'" + cell).otherwise(cell)
    return pl.when(cell.str.contains(NUMBER_LIKE)).then("\t" + cell).otherwise(marked).name.keep()
