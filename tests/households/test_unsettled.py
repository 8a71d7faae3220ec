"""The list of what nobody could tell: which cell of which household, and the money behind it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from entitled import DAY, VILLAGES, born
from entitled import roster as roster_of

from policycards.catalogue import Catalogue, read_catalogue
from policycards.households.entitlements.calculate import entitlements
from policycards.households.entitlements.undetermined import (
    Undetermined,
    cannot_tell,
    overview,
    village_lists,
)
from policycards.households.model import Roster

POLICIES = ("longevity-80", "grassland-grazing-ban", "border-first-line", "cropland-to-forest")


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    found, _problems = read_catalogue(root / "policies")
    assert found is not None
    return replace(found, policies=tuple(each for each in found.policies if each.id in POLICIES))


def asked(catalogue: Catalogue, roster: Roster) -> Undetermined:
    return cannot_tell(entitlements(roster, catalogue, DAY), roster, catalogue)


@pytest.fixture
def roster() -> Roster:
    known = {"grazing_ban_mu": Decimal(10), "cropland_forest_mu": Decimal(0)}
    return roster_of(
        known | {"name_zh": "=扎西", "persons": [{}, {}, {"birth_date": born(30)}]},
        known | {"grazing_ban_mu": None, "persons": [{"birth_date": born(85)}, {}]},
        known | {"persons": [{"birth_date": born(85)}]},
        known | {"area": VILLAGES[2], "cropland_forest_mu": None, "persons": [{}]},
    )


def test_each_household_and_column_has_one_row_with_the_most_that_may_be_missed(
    catalogue: Catalogue, roster: Roster
) -> None:
    found = asked(catalogue, roster)
    told = found.households.select(
        "household_id", "name_zh", "column_zh", "policies", "per_year", "once"
    ).rows()
    assert told == [
        (
            "H1",
            "=扎西",
            "出生日期",
            "高龄健康补贴（80–89岁）（每人每年1300元）",
            Decimal("2600.00"),
            Decimal("0.00"),
        ),
        (
            "H2",
            "扎西",
            "出生日期",
            "高龄健康补贴（80–89岁）（每人每年1300元）",
            Decimal("0.00"),
            Decimal("0.00"),
        ),
        (
            "H2",
            "扎西",
            "禁牧面积",
            "草原禁牧补助（每亩每年7.50元）",
            Decimal("0.00"),
            Decimal("0.00"),
        ),
    ]


def test_a_column_that_is_empty_for_a_whole_village_is_told_once(
    catalogue: Catalogue, roster: Roster
) -> None:
    found = asked(catalogue, roster)
    told = found.villages.select(
        "area", "village_zh", "column_zh", "households", "of", "per_year", "once"
    ).rows()
    none = Decimal("0.00")
    assert told == [
        (VILLAGES[0], "示例一村", "出生日期", 2, 3, Decimal("2600.00"), none),
        (VILLAGES[0], "示例一村", "禁牧面积", 1, 3, none, none),
        (VILLAGES[2], "示例四村", "出生日期", 1, 1, Decimal("15100.00"), none),
        (VILLAGES[2], "示例四村", "退耕还林面积", 1, 1, none, none),
    ]


def test_a_roster_with_nothing_in_want_gives_empty_lists(catalogue: Catalogue) -> None:
    known = {
        "grazing_ban_mu": Decimal(1),
        "cropland_forest_mu": Decimal(1),
        "persons": [{"birth_date": born(40)}],
    }
    found = asked(catalogue, roster_of(known))
    assert found.villages.is_empty()
    assert found.households.is_empty()


def test_each_village_has_a_list_of_its_own_with_a_cell_to_fill_in(
    catalogue: Catalogue, roster: Roster
) -> None:
    found = asked(catalogue, roster)
    lists = dict(village_lists(found))
    assert sorted(lists) == [VILLAGES[0], VILLAGES[2]]
    first, second = (
        list(csv.reader(io.StringIO(lists[area].decode("utf-8-sig")))) for area in sorted(lists)
    )
    assert [each.partition(" ")[0] for each in first[0]] == [
        *("户编号", "组", "户主姓名", "ཁྱིམ་བདག་གི་མིང", "要填的列", "འབྲི་དགོས་པའི་སྟར", "填在这里"),
        *("可能漏掉的政策", "最多可能涉及（元/年）", "最多可能涉及（元，一次性）"),
    ]
    assert [(row[0], row[2], row[4], row[6], row[8]) for row in first[1:]] == [
        ("H1", "'=扎西", "出生日期", "", "2600.00"),
        ("H2", "扎西", "出生日期", "", "0.00"),
        ("H2", "扎西", "禁牧面积", "", "0.00"),
    ]
    assert [row[:7] for row in second[1:]] == [
        ["", "", "全村1户", "གྲོང་ཚོའི་དུད་ཚང་ཡོངས་1", "出生日期", second[1][5], ""],
        ["", "", "全村1户", "གྲོང་ཚོའི་དུད་ཚང་ཡོངས་1", "退耕还林面积", second[2][5], ""],
    ]


def test_the_overview_counts_cells_by_village_and_column(
    catalogue: Catalogue, roster: Roster
) -> None:
    rows = list(
        csv.reader(io.StringIO(overview(asked(catalogue, roster).villages).decode("utf-8-sig")))
    )
    assert len(rows) == 5
    assert [row[:2] + row[3:4] + row[5:7] for row in rows[1:3]] == [
        [f"\t{VILLAGES[0]}", "示例一村", "出生日期", "2", "3"],
        [f"\t{VILLAGES[0]}", "示例一村", "禁牧面积", "1", "3"],
    ]
