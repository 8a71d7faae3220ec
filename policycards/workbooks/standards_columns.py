"""The columns of the workbook of standards and the lines of its form for a new policy, in both
languages, with help.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policycards.catalogue.editing.drafting import LISTS, STEPS
from policycards.catalogue.model.policy import Text

STANDARDS = "标准 ཚད་གཞི"
NEW_POLICY = "新政策 སྲིད་ཇུས་གསར་པ"
HELP = "说明 གསལ་བཤད"
WHY = ("纸质文件，无网址", "无文号", "只见报道，未见文件原文", "公布日期不详")
"""Usual reasons why a fact of a notice is not given."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column or a line: its field, what it is called, what to write; ``open`` ones are filled in
    by the office.
    """

    field: str
    name: Text
    help: Text
    open: bool = True
    width: int = 14


def _heading(field: str, zh: str, bo: str, help_zh: str, help_bo: str, width: int = 14) -> Heading:
    return Heading(field, Text(zh=zh, bo=bo), Text(zh=help_zh, bo=help_bo), True, width)


def _known(field: str, zh: str, bo: str, width: int = 14) -> Heading:
    return Heading(field, Text(zh=zh, bo=bo), Text(zh="不用改", bo="བསྒྱུར་མི་དགོས"), False, width)


NOTICE = (
    _heading(
        "from",
        "执行日期",
        "ལག་བསྟར་བྱེད་པའི་ཚེས་གྲངས",
        "从何时执行：2026、2026-07 或 2026-07-01，通知写到哪里就写到哪里",
        "ནམ་ནས་ལག་བསྟར་བྱེད་པ། 2026 དང་ 2026-07 ཡང་ན་ 2026-07-01",
    ),
    _heading(
        "published",
        "公布日期",
        "སྤེལ་དུས",
        "通知的日期，写法同上；晚于执行日期也可以，会标为“晚发”",
        "བརྡ་ཐོའི་ཚེས་གྲངས། ལག་བསྟར་གྱི་ཚེས་གྲངས་ལས་ཕྱི་ན་ཡང་ཆོག",
    ),
    _heading("title", "文件名称", "ཡིག་ཆའི་མིང", "通知的全称，必填", "བརྡ་ཐོའི་མིང་ཆ་ཚང་། ངེས་པར་འབྲི།", 36),
    _heading("number", "文号", "ཡིག་ཆའི་ཨང་གྲངས", "如 藏财〔2026〕1号", "ཡིག་ཆའི་ཨང་གྲངས།", 20),
    _heading("issuer", "发文单位", "ཡིག་ཆ་སྤེལ་བའི་སྡེ་ཚན", "谁发的通知", "བརྡ་ཐོ་སུས་སྤེལ་བ།", 24),
    _heading(
        "url", "网址", "དྲ་བའི་གནས", "文件的原始网址，没有不填", "ཡིག་ཆའི་དྲ་བའི་གནས། མེད་ན་མ་འབྲི།", 24
    ),
    _heading(
        "missing",
        "空缺原因",
        "མེད་པའི་རྒྱུ་མཚན",
        "公布日期、文号、网址有空着的，写明为什么；可以从列表选，也可以自己写",
        "སྤེལ་དུས་དང་ཡིག་ཆའི་ཨང་གྲངས། དྲ་བའི་གནས་མེད་ན་རྒྱུ་མཚན་འབྲི།",
        22,
    ),
    _heading(
        "confirmed",
        "核对人",
        "ཞིབ་བཤེར་བྱེད་མཁན",
        "谁对照原文核对过这一行；没有核对不填",
        "སུས་ཞིབ་བཤེར་བྱས་པ།",
    ),
    _heading(
        "note", "备注", "ཟུར་མཆན", "内部说明，不印在卡上", "ནང་ཁུལ་གྱི་གསལ་བཤད། བྱང་བུར་མི་འདེབས།", 20
    ),
)

AMOUNT = _heading(
    "amount",
    "新标准",
    "ཚད་གཞི་གསར་པ",
    "只写数字，如 1300 或 7.50；标准取消了写“停止”，要变但数还不知道写“待定”。不变的行空着",
    "ཨང་ཀི་ཁོ་ན་འབྲི། ཚད་གཞི་མཚམས་འཇོག་ན་ 停止 དང་། དངུལ་འབོར་གཏན་འཁེལ་མ་བྱུང་ན་ 待定 ཞེས་འབྲི།"
    " མི་འགྱུར་བ་ཡིན་ན་མ་འབྲི།",
)

COLUMNS = (
    _known("policy", "政策代号", "སྲིད་ཇུས་ཀྱི་ཨང་རྟགས", 26),
    _known("standard", "标准代号", "ཚད་གཞིའི་ཨང་རྟགས", 16),
    _known("name_bo", "政策名称（藏文）", "སྲིད་ཇུས་ཀྱི་མིང", 34),
    _known("name_zh", "政策名称", "སྲིད་ཇུས་ཀྱི་མིང་། རྒྱ་ཡིག", 26),
    _known("label_bo", "标准名称（藏文）", "ཚད་གཞིའི་མིང", 20),
    _known("label_zh", "标准名称", "ཚད་གཞིའི་མིང་། རྒྱ་ཡིག", 16),
    _known("area", "区划", "ས་ཁུལ", 9),
    _known("unit", "单位", "ཚད་གཞིའི་རྩིས་གཞི", 18),
    _known("current", "现行标准", "ད་ལྟའི་ཚད་གཞི", 11),
    _known("since", "现行标准起始", "ད་ལྟའི་ཚད་གཞི་ནམ་ནས་བཟུང་བ", 13),
    AMOUNT,
    *NOTICE,
    _heading(
        "corrects",
        "更正原因",
        "ཡོ་བསྲང་གི་རྒྱུ་མཚན",
        "只在以前录错时填：执行日期写录错的那一条的日期，这里写错在哪里",
        "སྔར་ནོར་ན་མ་གཏོགས་འབྲི་མི་དགོས། ནོར་འཁྲུལ་གང་ཡིན་འབྲི།",
        20,
    ),
    _known("digest", "核对码", "ཞིབ་བཤེར་ཨང་གྲངས"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form: what it asks; ``texts`` are in both languages, else one cell, with a list
    to pick from.
    """

    heading: Heading
    texts: bool = False
    pick: Literal["", "category", "unit", "pays", "for", "column", "discreet", "missing"] = ""


def _listed(name: str, zh: str, bo: str) -> list[Line]:
    """Lines for the steps, or the papers."""
    every = _heading("", zh, bo, "每行一条，没有不填", "འཕྲེད་སྟར་རེར་གཅིག་འབྲི། མེད་ན་མ་འབྲི།")
    return [
        Line(
            _heading(f"{name}{n}", f"{zh}{n}", f"{bo}{n}", every.help.zh, every.help.bo), texts=True
        )
        for n in range(1, STEPS + 1)
    ]


FORM = (
    Line(
        _heading(
            "id",
            "政策代号",
            "སྲིད་ཇུས་ཀྱི་ཨང་རྟགས",
            "小写英文字母、数字和 -，也是文件名",
            "དབྱིན་ཡིག་ཆུང་བ་དང་ཨང་ཀི། - བཅས་འབྲི།",
        ),
    ),
    Line(_heading("category", "类别", "རིགས་གྲས", "从列表选", "ཐོ་གཞུང་ནས་འདེམས།"), pick="category"),
    Line(_heading("name", "政策名称", "སྲིད་ཇུས་ཀྱི་མིང", "必填", "ངེས་པར་འབྲི།"), texts=True),
    Line(
        _heading(
            "summary",
            "一句话说明",
            "གསལ་བཤད་མདོར་བསྡུས",
            "必填；不写金额",
            "ངེས་པར་འབྲི། དངུལ་འབོར་མ་འབྲི།",
        ),
        texts=True,
    ),
    Line(_heading("who", "谁可以享受", "སུ་ལ་ཐོབ", "必填", "ངེས་པར་འབྲི།"), texts=True),
    *_listed(LISTS[0], "办理步骤", "སྒྲུབ་པའི་གོ་རིམ"),
    *_listed(LISTS[1], "所需材料", "དགོས་པའི་ཡིག་ཆ"),
    Line(_heading("office", "办理单位", "སྒྲུབ་པའི་སྡེ་ཚན", "可以不填", "མ་བྲིས་ནའང་ཆོག"), texts=True),
    Line(
        _heading(
            "paid_when",
            "发放时间",
            "སྤྲོད་པའི་དུས་ཚོད",
            "如 每年6月底前",
            "དཔེར་ན་ལོ་རེའི་ཟླ་6པའི་མཇུག་གི་སྔོན",
        ),
        texts=True,
    ),
    Line(
        _heading(
            "paid_by",
            "发放方式",
            "སྤྲོད་སྟངས",
            "如 打入社会保障卡",
            "དཔེར་ན་སྤྱི་ཚོགས་འགན་སྲུང་བྱང་བུའི་ནང་འཇུག",
        ),
        texts=True,
    ),
    Line(_heading("deadline", "截止时间", "དུས་བཀག", "可以不填", "མ་བྲིས་ནའང་ཆོག"), texts=True),
    Line(
        _heading(
            "discreet",
            "敏感政策",
            "གསང་དགོས་པའི་སྲིད་ཇུས",
            "低保、孤儿、残疾等选“是”：不进二维码，不上公示",
            "འཚོ་བའི་དམའ་མཐའི་འགན་སྲུང་དང་དྭ་ཕྲུག དབང་པོ་སྐྱོན་ཅན་སོགས་ལ་ 是 འདེམས།",
        ),
        pick="discreet",
    ),
    Line(
        _heading(
            "standard", "标准代号", "ཚད་གཞིའི་ཨང་རྟགས", "不填就是 standard", "མ་བྲིས་ན་ standard ཡིན།"
        )
    ),
    Line(_heading("label", "标准名称", "ཚད་གཞིའི་མིང", "可以不填", "མ་བྲིས་ནའང་ཆོག"), texts=True),
    Line(
        _heading(
            "unit",
            "单位",
            "ཚད་གཞིའི་རྩིས་གཞི",
            "从列表选；没有合适的，先加进 catalogue.yaml",
            "ཐོ་གཞུང་ནས་འདེམས། མེད་ན་ catalogue.yaml ནང་སྣོན།",
        ),
        pick="unit",
    ),
    Line(
        _heading(
            "pays",
            "是哪种钱",
            "དངུལ་གྱི་རིགས",
            "从列表选；只有 cash 才乘数量、才合计",
            "ཐོ་གཞུང་ནས་འདེམས།",
        ),
        pick="pays",
    ),
    Line(_heading("for", "按户还是按人", "དུད་ཚང་ངམ་མི", "从列表选", "ཐོ་གཞུང་ནས་འདེམས།"), pick="for"),
    Line(
        _heading(
            "column",
            "名册列",
            "མིང་ཐོའི་གཞུང་སྟར",
            "乘多少：名册里的哪一列，有数的户才有。不填：只认名册“是否享受”一列所列的",
            "མིང་ཐོའི་གཞུང་སྟར་གང་ལས་རྩི་བ། མ་བྲིས་ན་མིང་ཐོའི་ནང་བཀོད་པ་ཁོ་ནར་ཐོབ།",
        ),
        pick="column",
    ),
    Line(AMOUNT),
    *(Line(each, pick="missing" if each.field == "missing" else "") for each in NOTICE),
)
"""What a whole new policy needs, in the order of the file."""

PAYS = {
    "cash": "现金 དངུལ་རྐྱང",
    "approved": "审批定额 ཞིབ་མཆན་འཁོད་པའི་དངུལ་འབོར",
    "event": "发生时支付 དོན་དེ་བྱུང་དུས",
    "paid_for_you": "代缴 ཐད་ཀར་སྤྲོད",
    "percent": "报销比例 བསྡུར་ཚད",
    "loan": "贷款 དངུལ་བུན",
    "you_pay": "自缴 མི་སྒེར་གྱིས་སྤྲོད",
    "in_kind": "实物或服务 དངོས་པོའམ་ཞབས་ཞུ",
    "by_notice": "以通知为准 བརྡ་ཐོ་གཞིར་འཛིན",
}
PER = {"household": "按户 དུད་ཚང", "member": "按人 མི"}


def form_names() -> dict[str, Text]:
    """Every cell of the form by its field, with what it is called; a text has a cell in each
    language.
    """
    names: dict[str, Text] = {}
    for line in FORM:
        name = line.heading.name
        if not line.texts:
            names[line.heading.field] = name
            continue
        names[f"{line.heading.field}_bo"] = Text(zh=f"{name.zh}（藏文）", bo=f"{name.bo}（བོད་ཡིག）")
        names[f"{line.heading.field}_zh"] = Text(zh=f"{name.zh}（中文）", bo=f"{name.bo}（རྒྱ་ཡིག）")
    return names
