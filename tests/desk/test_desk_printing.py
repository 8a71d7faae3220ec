"""Cards printed at the desk: from a dropped workbook to reprinted sheets, from a wrong one to the
right one.
"""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from command import policycards
from desks import at_the_desk, is_open_to_all, office, settled
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from policycards.desk.core import tasks
from policycards.desk.core.office_folder import Office
from policycards.pdf.text_reader import Pages

SAMPLE = "sample-village.xlsx"
FIRST = "5499011012010001"
SOON = 90_000
"""Milliseconds that something may take at most that is on its way."""


@dataclass(frozen=True)
class Desk:
    """An office's folder and its desk, opened in a browser."""

    folder: Path
    page: Page
    address: str

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def drop(self, file: Path) -> None:
        """Drop a file on the screen's own field, and wait for its check."""
        self.page.locator(".drop input").set_input_files(file)
        self.page.wait_for_url("**/printing/lists/**")
        settled(self.page)

    def number(self, label: str) -> str:
        """A large number of the screen by what stands under it."""
        return (
            self.page.locator(".numbers li", has_text=re.compile(f"^[0-9.]+{label}$"))
            .locator("span")
            .inner_text()
        )

    def main(self) -> None:
        """Press the main button; there is one."""
        buttons = self.page.locator("main .main.big")
        expect(buttons).to_have_count(1)
        buttons.click()

    def tasks(self, word: str) -> list[tasks.Task]:
        return [each for each in tasks.history(Office(self.folder)) if each.arguments[0] == word]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = office(tmp_path_factory.mktemp("desk") / "示例县 office")
    with at_the_desk(folder) as page:
        yield Desk(folder, page, re.sub(r"(//[^/]+)/.*", r"\1", page.url))


def words(file: Path, page: int) -> str:
    """What stands on a page of a PDF, without spaces."""
    with Pages(file) as pages:
        return "".join(pages.text(page).split())


def corrected(file: Path, target: Path, **cells: str) -> Path:
    """A workbook with some cells written anew, as a clerk does."""
    book = load_workbook(file)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for cell, value in cells.items():
        sheet[cell] = value
    book.save(target)
    return target


def test_from_a_dropped_workbook_to_reprinted_sheets(desk: Desk) -> None:
    page = desk.page
    desk.go("/printing/")
    is_open_to_all(page)
    desk.drop(desk.folder / "rosters" / SAMPLE)
    assert (desk.number("户有卡可印"), desk.number("人"), desk.number("处错误")) == (
        "40",
        "138",
        "0",
    )
    page.get_by_text("表头：认得 24 个").click()
    expect(page.get_by_role("row", name="禁牧面积 禁牧面积")).to_be_visible()
    is_open_to_all(page)

    page.get_by_role("link", name="看一户的卡").click()
    expect(page.get_by_role("heading", name="达瓦旺久")).to_be_visible()
    expect(page.locator(".row-of-list")).to_contain_text("662.5 亩")
    expect(page.locator(".reasons")).to_contain_text("草原禁牧补助")
    assert (
        page.locator("img.card-picture").first.evaluate(
            "each => each.decode().then(() => each.naturalWidth)"
        )
        > 500
    )
    is_open_to_all(page)
    page.get_by_role("link", name="下一户").click()
    expect(page.locator(".row-of-list")).to_contain_text("5499011012010002")
    page.get_by_label("户编号、顺序号或姓名").fill("旺久")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="是哪一户？")).to_be_visible()
    is_open_to_all(page)
    page.get_by_role("link", name=FIRST).click()

    desk.main()
    page.get_by_label("每个村的备用卡").fill("2")
    page.get_by_label("双面").select_option("two-passes")
    desk.main()
    settled(page)
    assert (desk.number("卡"), desk.number("张纸"), desk.number("元，纸和墨粉")) == (
        "40",
        "41",
        "4.10",
    )
    is_open_to_all(page)

    with page.context.new_page() as other:
        other.goto(page.url)
        desk.main()
        page.wait_for_url("**/tasks/**")
        other.get_by_role("button", name="打印村包").click()
        page.wait_for_url("**/runs/**")
        other.wait_for_url("**/runs/**")
        assert page.url == other.url
    (run,) = (each.parent.parent for each in desk.folder.glob("output/*/*/run/run.json"))
    checked = json.loads((run / "run" / "readback.json").read_text(encoding="utf-8"))[
        "cards"
    ]  # a sample of the day
    assert checked >= 1
    assert (desk.number("卡"), desk.number("张卡读回核对，都一致")) == ("40", str(checked))
    expect(page.get_by_text("先单面打印前一半页")).to_be_visible()
    for each in page.locator(".firsts img, .ways img").all():
        assert each.evaluate(
            "each => { each.loading = 'eager'; return each.decode().then(() => each.naturalWidth) }"
        )
    shown = [each.evaluate("each => each.src") for each in page.locator(".firsts img").all()]
    assert (
        len({page.request.get(each).body() for each in shown}) == len(shown) == 4
    )  # each page its own picture
    is_open_to_all(page)
    pack = next(run.glob("*/*/cards.pdf"))
    assert "达瓦旺久" in words(pack, 2) and "试印" in words(pack, 2)
    with page.expect_popup() as popup:
        page.get_by_role("link", name="签收登记册").click()
    assert popup.value.url.endswith("/register.pdf")
    popup.value.close()

    desk.page.get_by_label("号码，如 20-26,31；或卡号").fill("2-4")
    page.get_by_role("button", name="补印这些").click()
    page.wait_for_url("**jam=**")
    settled(page)
    expect(page.locator(".spoilt tbody tr")).to_have_count(3)
    is_open_to_all(page)
    again = next((run / "reprint").glob("*-sheets-2-4.pdf"))
    assert "达瓦旺久" in words(again, 0)
    page.get_by_label("按卡上的顺序号").check()
    page.get_by_label("号码，如 20-26,31；或卡号").fill("400")
    page.get_by_role("button", name="补印这些").click()
    settled(page)
    expect(page.locator(".outcome .problems")).to_contain_text("400")


def test_from_a_wrong_workbook_to_a_right_one(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    wrong = corrected(
        desk.folder / "rosters" / SAMPLE,
        tmp_path / "一村 名册.xlsx",
        B2="",
        B3="哪个地方",
        B6="549901101299",
        J5="2199-03-01",
        L4="#REF!",
    )
    desk.go("/printing/")
    desk.drop(wrong)
    expect(page.get_by_text("处错误")).to_be_visible()
    assert desk.number("户有卡可印") == "0"
    expect(page.get_by_role("heading", name="不认得的表头")).to_be_visible()
    is_open_to_all(page)
    page.get_by_label("哪个地方").select_option("area")
    desk.main()
    settled(page)

    assert (desk.number("户有卡可印"), desk.number("户没有收")) == ("38", "2")
    rows = {
        row.locator("td").first.inner_text(): row.inner_text()
        for row in page.locator(".cells tbody tr").all()
    }
    assert {"B6", "J5", "L4"} <= set(rows)
    assert "#REF!" in rows["L4"] and "2199-03-01" in rows["J5"] and "549901101299" in rows["B6"]
    page.get_by_role("link", name="提醒", exact=True).click()
    expect(page.locator(".cells tr.error")).to_have_count(0)
    page.get_by_role("link", name="错误", exact=True).click()
    expect(page.locator(".cells tr.error")).to_have_count(3)
    is_open_to_all(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="您的名册，已标出要改的地方").click()
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)
    right = corrected(
        marked, tmp_path / "改好.xlsx", B6="549901101201", J5="1976-03-16", L4="662.5"
    )
    desk.drop(right)
    expect(page.get_by_role("heading", name="一村 名册.xlsx")).to_be_visible()
    assert (desk.number("户有卡可印"), desk.number("处错误")) == ("40", "0")
    kept = sorted(
        each.name for each in (desk.folder / "rosters").iterdir() if each.name.startswith("一村")
    )
    assert len(kept) == 2  # the wrong one is kept beside

    desk.go("/printing/lists/一村 名册.xlsx/plan/")
    page.get_by_label("卡和纸").select_option("a5")
    desk.main()
    settled(page)
    desk.main()
    page.wait_for_url("**/runs/**")
    expect(page.get_by_text("左半叠放在右半叠上面")).to_be_visible()
    (pack,) = desk.folder.glob("output/一村 名册-*/*/*/*/cards.pdf")
    assert "达瓦旺久" in "".join(words(pack, number) for number in (2, 3))


def test_a_list_that_is_no_list_or_was_changed_is_told(desk: Desk, tmp_path: Path) -> None:
    page, broken = desk.page, tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    desk.go("/printing/")
    desk.drop(broken)
    expect(page.locator(".cells")).to_contain_text("E500")
    expect(page.locator("a.main.big")).to_have_count(0)  # no card to look at
    (tmp_path / "list.docx").write_bytes(b"")
    desk.go("/printing/")
    page.locator(".drop input").set_input_files(tmp_path / "list.docx")
    expect(page.get_by_role("alert")).to_contain_text("E930")
    is_open_to_all(page)
    os.utime(desk.folder / "rosters" / "broken.xlsx")
    desk.go("/printing/lists/broken.xlsx/")
    expect(page.get_by_text("检查以后文件又改过。")).to_be_visible()
    desk.go("/printing/lists/none.xlsx/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    desk.go("/runs/output/none/")
    expect(page.get_by_role("heading", name="这里没有印出东西")).to_be_visible()
    is_open_to_all(page)


def test_an_empty_workbook_is_made_and_a_department_s_list_added(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.page
    desk.go("/printing/")
    page.get_by_role("button", name="生成空白工作簿").click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="roster.xlsx").click()
    assert download.value.suggested_filename == "roster.xlsx"
    listed = tmp_path / "低保.csv"
    listed.write_text(f"户编号,姓名,金额\n{FIRST},达瓦旺久,600\n", encoding="utf-8-sig")
    desk.go("/printing/")
    page.locator("select[name=policy]").select_option("rural-dibao")
    page.get_by_label("我们的名册").select_option(SAMPLE)
    page.get_by_label("部门的名单").set_input_files(listed)
    page.locator("form[action$='/add/'] button").click()
    settled(page)
    page.wait_for_url("**/lists/sample-village-joined.xlsx/")
    desk.main()
    settled(page)
    assert desk.number("户有卡可印") == "40"


def test_a_list_of_a_whole_county_does_not_block(desk: Desk) -> None:
    page = desk.page
    desk.go("/printing/")
    desk.drop(desk.folder / "rosters" / SAMPLE)
    found = next(each for each in desk.tasks("roster") if each.arguments[2].endswith(SAMPLE))
    document = found.document
    assert document and isinstance(document["result"], dict)
    document["result"]["persons"] = 400_000
    (found.folder / "result.json").write_text(json.dumps(document), encoding="utf-8")
    desk.go(f"/printing/lists/{SAMPLE}/card/")
    page.get_by_label("户编号、顺序号或姓名").fill(FIRST)
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator(".row-of-list")).to_contain_text("662.5 亩")
    expect(page.locator(".reasons")).to_contain_text("草原禁牧补助")
    assert page.locator("img.card-picture").first.evaluate(
        "each => each.decode().then(() => each.naturalWidth)"
    )
    is_open_to_all(page)


def test_a_print_is_stopped_killed_and_goes_on_to_the_same_packs(desk: Desk) -> None:
    page = desk.page
    made = policycards(
        "roster",
        "sample",
        "--villages",
        "6",
        "--households",
        "180",
        "--out",
        desk.folder / "county",
    )
    assert made.code == 0
    (desk.folder / "county").rename(desk.folder / "rosters" / "county")
    desk.go("/printing/lists/county/plan/?edition=")
    page.get_by_role("button", name="算一算要多少").click()
    settled(page)
    assert (desk.number("卡"), desk.number("村")) == ("180", "6")
    desk.main()
    page.wait_for_url("**/tasks/**")
    task = desk.tasks("print")[0]
    begun(task)
    os.killpg(process(task), signal.SIGKILL)
    silent = time.time() - 60
    os.utime(task.folder / "beat", (silent, silent))
    expect(page.get_by_role("status")).to_have_text("中断了", timeout=SOON)
    is_open_to_all(page)
    desk.main()
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("status")).to_have_text("已停下", timeout=SOON)
    desk.main()
    page.wait_for_url("**/runs/**")
    assert (desk.number("卡"), desk.number("村")) == ("180", "6")
    expect(page.locator("tbody tr")).to_have_count(6)
    page.get_by_label("村").select_option(index=3)
    page.get_by_label("号码，如 20-26,31；或卡号").fill("2")
    page.get_by_role("button", name="补印这些").click()
    page.wait_for_url("**jam=**")
    settled(page)
    expect(page.locator(".spoilt")).to_be_visible()


def test_a_command_under_way_tells_how_long_it_will_take_and_can_be_cancelled(desk: Desk) -> None:
    folder, page = desk.folder / "desk" / "errands" / "20990101-000000-abcdef", desk.page
    folder.mkdir(parents=True)
    started = datetime.now().astimezone() - timedelta(seconds=30)
    told = {
        "arguments": ["print"],
        "title": "Print the packs",
        "then": "",
        "page": "/",
        "started": started.isoformat(),
    }
    (folder / "errand.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "beat").touch()
    far = {"cards": 10, "of": 40, "villages": 1, "of_villages": 4}
    (folder / "progress.json").write_text(json.dumps(far), encoding="utf-8")
    desk.go(f"/tasks/{folder.name}/")
    expect(page.locator(".time")).to_have_text(re.compile(r"^已用 0:3\d，大约还要 [12]:\d\d$"))
    is_open_to_all(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("status")).to_have_text("正在停下")
    assert (folder / "stop").read_text(encoding="utf-8") == "cancel"
    (folder / "done.json").write_text('{"code": 1}', encoding="utf-8")
    expect(page.get_by_role("status")).to_have_text("已停下")


def begun(task: tasks.Task) -> None:
    """Wait until a run has printed a village, and not all."""
    until = time.monotonic() + 90
    while not 0 < int(str(task.progress.get("villages", 0))) < 6:
        assert time.monotonic() < until and task.code is None
        time.sleep(0.02)


def process(task: tasks.Task) -> int:
    """The process of a task, by its command line."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told = file.read_bytes().split(b"\0")
        except OSError:
            continue
        if told[-2:-1] == [str(task.folder).encode()]:
            return int(file.parent.name)
    raise AssertionError(task.folder)
