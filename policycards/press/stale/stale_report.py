"""What the office is given about stale cards: a workbook, the changes as a CSV, lists to print
from, the decision.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Lang, Text
from policycards.households.model import Roster
from policycards.manifest import as_text
from policycards.press.pack.reissue_list import MOST_COPIES, former_cells, reissue_csv
from policycards.press.stale.stale_cards import Issued, Part
from policycards.press.storage.store import Folder
from policycards.qr import format_code
from policycards.tables.xlsx_writer import Column, Content, Sheet, write_book

REASONS: Mapping[str, Text] = {
    "standard": Text(bo="ཚད་གཞི་བསྒྱུར་བ།", zh="标准变了"),
    "amount": Text(bo="དངུལ་གྲངས་སམ་གྲངས་འབོར་བསྒྱུར་བ།", zh="数量或金额变了"),
    "gained": Text(bo="གསར་དུ་ཐོབ་པ།", zh="新享受"),
    "lost": Text(bo="མི་ཐོབ་པར་གྱུར་པ།", zh="不再享受"),
    "ended": Text(bo="སྲིད་ཇུས་མཇུག་བསྒྲིལ་བ།", zh="政策停止"),
    "text": Text(bo="ཡི་གེ་བཅོས་པ།", zh="文字改了"),
    "ask": Text(bo="འདྲི་དགོས་པ་བསྒྱུར་བ།", zh="要问的政策变了"),
    "name": Text(bo="མིང་བཅོས་པ།", zh="户主姓名改了"),
    "head": Text(bo="ཁྱིམ་བདག་བརྗེས་པ།", zh="换了户主"),
    "people": Text(bo="མི་གྲངས་བསྒྱུར་བ།", zh="人数变了"),
    "moved": Text(bo="གནས་སྤོས་པ།", zh="搬了村或组"),
    "contact": Text(bo="ཁ་པར་བསྒྱུར་བ།", zh="电话变了"),
    "left": Text(bo="དུད་ཚང་ད་ཆ་མེད་པ།", zh="名册里已没有这户"),
}
"""The kinds of ``changed.KINDS`` in words."""
WHEN = {
    "now": Text(bo="ད་ལྟ།", zh="现在重印"),
    "next": Text(bo="ཐེངས་རྗེས་མར།", zh="下一轮"),
    "back": Text(bo="ཕྱིར་བསྡུ་དགོས།", zh="收回旧卡"),
}
_CARDS = (
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས"),
    Column("村", "གྲོང་ཚོ", 18),
    Column("组", "གྲོང་མིའི་ཚོ་ཆུང", 10),
    Column("户编号", "དུད་ཚང་གི་ཨང་གྲངས", 20),
    Column("旧卡顺序号", "བྱང་བུ་རྙིང་པའི་ཨང་རིམ", 10),
    Column("旧卡卡号", "བྱང་བུ་རྙིང་པའི་ཨང་རྟགས", 18),
    Column("第几份", "པར་ཐེངས", 8),
    Column("版", "པར་གཞི", 10),
    Column("何时", "ནམ་ཞིག", 12),
    Column("原因", "རྒྱུ་མཚན", 36),
    Column("藏文", "བོད་ཡིག", 44),
    Column("晚发的通知", "ཕྱིས་སུ་བཀྲམ་པ", 12),
    Column("每年现金增减（元）", "ལོ་རེའི་དངུལ་འཕར་ཆག（སྒོར）", 20),
)
_VILLAGES = (
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས"),
    Column("村", "གྲོང་ཚོ", 18),
    Column("藏文", "བོད་ཡིག", 22),
    Column("户数", "དུད་ཚང་གི་གྲངས", 10),
    Column("现在重印", "ད་ལྟ།", 10),
    Column("下一轮", "ཐེངས་རྗེས་མར།", 10),
    Column("收回旧卡", "ཕྱིར་བསྡུ་དགོས།", 10),
)


_CHANGES = {
    "household": "户编号",
    "code": "旧卡卡号",
    "policy": "政策",
    "standard": "标准",
    "kind": "原因",
    "old_value": "原标准",
    "old_quantity": "原数量",
    "old_amount": "原金额",
    "new_value": "新标准",
    "new_quantity": "新数量",
    "new_amount": "新金额",
    "per_year": "每年现金增减",
    "late": "晚发",
    "notice": "依据",
}
"""The columns of ``changed.CHANGES`` in words."""


@dataclass(slots=True)
class Found:
    """What was found, gathered part by part; the lines that changed go to disk at once, so that
    memory is bounded.
    """

    folder: Path
    cards: list[pl.DataFrame] = field(default_factory=list)
    without: list[pl.Series] = field(default_factory=list)
    right: int = 0
    lines: int = 0

    def add(self, part: Part) -> None:
        part.lines.write_parquet(self.folder / f"{len(self.cards):05}.parquet")
        self.cards.append(part.cards)
        self.without.append(part.without)
        self.right += part.right
        self.lines += part.lines.height

    @property
    def changes(self) -> pl.LazyFrame:
        """The lines that changed, of all parts."""
        return pl.scan_parquet(sorted(self.folder.glob("*.parquet")), glob=False)


@dataclass(frozen=True, slots=True)
class Stale:
    """All stale cards: ``cards`` as in ``stale.Part`` with ``when`` (now, next, or back for a
    household that left).

    ``without`` are households of the runs' villages that never got a card; ``right`` counts the
    cards that are right, ``unknown`` those of which the roster says nothing.
    """

    cards: pl.DataFrame
    without: pl.DataFrame
    right: int
    unknown: int

    @classmethod
    def of(
        cls, found: Found, roster: Roster, issued: Issued, left: pl.DataFrame, unknown: int
    ) -> Stale:
        now = pl.when("urgent").then(pl.lit("now")).otherwise(pl.lit("next")).alias("when")
        stale = pl.concat(found.cards).with_columns(now)
        back = left.with_columns(
            now_area="area",
            kinds=pl.lit(["left"]),
            per_year=pl.lit(0, stale.schema["per_year"]),
            late=False,
            urgent=True,
        ).with_columns(when=pl.lit("back"))
        cards = pl.concat([stale, back.select(stale.columns).cast(stale.schema)])
        homes = roster.households.filter(
            pl.col("household_id").is_in(pl.concat(found.without).implode())
        )
        printed = homes.filter(pl.col("area").is_in(issued.cards["area"].unique().implode()))
        return cls(
            cards.sort("now_area", "pile", maintain_order=True), printed, found.right, unknown
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many cards are right, stale by when, and of each kind; households without a card."""
        when = Counter(self.cards["when"].to_list())
        kinds = Counter(self.cards["kinds"].explode().to_list())
        by_reason = {
            "right": self.right,
            **{key: when[key] for key in WHEN},
            "unknown": self.unknown,
        }
        late = int(self.cards["late"].sum())
        return (
            by_reason
            | {"without": self.without.height, "late": late}
            | {key: kinds[key] for key in REASONS if kinds[key]}
        )


def write_stale(
    stale: Stale,
    found: Found,
    catalogue: Catalogue,
    roster: Roster,
    decision: Mapping[str, object],
    out: Path,
) -> list[Path]:
    """Write all lists into a folder: the workbook, the changes, what to print, the decision. Raises
    OSError.
    """
    store = Folder(out)
    sheets = [
        Sheet("卡 བྱང་བུ", "", _CARDS, _card_rows(stale.cards, catalogue)),
        Sheet("各村 གྲོང་ཚོ", "", _VILLAGES, _village_rows(stale.cards, roster, catalogue)),
    ]
    with store.filling("stale.xlsx", private=True) as file:
        write_book(file, sheets)
    with store.filling("changes.csv", private=True) as file:
        _write_changes(found, file)
    store.write(
        [("reissue.csv", reissue_csv(reissued(stale.cards), former(found.changes)))], private=True
    )
    names = ["stale.xlsx", "changes.csv", "reissue.csv"]
    if stale.without.height:
        store.write([("first.csv", reissue_csv(first_cards(stale.without)))], private=True)
        names.append("first.csv")
    counted = {**decision, "counts": stale.counts}
    text = json.dumps(counted, ensure_ascii=False, indent=1, default=str)
    store.write([("decision.json", text.encode() + b"\n")])
    return [out / name for name in (*names, "decision.json")]


def reissued(cards: pl.DataFrame) -> pl.DataFrame:
    """The reissue list: the cards that are printed anew now, each the next copy in the place of the
    one that is out.
    """
    return cards.filter(pl.col("when") == "now").select(
        "household",
        copy=pl.col("copy").add(1).clip(upper_bound=MOST_COPIES),
        replaces="code",
        reasons=_words("zh"),
    )


def former(changes: pl.LazyFrame) -> pl.DataFrame:
    """What cards that are out say of the lines that are others now, for the new cards that tell it
    and for slips.
    """
    lines = changes.filter(pl.col("standard").is_not_null()).select(
        "household",
        "policy",
        "standard",
        value="old_value",
        amount="old_amount",
        had=pl.col("kind") != "gained",
    )
    return former_cells(lines.collect())


def _words(lang: Lang) -> pl.Expr:
    labels = {key: text[lang] for key, text in REASONS.items()}
    return (
        pl.col("kinds")
        .list.eval(pl.element().replace_strict(labels, return_dtype=pl.String))
        .list.join("、")
    )


def first_cards(homes: pl.DataFrame) -> pl.DataFrame:
    """The list by which households that have no card get their first one."""
    return homes.select(
        household="household_id",
        copy=pl.lit(1, pl.Int16),
        replaces=pl.lit(None, pl.String),
        reasons=pl.lit("首次"),
    )


def _card_rows(cards: pl.DataFrame, catalogue: Catalogue) -> Iterator[list[Content]]:
    columns = (
        "now_area",
        "group",
        "household",
        "pile",
        "code",
        "copy",
        "edition",
        "when",
        "kinds",
        "late",
        "per_year",
    )
    for (
        area,
        group,
        household,
        pile,
        code,
        copy,
        edition,
        when,
        kinds,
        late,
        per_year,
    ) in cards.select(columns).iter_rows():
        village = catalogue.areas.get(area)
        texts = [REASONS[kind] for kind in kinds]
        yield [
            *(
                area,
                village.name.zh if village else "",
                group or "",
                household,
                pile,
                format_code(code),
                copy,
                edition,
            ),
            *(
                WHEN[when].zh,
                "、".join(text.zh for text in texts),
                " ".join(text.bo for text in texts),
            ),
            *("晚发" if late else "", per_year),
        ]


def _village_rows(
    cards: pl.DataFrame, roster: Roster, catalogue: Catalogue
) -> Iterator[list[Content]]:
    homes = roster.households.group_by("area").agg(homes=pl.len())
    counts = cards.group_by(area="now_area").agg(
        *((pl.col("when") == key).sum().alias(key) for key in WHEN)
    )
    for area, households, *numbers in homes.join(counts, on="area").sort("area").iter_rows():
        village = catalogue.areas.get(area)
        yield [
            area,
            village.name.zh if village else "",
            village.name.bo if village else "",
            households,
            *numbers,
        ]


def _write_changes(found: Found, file: Path) -> None:
    """A row a line that changed, for Excel; numbers are numbers, codes are texts."""
    zh = {kind: text.zh for kind, text in REASONS.items()}
    changes = found.changes.with_columns(pl.col("kind").replace_strict(zh, return_dtype=pl.String))
    changes = changes.with_columns(
        as_text(pl.col(pl.String)), pl.when("late").then(pl.lit("晚发")).alias("late")
    )
    changes.select(
        pl.col(name).alias(f"{name} {heading}") for name, heading in _CHANGES.items()
    ).sink_csv(file, include_bom=True, line_terminator="\r\n")
