"""From an empty folder to an office: the guide of the first run, and what it makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from command import ROOT
from desks import at_the_desk, is_open_to_all
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from policycards.catalogue import check, read_catalogue
from policycards.core.problems import has_errors
from policycards.desk.core.office_folder import Office
from policycards.desk.office import office_files
from policycards.desk.office.new_office import (
    SAMPLE_COUNTY,
    AreaRow,
    NewOffice,
    Phone,
    guide_file,
    is_new,
)
from policycards.desk.office.office_files import area_rows, text_of_file
from policycards.qr import read_key

TABLE = (
    "区划代码\t名称\t藏文\n540627101000\t普保镇\tཕུག་པོ་གྲོང་རྡལ\n"
    "540627101201\t一村\t\n540627101202\t二村\tགྲོང་ཚོ་གཉིས་པ\n110101001001\t别县的村\t"
)
OWN = NewOffice(
    "班戈县农业农村局",
    "དཔལ་མགོན་རྫོང་ཞིང་ལས་ཅུས",
    "540627",
    (
        AreaRow("540627", "班戈县", "དཔལ་མགོན་རྫོང"),
        AreaRow("540627101", "普保镇", "ཕུག་པོ་གྲོང་རྡལ"),
        AreaRow("540627101201", "一村", "གྲོང་ཚོ་དང་པོ"),
    ),
    (
        Phone("540627", "ask", "班戈县农业农村局", "དཔལ་མགོན་རྫོང་", "0896-3672345"),
        Phone("540627", "supervise", "班戈县财政局", "དཔལ་མགོན་རྫོང་"),
    ),
    frozenset(["barley-seed", "orphan-living"]),
)


def made(folder: Path, wanted: NewOffice) -> Office:
    office = Office(folder)
    assert office_files.make(office, wanted, ROOT) == []
    return office


@given(st.text(max_size=400))
def test_no_pasted_text_is_too_odd_to_be_read(text: str) -> None:
    for row in area_rows(text):
        assert row.code.isdecimal() and len(row.code) in (2, 4, 6, 9, 12) and row.zh


def test_a_pasted_table_is_read_in_any_order_of_columns() -> None:
    turned = "\n".join("\t".join(reversed(line.split("\t"))) for line in TABLE.splitlines())
    assert area_rows(TABLE) == area_rows(turned)
    assert area_rows(TABLE.replace("\t", ",")) == area_rows(TABLE)
    assert [row.code for row in area_rows(TABLE)] == [
        *("540627101", "540627101201", "540627101202", "110101001001")
    ]


def test_areas_come_from_a_workbook_as_from_the_clipboard(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active
    for line in TABLE.splitlines():
        book.active.append(line.split("\t"))
    book.save(tmp_path / "areas.xlsx")
    (tmp_path / "areas.csv").write_text(TABLE.replace("\t", ","), encoding="gb18030")
    assert area_rows(text_of_file(tmp_path / "areas.xlsx")) == area_rows(TABLE)
    assert area_rows(text_of_file(tmp_path / "areas.csv")) == area_rows(TABLE)


@pytest.mark.parametrize("policies", ["all", "some", "none"])
def test_an_office_with_any_choice_of_policies_has_no_errors(policies: str, tmp_path: Path) -> None:
    shipped, _problems = read_catalogue(ROOT / "policies")
    assert shipped
    ids = frozenset(each.id for each in shipped.policies)
    chosen = {"all": ids, "some": OWN.policies, "none": frozenset[str]()}[policies]
    for county, areas, phones in (("540627", OWN.areas, OWN.phones), (SAMPLE_COUNTY, (), ())):
        wanted = NewOffice(OWN.zh, OWN.bo, county, areas, phones, chosen)
        office = made(tmp_path / county, wanted)
        catalogue, problems = check(office.policies, date(2026, 11, 30))
        assert catalogue and not has_errors(problems), problems
        assert {each.id for each in catalogue.policies} == chosen
        assert catalogue.settings.issuer.zh == OWN.zh
        assert catalogue.settings.area == county
        assert sorted(file.name for file in office.fonts.iterdir()) == sorted(
            file.name for file in (ROOT / "fonts").iterdir() if file.is_file()
        )


def test_a_phone_that_is_left_out_is_marked_as_still_to_come(tmp_path: Path) -> None:
    catalogue, _problems = read_catalogue(made(tmp_path, OWN).policies)
    assert catalogue
    assert [(each.phone, each.placeholder) for each in catalogue.contacts] == [
        ("0896-3672345", False),
        ("0000-0000000", True),
    ]


def test_what_is_wrong_with_a_new_office_stops_it_and_a_second_try_goes_through(
    tmp_path: Path,
) -> None:
    twice = NewOffice(OWN.zh, OWN.bo, OWN.county, OWN.areas, (*OWN.phones, OWN.phones[0]))
    problems = office_files.make(Office(tmp_path), twice, ROOT)
    assert [each.code for each in problems] == ["E152"]
    assert not (tmp_path / "policies" / "catalogue.yaml").exists()
    made(tmp_path, OWN)


def test_a_key_is_made_once_and_its_sheet_as_often_as_somebody_asks(tmp_path: Path) -> None:
    office = made(tmp_path, OWN)
    catalogue, _problems = read_catalogue(office.policies)
    assert catalogue
    office_files.make_key(office, catalogue)
    assert office.key
    key, sheet = office.key.read_bytes(), office_files.recovery_file(office)
    assert sheet.read_bytes().startswith(b"%PDF")
    sheet.unlink()
    office_files.make_key(office, catalogue)
    assert office.key.read_bytes() == key and sheet.is_file()
    found, problems = read_key(office.key)
    assert found and not found.is_demo and problems == []


def test_only_an_empty_or_half_made_folder_is_a_new_office(tmp_path: Path) -> None:
    assert is_new(Office(tmp_path)) and is_new(Office(tmp_path / "not there"))
    (tmp_path / "county.key").write_text("", encoding="utf-8")
    (tmp_path / "desk").mkdir()
    assert is_new(Office(tmp_path))
    (tmp_path / "letters.docx").write_text("", encoding="utf-8")
    assert not is_new(Office(tmp_path))
    guide_file(Office(tmp_path)).write_text("{}", encoding="utf-8")
    assert is_new(Office(tmp_path))


def test_the_program_without_its_files_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office_files.shipped() == Path.cwd()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(office_files.policycards, "__file__", str(tmp_path / "a" / "b"))
    monkeypatch.setattr(office_files.sys, "prefix", str(tmp_path / "venv"))
    assert office_files.shipped() is None  # E937


def test_from_an_empty_folder_to_the_desk_in_five_screens(tmp_path: Path) -> None:
    folder = tmp_path / "单位 new"
    with at_the_desk(folder) as page:
        expect(page.get_by_role("heading", name="本单位是谁")).to_be_visible()
        is_open_to_all(page)
        page.get_by_role("button", name="下一步").click()
        expect(page.locator(".problems")).to_contain_text("单位名称（中文）没有填")  # E933
        page.locator("[name=zh]").fill(OWN.zh)
        page.locator("[name=bo]").fill(OWN.bo)
        page.locator("[name=county]").fill("540627000000")
        page.get_by_role("button", name="下一步").click()
        page.locator("[name=pasted]").fill("110101001001\t别县的村\t")
        page.get_by_role("button", name="下一步").click()
        expect(page.locator(".problems")).to_contain_text("E934")
        page.locator("[name=pasted]").fill(TABLE)
        page.get_by_role("button", name="下一步").click()
        expect(page.locator(".problems")).to_contain_text("有 1 个区划没有藏文名，第一个是 一村")
        is_open_to_all(page)
    with at_the_desk(folder) as page:  # the power was cut: it goes on where it was
        expect(page.get_by_role("heading", name="区划")).to_be_visible()
        page.locator("[name='bo-540627101201']").fill("གྲོང་ཚོ་དང་པོ")
        page.get_by_role("button", name="下一步").click()
        page.locator("[name=number]").first.fill("0896-3672345")
        is_open_to_all(page)
        page.get_by_role("button", name="下一步").click()
        page.get_by_role("button", name="全不选").click()
        page.locator("[value=barley-seed]").check()
        is_open_to_all(page)
        page.get_by_role("button", name="建立本单位的文件夹").click()
        page.get_by_role("button", name="生成密钥").click()
        expect(page.get_by_role("link", name="打印恢复单")).to_be_visible()
        is_open_to_all(page)
        sheet = page.request.get(f"{page.url.partition('/start')[0]}/start/recovery.pdf")
        assert sheet.body().startswith(b"%PDF")
        page.get_by_label("已印好并放进保险柜").check()
        page.get_by_role("button", name="打开办公台").click()
        expect(page.get_by_role("heading", name="首页")).to_be_visible()
        expect(page.locator("nav")).to_be_visible()
    office = Office(folder)
    assert office.key and not office_files.recovery_file(office).exists() and not is_new(office)
    catalogue, problems = check(office.policies, date(2026, 11, 30))
    assert catalogue and not has_errors(problems)
    assert [each.id for each in catalogue.policies] == ["barley-seed"]
