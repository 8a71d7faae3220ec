"""The columns that a roster may have: what each is called in three languages, whose fact it is, of
what kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy, Text

Kind = Literal[
    "id",
    "area",
    "text",
    "name",
    "order",
    "date",
    "birth",
    "number",
    "choice",
    "yes_no",
    "override",
    "drop",
]
Owner = Literal["household", "member"]

_READY = {"age": "explain_age", "age_months": "explain_months", "members": "explain_members"}

OVERRIDE = "is_"
PERSONAL = ("identity", "head_identity", "bank", "phone", "disability")
"""Never kept: an identity number serves to derive a household id, to check a birth date or to join
a list, then it is dropped.
"""
DROPPED = (*PERSONAL, "sex", "township")
"""Columns that are used while a list is read and never kept."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a roster. ``also`` are headings that mean it only where no better heading does;
    ``both`` tells an approval that may be said of a household and of a person; ``period`` for how
    long an approved amount holds, nothing where the policy has several.
    """

    name: str
    owner: Owner
    kind: Kind
    label: Text
    headings: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unit: Text | None = None
    both: bool = False
    period: str = ""


def _core(
    name: str, owner: Owner, kind: Kind, zh: str, bo: str, headings: str, also: str = ""
) -> Field:
    return Field(name, owner, kind, Text(zh=zh, bo=bo), tuple(headings.split("|")), _listed(also))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


CORE = (
    _core(
        "household_id",
        "household",
        "id",
        "户编号",
        "དུད་ཚང་གི་ཨང་གྲངས",
        "户号|家庭编号|农户编号|户口编号|户编码|户代码|农户代码|家庭代码|牧户编号|户序号|户内编号"
        "|家庭户号|household id|household number",
    ),
    _core(
        "area",
        "household",
        "area",
        "区划代码",
        "ས་ཁུལ་གྱི་ཨང་རྟགས",
        "行政区划代码|村代码|村编码|村级区划代码|地区代码|村居代码|所属区划代码|area code"
        "|village code",
        "行政村|村|村名|所在村|村（居）|村居|村委会|村（社区）|村社区|村/社区|所属村|所属行政村"
        "|行政村名称|村名称|村居名称|村级|居住村|户籍村|村民委员会|社区|居委会|གྲོང་ཚོ|village",
    ),
    _core(
        "township",
        "household",
        "drop",
        "乡镇",
        "ཤང་དང་གྲོང་རྡལ",
        "乡（镇）|乡镇名称|所在乡镇|乡镇（街道）|乡|镇|所属乡镇|township",
    ),
    _core(
        "group",
        "household",
        "text",
        "组",
        "གྲོང་མིའི་ཚོ་ཆུང",
        "自然村|牧点|村民小组|小组|村组|组别|组名|社|组（社）|自然村（组）|所在组|所属组"
        "|རང་བྱུང་གྲོང་ཚོ|group|hamlet",
    ),
    _core(
        "walk_order",
        "household",
        "order",
        "送卡顺序",
        "བསྐུར་བའི་གོ་རིམ",
        "顺序号|顺序|走访顺序|入户顺序|walk order",
    ),
    _core(
        "deliver_to",
        "household",
        "text",
        "现住地",
        "ད་ལྟའི་སྡོད་གནས",
        "送达地址|现住址|现居住地|居住地|deliver to|lives at",
    ),
    _core(
        "known_as",
        "household",
        "text",
        "房名",
        "ཁང་མིང",
        "家名|俗称|known as|house name",
    ),
    _core(
        "people",
        "household",
        "order",
        "家庭人口",
        "ཁྱིམ་མིའི་གྲངས",
        "家庭人口数|家庭人数|人口|人口数|户人口|户人口数|家庭总人口|家庭总人数|家庭成员数"
        "|家庭成员人数|户籍人口|户籍人口数|在册人口|人数|家庭人口（人）|全家人口|people"
        "|number of people|household size",
    ),
    _core(
        "name_bo",
        "member",
        "name",
        "藏文姓名",
        "མིང",
        "姓名（藏文）|姓名藏文|藏文名|藏名|藏文名字|བོད་ཡིག་མིང|name in tibetan|tibetan name",
        "户主藏文姓名|户主姓名（藏文）|ཁྱིམ་བདག་གི་མིང",
    ),
    _core(
        "name_zh",
        "member",
        "name",
        "姓名",
        "རྒྱ་ཡིག་མིང",
        "中文姓名|汉文姓名|汉字姓名|姓名（中文）|姓名（汉文）|姓名中文|姓名汉文|成员姓名|人员姓名"
        "|家庭成员姓名|家庭成员|名字|name|name in chinese|chinese name",
        "户主姓名|户主|户主名|户主名字|户主姓名（汉文）|户主姓名（中文）|农户姓名|牧户姓名"
        "|农牧户姓名|对象姓名|救助对象姓名|享受人姓名|受益人姓名|领款人姓名|户主（姓名）|head",
    ),
    _core(
        "relation",
        "member",
        "text",
        "与户主关系",
        "ཁྱིམ་བདག་དང་འབྲེལ་བ",
        "与户主的关系|户主关系|家庭关系|关系|同户主关系|与户主之关系|与户主关系代码|成员关系"
        "|家庭成员关系|relation|relation to head",
    ),
    _core(
        "birth_date",
        "member",
        "birth",
        "出生日期",
        "སྐྱེས་པའི་ལོ་ཟླ་ཚེས",
        "出生年月日|出生年月|出生时间|生日|出生|出生日|སྐྱེས་ཚེས|སྐྱེས་པའི་ལོ་ཟླ|birth date|date of birth",
    ),
    _core("sex", "member", "drop", "性别", "ཕོ་མོ", "sex|gender"),
    _core(
        "identity",
        "member",
        "drop",
        "身份证号码",
        "ཐོབ་ཐང་ལག་འཁྱེར་གྱི་ཨང་གྲངས",
        "身份证号|身份证|公民身份号码|公民身份证号码|公民身份证号|居民身份证|居民身份证号"
        "|居民身份证号码|身份号码|证件号码|证件号|有效证件号码|ཐོབ་ཐང་ལག་འཁྱེར|identity number"
        "|identity card|id number|id card",
    ),
    _core(
        "head_identity",
        "member",
        "drop",
        "户主身份证号码",
        "ཁྱིམ་བདག་གི་ཐོབ་ཐང་ལག་འཁྱེར",
        "户主身份证号|户主身份证|户主证件号码",
    ),
    _core(
        "bank",
        "member",
        "drop",
        "银行账号",
        "དངུལ་ཁང་གི་ཨང་གྲངས",
        "银行卡号|银行帐号|银行卡|开户银行|开户行|账号|帐号|卡号|账户|一卡通|一卡通账号|一卡通号"
        "|一卡通卡号|惠农一卡通|惠农一卡通账号|惠农一卡通号|社保卡号|社会保障卡号|社会保障卡"
        "|惠农卡号|bank account|bank card|account",
    ),
    _core(
        "phone",
        "member",
        "drop",
        "联系电话",
        "འབྲེལ་གཏུག་ཁ་པར",
        "电话|手机|手机号|手机号码|电话号码|联系方式|联系电话号码|phone|telephone|mobile",
    ),
    _core(
        "disability",
        "member",
        "drop",
        "残疾等级",
        "དབང་པོ་སྐྱོན་ཅན་གྱི་རིམ་པ",
        "残疾级别|残疾类别|残疾证号|残疾人证号|残疾类型|残疾证号码|残疾情况",
    ),
)
"""Synonyms are data: a heading is matched by itself only where it is one of these, spaces, widths
and marks aside.
"""


def fields_of(catalogue: Catalogue) -> dict[str, Field]:
    """Every column that a roster of this catalogue may have, by name."""
    fields = {field.name: field for field in CORE}
    for attribute in catalogue.settings.attributes:
        if attribute.of != "area":
            fields[attribute.name] = Field(
                attribute.name,
                attribute.of,
                attribute.type,
                attribute.label,
                attribute.headings,
                choices=attribute.choices,
                unit=attribute.unit,
            )
    periods = {unit.id: unit.period.every for unit in catalogue.settings.units}
    for policy in catalogue.policies:
        fields[OVERRIDE + policy.id] = _override(policy, periods)
    return fields


def _override(policy: Policy, periods: Mapping[str, str]) -> Field:
    zh, bo = policy.name.zh, policy.name.bo
    owners = {standard.per for standard in policy.standards}
    owner: Owner = "household" if "household" in owners else "member"
    paid = {periods.get(standard.unit or "", "") for standard in policy.standards}
    names = dict.fromkeys((zh, zh.replace("最低生活保障", "低保")))
    forms = ("享受{}", "是否{}", "是否享受{}", "{}审批金额", "{}金额", "{}")
    headings = [form.format(name) for name in names for form in forms]
    return Field(
        OVERRIDE + policy.id,
        owner,
        "override",
        Text(zh=f"是否享受{zh}", bo=f"{bo}་ཐོབ་བམ"),
        (*headings, bo, policy.id),
        both=len(owners) > 1,
        period=paid.pop() if len(paid) == 1 else "",
    )


def labels_of(catalogue: Catalogue) -> dict[str, Text]:
    """What every column that a rule or a list of what is missing may name is called, but for
    counts of groups.
    """
    areas = {each.name: each.label for each in catalogue.settings.attributes if each.of == "area"}
    ready = {name: catalogue.words[word] for name, word in _READY.items()}
    return {name: field.label for name, field in fields_of(catalogue).items()} | areas | ready
