"""Details at the desk: what is for everybody is made, shown and found again; a site that was made
drives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browser import chromium
from desks import HEIGHT, WIDTH, office, served, settled
from playwright.sync_api import BrowserContext, Page, expect

from policycards.desk.core.office_folder import Office
from policycards.desk.details.details_page import PIECES, command, finished_pieces

SCRIPT = """
const said = [];
const told = async (work) => { try { said.push(await work()); } catch (error) { said.push(error.name); } };
const form = "application/x-www-form-urlencoded";
await told(async () => (await fetch("/language/", { method: "POST", body: "language=bo", credentials: "include",
  headers: { "Content-Type": form } })).status);
await told(async () => (await fetch("/")).status);
await told(() => document.cookie.length);
await told(() => String(localStorage));
await told(() => window.open("/"));
await told(() => self.origin);
document.body.textContent = JSON.stringify(said);
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office(tmp_path_factory.mktemp("details") / "单位 office")


@pytest.fixture(scope="module")
def context(folder: Path) -> Iterator[BrowserContext]:
    """A browser that keeps to what pages forbid."""
    with served(folder) as address, chromium() as browser:
        opened = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        opened.set_default_timeout(60_000)
        opened.new_page().goto(address)
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.pages[0]


def test_a_piece_is_made_for_an_area_and_a_day_and_shown(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="详情与宣传品").click()
    page.get_by_label("专题折页").check()
    page.locator("[name=topic]").select_option("schooling")
    page.locator("[name=area]").select_option("549901102201")
    page.locator("[name=day]").fill("2024-12-31")
    page.get_by_role("button", name="制作").click()
    settled(page)
    expect(page.get_by_role("link", name="打开文件")).to_be_visible()
    assert (folder / "output/details/2024-12-31-549901102201/leaflet-schooling.pdf").is_file()
    assert (
        page.get_by_alt_text("第一页").evaluate(
            "picture => picture.decode().then(() => picture.naturalWidth)"
        )
        > 800
    )
    expect(page.get_by_text("印有标记：试印")).to_be_visible()
    address = page.get_by_role("link", name="打开文件").get_attribute("href")
    assert (
        page.request.get(f"{page.url.partition('/details')[0]}{address}").body().startswith(b"%PDF")
    )


def test_the_site_is_shown_and_runs_its_own_scripts(page: Page, context: BrowserContext) -> None:
    page.get_by_role("link", name="详情与宣传品").click()
    page.get_by_label("手机网站").check()
    expect(page.locator("[name=area]")).to_be_hidden()  # a site has them all
    page.get_by_role("button", name="制作").click()
    settled(page)
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    with context.expect_page() as opening:
        page.get_by_role("link", name="打开网站").click()
    site = opening.value
    site.locator("#q").fill("高龄")
    site.locator("form.search button").click()
    expect(site.locator("main a[href*='policy/']").first).to_be_visible()
    assert site.evaluate(
        "[self.origin, [...document.fonts].some(({ status }) => status === 'error')]"
    ) == [
        "null",
        False,
    ]
    site.close()


def test_a_page_that_lies_in_the_folder_cannot_drive_the_desk(page: Page, folder: Path) -> None:
    site = folder / "output" / "other"
    site.mkdir()
    (site / "index.html").write_text(
        "<!doctype html><script type='module' src='act.js'></script><body>", "utf-8"
    )
    (site / "act.js").write_text(SCRIPT, encoding="utf-8")
    (site / "list.csv").write_text("names", encoding="utf-8")
    base = page.url.partition("/details")[0]
    page.goto(f"{base}/files/output/other")
    expect(page.locator("body")).to_have_text(
        '["TypeError","TypeError","SecurityError","SecurityError",null,"null"]', timeout=20_000
    )
    assert "/apart/" in page.url
    for name in ("list.csv", "../../policies/catalogue.yaml", "../../rosters/sample-village.xlsx"):
        assert page.request.get(page.url.replace("index.html", name)).status in (403, 404)
    assert page.request.get(page.url, headers={"Service-Worker": "script"}).status == 404
    page.goto(f"{base}/details/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"


def test_what_was_made_is_found_again_with_its_time(page: Page, folder: Path) -> None:
    latest = page.locator(".made li")
    expect(latest).to_have_count(2)
    expect(latest.filter(has_text="2024-12-31")).to_contain_text("示例")
    found = finished_pieces(Office(folder))
    assert [(each.piece.name, each.source, each.topic) for each in found] == [
        ("site", "", ""),
        ("leaflet", "2024-12-31", "schooling"),
    ]


def test_a_choice_that_is_not_there_is_refused_with_what_to_do(page: Page) -> None:
    page.locator("select[name=area]").evaluate(
        "field => { field.selectedOptions[0].value = '110101'; }"
    )
    page.get_by_role("button", name="制作").click()
    expect(page.get_by_text("所选的已经不在了")).to_be_visible()
    expect(page.get_by_text("请刷新页面，重新选择。")).to_be_visible()


def test_the_commands_are_those_that_a_person_would_type() -> None:
    day = date(2024, 12, 31)
    made_for = "output/details/2024a-5499"
    told, folder = command(PIECES["wall"], "5499", "2024a", day, "")
    where = ["--area", "5499", "--edition", "2024a", "--out", made_for]
    assert told == ["card", "--design", "a3", *where]
    assert folder == made_for
    told, folder = command(PIECES["site"], "5499", "2024a", day, "")
    assert told == ["site", "--as-of", "2024-12-31", "--out", "output/details/site"]
    told, _folder = command(PIECES["leaflet"], "5499", "", day, "birth")
    assert told[:3] == ["leaflet", "--topic", "birth"]
