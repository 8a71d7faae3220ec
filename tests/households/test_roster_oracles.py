"""Our own reading of workbooks and polars' of CSV, against openpyxl and the csv module."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from policycards.tables.tables import read_tables
from policycards.tables.xlsx import NoWorkbook, read_workbook

printable = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    max_size=8,
)
cell = st.one_of(
    st.none(),
    printable.filter(lambda text: not text.startswith(("=", "#"))),
    st.integers(-(10**14), 10**14),
    st.decimals(-99999, 99999, places=3).map(float),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
)


def shown(value: object) -> str:
    """What openpyxl read, as a clerk sees it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    return value.date().isoformat() if isinstance(value, datetime) else f"{value:.15g}"


@settings(max_examples=60)
@given(st.lists(st.lists(cell, max_size=5), max_size=5))
def test_a_workbook_is_read_as_openpyxl_reads_it(rows: list[list[object]]) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        book.save(path)
        (ours,) = read_workbook(path)
        theirs = load_workbook(path).active
    for row in theirs.iter_rows():
        for each in row:
            cells = ours.rows.get(each.row, [])
            mine = cells[each.column - 1] if each.column <= len(cells) else ""
            assert mine == shown(each.value).replace("-0", "0", 1) or mine == shown(each.value)


@settings(max_examples=80)
@given(
    st.lists(
        st.lists(
            st.one_of(printable, st.sampled_from(['a"b', "a,b", "a\nb", " ", '""'])),
            min_size=2,
            max_size=4,
        ),
        max_size=6,
    )
)
def test_a_csv_is_read_as_the_csv_module_reads_it(rows: list[list[str]]) -> None:
    rows = [["户编号", "姓名"], *rows]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    with TemporaryDirectory() as folder:
        (Path(folder) / "list.csv").write_bytes(text.getvalue().encode())
        (table,), problems = read_tables(Path(folder) / "list.csv")
    assert problems == []
    for (number, *cells), row in zip(table.frame.iter_rows(), rows, strict=True):
        assert [each or "" for each in cells][: len(row)] == list(row)
        assert rows[number - 1] == row


@given(st.binary(max_size=60))
def test_wild_bytes_are_read_or_told(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name in ("list.csv", "list.xlsx"):
            (Path(folder) / name).write_bytes(content)
            tables, problems = read_tables(Path(folder) / name)
            assert tables or problems


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(1950, 3, 2), "x"])
    book.save(tmp_path / "mac.xlsx")
    assert read_workbook(tmp_path / "mac.xlsx")[0].rows[1] == ["1950-03-02", "x"]


def test_parts_of_other_programs_are_understood(tmp_path: Path) -> None:
    """Prefixed names, absolute targets, texts in cells, rich text with reading aids, rows without
    numbers.
    """
    main = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    rel = 'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"'
    parts = {
        "xl/workbook.xml": (
            f'<x:workbook {main} {rel}><x:sheets><x:sheet name="a" sheetId="1" r:id="k"/>'
            "</x:sheets></x:workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships><Relationship Id="k" Target="/xl/worksheets/s.xml"/></Relationships>'
        ),
        "xl/sharedStrings.xml": (
            f"<x:sst {main}><x:si><x:r><x:t>扎</x:t></x:r><x:r><x:t>西</x:t></x:r>"
            "<x:rPh><x:t>zhaxi</x:t></x:rPh></x:si></x:sst>"
        ),
        "xl/worksheets/s.xml": (
            f'<x:worksheet {main}><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c'
            ' t="inlineStr"><x:is><x:t>བཀྲ་ཤིས_x000A_</x:t></x:is></x:c><x:c'
            ' t="str"><x:f>A1</x:f><x:v>1</x:v></x:c><x:c><x:f>1/0</x:f></x:c><x:c'
            ' t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        ),
    }
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert read_workbook(tmp_path / "other.xlsx")[0].rows == {
        1: ["扎西", "བཀྲ་ཤིས\n", "1", "=", "#N/A"]
    }


def test_a_workbook_that_unpacks_to_more_than_a_list_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workbook().save(tmp_path / "book.xlsx")
    monkeypatch.setattr("policycards.tables.xlsx.LIMIT", 1000)
    with pytest.raises(NoWorkbook, match="unpacks to more than"):
        read_workbook(tmp_path / "book.xlsx")
