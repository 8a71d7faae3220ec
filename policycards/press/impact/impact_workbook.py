"""What a change means as a workbook and a chart for a meeting, with the paper that cards take.

It says in sum, by policy, area and size, whom the change concerns, how much each gets and what it
costs a year; no count that would point at households.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue, Settings
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place, Problem, problem
from policycards.design.pack.cover import FEWEST
from policycards.press.impact.impact_figures import Impact, hidden
from policycards.press.run.household_selection import paper
from policycards.tables.xlsx_writer import Column, Content, Sheet, write_book


@dataclass(frozen=True, slots=True)
class Paper:
    """What some cards come to: sheets with a test sheet for each village, yuan, hours of a
    printer.
    """

    sheets: int
    price: Decimal
    hours: Decimal


def estimated(homes: pl.DataFrame, settings: Settings) -> Paper:
    """The paper for the cards of some households, A4; ``homes`` has ``household_id, area``."""
    if homes.is_empty():
        return Paper(0, Decimal(0), Decimal(0))
    count = homes.height + homes["area"].n_unique()
    return Paper(count, *paper(count, settings))


if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 12
"""Policies that are shown, those that concern most households; all are in the workbook."""
FONTS = ("NotoSansSC-Regular.ttf", "NotoSerifTibetan-Regular.ttf")
DARK, LIGHT, LOSS = "#1f4e79", "#9dc3e6", "#7f7f7f"
_TITLE = Text(bo="བསྒྱུར་བ་འདིའི་ཤུགས་རྐྱེན།", zh="标准变化的影响")
_HOUSEHOLDS = Text(bo="འབྲེལ་བ་ཡོད་པའི་དུད་ཚང་།", zh="涉及户数")
_CHART_SIZES = Text(bo="དུད་ཚང་རེར་ལོ་རེའི་འཕར་ཆག（སྒོར）", zh="每户每年现金增减（元）")
_MONEY = Text(bo="ལོ་རེའི་དངུལ（སྒོར་ཁྲི）", zh="每年现金（万元）")
_WAS, _NOW = Text(bo="སྔར།", zh="原"), Text(bo="ད་ལྟ།", zh="新")


def draw_impact(
    impact: Impact, catalogue: Catalogue, between: str, fonts: Path, out: Path
) -> list[Problem]:
    """The chart as a PNG; counts that would point at households are not drawn. W764 where charts
    cannot be drawn on this PC. Raises OSError.
    """
    try:  # heavy and native: half a second, and its wheels do not load on every Windows PC
        from matplotlib import font_manager, rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        return [problem("W764", Place(str(out)), name="matplotlib", why=type(error).__name__)]
    for name in FONTS:
        font_manager.fontManager.addfont(fonts / name)
    families = [font_manager.FontProperties(fname=str(fonts / name)).get_name() for name in FONTS]
    with rc_context(
        {"font.family": families, "axes.unicode_minus": False, "svg.hashsalt": "policycards"}
    ):
        figure = Figure(figsize=(15, 9.5), layout="constrained")
        FigureCanvasAgg(figure)
        figure.suptitle(f"{_TITLE.zh}  {_TITLE.bo}  {between}", fontsize=17)
        parts = figure.subfigures(1, 2, squeeze=False, width_ratios=(1.25, 1))
        shown = impact.policies.sort("households", "policy", descending=(True, False)).head(MOST)
        names = {policy.id: policy.name for policy in catalogue.policies}
        labels = [
            _label(names.get(policy, Text(bo=policy, zh=policy))) for policy in shown["policy"]
        ]
        _bars(parts[0, 0].subplots(), shown["households"].to_list(), labels, _HOUSEHOLDS)
        above, below = parts[0, 1].subplots(2, 1)
        _sizes(above, impact.sizes)
        _money(below, impact.money)
        figure.savefig(out, dpi=110, metadata={"Software": None})
    return []


def _label(name: Text) -> str:
    return f"{_cut(name.zh, 16)}\n{_cut(name.bo, 34)}"


def _cut(text: str, most: int) -> str:
    """A long name without its end, which in Tibetan begins with a syllable."""
    if len(text) <= most:
        return text
    whole, tsheg, _rest = text[:most].rpartition("་")
    return f"{whole}{tsheg}…" if tsheg else f"{text[: most - 1]}…"


def _bars(axes: Axes, counts: Sequence[int], labels: Sequence[str], title: Text) -> None:
    """A bar a row, the first above; the number stands behind each, and a small one only as
    small.
    """
    visible = [hidden(count) for count in counts]
    axes.barh(range(len(visible)), [count or 0 for count in visible], color=DARK, height=0.55)
    axes.set_yticks(range(len(visible)), labels, fontsize=11)
    axes.invert_yaxis()
    most = max([1, *(count or 0 for count in visible)])
    for place, count in enumerate(visible):
        axes.text(
            (count or 0) + most * 0.01,
            place,
            f"{count:,}" if count is not None else "<5",
            va="center",
            fontsize=11,
        )
    axes.set_xlim(0, most * 1.14)
    _framed(axes, title)


def _sizes(axes: Axes, sizes: pl.DataFrame) -> None:
    labels = [size_label(low, high) for low, high, _count in sizes.iter_rows()]
    _bars(axes, sizes["households"].to_list(), labels, _CHART_SIZES)


def size_label(low: int | None, high: int | None) -> str:
    """A size of change, in signs that need no language; other money changes, or none, where it is
    0.
    """
    if low == high:
        return "0"
    if low is None:
        return f"≤ {high:,}".replace("-", "−")
    if high is None:
        return f"≥ +{low:,}"
    label = f"{low:,} … {high:,}" if high <= 0 else f"{low:+,} … {high:+,}"
    return label.replace("+0", "0").replace("-", "−")


def _money(axes: Axes, money: tuple[Decimal, Decimal]) -> None:
    """What all of it costs a year, before and after."""
    amounts = [float(yuan / 10000) for yuan in money]
    axes.barh([0, 1], amounts, color=[LIGHT, DARK], height=0.5)
    axes.set_yticks([0, 1], [f"{text.zh}\n{text.bo}" for text in (_WAS, _NOW)], fontsize=12)
    axes.invert_yaxis()
    most = max([1.0, *amounts])
    for place, yuan in enumerate(amounts):
        axes.text(yuan + most * 0.01, place, f"{yuan:,.1f}", va="center", fontsize=12)
    axes.set_xlim(0, most * 1.3)
    _framed(axes, _MONEY)


def _framed(axes: Axes, title: Text) -> None:
    axes.set_title(f"{title.zh}  {title.bo}", fontsize=13, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_formatter(lambda number, _place: f"{number:,.0f}")


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
