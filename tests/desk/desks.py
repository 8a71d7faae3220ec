"""A desk for tests: an office's folder of its own, served by the real command, opened in a real
browser.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import chromium, examined
from command import ROOT
from playwright.sync_api import Page, expect

expect.set_options(timeout=60_000)  # a busy machine is no fault of a screen
WIDTH, HEIGHT = 1366, 768
"""Pixels of an office's usual screen."""


def office(folder: Path) -> Path:
    """A folder as an office has it: the shipped policies, fonts and the sample list."""
    shutil.copytree(ROOT / "policies", folder / "policies")
    (folder / "fonts").symlink_to(ROOT / "fonts", target_is_directory=True)
    (folder / "rosters").mkdir()
    shutil.copy(ROOT / "rosters" / "sample-village.xlsx", folder / "rosters")
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address that opens the desk of a folder. Ends the desk as Ctrl-C does."""
    program = [sys.executable, "-c", "from policycards.cli import main; main()"]
    with subprocess.Popen(
        [*program, "desk", str(folder), "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout
        try:
            found = re.search(r"http://\S+", running.stdout.readline())
            assert found
            yield found.group()
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)


@contextmanager
def at_the_desk(folder: Path, language: str = "zh-CN") -> Iterator[Page]:
    """The first screen of the desk of a folder, in Chromium as a clerk sees it."""
    with served(folder) as address, chromium() as browser:
        size = {"width": WIDTH, "height": HEIGHT}
        context = browser.new_context(viewport=size, locale=language, bypass_csp=True)
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(address)
        yield page


def settled(page: Page) -> None:
    """Wait until what a screen shows of a task has come to its end."""
    expect(page.locator("[data-state=running], [data-state=stopping]")).to_have_count(
        0, timeout=240_000
    )


def is_open_to_all(page: Page) -> None:
    """Nothing on this screen keeps somebody from using it, as axe sees it."""
    faults, passed = examined(page)
    assert not faults
    assert passed > 5
