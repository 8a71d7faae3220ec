"""Printing a run: what is there stays, what is damaged or missing is made again, what fails is
told.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import light
import polars as pl
import pytest
from light import Light, Progress

from policycards.press.execution.jobs import Completed, Failed, Job
from policycards.press.execution.scheduler import ONE_THREAD, ProcessExecutor
from policycards.press.execution.worker import RunContext, context_of, work
from policycards.press.run.print_loop import print_run
from policycards.press.storage.store import Folder, open_run

JOBS = light.village_jobs(6)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run to which nothing happened."""
    out = tmp_path_factory.mktemp("undisturbed")
    assert light.printed(out, JOBS, workers=1).is_whole
    return out


def copy(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))


def context(out: Path) -> RunContext:
    return context_of(light.started(Folder(out)), partial(light.opened, Light()))


def test_a_run_is_packs_checkpoints_and_one_manifest(undisturbed: Path) -> None:
    names = [
        name for name in light.contents(undisturbed) if "00002" not in name and "00003" not in name
    ]
    assert [
        name
        for name in names
        if "00004" not in name and "00005" not in name and "00006" not in name
    ] == [
        "549901/549901100001/cards.pdf",
        "549901/549901100001/cover.pdf",
        "run/manifest-cards.parquet",
        "run/manifest-lines.parquet",
        "run/manifest.json",
        "run/run.json",
        "run/villages/549901100001.json",
    ]
    cards = pl.read_parquet(undisturbed / "run/manifest-cards.parquet")
    lines = pl.read_parquet(undisturbed / "run/manifest-lines.parquet")
    assert cards["area"].unique(maintain_order=True).to_list() == [job.area for job in JOBS]
    assert cards["code"].n_unique() == cards.height == 42
    assert lines["code"].to_list() == [code for code in cards["code"] for _ in range(2)]


def test_what_says_who_gets_what_is_for_its_owner_only(undisturbed: Path) -> None:
    modes = {
        file.name: file.stat().st_mode & 0o777
        for file in (undisturbed / "run").iterdir()
        if file.is_file()
    }
    assert modes["manifest-lines.parquet"] == 0o600
    assert modes["manifest-cards.parquet"] == modes["run.json"] == 0o666 & ~_umask()


def _umask() -> int:
    umask = Path("/proc/self/status").read_text(encoding="utf-8").partition("Umask:")[2].split()[0]
    return int(umask, 8)


def test_one_worker_or_ten_and_any_order_of_the_villages_give_the_same_bytes(
    undisturbed: Path, tmp_path: Path
) -> None:
    assert light.printed(tmp_path, JOBS[::-1], workers=10).is_whole
    assert light.contents(tmp_path) == light.contents(undisturbed)


def test_run_json_has_no_clock_and_its_id_is_of_the_inputs(undisturbed: Path) -> None:
    told = json.loads((undisturbed / "run/run.json").read_text(encoding="utf-8"))
    assert told == {
        "id": told["id"],
        "inputs": {"as_of": "2024-07-01", "roster": "a1"},
        "versions": light.VERSIONS,
        "counts": {"villages": 24},
    }
    assert len(told["id"]) == 32


def test_progress_is_told_village_by_village(tmp_path: Path) -> None:
    told: list[Progress] = []
    light.printed(tmp_path, JOBS, Light(faulty=("03",)), workers=1, tell=told.append)
    assert told[0] == Progress(done=1, failed=0, left=5, cards=7, cards_left=35)
    assert told[-1] == Progress(done=5, failed=1, left=0, cards=35, cards_left=0)


def test_workers_have_one_numeric_thread_each_and_we_keep_ours(tmp_path: Path) -> None:
    before = dict(os.environ)
    run = light.started(Folder(tmp_path))
    assert print_run(run, light.threads, JOBS[:1], ProcessExecutor(1)).is_whole
    told = json.loads((tmp_path / JOBS[0].folder / "threads.json").read_bytes())
    assert told == {"polars": 1, **dict.fromkeys(ONE_THREAD, "1")}
    assert dict(os.environ) == before


def test_a_folder_of_another_run_is_refused_and_told_what_differs(undisturbed: Path) -> None:
    versions = light.VERSIONS | {"polars": "1.0.0"}
    run, problems = open_run(
        Folder(undisturbed), {"roster": "b2", "as_of": "2024-07-01"}, versions, {}
    )
    assert run is None
    assert [str(each) for each in problems] == [
        f"{undisturbed}: error E700: this folder holds a run of other inputs, and cards of two runs"
        f" must not mix; these differ: roster (a1, now b2), polars ({light.VERSIONS['polars']}, now"
        " 1.0.0)"
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 3}'])
def test_a_folder_whose_run_cannot_be_told_is_refused(text: str, tmp_path: Path) -> None:
    Folder(tmp_path).write([("run/run.json", text.encode())])
    assert [each.code for each in open_run(Folder(tmp_path), {}, light.VERSIONS, {})[1]] == ["E701"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    problems = open_run(Folder(tmp_path / "file"), {}, light.VERSIONS, {})[1]
    assert [str(each) for each in problems] == [
        f"{tmp_path}/file: error E703: nothing can be written here: Not a directory"
    ]


def damage(name: str) -> Callable[[Path], object]:
    return lambda out: (out / name).write_bytes((out / name).read_bytes()[:-1] + b"?")


def remove(name: str) -> Callable[[Path], object]:
    return lambda out: (out / name).unlink()


@pytest.mark.parametrize(
    ("harm", "made"),
    [
        (damage("549901/549901100002/cards.pdf"), ["549901100002"]),
        (remove("549901/549901100002/cover.pdf"), ["549901100002"]),
        (damage("run/villages/549901100004.json"), ["549901100004"]),
        (remove("run/villages/549901100005.json"), ["549901100005"]),
        (remove("run/manifest.json"), [job.area for job in JOBS]),
        (damage("run/manifest-lines.parquet"), [job.area for job in JOBS]),
        (remove("run/manifest-cards.parquet"), [job.area for job in JOBS]),
        (lambda out: None, []),
    ],
)
def test_only_what_is_damaged_is_made_again(
    harm: Callable[[Path], object], made: list[str], undisturbed: Path, tmp_path: Path
) -> None:
    out = copy(undisturbed, tmp_path / "out")
    packs = {job.area: (out / job.folder / "cards.pdf").stat().st_ino for job in JOBS}
    harm(out)
    assert light.printed(out, JOBS, workers=1).is_whole
    assert light.contents(out) == light.contents(undisturbed)
    assert made == [
        job.area
        for job in JOBS
        if (out / job.folder / "cards.pdf").stat().st_ino != packs[job.area]
    ]


def test_a_village_that_fails_is_told_without_what_the_error_says_and_is_made_later(
    undisturbed: Path, tmp_path: Path
) -> None:
    summary = light.printed(tmp_path, JOBS, Light(faulty=("02", "05")))
    assert (summary.done, summary.failed, summary.left, summary.cards, summary.is_whole) == (
        4,
        2,
        0,
        28,
        False,
    )
    assert [str(each).partition(".py")[0] for each in summary.problems] == [
        f"549901/54990110000{number}: error E705: "
        "this village could not be made, by a fault of the program: KeyError at light"
        for number in (2, 5)
    ]
    assert pl.read_parquet(tmp_path / "run/manifest-cards.parquet").height == 28
    assert light.printed(tmp_path, JOBS).is_whole
    assert light.contents(tmp_path) == light.contents(undisturbed)


def test_a_household_that_fails_does_not_stop_its_village(tmp_path: Path) -> None:
    first = light.printed(tmp_path, JOBS, Light(poor=("06",)))
    assert (first.done, len(first.households), first.is_whole) == (6, 1, False)
    assert [each.code for each in first.problems] == ["E915"]
    assert light.printed(tmp_path, JOBS, Light(poor=("06",))) == first


def test_drafts_that_a_power_cut_left_are_swept(undisturbed: Path, tmp_path: Path) -> None:
    out = copy(undisturbed, tmp_path / "out")
    (out / "549901/549901100002/.cards.pdf.0a1b2c3d.part").write_bytes(b"%PDF")
    (out / "run/.manifest-cards.parquet.0a1b2c3d.part").write_bytes(b"PAR1")
    assert light.printed(out, JOBS, workers=1).is_whole
    assert light.contents(out) == light.contents(undisturbed)


def test_two_presses_do_not_print_into_one_folder(undisturbed: Path) -> None:
    run = light.started(Folder(undisturbed))
    with run.store.locked("run/run.json") as is_ours:
        assert is_ours
        summary = light.printed(undisturbed, JOBS)
    assert (summary.done, summary.left) == (0, 6)
    assert [str(each) for each in summary.problems] == [
        f"{undisturbed}: error E719: another press is printing into this folder"
    ]
    assert light.printed(undisturbed, JOBS).is_whole


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], object]]:
    """A folder on a disk of 128 KB; or, without the right to mount one, files of at most 8 KB.
    Gives what ends that.
    """
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield lambda: subprocess.run(
                ["mount", "-o", "remount,size=64m", str(folder)], check=True
            )
        finally:
            subprocess.run(["umount", str(folder)], check=True)
    else:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
        try:
            yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_stops_the_run_and_the_same_command_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    large = Light(bytes_each=4000)
    assert light.printed(tmp_path / "whole", JOBS, large).is_whole
    whole = light.contents(tmp_path / "whole")
    with small_disk(tmp_path / "disk") as make_room:
        out = tmp_path / "disk/out"
        summary = light.printed(out, JOBS, large, workers=1)
        assert summary.failed == 0 and summary.left >= 1
        assert [str(each) for each in summary.problems] == [
            f"{out}: error E702: the disk is full; every village that was finished is there whole,"
            " and nothing is there by halves"
        ]
        there = light.contents(out)
        assert all(
            there[name] == whole[name] for name in there if not name.startswith("run/parts/")
        )
        make_room()
        assert light.printed(out, JOBS, large).is_whole
        assert light.contents(out) == whole


def test_a_file_that_a_viewer_holds_open_costs_only_its_village(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows answers; there is no way to hold a file like that elsewhere."""
    usual = Path.replace

    def replace(draft: Path, final: Path) -> Path:
        if final.name == "cover.pdf" and final.parent.name == "549901100002":
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(final))
        return usual(draft, final)

    monkeypatch.setattr(Path, "replace", replace)
    outcomes = [work(context(tmp_path), job) for job in JOBS]
    held = outcomes.pop(1)
    assert all(isinstance(each, Completed) for each in outcomes)
    assert isinstance(held, Failed) and not held.stops
    assert (
        str(held.problem) == f"{tmp_path}/549901/549901100002/cover.pdf: error E704: "
        "this file is open in another program or protected, so its village was not printed anew"
    )
    monkeypatch.undo()
    assert light.printed(tmp_path, JOBS).is_whole
    assert light.contents(tmp_path) == light.contents(undisturbed)


def test_a_press_that_cannot_be_set_up_stops_at_once(tmp_path: Path) -> None:
    run = light.started(Folder(tmp_path))
    outcome = work(context_of(run, partial(open, "no such plan")), JOBS[0])  # type: ignore[arg-type]
    assert isinstance(outcome, Failed) and outcome.stops
    assert str(outcome.problem).startswith(
        f"{tmp_path}: error E706: the press could not be set up: FileNotFoundError"
    )


def test_a_worker_of_other_versions_or_that_does_not_see_the_folder_prints_nothing(
    tmp_path: Path,
) -> None:
    mine = context(tmp_path)
    other = RunContext(mine.factory, mine.store, mine.run, (*mine.versions, ("zopfli", "1.0")))
    away = RunContext(mine.factory, Folder(tmp_path / "away"), mine.run, mine.versions)
    outcomes = [
        work(each, Job("549901100009", "549901/549901100009", 0, 1)) for each in (other, away)
    ]
    assert [str(each.problem) for each in outcomes if isinstance(each, Failed) and each.stops] == [
        (
            f"{tmp_path}: error E709: what is installed here is not what the run was begun with; "
            "these differ: zopfli (1.0, now none)"
        ),
        (
            f"{tmp_path}/away: error E710: the folder of the run is not seen from here, so cards"
            " would be written where nobody looks"
        ),
    ]
    assert not list(tmp_path.rglob("*.pdf"))
