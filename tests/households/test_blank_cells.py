"""An empty cell of someone who is old enough means what the catalogue says; of anybody else it is
not known.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from entitled import DAY, born, catalogue, one, policy, values

from policycards.catalogue import Catalogue, check
from policycards.catalogue.model.catalogue import Blank

STAGE = Blank(from_age=30, means="不在读")


def school() -> Catalogue:
    """A policy for pupils; whoever is thirty goes to no school if nothing is said."""
    told = catalogue(
        policy(
            "meal", {"for": "member", "when": "stage = '小学'", "values": values(("2024", "600"))}
        )
    )
    attributes = tuple(
        each.model_copy(update={"choices": (*each.choices, "不在读"), "blank": STAGE})
        if each.name == "stage"
        else each
        for each in told.settings.attributes
    )
    return replace(told, settings=told.settings.model_copy(update={"attributes": attributes}))


def answer(*people: tuple[int | None, str | None]) -> str:
    members = [
        {"birth_date": born(age) if age is not None else None, "stage": stage}
        for age, stage in people
    ]
    return one(school(), {"persons": members})[0].answer


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([(30, None)], "no"),
        ([(29, None)], "cannot_tell"),
        ([(None, None)], "cannot_tell"),
        ([(45, "小学")], "yes"),
        ([(45, None), (8, "小学")], "yes"),
        ([(45, None), (8, None)], "cannot_tell"),
        ([(29, "不在读"), (2, "不在读")], "no"),
    ],
)
def test_an_empty_cell_means_what_the_catalogue_says_from_its_age_on(
    people: list[tuple[int | None, str | None]], expected: str
) -> None:
    assert answer(*people) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("blank: {from_age: 30, means: 不在读}", "blank: {from_age: 30, means: 毕业}"),
        ("choices: [农牧, 城镇]", "choices: [农牧, 城镇]\n    blank: {from_age: 30, means: 农牧}"),
    ],
)
def test_a_meaning_that_is_no_choice_of_a_member_is_refused(
    root: Path, tmp_path: Path, old: str, new: str
) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(root / "policies", folder)
    text = (folder / "catalogue.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "catalogue.yaml").write_text(text.replace(old, new), encoding="utf-8")
    _catalogue, problems = check(folder, date(2024, 9, 1))
    (found,) = [each for each in problems if each.code == "E612"]
    assert (
        found.message().startswith("an empty cell of ") and "none of its choices" in found.message()
    )


def test_ages_are_of_the_day_that_is_asked_for() -> None:
    members = [{"birth_date": born(30), "stage": None}]
    assert [each.answer for each in one(school(), {"persons": members}, DAY)] == ["no"]
    earlier = one(school(), {"persons": members}, DAY.replace(year=DAY.year - 1))
    assert [each.answer for each in earlier] == ["cannot_tell"]
