"""Make the pictures of cards in docs/ anew from the shipped policies and the sample village.

``python tools/card_pictures.py`` after cards look different; look at each picture before it is
committed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
ROSTER = ROOT / "rosters" / "sample-village.xlsx"
DAY = ("--as-of", "2026-11-30")
HOUSEHOLD = "5499011012010004"
GRAY = (235, 235, 235)
DPI, COLOURS = 91, 64
PHOTO = (1100, 860)
"""Pixels of the picture of a card on a table."""
CORNERS = ((214, 62), (742, 96), (806, 812), (112, 770))
"""Where the corners of the sheet are on the table, clockwise from the top left."""
RULER = ((880, 130), (984, 820))
"""Where the ruler of 30 cm begins and ends, as long as the sheet beside it is high."""


def policycards(*arguments: str | Path) -> None:
    words = [sys.executable, "-c", "from policycards.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def page(file: Path, number: int, dpi: float = DPI) -> Image.Image:
    with pypdfium2.PdfDocument(file) as document:
        return document[number].render(scale=dpi / 72).to_pil().convert("RGB")


def beside(*pictures: Image.Image) -> Image.Image:
    gap = 22
    width = sum(each.width for each in pictures) + gap * (len(pictures) - 1)
    whole = Image.new("RGB", (width, max(each.height for each in pictures)), GRAY)
    left = 0
    for each in pictures:
        whole.paste(each, (left, 0))
        left += each.width + gap
    return whole


def on_a_table(card: Image.Image) -> Image.Image:
    """A sheet as a camera sees it from above at a slant, with its shadow and a ruler."""
    width, height = PHOTO
    noise = np.random.default_rng(7)
    grain = np.repeat(noise.normal(0, 5, (height, 1)), width, axis=1)
    light = np.linspace(1.08, 0.8, width)[None, :] * np.linspace(1.04, 0.9, height)[:, None]
    wood = np.array([158.0, 121.0, 86.0])[None, None, :]
    shade = (wood + grain[:, :, None] + noise.normal(0, 2, (height, width, 1))) * light[:, :, None]
    table = Image.fromarray(shade.clip(0, 255).astype("uint8"))
    shadow = Image.new("L", PHOTO, 0)
    ImageDraw.Draw(shadow).polygon([(x + 10, y + 14) for x, y in CORNERS], fill=150)
    dark = Image.new("RGB", PHOTO, (20, 14, 8))
    table = Image.composite(dark, table, shadow.filter(ImageFilter.GaussianBlur(10)))
    sheet = card.convert("RGBA").transform(
        PHOTO, Image.Transform.PERSPECTIVE, seen(card.size, CORNERS), Image.Resampling.BICUBIC
    )
    lit = np.asarray(sheet).astype(float)
    lit[:, :, :3] *= 0.97 * light[:, :, None].clip(0, 1.02)
    sheet = Image.fromarray(lit.clip(0, 255).astype("uint8"), "RGBA")
    mask = Image.new("L", PHOTO, 0)
    ImageDraw.Draw(mask).polygon(CORNERS, fill=255)
    table.paste(sheet.convert("RGB"), (0, 0), mask.filter(ImageFilter.GaussianBlur(0.6)))
    ruled(table)
    return table


def ruled(table: Image.Image) -> None:
    """A ruler with its centimetres beside the sheet, so that its size is seen."""
    draw, (top, bottom) = ImageDraw.Draw(table), RULER
    draw.polygon(
        [top, (top[0] + 46, top[1]), (bottom[0] + 46, bottom[1]), bottom], fill=(228, 206, 142)
    )
    for at in range(31):
        share = at / 30
        x, y = (round(top[axis] + (bottom[axis] - top[axis]) * share) for axis in (0, 1))
        draw.line([(x, y), (x + (24 if at % 5 == 0 else 14), y)], fill=(40, 30, 20), width=1)
        if at % 5 == 0 and at:
            draw.text((x + 27, y - 6), str(at), fill=(40, 30, 20))


def seen(size: tuple[int, int], corners: tuple[tuple[int, int], ...]) -> list[float]:
    """The eight figures by which a place on the photograph becomes one on the sheet."""
    width, height = size
    rows, values = [], []
    for (x, y), (u, v) in zip(
        corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True
    ):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    return list(np.linalg.solve(np.array(rows, float), np.array(values, float)))


def keep(name: str, picture: Image.Image, colours: int = COLOURS) -> None:
    file = ROOT / "docs" / f"{name}.png"
    picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


def main() -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        cards = {}
        for theme in ("colour", "plain"):
            out = folder / theme
            policycards(
                "print", ROSTER, *DAY, "--household", HOUSEHOLD, "--theme", theme, "--out", out
            )
            (cards[theme],) = out.rglob("send/*.pdf")
        policycards("card", *DAY, "--theme", "colour", "--out", folder)
        policycards("card", *DAY, "--theme", "colour", "--design", "a3", "--out", folder)
        keep("card-household", beside(page(cards["colour"], 0), page(cards["colour"], 1)))
        keep("card-themes", beside(page(cards["colour"], 0, 70), page(cards["plain"], 0, 70)))
        keep("card-photo", on_a_table(page(cards["colour"], 0, 150)), 96)
        keep("card", page(folder / "card-549901-a4.pdf", 0, 80))
        keep("card-a3", page(folder / "card-549901-a3.pdf", 0, 80))


if __name__ == "__main__":
    main()
