"""The first screen: what is in force and why it is marked, what needs doing, what was printed; and
all problems.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, policycards
from desks import at_the_desk, is_open_to_all, office, settled
from playwright.sync_api import Page, expect
from ready_folder import county_key, ready_folder

from policycards.catalogue import read_catalogue
from policycards.desk import urls
from policycards.desk.core.desk_page import NAVIGATION
from policycards.desk.core.office_folder import Office
from policycards.desk.home import home_page, loading_screen

TEMPLATES = ROOT / "policycards" / "desk" / "templates" / "desk"
FACTS = ("--as-of", "2024-07-01", "--prepared", "示例经办人", "--approved", "示例负责人")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a trial edition, a run, and a search for stale cards."""
    made = office(tmp_path_factory.mktemp("home") / "单位 office")
    said = policycards("edition", "publish", "trial", "--draft", *FACTS, folder=made)
    assert said.code == 0, said.out + said.err
    inputs = {"edition": "trial", "is_published": "False", "slips": "False"}
    _told(
        made / "output/trial/run/run.json", {"id": "1", "inputs": inputs, "counts": {"cards": 40}}
    )
    _told(made / "output/stale/trial/decision.json", {"counts": {"now": 12, "back": 1}})
    return made


def _told(file: Path, told: object) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[Page]:
    with at_the_desk(folder) as opened:
        yield opened


def test_it_tells_which_edition_is_in_force_and_why_it_is_marked(page: Page) -> None:
    expect(page.get_by_text("标准截至 2024-07-01，审批人 示例负责人")).to_be_visible()
    marks = page.locator(".marks > li")
    expect(marks).to_have_count(3)
    expect(marks.nth(0)).to_contain_text("样稿·不得发放")
    expect(marks.nth(0)).to_contain_text("有的文字没有请懂藏文的人审读过")
    expect(marks.nth(0)).to_contain_text("这个文件夹里没有县的密钥")
    expect(marks.nth(1)).to_contain_text("个现行标准值还没有主管单位确认")
    expect(marks.nth(2)).to_contain_text("这一版是试用版")


def test_it_tells_what_needs_doing_and_what_was_printed(page: Page) -> None:
    needs = page.locator(".needs")
    expect(needs).to_contain_text("有 12 张卡已经不对，要重印。")
    expect(needs).to_contain_text("有 1 张卡要收回。")
    expect(needs).to_contain_text("条文字还没有懂藏文的人审读")
    expect(page.locator(".lately").first).to_contain_text("trial")
    expect(page.locator(".lately").first).to_contain_text("40 张卡 · 不得发放")
    is_open_to_all(page)


def test_problems_are_listed_by_file_and_line_with_what_to_do(page: Page, folder: Path) -> None:
    file = folder / "policies" / "education" / "student-meals.yaml"
    file = file if file.exists() else sorted((folder / "policies" / "education").glob("*.yaml"))[0]
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace("category: education", "category: educaton"), encoding="utf-8")
    page.goto(page.url)
    page.get_by_role("link", name="个错误：什么都印不了").click()
    page.get_by_role("button", name="全面检查").click()
    settled(page)
    expect(page.get_by_role("button", name="重新检查")).to_be_visible()
    part = page.locator("details").filter(has_text=file.name)
    assert part.evaluate("part => part.open")
    expect(part.locator("tr.error").first).to_contain_text(re.compile(r"第 \d+ 行"))
    expect(part.locator("tr.error").first).to_contain_text(re.compile(r"\(E\d{3}\)"))
    is_open_to_all(page)
    file.write_text(sound, encoding="utf-8")
    page.reload()
    expect(page.get_by_text("检查以后政策又改过：请重新检查。")).to_be_visible()
    page.get_by_role("button", name="重新检查").click()
    settled(page)
    expect(page.get_by_text("错误 0 个")).to_be_visible()


def test_an_edition_that_may_be_handed_out_bears_no_mark(tmp_path: Path) -> None:
    policies = ready_folder(tmp_path / "policies")
    county_key(tmp_path / "county.key")
    said = policycards(
        "edition",
        "publish",
        "2024b",
        *FACTS,
        "--key-file",
        tmp_path / "county.key",
        folder=_with_fonts(tmp_path),
    )
    assert said.code == 0, said.out
    place = Office(tmp_path)
    edition = home_page.current(home_page.published(place), date(2024, 8, 1))
    assert edition is not None and edition.name == "2024b"
    assert home_page.current(home_page.published(place), date(2024, 6, 1)) is None
    catalogue, problems = home_page.frozen(policies, edition)
    assert catalogue is not None and not problems
    assert (
        home_page.edition_marks(
            catalogue, edition.as_of, edition, has_key=home_page.has_county_key(place)
        )
        == []
    )
    marks = home_page.edition_marks(catalogue, edition.as_of, None, has_key=False)
    assert [[reason.text for reason in mark.reasons] for mark in marks] == [
        [home_page.NO_KEY],
        [home_page.UNPUBLISHED],
    ]


def _with_fonts(folder: Path) -> Path:
    (folder / "fonts").symlink_to(ROOT / "fonts", target_is_directory=True)
    return folder


def test_sample_data_says_so() -> None:
    catalogue, _problems = read_catalogue(ROOT / "policies")
    assert catalogue is not None
    draft, sample, proof = home_page.edition_marks(
        catalogue, date(2024, 12, 31), None, has_key=True
    )
    assert [reason.text for reason in draft.reasons] == [home_page.DRAFTS]
    assert sample.words.zh == "示例数据·不得发放"
    assert sample.reasons[0].text == home_page.SAMPLE and sample.reasons[1].count > 50
    assert [reason.text for reason in proof.reasons] == [home_page.UNPUBLISHED]


def test_the_first_screen_links_only_to_addresses_that_there_are() -> None:
    text = "".join(
        (TEMPLATES / f"{name}.html").read_text("utf-8")
        for name in ("base", "home", "todo", "force", "problems")
    )
    linked = {*re.findall(r"{% url '([\w-]+)'", text), *(name for name, _text in NAVIGATION)}
    linked |= set(re.findall(r'\), "([a-z]+)"\)', Path(home_page.__file__).read_text("utf-8")))
    known = {each.name: str(each.pattern) for each in urls.urlpatterns if hasattr(each, "name")}
    own = {each.name: str(each.pattern) for each in loading_screen.urlpatterns}
    assert linked <= set(own)
    assert own.items() <= known.items()
