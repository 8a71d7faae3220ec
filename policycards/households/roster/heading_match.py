"""Which column of a list is which: a heading in Chinese, Tibetan or English means a column only
where it is exactly one of its names; everything else is asked about.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher, get_close_matches

from policycards.core.problems import Place, Problem, problem
from policycards.households.roster.fields import DROPPED, PERSONAL, Field
from policycards.households.roster.quantities import factor_of, is_unit, stated_units
from policycards.tables.headings import TOP, Headings, find_headings, key_of
from policycards.tables.tables import Table
from policycards.tables.xlsx import letters

MARK = "要改正的地方 བཅོས་དགོས་པ"
"""Heading of the column in which a list comes back with what is to be corrected."""
LONGEST = 40
"""Characters of a heading that is compared with others; what is longer is a note."""
NOT_USED = "-"
"""What a mapping says of a column that is not to be used."""

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^】]*)】")
_IGNORED = frozenset({"序号", "编号", "no", "number", "序", "ཨངརིམ", key_of(MARK)})
_NAMES = ("name_bo", "name_zh")
_GROUPS_WORDS = (
    "基本信息 基本情况 人员信息 人员情况 家庭成员 家庭成员信息 家庭成员情况 "
    "家庭成员基本情况 成员信息 成员 个人信息 个人情况 家庭情况 家庭信息 家庭基本情况 "
    "户信息 户情况 农户信息 农户情况 农户基本情况 家庭成员基本信息 家庭基本信息 "
    "人口信息 人口情况 "
)
_GROUPS = frozenset(_GROUPS_WORDS.split())
"""Headings over several columns that say nothing about them."""
_REMARKS_WORDS = (
    "必填 选填 可不填 如有 汉字 全称 文本 文本格式 数字 单选 下拉 下拉选择 可选 公历 阳历 新历 "
)
_REMARKS = frozenset(_REMARKS_WORDS.split())
_DATE_REMARK = re.compile(r"[年月日ymd\d\-/.:如格式例]+", re.IGNORECASE)
_CODES = re.compile(r"([0-9a-z])\s*[=:、.\-]?\s*(是|有|享受|否|无|没有|不是|不享受)")
_OTHER_CALENDAR = re.compile(r"农历|阴历|旧历|夏历|藏历|བོད་ཟླ")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means, and how surely: 0 mapped by hand, 1 a heading of its own, 2 for want of a
    better. ``factor`` turns its numbers into the field's unit, ``codes`` its codes into yes and no;
    ``refused`` is a word of the heading for which nothing is known.
    """

    field: str
    rank: int
    factor: Decimal = Decimal(1)
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    refused: str = ""
    of_head: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """A table's columns by field, where its headings stand, those that mean nothing here, and those
    never kept. ``titles`` are the lines above the headings; ``meanings`` what is special about a
    column.
    """

    table: Table
    row: int
    columns: Mapping[str, int]
    headings: tuple[str, ...]
    unmatched: tuple[str, ...]
    personal: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    meanings: Mapping[str, Meaning] = dataclasses.field(default_factory=dict)

    def heading(self, field: str) -> str:
        return self.headings[self.columns[field]] if field in self.columns else ""

    @property
    def is_of_heads(self) -> bool:
        """Whether each row is a household under the name of its head, without its other people."""
        names = [self.meanings[name] for name in _NAMES if name in self.columns]
        return (
            "relation" not in self.columns
            and bool(names)
            and (all(each.of_head for each in names) or "people" in self.columns)
        )


class Known:
    """All names of the fields, and what an office has said of other headings."""

    def __init__(self, fields: Mapping[str, Field], mapping: Mapping[str, str]) -> None:
        self.fields = fields
        self.names: dict[str, tuple[str, int]] = {}
        self.of_head = {
            key_of(heading) for name in _NAMES if name in fields for heading in fields[name].also
        }
        for each in fields.values():
            for heading in each.also:
                self.names.setdefault(key_of(heading), (each.name, 2))
        for each in reversed(list(fields.values())):
            for heading in (*each.headings, each.label.bo, each.label.zh, each.name):
                self.names[key_of(heading)] = (each.name, 1)
        self.answered: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        for heading, name in mapping.items():
            if name not in fields and name not in ("", NOT_USED):
                continue
            if re.fullmatch(r"[A-Z]{1,3}", heading):
                self.columns[heading] = name
            self.answered[key_of(heading)] = name

    def meaning(self, parts: tuple[str, ...], column: int = -1) -> Meaning | None:
        """What the heading of a column means, whole, or what stands before its brackets where these
        say nothing that changes it.
        """
        text = "·".join(parts)
        key = key_of(text)
        if not key:
            return None
        answered = self.columns.get(letters(column)) if column >= 0 else None
        answered = self.answered.get(key) if answered is None else answered
        if answered is not None:
            if answered in ("", NOT_USED):
                return None
            read = self._read(parts)
            if read is not None and read.field == answered:
                return replace(read, rank=0)
            return Meaning(answered, 0, self._factor_of(text, answered))
        return self._read(parts)

    def _read(self, parts: tuple[str, ...]) -> Meaning | None:
        if len(parts) > 1 and is_unit(parts[-1].strip("()（）")):
            parts = (*parts[:-2], f"{parts[-2]}({parts[-1].strip('()（）')})")
        found = self._one("".join(parts))
        if found is not None or len(parts) == 1:
            return found
        last = self._one(parts[-1])
        if last is None:
            return None
        for group in parts[:-1]:
            above = self._one(group)
            if key_of(group) not in _GROUPS and (above is None or above.field != last.field):
                return None
        return last

    def _one(self, text: str) -> Meaning | None:
        key = key_of(text)
        if key in self.names:
            name, rank = self.names[key]
            return Meaning(name, rank, of_head=rank == 2 and key in self.of_head)
        plain = unicodedata.normalize("NFKC", text)
        base = key_of(_BRACKETS.sub("", plain))
        if base == key or base not in self.names:
            return None
        name, rank = self.names[base]
        remarks = ["".join(filter(None, groups)) for groups in _BRACKETS.findall(plain)]
        found = Meaning(name, rank, of_head=rank == 2 and base in self.of_head)
        for remark in remarks:
            found = self._with_remark(found, remark.strip())
        return found

    def _with_remark(self, found: Meaning, remark: str) -> Meaning:
        """A meaning with what stands in brackets behind its heading."""
        kind = self.fields[found.field].kind
        if key_of(remark) in _REMARKS or not remark:
            return found
        if kind in ("override", "yes_no"):
            codes = {code: _yes(word) for code, word in _CODES.findall(remark.casefold())}
            if set(codes.values()) == {"yes", "no"}:
                return replace(found, codes=codes)
            if set(re.sub(r"[/\\、或,，\s]", "", remark)) <= set("是否有无√×打勾填"):
                return found
        if kind in ("number", "override", "order"):
            factor = factor_of(remark, self.fields[found.field])
            if factor is not None:
                return replace(found, factor=found.factor * factor)
        if kind in ("birth", "date") and _DATE_REMARK.fullmatch(key_of(remark)):
            return found
        if kind in ("drop", "area", "id", "name", "text") and not _OTHER_CALENDAR.search(remark):
            return found
        return replace(found, refused=remark)

    def _factor_of(self, text: str, name: str) -> Decimal:
        """What the unit in the brackets of a heading that was mapped by hand makes of its numbers."""
        plain = unicodedata.normalize("NFKC", text)
        for groups in _BRACKETS.findall(plain):
            factor = factor_of("".join(groups), self.fields[name])
            if factor is not None:
                return factor
        return Decimal(1)


def _yes(word: str) -> str:
    return "yes" if word in ("是", "有", "享受") else "no"


def match(
    table: Table, fields: Mapping[str, Field], mapping: Mapping[str, str]
) -> tuple[Matching | None, list[Problem]]:
    """The columns of a table; None where no row of it can be its headings.

    ``mapping`` goes before: the heading of an odd column or its letter, and the field that it is.
    """
    known = Known(fields, mapping)
    top = table.frame.head(TOP)
    rows = [(row[0], ["" if cell is None else cell for cell in row[1:]]) for row in top.iter_rows()]
    found = find_headings(rows, table.blocks, lambda cell: _plain_meaning(known, cell))
    if found is None:
        return None, [problem("E505", Place(table.file), rows=TOP, known=_usual(fields))]
    place = Place(table.file, found.row)
    meanings = [known.meaning(parts, column) for column, parts in enumerate(found.parts)]
    columns, problems = _columns(found, meanings, place)
    special = {name: meaning for name, at in columns.items() if (meaning := meanings[at])}
    special = _with_stated_units(special, found.titles, fields)
    for name, meaning in list(special.items()):
        if meaning.refused:
            problems.append(
                problem(
                    "E583",
                    Place(place.file, place.line, columns[name] + 1),
                    heading=found.texts[columns[name]],
                    word=meaning.refused,
                    field=fields[name].label.zh,
                )
            )
            del columns[name]
    unmatched = tuple(
        text
        for column, text in enumerate(found.texts)
        if text and meanings[column] is None and key_of(text) not in _IGNORED
    )
    personal = tuple(
        text
        for column, text in enumerate(found.texts)
        if (each := meanings[column]) and each.field in PERSONAL
    )
    return Matching(
        table, found.row, columns, found.texts, unmatched, personal, found.titles, special
    ), problems


def _plain_meaning(known: Known, cell: str) -> str | None:
    meaning = known.meaning((" ".join(cell.split()),)) if cell.strip() else None
    return meaning.field if meaning else None


def _columns(
    found: Headings, meanings: list[Meaning | None], place: Place
) -> tuple[dict[str, int], list[Problem]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for column, meaning in enumerate(meanings):
        if meaning:
            places.setdefault(meaning.field, []).append((meaning.rank, column))
    columns, problems = {}, []
    for name, ranked in places.items():
        rank = min(ranked)[0]
        surest = [column for each, column in ranked if each == rank]
        columns[name] = surest[0]
        if len(surest) > 1 and name not in DROPPED:
            shown = ", ".join(f"{found.texts[column]} ({letters(column)})" for column in surest)
            problems.append(problem("E508", place, field=name, headings=shown))
    return columns, problems


def _with_stated_units(
    meanings: dict[str, Meaning], titles: tuple[str, ...], fields: Mapping[str, Field]
) -> dict[str, Meaning]:
    """Units that a line above the list states hold for the columns that name none."""
    units = [unit for title in titles for unit in stated_units(title)]
    for name, meaning in meanings.items():
        if fields[name].kind not in ("number", "override") or meaning.factor != 1:
            continue
        factors = {factor_of(unit, fields[name]) for unit in units} - {None}
        area = fields[name].kind == "number"
        mine = [unit for unit in units if is_unit(unit) and (area != ("元" in unit))]
        if len(factors) == 1 and mine:
            factor = factors.pop()
            assert factor is not None
            meanings[name] = replace(meaning, factor=factor)
        elif mine and not factors:
            meanings[name] = replace(meaning, refused="、".join(mine))
    return meanings


def mapping_problems(
    mapping: Mapping[str, str], headings: Iterable[str], fields: Mapping[str, Field], place: Place
) -> list[Problem]:
    """What is wrong with headings mapped by hand, for a list with these headings."""
    problems = []
    there = {key_of(heading) for heading in headings}
    for heading, name in mapping.items():
        if name not in fields and name not in ("", NOT_USED):
            near = next(iter(get_close_matches(name, fields, 1, 0)), "")
            problems.append(problem("E509", place, heading=heading, field=name, nearest=near))
        elif key_of(heading) not in there and not re.fullmatch(r"[A-Z]{1,3}", heading):
            problems.append(problem("W506", place, heading=heading))
    return problems


_TELLS_NOTHING_WORDS = (
    "民族 文化程度 学历 备注 健康状况 政治面貌 婚姻状况 县 市 省 单位 标准 金额 "
    "合计 小计 年龄 地址 家庭住址 耕地面积 签字 签名 领款人签字 盖章 照片 职业 "
    "劳动能力 务工情况 在校情况 牦牛 绵羊 山羊 马 "
)
_TELLS_NOTHING = frozenset(_TELLS_NOTHING_WORDS.split())


def nearest_fields(heading: str, fields: Mapping[str, Field], most: int = 3) -> list[str]:
    """The names of the fields whose headings are most like an unknown one, to choose from."""
    key = key_of(_BRACKETS.sub("", unicodedata.normalize("NFKC", heading)))
    if not key or len(key) > LONGEST or key in _TELLS_NOTHING:
        return []
    scores: dict[str, float] = {}
    for each in fields.values():
        if each.name in DROPPED:
            continue
        for name in (*each.headings, *each.also, each.label.zh):
            other = key_of(name)
            score = SequenceMatcher(None, key, other, autojunk=False).ratio()
            scores[each.name] = max(scores.get(each.name, 0), score)
    ordered = sorted(scores, key=lambda name: -scores[name])
    best = scores[ordered[0]] if ordered else 0
    return [name for name in ordered[:most] if scores[name] >= max(0.55, best - 0.1)]


def nearest_field(heading: str, fields: Mapping[str, Field]) -> str:
    """The name of the field whose heading is most like an unknown one, or nothing."""
    return next(iter(nearest_fields(heading, fields, 1)), "")


def _usual(fields: Mapping[str, Field]) -> str:
    return ", ".join(
        fields[name].label.zh
        for name in ("household_id", "area", *_NAMES, "relation", "birth_date")
    )
