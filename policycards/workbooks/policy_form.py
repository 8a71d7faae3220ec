"""The sheet on which an office describes a whole new policy, line by line, in both languages."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.workbooks.sheet_cells import add, check, fill, head, protect, title, with_help
from policycards.workbooks.standards_columns import FORM, PAYS, PER, WHY, Line

_TITLE = Text(zh="一项新政策：藏文和中文都要填", bo="སྲིད་ཇུས་གསར་པ་གཅིག བོད་ཡིག་དང་རྒྱ་ཡིག་གཉིས་ཀ་འབྲི།")
_HEADINGS = {"项目 རྣམ་གྲངས": 36, "藏文 བོད་ཡིག": 48, "中文 རྒྱ་ཡིག": 48, "怎么填 འབྲི་ཐབས": 70}
"""What stands in the columns, and their widths in characters."""


def write_form(sheet: Worksheet, lists: Worksheet, catalogue: Catalogue) -> None:
    """The form of one new policy; its lists to pick from stand on a sheet that is not shown."""
    picks = choices(catalogue)
    lists.sheet_state = "hidden"
    for number, options in enumerate(picks.values(), 1):
        for row, option in enumerate(options, 1):
            lists.cell(row, number, option)
    title(sheet, _TITLE)
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
