"""Lists of cards to be issued anew: which household, the how many-th copy, and which card it replaces."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from policycards.problems import Place, Problem, problem
from policycards.spreadsheets import harmless

HEADINGS = ("household_id 户编号", "copy 第几份", "replaces 替换的卡号", "reasons 原因")
MOST_COPIES = 999
_BOM = "\ufeff"


def read_reissue(path: Path) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The columns ``household_id, copy, replaces`` of a reissue list, or why it is none.

    Of a household that stands in it twice, the last row holds: nobody gets two cards.
    """
    place = Place(str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None, [problem("E721", place)]
    except OSError as error:
        return None, [problem("E100", place, why=error.strerror)]
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or [each.split(" ")[0] for each in rows[0][:3]] != [each.split(" ")[0] for each in HEADINGS[:3]]:
        return None, [problem("E721", place)]
    table: dict[str, tuple[str, int, str | None]] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        household, copy, replaces = (cell.strip().lstrip("'") for cell in (*row, "", "")[:3])
        if not household or not copy.isdecimal() or not 0 < int(copy) <= MOST_COPIES:
            return None, [problem("E722", Place(str(path), number), row=number)]
        table[household] = household, int(copy), replaces.replace("-", "") or None
    types = {"household_id": pl.String, "copy": pl.Int16, "replaces": pl.String}
    return pl.DataFrame(list(table.values()), schema=types, orient="row"), []


def reissue_csv(rows: pl.DataFrame) -> bytes:
    """A reissue list from the columns ``household, copy, replaces, reasons``, for ``print --only`` and for Excel."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for row in rows.select("household", "copy", "replaces", "reasons").iter_rows():
        writer.writerow([harmless(str(cell)) if cell is not None else "" for cell in row])
    return (_BOM + text.getvalue()).encode("utf-8")
