"""Updating standards at the desk, from a notice to the reissued pack, with nothing but the pages as
a guide.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, policycards
from desks import at_the_desk, is_open_to_all, office, settled
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect
from readers import pdfium

from policycards.catalogue import Policy, read_form, text_digest
from policycards.workbooks.standards_columns import COLUMNS, STANDARDS
from policycards.workbooks.standards_writer import FIRST

FIELDS = [column.field for column in COLUMNS]
MONTH = f"{date.today():%Y-%m}"
NOTICE = {
    "from": MONTH,
    "published": MONTH,
    "title": "关于提高标准的通知",
    "number": "试财〔1〕号",
    "missing": "纸质文件，无网址",
}
RAISED = {"childcare-subsidy": "3900", "nutrition-meal": "6", "eco-post": "4200"}
"""By workbook; one more, longevity-80 from 1300 to 1400, by the form."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has printed the sample list with a draft edition."""
    folder = office(tmp_path_factory.mktemp("desk") / "单位 office")
    cases = folder / "policies" / "tests" / "childcare-subsidy.yaml"
    baby = f'members: [{{birth_date: "{date.today()}"}}]'
    case = f"""  - name: 当天出生
    day: "{date.today()}"
    household: {{area: "549901101201", {baby}}}
    amount: "3600"
"""
    cases.write_text(cases.read_text(encoding="utf-8") + case, encoding="utf-8")
    people = ("--prepared", "甲", "--approved", "乙", "--draft")
    for command in (
        ("edition", "publish", "one", "--as-of", date.today(), *people),
        ("print", "rosters/sample-village.xlsx", "--edition", "one"),
    ):
        said = policycards(*command, folder=folder)
        assert said.code == 0, said.out + said.err
    return folder


def written(folder: Path) -> dict[str, bytes]:
    """The file of every policy, by the policy's id."""
    files = sorted((folder / "policies").glob("*/*.yaml"))
    return {file.stem: file.read_bytes() for file in files if file.parent.name != "tests"}


def filled(empty: Path, target: Path, amounts: Mapping[str, str], **odd: str) -> Path:
    """A workbook filled in by an office: new amounts by policy; ``odd`` renames a policy in its
    row.
    """
    book = load_workbook(empty)
    sheet = book[STANDARDS]
    for row in range(FIRST, sheet.max_row + 1):
        policy = str(sheet.cell(row, 1).value)
        if policy in amounts:
            for name, text in {**NOTICE, "amount": amounts[policy]}.items():
                sheet.cell(row, FIELDS.index(name) + 1).value = text
        if new := odd.get(policy.replace("-", "_")):
            sheet.cell(row, 1).value = new
    book.save(target)
    return target


def go(page: Page, address: str) -> None:
    page.goto(re.sub(r"(?<=\d)/.*", address, page.url, count=1))


def press(page: Page, name: str) -> None:
    """Press a button and wait for what it does."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()
    settled(page)


def text_of(folder: Path, pattern: str) -> str:
    """What can be read in the PDFs of a folder, without spaces and the commas of numbers."""
    return re.sub(
        r"[\s,]",
        "",
        "".join(text for file in sorted(folder.glob(pattern)) for text in pdfium(file)),
    )


def change_by_form(page: Page, folder: Path) -> None:
    """A jump of more than half is asked about; what is seen is what is written."""
    before = written(folder)
    go(page, "/standards/")
    is_open_to_all(page)
    page.locator("#filter").fill("高龄健康补贴（80")
    expect(page.locator("#standards tbody tr:visible")).to_have_count(1)
    page.locator("#standards tbody tr:visible a").click()
    is_open_to_all(page)
    form = page.locator("details.act").first
    for name, text in {**NOTICE, "amount": "14000"}.items():
        form.locator(f"[name={name}]").fill(text)
    press(page, "看会改什么")
    expect(page.get_by_text("这样对吗")).to_be_visible()
    expect(page.get_by_label("我对照过通知")).not_to_be_checked()
    expect(page.locator("details.act").first.locator("[name=amount][aria-invalid]")).to_have_value(
        "14000"
    )
    is_open_to_all(page)
    page.get_by_label("我对照过通知").check()  # who says that a jump is right may write it
    press(page, "再看一遍")
    expect(page.get_by_text("会这样改")).to_be_visible()
    expect(page.get_by_role("button", name="写入")).to_be_visible()
    page.locator("details.act").first.locator("[name=amount]").fill("1400")
    press(page, "看会改什么")
    expect(page.get_by_role("cell", name="每人每年1400元")).to_be_visible()
    assert written(folder) == before
    is_open_to_all(page)
    press(page, "写入")
    expect(page.get_by_text("已写入。")).to_be_visible(timeout=60_000)
    assert b'amount: "1400"' in written(folder)["longevity-80"]


def drop(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url("**/seen/**")
    settled(page)


def change_by_workbook(page: Page, folder: Path, scratch: Path) -> None:
    """A spoilt workbook tells its cells and writes nothing; put right, it is written whole."""
    go(page, "/standards/workbook/")
    is_open_to_all(page)
    press(page, "做工作簿")
    with page.expect_download() as taking:
        page.get_by_role("link", name="保存").first.click()
    empty = scratch / "empty.xlsx"
    taking.value.save_as(empty)
    before = written(folder)
    drop(
        page,
        filled(
            empty,
            scratch / "new.xlsx",
            {**RAISED, "eco-post": "三千八"},
            childcare_subsidy="no-such",
        ),
    )
    expect(page.get_by_text("一行也没有")).to_be_visible()
    told = page.locator("ul.problems").inner_text()
    assert (
        "E814" in told
        and "E810" in told
        and re.search(r"\bK\d+ 新标准", told)
        and re.search(r"\bA\d+ ", told)
    )
    is_open_to_all(page)
    assert written(folder) == before
    drop(page, filled(empty, scratch / "new.xlsx", RAISED))
    expect(page.locator(".trial tbody tr")).to_have_count(3)
    is_open_to_all(page)
    assert written(folder) == before
    press(page, "算一算")  # what it means, before anything is written
    expect(page.get_by_role("img", name="同样的内容")).to_be_visible(timeout=60_000)
    assert page.get_by_role("img", name="同样的内容").evaluate("image => image.naturalWidth") > 300
    changed = re.search(
        r"childcare-subsidy 育儿补贴: \d+\s+([\d,]+)\.00 → ([\d,]+)\.00",
        page.locator(".said").inner_text(),
    )
    assert changed is not None
    # how many children are young enough is another matter every month
    old, new = (int(each.replace(",", "")) for each in changed.groups())
    assert old > 0 and old % 3600 == 0 and new == old // 3600 * 3900
    is_open_to_all(page)
    page.get_by_role("link", name="回到会改什么").click()
    assert written(folder) == before
    other = page.context.new_page()  # meanwhile, on another page
    other.goto(page.url)
    go(other, "/standards/of/longevity-90/allowance/")
    other.get_by_text("查过，没有变", exact=True).click()
    other.locator("details.act").last.get_by_role("button").click()
    other.wait_for_load_state()
    settled(other)
    press(other, "写入")
    expect(other.get_by_text("已写入。")).to_be_visible(timeout=60_000)
    other.close()
    meanwhile = written(folder)
    press(page, "全部写入")
    expect(page.get_by_text("E941")).to_be_visible()
    assert written(folder) == meanwhile
    press(page, "再看一遍")
    press(page, "全部写入")
    expect(page.get_by_text("新标准已写入")).to_be_visible(timeout=60_000)
    after = written(folder)
    changed = {name for name in after if after[name] != meanwhile[name]}
    assert changed == set(RAISED)


def read_back(file: Path, name: str) -> Path:
    """A list of one text that a reader found right; without a name nobody vouches for it."""
    policy, _problems = read_form(
        ROOT / "policies" / "health-maternity" / "rural-medical.yaml", Policy
    )[:2]
    assert policy
    book = Workbook()
    sheet = book.worksheets[0]
    for row, told in enumerate((name, "示例县编译局", f"{date.today()}"), 2):
        sheet.cell(row, 3, told)
    heads = ["序号", "中文", "藏文", "图", "用语", "对", "新", "备注", "出处", "识别码"]
    for column, cells in enumerate(
        zip(
            heads,
            [
                "1",
                policy.name.zh,
                policy.name.bo,
                "",
                "",
                "√",
                "",
                "",
                "",
                text_digest(policy.name),
            ],
            strict=True,
        ),
        1,
    ):
        sheet.cell(6, column, cells[0])
        sheet.cell(7, column, cells[1])
    book.save(file)
    return file


def have_read(page: Page, scratch: Path) -> None:
    """A list comes back: without a name it is refused, with one a text counts as read."""
    go(page, "/reviews/")
    is_open_to_all(page)
    left = int(re.findall(r"\d+", page.locator("main .now").inner_text())[1])
    page.locator("input[type=file]").set_input_files(read_back(scratch / "review.xlsx", ""))
    page.wait_for_url("**/tasks/**")
    settled(page)
    expect(page.get_by_text("E874")).to_be_visible()
    page.get_by_role("link", name="回到刚才那一页").click()
    page.locator("input[type=file]").set_input_files(
        read_back(scratch / "review.xlsx", "示例审读人")
    )
    expect(page.locator("main .now")).to_contain_text(f"还有{left - 1}条", timeout=60_000)


def publish(page: Page, folder: Path) -> None:
    """The reasons are told before; one person cannot do both; the sheet and the notice can be
    opened.
    """
    go(page, "/editions/")
    expect(page.locator(".obstacles")).to_contain_text("E855")
    page.on("dialog", lambda asked: asked.accept())
    expect(page.get_by_text("E603")).to_be_visible(
        timeout=60_000
    )  # an example still has the old figure
    is_open_to_all(page)
    press(page, "一样：把新的数写进例子")
    page.wait_for_url("**/editions/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("E603")).to_have_count(0)
    for name, text in {"name": "two", "prepared": "甲", "approved": "甲"}.items():
        page.locator(f"[name={name}]").fill(text)
    press(page, "发布")
    expect(page.get_by_text("E852")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="回到刚才那一页").click()
    page.locator("[name=approved]").fill("乙")
    press(page, "发布")
    expect(page.get_by_role("link", name="打开审批单")).to_be_visible(timeout=60_000)
    is_open_to_all(page)
    press(page, "做变更通知")
    expect(page.get_by_role("link", name="打开变更通知")).to_be_visible(timeout=60_000)
    assert "two" in text_of(folder / "output", "approval-two.pdf")
    assert "1400" in text_of(folder / "output", "notice-one-two.pdf")


def print_again(page: Page, folder: Path) -> None:
    """Only what is wrong is printed, and the new cards tell old and new."""
    go(page, "/editions/of/two/")
    page.get_by_role("link", name="下一步：找出现在不对的卡").click()
    is_open_to_all(page)
    press(page, "找出来")
    expect(page.get_by_text("张现在要重印")).to_be_visible(timeout=60_000)
    is_open_to_all(page)
    count = int(page.locator(".numbers .bad span").inner_text())
    assert 8 <= count < 40
    press(page, "只重印这")
    expect(page.get_by_role("link", name="打开村包")).to_be_visible(timeout=120_000)
    is_open_to_all(page)
    (again,) = (folder / "output").glob("again-two-*")
    told = text_of(again, "two/**/cards.pdf")
    assert "旧卡" in told and "原1300→1400" in told and "原3600→3900" in told
    assert "2600→2800" in told and "7200→7800" in told  # of two people, of two children
    press(page, "打印通知单")
    expect(page.get_by_role("link", name="notice.pdf")).to_be_visible(timeout=120_000)
    go(page, "/stale/")
    press(page, "找出来")  # the old and the new cards together
    expect(page.locator(".numbers .bad span")).to_have_text("0", timeout=60_000)


def test_from_a_notice_to_the_reissued_pack(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk, folder := tmp_path / "office", symlinks=True)
    with at_the_desk(folder) as page:
        change_by_form(page, folder)
        change_by_workbook(page, folder, tmp_path)
        have_read(page, tmp_path)
        publish(page, folder)
        print_again(page, folder)
