"""What may stand in one cell of a list, kind by kind: its value, or why it is none. Nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from policycards.core.names import with_its_places
from policycards.households.roster.quantities import split_amount

MOST = Decimal(1_000_000)
"""Above any area, herd or yearly amount of one household: what is larger has lost its point or is
another number.
"""
PLACES = Decimal("0.0001")
"""Finest quantity kept: a thousandth of a mu is less than a square metre."""
LEAST_AMOUNT = Decimal(10)
"""Yuan; nobody approves less for a year, while 2 is a code for no in many lists."""

EMPTY = frozenset(
    {"", "/", "//", "-", "--", "---", "—", "——", "–", "_", "\\", "|", "null", "n/a", "na", "nil", "none",
     "空", "空白", "...", "…", "……", ".", "。", "、", "*", "ー", "一", "〃"}
)  # fmt: skip
"""How lists leave a cell empty; compared in half width and lower case."""
NOTHING = frozenset({"无", "没有", "〇", "零", "མེད", "མེད་"})
"""How lists say that there is nothing: nought for a number, no for a question."""
YES = frozenset(
    {"是", "有", "享受", "已享受", "√", "✓", "✔", "☑", "○", "●", "◯", "1", "1.0", "对", "yes", "y",
     "true", "ཡིན", "ཡོད"}
)  # fmt: skip
NO = frozenset(
    {"否", "不是", "无", "没有", "不享受", "未享受", "×", "✗", "✘", "x", "☒", "0", "0.0", "no", "n",
     "false", "མིན", "མེད"}
)  # fmt: skip

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
LOST = re.compile(r"\ufffd|[?？]{2,}")
ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|SPILL!|CALC!)")
GUARDED = r"""^(?:'+|="(.*)"$)"""
"""What keeps Excel from altering a number: an apostrophe before it, or ="…" around."""

_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d*)?[eE][+]?\d+")
_MADE_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}(?: 00:00:00)?|\d{1,2}月\d{1,2}日"
    r"|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{1,2}",
    re.IGNORECASE,
)
Factor = Callable[[str], Decimal | None]
"""What the number before a unit is multiplied with; None for a unit that does not convert."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell, and the code of a warning where it needs one."""

    value: object
    warning: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


class CellFault(ValueError):
    """Why a cell has no value: the code of the problem and its facts, never what stands in the
    cell.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def folded(text: str) -> str:
    """A cell without invisible characters and outer spaces, its digits and Latin letters
    half-width.

    >>> folded(" １９５０　") + folded("༡༢\\u200b")
    '195012'
    """
    text = _INVISIBLE.sub("", text)
    plain = [
        str(unicodedata.digit(each)) if unicodedata.category(each) == "Nd" else _half_width(each)
        for each in text
    ]
    return "".join(plain).strip()


def _half_width(character: str) -> str:
    return (
        unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
    )


def is_empty(text: str) -> bool:
    """Whether a cell is one of the ways to leave it empty.

    >>> is_empty("／"), is_empty("－"), is_empty("0")
    (True, True, False)
    """
    return "".join(folded(text).split()).casefold() in EMPTY


def unguarded(text: str) -> str:
    """A cell without the signs that only kept Excel from altering it.

    >>> unguarded("'007"), unguarded('="007"')
    ('007', '007')
    """
    match = re.match(GUARDED, text)
    if not match:
        return text
    return match.group(1) if match.group(1) is not None else text.lstrip("'")


def no_damage(text: str) -> None:
    """Raises CellFault for what no cell may hold: an error of a formula, a control character, lost
    or private text.
    """
    if match := ERROR.match(text):
        raise CellFault("E521", error=match.group())
    if text == "=" or text.startswith("="):
        raise CellFault("E522")
    if match := CONTROL.search(text):
        raise CellFault("E523", character=f"U+{ord(match.group()):04X}")
    if LOST.search(text):
        raise CellFault("E518")
    if match := PRIVATE.search(with_its_places(text)):
        raise CellFault("E519", character=f"U+{ord(match.group()):04X}")


def read_text(text: str) -> Reading:
    """One line of text as it is.

    >>> read_text(" 一组 ").value
    '一组'
    """
    no_damage(text)
    plain = " ".join(_INVISIBLE.sub("", with_its_places(text)).split())
    if _MADE_DAY.fullmatch(plain):
        return Reading(None, "W578")
    return Reading(plain or None)


def read_id(text: str) -> Reading:
    """A number or name that tells households apart; raises CellFault where Excel has altered it."""
    no_damage(text)
    text = "".join(folded(text).split())
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("E517")
    if _MADE_DAY.fullmatch(text):
        raise CellFault("E578")
    return Reading(text.removesuffix(".0") or None)


def read_number(text: str, factor: Factor | None = None) -> Reading:
    """An exact quantity in the column's unit; more decimals than a quantity can have are rounded,
    with a warning.

    >>> read_number("1,200.50").value
    Decimal('1200.5000')
    """
    no_damage(text)
    text = folded(text)
    if text in NOTHING:
        return Reading(Decimal(0).quantize(PLACES))
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("E517")
    split = split_amount(text)
    if split is None:
        raise CellFault("E530")
    number, unit, about = split
    if about:
        raise CellFault("E576")
    times = factor(unit) if factor else (None if unit else Decimal(1))
    if times is None:
        raise CellFault("E575" if factor and unit else "E530", **({"unit": unit} if factor else {}))
    number *= times
    if number < 0:
        raise CellFault("E531")
    if number > MOST:
        raise CellFault("E532", most=MOST)
    value = number.quantize(PLACES, ROUND_HALF_UP)
    return Reading(value, "" if value == number else "W533")


def read_order(text: str, factor: Factor | None = None, *, least: int = 0) -> Reading:
    """A place in the row of houses or a number of people, a whole number."""
    value = read_number(text, factor).value
    if not isinstance(value, Decimal) or value != int(value) or value < least:
        raise CellFault("E530")
    return Reading(int(value))


def read_yes_no(text: str, codes: Mapping[str, str] | None = None) -> Reading:
    """Yes or no, in the ways in which lists say it, or in the codes that the heading names.

    >>> read_yes_no("√").value, read_yes_no("2", {"1": "yes", "2": "no"}).value
    (True, False)
    """
    no_damage(text)
    text = _without_nought(folded(text).casefold().rstrip("་"))
    if codes and text in codes:
        return Reading(codes[text] == "yes")
    if text not in YES and text not in NO:
        raise CellFault("E535")
    return Reading(text in YES)


def _without_nought(text: str) -> str:
    """A whole number without the decimal that some programs add."""
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


def read_override(
    text: str, factor: Factor | None = None, codes: Mapping[str, str] | None = None
) -> Reading:
    """What an approval list says: ``yes``, ``no`` or the approved amount.

    >>> read_override("是").value, read_override("1200元", lambda unit: Decimal(1)).value
    ('yes', '1200')
    """
    no_damage(text)
    plain = _without_nought(folded(text).casefold().rstrip("་"))
    if codes and plain in codes:
        return Reading(codes[plain])
    if plain in YES | NO:
        return Reading("yes" if plain in YES else "no")
    try:
        reading = read_number(plain, factor or _yuan)
    except CellFault as fault:
        raise CellFault("E536") if fault.code == "E530" else fault from None
    number = reading.value
    assert isinstance(number, Decimal)
    if 0 < number < LEAST_AMOUNT:
        raise CellFault("E577", least=LEAST_AMOUNT)
    if number != number.quantize(Decimal("0.01")):
        raise CellFault("E579")
    shown = f"{number:f}"
    return Reading(shown.rstrip("0").rstrip(".") or "0")


def _yuan(unit: str) -> Decimal | None:
    return Decimal(1) if unit in ("", "元") else None


def read_choice(text: str, choices: tuple[str, ...]) -> Reading:
    """One of the choices, whatever its width and spaces."""
    no_damage(text)
    plain = "".join(folded(text).split())
    for choice in choices:
        if plain == "".join(folded(choice).split()):
            return Reading(choice)
    raise CellFault("E534", known=", ".join(choices))


TIBETAN = re.compile(r"[\u0f00-\u0fff]")
_TIBETAN_PART = re.compile(r"[\u0f00-\u0fff]+(?:[ \u00a0]+[\u0f00-\u0fff]+)*")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z .'\u00b7-]*")
_QUESTION = re.compile(r"[?？]")
_SEVERAL = re.compile(r"[\u4e00-\u9fff]\s*[、，,;；/]\s*[\u4e00-\u9fff]")
_ENDS = "་༌། \u00a0"


def read_name(text: str, *, tibetan: bool) -> Reading:
    """A name as it is, outer tshegs and shads off; without a value, and with a warning, where text
    was lost: a card's name may stand as a blank, and no family loses its card to a character.

    In the column of Tibetan names a text that is neither Tibetan, Chinese nor a word of Latin
    letters comes from an old font or code, and nobody can read it any more.
    """
    text = _INVISIBLE.sub("", with_its_places(text))
    if LOST.search(text) or _QUESTION.search(text):
        return Reading(None, "W518")
    if match := PRIVATE.search(text):
        return Reading(" ".join(text.split()), "W519", {"character": f"U+{ord(match.group()):04X}"})
    no_damage(text)
    name = " ".join(text.split())
    if _SEVERAL.search(name):
        raise CellFault("E597")
    if (
        tibetan
        and name
        and not (TIBETAN.search(name) or _HAN.search(name) or _LATIN_WORD.fullmatch(name))
    ):
        return Reading(None, "W520")
    return Reading(name.strip(_ENDS) if TIBETAN.search(name) else name or None)


def by_script(bo: str | None, zh: str | None) -> tuple[str | None, str | None]:
    """The two names, each where its script belongs: lists have both in one cell, or in each other's
    columns.

    >>> by_script(None, "扎西 བཀྲ་ཤིས")
    ('བཀྲ་ཤིས', '扎西')
    """
    texts = [text for text in (bo, zh) if text]
    tibetan = [part.strip(_ENDS) for text in texts for part in _TIBETAN_PART.findall(text)]
    others = [" ".join(_TIBETAN_PART.sub(" ", text).split()).strip("()（）/ ") for text in texts]
    return next(filter(None, tibetan), None), next(filter(None, reversed(others)), None)
