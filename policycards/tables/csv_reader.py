"""CSV as offices save it, read as Excel reads it: UTF-8 with or without BOM, UTF-16, else GB18030;
quotes, bad bytes and the marks of old file ends.
"""

from __future__ import annotations

import codecs
import csv
import io

import polars as pl

from policycards.core.problems import Place, Problem, problem

ROW = "row"
MOST_LINE = 1_000_000
"""Characters of one row; what is longer has lost its line ends."""
MOST_COLUMNS = 16_384
TOP = 60
"""Lines from which the separator and the number of columns are known."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_BAD = 100
"""Bytes of no character; a file with more of them is of another encoding."""
_LARGE = 100_000_000
"""Bytes from which a CSV with quotes is read by polars alone: a million rows by Python cost too
much memory.
"""


def utf8_of(content: bytes, file: str) -> tuple[bytes | None, list[Problem]]:
    """The content as UTF-8 without BOM, with line feeds, and U+FFFD for bytes that are of no
    character; None where it is of no encoding that is read.
    """
    problems: list[Problem] = []
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), "")
    if encoding == "utf-16":
        content = content.decode("utf-16", "replace").encode("utf-8")
    elif not _is_utf8(content):
        content, encoding = _nearest(content, encoding)
        if not encoding:
            return None, [problem("E503", Place(file))]
        if encoding == "gb18030":
            problems.append(problem("W103", Place(file)))
    content = content.removeprefix(codecs.BOM_UTF8).rstrip(b"\x00\x1a")
    return content if b"\n" in content else content.replace(b"\r", b"\n"), problems


def _is_utf8(content: bytes) -> bool:
    """Decoded in pieces: a file of a whole region would otherwise stand in memory three times."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), 1 << 24):
            decoder.decode(content[start : start + (1 << 24)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _nearest(content: bytes, declared: str) -> tuple[bytes, str]:
    """The content as UTF-8 from the encoding in which the fewest bytes are of no character, and
    that encoding; no encoding where too many are.
    """
    found = []
    for encoding in [declared] if declared else ["gb18030", "utf-8"]:
        text = content.decode(encoding, "replace")
        found.append((text.count("\ufffd"), encoding, text))
    bad, encoding, text = min(found, key=lambda each: each[0])
    if bad > max(_MOST_BAD, len(text) // 100) or (bad and bad > len(text) // 10):
        return content, ""
    return text.encode("utf-8"), encoding


def read_frame(content: bytes, file: str) -> tuple[pl.DataFrame | None, list[Problem]]:
    """A CSV in UTF-8 as a frame of texts in the columns ``0``, ``1``, …, with the row's number as
    ``row``; rows are counted as Excel counts them: a cell of two lines is one row.
    """
    head = content[: 1 << 18].decode("utf-8", "ignore")
    lines = head.splitlines(keepends=True)[:TOP]
    separator = max(",\t;", key="".join(lines).count)
    too_long = _long_line(content)
    if too_long:
        return None, [problem("E570", Place(file, too_long), what="line", most=MOST_LINE)]
    if b'"' in content and len(content) <= _LARGE:
        return _by_excel(content.decode("utf-8"), separator, file)
    rows = list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator))
    width = max(map(len, rows), default=1)
    if width > MOST_COLUMNS:
        return None, [problem("E570", Place(file), what="column", most=MOST_COLUMNS)]
    try:
        return _by_polars(content, separator, width), []
    except pl.exceptions.PolarsError as error:
        why = (
            "a double quote is not closed"
            if "escaped" in str(error)
            else str(error).splitlines()[0]
        )
        return None, [problem("E504", Place(file), why=why)]


def _long_line(content: bytes) -> int:
    """The number of a line that is longer than any list's, or 0."""
    start = 0
    while len(content) - start > MOST_LINE:
        end = content.rfind(b"\n", start, start + MOST_LINE)
        if end < 0:
            return content.count(b"\n", 0, start) + 1
        start = end + 1
    return 0


def _by_polars(content: bytes, separator: str, width: int) -> pl.DataFrame:
    """All cells as text, and a column beyond the last for cells too many; what is yet further right
    is dropped.
    """
    head = separator.join(map(str, range(width + 1))).encode("ascii") + b"\n"
    return pl.read_csv(
        head + content,
        separator=separator,
        infer_schema=False,
        truncate_ragged_lines=True,
        quote_char='"' if b'"' in content else None,
        row_index_name=ROW,
        row_index_offset=1,
        low_memory=True,
    ).with_columns(pl.col(ROW).cast(pl.Int64))


def _by_excel(text: str, separator: str, file: str) -> tuple[pl.DataFrame | None, list[Problem]]:
    """A quote begins a quoted cell only at the cell's start, and what stands behind its end is kept.

    A quote that is not closed swallows rows: a cell with line ends and separators is refused with
    its place, since nobody could tell where it ends.
    """
    rows: list[list[str]] = []
    usual = 0
    csv.field_size_limit(MOST_LINE)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            usual = usual or (len(row) if len(row) > 1 else 0)
            for column, cell in enumerate(row):
                if "\n" in cell and cell.count(separator) >= max(1, usual // 2):
                    place = Place(file, len(rows) + 1, column + 1)
                    return None, [problem("E571", place, row=place.line)]
            rows.append(row)
    except csv.Error as error:
        return None, [problem("E504", Place(file, len(rows) + 1), why=error)]
    width = max(map(len, rows[:TOP]), default=1)
    if width > MOST_COLUMNS:
        return None, [problem("E570", Place(file), what="column", most=MOST_COLUMNS)]
    columns: dict[str, pl.Series] = {ROW: pl.Series(ROW, range(1, len(rows) + 1), dtype=pl.Int64)}
    for column in range(width + 1):
        cells = [row[column] if column < len(row) else None for row in rows]
        columns[str(column)] = pl.Series(str(column), cells, dtype=pl.String)
    return pl.DataFrame(columns), []
