"""Chromium: the picture of strings that it sets, pages opened in it, and what axe finds in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from pictures import EM, HEIGHT, WIDTH
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PAGE = """<!doctype html><meta charset="utf-8">
<style>
@font-face {{ font-family: face; src: url("{face}") }}
* {{ margin: 0; padding: 0 }}
body {{ background: #fff; color: #000; display: grid; grid-template-columns: {width}px {width}px }}
p {{ font: {em}px/{height}px face; height: {height}px; padding-left: {em}px; white-space: pre;
    text-rendering: geometricPrecision }}
</style>
{body}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end. Skips the test where there is no Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("no browser was asked: there is no Chromium here (Debian: chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def examined(page: Page) -> tuple[list[tuple[str, object, str]], int]:
    """What keeps somebody from using a page, as axe sees it, and how many of its rules the page has
    passed.

    The page must let scripts of others in (``bypass_csp``).
    """
    page.add_script_tag(path=AXE_FILE_PATH)
    found = page.evaluate("axe.run()")
    told = [
        (each["id"], node["target"], node["failureSummary"])
        for each in found["violations"]
        for node in each["nodes"]
    ]
    return told, len(found["passes"])


def set_by_chromium(texts: Sequence[str], face: Path, folder: Path) -> Image.Image:
    """One picture with two strings side by side, each in a cell. Skips the test where there is no
    Chromium.
    """
    body = "\n".join(f'<p lang="bo">{escape(text)}</p>' for text in texts)
    page = folder / "strings.html"
    page.write_text(
        _PAGE.format(face=face.as_uri(), width=WIDTH, height=HEIGHT, em=EM, body=body),
        encoding="utf-8",
    )
    with chromium() as browser:
        window = browser.new_page(
            viewport={"width": 2 * WIDTH, "height": (len(texts) + 1) // 2 * HEIGHT}
        )
        window.goto(page.as_uri())
        window.evaluate("document.fonts.ready")
        picture = window.screenshot()
    return Image.open(BytesIO(picture))
