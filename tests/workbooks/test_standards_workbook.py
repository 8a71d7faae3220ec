"""The workbook of standards: what an office may fill in, and that exactly this comes back."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from command import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue import check, read_catalogue
from policycards.catalogue.editing.amendments import Amendment, read_amendments, standard_id
from policycards.catalogue.editing.catalogue_edit import Opened, apply, open_catalogue, proposed
from policycards.catalogue.editing.drafting import at_cell, draft_policy
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import in_force
from policycards.core.problems import Problem, has_errors
from policycards.tables.xlsx_writer import MARKED
from policycards.workbooks.standards_columns import COLUMNS, FORM, HELP, NEW_POLICY, STANDARDS
from policycards.workbooks.standards_reader import read_standards
from policycards.workbooks.standards_writer import FIRST, write_standards

TODAY = date(2026, 11, 25)
NOTICE = {
    "from": "2026-12",
    "published": "2026-11-01",
    "title": "通知",
    "number": "1号",
    "url": "https://x.cn/1",
}
FEW = (
    "longevity-80",
    "longevity-90",
    "wildlife-damage",
    "yak-insurance",
    "border-first-line",
    "orphan-living",
)
FIELDS = [column.field for column in COLUMNS]
POLICY = {
    "id": "yak-award",
    "category": "agriculture 农业和畜牧业",
    "name": ("གཡག་གི་བྱ་དགའ", "牦牛奖励"),
    "summary": ("གཡག་གསོ་མཁན་ལ་བྱ་དགའ་སྤྲོད", "发给养牦牛的户"),
    "who": ("གཡག་གསོ་མཁན་གྱི་དུད་ཚང", "养牦牛的户"),
    "how1": ("གྲོང་ཚོར་འདྲི་རོགས", "问村委会"),
    "unit": "household-year 每户每年…元",
    "pays": "cash 现金 དངུལ་རྐྱང",
    "for": "household 按户",
    "amount": "500",
    **NOTICE,
}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    catalogue, problems = read_catalogue(ROOT / "policies")
    assert catalogue is not None and problems == []
    return catalogue


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalogue with a few of its policies, which is quicker to read again and
    again.
    """
    folder = tmp_path_factory.mktemp("few") / "policies"
    shutil.copytree(ROOT / "policies", folder)
    (folder / "topics.yaml").unlink()  # it names the others too
    for path in folder.glob("*/*.yaml"):
        if path.stem not in FEW:
            path.unlink()
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path / "policies"


def opened(folder: Path) -> Opened:
    found, problems = open_catalogue(folder)
    assert found is not None and problems == []
    return found


def exported(catalogue: Catalogue, path: Path) -> Path:
    write_standards(catalogue, TODAY, path)
    return path


def filled(
    path: Path, rows: Mapping[str, Mapping[str, object]], form: Mapping[str, object] | None = None
) -> Path:
    """The workbook with cells filled in by standard and field, and the form of a new policy."""
    book = load_workbook(path)
    sheet = book[STANDARDS]
    for row in range(FIRST, sheet.max_row + 1):
        for field, text in rows.get(
            f"{sheet.cell(row, 1).value}/{sheet.cell(row, 2).value}", {}
        ).items():
            sheet.cell(row, FIELDS.index(field) + 1).value = text
    for row, line in enumerate(FORM, 3):
        told = (form or {}).get(line.heading.field, "")
        for column, text in zip(
            (2, 3), told if isinstance(told, tuple) else (None, told or None), strict=True
        ):
            book[NEW_POLICY].cell(row, column).value = text
    book.save(path)
    return path


def imported(path: Path, catalogue: Catalogue) -> tuple[list[Amendment], list[Problem]]:
    entries, form, problems = read_standards(path)
    assert form is None and problems == []
    return read_amendments(entries, catalogue, TODAY, ())


def taken_over(path: Path, folder: Path) -> None:
    catalogue = opened(folder)
    amendments, problems = imported(path, catalogue.catalogue)
    assert not has_errors(problems)
    files, problems = proposed(catalogue, amendments, {}, TODAY)
    assert problems == [] and apply(catalogue, files) == []


def ids(catalogue: Catalogue) -> list[str]:
    """Standards that hold everywhere and have an amount now."""
    return [
        standard_id(policy, standard)
        for policy in catalogue.policies
        for standard in policy.standards
        if standard.values and all(value.area is None for value in standard.values)
        if (value := in_force(standard, TODAY).value)
        and value.amount
        and value.since.first_day < date(2026, 12, 1)
    ]


def raised(catalogue: Catalogue, standard: str, by: int) -> dict[str, str]:
    policy_id, standard_name = standard.split("/")
    policy = next(policy for policy in catalogue.policies if policy.id == policy_id)
    value = in_force(
        next(each for each in policy.standards if each.id == standard_name), TODAY
    ).value
    assert value is not None and value.amount is not None
    return {"amount": f"{value.amount * (100 + by) / 100:f}", **NOTICE}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.yaml"))
    }


def test_an_untouched_export_changes_nothing(shipped: Catalogue, tmp_path: Path) -> None:
    entries, form, problems = read_standards(exported(shipped, tmp_path / "s.xlsx"))
    assert form is None and problems == []
    assert len(entries) > 60
    assert read_amendments(entries, shipped, TODAY, ()) == ([], [])


@settings(max_examples=6)
@given(data=st.data())
def test_an_untouched_export_of_any_changed_catalogue_changes_nothing_and_raises_come_back_exactly(
    data: st.DataObject, few: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shipped = opened(few).catalogue
    folder = tmp_path_factory.mktemp("office") / "policies"
    shutil.copytree(few, folder)
    chosen = data.draw(
        st.dictionaries(
            st.sampled_from(ids(shipped)), st.integers(-49, 50), min_size=1, max_size=18
        )
    )
    path = exported(shipped, folder.parent / "s.xlsx")
    rows = {standard: raised(shipped, standard, by) for standard, by in chosen.items()}
    taken_over(filled(path, rows), folder)
    after = opened(folder).catalogue
    assert imported(exported(after, path), after) == ([], [])
    for old, new in zip(shipped.policies, after.policies, strict=True):
        for was, now in zip(old.standards, new.standards, strict=True):
            added = now.values[len(was.values) :]
            assert now.values[: len(was.values)] == was.values
            told = rows.get(standard_id(old, was))
            assert [str(value.amount) for value in added] == ([told["amount"]] if told else [])


@settings(max_examples=4)
@given(data=st.data())
def test_any_order_of_imports_of_disjoint_changes_gives_the_same_files(
    data: st.DataObject, few: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shipped, office = opened(few).catalogue, tmp_path_factory.mktemp("office")
    chosen = data.draw(
        st.lists(st.sampled_from(ids(shipped)), min_size=2, max_size=12, unique=True)
    )
    piles = [data.draw(st.integers(0, 2)) for _each in chosen]
    books = [exported(shipped, office / f"{number}.xlsx") for number in range(3)]
    for number, book in enumerate(books):
        filled(
            book,
            {
                each: raised(shipped, each, 10)
                for each, pile in zip(chosen, piles, strict=True)
                if pile == number
            },
        )
    results = []
    for order in ((0, 1, 2), data.draw(st.permutations(range(3)))):
        folder = office / f"policies{len(results)}"
        shutil.copytree(few, folder)
        for number in order:
            taken_over(books[number], folder)
        results.append(bytes_of(folder))
    assert results[0] == results[1] != bytes_of(few)


def test_only_the_columns_of_what_is_new_can_be_typed_into(
    shipped: Catalogue, tmp_path: Path
) -> None:
    book = load_workbook(exported(shipped, tmp_path / "s.xlsx"))
    sheet = book[STANDARDS]
    assert (
        sheet.protection.sheet and book[NEW_POLICY].protection.sheet and book[HELP].protection.sheet
    )
    for number, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(FIRST, number)
        assert cell.protection.locked is not column.open
        assert (cell.fill == MARKED) is column.open
        assert cell.number_format == "@"
        assert (sheet.cell(2, number).value, sheet.cell(3, number).value) == (
            column.name.bo,
            column.name.zh,
        )
    assert {column.field for column in COLUMNS if column.open} == {
        "amount",
        "from",
        "published",
        "title",
        "number",
        "issuer",
        "url",
        "missing",
        "confirmed",
        "note",
        "corrects",
    }
    form = book[NEW_POLICY]
    for row, line in enumerate(FORM, 3):
        assert not form.cell(row, 3).protection.locked
        assert form.cell(row, 2).protection.locked is not line.texts


def checks(sheet: Worksheet) -> dict[str, tuple[str | None, str | None]]:
    return {
        str(check.sqref).split(":")[0]: (check.type, check.formula1)
        for check in sheet.data_validations.dataValidation
    }


def test_cells_say_what_to_write_and_offer_what_there_is(
    shipped: Catalogue, tmp_path: Path
) -> None:
    book = load_workbook(exported(shipped, tmp_path / "s.xlsx"))
    told = checks(book[STANDARDS])
    assert told["K4"] == ("custom", 'IF(OR(K4="停止",K4="待定",K4=""),TRUE,ISNUMBER(VALUE(K4)))')
    assert told["R4"][0] == "list" and "纸质文件，无网址" in str(told["R4"][1])
    form = checks(book[NEW_POLICY])
    assert form["C4"] == ("list", f"lists!$A$1:$A${len(shipped.settings.categories)}")
    lists = book["lists"]
    assert lists.sheet_state == "hidden" and lists["A1"].value == "pasture-forest 草原和森林"
    for each in book[STANDARDS].data_validations.dataValidation:
        assert each.showInputMessage and each.prompt and "\n" in each.prompt


def test_a_row_tells_what_holds_now_in_both_languages(shipped: Catalogue, tmp_path: Path) -> None:
    sheet = load_workbook(exported(shipped, tmp_path / "s.xlsx"))[STANDARDS]
    rows = [[cell.value for cell in row[:10]] for row in sheet.iter_rows(min_row=FIRST)]
    assert [
        "longevity-80",
        "allowance",
        "ལོ་80ནས་89བར་གྱི་རྒན་པའི་བདེ་ཐང་ཁ་གསབ",
        "高龄健康补贴（80–89岁）",
        None,
        None,
        None,
        "每人每年…元",
        "1300",
        "2025-01-01",
    ] in rows
    assert any(row[8] == "停止" for row in rows), "what has ended says so"
    areas = [row[6] for row in rows if row[6]]
    assert set(areas) <= set(shipped.areas) | {
        code[:n] for code in shipped.areas for n in (2, 4, 6)
    }


def test_the_same_catalogue_makes_the_same_bytes(shipped: Catalogue, tmp_path: Path) -> None:
    one, two = (exported(shipped, tmp_path / name).read_bytes() for name in ("1.xlsx", "2.xlsx"))
    assert one == two


def test_dates_may_be_typed_in_any_way_and_figures_be_numbers(
    shipped: Catalogue, tmp_path: Path
) -> None:
    path = exported(shipped, tmp_path / "s.xlsx")
    cells = {**NOTICE, "amount": 1400.5, "from": datetime(2026, 12, 1), "published": "2026年11月"}
    (found,), problems = imported(filled(path, {"longevity-80/allowance": cells}), shipped)
    assert problems == []
    assert (str(found.value.amount), str(found.value.since), str(found.value.published)) == (
        "1400.5",
        "2026-12-01",
        "2026-11",
    )


@pytest.mark.parametrize("month", [2026.1, "2026.1", "２０２６．１"])
def test_a_month_that_excel_may_have_taken_for_a_number_is_asked_about(
    month: object, shipped: Catalogue, tmp_path: Path
) -> None:
    cells = {**NOTICE, "amount": 1400, "from": month}
    book = filled(exported(shipped, tmp_path / "s.xlsx"), {"longevity-80/allowance": cells})
    amendments, problems = imported(book, shipped)
    assert amendments == []
    assert [str(each).split(" error ")[1] for each in problems] == [
        f"E834: L{problems[0].place.line} 执行日期: the number 2026.1 may be month 10 or month 1"
    ]


def test_a_changed_unit_and_a_formula_are_told_with_their_cells(
    shipped: Catalogue, tmp_path: Path
) -> None:
    cells = {
        "longevity-80/allowance": {**NOTICE, "amount": "=1300*1.1"},
        "longevity-90/allowance": {"unit": "每人每月…元"},
    }
    _found, problems = imported(filled(exported(shipped, tmp_path / "s.xlsx"), cells), shipped)
    one, two = (found.place.line for found in problems)
    assert [str(found).split(" error ")[1] for found in problems] == [
        f"E832: K{one} 新标准: there is a formula without a result",
        (
            f"E812: H{two} 单位: longevity-90/allowance is paid by 每人每年…元 in the catalogue,"
            " but by 每人每月…元 here"
        ),
    ]


ROW = {
    "政策代号": "longevity-80",
    "标准代号": "",
    "新标准": "1,400",
    "执行日期": "2026/12/1",
    "公布日期": "2026.11.01",
    "文件名称": "关于提高标准的通知",
    "文号": "藏财〔2026〕1号",
    "空缺原因": "纸质文件，无网址",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_whatever_encoding_it_was_saved(
    shipped: Catalogue, tmp_path: Path, encoding: str, separator: str
) -> None:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=separator).writerows([ROW.keys(), ROW.values()])
    path = tmp_path / "新标准.csv"
    path.write_bytes(made.getvalue().encode(encoding))
    entries, form, problems = read_standards(path)
    assert form is None and [found.code for found in problems] == (
        ["W103"] if encoding == "gb18030" else []
    )
    (found,), problems = read_amendments(entries, shipped, TODAY, ())
    assert problems == []
    assert (found.id, str(found.value.amount), str(found.value.since)) == (
        "longevity-80/allowance",
        "1400",
        "2026-12-01",
    )
    assert found.value.source is not None and found.value.source.number == "藏财〔2026〕1号"


def no_workbook(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04 broken")
    return path


def no_headings(path: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["名称", "金额"])
    book.save(path)
    return path


def no_table(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7")
    return path


@pytest.mark.parametrize(
    ("make", "code"), [(no_workbook, "E502"), (no_headings, "E831"), (no_table, "E830")]
)
def test_what_is_no_workbook_of_standards_is_told(make: object, code: str, tmp_path: Path) -> None:
    assert callable(make)
    entries, form, problems = read_standards(make(tmp_path / "s.xlsx"))
    assert (entries, form, [found.code for found in problems]) == ([], None, [code])


def drafted(folder: Path, told: Mapping[str, object]) -> tuple[tuple[str, bytes] | None, list[str]]:
    catalogue = opened(folder).catalogue
    path = filled(exported(catalogue, folder.parent / "s.xlsx"), {}, told)
    entries, form, problems = read_standards(path)
    assert form is not None and problems == [] and not any(entry.has_values for entry in entries)
    draft = draft_policy(form, catalogue, TODAY)
    return draft, [str(found).split("] ")[-1].split("error ")[-1] for found in form.problems]


def test_the_form_of_a_new_policy_becomes_a_file_without_any_problem(folder: Path) -> None:
    draft, problems = drafted(folder, POLICY)
    assert draft is not None and problems == []
    files, problems_then = proposed(opened(folder), [], dict([draft]), TODAY)
    assert problems_then == [] and apply(opened(folder), files) == []
    assert [found for found in check(folder, TODAY)[1] if "yak-award" in found.place.file] == []
    after = opened(folder).catalogue
    (policy,) = [policy for policy in after.policies if policy.id == "yak-award"]
    (standard,) = policy.standards
    assert (policy.name.zh, policy.how[0].zh, standard.when, standard.quantity) == (
        "牦牛奖励",
        "问村委会",
        "listed",
        None,
    )
    assert str(standard.values[0].amount) == "500"


def test_a_column_of_the_roster_is_what_the_amount_is_multiplied_by(folder: Path) -> None:
    draft, problems = drafted(
        folder, {**POLICY, "unit": "mu-year 每亩每年…元", "column": "grain_mu 粮食播种面积"}
    )
    assert draft is not None and problems == []
    assert b"    when: grain_mu > 0\n    quantity: grain_mu\n" in draft[1]
    assert proposed(opened(folder), [], dict([draft]), TODAY)[1] == []


@pytest.mark.parametrize(
    ("changed", "messages"),
    [
        ({"name": ("", "牦牛奖励")}, ["E835: B5 政策名称: the new policy has nothing here"]),
        (
            {"paid_by": ("", "打入社会保障卡")},
            ["E835: B18 发放方式: the new policy has nothing here"],
        ),
        ({"id": "longevity-80"}, ["E836: C3 政策代号: there is a policy longevity-80 already"]),
        ({"id": ""}, ["E835: C3 政策代号: the new policy has nothing here"]),
        ({"unit": ""}, ["E835: C23 单位: the new policy has nothing here"]),
        (
            {"for": "village 按村"},
            ["E837: C25 按户还是按人: there is no village; known are: household, member"],
        ),
        ({"amount": "很多"}, ["E814: C27 新标准: '很多' is no amount"]),
        ({"from": "明年"}, ["E813: C28 执行日期: '明年' is no date"]),
    ],
)
def test_what_a_new_policy_lacks_is_told_with_its_cell(
    folder: Path, changed: dict[str, object], messages: list[str]
) -> None:
    assert drafted(folder, {**POLICY, **changed}) == (None, messages)


def test_a_new_policy_with_faulty_tibetan_is_refused(folder: Path) -> None:
    draft, problems = drafted(folder, {**POLICY, "name": ("གཡག，བྱ་དགའ", "牦牛奖励")})
    assert draft is not None and problems == []
    files, (found,) = proposed(opened(folder), [], dict([draft]), TODAY)
    assert files == [] and found.code == "E220" and found.place.line == 5
    _entries, form, _problems = read_standards(folder.parent / "s.xlsx")
    assert form is not None
    place = at_cell(found, form, draft[1]).place
    assert (place.file.endswith(f"s.xlsx[{NEW_POLICY}]"), place.line, place.column) == (True, 5, 2)
