"""Cards that a new run replaces, all at once: a region's run may replace a million of them.

The same as telling each card's event by itself: it is the latest of the card's events, so that it
decides alone. Where a clock went back and it is not, the card is folded from its events.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.models import Card, Count, Pack, User
from policycards.ledger.projections.card_projection import project_cards
from policycards.ledger.projections.count_projection import Counts
from policycards.ledger.runs.staging import run_sql


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
