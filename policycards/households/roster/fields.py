"""The columns that a roster may have: what each is called in three languages, whose fact it is, of
what kind.
"""

from __future__ import annotations

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

OVERRIDE = "is_"
PERSONAL = ("identity", "bank", "phone")
"""Never kept: an identity number serves to derive a household id or to join a list, then it is
dropped.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a roster. ``also`` are headings that mean it only where no better heading does;
    ``both`` tells an approval that may be said of a household and of a person.
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


def _core(
    name: str,
    owner: Owner,
    kind: Kind,
    zh: str,
    bo: str,
    *headings: str,
    also: tuple[str, ...] = (),
) -> Field:
    return Field(name, owner, kind, Text(zh=zh, bo=bo), headings, also)


CORE = (
    _core(
        "household_id",
        "household",
        "id",
        "户编号",
        "དུད་ཚང་གི་ཨང་གྲངས",
        "户号",
        "家庭编号",
        "农户编号",
        "户口编号",
        "household id",
        "household number",
    ),
    _core(
        "area",
        "household",
        "area",
        "区划代码",
        "ས་ཁུལ་གྱི་ཨང་རྟགས",
        "行政区划代码",
        "村代码",
        "村编码",
        "村级区划代码",
        "地区代码",
        "area code",
        "village code",
        also=("行政村", "村", "村名", "所在村", "村（居）", "གྲོང་ཚོ", "village"),
    ),
    _core(
        "group",
        "household",
        "text",
        "组",
        "གྲོང་མིའི་ཚོ་ཆུང",
        "自然村",
        "牧点",
        "村民小组",
        "小组",
        "村组",
        "组别",
        "组名",
        "རང་བྱུང་གྲོང་ཚོ",
        "group",
        "hamlet",
    ),
    _core(
        "walk_order",
        "household",
        "order",
        "送卡顺序",
        "བསྐུར་བའི་གོ་རིམ",
        "顺序号",
        "顺序",
        "走访顺序",
        "入户顺序",
        "walk order",
    ),
    _core(
        "deliver_to",
        "household",
        "text",
        "现住地",
        "ད་ལྟའི་སྡོད་གནས",
        "送达地址",
        "现住址",
        "现居住地",
        "居住地",
        "deliver to",
        "lives at",
    ),
    _core(
        "known_as", "household", "text", "房名", "ཁང་མིང", "家名", "俗称", "known as", "house name"
    ),
    _core(
        "name_bo",
        "member",
        "name",
        "藏文姓名",
        "མིང",
        "姓名（藏文）",
        "姓名藏文",
        "藏文名",
        "藏名",
        "བོད་ཡིག་མིང",
        "name in tibetan",
        "tibetan name",
        also=("户主藏文姓名", "ཁྱིམ་བདག་གི་མིང"),
    ),
    _core(
        "name_zh",
        "member",
        "name",
        "姓名",
        "རྒྱ་ཡིག་མིང",
        "中文姓名",
        "汉文姓名",
        "汉字姓名",
        "姓名（中文）",
        "姓名（汉文）",
        "姓名中文",
        "姓名汉文",
        "成员姓名",
        "家庭成员姓名",
        "name",
        "name in chinese",
        "chinese name",
        also=("户主姓名", "户主", "head"),
    ),
    _core(
        "relation",
        "member",
        "text",
        "与户主关系",
        "ཁྱིམ་བདག་དང་འབྲེལ་བ",
        "与户主的关系",
        "户主关系",
        "家庭关系",
        "关系",
        "relation",
        "relation to head",
    ),
    _core(
        "birth_date",
        "member",
        "birth",
        "出生日期",
        "སྐྱེས་པའི་ལོ་ཟླ་ཚེས",
        "出生年月日",
        "出生年月",
        "出生时间",
        "生日",
        "སྐྱེས་ཚེས",
        "སྐྱེས་པའི་ལོ་ཟླ",
        "birth date",
        "date of birth",
    ),
    _core(
        "identity",
        "member",
        "drop",
        "身份证号码",
        "ཐོབ་ཐང་ལག་འཁྱེར་གྱི་ཨང་གྲངས",
        "身份证号",
        "身份证",
        "公民身份号码",
        "居民身份证号",
        "居民身份证号码",
        "证件号码",
        "证件号",
        "户主身份证号",
        "户主身份证号码",
        "ཐོབ་ཐང་ལག་འཁྱེར",
        "identity number",
        "identity card",
        "id number",
        "id card",
    ),
    _core(
        "bank",
        "member",
        "drop",
        "银行账号",
        "དངུལ་ཁང་གི་ཨང་གྲངས",
        "银行卡号",
        "银行帐号",
        "银行卡",
        "开户银行",
        "开户行",
        "账号",
        "帐号",
        "卡号",
        "账户",
        "一卡通",
        "一卡通账号",
        "一卡通号",
        "社保卡号",
        "社会保障卡号",
        "社会保障卡",
        "惠农卡号",
        "bank account",
        "bank card",
        "account",
    ),
    _core(
        "phone",
        "member",
        "drop",
        "联系电话",
        "འབྲེལ་གཏུག་ཁ་པར",
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "电话号码",
        "联系方式",
        "phone",
        "telephone",
        "mobile",
    ),
)

HEADS = frozenset(
    {"户主", "本人", "户主本人", "本户户主", "ཁྱིམ་བདག", "ཁྱིམ་བདག་", "head", "01", "householder"}
)
"""How lists say that a person is the head of the household, 01 being the code of some offices."""


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
    for policy in catalogue.policies:
        fields[OVERRIDE + policy.id] = _override(policy)
    return fields


def _override(policy: Policy) -> Field:
    zh, bo = policy.name.zh, policy.name.bo
    owners = {standard.per for standard in policy.standards}
    owner: Owner = "household" if "household" in owners else "member"
    return Field(
        OVERRIDE + policy.id,
        owner,
        "override",
        Text(zh=f"是否享受{zh}", bo=f"{bo}་ཐོབ་བམ"),
        (f"享受{zh}", f"是否{zh}", f"{zh}审批金额", f"{zh}金额", zh, bo, policy.id),
        both=len(owners) > 1,
    )
