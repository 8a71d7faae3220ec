"""The site as a reader has it: in a real browser, on a phone and on a wide screen, with and without
a network.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from browser import chromium, examined
from command import policycards
from playwright.sync_api import Browser, BrowserContext, Page, Route
from sites import EDITIONS, Built, served
from specimens import TIBETAN

from policycards.qr import DEMO_KEY, card_code, link_of
from policycards.site.html import in_lines
from policycards.typeset.break_rules import breaks

PHONE, WIDE = (360, 780), (1280, 900)
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "qr" / "vectors.json").read_text(encoding="utf-8")
)
CARD = {"grassland-grazing-ban", "barley-seed", "longevity-80"}
KINDS = (
    "index.html",
    "search.html?q=cyjm",
    "phones.html",
    "new.html",
    "category/pasture-forest.html",
    "policy/grassland-grazing-ban.html",
    "policy/wildlife-damage.html",
    "c/2024a/index.html",
)
"""A page of every template, some with much in them."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def host(built: Built) -> Iterator[str]:
    with served(built.host) as address:
        yield address


class Reader:
    """Somebody with a browser; whatever it complains of or asks of others is kept."""

    def __init__(
        self, browser: Browser, size: tuple[int, int], language: str = "", **how: Any
    ) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, **how
        )
        if language:
            self.context.add_init_script(
                f"localStorage.setItem('policycards-language', '{language}')"
            )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(request.url))

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.page.wait_for_function("!document.documentElement.classList.contains('wait')")
        return self.page

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error: object) -> None:
        self.context.close()


def link_to(built: Built, edition: str, policies: set[str], general: bool = False) -> str:
    """What follows the site's address in the QR code of a card."""
    code = None if general else card_code(DEMO_KEY, "549901101201", "H-1", edition)
    link = link_of(built.version(edition).catalogue, edition)
    return link.payload(code, policies).decode().removeprefix(link.base_url + "/")


def mine(page: Page) -> set[str]:
    found = page.eval_on_selector_all(
        "#mine .mine", "parts => parts.map(part => part.dataset.policy)"
    )
    return set(found)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_whole_on_phone_and_screen_in_both_languages(
    browser: Browser, host: str, name: str
) -> None:
    for size, language in ((PHONE, "bo"), (PHONE, "zh"), (PHONE, ""), (WIDE, "")):
        with Reader(browser, size, language) as reader:
            page = reader.open(host + name)
            assert page.evaluate("document.documentElement.scrollWidth") == size[0], (
                size,
                language,
            )
            title = page.locator("h1.pair")
            shown = {lang: title.locator(f"> [lang={lang}]").is_visible() for lang in ("bo", "zh")}
            assert shown == {lang: language in ("", lang) for lang in ("bo", "zh")}
            if size == WIDE:
                left, right = (
                    title.locator(f"> [lang={lang}]").bounding_box() for lang in ("bo", "zh")
                )
                assert left and right and left["x"] + left["width"] <= right["x"]
            assert reader.complaints == []
            assert all(address.startswith(host) for address in reader.asked)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_that_keeps_anybody_out(
    browser: Browser, host: str, name: str, size: tuple[int, int]
) -> None:
    with Reader(
        browser, size, "bo", bypass_csp=True
    ) as reader:  # the test's own script is none of the site's
        page = reader.open(host + name)
        told, passed = examined(page)
        assert told == []
        assert passed > 15


def test_the_language_is_chosen_once_and_switched_at_a_paragraph(
    browser: Browser, host: str
) -> None:
    with Reader(browser, PHONE) as reader:
        page = reader.open(host + "policy/border-first-line.html")
        page.click(".languages [data-language=zh]")
        paragraph = page.locator("section[aria-labelledby=who] p.pair")
        assert not paragraph.locator("> [lang=bo]").is_visible()
        paragraph.locator(".switch").click()
        assert (
            paragraph.locator("> [lang=bo]").is_visible()
            and not paragraph.locator("> [lang=zh]").is_visible()
        )
        paragraph.locator(".switch").click()
        assert paragraph.locator("> [lang=zh]").is_visible()
        page = reader.open(host + "index.html")
        assert page.get_attribute(".languages [data-language=zh]", "aria-pressed") == "true"
        assert not page.locator("h1 [lang=bo]").is_visible()
        page.click(".languages [data-language=zh]")
        assert (
            page.locator("h1 [lang=bo]").is_visible() and page.locator("h1 [lang=zh]").is_visible()
        )


def test_nothing_jumps_while_fonts_are_on_their_way(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE, "bo") as reader:

        def slowly(route: Route) -> None:
            sleep(0.7)
            route.continue_()

        reader.context.route("**/*.woff2", slowly)
        reader.context.add_init_script(
            "window.jumps = 0; new PerformanceObserver(list => { for (const entry of"
            " list.getEntries()) window.jumps += entry.value; }).observe({ type: 'layout-shift',"
            " buffered: true })"
        )
        page = reader.open(host + "policy/grassland-grazing-ban.html")
        page.wait_for_timeout(300)
        assert page.evaluate("jumps") < 0.01
        fonts = page.evaluate(
            "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
        )
        assert "Site Tibetan" in fonts


@pytest.mark.parametrize("junk", ["", "?nsukey=abc%3D&from=timeline"])
def test_a_card_marks_its_policies_and_leaves_no_trace_in_the_address(
    browser: Browser, host: str, built: Built, junk: str
) -> None:
    path, _hash, fragment = link_to(built, "2026b", CARD).partition("#")
    with Reader(browser, PHONE, "bo") as reader:
        page = reader.open(f"{host}{path}{junk}#{fragment}")
        assert mine(page) == CARD
        assert page.url == host + path
        assert not page.locator("#ask").is_visible() and not page.locator("#general").is_visible()
        assert page.inner_text("#card-code").replace("-", "") == fragment[:12]
        page.reload()
        assert mine(page) == CARD
        page = reader.open(host + "policy/barley-seed.html")
        assert page.locator(".head .marked").is_visible()
        page = reader.open(host + "policy/three-old.html")
        assert page.locator(".marked").count() == 0
        assert not any(fragment in address for address in reader.asked)
        assert reader.complaints == []


def test_a_page_without_what_follows_is_whole_and_asks(
    browser: Browser, host: str, built: Built
) -> None:
    with Reader(browser, PHONE, "zh") as reader:
        page = reader.open(host + "c/2026b/")
        assert page.locator("#ask").is_visible() and not page.locator("#mine").is_visible()
        assert page.locator("#ask .tile").count() == 7
        assert (
            page.locator("#policies > li").count() == page.locator("#policies > li a").count() > 40
        )


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "x",
        "UUUUUUUUUUUU",
        "4X4YTPCBW31T0000000",
        "4X4YTPCBW31SU000000",
        "4X4YTPCBW31S0",
        "%E0%A4%A",
        "<img src=x>",
        "__proto__",
    ],
)
def test_what_is_no_card_of_the_edition_is_passed_over(
    browser: Browser, host: str, fragment: str
) -> None:
    with Reader(browser, PHONE) as reader:
        page = reader.open(f"{host}c/2026b/?a=1#{fragment}")
        assert page.locator("#ask").is_visible() and mine(page) == set()
        assert (page.url, reader.complaints) == (host + "c/2026b/", [])


def test_a_scanner_may_append_to_the_address(browser: Browser, host: str, built: Built) -> None:
    with Reader(browser, PHONE) as reader:
        assert (
            mine(reader.open(host + link_to(built, "2026b", CARD) + "&from=singlemessage")) == CARD
        )


def test_the_general_card_marks_policies_without_a_code(
    browser: Browser, host: str, built: Built
) -> None:
    with Reader(browser, PHONE) as reader:
        page = reader.open(host + link_to(built, "2026b", CARD, general=True))
        assert mine(page) == CARD
        assert page.locator("#general").is_visible() and not page.locator("#card").is_visible()


def test_a_superseded_card_shows_first_what_changed_of_its_own(
    browser: Browser, host: str, built: Built
) -> None:
    with Reader(browser, PHONE, "zh") as reader:
        page = reader.open(host + link_to(built, "2024a", CARD))
        assert "已有新卡" in page.inner_text(".state")
        shown = page.locator("#since .change:visible")
        assert shown.count() == 1
        assert (
            "高龄健康补贴（80–89岁）" in shown.inner_text()
            and "1,200\u00a0→\u00a01,300" in shown.inner_text()
        )


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("4X4Y-TPCB-W31S", "card"),
        ("４x4y tpcb w3ls", "card"),
        ("4X4Y-TPCB-W31T", "code-wrong"),
        ("4X4Y-TPCB-W31", "code-length"),
        ("4X4Y-TPCB-W31U", "code-letter"),
    ],
)
def test_a_typed_code_is_understood_or_told_what_is_wrong(
    browser: Browser, host: str, typed: str, verdict: str
) -> None:
    with Reader(browser, PHONE) as reader:
        page = reader.open(host + "c/2026b/")
        page.fill("#code", typed)
        page.press("#code", "Enter")
        shown = {
            name
            for name in ("card", "code-wrong", "code-length", "code-letter")
            if page.locator(f"#{name}").is_visible()
        }
        assert shown == {verdict}
        if verdict == "card":
            assert page.inner_text("#card-code") == "4X4Y-TPCB-W31S"


def test_codes_and_masks_are_read_as_by_the_press(
    browser: Browser, built: Built, root: Path
) -> None:
    with Reader(browser, PHONE) as reader:
        reader.page.add_script_tag(path=root / "policycards" / "site" / "assets" / "code.js")
        ask = reader.page.evaluate
        for each in VECTORS["checks"]:
            assert ask("checkCharacter", each["text"]) == each["check"]
        for each in (*VECTORS["cards"], *VECTORS["spares"]):
            assert ask("readCode", each["printed"]) == {"code": each["code"]}
            assert ask("printed", each["code"]) == each["printed"]
        for each in VECTORS["folded"]:
            assert ask("readCode", each["typed"]) == {"code": each["code"]}
        kinds = {"E410": "length", "E411": "letter", "E412": "wrong"}
        for each in VECTORS["wrong"]:
            assert ask("readCode", each["typed"]) == {"wrong": kinds[each["problem"]]}
        for name in EDITIONS:
            link = link_of(built.version(name).catalogue, name)
            for size in (0, 1, 7, len(link.policies)):
                wanted = list(link.policies[:: max(1, len(link.policies) // max(1, size))])[:size]
                fragment = (
                    link.payload(VECTORS["cards"][0]["code"], wanted).decode().partition("#")[2]
                )
                read = ask(
                    "([fragment, order]) => readFragment(fragment, order)",
                    [fragment, list(link.policies)],
                )
                assert read == {"code": VECTORS["cards"][0]["code"], "policies": wanted}


FOUND = {
    "草原禁牧": "grassland-grazing-ban",
    "草场禁牧补贴": "grassland-grazing-ban",
    "cyjm": "grassland-grazing-ban",
    "caoyuan": "grassland-grazing-ban",
    "JMBZ": "grassland-grazing-ban",
    "རྩྭ་ཐང་ཕྱུགས་འཚོ": "grassland-grazing-ban",
    "རྩྭཐངཕྱུགསའཚོ": "grassland-grazing-ban",
    "རྩྭ ཐང ཕྱུགས": "grassland-grazing-ban",
    "རྩ་ཐང་ཕྱུག་འཚོ་བཀག་སྡོམ": "grassland-grazing-ban",
    "བྱིས་བ་གསོ་སྐྱོང": "childcare-subsidy",
    "བྱིས་པ་གསོ་སྐྱོང་།": "childcare-subsidy",
    "育儿": "childcare-subsidy",
    "yebt": "childcare-subsidy",
    "住院分娩": "hospital-delivery",
    "孕产妇": "hospital-delivery",
    "སློབ་མ": "nutrition-meal",
    "ＺＸＤＫ": "student-loan",
    "gjzxdk": "student-loan",
    "低保": "rural-dibao",
}


def test_search_forgives_and_finds_in_both_scripts(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE, "bo") as reader:
        page = reader.open(host + "search.html")
        for typed, wanted in FOUND.items():
            page.fill("#q", typed)
            found = page.eval_on_selector_all(
                "#found li", "parts => parts.map(part => part.dataset.policy)"
            )
            assert wanted in found[:6], (typed, found)
        page.fill("#q", "ཨཨཨཨ")
        assert page.locator("#none").is_visible() and page.locator("#found li").count() == 0
        page.fill("#q", "")
        assert not page.locator("#none").is_visible()
        assert reader.complaints == []


def test_search_starts_on_the_home_page(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE) as reader:
        page = reader.open(host + "index.html")
        page.fill("#q", "禁牧")
        page.press("#q", "Enter")
        page.locator("#found li a").first.click()
        page.wait_for_url("**/policy/*.html")
        assert "禁牧" in page.inner_text("h1")


def test_after_the_first_visit_it_works_without_a_network(browser: Browser, built: Built) -> None:
    with served(built.host) as host, Reader(browser, PHONE, "bo") as reader:
        page = reader.open(host + link_to(built, "2026b", CARD))
        page.wait_for_selector("#offline .ready:visible")
        reader.context.set_offline(True)
        page.reload()
        assert mine(page) == CARD
        page.click("#mine a >> nth=0")
        page.wait_for_url("**/policy/*.html")
        assert page.locator(".now .figure").first.is_visible()
        page = reader.open(host + "search.html?q=cyjm")
        assert page.locator("#found li").count() >= 1
        page = reader.open(host + "c/2024a/?nsukey=x")
        assert page.locator(".state").is_visible()
        assert reader.complaints == []


def test_a_new_site_comes_with_the_network_and_replaces_what_was_kept(
    browser: Browser, built: Built, tmp_path: Path
) -> None:
    host_folder = tmp_path / "host"
    shutil.copytree(built.host, host_folder)
    with served(host_folder) as host, Reader(browser, PHONE, "zh") as reader:
        page = reader.open(host + "policy/three-old.html")
        page.wait_for_selector("#offline .ready:visible")
        file = host_folder / "county" / "cards" / "policy" / "three-old.html"
        file.write_text(
            file.read_text(encoding="utf-8").replace("人员生活补助", "人员新补助"), encoding="utf-8"
        )
        page = reader.open(host + "policy/three-old.html")
        assert page.inner_text("h1").endswith("人员新补助")
        reader.context.set_offline(True)
        page.reload()
        assert page.inner_text("h1").endswith("人员新补助")


def test_wechat_is_told_to_open_a_browser(browser: Browser, host: str) -> None:
    agent = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49"
    with Reader(browser, PHONE, "zh", user_agent=agent) as reader:
        page = reader.open(host + "c/2026b/")
        page.wait_for_selector("#offline .wechat:visible")
        assert "在浏览器打开" in page.inner_text("main > #offline")


def test_it_opens_from_a_folder_without_a_host(browser: Browser, built: Built) -> None:
    with Reader(browser, PHONE, "bo") as reader:
        page = reader.open((built.folder / "index.html").as_uri())
        page.fill("#q", "cyjm")
        page.press("#q", "Enter")
        page.locator("#found li a").first.click()
        page.wait_for_url("**/policy/*.html")
        fragment = link_to(built, "2026b", CARD).partition("#")[2]
        page = reader.open((built.folder / "c" / "2026b" / "index.html").as_uri() + "#" + fragment)
        assert mine(page) == CARD
        assert page.evaluate("document.fonts.check('1em \"Site Tibetan\"', 'ཀ')")
        assert reader.complaints == []


def test_without_scripts_both_languages_are_there(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE, java_script_enabled=False) as reader:
        page = reader.page
        page.goto(host + "c/2026b/")
        assert (
            page.locator("h1 [lang=bo]").is_visible() and page.locator("h1 [lang=zh]").is_visible()
        )
        assert (
            page.locator("#ask .tile").first.is_visible()
            and not page.locator("#typed").is_visible()
        )
        assert not page.locator(".languages").is_visible()


def test_a_recording_has_a_large_button_that_plays(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE, "bo") as reader:
        page = reader.open(host + "policy/grassland-grazing-ban.html")
        button = page.locator(".play")
        box = button.bounding_box()
        assert box and box["height"] >= 60 and box["width"] >= 300
        page.evaluate(
            "() => { window.ended = new Promise(done => document.querySelector('audio').onended ="
            " done) }"
        )
        button.click()
        page.evaluate("ended")
        assert page.evaluate("document.querySelector('audio').currentTime") > 0.2
        assert reader.complaints == []


def test_a_page_prints_both_languages_and_no_buttons(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE, "bo") as reader:
        page = reader.open(host + "policy/grassland-grazing-ban.html")
        page.emulate_media(media="print")
        assert (
            page.locator("h1 [lang=zh]").is_visible() and page.locator("h1 [lang=bo]").is_visible()
        )
        assert page.locator(".mark").first.is_visible()
        for gone in (".bar", ".languages", ".switch", ".play"):
            assert not page.locator(gone).first.is_visible()


SQUEEZED = """([made, width]) => {
  document.body.innerHTML = made;
  document.body.style.width = `${width}px`;
  document.body.style.overflowWrap = "normal";
}"""
LINES = """() => [...document.querySelectorAll("[lang=bo]")]
.filter(part => part.offsetParent && !part.querySelector("[lang]")).map(part => {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), starts = [];
  let text = "", last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = 0; at < node.length; at += 1) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      if (!box || !box.width || /\\s/.test(node.data[at])) continue;
      if (last && box.left < last.left - 1 && box.top > last.top + last.height / 2) starts.push(text.length + at);
      last = box;
    }
    text += node.data;
  }
  return [text, starts];
})"""


def illegal(lines: list[tuple[str, list[int]]]) -> tuple[int, list[str]]:
    """How many lines begin within the texts, and those that begin where none may."""
    found = []
    for text, starts in lines:
        allowed = {offset for offset, _grade in breaks(text)}
        found += [f"{text[:at]}¦{text[at:]}" for at in starts if at not in allowed]
    return sum(len(starts) for _text, starts in lines), found


def test_tibetan_lines_end_where_they_may_and_within_the_page(
    browser: Browser, host: str, built: Built
) -> None:
    count = 0
    with Reader(browser, PHONE, "bo") as reader:
        for name in sorted(built.files):
            if name.endswith(".html") and (name.startswith("policy/") or "/" not in name):
                page = reader.open(host + name)
                lines, wrong = illegal(page.evaluate(LINES))
                count += lines
                assert wrong == [], name
                assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0], name
    assert count > 600


def test_hard_tibetan_lines_end_where_they_may(browser: Browser, host: str) -> None:
    with Reader(browser, PHONE, "bo", bypass_csp=True) as reader:
        page = reader.open(host + "index.html")
        made = "".join(f'<p><span lang="bo">{in_lines(text)}</span></p>' for text in TIBETAN * 2)
        count = 0
        for width in range(60, 260, 8):
            page.evaluate(SQUEEZED, [made, width])
            lines, wrong = illegal(page.evaluate(LINES))
            count += lines
            assert wrong == []
        assert count > 300


def test_a_scan_of_a_printed_card_opens_the_households_policies(
    browser: Browser, host: str, built: Built, tmp_path: Path
) -> None:
    said = policycards(
        "print",
        "rosters/sample-village.xlsx",
        "--edition",
        "2026b",
        "--policies",
        built.policies,
        "--out",
        tmp_path,
        "--household",
        "5499011012010007",
    )
    assert said.code == 0, said.out + said.err
    (card,) = tmp_path.rglob("card-*.pdf")
    with pypdfium2.PdfDocument(card) as document:
        pictures = [page.render(scale=150 / 72).to_pil() for page in document]
    (address,) = {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}
    link = link_of(built.version("2026b").catalogue, "2026b")
    wanted = link.listed(address.partition("#")[2][12:])
    assert len(wanted) > 2
    with served(built.host) as own, Reader(browser, PHONE, "bo") as reader:
        page = reader.open(address.replace("https://card.example/", own))
        assert mine(page) == wanted
        for policy in wanted:
            assert page.locator(f"#mine [data-policy={policy}] [lang=bo]").first.is_visible()
            assert not page.locator(f"#mine [data-policy={policy}] [lang=zh]").first.is_visible()
        page.wait_for_selector("#offline .ready:visible")
        reader.context.set_offline(True)
        page.reload()
        assert mine(page) == wanted
        page.click("#mine a >> nth=0")
        page.wait_for_url("**/policy/*.html")
        assert page.locator(".head .marked").is_visible()
