"""The form of cases that prove rules, ``policies/tests/*.yaml``: on this day this household gets
this amount.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from policycards.catalogue.model.dates import Day
from policycards.catalogue.model.policy import Amount, AreaCode, Form, Id


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
