"""The workbook with which an office changes standards: what holds now, room for what is new, a form, and help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.amendments import standard_digest, unit_words
from policycards.catalogue.entries import ENDED
from policycards.catalogue.model import Catalogue, Policy, Standard, Text
from policycards.workbooks.sheetwriting import HEADED, MARKED, printable, save
from policycards.workbooks.standardcolumns import (
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

FIRST = 4
"""The row below title and headings."""

_TITLE = Text(
    zh="补助标准：只填黄色的格，不变的行空着。填好后先运行 policycards standards import 看会改什么",
    bo="ཁ་གསབ་ཚད་གཞི། སེར་པོའི་དྲ་མིག་ཁོ་ན་འབྲི། མི་འགྱུར་བའི་གྲལ་སྟོང་པར་འཇོག",
)
_FORM_TITLE = Text(zh="一项新政策：藏文和中文都要填", bo="སྲིད་ཇུས་གསར་པ་གཅིག བོད་ཡིག་དང་རྒྱ་ཡིག་གཉིས་ཀ་འབྲི།")
_DATES = ("from", "published")
_EDGE = Border(*[Side(style="thin", color="BFBFBF")] * 4)


def write_standards(catalogue: Catalogue, day: date, path: Path) -> int:
    """Writes the workbook as of a day; the number of standards in it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = STANDARDS
    rows = [row for policy in catalogue.policies for row in _rows(catalogue, policy, day)]
    _standards(sheet, rows)
    _form(book.create_sheet(NEW_POLICY), book.create_sheet("lists"), catalogue)
    _help(book.create_sheet(HELP))
    save(book, path)
    return len(rows)


def _rows(catalogue: Catalogue, policy: Policy, day: date) -> Iterator[dict[str, str]]:
    """One for each standard and each area in which it has values of its own, the whole first."""
    for standard in policy.standards:
        if standard.pays == "by_notice":
            continue
        for area in sorted({value.area or "" for value in standard.values} or {""}):
            yield _row(catalogue, policy, standard, area, day)


def _row(catalogue: Catalogue, policy: Policy, standard: Standard, area: str, day: date) -> dict[str, str]:
    value, ended = standard.value_on(day, area), standard.ended_on(day, area)
    current = ENDED[0] if ended else f"{value.amount:f}" if value and value.amount is not None else ""
    held = value or ended
    return {
        "policy": policy.id,
        "standard": standard.id,
        "name_bo": policy.name.bo,
        "name_zh": policy.name.zh,
        "label_bo": standard.label.bo if standard.label else "",
        "label_zh": standard.label.zh if standard.label else "",
        "area": area,
        "unit": unit_words(catalogue, standard)[0],
        "current": current,
        "since": str(held.since) if held else "",
        "digest": standard_digest(standard),
    }


def _standards(sheet: Worksheet, rows: Sequence[dict[str, str]]) -> None:
    _title(sheet, _TITLE)
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.field == "digest"
        _head(sheet.cell(2, number), column.name.bo)
        _head(sheet.cell(3, number), column.name.zh)
        for row, told in enumerate(rows, FIRST):
            _fill(sheet.cell(row, number), told.get(column.field, ""), column.open)
        if column.open and rows:
            _add(sheet, _check(column, f"{letter}{FIRST}"), f"{letter}{FIRST}:{letter}{FIRST - 1 + len(rows)}")
    sheet.freeze_panes = sheet.cell(FIRST, 4)
    _protect(sheet)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "2:3"


def _title(sheet: Worksheet, title: Text) -> None:
    sheet.cell(1, 1, f"{title.zh}　{title.bo}").font = Font(bold=True)


def _head(cell: Cell, text: str) -> None:
    cell.value, cell.font, cell.fill, cell.border = text, Font(bold=True), HEADED, _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _fill(cell: Cell, text: str, is_open: bool) -> None:
    """A cell of text: figures keep their noughts, dates stay as precise as they are typed."""
    cell.number_format, cell.border = "@", _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value, cell.data_type = printable(text), "s"
    if is_open:
        cell.fill, cell.protection = MARKED, Protection(locked=False)


def _check(column: Heading, first: str) -> DataValidation:
    """What Excel says and refuses in a cell; the checks at importing are the ones that count."""
    if column.field == "amount":
        figure = f'IF(OR({first}="{ENDED[0]}",{first}=""),TRUE,ISNUMBER(VALUE({first})))'
        check = DataValidation(type="custom", formula1=figure, showErrorMessage=True)
    elif column.field in _DATES:
        check = DataValidation(type="custom", formula1=f"LEN({first})>=4", showErrorMessage=True)
    elif column.field == "missing":
        check = DataValidation(type="list", formula1=f'"{",".join(WHY)}"', showErrorMessage=False)
    else:
        check = DataValidation()
    return _told(check, column)


def _told(check: DataValidation, heading: Heading) -> DataValidation:
    check.allow_blank, check.showInputMessage = True, True
    check.promptTitle = heading.name.zh[:32]
    check.prompt = f"{heading.help.zh}\n{heading.help.bo}"[:255]
    check.errorTitle, check.error = heading.name.zh[:32], check.prompt[:225]
    return check


def _add(sheet: Worksheet, check: DataValidation, cells: str) -> None:
    check.add(cells)
    sheet.add_data_validation(check)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps from slips, not from people. Columns may be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _form(sheet: Worksheet, lists: Worksheet, catalogue: Catalogue) -> None:
    choices = _choices(catalogue)
    lists.sheet_state = "hidden"
    for number, options in enumerate(choices.values(), 1):
        for row, option in enumerate(options, 1):
            lists.cell(row, number, option)
    _title(sheet, _FORM_TITLE)
    for number, name in enumerate(("项目 རྣམ་གྲངས", "藏文 བོད་ཡིག", "中文 རྒྱ་ཡིག", "怎么填 འབྲི་ཐབས"), 1):
        _head(sheet.cell(2, number), name)
        sheet.column_dimensions[get_column_letter(number)].width = (36, 48, 48, 70)[number - 1]
    for row, line in enumerate(FORM, 3):
        _head(sheet.cell(row, 1), f"{line.heading.name.zh} {line.heading.name.bo}")
        _fill(sheet.cell(row, 2), "", line.texts)
        _fill(sheet.cell(row, 3), "", True)
        _fill(sheet.cell(row, 4), f"{line.heading.help.zh}\n{line.heading.help.bo}", False)
        _add(sheet, _picked(line, row, choices), f"C{row}")
    sheet.freeze_panes = "B3"
    _protect(sheet)


def _choices(catalogue: Catalogue) -> dict[str, list[str]]:
    """What may be picked, by line: a code and what it means."""
    settings = catalogue.settings
    columns = [each for each in settings.attributes if each.of != "area" and each.type == "number"]
    return {
        "category": [f"{each.id} {each.name.zh}" for each in settings.categories],
        "unit": [f"{each.id} {each.label.zh.format(n='…')}" for each in settings.units],
        "pays": [f"{code} {told}" for code, told in PAYS.items()],
        "for": [f"{code} {told}" for code, told in PER.items()],
        "column": [f"{each.name} {each.label.zh}" for each in columns] or ["–"],
        "discreet": ["是", "否"],
        "missing": list(WHY),
    }


def _picked(line: Line, row: int, choices: dict[str, list[str]]) -> DataValidation:
    if not line.pick:
        return _check(line.heading, f"C{row}")
    letter = get_column_letter(list(choices).index(line.pick) + 1)
    options = f"lists!${letter}$1:${letter}${len(choices[line.pick])}"
    strict = line.pick != "missing"
    return _told(DataValidation(type="list", formula1=options, showErrorMessage=strict), line.heading)


def _help(sheet: Worksheet) -> None:
    steps = Text(
        zh="1 在“标准”表里找到要变的标准，填黄色的格。2 保存。3 运行 policycards standards import 文件名，看会改什么。"
        "4 没有错误，再加 --apply。有一行不对，就什么都不改。",
        bo="1 ཚད་གཞིའི་རེའུ་མིག་ནང་སེར་པོའི་དྲ་མིག་འབྲི། 2 ཉར་ཚགས་བྱེད། 3 policycards standards import བཀོལ་ནས་ཅི་འགྱུར་ལ་ལྟ། "
        "4 ནོར་འཁྲུལ་མེད་ན་ --apply སྣོན། གྲལ་གཅིག་ནོར་ན་ཅི་ཡང་མི་འགྱུར།",
    )
    _title(sheet, Text(zh="怎么填", bo="འབྲི་ཐབས"))
    rows = [("", "", steps.zh, steps.bo)]
    rows += [(each.name.zh, each.name.bo, each.help.zh, each.help.bo) for each in COLUMNS if each.open]
    for number, told in enumerate(rows, 2):
        for column, text in enumerate(told, 1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (16, 30, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
