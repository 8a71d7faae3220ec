"""What may stand in one cell of a list, kind by kind: its value, or why it is none. Nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

MOST = Decimal(1_000_000)
"""Above any area, herd or yearly amount of one household: what is larger has lost its point or is
another number.
"""
PLACES = Decimal("0.0001")
"""Finest quantity kept: a thousandth of a mu is less than a square metre."""

EMPTY = frozenset({"", "/", "-", "--", "—", "——", "\\", "NULL", "null"})
"""How lists leave a cell empty."""
YES = frozenset({"是", "有", "享受", "√", "✓", "☑", "1", "yes", "y", "true", "ཡིན", "ཡོད"})
NO = frozenset(
    {"否", "无", "没有", "不享受", "×", "✗", "✘", "☒", "0", "no", "n", "false", "མིན", "མེད"}
)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
LOST = re.compile(r"\ufffd|[?？]{2,}")
ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|SPILL!|CALC!)")

_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d*)?[eE][+]?\d+")


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
    if match := PRIVATE.search(text):
        raise CellFault("E519", character=f"U+{ord(match.group()):04X}")


def read_text(text: str) -> Reading:
    """One line of text as it is.

    >>> read_text(" 一组 ").value
    '一组'
    """
    no_damage(text)
    return Reading(" ".join(_INVISIBLE.sub("", text).split()) or None)


def read_id(text: str) -> Reading:
    """A number or name that tells households apart; raises CellFault where Excel has altered it."""
    no_damage(text)
    text = "".join(folded(text).split())
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("E517")
    return Reading(text.removesuffix(".0") or None)


def read_number(text: str) -> Reading:
    """An exact quantity; more decimals than a quantity can have are rounded, with a warning.

    >>> read_number("1,200.50").value
    Decimal('1200.5000')
    """
    no_damage(text)
    text = folded(text)
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault("E517")
    if not _NUMBER.fullmatch(text):
        raise CellFault("E530")
    number = Decimal(text.replace(",", ""))
    if number < 0:
        raise CellFault("E531")
    if number > MOST:
        raise CellFault("E532", most=MOST)
    value = number.quantize(PLACES, ROUND_HALF_UP)
    return Reading(value, "" if value == number else "W533")


def read_order(text: str) -> Reading:
    """A place in the row of houses, a whole number."""
    value = read_number(text).value
    if not isinstance(value, Decimal) or value != int(value):
        raise CellFault("E530")
    return Reading(int(value))


def read_yes_no(text: str) -> Reading:
    """Yes or no, in the ways in which lists say it.

    >>> read_yes_no("√").value
    True
    """
    no_damage(text)
    text = folded(text).casefold().rstrip("་")
    if text not in YES and text not in NO:
        raise CellFault("E535")
    return Reading(text in YES)


def read_override(text: str) -> Reading:
    """What an approval list says: ``yes``, ``no`` or the approved amount.

    >>> read_override("是").value, read_override("1200元").value
    ('yes', '1200')
    """
    no_damage(text)
    plain = folded(text).casefold().rstrip("་")
    if plain in YES | NO:
        return Reading("yes" if plain in YES else "no")
    try:
        number = read_number(plain.removesuffix("元")).value
    except CellFault as fault:
        raise CellFault("E536") if fault.code == "E530" else fault from None
    return Reading(f"{number:f}".rstrip("0").rstrip("."))


def read_choice(text: str, choices: tuple[str, ...]) -> Reading:
    """One of the choices, whatever its width and spaces."""
    no_damage(text)
    plain = "".join(folded(text).split())
    for choice in choices:
        if plain == "".join(folded(choice).split()):
            return Reading(choice)
    raise CellFault("E534", known=", ".join(choices))
