"""What happens to a printed QR code before a telephone sees it, done to a page's picture at 150
dpi.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

DPI = 150
FRAMES = 8
"""Specks land on a finder pattern in about every fourth picture; a camera looks many times a
second.
"""


def unread(page: Image.Image, text: str) -> list[str]:
    """The ways to spoil a picture after which its one QR code no longer gives the text; an empty
    list is what we want.

    With noise, one of several frames has to be read, and none may be read as something else.
    """
    return [name for name, frames in scans(page.convert("L")).items() if not _reads(frames(), text)]


def scans(gray: Image.Image) -> dict[str, Callable[[], Iterator[Image.Image]]]:
    """The frames of every kind of picture that a bad printer, a copier or a camera makes of a
    page.
    """
    return {name: partial(map, spoil, [gray]) for name, spoil in _SPOILS.items()} | {
        "with 2 % noise": lambda: (_noisy(gray, seed) for seed in range(FRAMES))
    }


def decode(picture: Image.Image) -> str | None:
    """The text of the one QR code in a picture, or None where it cannot be read."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found[0].text if len(found) == 1 else None


def _reads(frames: Iterator[Image.Image], text: str) -> bool:
    return next((read for frame in frames if (read := decode(frame)) is not None), None) == text


def _jpeg(gray: Image.Image) -> Image.Image:
    file = BytesIO()
    gray.save(file, "JPEG", quality=40)
    return Image.open(file)


def _shrunk(gray: Image.Image) -> Image.Image:
    size = round(gray.width * 0.94), round(gray.height * 0.94)
    return gray.resize(size, Image.Resampling.BICUBIC)


def _turned(gray: Image.Image) -> Image.Image:
    return gray.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _noisy(gray: Image.Image, seed: int) -> Image.Image:
    # Half of the specks are black, as dust is, and half are white, as missing toner is.
    chance = np.random.default_rng(seed).random((gray.height, gray.width))
    pixels = np.array(gray)
    pixels[chance < 0.01] = 0
    pixels[chance > 0.99] = 255
    return Image.fromarray(pixels)


_SPOILS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as printed": Image.Image.copy,
    "turned by 3 degrees": _turned,
    "blurred by 0.8 px": lambda gray: gray.filter(ImageFilter.GaussianBlur(0.8)),
    "as a JPEG of quality 40": _jpeg,
    "shrunk to 94 %": _shrunk,
}
