"""Recordings are heard before anything is published: a file that no phone plays is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder
from command import policycards
from sites import catalogue_of, own_policies, write_tone

from policycards import site
from policycards.catalogue import read_catalogue
from policycards.site.page_content import ending


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy that is read aloud in Tibetan."""
    good_folder(tmp_path / "policies")
    policy = tmp_path / "policies" / POLICY
    text = policy.read_text(encoding="utf-8")
    policy.write_text(
        text.replace("category: pasture\n", "category: pasture\naudio: {bo: ban.wav}\n"),
        encoding="utf-8",
    )
    return tmp_path / "policies"


def test_a_recording_that_plays_is_no_problem(folder: Path) -> None:
    write_tone(folder / "pasture" / "ban.wav")
    assert list(site.problems(catalogue_of(folder))) == []


def test_the_kind_is_known_by_what_is_in_the_file(folder: Path) -> None:
    file = folder / "pasture" / "ban.mp3"
    write_tone(file)
    assert ending(file) == ".wav"


@pytest.mark.parametrize(
    "content",
    [b"", b"no sound", b"\xff\xfb" + bytes(200), b"RIFF\0\0\0\0WAVEfmt ", b"OggS" + bytes(60)],
)
def test_a_file_that_no_phone_plays_is_found(folder: Path, content: bytes) -> None:
    (folder / "pasture" / "ban.wav").write_bytes(content)
    (found,) = site.problems(catalogue_of(folder))
    assert str(found).endswith(
        "grazing-ban.yaml:3:13: error E621: no phone can play the recording ban.wav: it is damaged,"
        " empty, or of a kind that browsers do not know"
    )


def test_a_recording_without_any_sound_in_it_is_found(folder: Path) -> None:
    write_tone(folder / "pasture" / "ban.wav", seconds=0)
    assert [found.code for found in site.problems(catalogue_of(folder))] == ["E621"]


def test_a_recording_that_is_missing_is_told_once(folder: Path) -> None:
    catalogue, problems = read_catalogue(folder)
    assert [found.code for found in problems] == ["E158"]
    assert catalogue is not None and list(site.problems(catalogue)) == []


def test_check_listens(tmp_path: Path) -> None:
    folder = own_policies(tmp_path / "policies")
    (folder / "pasture-forest" / "grazing-ban.wav").write_bytes(b"no sound")
    file = folder / "pasture-forest" / "grassland-grazing-ban.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "grazing-ban.wav" in text)
    said = policycards("check", folder)
    assert said.code == 1
    assert (
        f"grassland-grazing-ban.yaml:{line}:7: error E621: no phone can play the recording"
        " grazing-ban.wav" in said.out
    )
