"""``policycards site`` as an office runs it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import good_folder
from command import policycards
from sites import publish


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A small catalogue with a published edition."""
    folder = good_folder(tmp_path / "policies")
    publish(folder, "2024a", date(2024, 6, 1))
    return folder


def test_a_second_run_writes_nothing(policies: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    first, second = (
        policycards("site", "--policies", policies, "--out", out, "--as-of", "2024-09-01")
        for _ in range(2)
    )
    assert (first.code, second.code) == (0, 0), first.out + second.out
    count = len((out / "files.txt").read_text(encoding="utf-8").splitlines())
    assert (
        f"{out}: {count} files, {count} of them written, 0 removed; editions: 2024a." in first.out
    )
    assert f"{out}: {count} files, 0 of them written, 0 removed; editions: 2024a." in second.out
    assert (out / "c" / "2024a" / "index.html").is_file()


def test_an_edition_that_somebody_changed_gets_no_page(policies: Path, tmp_path: Path) -> None:
    frozen = policies / "editions" / "2024a" / "contacts.csv"
    frozen.chmod(0o644)
    frozen.write_bytes(frozen.read_bytes().replace(b"0000", b"1111"))
    said = policycards("site", "--policies", policies, "--out", tmp_path / "site")
    assert said.code == 1
    assert "error E861: edition 2024a is no longer as it was published" in said.out
    assert not (tmp_path / "site").exists()


def test_a_folder_of_something_else_is_refused(policies: Path, tmp_path: Path) -> None:
    said = policycards("site", "--policies", policies, "--out", tmp_path)
    assert said.code == 1
    assert "error E622: this folder holds something else" in said.out
    assert [path.name for path in tmp_path.iterdir()] == ["policies"]
