"""docs/deploy.md says what the commands do, and the server that it starts answers."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from command import ROOT, policycards
from counties import print_run

from policycards.ledger.actions.backups import new_key
from policycards.ledger.models.areas import ROLES
from policycards.ledger.permissions import TIERS
from policycards.press.pack.reissue_list import HEADINGS

PAPER = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
LINES = [
    line.partition(" #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", PAPER, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("policycards ledger ") and " serve " not in line
]


def test_every_command_that_it_shows_does_its_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(LINES) >= 17
    printed = print_run(tmp_path / "printed", edition="2024b", villages=["549901101201"])
    (tmp_path / "policies").symlink_to(ROOT / "policies")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "2024b").symlink_to(printed.folder)
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters" / "list.xlsx").symlink_to(ROOT / "rosters" / "sample-village.xlsx")
    (tmp_path / "people.csv").write_text(
        "用户名,角色,区划代码,姓名\n一乡,township,549901101,\n", "utf-8"
    )
    (tmp_path / "reissue.csv").write_text(",".join(HEADINGS) + "\n", "utf-8")
    monkeypatch.setenv("POLICYCARDS_BACKUP_KEY", new_key())
    backup = tmp_path / "backup"
    backup.mkdir()
    for line in LINES:
        base = "restored" if " restore " in line else "ledger"
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / base}.sqlite3")
        said = policycards(
            *shlex.split(line.replace("/backup/", f"{backup}/"))[1:], folder=tmp_path
        )
        assert said.code == 0, (line, said.out, said.err)


def test_every_variable_and_role_that_there_is_stands_in_it() -> None:
    rooms = [ROOT / "policycards" / "ledger", ROOT / "policycards" / "services"]
    code = "\n".join(
        path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py")
    )
    for name in {*re.findall(r"\"(POLICYCARDS_[A-Z_]+|DATABASE_URL)\"", code)}:
        if name not in (
            "POLICYCARDS_LANG",
            "POLICYCARDS_KEY_FILE",
        ):  # of the other commands
            assert f"`{name}`" in PAPER
    roles = PAPER.split("## 六、")[1].split("### ")[0]
    assert set(re.findall(r"^\| `([a-z]+)` \|", roles, re.MULTILINE)) == set(ROLES) - {"operator"}


def test_its_table_of_what_is_shown_to_whom_is_that_of_the_program() -> None:
    for tier, roles in TIERS.items():
        (row,) = re.findall(rf"^\| `{tier}` \|.*$", PAPER, re.MULTILINE)
        assert set(re.findall(r"`([a-z]+)`", row.partition(f"`{tier}`")[2])) == {
            role for role in roles if role != "operator"
        }


def test_the_server_answers_and_stops_without_a_secret(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}",
        "POLICYCARDS_LANG": "en",
    }
    environment["POLICYCARDS_HOSTS"] = "127.0.0.1"
    command = [sys.executable, "-c", "from policycards.cli import main; main()", "ledger"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    refused = subprocess.run(
        [*command, "serve"],
        env={**environment, "POLICYCARDS_SECRET_KEY": ""},
        capture_output=True,
        text=True,
    )
    assert (refused.returncode, "error E695" in refused.stderr) == (2, True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, stdout=subprocess.PIPE
    )
    try:
        assert json.loads(_answer(f"http://127.0.0.1:{port}/health/")) == {"ok": True}
        with pytest.raises(urllib.error.HTTPError) as moved:
            _open(f"http://127.0.0.1:{port}/packs/")
        moved.value.close()
        assert (moved.value.code, moved.value.headers["Location"]) == (
            301,
            f"https://127.0.0.1:{port}/packs/",
        )
        page = _answer(f"http://127.0.0.1:{port}/login/", {"X-Forwarded-Proto": "https"})
        style = re.findall(r'href="(/static/[^"]+\.css)"', page)[0]
        assert "color" in _answer(f"http://127.0.0.1:{port}{style}", {"X-Forwarded-Proto": "https"})
    finally:
        server.terminate()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_told: object) -> None:
        return None


def _open(url: str, headers: dict[str, str] | None = None) -> str:
    request = urllib.request.Request(url, headers=headers or {})
    with urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({})).open(
        request, timeout=10
    ) as answer:
        return str(answer.read().decode("utf-8"))


def _answer(url: str, headers: dict[str, str] | None = None) -> str:
    """What a server says, as soon as it is there."""
    for _time in range(200):
        try:
            return _open(url, headers)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise TimeoutError(url)
