"""The manifest of a run: merged once, whatever interrupts the merging."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import light
import polars as pl
import pytest

from policycards.press.execution import jobs
from policycards.press.execution.jobs import Completed
from policycards.press.execution.worker import context_of, work
from policycards.press.storage.store import Folder

JOBS = light.village_jobs(5)


class PowerCut(BaseException):
    """The machine is off."""


@dataclass(frozen=True, slots=True)
class Cut(Folder):
    """A folder whose machine goes off after so many changes."""

    left: list[int]

    def _change(self) -> None:
        self.left[0] -= 1
        if self.left[0] < 0:
            raise PowerCut

    def write(self, files: Iterable[tuple[str, bytes]], *, private: bool = False) -> None:
        self._change()
        Folder.write(self, files, private=private)

    @contextmanager
    def filling(self, name: str, *, private: bool = False) -> Iterator[Path]:
        with Folder.filling(self, name, private=private) as draft:
            yield draft
            self._change()

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._change()
            Folder.remove(self, [name])


def made(out: Path, store: Folder | None = None) -> tuple[str, list[Completed]]:
    """The run's id and its villages, made but not merged."""
    run = light.started(store or Folder(out))
    context = context_of(run, partial(light.opened, light.Light()))
    merged = jobs.merged_villages(run.store, run.id)
    outcomes = [work(context, job, merged.get(job.area, "")) for job in JOBS]
    return run.id, [each for each in outcomes if isinstance(each, Completed)]


def test_a_merge_interrupted_at_any_change_is_finished_by_the_next(tmp_path: Path) -> None:
    run, villages = made(tmp_path / "unmerged")
    whole = Path(shutil.copytree(tmp_path / "unmerged", tmp_path / "whole"))
    assert jobs.merge(Folder(whole), run, villages, is_whole=True) == []
    changes = (
        2 + 1 + 2 * len(JOBS)
    )  # two tables, manifest.json, and two parts of each village to remove
    for left in range(changes + 1):
        out = Path(shutil.copytree(tmp_path / "unmerged", tmp_path / str(left)))
        if left < changes:
            with pytest.raises(PowerCut):
                jobs.merge(Cut(out, [left]), run, villages, is_whole=True)
        else:
            assert jobs.merge(Cut(out, [left]), run, villages, is_whole=True) == []
        assert made(out) == (run, villages)
        assert jobs.merge(Folder(out), run, villages, is_whole=True) == []
        assert light.contents(out) == light.contents(whole), left


def test_the_order_in_which_villages_come_in_does_not_matter(tmp_path: Path) -> None:
    run, villages = made(tmp_path)
    tables = []
    for seed in range(4):
        random.Random(seed).shuffle(villages)
        (tmp_path / jobs.MANIFEST).unlink(missing_ok=True)
        assert jobs.merge(Folder(tmp_path), run, villages, is_whole=False) == []
        tables.append((tmp_path / jobs.table_name("lines")).read_bytes())
    assert len(set(tables)) == 1


def test_while_villages_are_missing_the_manifest_has_the_others_and_parts_stay(
    tmp_path: Path,
) -> None:
    run, villages = made(tmp_path)
    assert jobs.merge(Folder(tmp_path), run, villages[:2], is_whole=False) == []
    assert pl.read_parquet(tmp_path / jobs.table_name("cards")).height == 14
    assert set(jobs.merged_villages(Folder(tmp_path), run)) == {each.area for each in villages[:2]}
    assert jobs.merge(Folder(tmp_path), run, villages, is_whole=True) == []
    assert pl.read_parquet(tmp_path / jobs.table_name("cards")).height == 35
    assert list((tmp_path / "run/parts").iterdir()) == []


def test_parts_that_are_gone_are_told_and_then_made_anew(tmp_path: Path) -> None:
    run, villages = made(tmp_path)
    assert jobs.merge(Folder(tmp_path), run, villages[:4], is_whole=True) == []
    assert jobs.merge(Folder(tmp_path), run, villages, is_whole=True) == [
        each.area for each in villages
    ]
    assert made(tmp_path) == (run, villages)
    assert jobs.merge(Folder(tmp_path), run, villages, is_whole=True) == []


@dataclass(frozen=True, slots=True)
class Full(Folder):
    """A folder whose disk is full when the manifest is merged."""

    @contextmanager
    def filling(self, name: str, *, private: bool = False) -> Iterator[Path]:
        yield Path("/dev/full")


def test_a_full_disk_is_told_as_one_also_while_merging(tmp_path: Path) -> None:
    run, villages = made(tmp_path)
    with pytest.raises(OSError) as full:
        jobs.merge(Full(tmp_path), run, villages, is_whole=True)
    assert full.value.errno == errno.ENOSPC
    assert made(tmp_path) == (run, villages)


def test_a_table_that_no_village_has_is_not_there(tmp_path: Path) -> None:
    run, villages = made(tmp_path)
    jobs.merge(Folder(tmp_path), run, villages, is_whole=True)
    assert not (tmp_path / jobs.table_name("spares")).exists()
