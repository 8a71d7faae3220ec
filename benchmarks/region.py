"""From CSV to packs at growing sizes: cards a second, memory of planner and workers, bytes a card;
one village cold.

``region.py 968000`` measures a whole region, and draws what was measured so far into
``region.png``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TypedDict

import eight
import matplotlib
from timing import PYTHON, ROOT

SIZES = (1_000, 10_000)
WORKERS = 2
KEPT = Path(__file__).with_name("region.json")


class Measured(TypedDict):
    """One run: seconds of wall and CPU, MB of the planner and of the largest worker, bytes a
    card.
    """

    cards: int
    wall: float
    cpu: float
    planner: float
    worker: float
    bytes: float


def measured(households: int) -> Measured:
    """Print a made-up roster of so many households of ``eight``."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        eight.prepared(folder, households)
        command = [
            PYTHON,
            "-c",
            "from policycards.cli import main; main()",
            "print",
            folder / "roster",
        ]
        form = [
            "--design",
            "a5",
            "--workers",
            WORKERS,
            "--out",
            folder / "out",
        ]
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        running = subprocess.Popen(
            [*map(str, command), *map(str, form), "--policies", str(folder / "policies")],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        planner, worker = highest(running)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        assert running.returncode == 0
        size = sum(file.stat().st_size for file in folder.glob("out/**/cards.pdf"))
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(
        cards=households,
        wall=wall,
        cpu=cpu,
        planner=planner,
        worker=worker,
        bytes=round(size / households),
    )


def highest(running: subprocess.Popen[bytes]) -> tuple[float, float]:
    """The most MB that a process and the largest of its children took, until it ends."""
    own, children = 0.0, 0.0
    while running.poll() is None:
        listed = subprocess.run(
            ["ps", "-o", "pid=,rss=", "-p", str(running.pid), "--ppid", str(running.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        for line in listed.stdout.splitlines():
            pid, kilobytes = map(int, line.split())
            if pid == running.pid:
                own = max(own, kilobytes / 1024)
            else:
                children = max(children, kilobytes / 1024)
        time.sleep(0.2)
    return own, children


def drawn(runs: list[Measured]) -> None:
    """Cards a second and memory against the size of a run."""
    matplotlib.use("agg")
    from matplotlib import pyplot

    cards = [run["cards"] for run in runs]
    figure, (speed, memory) = pyplot.subplots(1, 2, figsize=(9, 3.6), constrained_layout=True)
    speed.plot(cards, [run["cards"] / run["wall"] for run in runs], "ko-")
    speed.set(title="cards a second", xlabel="cards in the run", xscale="log", ylim=(0, None))
    for name, style in (("planner", "ko-"), ("worker", "k^--")):
        memory.plot(cards, [run[name] for run in runs], style, label=name)  # type: ignore[literal-required]
    memory.set(title="MB of memory", xlabel="cards in the run", xscale="log", yscale="log")
    memory.legend()
    figure.savefig(KEPT.with_suffix(".png"), dpi=110)


def main() -> None:
    kept: list[Measured] = json.loads(KEPT.read_text()) if KEPT.exists() else []
    runs = {run["cards"]: run for run in kept}
    for size in [int(told) for told in sys.argv[1:]] or SIZES:
        run = runs[size] = measured(size)
        print(
            f"{size} cards: {run['wall']:.0f} s, {size / run['wall']:.0f} cards a second,"
            f" {run['cpu']:.0f} s of CPU, planner {run['planner']:.0f} MB, worker"
            f" {run['worker']:.0f} MB, {run['bytes']:.0f} bytes a card"
        )
    told = [runs[size] for size in sorted(runs)]
    KEPT.write_text(json.dumps(told, indent=1) + "\n")
    drawn(told)
    one = measured(200)
    print(f"one village of 200 households, cold: {one['cpu']:.2f} s of CPU")


if __name__ == "__main__":
    main()
