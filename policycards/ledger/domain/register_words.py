"""The words of a register, as lists show them and as clerks write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What became of a card: the kind of an event and its detail."""

    kind: str
    detail: str = ""


WORDS: Mapping[Mark, tuple[str, ...]] = {
    Mark("delivered", "self"): ("delivered", "已领", "སྤྲད་ཟིན།", "领", "已发", "སྤྲད་ཟིན"),
    Mark("delivered", "relative"): ("relative", "亲属代领", "ཉེ་དུས་བླངས།", "亲属", "ཉེ་དུས་བླངས"),
    Mark("delivered", "proxy"): ("proxy", "他人代领", "ཚབ་མས་བླངས།", "代领", "ཚབ་མས་བླངས"),
    Mark("left"): ("left", "村干部代管", "འགོ་ཁྲིད་ལ་བཞག", "代管"),
    Mark("absent"): ("absent", "不在", "ཁྱིམ་དུ་མེད།", "不在家", "未到", "ཁྱིམ་དུ་མེད", "མི་འདུག"),
    Mark("moved"): ("moved", "搬走", "གནས་སྤོས་སོང་།", "迁走", "གནས་སྤོས་སོང", "གནས་སྤོས"),
    Mark("refused"): ("refused", "拒收", "མི་ལེན་ཟེར།", "མི་ལེན་ཟེར", "མི་ལེན"),
    Mark("returned"): ("returned", "退回", "ཕྱིར་བསྐུར།", "ཕྱིར་བསྐུར"),
    Mark("lost"): ("lost", "丢失", "བོར་བརླག", "遗失"),
    Mark("wrong", "name"): ("wrong-name", "姓名错", "མིང་ནོར།", "名字错", "མིང་ནོར"),
    Mark("wrong", "dead_head"): ("died", "户主去世", "ཁྱིམ་བདག་འདས།", "去世", "ཁྱིམ་བདག་འདས"),
    Mark("wrong", "split"): ("split", "分户", "ཁྱིམ་བགོས།", "ཁྱིམ་བགོས"),
    Mark("wrong", "merged"): ("merged", "并户", "ཁྱིམ་སྡེབས།", "ཁྱིམ་སྡེབས"),
    Mark("wrong", "moved"): ("rehoused", "户口迁移", "ཐེམ་ཐོ་སྤོས།", "迁移", "ཐེམ་ཐོ་སྤོས"),
    Mark("wrong", "members"): ("wrong-members", "人数错", "མི་གྲངས་ནོར།", "མི་གྲངས་ནོར"),
    Mark("wrong", "land"): ("wrong-land", "土地牲畜错", "ས་ཕྱུགས་ནོར།", "土地错", "ས་ཕྱུགས་ནོར"),
    Mark("wrong", "policy"): ("wrong-policy", "政策错", "སྲིད་ཇུས་ནོར།", "སྲིད་ཇུས་ནོར"),
}
"""The words for each mark: first the English, Chinese and Tibetan one that lists show, then others
that clerks type.
"""
LANGUAGES = ("en", "zh-hans", "bo")
_KIN = (
    *("家人", "家属", "亲戚", "儿子", "女儿", "妻子", "丈夫", "爱人", "老婆", "父亲", "母亲"),
    *("爸爸", "妈妈", "哥哥", "弟弟", "姐姐", "妹妹", "爷爷", "奶奶", "孙子", "孙女", "媳妇"),
    *("女婿", "侄子", "侄女"),
)
KIN = ("亲属", *_KIN)
_MORE: Mapping[Mark, tuple[str, ...]] = {
    Mark("delivered", "self"): (
        *("领取", "已领取", "已领走", "领走", "领到", "领完", "已领完", "已发放", "发放", "发了"),
        *("已签收", "签收", "签字", "本人领取", "本人已领", "本人领", "本人", "领取完毕", "སྤྲད"),
        *("བླངས་ཟིན", "བླངས་སོང", "collected", "given"),
    ),
    Mark("delivered", "relative"): tuple(f"{who}代领" for who in _KIN),
    Mark("delivered", "proxy"): ("邻居代领", "村干部代领", "组长代领", "别人代领", "代为领取"),
    Mark("left"): ("村委会代管", "村委代管", "干部代管", "放村委会", "存村委会"),
    Mark("absent"): (
        *("没在", "没在家", "未在家", "不在村", "家里没人", "家中无人", "无人", "没人", "没来"),
        *("外出", "外出打工", "外出务工", "在外打工", "在外务工", "打工", "务工", "放牧未归"),
        *("ཕྱིར་སོང", "away", "not home"),
    ),
    Mark("moved"): ("搬家", "搬迁", "已搬走", "已搬迁", "搬了", "迁出", "已迁出", "已迁走"),
    Mark("refused"): ("拒领", "拒绝", "不要", "不领", "不愿领", "拒绝领取"),
    Mark("returned"): ("退了", "已退回", "退回乡镇", "退卡"),
    Mark("lost"): ("丢了", "弄丢", "遗失了", "已丢失"),
    Mark("wrong", "name"): ("姓名不对", "名字不对", "姓名有误", "名字写错", "姓名写错"),
    Mark("wrong", "dead_head"): (
        *("死亡", "已故", "过世", "病故", "已死亡", "已去世", "户主死亡", "户主已故", "死了"),
        *("འདས", "གྲོངས"),
    ),
    Mark("wrong", "split"): ("已分户",),
    Mark("wrong", "merged"): ("已并户", "合户"),
    Mark("wrong", "members"): ("人数不对", "人口错", "人口不对", "人数有误"),
    Mark("wrong", "land"): ("土地不对", "牲畜错", "草场错"),
    Mark("wrong", "policy"): ("政策不对", "补贴错"),
}
OPEN = ("未领", "未领取", "没领", "没领取", "没有领", "尚未领取", "还没领", "未发", "མ་བླངས", "open")
"""Not collected, and nobody says why: the number stays open."""
EXCEPT = ("except", "除了", "除去", "除", "མ་གཏོགས།", "མ་གཏོགས")
EXCEPTED = ("除外", "以外", "之外", "外")
"""After the numbers that are excepted."""
ALL = ("全部", "全都", "所有", "全体", "都", "全", "均", "ཚང་མ", "ཡོངས་རྫོགས", "all")
REST = (
    *("其余的", "其余", "其他的", "其他", "其它", "剩下的", "剩下", "剩余", "余下", "另外的"),
    *("གཞན་པ", "གཞན", "ལྷག་མ", "rest", "others"),
)
LEADING = ("有", "的是", "是", "为", "：", ":")
"""Between a word and the numbers that follow it."""
FILLERS = (
    "号",
    "户",
    "和",
    "及",
    "与",
    "and",
    "了",
    "的",
    "第",
    "从",
    "卡",
    "人",
    "བར",
    "དང",
    "ཨང",
    "་",
    "the",
)

MARKS = {word: mark for mark, words in WORDS.items() for word in words} | {
    word: mark for mark, words in _MORE.items() for word in words
}


def word_of(mark: Mark, language: str) -> str:
    """The word that lists show for a mark."""
    return WORDS[mark][LANGUAGES.index(language)]


def mark_of(word: str) -> Mark | None:
    """The mark that a word means, as it stands in the cell of a list."""
    return MARKS.get(unicodedata.normalize("NFKC", word).strip().lower())
