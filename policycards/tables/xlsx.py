"""XLSX workbooks as text: what stands in each cell, hidden rows, merged cells, formulas that failed
or have no result.

Read straight from the XML of ECMA-376, because readers made for tables of numbers lose what a
clerk's list must be checked for: merged cells, hidden rows, ``#DIV/0!`` and formulas without a
result come out of them as empty cells.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from policycards.tables.xlsx_cells import (
    local_name,
    shown_day,
    shown_number,
    shows_day,
    text_of,
    unescaped,
)

LIMIT = 3_000_000_000
"""Bytes of XML; a sheet full to its last row has less, and a small file that unpacks to more is no
list.
"""
FORMULA = "="
"""Stands for a formula that has no result: the program that wrote the file did not calculate."""

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats of dates that have a number and no text: ECMA-376 part 1, 18.8.30; 27 to 58 are those of
Chinese Excel.
"""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class NoWorkbook(ValueError):
    """Why a file is no workbook that can be read."""


@dataclass(slots=True)
class Sheet:
    """One visible sheet: rows by their number, cells from column A on; ``merged`` counts the cells
    that were filled.
    """

    name: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: int = 0


def read_workbook(path: Path) -> list[Sheet]:
    """The visible sheets in their order; raises NoWorkbook and OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LIMIT:
                raise NoWorkbook("it unpacks to more than any list has")
            return _Book(archive).sheets()
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        LookupError,
        ValueError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise NoWorkbook(str(error)) from error


class _Book:
    """What the sheets of a workbook share: texts, formats, and the day from which days are
    counted.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts = set(archive.namelist())
        if "xl/workbook.xml" not in self.parts:
            raise NoWorkbook("it has no xl/workbook.xml")
        self.named: list[tuple[str, str]] = []
        self.first_day = date(1899, 12, 30)
        targets = {
            each.get("Id"): each.get("Target", "")
            for each in self._all("xl/_rels/workbook.xml.rels")
        }
        for element in self._all("xl/workbook.xml"):
            if local_name(element) == "workbookPr" and element.get("date1904") in ("1", "true"):
                self.first_day = date(1904, 1, 1)
            elif local_name(element) == "sheet" and element.get("state", "visible") == "visible":
                relation = next(
                    (value for key, value in element.items() if key.endswith("}id")), None
                )
                self.named.append(
                    (element.get("name", ""), posixpath.join("/xl", targets[relation]))
                )
        self.texts = [text_of(each) for each in self._all("xl/sharedStrings.xml", "si")]
        self.dated = self._dated()

    def _all(self, part: str, keep: str = "") -> Iterator[Element]:
        """Every element of a part, or those of one name with all that is in them."""
        if part not in self.parts:
            return
        with self.archive.open(part) as stream:
            for _event, element in iterparse(stream):
                if not keep:
                    yield element
                elif local_name(element) == keep:
                    yield element
                    element.clear()

    def _dated(self) -> list[bool]:
        """For each cell style whether it shows a date."""
        own: dict[str, bool] = {}
        styles: list[bool] = []
        for element in self._all("xl/styles.xml"):
            if local_name(element) == "numFmt":
                own[element.get("numFmtId", "")] = shows_day(element.get("formatCode", ""))
            elif local_name(element) == "cellXfs":
                for style in element:
                    number = style.get("numFmtId", "0")
                    styles.append(own.get(number, int(number) in _DATE_FORMATS))
        return styles

    def sheets(self) -> list[Sheet]:
        return [
            self._sheet(name, posixpath.normpath(part).lstrip("/")) for name, part in self.named
        ]

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet, merged, number = Sheet(name), [], 0
        if part not in self.parts:
            return sheet
        with self.archive.open(part) as stream:
            for _event, element in iterparse(stream):
                tag = local_name(element)
                if tag == "row":
                    number = int(element.get("r") or number + 1)
                    if element.get("hidden") in ("1", "true"):
                        sheet.hidden.add(number)
                    sheet.rows[number] = self._cells(element)
                    element.clear()
                elif tag == "mergeCell":
                    merged.append(element.get("ref", ""))
        for reference in merged:
            _fill(sheet, reference)
        return sheet

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for element in row:
            column = _column(element.get("r", "")) if element.get("r") else len(cells)
            cells.extend([""] * (column - len(cells)))
            cells.append(self._cell(element))
        return cells

    def _cell(self, element: Element) -> str:
        kind = element.get("t", "n")
        value, formula = "", False
        for part in element:
            tag = local_name(part)
            if tag == "v":
                value = part.text or ""
            elif tag == "f":
                formula = True
            elif tag == "is":
                return text_of(part)
        if kind == "s":
            return self.texts[int(value)] if value else ""
        if not value:
            return FORMULA if formula and kind != "str" else ""
        if kind == "n":
            style = int(element.get("s", "0"))
            return (
                shown_day(value, self.first_day)
                if style < len(self.dated) and self.dated[style]
                else shown_number(value)
            )
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return value[:10] if kind == "d" else unescaped(value)


def _column(reference: str) -> int:
    """The number of a column from 0.

    >>> _column("A1"), _column("AB12")
    (0, 27)
    """
    number = 0
    for letter in reference.rstrip("0123456789").lstrip("$"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _fill(sheet: Sheet, reference: str) -> None:
    """Puts the text of a merged block into all its cells, as far as the rows of the sheet reach."""
    corners = _REFERENCE.findall(reference)
    if len(corners) != 2:
        return
    (left, top), (right, bottom) = [(_column(letters), int(row)) for letters, row in corners]
    first = sheet.rows.get(top, [])
    text = first[left] if left < len(first) else ""
    if not text:
        return
    width = max(map(len, sheet.rows.values()))
    for row in range(top, min(bottom, max(sheet.rows)) + 1):
        cells = sheet.rows.setdefault(row, [])
        cells.extend([""] * (min(right + 1, width) - len(cells)))
        for column in range(left, min(right + 1, width)):
            if (row, column) != (top, left):
                cells[column] = text
                sheet.merged += 1
