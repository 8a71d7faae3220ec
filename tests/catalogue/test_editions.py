"""Editions: what is frozen is read again as it was, and nothing that was changed is."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY
from ready_folder import change, ready_folder, review_all

from policycards.catalogue import check, read_catalogue
from policycards.catalogue.editions.edition import (
    Edition,
    editions,
    freeze,
    is_edition_name,
    read_edition,
    read_version,
    unready,
    write_edition,
)

DAY = date(2024, 7, 1)


def publish(folder: Path, name: str = "2024b", draft: bool = False) -> Path:
    catalogue, _problems = check(folder, DAY)
    assert catalogue is not None
    facts = Edition(
        name=name,
        as_of="2024-07-01",
        draft=draft,
        prepared="甲",
        approved="乙",
        number="1",
        dated=DAY,
    )
    frozen, problems = freeze(folder, catalogue, facts)
    assert problems == [] and frozen is not None
    return write_edition(folder, frozen)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ready_folder(tmp_path / "policies")


def test_an_edition_is_read_as_it_was_published(folder: Path) -> None:
    live, _problems = read_catalogue(folder)
    publish(folder)
    change(folder / POLICY, ('amount: "7.50"', 'amount: "9"'))
    read, problems = read_edition(folder, "2024b")
    assert problems == [] and read is not None and live is not None
    catalogue, facts = read
    assert catalogue.policies == live.policies
    assert (catalogue.words, catalogue.areas, catalogue.contacts) == (
        live.words,
        live.areas,
        live.contacts,
    )
    assert catalogue.reviewed == live.reviewed
    assert (facts.name, facts.as_of, facts.draft, facts.prepared, facts.approved) == (
        "2024b",
        DAY,
        False,
        "甲",
        "乙",
    )
    assert catalogue.digest == facts.digest != live.digest
    assert list(unready(catalogue, DAY)) == []


def test_editions_are_no_part_of_the_catalogue_that_is_being_worked_on(folder: Path) -> None:
    before, _problems = read_catalogue(folder)
    publish(folder)
    after, problems = check(folder, DAY)
    assert problems == []
    assert before is not None and after is not None and before.digest == after.digest
    assert editions(folder) == ["2024b"]


def test_equal_catalogues_and_facts_have_equal_digests(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    texts = [(publish(each) / "edition.yaml").read_bytes() for each in (folder, tmp_path / "copy")]
    assert texts[0] == texts[1]


def test_line_ends_of_another_system_change_nothing(folder: Path) -> None:
    frozen = publish(folder) / POLICY
    frozen.chmod(0o644)
    frozen.write_bytes(frozen.read_bytes().replace(b"\n", b"\r\n"))
    assert read_edition(folder, "2024b")[1] == []


def rewrite(file: Path, old: str, new: str) -> None:
    file.chmod(0o644)
    change(file, (old, new))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (POLICY, '"7.50"', '"75.0"'),
        ("words.yaml", "字", "词"),
        ("areas.csv", "示例乡", "别的乡"),
        ("contacts.csv", "0999-5550101", "0999-5550109"),
        ("catalogue.yaml", "card.example.cn", "card.evil.cn"),
        ("reviews.yaml", "示例审读人", "别人"),
        ("edition.yaml", 'draft: "yes"', 'draft: "no"'),
        ("edition.yaml", 'approved: "乙"', 'approved: "丙"'),
        ("edition.yaml", "2024-07-01", "2025-07-01"),
    ],
)
def test_a_change_in_the_frozen_copy_is_noticed(
    folder: Path, file: str, old: str, new: str
) -> None:
    home = publish(folder, draft=True)
    rewrite(home / file, old, new)
    read, problems = read_edition(folder, "2024b")
    assert read is None
    assert [problem.code for problem in problems] == ["E861"]
    assert str(problems[0]).endswith(
        "2024b: error E861: edition 2024b is no longer as it was published: "
        "a file of it was changed, added or taken away"
    )


@pytest.mark.parametrize("file", [POLICY, "reviews.yaml", "words.yaml"])
def test_a_file_that_is_gone_from_the_frozen_copy_is_noticed(folder: Path, file: str) -> None:
    (publish(folder) / file).unlink()
    assert [problem.code for problem in read_edition(folder, "2024b")[1]] == ["E861"]


def test_a_policy_that_was_put_into_the_frozen_copy_is_noticed(folder: Path) -> None:
    home = publish(folder)
    text = (home / POLICY).read_text(encoding="utf-8").replace("id: grazing-ban", "id: more-money")
    (home / "pasture" / "more-money.yaml").write_text(text, encoding="utf-8")
    assert [problem.code for problem in read_edition(folder, "2024b")[1]] == ["E861"]


def test_a_frozen_copy_under_another_name_is_refused(folder: Path) -> None:
    home = publish(folder)
    home.rename(home.with_name("2024c"))
    assert [problem.code for problem in read_edition(folder, "2024c")[1]] == ["E861"]


def test_an_edition_is_never_overwritten(folder: Path) -> None:
    home = publish(folder)
    before = {path: path.read_bytes() for path in sorted(home.rglob("*.*"))}
    change(folder / POLICY, ('amount: "7.50"', 'amount: "9"'))
    with pytest.raises(OSError, match="2024b"):
        publish(folder)
    assert {path: path.read_bytes() for path in sorted(home.rglob("*.*"))} == before


def test_a_catalogue_that_is_changed_meanwhile_is_not_published(folder: Path) -> None:
    catalogue, _problems = check(folder, DAY)
    assert catalogue is not None
    change(folder / POLICY, ('amount: "7.50"', 'amount: "9"'))
    facts = Edition(
        name="a", as_of=DAY, draft=False, prepared="甲", approved="乙", number="1", dated=DAY
    )
    frozen, problems = freeze(folder, catalogue, facts)
    assert frozen is None
    assert [problem.message() for problem in problems] == [
        "the catalogue was changed while it was being published"
    ]


def test_what_a_killed_run_left_behind_is_neither_listed_nor_in_the_way(folder: Path) -> None:
    part = folder / "editions" / ".2024b.part"
    part.mkdir(parents=True)
    (part / "edition.yaml").write_text("half", encoding="utf-8")
    assert editions(folder) == []
    publish(folder)
    assert editions(folder) == ["2024b"]
    assert not part.exists()


def test_recordings_are_frozen_with_their_policy(folder: Path) -> None:
    (folder / "pasture" / "ban.mp3").write_bytes(b"sound")
    change(folder / POLICY, ('area: ["5499"]', 'audio: {bo: ban.mp3}\narea: ["5499"]'))
    assert (publish(folder) / "pasture" / "ban.mp3").read_bytes() == b"sound"
    assert read_edition(folder, "2024b")[1] == []


@pytest.mark.parametrize(
    ("name", "good"), [("a", True), ("12345678", True), ("123456789", False), ("p", True)]
)
def test_a_name_has_at_most_eight_digits_and_small_letters(name: str, good: bool) -> None:
    assert is_edition_name(name) is good


def test_a_version_is_an_edition_a_day_or_now(folder: Path) -> None:
    publish(folder)
    days = {}
    for told in ("2024b", "2023-01-31", "now"):
        version, problems = read_version(folder, told, date(2026, 5, 1))
        assert problems == [] and version is not None
        days[told] = version.day, version.edition is not None
    assert days == {
        "2024b": (DAY, True),
        "2023-01-31": (date(2023, 1, 31), False),
        "now": (date(2026, 5, 1), False),
    }


@pytest.mark.parametrize("told", ["2024c", "2024-13-01", "yesterday"])
def test_what_is_no_version_is_told_with_the_editions_there_are(folder: Path, told: str) -> None:
    publish(folder)
    version, problems = read_version(folder, told, DAY)
    assert version is None
    assert [f"{problem.code}: {problem.message()} {problem.hint()}" for problem in problems] == [
        f"E862: '{told}' is no edition, no day and not 'now' "
        "Write a day as 2024-07-01, 'now', or one of the editions: 2024b."
    ]


def test_an_edition_that_is_not_there_is_told_with_those_that_are(folder: Path) -> None:
    _read, problems = read_edition(folder, "2024b")
    assert [f"{problem.message()}. {problem.hint()}" for problem in problems] == [
        "there is no edition '2024b'. Published are: –."
    ]


def told(folder: Path) -> list[str]:
    catalogue, _problems = read_catalogue(folder)
    assert catalogue is not None
    return [
        f"{Path(each.place.file).name}:{each.place.line} {each.code} {each.message()}"
        for each in unready(catalogue, DAY)
    ]


def test_sample_data_is_not_ready(folder: Path) -> None:
    change(folder / "catalogue.yaml", ("data: confirmed", "data: sample"))
    assert told(folder) == ["catalogue.yaml:2 E854 the catalogue is sample data"]


def test_a_text_that_changed_is_a_draft_again_and_not_ready(folder: Path) -> None:
    change(
        folder / POLICY,
        ("草场划入禁牧区的牧户", "草场划入禁牧区的户"),
        ("到村委会登记", "到村里登记"),
    )
    assert told(folder) == [
        "grazing-ban.yaml:10 E855 texts here that no reader of Tibetan has reviewed: 2. The first:"
        " '草场划入禁牧区的户'"
    ]
    review_all(folder)
    assert told(folder) == []


def test_a_value_in_force_that_nobody_confirmed_is_not_ready_and_a_past_one_matters_no_more(
    folder: Path,
) -> None:
    confirmed = "        confirmed: {by: 示例县财政局, on: 2024-05-01}\n"
    change(folder / POLICY, (confirmed, ""))
    assert told(folder) == []
    change(folder / POLICY, (confirmed, ""))
    assert told(folder) == [
        "grazing-ban.yaml:32 E856 the office has not confirmed this value: 7.50, in force since"
        " 2016"
    ]


def test_a_value_for_one_area_alone_must_be_confirmed_too(folder: Path) -> None:
    own = (
        '      - {from: "2018", amount: "8", area: "549901", recorded: 2024-01-11, missing: 无,'
        " source: {title: 文}}\n"
    )
    with (folder / POLICY).open("a", encoding="utf-8") as file:
        file.write(own)
    assert told(folder) == [
        "grazing-ban.yaml:41 E856 the office has not confirmed this value: 8, in force since 2018"
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("0999-5550101", "0000-0000001"), ("yes,\n", "yes,yes\n")]
)
def test_a_telephone_that_nobody_has_is_not_ready(folder: Path, old: str, new: str) -> None:
    change(folder / "contacts.csv", (old, new))
    phone = new if new.startswith("0") else "0999-5550101"
    assert told(folder) == [
        f"contacts.csv:2 E857 the telephone {phone} of area 549901 is a placeholder, and a"
        " household would ring it"
    ]
