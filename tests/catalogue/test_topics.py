"""Topics: what readers look for, and the policies that concern them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import good_folder

from policycards.catalogue import check, read_catalogue
from policycards.catalogue.model.catalogue import Catalogue, policies_on, topics_with

TODAY = date(2024, 9, 1)
TOPICS = """\
topics:
  - id: pasture
    name: {bo: རྩྭ་ཐང, zh: 草原}
    who: {bo: འབྲོག་པ, zh: 牧民}
    pictogram: yak
    policies: [grazing-ban]
"""


def read(folder: Path, topics: str) -> tuple[Catalogue | None, list[str]]:
    (folder / "topics.yaml").write_text(topics, encoding="utf-8")
    catalogue, problems = check(folder, TODAY)
    return catalogue, [
        f"{problem.code} {problem.place.line}:{problem.place.column}" for problem in problems
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path / "policies")


def test_a_topic_leads_to_its_policies_and_back(folder: Path) -> None:
    catalogue, problems = read(folder, TOPICS)
    assert catalogue and problems == []
    (topic,) = catalogue.topics
    assert [policy.id for policy in policies_on(catalogue, topic)] == ["grazing-ban"]
    assert topics_with(catalogue, "grazing-ban") == (topic,)


def test_an_office_may_have_no_topics(folder: Path) -> None:
    catalogue, problems = read_catalogue(folder)
    assert catalogue and (catalogue.topics, problems) == ((), [])


def test_a_policy_that_there_is_not_is_found_at_its_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (folder / "topics.yaml").write_text(
        TOPICS.replace("[grazing-ban]", "[grazing-bann]"), encoding="utf-8"
    )
    _catalogue, problems = check(Path("policies"), TODAY)
    assert [str(problem) for problem in problems] == [
        "policies/topics.yaml:6:16: error E620: there is no policy grazing-bann; the nearest is"
        " grazing-ban"
    ]


def test_a_topic_of_a_faulty_policy_is_not_blamed_for_it(folder: Path) -> None:
    policy = folder / "pasture" / "grazing-ban.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("pays: cash", "pays: money"), encoding="utf-8"
    )
    catalogue, problems = read(folder, TOPICS)
    assert catalogue and policies_on(catalogue, catalogue.topics[0]) == ()
    assert [found.split()[0] for found in problems] == ["E133"]


def test_two_topics_of_one_id_are_found(folder: Path) -> None:
    assert read(folder, TOPICS + TOPICS.partition("\n")[2])[1] == ["E152 7:9"]


def test_texts_of_topics_are_read_like_all_others(folder: Path) -> None:
    assert read(folder, TOPICS.replace("zh: 草原", 'zh: "草,原"'))[1] == ["W215 3:30"]


def test_the_digest_knows_the_topics(folder: Path) -> None:
    without = read_catalogue(folder)[0]
    with_topics = read(folder, TOPICS)[0]
    assert without and with_topics and without.digest != with_topics.digest
