"""The lettering of one file: which clusters it draws, under which codes, and the fonts that hold
them.
"""

from __future__ import annotations

from collections.abc import Iterator

from policycards.typeset.clusterfont import ClusterFont, Segment, cluster_font, outline
from policycards.typeset.fonts import Fonts
from policycards.typeset.model import Cluster, Line, Run

_ONE_COLUMN = 1.5  # poppler takes up to 1.6 (TextOutputDev.cc, maxBlockFontSizeDelta2)


class _Codes(dict[Cluster, str]):
    """The code of each cluster of a face, four hexadecimal digits, in the order of first use; 0 is
    left to .notdef.
    """

    def __missing__(self, cluster: Cluster) -> str:
        self[cluster] = code = f"{len(self) + 1:04x}"
        return code


class FontEncoder:
    """Which clusters of which faces are drawn, faces too in the order of first use."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._codes: dict[str, _Codes] = {}
        self._outlines: dict[tuple[str, Cluster], tuple[Segment, ...]] = {}

    def resource(self, face: str) -> str:
        """The name under which pages refer to the font of a face."""
        self._codes.setdefault(face, _Codes())
        return f"F{list(self._codes).index(face) + 1}"

    def code(self, face: str, cluster: Cluster) -> str:
        """The code of one cluster."""
        return self._codes.setdefault(face, _Codes())[cluster]

    def codes(self, run: Run) -> str:
        """The run as hexadecimal codes of two bytes."""
        codes = self._codes.setdefault(run.face, _Codes())
        return "".join([codes[cluster] for cluster in run.clusters])

    def outline(self, face: str, cluster: Cluster) -> tuple[Segment, ...]:
        """Path segments of a cluster in 1/1000 em, for ink that is no text; cached."""
        key = (face, cluster)
        if key not in self._outlines:
            self._outlines[key] = outline(self._fonts[face], cluster)
        return self._outlines[key]

    def fonts(self) -> Iterator[tuple[str, ClusterFont]]:
        """The cluster font of each face in use, with its resource name. Raises ValueError as
        ``cluster_font``.
        """
        for face, codes in self._codes.items():
            yield self.resource(face), cluster_font(self._fonts[face], tuple(codes))


def mixes_sizes(line: Line) -> bool:
    """Whether poppler would read a line's large and small letters as two columns, unless its text
    stands beside.
    """
    sizes = [run.size for run in line.runs]
    return max(sizes, default=0) > _ONE_COLUMN * min(sizes, default=0)
