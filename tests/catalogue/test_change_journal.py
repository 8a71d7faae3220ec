"""A change of several files that is killed at any moment leaves the old ones or the new ones, never
a mix.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from catalogue_folders import good_folder
from killing import FILES, state

from policycards.catalogue import read_catalogue
from policycards.core import journal
from policycards.core.journal import STAGE, NewFile, recover, replace_files

POLICY = "pasture/grazing-ban.yaml"


def test_killed_at_every_step_the_next_command_finds_old_or_new(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killing.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path], capture_output=True, text=True, check=True
    )
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) > 20 and [killed for killed, *_rest in runs] == [9] * (len(runs) - 1) + [0]
    for _killed, left, codes, after, again, last, rest in runs:
        assert after in ("old", "new") and last == "new" and rest in ([], [STAGE])
        assert (left, codes) in [
            ("old", []),
            ("old", ["W802"]),
            ("mix", ["W802"]),
            ("new", ["W802"]),
            ("new", []),
        ]
        assert again in ([], ["W803"])
    seen = [(left, after) for _killed, left, _codes, after, *_rest in runs]
    assert {("old", "old"), ("old", "new"), ("mix", "new"), ("new", "new")} == set(seen)
    assert sorted(seen, key=lambda pair: ["old", "mix", "new"].index(pair[0])) == seen


def interrupted(folder: Path, files: list[NewFile], monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that was decided, and of which no file has been put in place yet."""

    class Killed(BaseException):
        pass

    def killed(*_arguments: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(journal, "_complete", killed)
        replace_files(folder, files)


def test_whoever_reads_the_catalogue_completes_the_change_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = good_folder(tmp_path / "policies")
    old = (folder / POLICY).read_bytes()
    interrupted(folder, [NewFile(POLICY, old, old.replace(b'"7.50"', b'"8"'))], monkeypatch)
    catalogue, (found,) = read_catalogue(folder)
    assert catalogue is not None
    assert [str(value.amount) for value in catalogue.policies[0].standards[0].values] == ["6", "8"]
    said = (
        "warning W802: a change of several files had been interrupted and was completed now:"
        f" {POLICY}"
    )
    assert str(found) == f"{folder.as_posix()}: {said}"
    assert read_catalogue(folder)[1] == [] and not (folder / STAGE).exists()


def test_what_was_edited_before_it_could_be_completed_is_left_alone_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = good_folder(tmp_path / "policies")
    old = (folder / POLICY).read_bytes()
    interrupted(folder, [NewFile(POLICY, old, old + b"# new\n")], monkeypatch)
    (folder / POLICY).write_bytes(old + b"# edited\n")
    catalogue, (found,) = read_catalogue(folder)
    assert (
        catalogue is None
        and found.code == "E805"
        and found.place.file == (folder / POLICY).as_posix()
    )
    assert (folder / POLICY).read_bytes() == old + b"# edited\n" and (
        folder / STAGE / "0"
    ).read_bytes() == old + b"# new\n"


def test_a_new_file_keeps_the_rights_of_the_old_one(tmp_path: Path) -> None:
    for each in FILES:
        if each.old is not None:
            (tmp_path / each.name).parent.mkdir(exist_ok=True)
            (tmp_path / each.name).write_bytes(each.old)
    (tmp_path / "a.yaml").chmod(0o640)
    assert replace_files(tmp_path, FILES) == [] and state(tmp_path) == "new"
    assert (tmp_path / "a.yaml").stat().st_mode & 0o777 == 0o640
    assert recover(tmp_path) == []


def test_a_change_that_cannot_be_completed_says_why_and_stops_every_command(tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "policies")
    (folder / "new").write_bytes(b"a file where a folder should be")
    (found,) = replace_files(folder, [NewFile("new/new.yaml", None, b"id: new\n")])
    assert found.code == "E804" and found.place.file == (folder / STAGE / "journal.json").as_posix()
    assert read_catalogue(folder) == (None, [found])
    (folder / STAGE / "journal.json").write_bytes(b"no journal")
    assert [found.code for found in read_catalogue(folder)[1]] == ["E804"]


def test_a_file_that_is_in_the_way_of_a_new_one_stops_the_change(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old a")
    assert [found.code for found in replace_files(tmp_path, [NewFile("a.yaml", None, b"new")])] == [
        "E801"
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]
