"""A run's cards on their way into the database: a temporary table, filled as fast as each database
can.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import connection

_KINDS = {
    pl.String(): "text",
    pl.Int32(): "integer",
    pl.Int16(): "integer",
    pl.Boolean(): "boolean",
}
_CHUNK = 50_000


def stage(name: str, frame: pl.DataFrame) -> None:
    """Make a temporary table of a frame, gone with the transaction; texts are never null."""
    frame = frame.with_columns(pl.col(pl.String).fill_null(""))
    columns = ", ".join(f"{column} {_KINDS[kind]}" for column, kind in frame.schema.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")
        if connection.vendor == "postgresql":
            _copy(cursor, name, frame)
            cursor.execute(f"ANALYZE {name}")
        else:
            marks = ", ".join("%s" for _column in frame.columns)
            for part in frame.iter_slices(_CHUNK):
                cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", part.rows())


def _copy(cursor: Any, name: str, frame: pl.DataFrame) -> None:
    with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
        for part in frame.iter_slices(_CHUNK):
            copy.write(part.write_csv(include_header=False, quote_style="non_numeric"))


def drop(name: str) -> None:
    """Forget a temporary table."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")


def run_sql(statement: str, *facts: object) -> list[tuple[Any, ...]]:
    """All rows of a statement, none where it gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)  # type: ignore[arg-type]  # texts, booleans and moments
        return cursor.fetchall() if cursor.description else []
