"""What lists call a person's relation to the head of the household, in words and in the codes of
GB/T 4761.
"""

from __future__ import annotations

import re
import unicodedata

import polars as pl

_HEAD_WORDS = (
    "户主 戶主 本人 户主本人 本户户主 本人户主 户主即本人 家长 ཁྱིམ་བདག "
    "ཁྱིམ་བདག་ ཁྱིམ་བདག་རང head householder self "
    "headofhousehold "
)
HEADS = frozenset(_HEAD_WORDS.split())
"""How lists say that a person is the head of the household."""
HEAD_CODES = ("00", "01", "02")
"""GB/T 4761: 0 本人或户主 where codes have one digit, else 01 本人, 02 户主; where a list has one of
the former, only that one is a head.
"""

_WORDS = (
    "配偶 夫 妻 妻子 丈夫 爱人 媳妇 儿媳妇 老婆 老公 子 女 儿 儿子 女儿 独生子 独生女 长子 次子 三子 四子"
    " 五子 六子 长女 次女 二女 二子 二儿 三女 四女 五女 六女 大儿 大儿子 二儿子 三儿子 小儿子 大女 大女儿"
    " 二女儿 三女儿 小女儿 幼子 幼女 养子 养女 继子 继女 义子 义女 过继子 过继女 私生子 非婚生子 非婚生女"
    " 长子女 子女 其他子女 儿媳 媳 女婿 婿 上门女婿 赘婿 长媳 次媳 长婿 次婿 孙 孙子 孙女 外孙 外孙子 外孙女"
    " 长孙 次孙 孙媳 孙媳妇 孙女婿 外孙媳 重孙 重孙女 曾孙 曾孙女 曾孙子 玄孙 父 母 父亲 母亲 父母 公公 婆婆"
    " 公 婆 岳父 岳母 继父 继母 养父 养母 家父 家母 祖父 祖母 祖父母 爷爷 奶奶 外祖父 外祖母 外公 外婆 姥姥"
    " 姥爷 曾祖父 曾祖母 兄 弟 姐 妹 哥 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 兄弟姐妹 姊妹 姊 大哥 大姐 二弟 二妹"
    " 三弟 三妹 嫂 嫂子 弟媳 弟妹 姐夫 妹夫 嫂嫂 大伯 伯 伯父 伯母 叔 叔父 叔叔 叔母 婶 婶母 婶婶 舅 舅父"
    " 舅舅 舅母 姑 姑姑 姑母 姑父 姑妈 姨 姨母 姨父 姨妈 侄 侄子 侄女 侄儿 侄媳 侄女婿 内侄 内侄女 外甥"
    " 外甥女 甥 甥女 堂兄 堂弟 堂姐 堂妹 表兄 表弟 表姐 表妹 小姑 小叔 小叔子 小姨 小姨子 小舅子 大姑 妻弟"
    " 妻妹 妻兄 妻姐 夫弟 夫妹 夫兄 夫姐 前妻 前夫 同居 其他 其它 其他亲属 其它亲属 非亲属 无亲属关系 其他关系"
    " 亲属 保姆 雇工 寄养 寄住 朋友 同事 监护人 被监护人 户成员 成员 家庭成员 之夫 之妻 之子 之女 之父 之母"
    " 之孙 之孙女 spouse wife husband son daughter child father mother brother sister grandson"
    " granddaughter grandfather grandmother other"
    " བཟའ་ཟླ བཟའ་མི ཁྱོ་ག ཆུང་མ བུ བུ་མོ ཕ མ ཨ་ཕ ཨ་མ པ་ཕ མ་མ ཚ་བོ ཚ་མོ མནའ་མ མག་པ སྤུན སྤུན་ཟླ ཕུ་བོ"
    " ནུ་བོ སྲིང་མོ ཨ་ཅེ ནུ་མོ མེས་པོ ཕྱི་མོ རྨོ་མོ སྤོ་བོ ཨ་ཁུ ཨ་ནེ གཞན གཞན་དག ཁྱིམ་མི"
)
_KNOWN = frozenset(word.rstrip("་").replace("་", "") for word in _WORDS.split())
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|〔.*?〕")
_MARKS = re.compile(r"[\s\u0f0b\u0f0c\u0f0d:：;；、,，.。·*/\\\-_\u200b\ufeff]+")
_ORDINAL = re.compile(r"^(?:第?[一二三四五六七八九十大小长次幼\d]+个?)(?=[子女儿孙])")


def relation_key(text: str) -> str:
    """A relation as it is compared: without spaces, brackets and marks, a code with two digits.

    >>> relation_key("户 主（本人）"), relation_key(" 1 "), relation_key("02")
    ('户主', '01', '02')
    """
    plain = unicodedata.normalize("NFKC", text)
    key = _MARKS.sub("", _BRACKETS.sub("", plain)) or _MARKS.sub("", plain).strip("()[]")
    key = key.removesuffix(".0").casefold()
    return key.zfill(2) if key.isdecimal() and len(key) < 3 else key


def is_relation(key: str) -> bool:
    """Whether a compared relation is one that lists have, so that its row begins no household.

    >>> is_relation("妻"), is_relation("三女儿"), is_relation("户住"), is_relation("23")
    (True, True, False, True)
    """
    if key.isdecimal():
        return key not in HEAD_CODES and len(key) == 2
    for start in ("户主的", "户主之", "其", "户主"):
        key = key.removeprefix(start) or key
    return key in _KNOWN or _ORDINAL.sub("", key) in _KNOWN


_HEAD_KEYS = frozenset(relation_key(word) for word in HEADS)


def heads_of(relations: pl.Series) -> tuple[pl.Series, pl.Series]:
    """For each row whether it says that it is a head's, and whether it says what nobody knows."""
    words = relations.drop_nulls().unique().sort()
    keys = [relation_key(word) for word in words]
    codes = {key for key in keys if key in HEAD_CODES}
    code = min(codes, default="")
    heads = [key in _HEAD_KEYS or (key == code != "") for key in keys]
    strange = [
        not head and not is_relation(key) and key not in HEAD_CODES
        for key, head in zip(keys, heads, strict=True)
    ]
    both = [
        relations.replace_strict(words, answers, default=False, return_dtype=pl.Boolean)
        if len(words)
        else pl.repeat(False, len(relations), eager=True)
        for answers in (heads, strange)
    ]
    return both[0].fill_null(False), both[1].fill_null(False)
