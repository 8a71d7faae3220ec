"""Take the pictures of docs/windows.md anew: a desk of a made-up office, walked through in
Chromium.

``python tools/pictures.py`` after the screens have changed; look at each picture before it is
committed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 48
"""Enough for screens of a few colours; a file has less than 120 KB."""


def main() -> None:
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "pdf"), str(ROOT / "tests" / "desk")]
    os.environ.pop("DATABASE_URL", None)
    from desks import at_the_desk, office, settled
    from playwright.sync_api import Page

    def home(page: Page) -> None:
        page.locator(".needs").wait_for()
        page.locator(".marks").wait_for()

    def dropped(page: Page) -> None:
        page.locator(".drop input[type=file]").set_input_files(
            ROOT / "rosters" / "sample-village.xlsx"
        )
        settled(page)

    def still(_page: Page) -> None: ...

    walks: dict[str, tuple[str, Callable[[Page], None]]] = {
        "desk-print": ("printing/", still),
        "desk-list": ("printing/", dropped),
        "desk-standards": ("standards/", still),
        "desk-policies": ("policies/", still),
        "desk-handing": ("handing/", still),
        "desk-details": ("details/", still),
        "desk-home": ("", home),
    }
    with TemporaryDirectory() as folder, at_the_desk(office(Path(folder) / "示例县")) as page:
        start = page.url
        for name, (address, walk) in walks.items():
            page.goto(f"{start}{address}")
            walk(page)
            page.wait_for_load_state("networkidle")
            keep(name, page.screenshot())


def keep(name: str, picture: bytes) -> None:
    made = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        made, "PNG", optimize=True
    )
    file = PICTURES / f"{name}.png"
    file.write_bytes(made.getvalue())
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
