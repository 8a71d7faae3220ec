"""Opening the desk: from the start of the process to its address, then the first page and its
parts.
"""

from __future__ import annotations

import re
import subprocess
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

from timing import PYTHON, ROOT, in_turn, run

PROGRAM = "from policycards.cli import main; main()"
BARE = """
from django.conf import settings
settings.configure(TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}])
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
import waitress.server
"""
"""A Django without a page, on the same server: what no desk of it starts faster than."""


def main() -> None:
    took: list[tuple[float, float, float, float]] = []
    with TemporaryDirectory() as folder:
        for name in ("policies", "fonts", "rosters"):
            (Path(folder) / name).symlink_to(ROOT / name, target_is_directory=True)
        _whole, bare = in_turn([lambda: took.append(_opened(folder)), run(PYTHON, "-c", BARE)])
    start, page, again, parts = (median(each) for each in zip(*took[1:], strict=True))
    print(
        f"desk: {start:.0f} ms from the start of the process to the first page, a bare Django"
        f" {bare * 1000:.0f} ms,"
    )
    print(
        f"      ratio {start / bare / 1000:.1f}; of that the page {page:.0f} ms, again {again:.0f}"
        " ms; what needs"
    )
    print(f"      doing and what is in force, which come after it, {parts:.0f} ms")


def _opened(folder: str) -> tuple[float, float, float, float]:
    """Milliseconds from the start of a desk to its first page whole, of that page, of it again, of
    its parts.
    """
    begun = perf_counter()
    command = [PYTHON, "-u", "-c", PROGRAM, "desk", folder, "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stdout
        found = re.search(r"http://\S+", running.stdout.readline())
        assert found
        where = urlsplit(found.group())
        with closing(HTTPConnection("127.0.0.1", where.port)) as browser:
            cookie = _asked(browser, where.path, "")[1].partition(";")[0]
            page = _asked(browser, "/", cookie)[0]
            whole = (perf_counter() - begun) * 1000
            again = _asked(browser, "/", cookie)[0]
            parts = _asked(browser, "/todo/", cookie)[0] + _asked(browser, "/force/", cookie)[0]
        running.terminate()
    return whole, page, again, parts


def _asked(browser: HTTPConnection, path: str, cookie: str) -> tuple[float, str]:
    """Milliseconds until the answer is here whole, and the cookie that it gives."""
    begun = perf_counter()
    browser.request("GET", path, headers={"Cookie": cookie})
    answer = browser.getresponse()
    answer.read()
    assert answer.status in (200, 302), (path, answer.status)
    return (perf_counter() - begun) * 1000, answer.getheader("Set-Cookie", "")


if __name__ == "__main__":
    main()
