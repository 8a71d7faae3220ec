"""Pages held against their reference pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageChops

REFERENCES = Path(__file__).parent / "reference"


def looks_as(name: str, data: bytes, page: int, folder: Path, dpi: int = 40) -> None:
    """Fail where a page of a file differs from ``reference/<name>.png``; what is there is left in a
    folder.

    A reference has few colours: a step of its palette is no difference, a moved line is.
    """
    with pypdfium2.PdfDocument(data) as document:
        actual = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    actual.save(folder / "actual.png")
    expected = Image.open(REFERENCES / f"{name}.png").convert("RGB")
    assert actual.size == expected.size, f"look at {folder}/actual.png"
    difference = ImageChops.difference(actual, expected)
    difference.save(folder / "difference.png")
    far = np.asarray(difference.convert("L")) > 60
    assert far.mean() < 0.002, f"look at {folder}/actual.png and difference.png"
