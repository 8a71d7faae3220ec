"""The workbook in which a reader of Tibetan says of each text that it is right, or writes a better
one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import Term
from policycards.catalogue.reviews.verdicts import Pair, Verdict
from policycards.tables.tables import read_sheets
from policycards.tables.xlsx import NoWorkbook
from policycards.tables.xlsx_writer import HEADED, MARKED, printable, save

RIGHT = "√"
READER = ("review_reader", "review_office", "review_date")
"""Words of the cells at the top, in the order of their rows from 2 on."""
_TOP = 6
_COLUMNS = ("zh", "bo", "picture", "hits", "right", "new", "remark", "where", "digest")
_WIDTHS = (7, 34, 40, 52, 40, 8, 44, 24, 30, 20)
_RIGHT, _NEW, _REMARK, _DIGEST = 5, 6, 7, 9
_POINTS_A_PIXEL = 0.75
_LINE = Side("thin", "BFBFBF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its size on the sheet, pt."""

    png: bytes
    width: float
    height: float


def write_review_book(
    path: Path, catalogue: Catalogue, pairs: Sequence[Pair], pictures: Sequence[Picture]
) -> None:
    """A row for each pair in the order of the paper sheet; only what the reader fills in can be
    typed over.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "审读 ཞིབ་ཀློག"
    _head(sheet, catalogue)
    for number, (pair, picture) in enumerate(zip(pairs, pictures, strict=True), 1):
        _row(sheet, _TOP + number, [str(number), *_cells(pair, catalogue)], picture)
    ticks = DataValidation("list", formula1=f'"{RIGHT}"', allow_blank=True)
    ticks.add(f"F{_TOP + 1}:F{_TOP + max(len(pairs), 1)}")
    sheet.add_data_validation(ticks)
    sheet.freeze_panes = f"A{_TOP + 1}"
    sheet.column_dimensions["J"].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    save(book, path)


def _head(sheet: Worksheet, catalogue: Catalogue) -> None:
    words = catalogue.words
    title = sheet.cell(1, 1, _both(words["review_title"]) + "    " + _both(words["review_note"]))
    title.font = Font(bold=True, size=14)
    for row, key in enumerate(READER, 2):
        sheet.cell(row, 2, _both(words[key])).font = Font(bold=True)
        _open(sheet, row, 3)
    headings = (
        Text(zh="序号", bo="ཨང"),
        Text(zh="中文", bo="རྒྱ་ཡིག"),
        Text(zh="藏文", bo="བོད་ཡིག"),
        Text(zh="藏文（图）", bo="བོད་ཡིག（པར་རིས）"),
        Text(zh="用语（把握）", bo="ཐ་སྙད"),
        words["review_right"],
        words["review_new"],
        words["review_remark"],
        Text(zh="出处", bo="བྱུང་ས"),
        Text(zh="识别码", bo="ཨང་རྟགས"),
    )
    for number, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True), 1):
        cell = sheet.cell(_TOP, number, _both(heading))
        cell.font, cell.fill = Font(bold=True), HEADED
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width


def _both(text: Text) -> str:
    return f"{text.bo} {text.zh}"


def _cells(pair: Pair, catalogue: Catalogue) -> Iterator[str]:
    yield from (pair.text.zh, pair.text.bo, "")
    yield "\n".join(_hit(term, catalogue) for term in pair.hits)
    yield from ("", "", "")
    yield "\n".join(f"{each.owner} {'.'.join(map(str, each.path))}" for each in pair.where[:4])
    yield pair.digest


def _hit(term: Term, catalogue: Catalogue) -> str:
    return f"{term.zh} {term.bo}（{catalogue.words[f'review_{term.confidence}'].zh}）"


def _row(sheet: Worksheet, row: int, cells: Sequence[str], picture: Picture) -> None:
    for number, text in enumerate(cells, 1):
        cell = sheet.cell(row, number, printable(text) if text else None)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=_LINE)
        if cell.value is not None:
            cell.data_type = "s"
    for number in (_RIGHT, _NEW, _REMARK):
        _open(sheet, row, number + 1)
    image = Image(io.BytesIO(picture.png))
    image.width, image.height = (
        round(side / _POINTS_A_PIXEL) for side in (picture.width, picture.height)
    )
    sheet.add_image(image, f"D{row}")
    sheet.row_dimensions[row].height = max(picture.height + 4, 15 * (1 + cells[4].count("\n")), 32)


def _open(sheet: Worksheet, row: int, column: int) -> None:
    """A cell to be filled in."""
    cell = sheet.cell(row, column)
    cell.protection = Protection(locked=False)
    cell.number_format = "@"
    cell.fill = MARKED
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def read_review_book(path: Path) -> tuple[tuple[str, ...], list[Verdict]]:
    """What the reader wrote at the top (name, office, day), and every row; raises NoWorkbook and
    OSError.
    """
    sheets, problems = read_sheets(path)
    if not sheets:
        raise NoWorkbook(problems[0].message())
    rows = sheets[0].rows
    if len(rows.get(_TOP, [])) <= _DIGEST:
        raise NoWorkbook("its columns are others")
    reader = tuple(_cell(rows.get(row, []), 2) for row in range(2, 2 + len(READER)))
    found = []
    for number, cells in sorted(rows.items()):
        if number > _TOP and any(cells):
            texts = {name: _cell(cells, at) for at, name in enumerate(_COLUMNS, 1)}
            found.append(
                Verdict(
                    number,
                    **{key: texts[key] for key in ("zh", "bo", "right", "new", "remark", "digest")},
                )
            )
    return reader, found


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
