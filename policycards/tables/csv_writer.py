"""What spreadsheets do to the cells of a table, and how a cell stays what it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = r"^[=+\-@\t\r]"
"""Cells that a spreadsheet takes for a formula."""
NUMBER_LIKE = r"^[0-9][0-9Ee./+:\-]*$"
"""Codes that a spreadsheet takes for a number or a day: 549901101201 becomes 5.499E+11,
12345678901E 12345678901.
"""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, in a workbook or in a CSV made from it.

    >>> harmless("=1+1"), harmless("@扎西"), harmless("-12")
    ("'=1+1", "'@扎西", '-12')
    """
    return f"'{text}" if re.match(FORMULA, text) and not _NUMBER.fullmatch(text) else text


def as_text(code: str) -> str:
    """A code as the cell of a CSV that a spreadsheet leaves alone: behind a tab, which nobody sees.

    >>> as_text("549901101201"), as_text("二组"), as_text("=1+1")
    ('\\t549901101201', '二组', "'=1+1")
    """
    return f"\t{code}" if re.match(NUMBER_LIKE, code) else harmless(code)


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that opens in Excel as it is: with a byte order mark, texts as texts, only numbers as
    numbers.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows(
        [as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return file.getvalue().encode("utf-8-sig")
