"""`policycards print` killed at any moment: the same command makes what an undisturbed run makes,
byte for byte.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import light
import pytest
from command import ROOT
from sample_run import DAY, Office

KILLS = 12


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three villages of six households."""
    folder = tmp_path_factory.mktemp("roster")
    Office.of(folder)
    return folder / "sample.xlsx"


def started(roster: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """The command in a process group of its own, as a terminal starts it."""
    arguments = ["print", roster, "--as-of", DAY, "--workers", workers, "--spare", 1, "--out", out]
    return subprocess.Popen(
        [sys.executable, "-c", "from policycards.cli import main; main()", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "POLICYCARDS_LANG": "en"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finished(roster: Path, out: Path, workers: int) -> dict[str, bytes]:
    running = started(roster, out, workers)
    _out, err = running.communicate()
    assert (running.returncode, err) == (0, b"")
    return light.contents(out)


def test_a_print_killed_at_random_points_comes_out_as_if_nothing_had_happened(
    roster: Path, tmp_path: Path
) -> None:
    begun = time.monotonic()
    undisturbed = finished(roster, tmp_path / "undisturbed", 2)
    seconds = time.monotonic() - begun
    assert len([name for name in undisturbed if name.endswith("cards.pdf")]) == 3
    seeded, number, disturbed = random.Random(7), 0, 0
    for kill in range(KILLS):
        out = tmp_path / str(number)
        running = started(roster, out, 1 + kill % 2)
        time.sleep(seeded.uniform(0.15, 0.95) * seconds)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            disturbed += 1
        running.communicate()
        found = light.contents(out)
        private = ("run/plan/", "run/parts/", ".part")
        whole = {
            name: data for name, data in found.items() if not any(each in name for each in private)
        }
        assert {name for name, data in whole.items() if data != undisturbed[name]} == set(), kill
        if kill % 3 == 2:
            assert finished(roster, out, 1 + number % 2) == undisturbed
            number += 1
    assert disturbed >= KILLS / 4  # otherwise nothing was tried
