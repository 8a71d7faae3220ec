"""The catalogue as values: settings, policies, areas, contacts, words, texts and topics.

Read once, never changed; where a thing stands in its file is kept beside it, in
``Catalogue.places``. A text is known to a review by its digest.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from policycards.catalogue.model.dates import Day
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.in_force import CatalogueInForce, StandardInForce, by_area
from policycards.catalogue.model.policy import (
    Amount,
    AreaCode,
    Form,
    Id,
    Name,
    Policy,
    Standard,
    Text,
    Value,
)
from policycards.catalogue.yaml.source import Document, Path_
from policycards.core.problems import Place, Problem, problem


def _first_format(value: Any) -> Any:
    return 1 if value == "1" else value


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
    short: Text | None = Field(
        None, description="短写法，如 元/亩，不带数字 what an amount is per, in short"
    )
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

    def at(self, day: date, area: str) -> CatalogueInForce:
        """What holds of every standard on a day in an area."""
        return CatalogueInForce(self.policies, day, area)

    def on(self, day: date) -> tuple[tuple[Policy, StandardInForce], ...]:
        """What holds of every standard on a day, once for each area in which it has entries of its
        own.
        """
        return tuple(by_area(self.policies, day))

    def holds(self, standard: Standard, value: Value, day: date) -> bool:
        """Whether an entry of a standard is the value in force on a day where it is for."""
        return self.at(day, value.area or "")[standard].value is value

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


def text_digest(text: Text) -> str:
    """Sixteen hexadecimal digits that change whenever either language changes; spaces around it do
    not count.

    >>> text_digest(Text(bo="མིང་", zh="姓名")) == text_digest(Text(bo=" མིང་", zh="姓名"))
    True
    """
    sides = (unicodedata.normalize("NFC", side).strip() for side in (text.zh, text.bo))
    return hashlib.sha256("\0".join(sides).encode("utf-8")).hexdigest()[:16]


def texts_of(document: Document, owner: str) -> Iterator[LocatedText]:
    """The texts of a document in the order of the file, also of one that has faults elsewhere."""
    for path in document.keys:
        if path[-1] != "bo" or "audio" in path:
            continue
        found = _text_at(document, path[:-1])
        if found is not None:
            bo, zh = document.place(path), document.place((*path[:-1], "zh"))
            yield LocatedText(found, owner, path[:-1], bo, zh)


def _text_at(document: Document, path: Path_) -> Text | None:
    data = document.value(path)
    sides = [data.get("bo"), data.get("zh")] if isinstance(data, dict) else []
    if len(sides) == 2 and all(isinstance(side, str) and side for side in sides):
        return Text.model_construct(bo=sides[0], zh=sides[1])
    return None


TOPICS_FILE = "topics.yaml"
TOPICS = "topics"


def policies_on(catalogue: Catalogue, topic: Topic) -> tuple[Policy, ...]:
    """The policies of a topic in its order; one that is faulty, and so not in the catalogue, is
    left out.
    """
    known = {policy.id: policy for policy in catalogue.policies}
    return tuple(known[name] for name in topic.policies if name in known)


def topics_with(catalogue: Catalogue, policy: str) -> tuple[Topic, ...]:
    """The topics under which a policy is found."""
    return tuple(topic for topic in catalogue.topics if policy in topic.policies)


def topic_problems(catalogue: Catalogue, known: Collection[str]) -> Iterator[Problem]:
    """Topics that name a policy which there is not; ``known`` are the ids of all policies, the
    faulty ones too.
    """
    for i, topic in enumerate(catalogue.topics):
        for j, name in enumerate(topic.policies):
            if name not in known:
                place = catalogue.place(TOPICS, "topics", i, "policies", j)
                yield problem("E620", place, policy=name, nearest=nearest(name, known))
