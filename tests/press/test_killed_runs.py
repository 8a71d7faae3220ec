"""A run that is killed, at any moment and in any way: nothing is there by halves, and the same
command finishes it.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import light
import psutil
import pytest

VILLAGES = 24
SECONDS = 0.02


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The contents of a run's folder when nothing happened."""
    out = tmp_path_factory.mktemp("undisturbed")
    assert light.printed(out, light.village_jobs(VILLAGES)).is_whole
    return light.contents(out)


def press(out: Path, workers: int, seconds: float = SECONDS) -> subprocess.Popen[str]:
    """A press in a process group of its own, as a terminal starts it."""
    return subprocess.Popen(
        [sys.executable, light.__file__, str(out), str(workers), str(VILLAGES), str(seconds)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_until_told(running: subprocess.Popen[str], villages: int) -> None:
    """Until the press has told of so many villages, those too that were there before, or has
    ended.
    """
    assert running.stdout is not None
    for line in running.stdout:
        villages -= line.startswith("village")
        if villages <= 0:
            return


def is_sound(out: Path, undisturbed: dict[str, bytes]) -> bool:
    """Whether every file that has its final name is whole and as it should be."""
    found = light.contents(out)
    finished = {name for name in found if not name.endswith(".part")}
    parts = {name for name in finished if name.startswith("run/parts/")}
    whole = all(found[name] == undisturbed[name] for name in finished - parts)
    return whole and all(found[name].endswith(b"PAR1") for name in parts)


@pytest.mark.parametrize("workers", [1, 3])
def test_a_run_killed_at_random_points_comes_out_as_if_nothing_had_happened(
    workers: int, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    seeded = random.Random(workers)
    runs, out = 0, tmp_path / "0"
    for number in range(13):
        running = press(out, workers)
        there = len(list((out / "run/villages").glob("5*.json")))
        wait_until_told(running, seeded.randint(there, VILLAGES))
        time.sleep(seeded.uniform(0, 0.1))
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        assert is_sound(out, undisturbed), number
        if light.contents(out) == undisturbed:
            runs, out = runs + 1, tmp_path / str(runs + 1)
    assert light.printed(out, light.village_jobs(VILLAGES), workers=workers).is_whole
    assert light.contents(out) == undisturbed


def test_workers_end_when_the_press_is_killed(tmp_path: Path) -> None:
    running = press(tmp_path / "out", 2, seconds=0.3)
    wait_until_told(running, 2)
    workers = psutil.Process(running.pid).children(recursive=True)
    running.kill()
    running.communicate()
    assert len(workers) >= 2
    assert psutil.wait_procs(workers, timeout=120)[1] == []


def test_ctrl_c_ends_a_run_cleanly_and_the_same_command_goes_on(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    running = press(tmp_path, 2, seconds=0.1)
    wait_until_told(running, 3)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=300)
    done, left, interrupted = map(int, out.splitlines()[-1].split())
    assert (running.returncode, err, interrupted) == (1, "", 1)
    assert done >= 3 and left > 0 and done + left == VILLAGES
    assert len(list((tmp_path / "run/villages").iterdir())) == done
    assert is_sound(tmp_path, undisturbed) and not list(tmp_path.rglob("*.part"))
    assert light.printed(tmp_path, light.village_jobs(VILLAGES)).is_whole
    assert light.contents(tmp_path) == undisturbed


def test_a_second_ctrl_c_does_not_wait_for_villages(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    running = press(tmp_path, 2, seconds=60)
    wait_until_told(running, 0)
    while (
        len(psutil.Process(running.pid).children()) < 3
    ):  # two workers and Python's own tracker of resources
        time.sleep(0.01)
    for pause in (0.5, 0.5, 5, 5):  # two that come while a process is being started are one
        time.sleep(pause)
        if running.poll() is not None:
            break
        os.killpg(running.pid, signal.SIGINT)
    out, _ = running.communicate(timeout=300)
    assert out.splitlines()[-1] == f"0 {VILLAGES} 1"
    assert is_sound(tmp_path, undisturbed)


def test_a_killed_worker_costs_no_village(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_a_worker(progress: light.Progress) -> None:
        if progress.done in (3, 9):
            worker = multiprocessing.active_children()[0]
            worker.kill()
            assert worker.pid is not None
            killed.append(worker.pid)

    summary = light.printed(
        tmp_path, light.village_jobs(VILLAGES), light.Light(SECONDS), tell=kill_a_worker
    )
    assert len(killed) >= 2
    assert summary.is_whole and summary.done == VILLAGES
    assert light.contents(tmp_path) == undisturbed


def test_a_village_that_kills_its_worker_each_time_is_told_and_the_others_are_printed(
    tmp_path: Path,
) -> None:
    summary = light.printed(tmp_path, light.village_jobs(8), light.Light(0.01, deadly=("04",)))
    assert (summary.done, summary.failed, summary.left) == (7, 1, 0)
    assert [str(each) for each in summary.problems] == [
        "549901/549901100004: error E707: this village has ended its worker each time it was tried,"
        " the last time alone"
    ]
    assert not list(tmp_path.rglob("*.part"))


def test_a_run_whose_workers_all_die_is_stopped(tmp_path: Path) -> None:
    summary = light.printed(
        tmp_path, light.village_jobs(9), light.Light(deadly=tuple("0123456789"))
    )
    assert (summary.done, summary.failed, summary.left) == (0, 2, 7)
    (stopped,) = (each for each in summary.problems if each.code == "E708")
    assert (
        stopped.hint()
        == "Close other programs to have more memory, and start the same command again with"
        " --workers 1."
    )
