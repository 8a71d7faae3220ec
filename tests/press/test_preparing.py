"""What is found before the first card is made: codes that stand twice, and texts that no card has
room for.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_run import Office

from policycards.catalogue.model.policy import Text
from policycards.press.pack.run_plan import write_plan
from policycards.press.run import prepare as preparation
from policycards.press.run.household_selection import chosen
from policycards.press.run.prepare import prepare
from policycards.press.storage.store import Folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.of(tmp_path_factory.mktemp("office"))


def test_households_whose_cards_would_carry_one_code_are_found_whatever_village_they_are_in(
    office: Office, tmp_path: Path
) -> None:
    wanted, _gone = chosen(office.roster, None, "", ())
    first, second, *_others = wanted["household_id"]

    def code(_area: str, household: str, _copy: int) -> str:
        return "same" if household in (first, second) else household

    day = office.order.day
    plan = write_plan(
        Folder(tmp_path), office.roster, wanted, office.catalogue, day, code, lambda _missing: None
    )
    assert plan.twice == (first, second)
    assert sum(job.count for job in plan.jobs) == wanted.height


def test_no_card_is_made_where_a_code_stands_twice(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "card_code", lambda *_facts: "7F3K9Q2M8ZTW")
    wanted, _gone = chosen(office.roster, None, "", ())
    made, (found,) = prepare(
        Folder(tmp_path),
        office.roster,
        wanted,
        office.catalogue,
        office.theme,
        office.order,
        "sample",
    )
    assert made is None
    assert str(found).startswith(
        "sample.xlsx: error E391: several households would get cards with one code, "
    )
    assert wanted["household_id"][0] in str(found)


def test_what_no_card_has_room_for_is_an_error_of_its_village(
    office: Office, tmp_path: Path
) -> None:
    """Nor is the card of a household printed that has it: the others of its village are."""

    def faults(told: Office, out: Path) -> tuple[list[str], int, bool]:
        job, *_others = told.prepared(out).jobs
        pack = told.press(out)(job)
        codes = sorted({each.code for each in pack.problems if each.code.startswith("E")})
        return codes, pack.cards + len(pack.failed), bool(pack.failed)

    long = Text(bo="ཡིག", zh="W" * 80)
    policies = tuple(
        each.model_copy(update={"name": long, "short": None})
        if each.id == "health-checkup"
        else each
        for each in office.catalogue.policies
    )
    broken = replace(office, catalogue=replace(office.catalogue, policies=policies))
    codes, households, has_failed = faults(office, tmp_path / "sound")
    assert (codes, has_failed) == ([], False)
    assert faults(broken, tmp_path / "broken") == (["E310"], households, True)
