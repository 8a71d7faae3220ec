"""Lists of cards to be printed again: lost, spoilt, corrected or stale, in the form that ``print
--reissue-list`` reads.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from policycards.core.files import atomic_write, read_file
from policycards.ledger.domain.card_states import effective_events
from policycards.ledger.models import Card, Event, Stale, User
from policycards.ledger.projections.card_projection import facts_of
from policycards.ledger.queries.corrections import corrections
from policycards.tables.csv_writer import csv_file

_CHUNK = 5000
HEADINGS = ("household_id 户编号", "copy 第几份", "replaces 替换的卡号", "reasons 原因")


def reissues(user: User, area: str = "", *, edition: str = "") -> list[tuple[Card, str]]:
    """Valid cards that a person may see and that need another copy, with why, by area and pile.

    The card of a head who has died is not among them: the roster must name another head first.
    """
    cards = Card.objects.within(user).in_area(area).filter(validity="valid")
    if edition:
        cards = cards.filter(edition=edition)
    reasons: dict[str, set[str]] = defaultdict(set)
    for code, status in cards.filter(status__in=("lost", "spoilt")).values_list("code", "status"):
        reasons[code].add(status)
    for code in _lost_afterwards(user, area):
        reasons[code].add("lost")
    for each in corrections(user, area, edition=edition):
        reasons[each.card.code].add("wrong" if each.reprint else "dead_head")
    for code, why in Stale.objects.within(user).in_area(area).values_list("card_id", "reasons"):
        reasons[code].add(why or "stale")
    wanted = sorted(code for code, why in reasons.items() if "dead_head" not in why)
    found: list[Card] = []
    for start in range(0, len(wanted), _CHUNK):
        found += cards.filter(code__in=wanted[start : start + _CHUNK]).select_related("household")
    found.sort(key=lambda card: (card.area_id, card.pile, card.code))
    return [(card, "、".join(sorted(reasons[card.code]))) for card in found]


def _lost_afterwards(user: User, area: str) -> set[str]:
    """Cards that their households lost: they stay delivered."""
    lost = Event.objects.within(user).in_area(area).filter(kind="lost", card__isnull=False)
    facts = facts_of(Event.objects.filter(card__in=lost.values("card")), "card_id")
    return {
        str(code)
        for code, known in facts.items()
        if any(fact.kind == "lost" for fact in effective_events(known))
    }


def write_reissues(path: Path, found: list[tuple[Card, str]]) -> None:
    """The list as a CSV that opens in Excel."""
    rows = ((card.household.number, card.copy + 1, card.code, why) for card, why in found)
    atomic_write(path, csv_file(HEADINGS, rows))


def read_stale(path: Path) -> Mapping[str, str]:
    """The codes of a reissue list of 'policycards stale', with why; raises ValueError for another
    file.
    """
    rows = list(csv.reader(io.StringIO(read_file(path).decode("utf-8-sig"), newline="")))
    if not rows or [each.split(" ")[0] for each in rows[0][:3]] != [
        each.split(" ")[0] for each in HEADINGS[:3]
    ]:
        raise ValueError(path.name)
    return {
        row[2].replace("-", "").strip().lstrip("'"): row[3] if len(row) > 3 else ""
        for row in rows[1:]
        if len(row) > 2 and row[2]
    }
