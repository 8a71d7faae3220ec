"""`policycards print` killed at any step: the same command makes what an undisturbed run makes,
byte for byte.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import light
import pytest
from command import ROOT
from sample_run import DAY, Office

COUNTED = Path(__file__).with_name("counted")
NEVER = 1 << 30
PRIVATE = ("run/plan/", "run/parts/", ".part")


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three villages of six households."""
    folder = tmp_path_factory.mktemp("roster")
    Office.of(folder)
    return folder / "sample.xlsx"


def print_counted(roster: Path, out: Path, who: str, last: int) -> None:
    """The command in a process group of its own, as a terminal starts it, killed with its worker
    when one of them takes its last step.
    """
    arguments = ["print", roster, "--as-of", DAY, "--workers", 1, "--spare", 1, "--out", out]
    with subprocess.Popen(
        [sys.executable, "-c", "from policycards.cli import main; main()", *map(str, arguments)],
        cwd=ROOT,
        env={
            **os.environ,
            "POLICYCARDS_LANG": "en",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([str(COUNTED), str(ROOT)]),
            "COUNTED": f"{who}:{last}:{out}",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        assert running.stderr is not None
        errors = running.stderr.read()
    assert (running.returncode, errors) == (-signal.SIGKILL if last < NEVER else 0, b"")


@dataclass(frozen=True)
class Undisturbed:
    """What a run makes when nothing happens, and in how many steps of each process."""

    contents: dict[str, bytes]
    main: int
    worker: int


@pytest.fixture(scope="module")
def undisturbed(roster: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    steps = {}
    for who in ("main", "worker"):
        print_counted(roster, folder / who, who, NEVER)
        steps[who] = int((folder / f"{who}-{who}-steps").read_text(encoding="utf-8"))
    contents = light.contents(folder / "main")
    assert contents == light.contents(folder / "worker")
    assert len([name for name in contents if name.endswith("cards.pdf")]) == 3
    return Undisturbed(contents, **steps)


@pytest.mark.parametrize("part", [0.2, 0.7])
def test_a_print_killed_in_its_villages_comes_out_as_if_nothing_had_happened(
    part: float, roster: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for who, last in (("worker", int(part * undisturbed.worker)), ("main", int(part * 20))):
        print_counted(roster, out, who, last)
        assert [
            name
            for name, data in light.contents(out).items()
            if not any(each in name for each in PRIVATE) and data != undisturbed.contents[name]
        ] == []
    print_counted(roster, out, "main", NEVER)
    assert light.contents(out) == undisturbed.contents


@pytest.mark.parametrize("before_the_end", [2, 12])
def test_a_print_killed_while_it_merges_is_finished(
    before_the_end: int, roster: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    print_counted(roster, tmp_path, "main", undisturbed.main - before_the_end)
    print_counted(roster, tmp_path, "main", NEVER)
    assert light.contents(tmp_path) == undisturbed.contents
