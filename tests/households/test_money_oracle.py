"""Every amount of two thousand made-up households is what an independent reckoning comes to."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import money_oracle
from command import ROOT

from policycards.catalogue import read_catalogue
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.households.roster.read_roster import read_roster

TODAY = date(2026, 11, 30)
HOUSEHOLDS = 2000


def test_the_reckoning_imports_nothing_of_ours() -> None:
    source = Path(money_oracle.__file__).read_text(encoding="utf-8")
    assert "policycards" not in source


def test_amounts_on_the_days_around_every_boundary_are_the_oracles(tmp_path: Path) -> None:
    known = money_oracle.policies(ROOT / "policies")
    days = money_oracle.boundaries(known)
    dice = random.Random(20)
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for number in range(HOUSEHOLDS):
        day = days[number % len(days)]
        by_day[day].append(money_oracle.household(dice, number, day))
    catalogue, _problems = read_catalogue(ROOT / "policies")
    assert catalogue is not None
    amounts = 0
    for day, group in by_day.items():
        own = tmp_path / day.isoformat()
        money_oracle.write_roster(group, own)
        roster, problems, _notes = read_roster(own, catalogue, today=max(day, TODAY))
        assert roster is not None and [each for each in problems if each.code[0] == "E"] == []
        assert roster.households.height == len(group)
        ours = grouped(entitlements(roster, catalogue, day, with_no=True))
        for home in group:
            found = {(each.policy, each.standard): each for each in ours[home["household_id"]]}
            for policy, standard, has, amount in money_oracle.owed(known, home, day):
                each = found[policy, standard]
                whose = f"{policy}/{standard} of {home} on {day}: {each}"
                assert (each.answer, each.amount) == ("yes" if has else "no", amount), whose
                amounts += amount is not None
    assert amounts > HOUSEHOLDS
