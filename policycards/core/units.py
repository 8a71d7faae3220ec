"""Lengths, money and the codes of areas: mm to points, amounts as exact decimals."""

from __future__ import annotations

from decimal import Decimal

MM = 72 / 25.4
"""Points in a millimetre."""


def mm(length: float) -> float:
    """Points of a length in millimetres.

    >>> round(mm(25.4), 6)
    72.0
    """
    return length * MM


WHOLE, PLACES = 12, 6
"""Digits before and after the point of an amount; more would not fit the columns they come to."""


def amount(text: str) -> Decimal:
    """Exact decimal of an amount as it is written in a catalogue.

    Raises ValueError for anything but digits with at most one point: no sign, no exponent, no
    separator, and for more than ``WHOLE`` digits before and ``PLACES`` behind it.

    >>> amount("7.50")
    Decimal('7.50')
    """
    whole, point, part = text.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (
        point and not (part.isascii() and part.isdigit())
    ):
        raise ValueError(text)
    if len(whole) > WHOLE or len(part) > PLACES:
        raise ValueError(text)
    return Decimal(text)


AREA_DIGITS = 12
"""Digits of a village's code."""
