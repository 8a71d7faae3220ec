"""Windows, as far as it can be tried without it: the starter's text, a GBK console, files that are
held open.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from command import ROOT
from desks import office

from policycards.cli import output
from policycards.desk.core.access import TYPES
from policycards.desk.core.tasks import Task
from policycards.services.result import Progress
from policycards.tables.xlsx_writer import Column, Sheet, write_book

STARTER = (ROOT / "desk.bat").read_bytes()
LINES = STARTER.decode("ascii").split("\r\n")


def test_the_starter_is_plain_for_every_code_page_with_the_line_ends_of_windows() -> None:
    assert STARTER.isascii()
    assert STARTER.endswith(b"\r\n")
    assert STARTER.count(b"\n") == STARTER.count(b"\r\n") == STARTER.count(b"\r")
    assert "*.bat -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8")


def test_the_starter_goes_only_where_there_is_something_and_keeps_its_window_on_an_error() -> None:
    text = "\n".join(LINES)
    marks = {line[1:] for line in LINES if line.startswith(":")}
    assert set(re.findall(r"\bgoto (\w+)", text)) <= marks
    assert not any(
        re.match(r"\s*(if|for)\b.*\($", line) for line in LINES
    )  # a path with a bracket would end the block
    failing = text[text.index("\n:failed") :]
    assert "\npause\n" in failing and "exit /b 1" in failing
    for line in LINES:
        if not line.startswith("rem") and any(
            told in line for told in ("-m pip", "-m venv", '" desk ')
        ):
            assert "if errorlevel 1 goto failed" in LINES[LINES.index(line) + 1]


def test_what_the_starter_has_python_say_is_chinese() -> None:
    said = [re.search(r'-c "(print\(.*\))"', line) for line in LINES]
    told = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", each[1]], capture_output=True, check=True
        ).stdout.decode()
        for each in said
        if each
    ]
    assert [line.strip() for line in told] == [
        "第一次使用：正在安装，要几分钟。",
        "没有成功。原因见上面几行；怎么办见 docs\\windows.md。",
    ]


def test_the_starter_asks_for_what_the_project_has() -> None:
    text = STARTER.decode("ascii")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11"' in project and "(3, 11)" in text
    assert "ledger = [" in project and '".[ledger]"' in text
    assert (ROOT / "constraints.txt").is_file() and (ROOT / "docs" / "windows.md").is_file()
    assert 'from policycards.cli import main; main()" desk "%OFFICE%"' in text


def test_the_desk_opens_on_a_console_of_gbk(tmp_path: Path) -> None:
    folder = office(tmp_path / "单位 ཁང་")
    environment = {
        **os.environ,
        "PYTHONIOENCODING": "gbk",
        "PYTHONUNBUFFERED": "1",
        "POLICYCARDS_LANG": "bo",
    }
    program = [sys.executable, "-c", "from policycards.cli import main; main()"]
    with subprocess.Popen(
        [*program, "desk", str(folder), "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    ) as running:
        assert running.stdout
        said = running.stdout.readline() + running.stdout.readline()
        running.send_signal(signal.SIGINT)
        running.wait(30)
    assert "http://127.0.0.1:" in said.decode("gbk")


def test_a_command_is_shown_as_the_console_of_windows_takes_it(tmp_path: Path) -> None:
    told = ("print", "rosters/名单 一.xlsx", "--map", "a=b", "--out", "output\\x\\")
    task = Task("x", told, "", "", "/", datetime.now().astimezone(), tmp_path)
    assert task.command == 'policycards print "rosters/名单 一.xlsx" --map a=b --out output\\x\\'


def test_types_of_pages_do_not_come_from_the_registry() -> None:
    assert TYPES[".js"].startswith(
        "text/javascript"
    )  # else a browser that sniffs nothing runs no script


def test_how_far_a_run_is_does_not_stop_it_while_the_desk_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "progress.json"
    monkeypatch.setattr(output, "_task", tmp_path)
    with output.progress() as listener:
        listener(Progress("printing", 20, 40, 1, 2))
        before = file.read_text(encoding="utf-8")
        with monkeypatch.context() as held:
            held.setattr(Path, "replace", _refused)
            listener(Progress("printing", 40, 40, 2, 2))
        assert file.read_text(encoding="utf-8") == before
        listener(Progress("printing", 40, 40, 2, 2))
    assert '"cards": 40' in file.read_text(encoding="utf-8")


def test_a_workbook_that_excel_holds_open_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "名单.xlsx"
    book.write_bytes(b"as it was")
    monkeypatch.setattr(Path, "replace", _refused)
    with pytest.raises(PermissionError):
        write_book(book, [Sheet("a", "", (Column("a", "b"),), [["c"]])])
    assert [file.name for file in tmp_path.iterdir()] == ["名单.xlsx"]
    assert book.read_bytes() == b"as it was"


def _refused(draft: Path, target: Path) -> Path:
    raise PermissionError(
        13, "The process cannot access the file because it is being used by another process", target
    )
