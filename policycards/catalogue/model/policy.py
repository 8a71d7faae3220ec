"""The catalogue as values: policies, standards, units, areas, contacts, words. Read once, never
changed.

Every class that is read from YAML forbids unknown keys; where a thing stands in its file is kept
beside it, in ``Catalogue.places``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from policycards.catalogue.yaml.source import Path_
from policycards.core import units
from policycards.core.problems import Place

Lang = Literal["bo", "zh"]
LANGS: tuple[Lang, ...] = ("bo", "zh")

Pays = Literal[
    "cash",
    "approved",
    "event",
    "paid_for_you",
    "limit",
    "percent",
    "loan",
    "you_pay",
    "in_kind",
    "by_notice",
]
"""What kind of money a standard is: only ``cash`` is ever multiplied and subtotalled."""

_DATE = re.compile(r"(\.\./)?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as it is known: year, month or day; ``at_latest`` when only an upper bound
    is known.

    Written ``"2016"``, ``"2016-07"``, ``"2016-07-01"``, and ``"../2016"`` for "in force by 2016,
    start unknown".

    >>> When.parse("2016-07").first_day
    datetime.date(2016, 7, 1)
    >>> str(When.parse("../2016"))
    '../2016'
    """

    year: int
    month: int | None = None
    day: int | None = None
    at_latest: bool = False

    @classmethod
    def parse(cls, text: str) -> When:
        """Raises ValueError for another form and for a day that no calendar has."""
        match = _DATE.fullmatch(text)
        if not match:
            raise ValueError(text)
        at_latest, year, month, day = match.groups()
        date(int(year), int(month or 1), int(day or 1))
        return cls(
            int(year), int(month) if month else None, int(day) if day else None, bool(at_latest)
        )

    @classmethod
    def of(cls, day: date) -> When:
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return ("../" if self.at_latest else "") + "-".join(parts)


def _when(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return When.parse(value)
        except ValueError:
            raise PydanticCustomError(
                "date_impossible" if _DATE.fullmatch(value) else "date_form", "a date"
            ) from None
    if not isinstance(value, When):
        raise PydanticCustomError("string_type", "a date")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    when = _when(value)
    if when.day is None or when.at_latest:
        raise PydanticCustomError("day_needed", "a day")
    return when.first_day


def _amount(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if len(value) > 20:
            raise ValueError(value)
        return units.amount(value)
    except ValueError:
        raise PydanticCustomError("amount_form", "an amount") from None


def _first_format(value: Any) -> Any:
    return 1 if value == "1" else value


Dated = Annotated[
    When,
    BeforeValidator(_when),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^(\.\./)?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}),
]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
AREA_CODE = r"^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$"
AreaCode = Annotated[str, Field(pattern=AREA_CODE)]
"""A division: 2 province, 4 prefecture, 6 county, 9 township, 12 village; a prefix is an area."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Form(BaseModel):
    """What is read from YAML: frozen, and strict about its keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=False
    )


class Text(Form):
    """One text in both languages; both have the same ``{placeholders}``."""

    bo: str = Field(min_length=1, description="藏文 Tibetan")
    zh: str = Field(min_length=1, description="中文 Chinese")

    def __getitem__(self, lang: Lang) -> str:
        return self.bo if lang == "bo" else self.zh


class Source(Form):
    """Where a value comes from: the document, never a mirror of it."""

    title: str = Field(min_length=1, description="文件名称 title of the document")
    number: str | None = Field(None, description="文号 its number")
    issuer: str | None = Field(None, description="发文单位 who issued it")
    url: str | None = Field(
        None, description="原始网址，不用转载网址 its own address, not a copy's"
    )


class Confirmed(Form):
    """Who vouches for a value, and since when."""

    by: str = Field(min_length=1, description="核对人或单位 who")
    on: Day = Field(description="核对日期 which day")


class Value(Form):
    """What a standard is from one date on. ``missing`` says why ``published``, number or url of the
    source is null.
    """

    since: Dated = Field(
        alias="from",
        description="执行起始：年、年-月或年-月-日；只知道最晚时间写 ../年 in force since",
    )
    amount: Amount | None = Field(None, description='金额，必须加引号，如 "7.50" amount, quoted')
    area: AreaCode | None = Field(None, description="只适用的区划代码 only in this area")
    published: Dated | None = Field(None, description="公布日期 date of the notice")
    recorded: Day = Field(description="录入日期，只往后加 day of entry")
    source: Source | None = Field(None, description="依据文件 the document behind it")
    status: Literal["expected", "ended"] | None = Field(
        None, description="expected 待定，ended 已停止"
    )
    corrects: str | None = Field(None, description="更正了什么 what this entry corrects")
    confirmed: Confirmed | None = Field(None, description="已核对 confirmed by the office")
    checked_on: Day | None = Field(None, description="最近一次查对日期 last looked up")
    note: str | None = Field(None, description="内部说明，不印 note, not printed")
    missing: str | None = Field(
        None, description="公布日期、文号或网址为空的原因 why one of them is null"
    )


class Standard(Form):
    """An amount with a unit that changes by date."""

    id: Id = Field(description="标准代号，本政策内唯一 unique in this policy")
    label: Text | None = Field(None, description="标准名称 what it is for")
    unit: Id | None = Field(
        None, description="catalogue.yaml 中的计量单位 a unit of catalogue.yaml"
    )
    pays: Pays = Field(
        description=(
            "cash 现金，approved 审批定额，event 发生时支付，paid_for_you 代缴，limit 限额，"
            "percent 比例，"
            "loan 贷款，you_pay 自缴，in_kind 实物或服务，by_notice 以通知为准 what kind of money"
        )
    )
    limit: Literal["at_most", "at_least", "average"] | None = Field(
        None, description="pays 为 limit 时必填：at_most 最高，at_least 不低于，average 人均"
    )
    per: Literal["household", "member"] = Field(
        "household", alias="for", description="household 按户，member 按人"
    )
    when: str | None = Field(
        None, description="条件式，或 listed（只限名册所列）；不写为都适用 a rule, or listed"
    )
    quantity: str | None = Field(
        None, description="数量算式，如 mu；户默认 1，人默认人数 an expression"
    )
    rounding: Amount = Field(
        Decimal("0.01"), gt=0, description='取整到，如 "1"，必须加引号 round to, quoted'
    )
    variant: dict[Name, str] = Field({}, description="适用的类别：属性名: 取值 attribute: choice")
    values: tuple[Value, ...] = Field((), description="标准值，按时间往后加，不改旧的 append only")

    def value_on(self, day: date, area: str = "") -> Value | None:
        """The value in force on a day in an area: the nearest area's, the newest not later than the
        day, and of one date the last recorded. None where there is none, where it has ended, or
        where it is only expected.
        """
        entry = self._entry_on(day, area)
        return None if entry is None or entry.status == "ended" else entry

    def before(self, value: Value) -> Value | None:
        """The entry that one of the same area replaced."""
        start = value.since.first_day
        earlier = [
            each for each in self.values if each.area == value.area and each.since.first_day < start
        ]
        return max(earlier, key=lambda other: (other.since.first_day, other.recorded), default=None)

    def ended_on(self, day: date, area: str = "") -> Value | None:
        """The entry that ended the standard, if on a day in an area it has ended."""
        entry = self._entry_on(day, area)
        return entry if entry and entry.status == "ended" else None

    def _entry_on(self, day: date, area: str) -> Value | None:
        told = [
            value
            for value in self.values
            if value.status != "expected"
            and value.since.first_day <= day
            and area.startswith(value.area or "")
        ]
        return max(reversed(told), key=_rank, default=None)


def _rank(value: Value) -> tuple[int, date, date]:
    return len(value.area or ""), value.since.first_day, value.recorded


class Paid(Form):
    """When, and by what, the money comes."""

    when: Text | None = Field(None, description="何时发放 when")
    by: Text | None = Field(None, description="怎样发放 by what")


class Audio(Form):
    """Recordings of the policy read aloud, files beside the policy."""

    bo: str | None = Field(None, description="藏语录音文件 recording in Tibetan")
    zh: str | None = Field(None, description="汉语录音文件 recording in Chinese")


class Policy(Form):
    """One benefit programme, one YAML file named after its id."""

    id: Id = Field(description="政策代号，与文件名相同 same as the file's name")
    category: Id = Field(description="类别，与文件夹名相同 same as the folder's name")
    name: Text = Field(description="政策名称 name")
    summary: Text = Field(description="一句话说明 one sentence")
    who: Text = Field(description="谁可以享受 who can have it")
    how: tuple[Text, ...] = Field((), description="怎么办理，逐步 steps to claim it")
    papers: tuple[Text, ...] = Field((), description="要带的材料 papers to bring")
    office: Text | None = Field(None, description="办理单位 where to claim it")
    paid: Paid | None = Field(None, description="何时、怎样发放 when and how it is paid")
    deadline: Text | None = Field(None, description="截止时间 deadline")
    area: tuple[AreaCode, ...] = Field(
        (), description="只在这些区划实行；不写为全部 only in these areas"
    )
    discreet: bool = Field(
        False, description="敏感政策（低保、孤儿、残疾等） never shown in public lists"
    )
    audio: Audio | None = Field(None, description="录音 recordings")
    standards: tuple[Standard, ...] = Field(min_length=1, description="补助标准 standards")


class Category(Form):
    """A group of policies with its pictogram."""

    id: Id = Field(description="类别代号，也是文件夹名 also its folder's name")
    name: Text = Field(description="类别名称 name")
    pictogram: str = Field(min_length=1, description="图标名称 pictogram")


class Period(Form):
    """How often a unit pays: ``times`` in a year for days (day x N), ``shares`` for instalments
    over years.
    """

    every: Literal["year", "month", "day", "once", "event"] = Field(
        description="year 年，month 月，day 天，once 一次性，event 每次"
    )
    times: int | None = Field(
        None, ge=1, le=366, description="一年按多少天算 days counted in a year"
    )
    shares: tuple[Amount, ...] = Field((), description="分年兑现的各份，加引号 instalments, quoted")


class Unit(Form):
    """What an amount is per, in words: ``{n}`` stands for the number."""

    id: Id = Field(description="单位代号 id")
    label: Text = Field(description="写法，{n} 代表数字 words with {n} for the number")
    period: Period = Field(description="周期 period")


class Blank(Form):
    """What an empty cell means for people of an age: clerks leave out what plainly does not concern
    them.
    """

    from_age: int = Field(ge=1, le=120, description="从几岁起 from this age on")
    means: str = Field(min_length=1, description="空格的意思 what an empty cell means")


class Attribute(Form):
    """A fact about a household, a member or an area that rules may name."""

    name: Name = Field(description="条件式里用的名字 name in rules")
    of: Literal["household", "member", "area"] = Field(
        description="household 户，member 人，area 区划"
    )
    type: Literal["number", "choice", "yes_no", "text", "date"] = Field(
        description="number 数，choice 选项，yes_no 是否，text 文字，date 日期"
    )
    label: Text = Field(description="名称 label")
    unit: Text | None = Field(None, description="计量单位 unit")
    choices: tuple[str, ...] = Field((), description="choice 的各选项 the choices")
    headings: tuple[str, ...] = Field((), description="名册里的列名 headings in rosters")
    blank: Blank | None = Field(
        None, description="成年人空着的格怎么理解 an empty cell of someone older (of: member)"
    )


class Settings(Form):
    """``catalogue.yaml``: the office, and everything that is no policy."""

    format: Annotated[Literal[1], BeforeValidator(_first_format)] = Field(
        description="格式版本，写 1 write 1"
    )
    data: Literal["sample", "confirmed"] = Field(description="sample 示例数据，confirmed 已核实")
    issuer: Text = Field(description="发卡单位 who issues the cards")
    area: AreaCode = Field(description="本单位的区划代码 the office's area")
    base_url: str = Field(min_length=1, description="二维码网址 address in the QR code")
    sheet_price: Amount = Field(description="一张纸的价格（元），加引号 price of a sheet, quoted")
    sides_per_minute: int = Field(
        20, ge=1, le=1000, description="打印机每分钟印几面 sides a printer prints a minute"
    )
    check_after_months: int = Field(
        ge=1, le=120, description="标准多少个月要查对一次 months between checks"
    )
    categories: tuple[Category, ...] = Field(
        min_length=1, description="类别，按印刷顺序 in order of print"
    )
    units: tuple[Unit, ...] = Field(min_length=1, description="计量单位 units")
    attributes: tuple[Attribute, ...] = Field(
        (), description="条件式可用的属性 what rules may name"
    )
    groups: dict[Name, str] = Field({}, description='人数分组，如 child: "age < 16"，得到 n_child')


class Topic(Form):
    """A subject that readers look for, such as schooling, and who they are, such as students."""

    id: Id = Field(description="主题代号 id")
    name: Text = Field(description="主题名称 the subject")
    who: Text = Field(description="谁会找它，如牧民 who looks for it")
    pictogram: str = Field(min_length=1, description="图标名称 pictogram")
    policies: tuple[Id, ...] = Field(
        (), description="政策代号，重要的在前 policies, most important first"
    )


class Topics(Form):
    """``topics.yaml``."""

    topics: tuple[Topic, ...] = Field((), description="主题 topics")


class Review(Form):
    """A reader vouches for one pair of texts, known by its digest."""

    text: str = Field(pattern=r"^[0-9a-f]{16}$")
    by: str
    office: str
    on: Day


class Reviews(Form):
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A division of ``areas.csv``; ``attributes`` are what rules may name (area class, border
    line).
    """

    code: str
    name: Text
    attributes: Mapping[str, str]
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone of ``contacts.csv``; the nearest area's row of a role wins."""

    area: str
    role: Literal["ask", "supervise"]
    office: Text
    phone: str
    hours: Text | None
    speaks_tibetan: bool
    placeholder: bool


@dataclass(frozen=True, slots=True)
class LocatedText:
    """A text with its owner (a policy id, ``catalogue`` or ``words``), its path there and the
    places of both sides.
    """

    text: Text
    owner: str
    path: Path_
    bo: Place
    zh: Place


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything under ``policies/``, read and checked. Policies are in the order of categories,
    then by id.
    """

    settings: Settings
    words: Mapping[str, Text]
    policies: tuple[Policy, ...]
    areas: Mapping[str, Area]
    contacts: tuple[Contact, ...]
    reviewed: frozenset[str]
    texts: tuple[LocatedText, ...]
    digest: str
    places: Mapping[tuple[str, Path_], Place] = field(repr=False)
    topics: tuple[Topic, ...] = ()

    def place(self, owner: str, *path: str | int) -> Place:
        """Where a part stands: of a policy by its id, or of ``catalogue`` and ``words``; the
        nearest known parent.
        """
        while path and (owner, path) not in self.places:
            path = path[:-1]
        return self.places.get((owner, path)) or Place(owner)

    def unit(self, unit_id: str) -> Unit:
        return next(unit for unit in self.settings.units if unit.id == unit_id)

    def attributes_of(self, area: str) -> dict[str, str]:
        """The attributes of a division as ``areas.csv`` writes them; what is empty comes from the
        nearest one above.
        """
        inherited: dict[str, str] = {}
        for length in (2, 4, 6, 9, 12):
            row = self.areas.get(area[:length]) if length <= len(area) else None
            inherited |= {
                name: value for name, value in (row.attributes if row else {}).items() if value
            }
        return inherited

    def contact(self, area: str, role: Literal["ask", "supervise"]) -> Contact | None:
        """The contact of a role whose area is nearest above an area."""
        fitting = [
            contact
            for contact in self.contacts
            if contact.role == role and area.startswith(contact.area)
        ]
        return max(fitting, key=lambda contact: len(contact.area), default=None)
