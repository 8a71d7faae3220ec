"""The commands that change a policy's texts and make new policies, run as an editor would."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, Said, policycards

FILE = "policies/agriculture/barley-seed.yaml"
NEW = {
    "id": "winter-fodder",
    "category": "pasture-forest",
    "name_bo": "དགུན་རྩྭའི་རོགས་དངུལ",
    "name_zh": "冬草补助",
    "summary_bo": "དགུན་རྩྭ་ཉོ་བའི་རོགས་དངུལ",
    "summary_zh": "购买冬季饲草的补助",
    "who_bo": "འབྲོག་པའི་དུད་ཚང",
    "who_zh": "牧户",
    "how1_bo": "གྲོང་ཚོར་འདྲི་རོགས",
    "how1_zh": "先问村委会",
    "unit": "household-year",
    "pays": "cash",
    "for": "household",
    "amount": "300",
    "from": "2026-07",
    "title": "关于冬草补助的通知",
    "missing": "纸质文件，无网址",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path


def policy(office: Path, *arguments: object) -> Said:
    return policycards("policy", *arguments, folder=office)


def lines(office: Path, name: str = FILE) -> list[str]:
    return (office / name).read_text(encoding="utf-8").splitlines()


def kept(office: Path, told: Any) -> str:
    (office / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return "told.json"


def test_set_words_one_field_anew_and_says_which_lines_differ(office: Path) -> None:
    before = lines(office)
    said = policy(office, "set", "barley-seed", "summary", "--bo", "ནས་ཀྱི་ས་བོན", "--zh", "青稞良种")
    assert said.code == 0, said.out
    assert "  + " in said.out and said.out.endswith("barley-seed.yaml: written.\n")
    after = lines(office)
    assert [new.strip() for old, new in zip(before, after, strict=True) if old != new] == [
        "bo: ནས་ཀྱི་ས་བོན",
        "zh: 青稞良种",
    ]
    assert (
        policy(office, "set", "barley-seed", "summary", "--bo", "ནས་ཀྱི་ས་བོན", "--zh", "青稞良种").out
        == "Nothing to change: the policy says all of this already.\n"
    )


def test_edit_shows_first_then_writes_and_brings_back(office: Path) -> None:
    before = lines(office)
    summary = {"bo": before[7].partition(": ")[2], "zh": before[8].partition(": ")[2]}
    changes = kept(
        office,
        {
            "fields": {
                "summary": {"was": summary, "new": {"bo": "ནས་ཀྱི་ས་བོན", "zh": "青稞良种"}},
                "papers": {"new": [{"bo": "ཁྱིམ་ཐོ", "zh": "户口本"}]},
            }
        },
    )
    shown = policy(office, "edit", "barley-seed", changes, "--dry-run")
    assert shown.code == 0 and shown.out.endswith("Nothing was written: this was a trial.\n")
    assert lines(office) == before
    assert policy(office, "edit", "barley-seed", changes).code == 0
    assert "    zh: 户口本" in lines(office)
    assert policy(office, "edit", "barley-seed", changes, "--back").code == 0


def test_a_field_that_says_something_else_by_now_is_named_and_nothing_is_written(
    office: Path,
) -> None:
    before = lines(office)
    changes = kept(
        office,
        {
            "fields": {
                "who": {"was": {"bo": "མི", "zh": "以前"}, "new": {"bo": "མི", "zh": "以后"}},
                "deadline": {"new": {"bo": "མཇུག", "zh": "月底"}},
            }
        },
    )
    said = policy(office, "edit", "barley-seed", changes)
    assert said.code == 1 and lines(office) == before
    assert "error E881: the field who was changed by someone else meanwhile" in said.out
    assert f"{FILE}:11:3" in said.out


def test_a_broken_tibetan_stack_is_refused_with_its_place(office: Path) -> None:
    before = lines(office)
    said = policy(office, "set", "barley-seed", "who", "--bo", "ཀ\u0f74\u0f74", "--zh", "农户")
    assert said.code == 1 and lines(office) == before
    assert f"{FILE}:11:" in said.out and "error E224" in said.out


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["set", "barley", "who", "--zh", "甲"], None, "E903"),
        (["set", "barley-seed", "whom", "--zh", "甲"], None, "E945"),
        (["edit", "barley-seed", "told.json"], ["x"], "E946"),
        (["new", "told.json"], {"id": 5}, "E946"),
        (["new", "told.json"], {"nam_zh": "x"}, "E945"),
    ],
)
def test_wrong_use_is_told(office: Path, arguments: list[str], told: Any, code: str) -> None:
    kept(office, told)
    said = policy(office, *arguments)
    assert said.code == 2 and f"error {code}" in said.err


def test_a_new_policy_is_shown_and_then_written(office: Path) -> None:
    form = kept(office, NEW)
    shown = policy(office, "new", form, "--dry-run")
    assert shown.code == 0, shown.out
    name = "policies/pasture-forest/winter-fodder.yaml"
    assert not (office / name).exists()
    assert policy(office, "new", form, "--apply").code == 0
    assert "    zh: 先问村委会" in lines(office, name)
    faulty = policy(office, "new", kept(office, {**NEW, "id": "other", "name_bo": ""}))
    assert faulty.code == 1 and "E835" in faulty.out
