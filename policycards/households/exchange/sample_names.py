"""Given names usual in the region, in both scripts, to make up people for samples; none of them
means a person.
"""

from __future__ import annotations

from random import Random

_ANY = (
    ("ཚེ་རིང", "次仁"),
    ("ཉི་མ", "尼玛"),
    ("ཟླ་བ", "达瓦"),
    ("མིག་དམར", "米玛"),
    ("ལྷག་པ", "拉巴"),
    ("ཕུར་བུ", "普布"),
    ("པ་སངས", "巴桑"),
    ("སྤེན་པ", "边巴"),
    ("བསོད་ནམས", "索朗"),
    ("བསྟན་འཛིན", "丹增"),
    ("སྐལ་བཟང", "格桑"),
    ("བདེ་སྐྱིད", "德吉"),
    ("པདྨ", "白玛"),
    ("རིན་ཆེན", "仁青"),
    ("ཚེ་དབང", "次旺"),
    ("ཀུན་དགའ", "贡嘎"),
    ("འཕྲིན་ལས", "赤列"),
    ("བློ་བཟང", "洛桑"),
)
_MEN = (
    ("བཀྲ་ཤིས", "扎西"),
    ("རྡོ་རྗེ", "多吉"),
    ("དོན་གྲུབ", "顿珠"),
    ("ནོར་བུ", "罗布"),
    ("འཇིགས་མེད", "晋美"),
    ("དབང་འདུས", "旺堆"),
    ("རྒྱལ་མཚན", "坚参"),
    ("ངག་དབང", "阿旺"),
    ("ཚེ་བརྟན", "次旦"),
    ("དབང་ཕྱུག", "旺久"),
)
_WOMEN = (
    ("སྒྲོལ་མ", "卓玛"),
    ("ལྷ་མོ", "拉姆"),
    ("དབྱངས་ཅན", "央金"),
    ("ཆོས་སྒྲོན", "曲珍"),
    ("སྒྲོལ་དཀར", "卓嘎"),
    ("བུ་ཁྲིད", "布赤"),
    ("མཚོ་མོ", "措姆"),
    ("མེ་ཏོག", "梅朵"),
    ("ལྷ་སྒྲོན", "拉珍"),
    ("དབྱངས་སྒྲོན", "央珍"),
)
_RARE = (
    ("པདྨ་བཛྲ", "白玛班杂"),
    ("ཀརྨ་རཏྣ", "嘎玛热那"),
    ("", "示䶮"),
    ("", "示㛃"),
    ("", "示𠅤"),
    ("ཀློང་ཆེན་རབ་འབྱམས", ""),
)
"""Stacks of Sanskrit, characters outside the usual sets, one that hardly any font has, and names in
one script only.
"""

Name = tuple[str, str]


def made_up_name(random: Random, *, woman: bool) -> Name:
    """A name in Tibetan and Chinese: mostly two words, some one or three, a few in one script only,
    a few rare.
    """
    chance = random.random()
    if chance < 0.01:
        return random.choice(_RARE)
    last = random.choice(_WOMEN if woman else _MEN)
    words = (last,) if chance < 0.13 else (random.choice(_ANY), last)
    if chance > 0.96:
        words = (random.choice(_ANY), *words)
    bo, zh = "་".join(bo for bo, _zh in words), "".join(zh for _bo, zh in words)
    if 0.13 < chance < 0.15:
        return bo, ""
    return ("", zh) if 0.15 < chance < 0.17 else (bo, zh)
