"""XLSX workbooks as text: what stands in each cell, hidden and folded rows, merged cells, formulas
that failed or have no result.

Read straight from the XML of ECMA-376, because readers made for tables of numbers lose what a
clerk's list must be checked for: merged cells, hidden rows, ``#DIV/0!`` and formulas without a
result come out of them as empty cells. Parts are found by their relations, without regard to case
and with ``\\`` for ``/``, as Excel and WPS find them.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.parsers import expat

from policycards.tables.xlsx_cells import (
    FormatCode,
    format_of,
    shown_day,
    shown_number,
    unescaped,
)

LIMIT = 1_500_000_000
"""Bytes of XML in one part; a sheet full to its last row has less, and a small file that unpacks to
more is no list.
"""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Where a sheet of Excel ends."""
MOST_TEXT = 32_767
"""Characters that Excel puts into one cell."""
MOST_CELLS = 40_000_000
"""Cells of a sheet with something in them, those of merged blocks included."""
FORMULA = "="
"""Stands for a formula that has no result: the program that wrote the file did not calculate."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_CELL_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PIECE = 1 << 16


class NoWorkbook(ValueError):
    """Why a file is no workbook that can be read."""


Block = tuple[int, int, int, int]
"""A merged block: left column from 0, top row from 1, right column, bottom row."""


@dataclass(slots=True)
class Sheet:
    """One visible sheet: rows by their number, cells from column A on.

    ``hidden`` are rows hidden by hand or by a filter, ``folded`` those of a collapsed group;
    ``merged`` counts the cells that were filled from ``blocks``; ``numbers`` are the cells such as
    1956.1, whose last noughts a number cannot keep. Day numbers count from ``first_day``.
    """

    name: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    folded: set[int] = field(default_factory=set)
    merged: int = 0
    blocks: list[Block] = field(default_factory=list)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    first_day: date = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets in their order, and the names of those that are hidden."""

    sheets: list[Sheet]
    hidden: tuple[str, ...] = ()


def read_workbook(path: Path) -> list[Sheet]:
    """The visible sheets in their order; raises NoWorkbook and OSError."""
    return open_workbook(path).sheets


def open_workbook(path: Path) -> Workbook:
    """A workbook; raises NoWorkbook and OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Book(archive).workbook()
    except NoWorkbook:
        raise
    except RuntimeError as error:
        raise NoWorkbook("it has a password") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        expat.ExpatError,
        LookupError,
        ValueError,
        EOFError,
        OverflowError,
        NotImplementedError,
    ) as error:
        raise NoWorkbook(str(error) or type(error).__name__) from error


class _Book:
    """What the sheets of a workbook share: texts, formats, and the day from which days are
    counted.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts: dict[str, zipfile.ZipInfo] = {}
        for part in archive.infolist():
            self.parts.setdefault(part.filename.replace("\\", "/").lstrip("/").lower(), part)
        main = self._related("", "officedocument") or ["xl/workbook.xml"]
        self.main = main[0]
        if self.main.lower() not in self.parts:
            raise NoWorkbook("it has no xl/workbook.xml")
        self.first_day = date(1899, 12, 30)
        self.named: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.texts: list[str] = []
        self.formats: list[FormatCode] = []

    def workbook(self) -> Workbook:
        targets = self._targets(self.main)

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.first_day = date(1904, 1, 1)
            elif tag == "sheet":
                name = attributes.get("name", "")
                relation = next((v for k, v in attributes.items() if k.endswith("id")), "")
                relation = attributes.get("r:id", relation)
                if attributes.get("state", "visible") == "visible":
                    self.named.append((name, targets.get(relation, "")))
                else:
                    self.hidden.append(name)

        self._parse(self.main, start)
        for part in self._related(self.main, "sharedstrings"):
            self._read_texts(part)
        for part in self._related(self.main, "styles"):
            self._read_formats(part)
        return Workbook([self._sheet(name, part) for name, part in self.named], tuple(self.hidden))

    def _targets(self, part: str, kind: str = "") -> dict[str, str]:
        """The parts to which a part is related, by the id of the relation."""
        folder, name = posixpath.split(part)
        found: dict[str, str] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag != "Relationship" or attributes.get("TargetMode") == "External":
                return
            if attributes.get("Type", "").lower().endswith(kind):
                target = attributes.get("Target", "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[attributes.get("Id", "")] = path

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() in self.parts:
            self._parse(relations, start)
        return found

    def _related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind to which a part is related, else those that have the usual name."""
        found = [each for each in self._targets(part, kind).values() if each.lower() in self.parts]
        usual = {"sharedstrings": "xl/sharedstrings.xml", "styles": "xl/styles.xml"}.get(kind)
        return found or ([usual] if usual in self.parts else [])

    def _parse(
        self,
        part: str,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Reads a part piece by piece; names of elements come without their namespace."""
        info = self.parts[part.lower()]
        if info.file_size > LIMIT:
            raise NoWorkbook(f"{part} unpacks to more than {LIMIT // 1_000_000} MB")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(
            tag.rpartition(":")[2], attributes
        )
        if end:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text:
            parser.CharacterDataHandler = text
        with self.archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def _read_texts(self, part: str) -> None:
        """The shared texts, without the reading aids that East Asian Excel puts beside them."""
        pieces: list[str] = []
        state = {"text": False, "aid": False, "length": 0}

        def start(tag: str, _attributes: Mapping[str, str]) -> None:
            state["text"] = tag == "t" and not state["aid"]
            if tag == "rPh":
                state["aid"] = True

        def end(tag: str) -> None:
            if tag == "si":
                self.texts.append(unescaped("".join(pieces)))
                pieces.clear()
                state["length"] = 0
            elif tag == "rPh":
                state["aid"] = False
            state["text"] = False

        def text(piece: str) -> None:
            if state["text"]:
                state["length"] += len(piece)
                if state["length"] > 2 * MOST_TEXT:
                    raise NoWorkbook(f"a cell has more than {MOST_TEXT} characters")
                pieces.append(piece)

        self._parse(part, start, end, text)

    def _read_formats(self, part: str) -> None:
        """For each cell style how it shows a number."""
        own: dict[str, str] = {}
        inside = {"cells": False}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "numFmt":
                own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif tag == "cellXfs":
                inside["cells"] = True
            elif tag == "xf" and inside["cells"]:
                number = attributes.get("numFmtId", "0")
                self.formats.append(format_of(number, own.get(number)))

        def end(tag: str) -> None:
            if tag == "cellXfs":
                inside["cells"] = False

        self._parse(part, start, end)

    def _sheet(self, name: str, part: str) -> Sheet:
        if part.lower() not in self.parts:
            raise NoWorkbook(f"the sheet {name} has no part of its own")
        sheet = Sheet(name, first_day=self.first_day)
        reader = _SheetReader(sheet, self.texts, self.formats)
        try:
            self._parse(part, reader.start, reader.end, reader.text)
        except (ValueError, LookupError, OverflowError) as error:
            raise NoWorkbook(f"[{name}] {reader.where}: {error}") from error
        fill_blocks(sheet)
        return sheet


class _SheetReader:
    """Takes the elements of one sheet and fills its rows."""

    def __init__(self, sheet: Sheet, texts: list[str], formats: list[FormatCode]) -> None:
        self.sheet, self.texts, self.formats = sheet, texts, formats
        self.number = 0
        self.cells: list[str] = []
        self.column = -1
        self.count = 0
        self.type = "n"
        self.style = 0
        self.value: list[str] | None = None
        self.inline: list[str] = []
        self.formula = self.aid = False
        self.length = 0

    @property
    def where(self) -> str:
        return f"{letters(max(self.column, 0))}{self.number}"

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            reference = attributes.get("r")
            self.column = self.column + 1 if reference is None else column_of(reference)
            if not 0 <= self.column < MOST_COLUMNS:
                raise ValueError(f"a sheet ends at column {letters(MOST_COLUMNS - 1)}")
            self.type = attributes.get("t", "n")
            self.style = int(attributes.get("s", "0"))
            self.inline.clear()
            self.formula, self.value, self.length = False, None, 0
            self.parts: list[str] = []
        elif tag in ("v", "t"):
            self.value = [] if tag == "v" or not self.aid else None
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.aid = True
        elif tag == "row":
            number = attributes.get("r")
            self.number = self.number + 1 if number is None else int(number)
            if not 0 < self.number <= MOST_ROWS:
                raise ValueError(f"a sheet ends at row {MOST_ROWS}")
            self.column, self.cells = -1, []
            if attributes.get("hidden") in ("1", "true"):
                folded = attributes.get("outlineLevel", "0") != "0"
                (self.sheet.folded if folded else self.sheet.hidden).add(self.number)
        elif tag == "mergeCell" and (block := block_of(attributes.get("ref", ""))):
            self.sheet.blocks.append(block)

    def text(self, piece: str) -> None:
        if self.value is not None:
            self.length += len(piece)
            if self.length > 2 * MOST_TEXT:
                raise ValueError(f"a cell has more than {MOST_TEXT} characters")
            self.value.append(piece)

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "v" and self.value is not None:
            self.parts = self.value
            self.value = None
        elif tag == "t" and self.value is not None:
            self.inline += self.value
            self.value = None
        elif tag == "rPh":
            self.aid = False
        elif tag == "row" and any(self.cells):
            self.sheet.rows[self.number] = self.cells

    def _end_cell(self) -> None:
        text = self._shown("".join(self.parts))
        if text:
            self.count += 1
            if self.count > MOST_CELLS:
                raise ValueError(f"a sheet of more than {MOST_CELLS} cells is no list")
            self.cells.extend([""] * (self.column - len(self.cells)))
            if self.column < len(self.cells):
                self.cells[self.column] = text
            else:
                self.cells.append(text)

    def _shown(self, value: str) -> str:
        if self.type == "inlineStr":
            return unescaped("".join(self.inline))
        if self.type == "s":
            return self.texts[int(value)] if value else ""
        if not value:
            return FORMULA if self.formula and self.type != "str" else ""
        if self.type == "n":
            form = self.formats[self.style] if self.style < len(self.formats) else None
            if form is not None and form.is_day:
                return shown_day(value, self.sheet.first_day)
            text = shown_number(value)
            if len(text) == 6 and text[4] == ".":
                self.sheet.numbers.add((self.number, self.column))
            return form.applied(text) if form is not None else text
        if self.type == "b":
            return "TRUE" if value == "1" else "FALSE"
        return value[:10] if self.type == "d" else unescaped(value)


def column_of(reference: str) -> int:
    """The number of a column from 0; raises ValueError for what names none.

    >>> column_of("A1"), column_of("$AB$12"), column_of("C")
    (0, 27, 2)
    """
    letters_only = reference.replace("$", "").rstrip("0123456789")
    if not 0 < len(letters_only) <= 3 or not (letters_only.isascii() and letters_only.isupper()):
        raise ValueError(f"{reference[:12]} is no cell")
    number = 0
    for letter in letters_only:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """The name of a column, numbered from 0, in Excel.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def block_of(reference: str) -> Block | None:
    """A merged block of more than one cell.

    >>> block_of("B4:B7"), block_of("B4")
    ((1, 4, 1, 7), None)
    """
    corners = _REFERENCE.findall(reference)
    if len(corners) != 2:
        return None
    (left, top), (right, bottom) = [(column_of(name), int(row)) for name, row in corners]
    return left, top, right, bottom


def fill_blocks(sheet: Sheet) -> None:
    """Puts the text of each merged block into all its cells, as far as the rows and columns of the
    sheet reach.
    """
    if not sheet.blocks:
        return
    width, last = max(map(len, sheet.rows.values()), default=0), max(sheet.rows, default=0)
    for left, top, right, bottom in sheet.blocks:
        first = sheet.rows.get(top, [])
        text = first[left] if left < len(first) else ""
        if not text:
            continue
        end = min(right + 1, width)
        bottom = min(bottom, last)
        sheet.merged += max(0, (end - left) * (bottom - top + 1) - 1)
        if sheet.merged > MOST_CELLS:
            raise NoWorkbook(f"[{sheet.name}] merged blocks of more than {MOST_CELLS} cells")
        for row in range(top, bottom + 1):
            cells = sheet.rows.setdefault(row, [])
            cells.extend([""] * (end - len(cells)))
            cells[left:end] = [text] * (end - left)
