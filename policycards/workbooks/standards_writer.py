"""The workbook with which an office changes standards: values, a form for a new policy, and help.

Cells are open or locked, with what Excel says and refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.editing.amendment_input import ENDED, EXPECTED
from policycards.catalogue.editing.amendments import standard_digest, unit_words
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import StandardInForce
from policycards.catalogue.model.policy import Policy, Text
from policycards.tables.xlsx_writer import HEADED, MARKED, printable, save
from policycards.workbooks.standards_columns import (
    COLUMNS,
    FORM,
    HELP,
    NEW_POLICY,
    PAYS,
    PER,
    STANDARDS,
    WHY,
    Heading,
    Line,
)

_DATES = ("from", "published")
_LINE = Side(style="thin", color="BFBFBF")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def title(sheet: Worksheet, text: Text) -> None:
    """What a sheet is for, in its first row."""
    sheet.cell(1, 1, f"{text.zh}　{text.bo}").font = Font(bold=True)


def head(cell: Cell | MergedCell, text: str) -> None:
    """A cell of a heading."""
    cell.value, cell.font, cell.fill, cell.border = text, Font(bold=True), HEADED, _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def fill(cell: Cell | MergedCell, text: str, is_open: bool) -> None:
    """A cell of text: figures keep their noughts, dates stay as precise as they are typed."""
    cell.number_format, cell.border = "@", _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value, cell.data_type = printable(text), "s"
    if is_open:
        cell.fill, cell.protection = MARKED, Protection(locked=False)


def check(column: Heading, first: str) -> DataValidation:
    """What Excel says and refuses in a cell; the checks at importing are the ones that count."""
    if column.field == "amount":
        no_figure = f'OR({first}="{ENDED[0]}",{first}="{EXPECTED[0]}",{first}="")'
        figure = f"IF({no_figure},TRUE,ISNUMBER(VALUE({first})))"
        check = DataValidation(type="custom", formula1=figure, showErrorMessage=True)
    elif column.field in _DATES:
        check = DataValidation(type="custom", formula1=f"LEN({first})>=4", showErrorMessage=True)
    elif column.field == "missing":
        check = DataValidation(type="list", formula1=f'"{",".join(WHY)}"', showErrorMessage=False)
    else:
        check = DataValidation()
    return with_help(check, column)


def with_help(check: DataValidation, heading: Heading) -> DataValidation:
    """A check with what is to be written there, shown when the cell is chosen."""
    check.allow_blank, check.showInputMessage = True, True
    check.promptTitle = heading.name.zh[:32]
    check.prompt = f"{heading.help.zh}\n{heading.help.bo}"[:255]
    check.errorTitle, check.error = heading.name.zh[:32], check.prompt[:225]
    return check


def add(sheet: Worksheet, check: DataValidation, cells: str) -> None:
    """Puts a check on a range of cells."""
    check.add(cells)
    sheet.add_data_validation(check)


def protect(sheet: Worksheet) -> None:
    """Without a password: it keeps from slips, not from people. Columns may be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


_FORM_TITLE = Text(zh="一项新政策：藏文和中文都要填", bo="སྲིད་ཇུས་གསར་པ་གཅིག བོད་ཡིག་དང་རྒྱ་ཡིག་གཉིས་ཀ་འབྲི།")
_HEADINGS = {"项目 རྣམ་གྲངས": 36, "藏文 བོད་ཡིག": 48, "中文 རྒྱ་ཡིག": 48, "怎么填 འབྲི་ཐབས": 70}
"""What stands in the columns, and their widths in characters."""


def write_form(sheet: Worksheet, lists: Worksheet, catalogue: Catalogue) -> None:
    """The form of one new policy; its lists to pick from stand on a sheet that is not shown."""
    picks = choices(catalogue)
    lists.sheet_state = "hidden"
    for number, options in enumerate(picks.values(), 1):
        for row, option in enumerate(options, 1):
            lists.cell(row, number, option)
    title(sheet, _FORM_TITLE)
    for number, (name, width) in enumerate(_HEADINGS.items(), 1):
        head(sheet.cell(2, number), name)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row, line in enumerate(FORM, 3):
        head(sheet.cell(row, 1), f"{line.heading.name.zh} {line.heading.name.bo}")
        fill(sheet.cell(row, 2), "", line.texts)
        fill(sheet.cell(row, 3), "", True)
        fill(sheet.cell(row, 4), f"{line.heading.help.zh}\n{line.heading.help.bo}", False)
        add(sheet, _picked(line, row, picks), f"C{row}")
    sheet.freeze_panes = "B3"
    protect(sheet)


def choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """What may be picked, by line: a code and what it means."""
    settings = catalogue.settings
    columns = [each for each in settings.attributes if each.of != "area" and each.type == "number"]
    return {
        "category": [f"{each.id} {each.name.zh}" for each in settings.categories],
        "unit": [f"{each.id} {each.label.zh.format(n='…')}" for each in settings.units],
        "pays": [f"{code} {with_help}" for code, with_help in PAYS.items()],
        "for": [f"{code} {with_help}" for code, with_help in PER.items()],
        "column": [f"{each.name} {each.label.zh}" for each in columns] or ["–"],
        "discreet": ["是", "否"],
        "missing": list(WHY),
    }


def _picked(line: Line, row: int, picks: dict[str, list[str]]) -> DataValidation:
    if not line.pick:
        return check(line.heading, f"C{row}")
    letter = get_column_letter(list(picks).index(line.pick) + 1)
    options = f"lists!${letter}$1:${letter}${len(picks[line.pick])}"
    strict = line.pick != "missing"
    return with_help(
        DataValidation(type="list", formula1=options, showErrorMessage=strict), line.heading
    )


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
