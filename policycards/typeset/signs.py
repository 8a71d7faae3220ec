"""Signs: lines of digits, capitals and arithmetic, put together sign by sign from a table.

Every card has a code and sums of its own. Setting them as text would take longer than all the rest of the card, and
nothing in them is shaped by what stands beside it.
"""

from __future__ import annotations

from functools import cache

from policycards.typeset.fonts import Face
from policycards.typeset.model import Cluster, Line, Run


@cache
def _sign(character: str, face: Face) -> tuple[Cluster, float, float]:
    """A sign's cluster with its ink above and below the baseline, em."""
    (cluster,) = face.shape(character, "zh")
    ink = face.ink(cluster.glyphs)
    return cluster, ink.top / 1000, ink.bottom / 1000


def in_signs(text: str, size: float, face: Face) -> Line:
    """A line of signs, ``size`` pt large. Raises ValueError for one that the face does not have."""
    if not all(map(face.has, map(ord, text))):
        raise ValueError(f"{face.key} does not have all of {text!r}")
    clusters, tops, bottoms = zip(*[_sign(character, face) for character in text], strict=True)
    run = Run(face.key, size, clusters)
    return Line((run,), run.width, max(tops) * size, min(bottoms) * size)
