"""What typesetting hands on: clusters, runs, lines, paragraphs. Nothing here decides; nothing later
re-decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Lang = Literal["bo", "zh"]
Align = Literal["left", "right", "center", "justified"]


class Glyph(NamedTuple):
    """A glyph of a face at its offset from the cluster's origin, 1/1000 em, y upwards."""

    id: int
    dx: int
    dy: int


class Cluster(NamedTuple):
    """The smallest piece that is drawn and read as one: a Tibetan stack with its vowels, a Han
    character, a digit.

    ``advance`` is in 1/1000 em and includes every gap or squeeze: two clusters that differ in it
    are different.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    advance: int


@dataclass(frozen=True, slots=True)
class Run:
    """Clusters of one face and size, placed in a line.

    ``x`` is pt from the start of the line, ``rise`` pt above the line's baseline. An ``artifact``
    run (tshegs that pad a justified line) is drawn but is no part of the text.
    """

    face: str
    size: float
    clusters: tuple[Cluster, ...]
    x: float = 0.0
    rise: float = 0.0
    artifact: bool = False

    @property
    def text(self) -> str:
        return "".join([cluster.text for cluster in self.clusters])

    @property
    def width(self) -> float:
        """pt"""
        return sum([cluster.advance for cluster in self.clusters]) * self.size / 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One set line. ``ink_top`` and ``ink_bottom`` are pt above the baseline (the bottom is
    negative when below).
    """

    runs: tuple[Run, ...]
    width: float
    ink_top: float
    ink_bottom: float

    @property
    def text(self) -> str:
        """What a reader of the PDF must get back, spaces included, without padding."""
        return "".join(run.text for run in self.runs if not run.artifact)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Set lines with their left edges and baselines, pt from the paragraph's top left corner, y
    downwards.

    Ink of the first line touches y = 0 at the highest; ``height`` reaches to the lowest ink or the
    descent of the last line, whichever is lower.
    """

    lang: Lang
    lines: tuple[Line, ...]
    lefts: tuple[float, ...]
    baselines: tuple[float, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set. Sizes in pt; ``pitch`` in em of the paragraph's own script;
    ``justified`` pads tsheg.

    ``bo`` is the size of Tibetan script, ``zh`` of Chinese, Latin letters and digits in Chinese
    text; in a Tibetan paragraph digits and Latin take the Tibetan face and size.
    """

    lang: Lang
    bo: float
    zh: float
    bold: bool = False
    align: Align = "left"
    pitch: float = 1.6
    tibetan_digits: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph with a style of its own: ``scale`` enlarges it, ``bold`` overrides the
    paragraph's.
    """

    text: str
    scale: float = 1.0
    bold: bool | None = None
