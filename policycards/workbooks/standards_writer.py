"""The workbook with which an office changes standards: what holds now, room for what is new, a
form, and help.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.editing.amendment_input import ENDED
from policycards.catalogue.editing.amendments import standard_digest, unit_words
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import StandardInForce
from policycards.catalogue.model.policy import Policy, Text
from policycards.tables.xlsx_writer import save
from policycards.workbooks.policy_form import write_form
from policycards.workbooks.sheet_cells import add, check, fill, head, protect, title
from policycards.workbooks.standards_columns import COLUMNS, HELP, NEW_POLICY, STANDARDS

FIRST = 4
"""The row below title and headings."""

_TITLE = Text(
    zh="补助标准：只填黄色的格，不变的行空着。填好后先运行 policycards standards import 看会改什么",
    bo="ཁ་གསབ་ཚད་གཞི། སེར་པོའི་མིག་ཁུང་ཁོ་ན་འབྲི། མི་འགྱུར་བའི་འཕྲེད་སྟར་སྟོང་པར་འཇོག",
)


def write_standards(catalogue: Catalogue, day: date, path: Path) -> int:
    """Writes the workbook as of a day; the number of standards in it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = STANDARDS
    rows = [
        _row(catalogue, policy, held)
        for policy, held in catalogue.on(day)
        if held.standard.pays != "by_notice"
    ]
    _standards(sheet, rows)
    write_form(book.create_sheet(NEW_POLICY), book.create_sheet("lists"), catalogue)
    _help(book.create_sheet(HELP))
    save(book, path)
    return len(rows)


def _row(catalogue: Catalogue, policy: Policy, held: StandardInForce) -> dict[str, str]:
    standard, value = held.standard, held.value
    current = f"{value.amount:f}" if value and value.amount is not None else ""
    return {
        "policy": policy.id,
        "standard": standard.id,
        "name_bo": policy.name.bo,
        "name_zh": policy.name.zh,
        "label_bo": standard.label.bo if standard.label else "",
        "label_zh": standard.label.zh if standard.label else "",
        "area": held.area,
        "unit": unit_words(catalogue, standard)[0],
        "current": ENDED[0] if held.ended else current,
        "since": str(held.entry.since) if held.entry else "",
        "digest": standard_digest(standard),
    }


def _standards(sheet: Worksheet, rows: Sequence[dict[str, str]]) -> None:
    title(sheet, _TITLE)
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.field == "digest"
        head(sheet.cell(2, number), column.name.bo)
        head(sheet.cell(3, number), column.name.zh)
        for row, texts in enumerate(rows, FIRST):
            fill(sheet.cell(row, number), texts.get(column.field, ""), column.open)
        if column.open and rows:
            add(
                sheet,
                check(column, f"{letter}{FIRST}"),
                f"{letter}{FIRST}:{letter}{FIRST - 1 + len(rows)}",
            )
    sheet.freeze_panes = f"D{FIRST}"
    protect(sheet)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "2:3"


def _help(sheet: Worksheet) -> None:
    steps = Text(
        zh=(
            "1 在“标准”表里找到要变的标准，填黄色的格。2 保存。3 运行 policycards standards import"
            " 文件名，看会改什么。"
            "4 没有错误，再加 --apply。有一行不对，就什么都不改。"
        ),
        bo=(
            "1 ཚད་གཞིའི་རེའུ་མིག་ནང་སེར་པོའི་མིག་ཁུང་འབྲི། 2 ཉར་ཚགས་བྱེད། 3 policycards standards"
            " import བཀོལ་ནས་ཅི་འགྱུར་ལ་ལྟ། 4 ནོར་འཁྲུལ་མེད་ན་ --apply སྣོན།"
            " འཕྲེད་སྟར་གཅིག་ནོར་ན་ཅི་ཡང་མི་འགྱུར།"
        ),
    )
    title(sheet, Text(zh="怎么填", bo="འབྲི་ཐབས"))
    rows = [("", "", steps.zh, steps.bo)]
    rows += [
        (each.name.zh, each.name.bo, each.help.zh, each.help.bo) for each in COLUMNS if each.open
    ]
    for number, texts in enumerate(rows, 2):
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (16, 30, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
