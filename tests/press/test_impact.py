"""What a change means is told before printing: the same cards that are stale afterwards, and exact
money.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import wild_changes as wild
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image
from sample_run import DAY, Office
from wild_changes import KINDS, Change, World, few

from policycards.catalogue import read_catalogue
from policycards.catalogue.editions.edition import Version
from policycards.design.content.card_content import Teller
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.households.roster.homes import picked
from policycards.press.impact.impact_figures import STEPS, Impact, hidden, impact
from policycards.press.impact.impact_workbook import (
    FEW,
    draw_impact,
    estimated,
    size_label,
    write_impact,
)
from policycards.press.impact.policy_diff import differing
from policycards.press.pack.manifest_lines import Fingerprints
from policycards.qr import DEMO_KEY

GRAZING = "grassland-grazing-ban"


@dataclass(frozen=True, repr=False)
class Village:
    office: Office

    def __repr__(self) -> str:
        return type(self).__name__  # hypothesis tells it with each example

    @property
    def world(self) -> World:
        return World(self.office.catalogue, self.office.roster)

    def impact(self, world: World, day: date = DAY) -> Impact:
        old = Version(self.office.catalogue, DAY, None)
        return impact(self.office.roster, old, Version(world.catalogue, day, None))


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    office = Office.of(tmp_path_factory.mktemp("village"), villages=3, households=60, seed=19)
    return Village(replace(office, catalogue=few(office.catalogue)))


def told(world: World, day: date) -> dict[str, tuple[object, ...]]:
    """What every card says, as the fingerprints of a manifest, and the yearly cash behind it."""
    households = world.roster.households["household_id"].to_list()
    _roster, facts = picked(world.roster, households)
    answers = grouped(entitlements(world.roster, world.catalogue, day))
    teller, prints = Teller(world.catalogue, day), Fingerprints(DEMO_KEY.digest)
    found = {}
    for home in facts:
        entitled = answers.get(home.household_id, [])
        card = teller.substance(home, entitled)
        rows = list(prints.policies(card))
        yearly = (line.figure for line in card.lines if line.form.section == "yearly")
        cash = sum((figure for figure in yearly if figure is not None), Decimal(0))
        found[home.household_id] = (rows, list(prints.facts(card)), cash)
    return found


kinds = st.one_of(KINDS["value"], KINDS["rule"], KINDS["contact"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(kinds, max_size=2), st.sampled_from([DAY, date(2028, 3, 1), date(2024, 2, 29)]))
def test_the_cards_that_would_say_something_else_are_counted_with_their_money(
    village: Village, drawn: Sequence[Change], day: date
) -> None:
    world = village.world
    for change in drawn:
        world = change(world)
    before, after = told(village.world, DAY), told(world, day)
    other = {home for home in before if before[home][:2] != after[home][:2]}
    found = village.impact(world, day)
    homes = set(found.homes["household_id"])
    sides = Version(village.office.catalogue, DAY, None), Version(world.catalogue, day, None)
    assert homes >= other if differing(*sides, ()).worded else homes == other
    changes = dict(found.homes.select("household_id", "change").iter_rows())
    assert {home: changes[home] for home in other} == {
        home: after[home][2] - before[home][2] for home in other
    }  # type: ignore[operator]
    was, now = found.money
    assert now - was == sum(changes.values())


def test_nothing_differs_between_a_day_and_itself(village: Village) -> None:
    found = village.impact(village.world)
    assert (found.cards, found.households, found.roster, found.policies.height) == (0, 0, 60, 0)
    assert found.money == (0, 0)


def test_a_raise_is_told_by_policy_area_and_size(village: Village) -> None:
    world = wild._value(GRAZING, 0, "8", "2026-01", None, None)(village.world)
    found = village.impact(world)
    mu = dict(village.office.roster.households.select("household_id", "grazing_ban_mu").iter_rows())
    herders = {home: area for home, area in mu.items() if area}
    ((policy, households, was, now, before, after),) = found.policies.iter_rows()
    assert (policy, households, was, now) == (GRAZING, *[len(herders)] * 3)
    assert (before, after) == (sum(herders.values()) * Decimal("7.5"), sum(herders.values()) * 8)
    changes = [area * Decimal("0.5") for area in herders.values()]
    small, some = (
        sum(low < change < high for change in changes) for low, high in ((0, 100), (99.99, 500))
    )
    assert [count for *_bounds, count in found.sizes.iter_rows()][6:8] == [small, some]
    county = found.areas.filter(area="549901").row(0, named=True)
    assert (county["households"], county["cards"], county["of"]) == (len(herders), len(herders), 60)
    villages = found.areas.filter(pl.col("area").str.len_chars() == 12)
    assert villages["cards"].sum() == len(herders)


def test_every_change_has_one_size(village: Village) -> None:
    found = village.impact(wild._value(GRAZING, 0, "1", "2026-01", None, None)(village.world))
    assert found.sizes["households"].sum() == found.households > 0
    labels = [size_label(low, high) for low, high, _count in found.sizes.iter_rows()]
    assert labels == [
        *("≤ −5,000", "−5,000 … −1,000", "−1,000 … −500", "−500 … −100", "−100 … 0", "0"),
        *("0 … +100", "+100 … +500", "+500 … +1,000", "+1,000 … +5,000", "≥ +5,000"),
    ]
    assert len(labels) == 2 * (len(STEPS) + 1) + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "who"),
    [
        ("pasture-forest/grassland-grazing-ban.yaml", "先问村委会", "先问村委", "holders"),
        ("words.yaml", "不收费", "不收钱", "all"),
        ("words.yaml", "test_ruler", "test_ruler", "nobody"),
        ("contacts.csv", "0000-0000002", "0000-0000009", "all"),
        ("pasture-forest/grassland-grazing-ban.yaml", "summary:", "summary: # \n ", "nobody"),
    ],
)
def test_other_words_count_for_those_on_whose_cards_they_stand(
    village: Village, tmp_path: Path, root: Path, file: str, old: str, new: str, who: str
) -> None:
    shutil.copytree(root / "policies", tmp_path / "policies")
    path = tmp_path / "policies" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    sides = [read_catalogue(folder)[0] for folder in (root / "policies", tmp_path / "policies")]
    before, after = (Version(side, DAY, None) for side in sides if side)
    found = impact(village.office.roster, before, after)
    answers = entitlements(village.office.roster, before.catalogue, DAY)
    holders = set(
        answers.filter((pl.col("policy") == GRAZING) & (pl.col("answer") == "yes"))["household_id"]
    )
    everybody = set(village.office.roster.households["household_id"])
    expected = {"holders": holders, "all": everybody, "nobody": set()}[who]
    homes = set(found.homes["household_id"])
    assert homes == expected if who != "holders" else holders <= homes < everybody
    assert found.households == 0


def test_counts_that_would_point_at_households_are_hidden() -> None:
    assert [hidden(count) for count in (0, 1, 4, 5, 60)] == [0, None, None, 5, 60]


def test_the_workbook_and_the_picture_hide_small_counts(
    village: Village, tmp_path: Path, root: Path
) -> None:
    world = wild._value("longevity-80", 0, "2000", "2026-01", None, None)(village.world)
    world = wild._value(GRAZING, 0, "8", "2026-01", None, None)(world)
    found = village.impact(world)
    counts = dict(found.policies.select("policy", "households").iter_rows())
    paper = estimated(found.homes, world.catalogue.settings)
    write_impact(found, paper, world.catalogue, "a → b", tmp_path / "impact.xlsx")
    sheets = {
        sheet.title.split()[0]: list(sheet.iter_rows(values_only=True))
        for sheet in load_workbook(tmp_path / "impact.xlsx")
    }
    assert list(sheets) == ["总计", "政策", "区划", "大小"]
    rows = {row[0]: row for row in sheets["政策"][3:]}
    for policy, count in counts.items():
        assert rows[policy][3] == (FEW if count < 5 else count)
        assert (rows[policy][6] is None) == (count < 5)
    assert not [
        row for sheet in ("区划", "大小") for row in sheets[sheet][3:] if row[-1] in (1, 2, 3, 4)
    ]
    picture = tmp_path / "impact.png"
    assert draw_impact(found, world.catalogue, "a → b", root / "fonts", picture) == []
    with Image.open(picture) as chart:
        assert chart.size == (1650, 1045)


def test_where_charts_cannot_be_drawn_that_is_a_problem(
    village: Village, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    picture = tmp_path / "impact.png"
    found = village.impact(village.world)
    (problem,) = draw_impact(found, village.world.catalogue, "a → b", root / "fonts", picture)
    assert str(problem) == (
        f"{picture}: warning W764: the chart is not drawn, because this PC cannot load matplotlib:"
        " ModuleNotFoundError"
    )
    assert not picture.exists()


def test_paper_is_a_sheet_a_card_and_a_test_sheet_a_village(village: Village) -> None:
    homes = village.office.roster.households.select("household_id", "area")
    settings = village.world.catalogue.settings
    paper = estimated(homes, settings)
    assert paper.sheets == homes.height + homes["area"].n_unique()
    assert paper.price == paper.sheets * Decimal("0.10")
    assert paper.hours == Decimal(2 * paper.sheets) / 20 / 60
    assert estimated(homes.clear(), settings).sheets == 0
