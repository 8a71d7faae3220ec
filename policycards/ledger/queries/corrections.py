"""Wrong data found at the handing-over, as a workbook for the office that owns the list.

Its way: wrong-data events → this workbook → corrected roster → the card's copy 2 → the first is
replaced. The card of a head who has died is never printed again as it is: the list must name the
new head first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from policycards.ledger.domain.card_states import effective_events
from policycards.ledger.domain.event_kinds import CARDS
from policycards.ledger.models import Card, Event, User
from policycards.ledger.projections.card_projection import facts_of
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
