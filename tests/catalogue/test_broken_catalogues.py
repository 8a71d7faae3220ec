"""Every problem of form and text has a broken example, and says exactly what it says there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import BROKEN, BUILT, broken_folder, good_folder

from policycards.catalogue import check
from policycards.core.codes import KINDS

TODAY = date(2024, 9, 1)
EXAMPLES = sorted({path.name for path in BROKEN.iterdir()} | set(BUILT))


def test_the_good_catalogue_has_no_problem(tmp_path: Path) -> None:
    catalogue, problems = check(good_folder(tmp_path / "policies"), TODAY)
    assert problems == []
    assert catalogue is not None and [policy.id for policy in catalogue.policies] == ["grazing-ban"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_broken_example_gives_its_problem_and_no_other(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_folder(name, tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    _, problems = check(Path("policies"), TODAY)
    told = "".join(f"{problem}\n  {problem.hint()}\n" for problem in problems)
    assert told == (BROKEN / name / "expected.txt").read_text(encoding="utf-8")
    assert {problem.code for problem in problems} == {name[:4]}


def test_every_problem_of_catalogue_and_text_has_a_broken_example() -> None:
    own = {code for code in KINDS if code[1] in "12"}
    assert own == {name[:4] for name in EXAMPLES}


def test_problems_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "policies")
    policy = folder / "pasture" / "grazing-ban.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(
        text.replace("pays: cash", "pays: money").replace("牧户", "牧户,户"), encoding="utf-8"
    )
    (folder / "pasture" / "balance.yaml").write_text(
        text.replace("id: grazing-ban", "id: balans"), encoding="utf-8"
    )
    areas = folder / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("示例市", ""), encoding="utf-8")
    settings = folder / "catalogue.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("age < 16", "age / 2"), encoding="utf-8"
    )
    catalogue, problems = check(folder, TODAY)
    assert [(Path(each.place.file).name, each.code) for each in problems] == [
        ("areas.csv", "E143"),
        ("catalogue.yaml", "E181"),
        ("balance.yaml", "E150"),
        ("grazing-ban.yaml", "W215"),
        ("grazing-ban.yaml", "E133"),
    ]
    assert catalogue is not None and catalogue.policies == ()
