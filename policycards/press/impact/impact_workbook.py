"""What a change means as a workbook: in sum, by policy, area and size; no count that would point at
households.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.design.pack.cover import FEWEST
from policycards.press.impact.impact_chart import size_label
from policycards.press.impact.impact_figures import Impact, hidden
from policycards.press.impact.paper_estimate import Paper
from policycards.tables.xlsx_writer import Column, Content, Sheet, write_book

FEW = f"少于{FEWEST} {FEWEST}་ལས་ཉུང་བ།"
_SUM = (Column("项目", "རྣམ་གྲངས", 40), Column("数", "གྲངས", 22))
_POLICIES = (
    Column("政策代号", "ཨང་རྟགས", 26),
    Column("政策", "སྲིད་ཇུས", 34),
    Column("藏文", "བོད་ཡིག", 44),
    Column("涉及户数", "འབྲེལ་བ་ཡོད་པའི་དུད་ཚང", 16),
    Column("原享受户数", "སྔར་ཐོབ་པའི་དུད་ཚང", 16),
    Column("新享受户数", "ད་ལྟ་ཐོབ་པའི་དུད་ཚང", 16),
    Column("原每年现金（元）", "སྔར་ལོ་རེའི་དངུལ（སྒོར）", 20),
    Column("新每年现金（元）", "ད་ལྟ་ལོ་རེའི་དངུལ（སྒོར）", 20),
    Column("增减（元）", "འཕར་ཆག（སྒོར）", 20),
)
_AREAS = (
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས", 16),
    Column("区划", "ས་ཁུལ", 22),
    Column("藏文", "བོད་ཡིག", 26),
    Column("涉及户数", "འབྲེལ་བ་ཡོད་པའི་དུད་ཚང", 16),
    Column("要换的卡", "བརྗེ་དགོས་པའི་བྱང་བུ", 16),
    Column("全部户数", "དུད་ཚང་ཡོངས", 14),
    Column("每年现金增减（元）", "ལོ་རེའི་དངུལ་འཕར་ཆག（སྒོར）", 22),
)
_SIZES = (
    Column("每户每年增减（元）", "དུད་ཚང་རེར་ལོ་རེའི་འཕར་ཆག（སྒོར）", 26),
    Column("户数", "དུད་ཚང་གི་གྲངས", 16),
)


def write_impact(
    impact: Impact, paper: Paper, catalogue: Catalogue, between: str, path: Path
) -> None:
    """Write the workbook. Money stands only where its count may be impact. Raises OSError."""
    write_book(
        path,
        [
            Sheet("总计 བསྡོམས་འབོར", between, _SUM, _sum_rows(impact, paper)),
            Sheet("政策 སྲིད་ཇུས", between, _POLICIES, _policy_rows(impact, catalogue)),
            Sheet("区划 ས་ཁུལ", between, _AREAS, _area_rows(impact, catalogue)),
            Sheet("大小 ཆེ་ཆུང", between, _SIZES, _size_rows(impact)),
        ],
    )


def _count(count: int) -> Content:
    return FEW if hidden(count) is None else count


def _sum_rows(impact: Impact, paper: Paper) -> Iterator[list[Content]]:
    before, after = impact.money
    rows: list[list[Content]] = [
        ["名册户数 མིང་ཐོའི་དུད་ཚང", impact.roster],
        ["涉及户数 འབྲེལ་བ་ཡོད་པའི་དུད་ཚང", _count(impact.households)],
        ["要换的卡 བརྗེ་དགོས་པའི་བྱང་བུ", _count(impact.cards)],
        ["村 གྲོང་ཚོ", impact.villages],
        ["约需纸张（A4） ཤོག་བུ", paper.sheets],
        ["纸费（元） ཤོག་བུའི་རིན（སྒོར）", round(paper.price, 2)],
        ["打印机小时 པར་འཁོར་གྱི་ཆུ་ཚོད", round(paper.hours, 1)],
    ]
    if hidden(impact.households) is not None:
        rows += [
            ["原每年现金（元） སྔར་ལོ་རེའི་དངུལ（སྒོར）", before],
            ["新每年现金（元） ད་ལྟ་ལོ་རེའི་དངུལ（སྒོར）", after],
            ["增减（元） འཕར་ཆག（སྒོར）", after - before],
        ]
    yield from rows


def _policy_rows(impact: Impact, catalogue: Catalogue) -> Iterator[list[Content]]:
    names = {policy.id: policy.name for policy in catalogue.policies}
    for policy, households, was, now, before, after in impact.policies.iter_rows():
        name = names.get(policy) or Text(bo="–", zh="–")
        shown = all(hidden(count) is not None for count in (households, was, now))
        money: list[Content] = [before, after, after - before] if shown else [None, None, None]
        yield [policy, name.zh, name.bo, _count(households), _count(was), _count(now), *money]


def _area_rows(impact: Impact, catalogue: Catalogue) -> Iterator[list[Content]]:
    for area, households, cards, of, change in impact.areas.iter_rows():
        place = catalogue.areas.get(area)
        money: Decimal | None = change if hidden(households) is not None else None
        names = (place.name.zh, place.name.bo) if place else ("", "")
        yield [area, *names, _count(households), _count(cards), of, money]


def _size_rows(impact: Impact) -> Iterator[list[Content]]:
    for low, high, households in impact.sizes.iter_rows():
        yield [size_label(low, high), _count(households)]
