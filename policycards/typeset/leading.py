"""Where baselines go: the pitch that is asked for, and more where the ink of two lines would
meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policycards.typeset.fonts import Fonts
from policycards.typeset.model import Line

_CLEAR = 0.05
"""em of white that stays between the ink of two lines."""
_EVEN = 1.9
"""em up to which all lines of a paragraph take the pitch that its tightest pair needs; what needs
more opens alone.
"""


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float


def baselines(
    lines: Sequence[Line], lefts: Sequence[float], pitch: float, size: float, fonts: Fonts
) -> list[float]:
    """pt from the top of the paragraph to each baseline; the first line's ink touches the top.

    ``pitch`` is in em of ``size`` pt.
    """
    least, clear = pitch * size, _CLEAR * size
    needs = [
        _need(lines[i : i + 2], lefts[i : i + 2], least, clear, fonts)
        for i in range(len(lines) - 1)
    ]
    even = max([least, *(need for need in needs if need <= _EVEN * size)])
    places = [lines[0].ink_top] if lines else []
    for need in needs:
        places.append(places[-1] + max(even, need))
    return places


def _need(
    pair: Sequence[Line], lefts: Sequence[float], least: float, clear: float, fonts: Fonts
) -> float:
    """pt between two baselines so that no ink of one comes nearer than ``clear`` to the other's; at
    least ``least``.
    """
    upper, lower = pair
    if lower.ink_top - upper.ink_bottom + clear <= least:
        return least
    low = [
        box for box in _boxes(upper, lefts[0], fonts) if lower.ink_top - box.bottom + clear > least
    ]
    high = [
        box for box in _boxes(lower, lefts[1], fonts) if box.top - upper.ink_bottom + clear > least
    ]
    need = least
    for above in low:
        for below in high:
            if above.left < below.right + clear and below.left < above.right + clear:
                need = max(need, below.top - above.bottom + clear)
    return need


def _boxes(line: Line, left: float, fonts: Fonts) -> Iterator[_Box]:
    """The blackened box of each cluster of a line, in pt from the column's left edge and the
    baseline.
    """
    for run in line.runs:
        em, x, face = run.size / 1000, left + run.x, fonts[run.face]
        for cluster in run.clusters:
            ink = face.ink(cluster.glyphs)
            if ink.right > ink.left:
                yield _Box(
                    x + ink.left * em,
                    x + ink.right * em,
                    run.rise + ink.bottom * em,
                    run.rise + ink.top * em,
                )
            x += cluster.advance * em
