"""Make the pictograms that come from Tabler Icons: ``python tools/pictograms.py FOLDER``, the
unpacked npm package.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib import SVGPath

PICTOGRAMS = Path(__file__).resolve().parent.parent / "policycards" / "design" / "pictograms"
ROW = re.compile(r"\| ([a-z]+) \| ([a-z0-9-]+) \|")
# Every Tabler icon has the whole field as an invisible first path.
FIELD = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
LETTERS = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="1 1 22 22" fill="none" stroke="#000"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
)


def plain(svg: str) -> str:
    """The icon with absolute M, L, C and Z only; arcs become cubic curves."""
    pen = RecordingPen()
    SVGPath.fromstring(svg.replace(FIELD, "").encode("utf-8")).draw(pen)
    paths: list[str] = []
    for verb, points in pen.value:
        step = LETTERS.get(verb, "") + " ".join(
            f"{length:g}" for point in points for length in rounded(point)
        )
        if verb == "moveTo":
            paths.append(step)
        else:
            paths[-1] += step
    return "\n".join([HEAD, *(f'<path d="{path}"/>' for path in paths), "</svg>\n"])


def rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 3), round(point[1], 3)


def main(folder: Path) -> None:
    for name, icon in ROW.findall((PICTOGRAMS / "SOURCES.md").read_text(encoding="utf-8")):
        svg = (folder / "icons" / "outline" / f"{icon}.svg").read_text(encoding="utf-8")
        (PICTOGRAMS / f"{name}.svg").write_text(plain(svg), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
