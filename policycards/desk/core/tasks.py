"""Background tasks: commands that run as processes of their own. A task's state lives in its
folder.

A task outlives the desk and a reload of the page. ``policycards.cli.task_runner`` runs it: it keeps
the output of the command, touches ``beat`` while it works, writes ``result.json`` and at the end
``done.json``. Without a beat and without an end, the task was cut off: power, or a killed process.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree

from policycards.desk.core.office_folder import Office

SILENT = 15
"""Seconds without a beat after which a task counts as cut off."""
KEPT = timedelta(days=60)
_DETACHED = 0
"""Windows flags that detach the process and hide its window (POSIX: ``start_new_session``)."""
if sys.platform == "win32":
    _DETACHED = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
_OWN: list[subprocess.Popen[bytes]] = []
"""The processes that this desk started: asked now and then, so that none stays behind as a
zombie.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A command on its way or done. ``then`` is the page that goes on from its result, ``page``
    where it came from.
    """

    id: str
    arguments: tuple[str, ...]
    title: str
    then: str
    page: str
    started: datetime
    folder: Path

    @property
    def command(self) -> str:
        """The command as a person would type it."""
        return subprocess.list2cmdline(["policycards", *self.arguments])

    @property
    def code(self) -> int | None:
        """What the command ended with: 0 done, 1 problems found, 2 wrongly used; None while there
        is no end.
        """
        done = _read(self.folder / "done.json")
        return int(str(done["code"])) if done else None

    @property
    def state(self) -> str:
        """``running, stopping, done, problems, stopped, cut``."""
        code, stop = self.code, (self.folder / "stop").exists()
        if code is not None:
            return "stopped" if stop and code else "problems" if code else "done"
        if time.time() - self._last_beat() > SILENT:
            return "cut"
        return "stopping" if stop else "running"

    @property
    def outcome(self) -> str:
        """The state as a person sees it: what has ended is ``done``, done with ``questions``, or
        ``refused``, when nothing was made.
        """
        if self.state == "done":
            return "questions" if self.problems else "done"
        if self.state == "problems":
            return "questions" if self.files else "refused"
        return self.state

    @property
    def is_under_way(self) -> bool:
        return self.state in ("running", "stopping")

    @property
    def is_server(self) -> bool:
        """Whether it serves until it is stopped, and so is nothing to wait for."""
        return "serve" in self.arguments[:2]

    @property
    def is_given_up(self) -> bool:
        """Whether it was stopped for good."""
        return (_text(self.folder / "stop")) == "cancel"

    @property
    def document(self) -> dict[str, object] | None:
        """The ``result.json`` of the command, ``command, code, summary, files, problems, result``;
        None while it runs and where it ended before it could answer.
        """
        return _read(self.folder / "result.json")

    @property
    def summary(self) -> list[str]:
        """What it came to, in sentences for people."""
        found = self.document["summary"] if self.document else []
        assert isinstance(found, list)
        return [str(each) for each in found]

    @property
    def problems(self) -> list[dict[str, object]]:
        """What was wrong: ``code, severity, file, line, column, message, hint`` of each."""
        found = self.document["problems"] if self.document else []
        assert isinstance(found, list)
        return found

    @property
    def files(self) -> list[str]:
        """What it wrote, by paths from the office's folder."""
        found = self.document["files"] if self.document else []
        assert isinstance(found, list)
        return [str(each) for each in found]

    @property
    def facts(self) -> dict[str, object] | None:
        """The data of its result, with its problems; None where it came to none."""
        result = self.document["result"] if self.document else None
        if not isinstance(result, dict) or not result:
            return None
        cells = result.get("cells") or [{} for _each in self.problems]
        joined = [each | cell for each, cell in zip(self.problems, cells, strict=True)]
        return {"problems": joined, **result}

    @property
    def progress(self) -> dict[str, object]:
        """How far it is, where the command tells: ``cards, of, villages, of_villages``."""
        return _read(self.folder / "progress.json") or {}

    def stop(self, *, for_good: bool = False) -> None:
        """Ask the command to stop, as Ctrl-C would: what is finished stays, and it can go on
        later.
        """
        (self.folder / "stop").write_text("cancel" if for_good else "pause", encoding="utf-8")

    def _last_beat(self) -> float:
        try:
            return (self.folder / "beat").stat().st_mtime
        except OSError:
            return self.started.timestamp()


def send(
    office: Office,
    arguments: Sequence[str],
    *,
    title: str,
    language: str,
    then: str = "",
    page: str = "/",
) -> Task:
    """Send a command out; the one under way where the same was sent before (two tabs, a second
    click).
    """
    same = (each for each in running(office) if each.arguments == tuple(arguments))
    if found := next(same, None):
        return found
    now = datetime.now().astimezone()
    folder = office.memory / "errands" / f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    folder.mkdir(parents=True, mode=0o700)
    facts = {
        "arguments": list(arguments),
        "title": title,
        "then": then,
        "page": page,
        "started": now.isoformat(),
    }
    (folder / "errand.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    _start(office, folder, language)
    task = read(office, folder.name)
    assert task is not None
    return task


def again(office: Office, task: Task, language: str) -> Task:
    """Send the same command again: what is finished is not done twice."""
    return send(
        office,
        task.arguments,
        title=task.title,
        language=language,
        then=task.then,
        page=task.page,
    )


def _start(office: Office, folder: Path, language: str) -> None:
    key = {"POLICYCARDS_KEY_FILE": str(office.key)} if office.key else {}
    own = ("DJANGO_SETTINGS_MODULE", "POLICYCARDS_DESK_SECRET")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in own},
        **key,
        "PYTHONUTF8": "1",
        "POLICYCARDS_LANG": language,
    }
    _OWN[:] = [each for each in _OWN if each.poll() is None]
    with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
        running = subprocess.Popen(
            [sys.executable, "-m", "policycards.cli.task_runner", str(folder)],
            cwd=office.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
            creationflags=_DETACHED,
        )
    _OWN.append(running)


def history(office: Office) -> Iterator[Task]:
    """All that is remembered, the latest first."""
    yield from (each for each in (read(office, folder.name) for folder in _folders(office)) if each)


def running(office: Office) -> Iterator[Task]:
    """Those under way, the latest first; of those that have ended nothing is read, since every
    screen asks.
    """
    unfinished = (folder for folder in _folders(office) if not (folder / "done.json").exists())
    yield from (
        each
        for each in (read(office, folder.name) for folder in unfinished)
        if each and each.is_under_way
    )


def _folders(office: Office) -> list[Path]:
    folder = office.memory / "errands"
    return sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []


def read(office: Office, name: str) -> Task | None:
    """A task by its id; None where there is none."""
    folder = office.memory / "errands" / name
    facts = _read(folder / "errand.json") if name.replace("-", "").isalnum() else None
    if facts is None:
        return None
    arguments = facts["arguments"]
    assert isinstance(arguments, list)
    return Task(
        id=name,
        arguments=tuple(map(str, arguments)),
        title=str(facts["title"]),
        then=str(facts["then"]),
        page=str(facts["page"]),
        started=datetime.fromisoformat(str(facts["started"])),
        folder=folder,
    )


def latest(office: Office, *arguments: str) -> Task | None:
    """The latest task whose command begins with some words."""
    return next(
        (each for each in history(office) if each.arguments[: len(arguments)] == arguments), None
    )


def moment(stamp: float) -> str:
    """A moment in the name of a file."""
    return f"{datetime.fromtimestamp(stamp):%Y%m%d-%H%M%S}"


def tidy(office: Office) -> None:
    """Forget tasks that ended long ago, and pictures that were drawn then."""
    oldest = datetime.now().astimezone() - KEPT
    for each in list(history(office)):
        if each.started < oldest and not each.is_under_way:
            rmtree(each.folder, ignore_errors=True)
    for picture in sorted((office.memory / "pictures").glob("*.png")):
        if picture.stat().st_mtime < oldest.timestamp():
            picture.unlink(missing_ok=True)


def _read(file: Path) -> dict[str, object] | None:
    """None where it is not there yet, or just being written."""
    return _dict(_text(file))


def _dict(text: str) -> dict[str, object] | None:
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
