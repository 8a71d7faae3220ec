"""What cards promise and lists pay as a workbook: every household that differs, and sums by
village.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.households.exchange.compare import Compared, Comparison, Side, reason_text
from policycards.tables.xlsx_writer import Column, Content, Sheet, write_book

_HOUSEHOLDS = (
    Column("村", "གྲོང་ཚོ", 18),
    Column("户编号", "དུད་ཚང་གི་ཨང་གྲངས", 20),
    Column("户主", "ཁྱིམ་བདག", 16),
    Column("名单行", "ཐོའི་གྲལ", 10),
    Column("卡面面积（数量）", "བྱང་བུའི་རྒྱ་ཁྱོན", 16),
    Column("卡面标准（元）", "བྱང་བུའི་ཚད་གཞི", 14),
    Column("卡面金额（元）", "བྱང་བུའི་དངུལ་འབོར", 16),
    Column("名单面积（数量）", "ཐོའི་རྒྱ་ཁྱོན", 16),
    Column("名单标准（元）", "ཐོའི་ཚད་གཞི", 14),
    Column("名单金额（元）", "ཐོའི་དངུལ་འབོར", 16),
    Column("多付（元）", "ལྷག་པར་སྤྲད་པ", 14),
    Column("原因", "རྒྱུ་མཚན", 60),
)
_VILLAGES = (
    Column("村", "གྲོང་ཚོ", 18),
    Column("藏文", "བོད་ཡིག", 24),
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས", 16),
    Column("户数", "དུད་ཚང་གི་གྲངས", 10),
    Column("不一致户数", "མི་མཐུན་པའི་དུད་ཚང", 14),
    Column("卡面合计（元）", "བྱང་བུའི་བསྡོམས་འབོར", 18),
    Column("名单合计（元）", "ཐོའི་བསྡོམས་འབོར", 18),
    Column("多付（元）", "ལྷག་པར་སྤྲད་པ", 16),
)


def write_comparison(comparison: Comparison, catalogue: Catalogue, title: str, path: Path) -> None:
    """Write the workbook, for its owner alone: it names heads of households."""
    differing, lines = comparison.differing, comparison.lines
    write_book(
        path,
        [
            Sheet("不一致 མི་མཐུན་པ", title, _HOUSEHOLDS, _household_rows(differing, catalogue)),
            Sheet("各村 གྲོང་ཚོ", title, _VILLAGES, _village_rows(comparison, catalogue)),
            Sheet("全部 ཡོངས", title, _HOUSEHOLDS, _household_rows(lines, catalogue)),
        ],
        private=True,
    )


def _household_rows(lines: Iterable[Compared], catalogue: Catalogue) -> Iterator[list[Content]]:
    for each in lines:
        village = catalogue.areas.get(each.area)
        reasons = [reason_text(catalogue, reason) for reason in each.reasons]
        yield [
            village.name.zh if village else each.area,
            each.household_id,
            each.name,
            ", ".join(each.rows),
            *_figures(each.promised),
            *_figures(each.paid),
            each.difference,
            "；".join(f"{text.zh} {text.bo}" for text in reasons),
        ]


def _figures(side: Side | None) -> list[Content]:
    figures = [side.quantity, side.standard, side.amount] if side else [None] * 3
    return [None if each is None else Decimal(f"{each.normalize():f}") for each in figures]


def _village_rows(comparison: Comparison, catalogue: Catalogue) -> Iterator[list[Content]]:
    for each in comparison.villages():
        village = catalogue.areas.get(each.area)
        yield [
            village.name.zh if village else "–",
            village.name.bo if village else "–",
            each.area,
            each.households,
            each.differing,
            each.promised,
            each.paid,
            each.paid - each.promised,
        ]
