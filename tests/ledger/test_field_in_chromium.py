"""The field page as a team has it in the hand: a real browser, a camera that sees a printed card,
no network.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, FLAGS, examined
from counties import VILLAGES, Printed, county, load, person, print_run
from databases import SQLite, use
from django.db import connections
from household_cards import DAY, PLACE, Sample
from household_cards import VILLAGE as SAMPLE_VILLAGE
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright
from servers import Server

from policycards import pdf
from policycards.catalogue import check
from policycards.design import PrintContext, read_theme
from policycards.design.card.household_card import CardIssue, household_card
from policycards.households.roster.homes import HouseholdFacts
from policycards.ledger.actions.backups import backup, new_key, restore
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.people_changes import make_slips, revoke
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.mobile.api_schemas import Carried
from policycards.ledger.mobile.phone_page import WORDS, words_by_language
from policycards.ledger.mobile.village_data import carry_in
from policycards.ledger.models import Card, Device, Event, Spare
from policycards.ledger.permissions import OPERATOR
from policycards.pdf.preview import pages_as_pictures
from policycards.qr import Encoder, link_of
from policycards.typeset import Fonts

HERE = VILLAGES[0]
FRAME = 1280, 720
CHINESE = words_by_language()["zh"]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        pytest.skip("no browser was asked: there is no Chromium here (Debian: chromium)")
    with sync_playwright() as started, pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
        )  # Playwright's loop runs in the thread of the tests
        yield started


@pytest.fixture(scope="module")
def database(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@dataclass
class Scene:
    """A served county with a printed run, and phones in it."""

    playwright: Playwright
    server: Server
    database: SQLite
    printed: Printed
    folder: Path

    def slip(self, area: str = HERE) -> str:
        return make_slips(OPERATOR, [area], now=datetime.now(UTC))[0][1]

    @contextmanager
    def phone(self, name: str = "phone", camera: Path | None = None, **more: Any) -> Iterator[Page]:
        """A phone with its own storage, which is there again when it is opened again."""
        seen = [f"--use-file-for-fake-video-capture={camera}"] if camera else []
        flags = [
            *FLAGS,
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            *seen,
        ]
        context: BrowserContext = self.playwright.chromium.launch_persistent_context(
            self.folder / name,
            executable_path=CHROMIUM,
            args=[*flags, "--host-resolver-rules=MAP pc.lan 127.0.0.1"],
            viewport={"width": 360, "height": 740},
            locale="zh-CN",
            **more,
        )
        context.set_default_timeout(20_000)
        page = context.pages[0]
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        finally:
            with suppress(Error):  # of a phone that has died
                context.close()
        assert complaints == []

    def restart(self, file: Path, key: str) -> None:
        """The server goes on with an empty database that is filled from a backup."""
        self.server.kill()
        use(url := self.database.fresh(empty=True))
        restore(OPERATOR, file, now=datetime.now(UTC), key=key)
        connections.close_all()
        self.server.use(url)
        self.server.start()

    def open(self, page: Page, slip: str = "") -> None:
        """Join with a slip, or open the page again."""
        page.goto(f"{self.server.address}/field/" + (f"#join={slip}" if slip else ""))
        if slip:
            page.click("form button.main")
        page.wait_for_selector("#q")


@pytest.fixture
def scene(playwright: Playwright, database: SQLite, tmp_path: Path) -> Iterator[Scene]:
    url = database.fresh()
    use(url)
    printed = county(tmp_path, households=12)
    with Server(url) as server:
        yield Scene(playwright, server, database, printed, tmp_path)
    connections.close_all()


@pytest.fixture(scope="module")
def sample(root: Path) -> Sample:
    catalogue, _problems = check(root / "policies", DAY)
    assert catalogue is not None
    return Sample(catalogue, Fonts.open(root / "fonts"))


def picture(sample: Sample, code: str) -> Image.Image:
    """The first page of a household's card with a code, as the press makes it."""
    reported = sample.substance([sample.entitled("grassland-grazing-ban", "120")])
    link = link_of(sample.catalogue, "2026a")
    theme, _problems = read_theme("plain")
    assert theme is not None
    squares = Encoder(link.length).encode(link.payload(code, reported.policies))
    imprint = PrintContext(SAMPLE_VILLAGE, DAY, "2026a", False, squares, link.domain, True)
    home = HouseholdFacts("h-17", SAMPLE_VILLAGE, "二组", 17, "བཀྲ་ཤིས་ཚེ་རིང", "扎西次仁", 5, 7)
    dress = CardIssue(code, home.pile, imprint)
    piece, _found = household_card(sample.catalogue, reported, dress, theme, sample.fonts, PLACE)
    assert piece is not None
    return Image.open(
        BytesIO(pages_as_pictures(pdf.render(piece, sample.fonts, tagged=False), 90)[0])
    ).convert("L")


def film(path: Path, pictures: Sequence[Image.Image]) -> Path:
    """What a camera sees that is held over some cards: a moment of table, then the cards side by
    side (YUV4MPEG2).
    """
    table = Image.new("L", FRAME, 90)
    cards = table.copy()
    for place, each in enumerate(pictures):
        part = each.resize((round(each.width * FRAME[1] / each.height), FRAME[1]))
        cards.paste(part, (place * FRAME[0] // len(pictures), 0))
    gray = bytes([128]) * (FRAME[0] * FRAME[1] // 2)
    frames = [table] * 10 + [cards] * 60
    with path.open("wb") as file:
        file.write(b"YUV4MPEG2 W%d H%d F15:1 Ip A1:1 C420jpeg\n" % FRAME)
        for frame in frames:
            file.write(b"FRAME\n" + frame.tobytes() + gray)
    return path


def status(code: str) -> str:
    return Card.objects.get(pk=code).status


def home(page: Page) -> None:
    page.evaluate("history.replaceState({ name: 'home' }, '')")
    page.reload()
    page.wait_for_selector("#q")


def look_up(page: Page, typed: str) -> str:
    """Type something and press Enter; what the page then says it is."""
    home(page)
    page.fill("#q", typed)
    page.press("#q", "Enter")
    page.wait_for_selector(".band")
    return str(page.get_attribute(".band", "data-verdict"))


def test_a_card_is_scanned_and_ten_more_are_delivered_without_a_network(
    scene: Scene, sample: Sample
) -> None:
    code = scene.printed.code()
    camera = film(scene.folder / "card.y4m", [picture(sample, code)])
    with scene.phone(camera=camera) as page:
        scene.open(page, scene.slip())
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.click("nav .main")
        page.wait_for_selector(".band.right")
        page.click("[data-act=delivered]")
        page.wait_for_selector("#notice .undo")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
        page.wait_for_function(
            "document.querySelector('.progress strong').textContent === '1 / 12'"
        )
        event = Event.objects.get(card=code)
        assert (event.kind, event.detail, event.evidence) == ("delivered", "self", "scanned")
        scene.server.kill()
        for pile in range(2, 12):
            page.fill("#q", str(pile))
            page.click(f"[data-pile='{pile}']")
            page.click("[data-act=delivered]")
            page.wait_for_selector(
                f"#state button:text('{CHINESE['unsent'].format(count=pile - 1)}')"
            )
    with scene.phone() as page:
        scene.open(page)  # there is still nobody to answer
        page.wait_for_selector(f"#state button:text('{CHINESE['unsent'].format(count=10)}')")
        assert page.inner_text(".progress strong") == "11 / 12"
        page.click("#state button")
        assert page.locator("#open li").count() == 10
        scene.server.start()
        page.click("nav .main")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    assert [status(scene.printed.code(0, pile)) for pile in range(1, 13)] == ["delivered"] * 11 + [
        "waiting"
    ]
    assert Event.objects.filter(kind="delivered").count() == 11


def test_two_codes_in_view_are_never_guessed_between(scene: Scene, sample: Sample) -> None:
    both = [picture(sample, scene.printed.code(0, pile)) for pile in (1, 2)]
    with scene.phone(camera=film(scene.folder / "two.y4m", both)) as page:
        scene.open(page, scene.slip())
        page.click("nav .main")
        page.wait_for_selector(f".hint.warn:text('{CHINESE['many']}')")
        page.wait_for_timeout(500)
        assert page.locator("video").count() == 1


def test_a_photo_is_read_like_the_camera(scene: Scene, sample: Sample) -> None:
    alone, none, both = (scene.folder / f"{name}.png" for name in ("alone", "none", "both"))
    pages = [picture(sample, scene.printed.code(0, pile)) for pile in (3, 4)]
    pages[0].save(alone)
    Image.new("L", (400, 400), 255).save(none)
    wide = Image.new("L", (pages[0].width * 2, pages[0].height), 255)
    for place, each in enumerate(pages):
        wide.paste(each, (place * each.width, 0))
    wide.save(both)
    with scene.phone() as page:
        scene.open(page, scene.slip())
        page.click("nav .main")
        page.click(f"nav button:text('{CHINESE['photo']}')")
        for file, reported in ((none, "photo_none"), (both, "many")):
            page.set_input_files("#photo", file)
            page.wait_for_selector(f".hint:text('{CHINESE[reported]}')")
        page.set_input_files("#photo", alone)
        page.wait_for_selector(".band.right")
        assert page.inner_text(".pile b") == "3"


def test_the_phone_says_at_once_what_a_code_is(scene: Scene) -> None:
    now, codes = datetime.now(UTC), [scene.printed.code(0, pile) for pile in range(1, 6)]
    clerk = person("county", HERE[:6], "clerk")
    reported = [
        EventInput(uuid7(now), "delivered", now, codes[0], "self", "register"),
        EventInput(uuid7(now), "voided", now, codes[1]),
        EventInput(uuid7(now), "replaced", now, codes[2], other=scene.printed.spare()),
    ]
    assert {outcome.status for outcome in record(clerk, reported, now=now)} == {"accepted"}
    with scene.phone() as page:
        scene.open(page, scene.slip())
        scene.server.kill()
        assert look_up(page, codes[0]) == "delivered"
        assert "clerk" in page.inner_text(".band") and "20" in page.inner_text(".band")
        assert page.locator("[data-act=delivered]").count() == 0
        assert look_up(page, codes[1]) == "voided"
        assert look_up(page, codes[2]) == "replaced"
        assert (
            look_up(page, f"https://card.example/c/2026a/#{codes[3]}07Z") == "right"
        )  # a scanner that types
        assert look_up(page, scene.printed.code(1)) == "other"
        assert f"地{VILLAGES[1]}" in page.inner_text(".band")
        assert (
            look_up(page, scene.printed.code(3)) == "unknown"
        )  # of another county: nobody here knows it
        assert look_up(page, scene.printed.spare(0, 2)) == "spare"
        home(page)
        page.fill("#q", codes[4][:-1] + ("0" if codes[4][-1] != "0" else "1"))
        page.press("#q", "Enter")
        page.wait_for_selector(f"#notice:has-text('{CHINESE['mistyped'][:8]}')")


def test_who_is_still_to_come_stands_in_walking_order_to_the_last(scene: Scene) -> None:
    load(print_run(scene.folder, edition="2026b", villages=[VILLAGES[1]], households=70))
    with scene.phone() as page:
        scene.open(page, scene.slip(VILLAGES[1]))
        page.wait_for_selector("#found li:nth-child(61)")
        assert page.inner_text("#found li:nth-child(61)") == "再显示 10 户"
        page.click("#found li:nth-child(61) button")
        page.wait_for_selector("#found li:nth-child(70)")
        piles = page.locator("#found b").all_inner_texts()
    assert piles == [str(pile) for pile in range(1, 71)]


def test_a_spare_card_is_given_with_a_reason_and_taken_back(scene: Scene) -> None:
    with scene.phone() as page:
        scene.open(page, scene.slip())
        for code in (scene.printed.spare(), scene.printed.spare(0, 2)):
            page.fill("#q", "5")
            page.press("#q", "Enter")
            page.click("[data-act=spare]")
            page.click("main .grid button:first-child")
            page.fill("#spare-code", code)
            page.click("form .main")
            page.wait_for_selector("#notice .undo")
            page.click("#notice .undo")
            page.wait_for_selector(f"#notice p:text('{CHINESE['taken_back']}')")
            page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    kinds = sorted(Event.objects.exclude(evidence="manifest").values_list("kind", flat=True))
    assert kinds == ["bound", "bound", "replaced", "replaced", *["withdrawn"] * 4]
    assert {spare.status for spare in Spare.objects.filter(area=HERE)} == {"blank"}
    assert Card.objects.get(pk=scene.printed.code(0, 5)).validity == "valid"


def test_what_is_refused_stays_visible_with_its_reason_and_blocks_nothing(scene: Scene) -> None:
    with scene.phone() as page:
        scene.open(page, scene.slip())
        page.evaluate("""async () => {
            const box = await import("/static/mobile/db.js"), { uuid7 } = await import("/static/mobile/rules.js");
            const [village] = await box.villages(), now = Date.now();
            const event = (card, kind) => ({ id: uuid7(now), act: "", area: village.area, kind, detail: "", card,
                at: new Date(now).toISOString(), made: now, digest: card, edition: "2026a", evidence: "typed",
                other: "", household: null, corrects: null, state: "waiting", problem: null, pile: 1 });
            const known = village.list.cards[0].card;
            await box.keepEvents(["0".repeat(16), "not a code", known].map((card) => event(card, "absent")));
        }""")
        page.reload()
        page.wait_for_selector(
            f"#state button:has-text('{CHINESE['refused_count'].format(count=2)}')"
        )
        page.click("#state button")
        shown = page.inner_text("#refused")
        assert "本台账没有" in shown or "没有卡号" in shown or "0000000000000000" in shown
        assert page.locator("#refused li").count() == 2
        assert page.locator("#open").count() == 0
    assert Event.objects.filter(kind="absent").count() == 1


def test_a_file_is_carried_where_there_is_never_a_network(scene: Scene) -> None:
    with scene.phone(accept_downloads=True) as page:
        scene.open(page, scene.slip())
        scene.server.kill()
        page.fill("#q", scene.printed.code(0, 4))
        page.press("#q", "Enter")
        page.click("[data-act=relative]")
        page.wait_for_selector("#notice .undo")
        page.click("#state button")
        with page.expect_download() as download:
            page.click(f"main button:text('{CHINESE['save_file']}')")
        text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "扎西" not in text and "བཀྲ" not in text
    clerk = person("township", HERE[:9], "clerk")
    (outcome,) = carry_in(clerk, Carried.model_validate_json(text), now=datetime.now(UTC))
    assert (outcome.status, status(scene.printed.code(0, 4))) == ("accepted", "delivered")


def absent_without_network(scene: Scene, page: Page) -> None:
    """A village is opened; then, with the network gone, number 6 is absent."""
    scene.open(page, scene.slip())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    scene.server.kill()
    page.fill("#q", "6")
    page.press("#q", "Enter")
    page.click("[data-act=absent]")
    page.wait_for_selector("#notice .undo")


def test_a_phone_that_dies_while_it_saves_has_what_it_called_saved(scene: Scene) -> None:
    with scene.phone() as page:
        absent_without_network(scene, page)
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            line = process.read_bytes() if process.exists() else b""
            if (
                f"--user-data-dir={scene.folder / 'phone'}\0".encode() in line
                and b"--type=" not in line
            ):
                os.kill(int(process.parent.name), signal.SIGKILL)
    with scene.phone() as page:
        scene.open(page)
        page.click("#state button")
        assert page.inner_text("#open li b") == "6"


def test_names_leave_the_phone_after_a_fortnight_without_a_network_and_records_stay(
    scene: Scene,
) -> None:
    with scene.phone() as page:
        absent_without_network(scene, page)
    with scene.phone() as page:
        page.clock.set_system_time(datetime.now(UTC) + timedelta(days=15))
        page.goto(f"{scene.server.address}/field/")
        page.wait_for_selector(f"form .warn:text('{CHINESE['expired']}')")
        assert CHINESE["kept_unsent"].format(count=1) in page.inner_text("form")
        kept = page.evaluate("import('/static/mobile/db.js').then((box) => box.villages())")
        assert kept[0]["list"] is None and "扎西" not in json.dumps(kept, ensure_ascii=False)
        scene.server.start()
        page.click(f"form button:text('{CHINESE['open_again']}')")
        page.wait_for_selector("#q")
    assert status(scene.printed.code(0, 6)) == "absent"


def test_a_revoked_phone_joins_again_and_its_queue_is_sent(scene: Scene) -> None:
    with scene.phone() as page:
        scene.open(page, scene.slip())
        revoke(OPERATOR, Device.objects.get().pk, now=datetime.now(UTC))
        page.fill("#q", "6")
        page.press("#q", "Enter")
        page.click("[data-act=absent]")
        page.wait_for_selector(f"form .warn:text('{CHINESE['revoked'][:8]}')")
        assert CHINESE["kept_unsent"].format(count=1) in page.inner_text("form")
        kept = page.evaluate("import('/static/mobile/db.js').then((db) => db.villages())")
        assert kept[0]["list"] is None and "扎西" not in json.dumps(kept, ensure_ascii=False)
        assert status(scene.printed.code(0, 6)) == "waiting"
        scene.open(page, scene.slip())
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    assert status(scene.printed.code(0, 6)) == "absent"


def record_absent(page: Page, pile: int) -> None:
    page.fill("#q", str(pile))
    page.press("#q", "Enter")
    page.click("[data-act=absent]")
    page.wait_for_selector("#notice .undo")


def test_a_phone_sends_again_what_a_restored_ledger_has_forgotten(scene: Scene) -> None:
    key, file = new_key(), scene.folder / "a.backup"
    with scene.phone() as page:
        scene.open(page, scene.slip())
        record_absent(page, 5)
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
        backup(OPERATOR, file, now=datetime.now(UTC), key=key)
        for pile in (6, 7, 8):
            record_absent(page, pile)
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
        assert Event.objects.filter(kind="absent").count() == 4
        scene.restart(file, key)
        assert Event.objects.filter(kind="absent").count() == 1
        page.click("nav button:last-child")
        page.click("nav .main")
        page.wait_for_selector(f"#notice p:text('{CHINESE['sent'][:6]}')")
    absent = Card.objects.filter(status="absent").values_list("pile", flat=True)
    assert sorted(absent) == [5, 6, 7, 8]


def test_a_double_tap_makes_one_event_and_one_undo_takes_it_back(scene: Scene) -> None:
    with scene.phone() as page:
        scene.open(page, scene.slip())
        page.fill("#q", "6")
        page.press("#q", "Enter")
        page.evaluate("""() => {
            const tap = document.querySelector("[data-act=delivered]");
            tap.click(); tap.click(); tap.click();
        }""")
        page.wait_for_selector("#notice .undo")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
        assert Event.objects.filter(kind="delivered").count() == 1
        page.click("#notice .undo")
        page.wait_for_selector(f"#notice p:text('{CHINESE['taken_back']}')")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    assert status(scene.printed.code(0, 6)) == "waiting"


def test_a_clock_that_jumps_a_year_deletes_no_names_and_its_times_are_flagged(scene: Scene) -> None:
    with scene.phone() as page:
        absent_without_network(scene, page)
    with scene.phone() as page:
        page.clock.set_system_time(datetime.now(UTC) + timedelta(days=400))
        page.goto(f"{scene.server.address}/field/")
        page.click(f"main button:text('{CHINESE['clock_wrong']}')")
        page.wait_for_selector("#q")
        record_absent(page, 7)
        page.clock.set_system_time(datetime.now(UTC))  # put right before there is a network
        scene.server.start()
        page.click("#state button")
        page.click("nav .main")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    events = {event.card.pile: event for event in Event.objects.filter(kind="absent") if event.card}
    assert (events[6].doubtful, events[7].doubtful) == (False, True)
    assert events[7].happened.year == datetime.now(UTC).year


def test_a_clock_of_2015_is_put_right_by_what_the_ledger_said(scene: Scene) -> None:
    with scene.phone() as page:
        absent_without_network(scene, page)
        page.clock.set_system_time(datetime(2015, 1, 1, tzinfo=UTC))
        record_absent(page, 8)
        page.clock.set_system_time(datetime.now(UTC))
        scene.server.start()
        page.click("#state button")
        page.click("nav .main")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    for event in Event.objects.filter(kind="absent"):
        assert abs(event.happened - event.server_time) < timedelta(minutes=10)


def test_households_with_a_spare_stay_in_the_count_of_the_village(scene: Scene) -> None:
    with scene.phone() as page:
        scene.open(page, scene.slip())
        page.fill("#q", "5")
        page.press("#q", "Enter")
        page.click("[data-act=spare]")
        page.click("main .grid button:first-child")
        page.fill("#spare-code", scene.printed.spare())
        page.click("form .main")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
        page.wait_for_function(
            "document.querySelector('.progress strong').textContent === '1 / 12'"
        )
        page.reload()
        page.wait_for_selector("#q")
        assert page.inner_text(".progress strong") == "1 / 12"


def test_the_page_is_plain_about_what_a_browser_cannot_do(scene: Scene) -> None:
    with scene.phone() as page:
        page.goto(
            scene.server.address.replace("localhost", "pc.lan") + f"/field/#join={scene.slip()}"
        )
        page.wait_for_selector(f"#limits p:text('{CHINESE['no_https'][:12]}')")
        page.click("form button.main")
        page.wait_for_selector("#q")
        assert page.inner_text("nav .main") == CHINESE["photo"]
        page.fill("#q", scene.printed.code(0, 2))
        page.press("#q", "Enter")
        page.click("[data-act=delivered]")
        page.wait_for_selector("#notice .undo")
        page.wait_for_selector(f"#state button:text('{CHINESE['all_sent']}')")
    assert status(scene.printed.code(0, 2)) == "delivered"
    with scene.phone(
        "wechat", user_agent="Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0"
    ) as page:
        page.goto(f"{scene.server.address}/field/#join={scene.slip()}")
        page.wait_for_selector(f"main .warn:text('{CHINESE['in_wechat'][:8]}')")
        assert page.evaluate("location.hash").startswith("#join=")  # for the browser that opens it
        assert page.locator("form").count() == 0


def test_axe_finds_nothing_that_keeps_anybody_out(scene: Scene) -> None:
    slip = scene.slip()
    with scene.phone(bypass_csp=True) as page:  # the test's own script is none of the page's
        page.goto(f"{scene.server.address}/field/#join={slip}")
        page.wait_for_selector("#slip")
        for language in ("zh", "bo"):
            page.click(f"#languages [lang={language}]")
            assert_accessible(page)
        page.click("form button.main")
        for language in ("zh", "bo"):
            page.wait_for_selector("#q")
            page.click(f"#languages [lang={language}]")
            assert_accessible(page)
            for typed in ("5", scene.printed.code(1), scene.printed.code(3), scene.printed.spare()):
                look_up(page, typed)
                assert_accessible(page)
            look_up(page, "5")
            for act in ("wrong", "spare"):
                page.click(f"[data-act={act}]")
                assert_accessible(page)
                page.go_back()
            for name in ("sendings", "scan", "photo"):
                page.evaluate("name => history.replaceState({ name }, '')", name)
                page.reload()
                page.wait_for_selector("nav button")
                assert_accessible(page)
            home(page)


def assert_accessible(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    reported, passed = examined(page)
    assert reported == []
    assert passed > 10


def test_every_word_of_the_page_has_a_meaning_in_both_languages() -> None:
    for reported in words_by_language().values():
        assert set(reported) == set(WORDS)
        assert not set(reported.values()) & set(WORDS.values())
