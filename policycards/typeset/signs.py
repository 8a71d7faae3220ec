"""Signs: lines of digits, capitals and arithmetic, put together sign by sign from a table.

Every card has a code and sums of its own. Setting them as text would take longer than all the rest
of the card, and nothing in them is shaped by what stands beside it.
"""

from __future__ import annotations

from functools import cache

from policycards.typeset.fonts import Face
from policycards.typeset.model import Cluster, Line, Run


class _Signs(dict[str, tuple[Cluster, float, float]]):
    """Each sign's cluster with its ink above and below the baseline, em."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, character: str) -> tuple[Cluster, float, float]:
        if not self.face.has(ord(character)):
            raise ValueError(f"{self.face.key} does not have {character!r}")
        (cluster,) = self.face.shape(character, "zh")
        ink = self.face.ink(cluster.glyphs)
        self[character] = cluster, ink.top / 1000, ink.bottom / 1000
        return self[character]


@cache
def _signs(face: Face) -> _Signs:
    return _Signs(face)


def in_signs(text: str, size: float, face: Face) -> Line:
    """A line of signs, ``size`` pt large. Raises ValueError for one that the face does not have."""
    signs = _signs(face)
    clusters, tops, bottoms = zip(*[signs[character] for character in text], strict=True)
    run = Run(face.key, size, clusters)
    return Line((run,), run.width, max(tops) * size, min(bottoms) * size)


def width_in_signs(text: str, size: float, face: Face) -> float:
    """pt that a line of signs takes."""
    signs = _signs(face)
    return sum([signs[character][0].advance for character in text]) * size / 1000
