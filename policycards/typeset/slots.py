"""Slots: digits that are left open, so that a text is set once for all cards that differ only in
their figures.

A *mark* stands in a text for a whole figure. Before setting, each digit of it becomes a *slot*,
which is set like a zero; afterwards the digits go in. This is right only for faces whose digits all
have one advance and are shaped alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple

from policycards.typeset.fonts import Face, Fonts
from policycards.typeset.text_model import Cluster, Line, Run

_MARK, _SLOT, _DIGITS = 0xF0000, 0xF1000, 64
"""Private code points, which no text of a catalogue or roster may hold: 4,096 marks, then 64 slots
for each figure.
"""

_MARKS = re.compile(f"[{chr(_MARK)}-{chr(_SLOT - 1)}]")
_SLOTS = re.compile(f"[{chr(_SLOT)}-{chr(_SLOT + 0xEFFF)}]")


class Slot(NamedTuple):
    """Which digit, or other character, of which figure."""

    figure: int
    place: int


def mark(figure: int) -> str:
    """What stands in a text for a figure."""
    return chr(_MARK + figure)


def spelled(text: str, figures: Sequence[str]) -> str:
    """The text with its figures in place.

    >>> spelled(f"每年{mark(0)}元", ["2,184.50"])
    '每年2,184.50元'
    """
    return _MARKS.sub(lambda found: figures[ord(found.group()) - _MARK], text)


def opened(text: str, shapes: Sequence[str]) -> str:
    """The text with slots for the digits of its figures; ``shapes`` are figures whatever their
    digits.
    """
    return _MARKS.sub(
        lambda found: _opened(ord(found.group()) - _MARK, shapes[ord(found.group()) - _MARK]), text
    )


def _opened(figure: int, shape: str) -> str:
    first = _SLOT + figure * _DIGITS
    return "".join(
        chr(first + place) if each.isdigit() else each for place, each in enumerate(shape)
    )


def as_zeros(text: str) -> str:
    """What is shaped: a zero for each slot."""
    return _SLOTS.sub("0", text) if has_slots(text) else text


def has_slots(text: str) -> bool:
    return _SLOTS.search(text) is not None


def slot_of(cluster: Cluster) -> Slot | None:
    """The slot that a cluster of a set line is, if it is one."""
    number = ord(cluster.text[0]) - _SLOT
    return Slot(*divmod(number, _DIGITS)) if number >= 0 else None


def reopened(lines: Sequence[Line], text: str) -> tuple[Line, ...]:
    """The lines of a text that was set with zeros, with its slots in their places.

    Lines keep the order of the text's digits, so that the n-th zero is the n-th zero.
    """
    zeros = iter([each for each in text if each == "0" or _SLOTS.match(each)])
    return tuple(
        replace(line, runs=tuple(_reopened(run, zeros) for run in line.runs)) for line in lines
    )


def _reopened(run: Run, zeros) -> Run:  # type: ignore[no-untyped-def]
    if run.artifact:
        return run
    return replace(
        run,
        clusters=tuple(
            each._replace(text=next(zeros)) if each.text == "0" else each for each in run.clusters
        ),
    )


def filled(line: Line, figures: Sequence[str], fonts: Fonts) -> Line:
    """A line with the digits of its figures in their slots."""
    return replace(line, runs=tuple(_filled(run, figures, fonts) for run in line.runs))


def _filled(run: Run, figures: Sequence[str], fonts: Fonts) -> Run:
    def digit(cluster: Cluster) -> Cluster:
        slot = slot_of(cluster)
        return (
            with_digit(cluster, figures[slot.figure][slot.place], fonts[run.face])
            if slot
            else cluster
        )

    return replace(run, clusters=tuple(map(digit, run.clusters)))


def with_digit(slot: Cluster, digit: str, face: Face) -> Cluster:
    """The cluster of a digit in a slot's place: its offset and advance stay, gaps beside it
    included.
    """
    (zero,) = slot.glyphs
    return Cluster(digit, (zero._replace(id=_digits(face)[digit].glyphs[0].id),), slot.advance)


@cache
def _digits(face: Face) -> dict[str, Cluster]:
    return {
        digit: face.shape(digit, "bo" if face.key.startswith("bo") else "zh")[0]
        for digit in "0123456789"
    }


@cache
def has_even_digits(face: Face) -> bool:
    """Whether a face's digits may be left open: one glyph in its place each, all equally wide,
    whatever is beside.
    """
    digits = _digits(face)
    if len({(each.advance, each.glyphs[0][1:], len(each.glyphs)) for each in digits.values()}) > 1:
        return False
    script: Literal["bo", "zh"] = "bo" if face.key.startswith("bo") else "zh"
    alone = {**digits, **{sign: face.shape(sign, script)[0] for sign in ",."}}
    beside = "".join(first + second for first in digits for second in alone) + ",0.0"
    return all(
        each == alone[each.text] for each in face.shape(beside, script) if each.text in digits
    )
