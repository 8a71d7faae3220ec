"""Tables pasted from Excel: areas and telephones, their cells known by what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from policycards.desk.office.new_office import AreaRow
from policycards.tables.encoding import decode
from policycards.tables.xlsx import NoWorkbook, read_workbook

_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?")
_TIBETAN = re.compile("[\u0f00-\u0fff]")
_HAN = re.compile("[\u3400-\u9fff]")
_LONG_CODE = re.compile(r"([0-9]{9})000|([0-9]{6})000000")
"""The statistical office writes a township as twelve digits, the last of them noughts."""


def area_rows(text: str) -> list[AreaRow]:
    """The rows that have a code and a Chinese name, in any order of columns; the first of one code.

    >>> area_rows("区划代码\\t名称\\n540627101000\\t普保镇\\tཕུག་པོ་གྲོང་རྡལ\\n540627\\t班戈县")
    [AreaRow(code='540627101', zh='普保镇', bo='ཕུག་པོ་གྲོང་རྡལ'), AreaRow(code='540627', zh='班戈县', bo='')]
    """
    found: dict[str, AreaRow] = {}
    for cells in _lines(text):
        codes = [short_code(each) for each in cells if _CODE.fullmatch(each)]
        zh = [each for each in cells if _HAN.search(each) and not _TIBETAN.search(each)]
        bo = [each for each in cells if _TIBETAN.search(each)]
        if codes and zh:
            found.setdefault(max(codes, key=len), AreaRow(max(codes, key=len), zh[0], *bo[:1]))
    return list(found.values())


def short_code(code: str) -> str:
    """A code without the noughts that fill it up to twelve digits.

    >>> short_code("540627000000"), short_code("540627101000"), short_code("540627101201")
    ('540627', '540627101', '540627101201')
    """
    found = _LONG_CODE.fullmatch(code)
    return (found[1] if not code.endswith("000000") else found[2] or code[:6]) if found else code


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        sign = "\t" if "\t" in line else ","
        yield [cell.strip().strip('"').strip() for cell in line.split(sign)]


def text_of_file(path: Path) -> str:
    """The cells of a workbook or a CSV, as Excel would paste them; empty where it is neither."""
    try:
        sheets = read_workbook(path)
    except NoWorkbook:
        return decode(path.read_bytes(), path.name, table=True)[0] or ""
    rows = (row for sheet in sheets for row in sheet.rows.values())
    return "\n".join("\t".join(row) for row in rows)
