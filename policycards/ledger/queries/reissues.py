"""What has to be printed again, and the wrong data that has to be corrected first.

Lists of cards that are lost, spoilt, corrected or stale have the form that ``print --reissue-list``
reads. Wrong data found at the handing-over goes as a workbook to the office that owns the list;
from its corrected roster the card's copy 2 replaces the first. The card of a head who has died is
never printed again as it is: the list must name the new head first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from policycards.core.files import atomic_write
from policycards.ledger.domain.card_states import effective_events
from policycards.ledger.domain.event_kinds import CARDS
from policycards.ledger.models import Card, Event, Stale, User
from policycards.ledger.projections import facts_of
from policycards.tables.csv_writer import csv_file
from policycards.tables.tables import read_sheets
from policycards.tables.xlsx_writer import Column, write_sheet

COLUMNS = (
    Column("户编号", "དུད་ཚང་གི་ཨང་རྟགས།", 18),
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས།", 16),
    Column("组", "ཚོ་ཆུང་།", 12),
    Column("顺序号", "གོ་རིམ་ཨང་སྒྲིག", 10),
    Column("户主姓名", "ཁྱིམ་བདག་གི་མིང་།", 20),
    Column("户主姓名（藏文）", "ཁྱིམ་བདག་གི་མིང་། (བོད་ཡིག)", 26),
    Column("错误类型", "ནོར་འཁྲུལ་གྱི་རིགས།", 22),
    Column("备注", "མཆན།", 30),
    Column("发现日期", "རྙེད་པའི་ཚེས་གྲངས།", 14),
    Column("卡码", "བྱང་བུའི་ཨང་རྟགས།", 18),
    Column("更正内容", "ཡོ་བསྲང་བྱ་རྒྱུ།", 30),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A card whose data somebody found wrong, and how; ``reprint`` is False where the card must not
    come again.
    """

    card: Card
    event: Event
    reprint: bool


def corrections(user: User, area: str = "", *, edition: str = "") -> Iterator[Correction]:
    """Standing wrong-data events of cards that a person may see and that nothing has replaced
    yet.
    """
    found = Event.objects.within(user).in_area(area).filter(kind="wrong", card__validity="valid")
    if edition:
        found = found.filter(card__edition=edition)
    facts = facts_of(Event.objects.filter(card__in=found.values("card")), "card_id")
    kept = {fact.id for of_card in facts.values() for fact in effective_events(of_card)}
    for event in found.select_related("card__household", "note").order_by(
        "card__area", "card__pile", "happened"
    ):
        if event.pk in kept and event.card is not None:
            yield Correction(event.card, event, event.detail != "dead_head")


def write_corrections(path: Path, found: list[Correction], translate: Callable[[str], str]) -> None:
    """The workbook; the last column is empty, for the office to fill in."""
    write_sheet(path, "", COLUMNS, (_row(each, translate) for each in found))


def _row(each: Correction, translate: Callable[[str], str]) -> list[str]:
    home, event = each.card.household, each.event
    note = getattr(event, "note", None)
    return [
        home.number,
        each.card.area_id,
        home.group,
        str(each.card.pile),
        home.name_zh,
        home.name_bo,
        translate(CARDS["wrong"].details[event.detail]),
        note.text if note else "",
        timezone.localtime(event.happened).strftime("%Y-%m-%d"),
        each.card.code,
        "",
    ]


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
    sheets, _problems = read_sheets(path)
    rows = list(sheets[0].rows.values()) if sheets else []
    if not rows or [each.split(" ")[0] for each in rows[0][:3]] != [
        each.split(" ")[0] for each in HEADINGS[:3]
    ]:
        raise ValueError(path.name)
    return {
        row[2].replace("-", "").strip().lstrip("'"): row[3] if len(row) > 3 else ""
        for row in rows[1:]
        if len(row) > 2 and row[2]
    }
