"""A journal comes with the folder that it is in, perhaps from somebody who means harm: it changes
files of that folder and no others.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from killing_writes import contents

from policycards.core.journal import STAGE, NewFile, recover, replace_files

NEW = b"new"
DIGEST = hashlib.sha256(NEW).hexdigest()
ELSEWHERE = "it names a file that is not in this folder"


def journal_of(folder: Path, content: bytes | object) -> Path:
    """A folder with a journal that decides a change."""
    stage = folder / STAGE
    stage.mkdir(parents=True)
    (stage / "0").write_bytes(NEW)
    whole = content if isinstance(content, bytes) else json.dumps(content).encode()
    (stage / "journal.json").write_bytes(whole)
    return folder


def step(name: object, staged: object = "0") -> list[dict[str, object]]:
    return [{"staged": staged, "name": name, "old": "", "new": DIGEST}]


def messages(folder: Path) -> list[str]:
    return [str(each).removeprefix(folder.as_posix()) for each in recover(folder)]


def test_a_journal_of_ours_is_completed(tmp_path: Path) -> None:
    folder = journal_of(tmp_path, step("a/b.yaml"))
    assert messages(folder) == [
        ": warning W802: a change of several files had been interrupted and was completed now:"
        " a/b.yaml"
    ]
    assert contents(tmp_path) == {"a/b.yaml": "new"}


@pytest.mark.parametrize(
    "name",
    [
        "../outside.yaml",
        "a/../../outside.yaml",
        "..\\outside.yaml",
        "/outside.yaml",
        "\\outside.yaml",
        "C:outside.yaml",
        "C:\\outside.yaml",
        "//server/share/outside.yaml",
        "link/outside.yaml",
        "",
        ".",
        f"{STAGE}/journal.json",
    ],
)
def test_a_name_that_leads_out_of_the_folder_writes_nothing(name: str, tmp_path: Path) -> None:
    folder = journal_of(tmp_path / "policies", step(name))
    (tmp_path / "elsewhere").mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    before = contents(tmp_path)
    assert messages(folder) == [
        f"/{STAGE}/journal.json: error E804: a change of several files was interrupted and cannot be completed:"
        f" {ELSEWHERE}: {name!a}"
    ]
    assert contents(tmp_path) == before and not (tmp_path / "elsewhere" / "outside.yaml").exists()
    (folder / STAGE / "journal.json").unlink()
    (found,) = [
        each for each in replace_files(folder, [NewFile(name, None, NEW)]) if each.code == "E804"
    ]
    assert found.message().endswith(ELSEWHERE) and list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("staged", ["../0", "", "0/..", "a", "0 "])
def test_new_files_lie_in_the_stage(staged: str, tmp_path: Path) -> None:
    assert ELSEWHERE in messages(journal_of(tmp_path, step("a.yaml", staged)))[0]
    assert sorted(contents(tmp_path)) == [f"{STAGE}/0", f"{STAGE}/journal.json"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["staged", "name", "old", "new", "x"]), inner)
    ),
)


@given(
    JSON | st.lists(st.fixed_dictionaries(dict.fromkeys(("staged", "name", "old", "new"), JSON)))
)
def test_whatever_a_journal_holds_it_is_a_problem_or_a_change_of_this_folder(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    around = tmp_path_factory.mktemp("journal")
    folder = journal_of(around / "policies", content)
    assert [each.code for each in recover(folder)] in (["E804"], ["E805"] * 1, ["W802"])
    assert [each.name for each in around.iterdir()] == ["policies"]


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff", b"", b"[" + b" " * (1 << 20) + b"]"])
def test_a_journal_that_is_deep_large_or_no_text_is_a_problem(
    content: bytes, tmp_path: Path
) -> None:
    (found,) = recover(journal_of(tmp_path, content))
    assert found.code == "E804"


def test_a_pipe_in_the_place_of_a_journal_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / STAGE).mkdir()
    os.mkfifo(tmp_path / STAGE / "journal.json")
    assert messages(tmp_path) == [
        f"/{STAGE}/journal.json: error E804: a change of several files was interrupted and cannot be completed:"
        " not a regular file"
    ]
