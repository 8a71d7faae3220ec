"""Handing over at the desk: a ledger set up on the spot, a run loaded and seen in it; proofs and
trials refused.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import policycards
from desks import at_the_desk, is_open_to_all, office, settled
from playwright.sync_api import Page, expect
from ready_folder import county_key, ready_folder, review_all

from policycards.desk.core import tasks
from policycards.desk.core.office_folder import Office
from policycards.desk.handover import handover_page
from policycards.ledger.local_ledger import LedgerConfig, loaded_runs, read_config

VILLAGE = "549901101201"
LIST = f"""户编号,区划代码,组,姓名,藏文姓名,与户主关系,出生日期
H1,{VILLAGE},一组,扎西,བཀྲ་ཤིས,户主,1960-03-02
H1,,,卓玛,སྒྲོལ་མ,配偶,1962-07-01
H2,{VILLAGE},二组,次仁,ཚེ་རིང,户主,1980-01-05
"""
PUBLISHED = ("--as-of", "2024-07-01", "--prepared", "示例经办人", "--approved", "示例负责人")


@pytest.fixture(scope="module", autouse=True)
def no_other_ledger() -> Iterator[None]:
    """No ledger of the environment: the one in the folder is meant."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "POLICYCARDS_SECRET_KEY", "POLICYCARDS_HOSTS"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has printed a run of a trial edition, and a proof."""
    made = office(tmp_path_factory.mktemp("handing") / "单位 office")
    (made / "rosters" / "名单.csv").write_text(LIST, encoding="utf-8-sig")
    for command in (
        ("edition", "publish", "trial", "--draft", *PUBLISHED),
        ("print", "rosters/名单.csv", "--edition", "trial", "--spare", 2),
    ):
        said = policycards(*command, folder=made)
        assert said.code == 0, said.out + said.err
    _told(made / "output" / "proof", "p9v01234", published=False)
    return made


def _told(run: Path, edition: str, *, published: bool) -> None:
    """What stands in the folder of a run, as far as the desk looks."""
    (run / "run").mkdir(parents=True)
    inputs = {"edition": edition, "is_published": str(published), "key": "0"}
    told = {"id": edition, "inputs": inputs, "counts": {"cards": 7}}
    (run / "run" / "run.json").write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def closed(folder: Path) -> Iterator[None]:
    """No server of a ledger is left behind."""
    yield
    if running := handover_page.server(Office(folder)):
        running.stop(for_good=True)


def opened(page: Page) -> Page:
    """The ledger in a tab of its own."""
    with page.expect_popup() as opening:
        page.get_by_role("button", name="打开台账").click()
    ledger = opening.value
    ledger.wait_for_url("http://localhost:*/**")
    return ledger


def test_a_ledger_is_set_up_takes_a_run_and_lives_on_without_the_desk(folder: Path) -> None:
    with at_the_desk(folder) as page:
        page.goto(f"{page.url}handing/")
        is_open_to_all(page)
        page.get_by_label("仅供试用").check()
        page.get_by_role("button", name="建立台账").click()
        settled(page)
        page.get_by_role("button", name="显示密码").click()
        name, password = page.locator("dd").all_inner_texts()
        is_open_to_all(page)
        page.get_by_role("link", name="已抄好").click()
        expect(page.get_by_role("button", name="显示密码")).to_have_count(0)
        row = page.locator("tr").filter(has_text="output/proof")
        expect(row).to_contain_text("试印")
        expect(row.get_by_role("button")).to_have_count(0)
        row = page.locator("tr").filter(has_text="output/trial")
        assert row.locator("select").input_value() == "rosters/名单.csv"  # by its digest
        is_open_to_all(page)
        row.get_by_role("button", name="载入").click()
        settled(page)
        expect(row).to_contain_text("已载入")
        expect(page.get_by_text("2 张卡和 2 张备用卡已入台账")).to_be_visible()
        secret = read_config(folder)[0]
        assert (
            secret is not None
            and secret.secret not in page.content()
            and password not in page.content()
        )
        ledger = opened(page)
        _signed_in(ledger, name, password)
        ledger.goto(f"{ledger.url.partition('/runs')[0].rstrip('/')}/runs/")
        expect(ledger.locator("tbody tr")).to_have_count(1)
        expect(ledger.locator("tbody tr")).to_contain_text("trial")
        address = ledger.url
    with at_the_desk(folder) as page:  # the first desk was closed
        page.goto(f"{page.url}handing/")
        expect(page.get_by_text("台账在本机开着")).to_be_visible()
        expect(page.locator(".way-under")).to_have_count(0)  # nobody waits for it
        ledger = opened(page)
        assert ledger.url.split("/")[2] == address.split("/")[2]
        page.on("dialog", lambda asking: asking.accept())
        page.get_by_role("button", name="关闭台账").click()
        page.wait_for_function(
            "() => fetch('/handing/state/').then((answer) => answer.json()).then((told) =>"
            " !told.ready)"
        )


def _signed_in(ledger: Page, name: str, password: str) -> None:
    """With the first password, and then with one's own."""
    ledger.locator("[name=username]").fill(name)
    ledger.locator("[name=password]").fill(password)
    ledger.keyboard.press("Enter")
    ledger.wait_for_url("**/password/")
    for field, told in zip(
        ledger.locator("main input[type=password]").all(),
        [password, *["牧场 and 7 yaks"] * 2],
        strict=True,
    ):
        field.fill(told)
    ledger.get_by_role("button", name="保存").click()
    ledger.wait_for_url(re.compile("localhost:[0-9]+/$"))


def test_secrets_are_their_owners_alone_and_stand_in_no_command(folder: Path) -> None:
    kept, _problems = read_config(folder)
    assert kept is not None
    if os.name == "posix":
        assert stat.S_IMODE((folder / "ledger").stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in (folder / "ledger").iterdir()} == {
            0o600
        }
    told = [
        file.read_text("utf-8", "replace")
        for file in (folder / "desk").rglob("*")
        if file.suffix in (".json", ".txt")
    ]
    assert told and not any(kept.secret in each for each in told)
    assert Office(folder).inside("ledger/ledger.json") is None
    assert not (folder / "ledger" / "first-password.txt").exists()
    assert len(loaded_runs(folder)) == 1


def test_a_ledger_that_is_not_for_trying_says_why_it_takes_no_trial(folder: Path) -> None:
    found = {
        each.run.path: [fault.code for fault in each.problems]
        for each in handover_page.loadable(Office(folder), LedgerConfig())
    }
    assert found["output/trial"] == ["E661"]
    assert found["output/proof"] == ["E660"]


def test_a_second_ledger_is_not_set_up_over_the_first(folder: Path) -> None:
    said = policycards("ledger", "init", folder=folder)
    assert said.code == 2
    assert "E952: a ledger is set up in ledger already" in said.err


def test_what_the_press_prints_from_a_published_edition_is_taken(tmp_path: Path) -> None:
    policies = ready_folder(tmp_path / "policies")
    with (policies / "areas.csv").open("a", encoding="utf-8") as areas:
        areas.write(f"{VILLAGE},དཔེ་མཚོན་གྲོང་ཚོ,示例村,四类,,,\n")
    review_all(policies)
    key = county_key(tmp_path / "county.key")
    (tmp_path / "fonts").symlink_to(Path(__file__).parents[2] / "fonts", target_is_directory=True)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8-sig")
    for command in (
        ("edition", "publish", "2024b", *PUBLISHED, "--key-file", key),
        ("print", "list.csv", "--edition", "2024b", "--key-file", key),
        ("ledger", "init", "--user", "county"),
        ("ledger", "load-run", "output/2024b", "--roster", "list.csv", "--key-file", key),
        ("ledger", "recount"),
    ):
        said = policycards(*command, folder=tmp_path)
        assert said.code == 0, said.out + said.err
    assert len(loaded_runs(tmp_path)) == 1


def test_the_address_of_a_server_is_kept_and_where_to_load_is_told(tmp_path: Path) -> None:
    made = office(tmp_path / "office")
    _told(made / "output" / "2024b", "2024b", published=True)
    with at_the_desk(made) as page:
        base = page.url
        page.goto(f"{base}handing/")
        page.get_by_label("网址").fill("javascript:alert(1)")
        page.get_by_role("button", name="保存网址").click()
        expect(page.get_by_text("这不是台账的网址")).to_be_visible()
        page.get_by_label("网址").fill("https://ledger.example.cn")
        page.get_by_role("button", name="保存网址").click()
        link = page.get_by_role("link", name="打开台账")
        assert link.get_attribute("href") == "https://ledger.example.cn/"
        expect(page.get_by_text("output/2024b/run/manifest-cards.parquet")).to_be_visible()
        is_open_to_all(page)


def test_a_server_task_is_known_from_its_command(folder: Path) -> None:
    served = tasks.latest(Office(folder), "ledger", "serve")
    assert served is not None and served.is_server
    assert kept_port(folder) in served.arguments


def kept_port(folder: Path) -> str:
    kept, _problems = read_config(folder)
    assert kept is not None
    return str(kept.port)
