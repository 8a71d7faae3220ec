"""A run's cards on their way into the database, and the cards that they replace, all at once.

Cards go through a temporary table, filled as fast as each database can; a region's run may replace
a million. A replacement is the latest of a card's events, so that it decides alone. Where a clock
went back and it is not the latest, the card's state is computed from its events.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
from django.db import connection

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.models import Card, Count, Pack, User
from policycards.ledger.projections import Counts, project_cards

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


def replace_cards(staged: str, user: User, now: datetime, place: Place) -> list[Problem]:
    """Tell the cards that staged ones replace that they do; those of another county stay as they
    are (W667).
    """
    old = f"""FROM {staged} s JOIN ledger_card c ON c.code = s.replaces
        JOIN ledger_household h ON h.id = c.household_id AND h.county = s.county WHERE s.replaces <> ''"""
    packs = [pack for (pack,) in run_sql(f"SELECT DISTINCT c.pack_id {old}")]
    list(Pack.objects.select_for_update().filter(pk__in=packs).order_by("pk"))
    _tell(old, user, now)
    _count(old)
    run_sql(f"""
        UPDATE ledger_card SET validity = 'replaced', replaced_by = r.new
        FROM (SELECT c.code AS old, MAX(s.code) AS new {old} GROUP BY c.code) r
        WHERE r.old = code AND validity <> 'voided'
        """)
    _project_later(old, now)
    ((count, first),) = run_sql(f"""
        SELECT COUNT(*), MIN(s.replaces) FROM {staged} s WHERE s.replaces <> ''
        AND s.replaces NOT IN (SELECT c.code {old})
        """)
    return [problem("W667", place, count=count, card=first)] if count else []


def _tell(old: str, user: User, now: datetime) -> None:
    moment = connection.ops.adapt_datetimefield_value(now)
    id_ = "CAST(s.event AS uuid)" if connection.vendor == "postgresql" else "s.event"
    run_sql(
        f"""
        INSERT INTO ledger_event (id, kind, detail, evidence, pack_id, card_id, goods, hop, count, other,
          device_time, happened, server_time, user_id)
        SELECT {id_}, 'replaced', '', 'manifest', c.pack_id, c.code, '', '', 0, s.code, %s, %s, %s, %s {old}
        """,
        moment,
        moment,
        moment,
        user.pk,
    )


def _project_later(old: str, now: datetime) -> None:
    moment = connection.ops.adapt_datetimefield_value(now)
    other = (
        "SELECT 1 FROM ledger_event e WHERE e.card_id = c.code AND e.happened >= %s AND e.other <>"
        " s.code"
    )
    later = run_sql(f"SELECT DISTINCT c.code {old} AND EXISTS ({other})", moment)
    counts = Counts()
    project_cards(Card.objects.filter(code__in=[code for (code,) in later]), counts)
    counts.write()


def _count(old: str) -> None:
    """Shift the counts of what becomes replaced; it is still valid when this looks."""
    counts = Counts()
    for *key, edition, number in run_sql(f"""
        SELECT c.pack_id, c.area_id, c.status, c.validity, c.evidence, c.edition, COUNT(DISTINCT c.code) {old}
        AND c.validity <> 'voided' GROUP BY c.pack_id, c.area_id, c.status, c.validity, c.evidence, c.edition
        """):
        pack, area, status, validity, evidence = key
        counts.shift(Count, (pack, area, False, status, validity, evidence, edition), -number)
        counts.shift(Count, (pack, area, False, status, "replaced", evidence, edition), number)
    counts.write()
