"""The desk itself: who is let in, how errands live, what files are given."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from command import ROOT
from desks import at_the_desk, is_open_to_all, office, served
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from policycards.desk.core import tasks
from policycards.desk.core.office_folder import Office, safe_name
from policycards.desk.printing import roster_list


def asked(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """What the desk answers to a request without a browser."""
    where = urlsplit(address)
    with closing(HTTPConnection("127.0.0.1", where.port, timeout=20)) as connection:
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def ended(task: tasks.Task) -> str:
    """How a task ends."""
    until = time.monotonic() + 90
    while task.is_under_way:
        assert time.monotonic() < until
        time.sleep(0.1)
    return task.state


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return office(tmp_path / "单位 office")


def test_only_the_browser_that_opened_the_address_is_let_in(desk: Path) -> None:
    (desk / "output").mkdir()
    (desk / "output" / "cards.pdf").write_bytes(b"%PDF")
    with served(desk) as address:
        path = urlsplit(address).path
        assert asked(address, "/")[0] == 403
        assert asked(address, "/files/output/cards.pdf")[0] == 403
        assert asked(address, "/enter/wrong/")[0] == 403
        status, headers, _body = asked(address, path)
        assert status == 302
        given_cookie = headers["Set-Cookie"]
        assert "HttpOnly" in given_cookie and "SameSite=Strict" in given_cookie
        cookie = given_cookie.partition(";")[0]
        assert asked(address, "/", Cookie=cookie)[0] == 200
        assert asked(address, "/files/output/cards.pdf", Cookie=cookie)[2] == b"%PDF"


def test_a_page_of_another_host_cannot_drive_the_desk(desk: Path) -> None:
    with served(desk) as address:
        cookie = asked(address, urlsplit(address).path)[1]["Set-Cookie"].partition(";")[0]
        assert asked(address, "/", Cookie=cookie, Host="evil.example")[0] == 400
        where = urlsplit(address)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(HTTPConnection("127.0.0.1", where.port, timeout=20)) as connection:
            connection.request("POST", "/language/", body="language=bo", headers=headers)
            answer = connection.getresponse()
            assert answer.status == 403  # without the token of a page of ours
            answer.read()


def test_nothing_outside_the_office_and_no_secret_is_given(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("no", encoding="utf-8")
    (desk / "county.key").write_text("no", encoding="utf-8")
    (desk / "desk").mkdir()
    (desk / "desk" / "open.json").write_text("{}", encoding="utf-8")
    found = Office(desk)
    for told in (
        "../outside.txt",
        "output/../../outside.txt",
        "county.key",
        "desk/open.json",
        "a\0b",
        "/etc/passwd",
    ):
        assert found.inside(told) is None, told
    assert (
        found.inside("policies/catalogue.yaml") == (desk / "policies" / "catalogue.yaml").resolve()
    )


@given(st.text(max_size=200))
def test_every_name_becomes_a_name_inside_its_folder(told: str) -> None:
    name = safe_name(told)
    assert name and Path(name).name == name
    assert not name.startswith(("-", "."))
    assert safe_name(name) == name


def test_a_second_desk_of_a_folder_shows_the_first(desk: Path) -> None:
    with served(desk) as first, served(desk) as second:
        assert first == second


def test_a_task_says_what_it_did_and_outlives_the_desk(desk: Path) -> None:
    place = Office(desk)
    task = tasks.send(place, ["check"], title="check", language="zh")
    same = tasks.send(place, ["check"], title="check", language="zh")
    assert same.id == task.id  # a second click
    assert ended(task) == "done"
    assert task.command == "policycards check"
    again = tasks.read(place, task.id)
    assert again is not None and again.document == task.document
    assert [each["code"] for each in again.problems] == ["W423"]
    assert again.outcome == "questions" and again.summary


def test_a_task_that_finds_problems_says_so(desk: Path) -> None:
    task = tasks.send(
        Office(desk), ["roster", "check", "rosters/none.xlsx"], title="x", language="zh"
    )
    assert ended(task) == "problems"
    assert (task.outcome, task.files) == ("questions", ["output/errors.xlsx"])
    (found,) = task.problems
    assert (found["code"], found["file"]) == ("E100", "rosters/none.xlsx")


def test_a_task_that_is_stopped_before_it_has_begun_makes_nothing(desk: Path) -> None:
    arguments = ["print", "rosters/sample-village.xlsx", "--out", "output/x"]
    task = tasks.send(Office(desk), arguments, title="x", language="zh")
    task.stop()
    assert ended(task) == "stopped"
    assert not list(desk.glob("output/x/*/run/readback.json"))


def test_a_task_without_a_sign_of_life_is_cut_off_and_can_go_on(desk: Path) -> None:
    place = Office(desk)
    folder = desk / "desk" / "errands" / "20200101-000000-abcdef"
    folder.mkdir(parents=True)
    told = {
        "arguments": ["check"],
        "title": "x",
        "then": "",
        "page": "/",
        "started": "2020-01-01T00:00:00+08:00",
    }
    (folder / "errand.json").write_text(json.dumps(told), encoding="utf-8")
    cut = tasks.read(place, folder.name)
    assert cut is not None and cut.state == "cut"
    assert ended(tasks.again(place, cut, "zh")) == "done"
    tasks.tidy(place)
    assert tasks.read(place, folder.name) is None


def test_no_id_leads_out_of_the_folder_of_errands(desk: Path) -> None:
    for name in ("..", "../errands", "a/b", ""):
        assert tasks.read(Office(desk), name) is None


def test_the_first_screen_tells_what_needs_doing_in_both_languages(desk: Path) -> None:
    with at_the_desk(desk) as page:
        expect(page.get_by_role("heading", name="首页")).to_be_visible()
        expect(page.get_by_text("还没有懂藏文的人审读")).to_be_visible()
        is_open_to_all(page)
        page.get_by_role("button", name="བོད་ཡིག").click()
        expect(page.get_by_role("heading", name="གཙོ་ངོས།")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == "bo"


def test_no_two_addresses_have_one_name() -> None:
    rooms = sorted((ROOT / "policycards" / "desk").rglob("*.py"))
    rooms = [each for each in rooms if each.name != "loading_screen.py"]
    code = "\n".join(room.read_text(encoding="utf-8") for room in rooms)
    names = re.findall(r"^ +(?:path|address)\(.*name=\"([a-z-]+)\"", code, re.MULTILINE)
    names += re.findall(r"^urls = \[(?:path|address)\(.*name=\"([a-z-]+)\"", code, re.MULTILINE)
    assert len(names) > 40
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_no_screen_takes_printed_lines_apart() -> None:
    """What a command came to is in ``result.json``; its output is only kept for who repairs it."""
    readers = [
        (file.name, line.strip())
        for file in sorted((ROOT / "policycards" / "desk").rglob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if "out.txt" in line or "err.txt" in line
    ]
    assert readers == [
        (
            "tasks.py",
            'with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:',
        )
    ]


def test_a_list_is_deleted_with_what_its_checks_made_and_no_other(tmp_path: Path) -> None:
    place = Office(office(tmp_path))
    for name in ("sample-village-clean.xlsx", "sample-village.xlsx"):
        made = tmp_path / "output" / "lists" / Path(name).stem
        made.mkdir(parents=True)
        (made / "errors.xlsx").write_bytes(b"")
    shutil.copy(tmp_path / "rosters/sample-village.xlsx", tmp_path / "rosters/other.xlsx")
    found = roster_list.find(place, "sample-village.xlsx")
    assert found
    roster_list.delete(found)
    assert [each.name for each in roster_list.lists(place)] == ["other.xlsx"]
    assert [each.name for each in (tmp_path / "output/lists").iterdir()] == ["sample-village-clean"]
