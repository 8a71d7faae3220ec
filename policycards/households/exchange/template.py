"""An empty workbook with every column of a catalogue's rosters, to be filled in: codes as text,
choices, help.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.fields import DROPPED, Field, fields_of
from policycards.tables.xlsx_writer import HEADED, save

ROWS = 2000
"""Rows prepared for typing: a village has far fewer people; more rows work too, but without lists
to pick from.
"""

_TITLE = Text(
    zh="名册：一人一行，户的信息只写在户主行",
    bo="མིང་ཐོ། མི་རེར་གྲལ་རེ། དུད་ཚང་གི་གནས་ཚུལ་ཁྱིམ་བདག་གི་གྲལ་ཁོ་ནར་འབྲི།",
)
_RELATIONS = (
    "户主",
    "配偶",
    "子",
    "女",
    "儿媳",
    "女婿",
    "孙子",
    "孙女",
    "父亲",
    "母亲",
    "祖父",
    "祖母",
    "兄弟",
    "姐妹",
    "其他",
)
_HELP: Mapping[str, Text] = {
    "household_id": Text(
        zh="每户一个编号，同一户的每一行都写", bo="དུད་ཚང་རེར་ཨང་གྲངས་རེ། དུད་ཚང་གཅིག་གི་གྲལ་ཚང་མར་འབྲི།"
    ),
    "area": Text(zh="村的12位区划代码，从列表中选", bo="གྲོང་ཚོའི་ཨང་རྟགས་ཨང་12། ཐོ་གཞུང་ནས་འདེམས།"),
    "name_bo": Text(zh="只有一种文字的姓名也可以", bo="ཡིག་རིགས་གཅིག་གི་མིང་ཡིན་ནའང་ཆོག"),
    "relation": Text(zh="每户只有一个户主", bo="དུད་ཚང་རེར་ཁྱིམ་བདག་གཅིག་ལས་མེད།"),
}
_KIND_HELP: Mapping[str, Text] = {
    "id": Text(zh="数字或字母，按文本填写", bo="ཨང་ཀིའམ་དབྱིན་ཡིག་འབྲི།"),
    "area": Text(zh="12位区划代码", bo="ཨང་རྟགས་ཨང་12"),
    "text": Text(zh="文字，可以不填", bo="ཡི་གེ་འབྲི། མ་བྲིས་ནའང་ཆོག"),
    "name": Text(zh="姓名，不加说明", bo="མིང་ཁོ་ན་འབྲི།"),
    "order": Text(zh="整数：送卡时走的顺序，可以不填", bo="ཨང་ཀི་ཁོ་ན་འབྲི། མ་བྲིས་ནའང་ཆོག"),
    "date": Text(zh="年-月-日，如 1950-03-02", bo="ལོ-ཟླ-ཚེས། དཔེར་ན 1950-03-02"),
    "birth": Text(zh="年-月-日，如 1950-03-02", bo="ལོ-ཟླ-ཚེས། དཔེར་ན 1950-03-02"),
    "number": Text(zh="只写数字，没有写0，不清楚不填", bo="ཨང་ཀི་ཁོ་ན་འབྲི། མེད་ན 0"),
    "choice": Text(zh="从列表中选", bo="ཐོ་གཞུང་ནས་འདེམས།"),
    "yes_no": Text(zh="是或否，不清楚不填", bo="ཡིན་ནམ་མིན།"),
    "override": Text(
        zh="已审批的写“是”或审批金额，未批准的写“否”，不清楚不填",
        bo="ཆོག་མཆན་ཐོབ་ན་ཡིན་ནམ་དངུལ་འབོར། མ་ཐོབ་ན་མིན།",
    ),
}


def write_template(catalogue: Catalogue, areas: AreaCodes, path: Path) -> None:
    """A workbook of three sheets: the empty list, what each column means, and the villages with
    their codes.
    """
    fields = [
        field for field in fields_of(catalogue).values() if field.name not in (*DROPPED, "people")
    ]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "名册"
    villages = book.create_sheet("区划 ས་ཁུལ")
    for code in areas.plain:
        villages.append([code, catalogue.areas[code].name.zh, catalogue.areas[code].name.bo])
    _head(sheet, fields)
    for number, field in enumerate(fields, 1):
        letter = get_column_letter(number)
        for row in range(4, 4 + ROWS):
            sheet.cell(row, number).number_format = "@"
        sheet.column_dimensions[letter].width = 16
        check = _validation(field, f"'{villages.title}'!$A$1:$A${max(len(areas.plain), 1)}")
        check.add(f"{letter}4:{letter}{3 + ROWS}")
        sheet.add_data_validation(check)
    _explain(book.create_sheet("说明 གསལ་བཤད"), fields)
    for each in villages["A"]:
        each.number_format = "@"
    save(book, path)


def help_of(field: Field) -> Text:
    """What to write into a column, in both languages."""
    return _HELP.get(field.name) or _KIND_HELP[field.kind]


def _head(sheet: Worksheet, fields: Sequence[Field]) -> None:
    sheet.append([f"{_TITLE.zh}　{_TITLE.bo}"])
    sheet.append([field.label.bo for field in fields])
    sheet.append([field.label.zh for field in fields])
    for row in sheet["A2" : f"{get_column_letter(len(fields))}3"]:
        for cell in row:
            cell.font, cell.fill = Font(bold=True), HEADED
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "B4"


def _validation(field: Field, villages: str) -> DataValidation:
    """What Excel offers and says in a cell; the roster's own checks are the ones that count."""
    help_text = help_of(field)
    choices = (
        _RELATIONS
        if field.name == "relation"
        else ("是", "否")
        if field.kind == "yes_no"
        else field.choices
    )
    if field.kind == "area":
        check = DataValidation(type="list", formula1=villages, allow_blank=True)
    elif choices and len(",".join(choices)) < 250:
        check = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    else:
        check = DataValidation(allow_blank=True)
    check.showErrorMessage = field.kind in ("area", "choice", "yes_no")
    check.showInputMessage = True
    check.promptTitle = field.label.zh[:32]
    check.prompt = f"{help_text.zh}\n{help_text.bo}"[:255]
    return check


def _explain(sheet: Worksheet, fields: Sequence[Field]) -> None:
    for field in fields:
        help_text = help_of(field)
        unit = field.unit.zh if field.unit else ""
        sheet.append([field.label.zh, field.label.bo, unit, help_text.zh, help_text.bo])
    for letter, width in zip("ABCDE", (28, 40, 8, 50, 70), strict=True):
        sheet.column_dimensions[letter].width = width
