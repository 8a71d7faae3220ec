"""Pieces to draw: lines of the shipped fonts, pages of lines, pieces of pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from policycards.design.layout.frames import Item, Page, Piece, Role, Squares, Tagged, Text
from policycards.typeset import Fonts, Line, Style, single
from policycards.typeset.text_model import Lang


@cache
def fonts() -> Fonts:
    return Fonts.open(Path(__file__).parents[2] / "fonts")


def language(text: str) -> Lang:
    """Tibetan where there is any Tibetan script, else Chinese."""
    return "bo" if any("\u0f00" <= character <= "\u0fff" for character in text) else "zh"


def set_line(text: str, size: float = 12.0, bold: bool = False) -> Line:
    """A text in one line, Chinese as large as Tibetan."""
    return single(text, Style(language(text), size, size, bold), fonts())


def element(role: Role, text: str, y: float, x: float = 20.0, **marks: Any) -> Tagged:
    """A line of text as a structure element in its language."""
    return Tagged(role, (Text(x, y, set_line(text)),), language(text), **marks)


def stacked(texts: Iterable[str], pitch: float = 26.0) -> Page:
    """A page of one paragraph a line."""
    items: list[Item] = [element("P", text, pitch * (n + 1)) for n, text in enumerate(texts)]
    return Page(400, pitch * (len(items) + 1), tuple(items))


def piece(*pages: Page, **changes: Any) -> Piece:
    """A piece with a title in both scripts."""
    facts = {
        "title": "明白卡 ཤེས་གསལ་བྱང་བུ།",
        "lang": "bo",
        "author": "样例县 & 乡",
        "identity": "sample",
    }
    return Piece(**{**facts, "date": date(2024, 7, 1), "pages": pages, **changes})


def checkered(side: int = 25) -> Squares:
    """Squares that look like a QR code, and are none."""
    rows = tuple(
        tuple((row * column + row + column) % 3 == 0 for column in range(side))
        for row in range(side)
    )
    return Squares(300, 30, 1.5, rows)
