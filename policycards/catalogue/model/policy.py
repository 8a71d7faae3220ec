"""A policy as it is read from its file: texts, standards, dated values; and cases that prove it.

Every class that is read from YAML forbids unknown keys. A case of ``policies/tests/*.yaml`` says
that on this day this household gets this amount.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from policycards.catalogue.model.dates import Dated, Day
from policycards.core import units
from policycards.core.files import is_reserved

Lang = Literal["bo", "zh"]
LANGS: tuple[Lang, ...] = ("bo", "zh")

Claim = Literal["automatic", "apply", "report"]
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


def _free(value: str) -> str:
    if is_reserved(value):
        raise PydanticCustomError("reserved_name", "a name")
    return value


def _amount(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if len(value) > 20:
            raise ValueError(value)
        return units.amount(value)
    except ValueError:
        raise PydanticCustomError("amount_form", "an amount") from None


Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}),
]
Id = Annotated[
    str,
    Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60),
    AfterValidator(_free),
]
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
    short: Text | None = Field(None, description="标准的短名称 short label, for one line")
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

    def before(self, value: Value) -> Value | None:
        """The entry that one of the same area replaced."""
        start = value.since.first_day
        earlier = [
            each for each in self.values if each.area == value.area and each.since.first_day < start
        ]
        return max(earlier, key=lambda other: (other.since.first_day, other.recorded), default=None)


class Paid(Form):
    """When, and by what, the money comes; ``month`` and ``via`` need no translation."""

    month: int | None = Field(None, ge=1, le=12, description="每年几月发，如 6 month of the year")
    via: Literal["card", "passbook", "cash"] | None = Field(
        None, description="card 社会保障卡，passbook 存折，cash 现金 by what"
    )
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
    short: Text | None = Field(None, description="短名称，一行印得下 short name, for one line")
    summary: Text = Field(description="一句话说明 one sentence")
    who: Text = Field(description="谁可以享受 who can have it")
    how: tuple[Text, ...] = Field((), description="怎么办理，逐步 steps to claim it")
    claim: Claim | None = Field(
        None, description="automatic 自动发放，apply 要申请，report 发生后上报 how it is claimed"
    )
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


class Home(Form):
    """The household of a case; besides these, the columns of a roster by their names."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str]

    area: AreaCode = Field(description="村的区划代码 the village")
    members: tuple[dict[str, str], ...] = Field(
        (), description="每人一行：birth_date 和个人的列 one for each person"
    )


class Case(Form):
    """One household on one day, and what must come out; what is not said may be anything."""

    name: str = Field(min_length=1, description="这个例子说明什么 what the case proves")
    day: Day = Field(description="哪一天 the day")
    household: Home = Field(description="这一户 the household")
    standard: Id | None = Field(None, description="标准代号；只有一个标准时不用写 which standard")
    answer: Literal["yes", "no", "cannot_tell"] = Field(
        "yes", description="yes 享受，no 不享受，cannot_tell 不能确定；不写就是 yes"
    )
    value: Amount | None = Field(None, description="标准值 the value in force")
    quantity: Amount | None = Field(None, description="数量 the quantity")
    amount: Amount | None = Field(None, description='金额，加引号，如 "1300" the amount, quoted')
    missing: tuple[str, ...] | None = Field(None, description="缺哪几列 the columns in want")


class Cases(Form):
    """A file of cases for one policy."""

    policy: Id = Field(description="政策代号 the policy")
    cases: tuple[Case, ...] = Field(min_length=1, description="例子 the cases")
