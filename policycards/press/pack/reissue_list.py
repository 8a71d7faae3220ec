"""Lists of cards to be issued anew: household, number of the copy, which card is replaced, and what
that one said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import polars as pl

from policycards.core.problems import Place, Problem, problem
from policycards.design.notices.amount_changes import PrintedAmount
from policycards.qr import parse_code
from policycards.tables.csv_writer import csv_file
from policycards.tables.tables import read_tables

HEADINGS = (
    "household_id 户编号",
    "copy 第几份",
    "replaces 替换的卡号",
    "reasons 原因",
    "former 旧卡金额",
)
MOST_COPIES = 999
WANTED = pl.Schema(
    {"household_id": pl.String, "copy": pl.Int16, "replaces": pl.String, "former": pl.String}
)
"""What is known of a card that is wanted; ``former`` as ``parse_former`` reads it."""
_NEEDED = [each.split(" ")[0] for each in HEADINGS[:3]]
_FORMER = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)([=@])([0-9]{1,14}(?:\.[0-9]{1,4})?)?")


def read_reissue(path: Path) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The columns ``WANTED`` of a reissue list, or why it is none.

    Of a household that stands in it twice, the last row holds: nobody gets two cards.
    """
    place = Place(str(path))
    tables, problems = read_tables(path)
    if not tables:
        return None, [each for each in problems if each.code == "E100"] or [problem("E721", place)]
    (_row_of_head, head), *rows = tables[0].rows()
    names = [each.strip().split(" ")[0] for each in head]
    if names[:3] != _NEEDED:
        return None, [problem("E721", place)]
    table: dict[str, tuple[str, int, str | None, str | None]] = {}
    problems = []
    for number, row in rows:
        if any(row):
            cells = dict(zip(names, (cell.strip().lstrip("'") for cell in row), strict=False))
            card, found = _row(cells, Place(str(path), number))
            problems += found
            table[card[0]] = card
    return (
        (None, problems)
        if problems
        else (pl.DataFrame(list(table.values()), schema=WANTED, orient="row"), [])
    )


def _row(
    cells: Mapping[str, str], place: Place
) -> tuple[tuple[str, int, str | None, str | None], list[Problem]]:
    """A row's cells, or what is wrong with them."""
    household, copy, replaces, former = (cells.get(name, "") for name in (*_NEEDED, "former"))
    problems = []
    if not household or not copy.isdecimal() or not 0 < int(copy) <= MOST_COPIES:
        problems.append(problem("E722", place, row=place.line))
        copy = "1"
    code, wrong = parse_code(replaces, place) if replaces else (None, [])
    if wrong:
        problems.append(problem("E781", place, row=place.line, card=replaces[:20]))
    if unread := [each for each in former.split() if not _FORMER.fullmatch(each)]:
        problems.append(problem("E782", place, row=place.line, part=unread[0][:60]))
    return (household, int(copy), code, " ".join(former.split()) or None), problems


def parse_former(cell: str | None) -> dict[tuple[str, str], PrintedAmount | None]:
    """By policy and standard what the former card said, from a sound cell of a reissue list; None
    where nothing.

    After = stands the household's own amount, after @ the standard's value, if it has one.

    >>> former = parse_former("longevity-80/allowance=1200 birth/grant@500 forest/plant=")
    >>> former[("birth", "grant")]
    PrintedAmount(figure=Decimal('500'), is_value=True)
    """
    matches = filter(None, map(_FORMER.fullmatch, (cell or "").split()))
    return {(found[1], found[2]): _amount(found[3] == "@", found[4]) for found in matches}


def _amount(is_value: bool, figure: str | None) -> PrintedAmount | None:
    return (
        PrintedAmount(Decimal(figure) if figure else None, is_value) if figure or is_value else None
    )


def former_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """For each ``household`` what its card said of each line that is another now, as the cell
    ``former``.

    ``lines`` has the columns ``household, policy, standard, value, amount`` as manifests have them,
    and ``had``, which is false for what was not on the card that is replaced.
    """
    plain = {
        name: (
            pl.col(name)
            .cast(pl.String)
            .str.replace(r"(\.[0-9]{2})0+$", "$1")
            .str.strip_suffix(".00")
        )
        for name in ("amount", "value")
    }
    cell = pl.concat_str(
        pl.col("policy").cast(pl.String),
        pl.lit("/"),
        pl.col("standard").cast(pl.String),
        pl.when(~pl.col("had"))
        .then(pl.lit("="))
        .otherwise(
            pl.coalesce(pl.lit("=") + plain["amount"], pl.lit("@") + plain["value"], pl.lit("@"))
        ),
    )
    ordered = lines.sort("household", "policy", "standard")
    return (
        ordered.group_by("household", maintain_order=True)
        .agg(former=cell)
        .with_columns(pl.col("former").list.join(" "))
    )


def reissue_csv(rows: pl.DataFrame, former: pl.DataFrame | None = None) -> bytes:
    """A reissue list from the columns ``household, copy, replaces, reasons``, for
    ``print --reissue-list`` and for Excel.

    ``former`` are ``former_cells``, where anything is known of former cards.
    """
    none = pl.DataFrame(schema={"household": pl.String, "former": pl.String})
    listed = rows.select("household", "copy", "replaces", "reasons")
    listed = listed.join(
        none if former is None else former, on="household", how="left", maintain_order="left"
    )
    return csv_file(
        HEADINGS, (["" if cell is None else cell for cell in row] for row in listed.iter_rows())
    )
