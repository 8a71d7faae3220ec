"""The editor's workbench in a real browser: a text changed, a policy made, texts read, and nothing
lost on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desks import at_the_desk, is_open_to_all, office
from django.http import QueryDict
from playwright.sync_api import Locator, Page, expect

from policycards.catalogue import read_catalogue, text_digest
from policycards.catalogue.editing.editable_texts import fields_of
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.reviews.verdicts import pairs
from policycards.desk.core.office_folder import Office
from policycards.desk.policies.policy_fields import typed
from policycards.desk.policies.policy_preview import problems_of
from policycards.desk.policies.review_page import (
    Memory,
    Said,
    changing,
    keep_list,
    remembered,
    without_known,
)

FILE = "policies/agriculture/barley-seed.yaml"
BROKEN = "ཀ\u0f74\u0f74"
SLOW = 120_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office(tmp_path_factory.mktemp("policies") / "office")


@pytest.fixture(scope="module")
def page(home: Path) -> Iterator[Page]:
    with at_the_desk(home) as opened:
        opened.on("dialog", lambda dialog: dialog.accept())
        yield opened


def go(page: Page, path: str) -> None:
    page.goto(re.sub(r"(//[^/]+)/.*", rf"\1{path}", page.url))


def cell(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']").first


def sides(page: Page, key: str) -> Locator:
    return page.locator(f".sides[data-key='{key}']")


def lines(home: Path, name: str = FILE) -> list[str]:
    return (home / name).read_text(encoding="utf-8").splitlines()


def looked(page: Page) -> Locator:
    """The row's picture, there once what was typed has been looked at."""
    row = page.locator(".live .row")
    expect(row).to_be_visible()
    return row


def test_the_list_shows_values_and_marks_and_finds_by_a_word(page: Page) -> None:
    go(page, "/policies/")
    barley = page.locator("[data-find^='barley-seed ']")
    expect(barley).to_contain_text("青稞良种补贴")
    expect(barley).to_contain_text("每亩每年20元")
    expect(barley).to_contain_text("未审读")
    page.locator("#find").fill("青稞")
    expect(page.locator("[data-find]:not([hidden])")).to_have_count(1)
    expect(page.locator("#found")).to_have_text("1 项政策")
    is_open_to_all(page)


def test_a_text_is_changed_with_its_problems_terms_and_pictures_in_sight(
    page: Page, home: Path
) -> None:
    before = lines(home)
    go(page, "/policies/barley-seed/")
    row = looked(page)
    first = row.get_attribute("src")
    is_open_to_all(page)
    cell(page, "name.zh").fill("青稞种子补贴")
    cell(page, "name.bo").fill(BROKEN)
    fault = sides(page, "name").locator(".faults")
    expect(fault).to_contain_text("E224")
    expect(cell(page, "name.bo")).to_have_attribute("aria-invalid", "true")
    is_open_to_all(page)
    cell(page, "name.bo").fill("")
    expect(fault).to_contain_text("E883")
    sides(page, "name").locator(".hints button", has_text="青稞").click()
    expect(cell(page, "name.bo")).to_have_value("ནས")
    expect(fault).to_be_empty()
    expect(row).not_to_have_attribute("src", first or "")
    expect(page.locator(".live .page h3")).to_contain_text("青稞种子补贴")
    page.locator("button.main").click()
    added = page.locator(".difference .in .line").all_text_contents()
    assert [line.strip() for line in added] == ["bo: ནས", "zh: 青稞种子补贴"]
    is_open_to_all(page)
    assert lines(home) == before
    page.locator("button.main").click()
    expect(page.locator(".note")).to_be_visible(timeout=SLOW)
    after = lines(home)
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new.strip() for _old, new in differing] == ["bo: ནས", "zh: 青稞种子补贴"]
    page.locator(".note button").click()
    expect(page.locator("h1")).to_contain_text("青稞良种补贴", timeout=SLOW)
    assert lines(home) == before


def test_steps_are_added_and_moved(page: Page, home: Path) -> None:
    before = lines(home)
    go(page, "/policies/barley-seed/")
    looked(page)
    how = page.locator("[data-field='how']")
    steps = how.locator(".sides").count()
    how.locator(".add").click()
    how.locator("textarea[lang=zh]").last.fill("带上户口本")
    expect(sides(page, f"how.{steps}").locator(".faults")).to_contain_text("E883")
    how.locator("textarea[lang=bo]").last.fill("ཁྱིམ་ཐོ་ཁྱེར་རོགས")
    how.locator(".sides").last.locator(".up").click()
    page.locator("button.main").click()
    lines_in = [line.strip() for line in page.locator(".difference .in .line").all_text_contents()]
    assert lines_in == ["- bo: ཁྱིམ་ཐོ་ཁྱེར་རོགས", "zh: 带上户口本"]
    assert page.locator(".difference .out").count() == 0
    page.locator(".actions a").click()
    expect(how.locator(".sides")).to_have_count(steps + 1)
    expect(sides(page, f"how.{steps - 1}").locator("textarea[lang=zh]")).to_have_value("带上户口本")
    assert lines(home) == before


def test_a_file_that_somebody_changed_meanwhile_is_refused_and_nothing_typed_is_lost(
    page: Page, home: Path
) -> None:
    file = home / FILE
    content = file.read_bytes()
    go(page, "/policies/barley-seed/")
    looked(page)
    cell(page, "summary.zh").fill("我写的说明")
    cell(page, "deadline.zh").fill("月底")
    cell(page, "deadline.bo").fill("ཟླ་མཇུག")
    file.write_bytes(
        content.replace("种植青稞良种，按播种面积补贴".encode(), "别人写的说明".encode())
    )
    changed = file.read_bytes()
    assert changed != content
    page.locator("button.main").click()
    expect(page.locator(".problems").first).to_contain_text("E881")
    expect(page.locator("[data-field=summary] .problems")).to_contain_text("别人写的说明")
    expect(cell(page, "summary.zh")).to_have_value("我写的说明")
    expect(cell(page, "deadline.bo")).to_have_value("ཟླ་མཇུག")
    is_open_to_all(page)
    page.locator("button.main").click()  # told of it, and still wanted
    expect(page.locator(".difference")).to_contain_text("别人写的说明")
    file.write_bytes(content)  # changed once more, before it is written
    page.locator("button.main").click()
    expect(page.locator(".task.refused")).to_be_visible(timeout=SLOW)
    expect(page.locator(".outcome")).to_contain_text("E881")
    assert file.read_bytes() == content
    page.locator("main .actions > a").last.click()
    expect(cell(page, "summary.zh")).to_have_value("我写的说明")


def test_a_new_policy_is_made_from_the_form(page: Page, home: Path) -> None:
    go(page, "/policies/new/")
    is_open_to_all(page)
    told = {
        "id": "winter-fodder",
        "name_bo": "དགུན་རྩྭའི་རོགས་དངུལ",
        "name_zh": "冬草补助",
        "summary_zh": "购买冬季饲草的补助",
        "summary_bo": "དགུན་རྩྭ་ཉོ་བའི་རོགས་དངུལ",
        "who_zh": "牧户",
        "who_bo": "འབྲོག་པའི་དུད་ཚང",
        "amount": "300",
        "from": "2026-07",
        "title": "关于冬草补助的通知",
        "missing": "无文号",
    }
    for name, text in told.items():
        cell(page, name).fill(text)
    expect(sides(page, "who").locator(".hints")).to_contain_text("户 དུད་ཚང")
    for name, starts in {
        "category": "pasture-forest",
        "unit": "household-year",
        "pays": "cash",
    }.items():
        options = cell(page, name).locator("option").all_text_contents()
        cell(page, name).select_option(next(each for each in options if each.startswith(starts)))
    page.locator("button.main").click()
    expect(page.locator(".problems").first).to_contain_text("按户还是按人")  # was left out
    expect(cell(page, "title")).to_have_value("关于冬草补助的通知")
    cell(page, "for").select_option(index=1)
    page.locator("button.main").click()
    expect(page.locator(".card-picture")).to_be_visible()
    is_open_to_all(page)
    new = "policies/pasture-forest/winter-fodder.yaml"
    assert not (home / new).exists()
    page.locator("button.main").click()
    expect(page.locator("h1")).to_contain_text("冬草补助", timeout=SLOW)
    assert "  zh: 购买冬季饲草的补助" in lines(home, new)


def test_texts_are_read_and_what_was_decided_is_taken_in(page: Page, home: Path) -> None:
    go(page, "/policies/review/")
    is_open_to_all(page)
    cell(page, "name").fill("示例审读人")
    cell(page, "office").fill("示例县编译局")
    page.locator("button.main").click()
    expect(page.locator(".tibetan")).to_be_visible()
    is_open_to_all(page)
    progress = page.locator(".progress [role=status]")
    read = page.locator("[name=digest]").get_attribute("value")
    page.keyboard.press("1")
    expect(progress).to_contain_text("1 / ")
    page.keyboard.press("z")  # a slip
    expect(progress).to_contain_text("0 / ")
    assert page.locator("[name=digest]").get_attribute("value") == read
    page.keyboard.press("1")
    expect(progress).to_contain_text("1 / ")
    zh, old = page.locator(".chinese").inner_text(), page.locator("[name=new]").input_value()
    page.keyboard.press("2")
    page.locator("[name=new]").fill(BROKEN)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".problems").first).to_contain_text("E224")
    page.locator("[name=new]").fill("ལེགས་བཅོས")
    page.locator("button[value=new]").click()
    expect(progress).to_contain_text("2 / ")
    remarked = page.locator(".chinese").inner_text()
    page.keyboard.press("3")
    page.locator("[name=remark]").fill("要问编译局")
    page.keyboard.press("Control+Enter")
    expect(progress).to_contain_text("3 / ")
    page.reload()
    expect(progress).to_contain_text("3 / ")
    is_open_to_all(page)
    page.locator("button[value=take]").click()
    expect(progress).to_contain_text("1 / ", timeout=SLOW)  # the remark waits
    expect(page.locator("main .rows")).to_contain_text(f"{remarked}")
    catalogue, _problems = read_catalogue(home / "policies")
    assert catalogue is not None and old != "ལེགས་བཅོས"
    assert {read, text_digest(Text(zh=zh, bo="ལེགས་བཅོས"))} <= catalogue.reviewed


def test_what_does_not_fit_the_card_is_told_at_its_field(home: Path) -> None:
    catalogue, _problems = read_catalogue(home / "policies")
    assert catalogue is not None
    policy = next(each for each in catalogue.policies if each.id == "barley-seed")
    sent = QueryDict(mutable=True, encoding="utf-8")
    for name, told in fields_of(policy).items():
        if isinstance(told, Text):
            sent.update({f"{name}.bo": told.bo, f"{name}.zh": told.zh})

    def found(**told: str) -> list[tuple[str, str]]:
        changed = sent.copy()
        for name, text in told.items():
            changed[name.replace("_", ".")] = text
        what = typed(changed, policy)
        problems = problems_of(
            Office(home), catalogue, policy, what, fields_of(policy), date(2026, 11, 25)
        )
        return [(each.code, each.place.file) for each in problems]

    assert found() == []
    assert found(who_zh="种植青稞良种的农户" * 30) == [("E312", "who.zh"), ("E311", "barley-seed")]
    assert found(office_bo="གྲོང་ཚོ {value}") == [("E201", "office.bo")]
    assert found(summary_zh="每亩20元") == [("E203", "summary.zh")]
    assert found(name_zh="青稞\U0002b740") == [("E301", "name.zh")]


def test_an_answer_about_a_text_that_has_changed_holds_no_longer(tmp_path: Path) -> None:
    found = Office(office(tmp_path / "office"))
    catalogue, _problems = read_catalogue(found.policies)
    assert catalogue is not None
    made = pairs(catalogue, read_glossary(found.policies)[0])
    right = Said(made[0].digest, made[0].text.zh, made[0].text.bo, right="yes")
    remark = Said(made[1].digest, made[1].text.zh, made[1].text.bo, remark="?")
    taken = Said("f" * 16, made[2].text.zh, "ཀ", new=made[2].text.bo)
    gone = Said("0" * 16, "甲", "ཀ", right="yes")
    with changing(found) as held:
        held[0] = Memory("示例审读人", "示例县", (right, remark, taken, gone))
    memory, number = without_known(remembered(found), made, catalogue)
    assert (memory.said, number) == ((right, remark), 1)
    kept = json.loads(
        (found.folder / keep_list(found, memory, date(2026, 11, 25))).read_text(encoding="utf-8")
    )
    assert [each["digest"] for each in kept["verdicts"]] == [right.digest]
