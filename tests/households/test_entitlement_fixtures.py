"""Cases that prove rules: the shipped ones hold, and one that does not is told with place and
reason.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policycards.catalogue import Catalogue, check, read_catalogue, schemas
from policycards.catalogue.model.policy import Case, Cases, Home
from policycards.catalogue.rules.language import columns_of
from policycards.households.entitlements.case_runner import fixture_files, fixture_problems
from policycards.households.entitlements.conditions import clauses_of

TEXT = """policy: {policy}
cases:
  - name: 例子
    day: "2026-06-01"
    household:
      area: "549901101201"
{rest}"""


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    found, _problems = read_catalogue(root / "policies")
    assert found is not None
    return found


@pytest.fixture
def told(tmp_path: Path, catalogue: Catalogue) -> Callable[[str], list[str]]:
    """What is said of one file of cases, without the folder."""

    def check_text(text: str) -> list[str]:
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "tests" / "case.yaml").write_text(text, encoding="utf-8")
        problems = fixture_problems(tmp_path, catalogue)
        return [str(problem).removeprefix(f"{tmp_path}/tests/") for problem in problems]

    return check_text


def cases(root: Path) -> list[tuple[str, dict[str, Any]]]:
    files = [
        yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        for file in fixture_files(root / "policies")
    ]
    return [(file["policy"], case) for file in files for case in file["cases"]]


def test_the_shipped_cases_hold(root: Path, catalogue: Catalogue) -> None:
    assert [str(problem) for problem in fixture_problems(root / "policies", catalogue)] == []
    assert len(cases(root)) >= 40


def test_every_policy_whose_rule_names_a_column_has_cases_with_yes_and_no(
    root: Path, catalogue: Catalogue
) -> None:
    answers: dict[str, set[str]] = {}
    for policy, case in cases(root):
        answers.setdefault(policy, set()).add(case.get("answer", "yes"))
    for clause in clauses_of(catalogue):
        if clause.rule and any(columns_of(clause.rule)):
            assert {"yes", "no"} <= answers[clause.policy.id], clause.policy.id


def test_every_age_in_a_rule_is_proved_on_the_birthday_and_the_day_before(
    root: Path, catalogue: Catalogue
) -> None:
    proved = set()
    for policy, case in cases(root):
        day = date.fromisoformat(case["day"])
        for person in case["household"].get("members", []):
            if isinstance(person, dict) and "birth_date" in person:
                birth = date.fromisoformat(person["birth_date"])
                if (birth.month, birth.day) == (day.month, day.day):
                    proved.add((policy, day.year - birth.year, "birthday"))
                if (birth.month, birth.day) == (day.month, day.day + 1):
                    proved.add((policy, day.year - birth.year, "before"))
    edges = {
        (clause.policy.id, age)
        for clause in clauses_of(catalogue)
        for age in (3, 16, 60, 65, 80, 90, 100)
        if f"age >= {age}" in str(clause.standard.when)
        or f"age < {age}" in str(clause.standard.when)
    }
    assert len(edges) == 8
    assert {
        (policy, age, side) for policy, age in edges for side in ("birthday", "before")
    } <= proved


def test_a_policy_that_is_changed_by_mistake_fails_its_cases(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "policies", tmp_path / "policies")
    file = tmp_path / "policies" / "pension-elderly" / "longevity-80.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("age >= 80", "age > 80"), encoding="utf-8"
    )
    catalogue, _problems = read_catalogue(tmp_path / "policies")
    assert catalogue is not None
    said = [
        str(problem).removeprefix(str(tmp_path))
        for problem in fixture_problems(tmp_path / "policies", catalogue)
    ]
    assert said == [
        (
            "/policies/tests/longevity-80.yaml:11:5: error E603: case '80岁生日当天' on 2026-06-01:"
            " answer should be yes but comes out as no (age > 80 with age = 80)"
        ),
        (
            "/policies/tests/longevity-80.yaml:20:5: error E603: case '2024年的标准' on 2024-12-31:"
            " answer should be yes but comes out as no (age > 80 with age = 80)"
        ),
    ]


def test_a_wrong_amount_is_told_at_its_place_with_what_came(
    told: Callable[[str], list[str]],
) -> None:
    rest = '      barley_mu: "2.5"\n    value: "20"\n    quantity: "2.5"\n    amount: "55"\n'
    assert told(TEXT.format(policy="barley-seed", rest=rest)) == [
        "case.yaml:10:14: error E603: case '例子' on 2026-06-01: amount should be 55 but comes out"
        " as 50.00 (barley_mu > 0 with barley_mu = 2.5)"
    ]


@pytest.mark.parametrize(
    ("policy", "rest", "said"),
    [
        ("eco-post", "    answer: no\n", "answer should be no but comes out as yes (granted)"),
        (
            "rural-dibao",
            "    answer: yes\n",
            "answer should be yes but comes out as cannot_tell (no list)",
        ),
        (
            "student-loan",
            "    answer: no\n",
            "answer should be no but comes out as cannot_tell (no list)",
        ),
        (
            "childcare-subsidy",
            "    answer: yes\n",
            "answer should be yes but comes out as no (age < 3 with age = 36)",
        ),
        (
            "border-first-line",
            "    missing: [a, b]\n",
            "answer should be yes but comes out as no (",
        ),
        (
            "yak-insurance",
            "    standard: sheep-premium\n",
            "answer should be yes but comes out as no (not in force)",
        ),
    ],
)
def test_the_reason_is_what_decided(
    policy: str, rest: str, said: str, told: Callable[[str], list[str]]
) -> None:
    members = (
        '      members: [{birth_date: "1990-01-01"'
        + (", is_eco-post: yes" if policy == "eco-post" else "")
        + "}]\n"
    )
    (problem,) = told(TEXT.format(policy=policy, rest=members + rest))
    assert f"error E603: case '例子' on 2026-06-01: {said}" in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            TEXT.format(policy="barley", rest=""),
            (
                "case.yaml:1:9: error E600: these cases are for the policy 'barley', which there is"
                " not; the nearest is barley-seed"
            ),
        ),
        (
            TEXT.format(policy="health-checkup", rest=""),
            (
                "case.yaml:3:11: error E601: this case does not say which standard it proves:"
                " health-checkup has none that is called ''"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="    standard: barley\n"),
            (
                "case.yaml:7:15: error E601: this case does not say which standard it proves:"
                " barley-seed has none that is called 'barley'"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest='      barly_mu: "1"\n'),
            (
                "case.yaml:7:18: error E602: no rule can name 'barly_mu' of a household; the"
                " nearest known column is barley_mu"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="      members: [{hukou: 农牧}]\n"),
            (
                "case.yaml:7:25: error E602: no rule can name 'hukou' of a member; the nearest"
                " known column is is_three-old"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="      barley_mu: 两亩\n"),
            (
                "case.yaml:7:18: error E145: '两亩' does not fit the attribute barley_mu, which is"
                " of type number"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="      hukou: 农业\n"),
            (
                "case.yaml:7:14: error E156: '农业' is no choice of the attribute hukou; the"
                " nearest is 农牧"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="      is_eco-post: maybe\n"),
            (
                "case.yaml:7:20: error E602: no rule can name 'is_eco-post' of a household; the"
                " nearest known column is is_cropland-to-forest"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="      is_barley-seed: maybe\n"),
            (
                "case.yaml:7:23: error E145: 'maybe' does not fit the attribute is_barley-seed,"
                " which is of type override"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest='      members: [{birth_date: "1990-02-30"}]\n'),
            (
                "case.yaml:7:31: error E145: '1990-02-30' does not fit the attribute birth_date,"
                " which is of type birth"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="").replace("549901101201", "540000000000"),
            (
                "case.yaml:6:14: error E157: the area 540000000000 is not in areas.csv, so nothing"
                " would be printed for it"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="    amount: 50\n"),
            (
                "case.yaml:7:13: error E132: the amount 50 has no quotes; programs would read it as"
                " a float, which cannot hold money exactly"
            ),
        ),
        (
            TEXT.format(policy="barley-seed", rest="    answer: maybe\n"),
            "case.yaml:7:13: error E133: answer cannot be 'maybe'",
        ),
        (
            TEXT.format(policy="barley-seed", rest="    anser: yes\n"),
            (
                "case.yaml:7:5: error E120: the key 'anser' is not known here; the nearest known"
                " one is answer"
            ),
        ),
        (
            "policy: barley-seed\ncases: []\n",
            "case.yaml:2:8: error E138: cases has no entry, but needs at least one",
        ),
    ],
)
def test_a_faulty_case_is_told_with_its_place(
    text: str, said: str, told: Callable[[str], list[str]]
) -> None:
    assert told(text) == [said]


def test_a_faulty_policy_is_not_told_a_second_time_by_its_cases(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "policies", tmp_path / "policies")
    for name, old in (("barley-seed", "unit: mu-year"), ("grain-growing", "grain_mu > 0")):
        file = tmp_path / "policies" / "agriculture" / f"{name}.yaml"
        file.write_text(
            file.read_text(encoding="utf-8").replace(old, "when: nothing > > 0"), encoding="utf-8"
        )
    catalogue, problems = read_catalogue(tmp_path / "policies")
    assert catalogue is not None and problems
    assert fixture_problems(tmp_path / "policies", catalogue) == []


def test_cases_change_no_edition_and_are_no_category(
    root: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    shutil.copytree(root / "policies", tmp_path / "policies")
    (tmp_path / "policies" / "tests" / "more.yaml").write_text(
        "standards:\n  - id: x\n", encoding="utf-8"
    )
    changed, problems = check(tmp_path / "policies", date(2100, 1, 1))
    assert [str(problem) for problem in problems] == []
    assert changed is not None
    assert changed.digest == catalogue.digest


def test_the_example_in_the_paper_is_explained_and_holds(
    root: Path, told: Callable[[str], list[str]]
) -> None:
    paper = (root / "docs" / "policy-format.md").read_text(encoding="utf-8")
    _policy, example = re.findall(r"```yaml\n(.*?)```", paper, re.DOTALL)
    assert told(example) == []
    keys = {
        field.alias or name
        for form in (Case, Cases, Home)
        for name, field in form.model_fields.items()
    }
    assert {key for key in keys if f"`{key}`" not in paper} == set()


def test_editors_find_no_fault_in_the_shipped_cases(root: Path) -> None:
    schema = json.loads(schemas()["cases.schema.json"])
    for file in fixture_files(root / "policies"):
        jsonschema.validate(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader), schema)
