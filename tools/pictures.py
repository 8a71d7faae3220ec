"""Take the pictures of docs/windows.md and docs/lists.md anew: a desk of a made-up office, walked
through in Chromium, and a sheet of payments.

``python tools/pictures.py`` after the screens have changed, with names for some of them; look at
each picture before it is committed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from openpyxl import Workbook
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 48
"""Enough for screens of a few colours; a file has less than 120 KB."""

HEADINGS = ("户号", "村", "姓名", "与户主关系", "出生日期", "草场面积", "年收入")
ASKED = (
    (1, "上村", "扎西", "户主", 1956.1, 120, 3000),
    (None, None, "卓玛", "妻", 1962.1, None, None),
    (2, "示例二村", "次仁", "户主", "1970-01-01", 88.5, 5200),
)
"""A list with something to ask about: a village, a month, headings."""
ROSTER = (
    ("户编号", "村", "姓名", "禁牧面积"),
    ("H1", "示例一村", "扎西", 100),
    ("H2", "示例一村", "次仁", 20),
    ("H3", "示例二村", "德吉", 40),
    ("H4", "示例二村", "强巴", 0),
)
PAID = (
    ("村", "户主姓名", "面积", "标准", "金额"),
    ("示例一村", "扎西", 90, 7.5, 675),
    ("示例二村", "德吉", 40, 9, 360),
    ("示例二村", "强巴", 10, 7.5, 75),
    ("示例二村", "旺堆", 12, 7.5, 90),
)


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

    def asked(page: Page) -> None:
        with TemporaryDirectory() as lists:
            made = written(Path(lists) / "牧户名单.xlsx", (HEADINGS, *ASKED))
            page.locator(".drop input[type=file]").set_input_files(made)
            settled(page)
        page.locator(".asked").scroll_into_view_if_needed()

    walks: dict[str, tuple[str, Callable[[Page], None]]] = {
        "desk-print": ("printing/", still),
        "desk-list": ("printing/", dropped),
        "desk-list-asked": ("printing/", asked),
        "desk-standards": ("standards/", still),
        "desk-policies": ("policies/", still),
        "desk-handing": ("handing/", still),
        "desk-details": ("details/", still),
        "desk-home": ("", home),
    }
    wanted = sys.argv[1:]
    if not wanted or "compare-sheet" in wanted:
        keep("compare-sheet", payment_sheet())
    walks = {name: walk for name, walk in walks.items() if not wanted or name in wanted}
    if not walks:
        return
    with TemporaryDirectory() as folder, at_the_desk(office(Path(folder) / "示例县")) as page:
        start = page.url
        for name, (address, walk) in walks.items():
            page.goto(f"{start}{address}")
            walk(page)
            page.wait_for_load_state("networkidle")
            keep(name, page.screenshot())


def written(path: Path, rows: tuple[tuple[object, ...], ...]) -> Path:
    """A workbook of these rows."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def payment_sheet() -> bytes:
    """The sheet of ``compare`` of made-up lists."""
    from policycards.services.payments import compare

    with TemporaryDirectory() as folder:
        roster, paid = (
            written(Path(folder) / f"{name}.xlsx", rows)
            for name, rows in (("roster", ROSTER), ("paid", PAID))
        )
        policy, day = "grassland-grazing-ban", date(2026, 11, 30)
        found = compare(
            roster, paid, policy, ROOT / "policies", ROOT / "fonts", Path(folder), day=day
        )
        page = pypdfium2.PdfDocument(found.sheet)[0]
        picture = io.BytesIO()
        page.render(scale=1.4).to_pil().save(picture, "PNG")
    return picture.getvalue()


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
