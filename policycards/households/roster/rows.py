"""Which rows of a list are people, and what the others are: sums, signatures, notes, headings said
again, zeros that somebody dragged down, and rows that fit nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from policycards.households.roster.cells import ERROR, is_empty

Kind = Literal["sum", "signature", "note", "headings", "nothing", "stray"]

_GROUP = (
    r"(?:本?[页组村社队户乡镇县]|全[村乡镇县组户]|各[村组户]"
    r"|[^，。,:：]{0,12}?(?:组|村|社|队|乡|镇|户|牧点|月份?|年|全部|以上|其中))?"
)
_SUM = re.compile(
    rf"^[(\[（【*]*{_GROUP}(?:本页|累计|其中)?"
    r"(?:合计|总计|小计|共计|累计|总合计|总和|汇总|总汇|平均[每户人]*|总数|总户数|总人数|户数|人数|平均|本页合计|本页小计|(?:sub)?totals?|བསྡོམས.*)"
    r"(?:[(（\[].*|[:：].*|\d.*|[户人元亩].*)?[)\]）】*]*$"
    r"|^(?:全[村组乡镇]|本[村组页]|总)?共[\d,.]+[户人口].*$|^[\d,.]+户[\d,.]*人?口?$|^计[:：]?$|^[合总小][计什]$",
    re.IGNORECASE,
)
_ROLES = (
    r"填表|填报|制表|审核|审批|复核|校对|负责|经办|经手|联系|统计|核实|核查|调查|入户|登记|录入|上报|报送"
    r"|村主任|村长|村支书|支部书记|书记|主任|乡长|镇长|分管|主管|领导|单位|监督|监委会?主任|驻村|干部|会计|出纳"
    r"|包村|组长|村医|民政|财政|所长|局长|站长"
)
_SIGNATURE = re.compile(
    rf"^(?:{_GROUP})(?:{_ROLES})(?:单位)?(?:人|员|人员|者|领导|负责人|电话|日期|时间|部门|意见|科室)?"
    r"(?:[(（]?(?:签字|签名|签章|盖章|公章)[)）]?)?[:：]"
    rf"|^(?:{_ROLES})(?:单位)?(?:人|员|负责人|日期|时间|意见)?[(（]?(?:签字|签名|签章|盖章|公章)?[)）]?$"
    r"|(?:签字|签名|签章|盖章|公章|手印|指印)[)）]?[:：]?$|^[(（](?:盖章|公章|签章|章)[)）]$|^单位[(（]"
    r"|^(?:日期|时间|年月日|年.*月.*日)[:：]?$|^电话[:：]"
)
_NOTE = re.compile(
    r"^[(（\[【*※]*(?:注|备注|说明|附注|附|备考|填表说明|填写说明|注意|提示|举例|例|示例|样例|填写示例)[)）]?"
    r"(?:\d*[:：、.)）】]|$)|以下(?:空白|无正文|无内容|无|为空)|^以[上下]"
    r"|^第[\d一二三四五六七八九十]+页|共\d+页|^(?:转|接|承|续|过)[下上前后次]?[页表]|^续表|^(?:完|end|结束|止|空行|空白)$"
    r"|^[-—=_*#～~.·…]{2,}|^[一二三四五六七八九十]+、|^[(（][一二三四五六七八九十]+[)）]"
    r"|^\d+[、.].{12,}$|本表(?:一式|由|按)|由.+填写[)）]?$|^其中[:：]|^(?:备|附)[:：]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^[\d\s.,:：/\-—_()（）%+*#Σ∑]+$|[:：]|^[(（]?(?:无|空|待补|待定|不详|未知|没有|未登记)[)）]?$|^\d{2,4}[年.]\d{1,2}"
    r"|(?:委员会|村委会|居委会|人民政府|政府|办事处|办公室|工作组|工作队|服务中心|派出所|信用社|财政所|合作社)$"
    r"|སྒྲིག་མཁན|འབྲི་མཁན|ཞིབ་བཤེར|འགན་ཁུར|མིང་རྟགས|ཐམ་ག|གྲོང་ཚོའི་ཨུ་ཡོན"
)
"""Dates, offices, and words of those who made a list in Tibetan: never a name of a person."""


def plain(cell: str) -> str:
    """A cell as it is judged: half width, without spaces and what cannot be seen."""
    text = unicodedata.normalize("NFKC", cell)
    return re.sub(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+", "", text)


def is_no_name(text: str) -> bool:
    """Whether what stands in a column of names is surely none.

    >>> is_no_name("一组小计"), is_no_name("填表人：示某"), is_no_name("12"), is_no_name("扎西")
    (True, True, True, False)
    """
    name = plain(text)
    return (
        is_empty(name)
        or bool(_NO_NAME.match(name))
        or is_sum(name)
        or bool(_SIGNATURE.search(name))
        or bool(_NOTE.search(name))
    )


def is_sum(text: str) -> bool:
    """Whether a plain cell says that its row is a sum.

    >>> is_sum("一组小计"), is_sum("合计"), is_sum("共3户12人"), is_sum("合计村")
    (True, True, True, False)
    """
    return len(text) <= 40 and bool(_SUM.match(text))


def is_signature(text: str) -> bool:
    """Whether a plain cell is of those who made or signed the list.

    >>> is_signature("制表人：格桑"), is_signature("(盖章)"), is_signature("扎西")
    (True, True, False)
    """
    return bool(_SIGNATURE.search(text))


def kind_of(cells: Iterable[str | None], headings: Sequence[str]) -> Kind:
    """What a row is that is no person's.

    >>> kind_of(["", "合计", "26人"], []), kind_of(["0", None], []), kind_of(["", "1500"], [])
    ('sum', 'nothing', 'stray')
    """
    texts = [plain(cell or "") for cell in cells]
    filled = [text for text in texts if text]
    if any(is_sum(text) for text in filled):
        return "sum"
    if any(_SIGNATURE.search(text) for text in filled):
        return "signature"
    if any(_NOTE.search(text) for text in filled):
        return "note"
    same = sum(
        1 for text, heading in zip(texts, headings, strict=False) if text and text == plain(heading)
    )
    if same >= 2 or are_moved_headings(texts, headings):
        return "headings"
    if all(_is_nothing(text) for text in filled):
        return "nothing"
    numbers = [int(text) for text in filled if text.isdecimal() and len(text) < 4]
    if len(numbers) == len(filled) > 3 and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    ):
        return "headings"
    if len(set(filled)) == 1 and len(filled[0]) > 24:
        return "note"
    return "stray"


def are_moved_headings(cells: Sequence[str | None], headings: Sequence[str]) -> bool:
    """Whether a row has headings of the list, in another order.

    >>> are_moved_headings(["姓名", "村", "面积"], ["村", "姓名", "面积"])
    True
    """
    known = [plain(heading) for heading in headings]
    texts = [plain(cell or "") for cell in cells]
    found = [at for at, text in enumerate(texts) if text and text in known]
    moved = [at for at in found if at >= len(known) or texts[at] != known[at]]
    return len(found) >= 3 and len(moved) >= 2


def _is_nothing(text: str) -> bool:
    return (
        is_empty(text)
        or re.fullmatch(r"[0.,%\-¥￥元亩户人]*", text) is not None
        or text in ("=", "FALSE")
        or bool(ERROR.match(text))
    )
