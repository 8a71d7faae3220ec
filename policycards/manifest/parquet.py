"""A manifest in Parquet files: written village by village, read, or why it cannot be trusted.

It may be missing, damaged, of other columns, or have a code twice. CSVs beside it are to look at.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

import polars as pl

from policycards.core.files import draft, read_file
from policycards.core.problems import Place, Problem, problem
from policycards.manifest.manifest_columns import MAY_BE_EMPTY, SCHEMAS, Table
from policycards.tables.csv_writer import FORMULA, NUMBER_LIKE

Read = tuple[pl.DataFrame | None, list[Problem]]


def file_of(folder: Path, table: Table) -> Path:
    """Where the table of a run is, in the folder of its edition."""
    return folder / "run" / f"manifest-{table}.parquet"


def read_cards(folder: Path) -> Read:
    """The cards of a run, from the folder of its edition."""
    return _read(folder, "cards")


def read_lines(folder: Path) -> Read:
    """What the cards of a run say."""
    return _read(folder, "lines")


def scan_lines(folder: Path) -> tuple[pl.LazyFrame | None, list[Problem]]:
    """As ``read_lines``, for what is larger than the memory: it is only looked at whether it is
    such a table.
    """
    path = file_of(folder, "lines")
    place = Place(str(path))
    try:
        rows = pl.scan_parquet(path, glob=False)
        schema = rows.collect_schema()
    except FileNotFoundError:
        return None, [problem("E730", place, folder=folder)]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        return None, [problem("E731", place, why=str(error).partition("\n")[0])]
    problems = _wrong_columns(schema, "lines", place)
    return (None if problems else rows), problems


def read_spares(folder: Path) -> Read:
    """The spare cards of a run; most runs have none, and no file of them."""
    if not file_of(folder, "spares").exists():
        return pl.DataFrame(schema=SCHEMAS["spares"]), []
    return _read(folder, "spares")


def repeated(codes: pl.Series) -> list[str]:
    """The codes that stand more than once, in order."""
    return sorted(codes.filter(codes.is_duplicated()).unique())


def _read(folder: Path, table: Table) -> Read:
    path = file_of(folder, table)
    place = Place(str(path))
    try:
        frame = pl.read_parquet(read_file(path))
    except FileNotFoundError:
        return None, [problem("E730", place, folder=folder)]
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        return None, [problem("E731", place, why=str(error).partition("\n")[0])]
    problems = _wrong_columns(frame.schema, table, place) or [
        *_empty(frame, place),
        *_twice(frame, table, place),
    ]
    return (None if problems else frame), problems


def _wrong_columns(found: pl.Schema, table: Table, place: Place) -> list[Problem]:
    wanted = SCHEMAS[table]
    if found == wanted:
        return []
    wrong = [name for name, kind in wanted.items() if found.get(name) != kind]
    more = [name for name in found if name not in wanted]
    return [problem("E732", place, columns=", ".join(wrong or more or found))]


def _empty(frame: pl.DataFrame, place: Place) -> list[Problem]:
    """A problem for each column that must be filled and is not everywhere."""
    counts = {name: frame[name].null_count() for name in frame.columns if name not in MAY_BE_EMPTY}
    return [
        problem("E734", place, column=name, count=count) for name, count in counts.items() if count
    ]


def _twice(frame: pl.DataFrame, table: Table, place: Place) -> list[Problem]:
    """A code is one card; of the lines, no card has the same one twice."""
    if table == "lines":
        keys = frame.select("code", "policy", "standard")
        codes = sorted(keys.filter(keys.is_duplicated())["code"].unique())
    else:
        codes = repeated(frame["code"])
    return [problem("E733", place, count=len(codes), card=codes[0])] if codes else []


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
