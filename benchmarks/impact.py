"""What 18 raises mean for a million households, against asking polars for everybody's entitlements
once.

``python benchmarks/impact.py [HOUSEHOLDS]`` makes up a roster of so many households and reads it,
which takes a few minutes for a million and is told apart.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from timing import ROOT, seconds

from policycards.catalogue import Catalogue, read_catalogue
from policycards.catalogue.editions.edition import Version
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.in_force import in_force
from policycards.catalogue.model.policy import Policy, Value
from policycards.design import read_theme
from policycards.households.entitlements.calculate import entitlements_by_part
from policycards.households.exchange.sample import write_sample_folder
from policycards.households.model import Roster
from policycards.households.roster.read_roster import read_roster
from policycards.press.impact.impact_figures import impact
from policycards.press.impact.impact_workbook import draw_impact, estimated, write_impact

BEFORE, AFTER = date(2026, 1, 1), date(2026, 7, 1)
RAISES = 18
A_VILLAGE = 185


def raised(catalogue: Catalogue) -> Catalogue:
    """The catalogue with the values of the first standards of cash raised between the two days."""
    left = RAISES

    def policy(each: Policy) -> Policy:
        nonlocal left
        standards = []
        for standard in each.standards:
            value = in_force(standard, AFTER).value
            if left and standard.pays == "cash" and value and value.amount:
                left -= 1
                more = value.amount * Decimal("1.1")
                new = Value(since=When.parse("2026-03"), amount=more, recorded=date(2026, 3, 1))
                standard = standard.model_copy(update={"values": (*standard.values, new)})
            standards.append(standard)
        return each.model_copy(update={"standards": tuple(standards)})

    return replace(catalogue, policies=tuple(map(policy, catalogue.policies)))


def made_up(folder: Path, households: int) -> tuple[Catalogue, Roster]:
    shutil.copytree(ROOT / "policies", folder / "policies")
    catalogue, _problems = read_catalogue(folder / "policies")
    assert catalogue
    write_sample_folder(
        catalogue, folder / "roster", max(1, households // A_VILLAGE), households, 7
    )
    if (folder / "roster" / "areas.csv").exists():
        shutil.move(folder / "roster" / "areas.csv", folder / "policies" / "areas.csv")
    catalogue, _problems = read_catalogue(folder / "policies")
    assert catalogue
    start = time.perf_counter()
    roster, _problems, _notes = read_roster(folder / "roster", catalogue, today=AFTER)
    assert roster
    print(f"reading the roster: {time.perf_counter() - start:.1f} s")
    return catalogue, roster


def main(households: int) -> None:
    theme, _problems = read_theme("plain")
    assert theme
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        catalogue, roster = made_up(folder, households)
        old, new = Version(catalogue, BEFORE, None), Version(raised(catalogue), AFTER, None)
        start, worked = time.perf_counter(), time.process_time()
        told = impact(roster, old, new)
        reckoned, work = time.perf_counter(), time.process_time() - worked
        paper = estimated(told.homes, new.catalogue.settings)
        draw_impact(told, new.catalogue, "", ROOT / "fonts", folder / "impact.png")
        write_impact(told, paper, new.catalogue, "", folder / "impact.xlsx")
        done = time.perf_counter()
        once = seconds(
            lambda: sum(
                rows.height for _homes, rows in entitlements_by_part(roster, catalogue, AFTER)
            )
        )
    print(
        f"impact on {households} households: {done - start:.1f} s, of which {reckoned - start:.1f}"
        f" s to reckon ({work:.1f} s of processor time); everybody's entitlements once {once:.1f}"
        f" s, ratio {(done - start) / once:.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
