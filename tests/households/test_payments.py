"""What cards promise beside what a department pays: every spoilt household is shown with its
reason, and no other.
"""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from roster_lists import VILLAGE, catalogue, write_csv, write_xlsx

from policycards.core.problems import Problem
from policycards.households.exchange.compare import Comparison, compare_payments
from policycards.households.exchange.compare_workbook import write_comparison

CASES = Path(__file__).parent / "cases"
DAY = date(2026, 11, 30)
POLICY = "grassland-grazing-ban"
SECOND = "549901101202"
ROSTER = [
    ["户编号", "区划代码", "姓名", "与户主关系", "禁牧面积"],
    ["H1", VILLAGE, "扎西", "户主", "100"],
    ["H1", "", "卓玛", "配偶", ""],
    ["H2", VILLAGE, "次仁", "户主", "20.5"],
    ["H3", VILLAGE, "德吉", "户主", "0"],
    ["H4", SECOND, "扎西", "户主", "40"],
    ["H5", SECOND, "旺堆", "户主", ""],
]
HEADINGS = ["村名", "户主姓名", "禁牧·面积", "标准", "金额"]
SOUND = [
    ["示例一村", "扎西", "100", "7.5", "750"],
    ["示例一村", "次仁", "20.5", "7.5", "153.75"],
    ["示例二村", "扎西", "40", "7.5", "300"],
]


def compared(
    folder: Path, rows: list[list[str]], headings: list[str] | None = None
) -> tuple[Comparison, list[Problem]]:
    roster = write_csv(folder / "roster.csv", ROSTER)
    listed = write_csv(folder / "list.csv", [headings or HEADINGS, *rows])
    found, problems = compare_payments(roster, listed, POLICY, catalogue(), DAY, DAY, {})
    assert found is not None, problems
    return found, problems


def reasons(found: Comparison) -> dict[str, tuple[str, ...]]:
    return {each.household_id or each.name: each.reasons for each in found.differing}


def test_a_list_that_pays_what_cards_promise_shows_nothing(tmp_path: Path) -> None:
    found, problems = compared(tmp_path, SOUND)
    assert reasons(found) == {"H5": ("not_known",)} and problems == []
    assert [(each.promised, each.paid) for each in found.villages()] == [
        (Decimal("903.75"), Decimal("903.75")),
        (Decimal(300), Decimal(300)),
    ]


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({0: ["示例一村", "扎西", "90", "7.5", "675"]}, {"H1": ("quantity",)}),
        ({0: ["示例一村", "扎西", "100", "9", "900"]}, {"H1": ("standard",)}),
        ({0: ["示例一村", "扎西", "90", "9", "810"]}, {"H1": ("quantity", "standard")}),
        ({0: ["示例一村", "扎西", "", "", "700"]}, {"H1": ("amount",)}),
        ({0: ["示例一村", "扎西", "100", "", "900"]}, {"H1": ("standard",)}),
        ({0: ["示例一村", "扎西", "100", "7.5", "700"]}, {"H1": ("product", "amount")}),
        ({0: None}, {"H1": ("not_listed",)}),
        ({3: ["示例一村", "德吉", "10", "7.5", "75"]}, {"H3": ("not_entitled",)}),
        ({3: ["示例一村", "扎西", "100", "7.5", "750"]}, {"H1": ("twice", "quantity")}),
        ({3: ["示例二村", "次仁", "5", "7.5", "37.5"]}, {"次仁": ("not_in_roster",)}),
        ({0: ["示例一村", "扎西", "很多", "7.5", "750"]}, {"H1": ("not_clear",)}),
    ],
)  # fmt: skip
def test_why_a_payment_differs(
    changed: dict[int, list[str] | None], shown: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    rows = {**dict(enumerate(SOUND)), **changed}
    found, _problems = compared(tmp_path, [row for row in rows.values() if row])
    assert reasons(found) == {"H5": ("not_known",), **shown}


def test_an_amount_for_a_month_is_a_year_s(tmp_path: Path) -> None:
    rows = [[*row[:2], f"{Decimal(row[4]) / 4}"] for row in SOUND]
    found, _problems = compared(tmp_path, rows, ["村名", "户主姓名", "补助金额（元/季度）"])
    assert reasons(found) == {"H5": ("not_known",)}


def test_a_household_with_faults_has_no_card_to_compare(tmp_path: Path) -> None:
    faulty = [*ROSTER[:-1], ["H6", SECOND, "格桑", "户主", "#REF!"]]
    roster = write_csv(tmp_path / "roster.csv", faulty)
    listed = write_csv(
        tmp_path / "list.csv", [HEADINGS, *SOUND, ["示例二村", "格桑", "1", "7.5", "7.5"]]
    )
    found, _problems = compare_payments(roster, listed, POLICY, catalogue(), DAY, DAY, {})
    assert found is not None
    assert [(each.reasons, each.difference) for each in found.differing] == [
        (("not_printed",), None)
    ]


def test_every_sheet_of_a_list_is_read_and_names_its_village(tmp_path: Path) -> None:
    book = Workbook()
    for name, rows in (("示例一村", SOUND[:2]), ("示例二村", SOUND[2:])):
        sheet = book.create_sheet(name)
        for row in (HEADINGS, *rows):
            sheet.append(row[1:])
    del book["Sheet"]
    book.save(tmp_path / "list.xlsx")
    roster = write_csv(tmp_path / "roster.csv", ROSTER)
    found, _problems = compare_payments(
        roster, tmp_path / "list.xlsx", POLICY, catalogue(), DAY, DAY, {}
    )
    assert found is not None and reasons(found) == {"H5": ("not_known",)}


def test_a_whole_payment_list_tells_its_standard_and_its_sum(tmp_path: Path) -> None:
    found, problems = compare_payments(
        next(CASES.glob("wC-*")), next(CASES.glob("w2-*")), POLICY, catalogue(), DAY, DAY, {}
    )
    assert found is not None and (found.rows, found.fitting) == (12, 3)
    assert {"W594", "W595"} <= {each.code for each in problems}
    assert {each.about for each in found.questions} == {"5", "6", "7", "12", "13", "14", "15", "16", "17"}  # fmt: skip


def test_the_workbook_has_every_household_and_no_number_of_a_person(tmp_path: Path) -> None:
    found, _problems = compared(tmp_path, SOUND[1:])
    write_comparison(found, catalogue(), "对照", tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert [sheet.max_row - 3 for sheet in book.worksheets] == [2, 2, 4]
    first = [cell.value for cell in book.worksheets[0][4]]
    assert first[:3] == ["示例一村", "H1", "扎西"] and first[10] == -750
    assert first[11] == "卡上有，名单上没有 སྤྲོད་ཐོའི་སྟེང་མེད་པ"


SPOILERS = ("area", "standard", "amount", "left_out", "added")


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["xlsx", "csv"]))
def test_a_list_made_of_the_promises_and_spoilt_shows_exactly_the_spoilt(
    seed: int, form: str
) -> None:
    random = Random(seed)
    roster, listed, spoilt = [ROSTER[0]], [], set()
    for number in range(random.randint(1, 12)):
        household, name = f"H{number}", f"扎西{chr(0x4E00 + number)}"
        village = random.choice([VILLAGE, SECOND])
        mu = Decimal(random.randint(1, 4000)) / 10
        entitled = random.random() < 0.8
        roster.append([household, village, name, "户主", str(mu) if entitled else "0"])
        standard = Decimal("7.5")
        how = random.choice([*SPOILERS, *[""] * 5])
        if how:
            spoilt.add(household)
        if not entitled and how != "added":
            spoilt.discard(household)
            continue
        if entitled and how in ("left_out", "added"):
            spoilt.add(household)
            continue
        mu += random.randint(1, 9) if how == "area" else 0
        standard += Decimal(random.randint(1, 9)) / 10 if how == "standard" else 0
        amount = (mu * standard).quantize(Decimal("0.01")) + (7 if how == "amount" else 0)
        place = {VILLAGE: "示例一村", SECOND: "示例二村村委会"}[village]
        shown = f"{amount:,}" if form == "xlsx" else str(amount)
        listed.append([place, name, str(mu), str(standard), shown])
    random.shuffle(listed)
    if not listed:
        return
    write = write_xlsx if form == "xlsx" else write_csv
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder) / f"roster.{form}", Path(folder) / f"list.{form}"
        write(paths[0], roster)
        write(paths[1], [HEADINGS, *listed, ["合计", "", "", "", ""]])
        found, _problems = compare_payments(*paths, POLICY, catalogue(), DAY, DAY, {})
    assert found is not None
    assert {each.household_id for each in found.differing} == spoilt
    assert found.fitting == len(listed)
