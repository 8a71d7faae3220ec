"""The list of what nobody could tell: which cell of which household, and the money behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from entitled import DAY, VILLAGES, born
from entitled import roster as roster_of
from openpyxl import load_workbook

from policycards.catalogue import Catalogue, read_catalogue
from policycards.households.entitlements import entitlements
from policycards.households.model import Roster
from policycards.households.unsettled import Unsettled, cannot_tell, write_unsettled

POLICIES = ("longevity-80", "grassland-grazing-ban", "border-first-line", "cropland-to-forest")


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    found, _problems = read_catalogue(root / "policies")
    assert found is not None
    return replace(found, policies=tuple(each for each in found.policies if each.id in POLICIES))


def asked(catalogue: Catalogue, roster: Roster) -> Unsettled:
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
    told = found.households.select("household_id", "name_zh", "column_zh", "policies", "per_year", "once").rows()
    assert told == [
        ("H1", "=扎西", "出生日期", "高龄健康补贴（80–89岁）（每人每年1300元）", Decimal("2600.00"), Decimal("0.00")),
        ("H2", "扎西", "出生日期", "高龄健康补贴（80–89岁）（每人每年1300元）", Decimal("0.00"), Decimal("0.00")),
        ("H2", "扎西", "禁牧面积", "草原禁牧补助（每亩每年7.50元）", Decimal("0.00"), Decimal("0.00")),
    ]


def test_a_column_that_is_empty_for_a_whole_village_is_told_once(catalogue: Catalogue, roster: Roster) -> None:
    found = asked(catalogue, roster)
    told = found.villages.select("area", "village_zh", "column_zh", "households", "of", "per_year", "once").rows()
    none = Decimal("0.00")
    assert told == [
        (VILLAGES[0], "示例一村", "出生日期", 2, 3, Decimal("2600.00"), none),
        (VILLAGES[0], "示例一村", "禁牧面积", 1, 3, none, none),
        (VILLAGES[2], "示例四村", "出生日期", 1, 1, Decimal("15100.00"), none),
        (VILLAGES[2], "示例四村", "退耕还林面积", 1, 1, none, none),
    ]


def test_a_roster_with_nothing_in_want_gives_empty_lists(catalogue: Catalogue) -> None:
    known = {"grazing_ban_mu": Decimal(1), "cropland_forest_mu": Decimal(1), "persons": [{"birth_date": born(40)}]}
    found = asked(catalogue, roster_of(known))
    assert found.villages.is_empty()
    assert found.households.is_empty()


def test_the_workbook_keeps_codes_and_names_as_text(catalogue: Catalogue, roster: Roster, tmp_path: Path) -> None:
    write_unsettled(asked(catalogue, roster), tmp_path / "ask.xlsx")
    book = load_workbook(tmp_path / "ask.xlsx")
    assert book.sheetnames == ["各村 གྲོང་ཚོ", "各户 དུད་ཚང"]
    villages, households = book.worksheets
    assert [cell.value for cell in villages[2]][:4] == [VILLAGES[0], "示例一村", "དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ", "出生日期"]
    assert villages["A2"].data_type == "s"
    names = [cell for cell in households[2] if cell.value == "'=扎西"]
    assert [(cell.data_type, cell.number_format) for cell in names] == [("s", "@")]
    assert households.max_row == 4
